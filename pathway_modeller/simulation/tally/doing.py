"""What each event does to levels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import Event

(
    NOTHING,
    COMES,
    JOINS,
    ENDS_WAIT,
    TAKES,
    GIVES_BACK,
    LEAVES,
    IS_BLOCKED,
    BEGINS_MOVE,
    ENDS_MOVE,
    OPENS,
) = range(11)
"""What an event does; of a patient who is new, it also says that they came."""

_DOES = {
    Event.ARRIVE: COMES,
    Event.PRESENT: COMES,
    Event.JOIN: JOINS,
    Event.START: ENDS_WAIT,
    Event.START_MISSED: ENDS_WAIT,
    Event.GAVE_UP: ENDS_WAIT,
    Event.TURNED_AWAY: ENDS_WAIT,
    Event.DETERIORATED: ENDS_WAIT,
    Event.ACQUIRE: TAKES,
    Event.RELEASE: GIVES_BACK,
    Event.EXIT: LEAVES,
    Event.LEFT_TURNED_AWAY: LEAVES,
    Event.LEFT_GAVE_UP: LEAVES,
    Event.LEFT_NOT_ATTENDED: LEAVES,
    Event.LEFT_DETERIORATED: LEAVES,
    Event.LEFT_ADVISED: LEAVES,
    Event.DIED: LEAVES,
    Event.BLOCKED: IS_BLOCKED,
    Event.MOVE_START: BEGINS_MOVE,
    Event.MOVE_END: ENDS_MOVE,
    Event.CAPACITY: OPENS,
}


def what_events_do() -> npt.NDArray[np.int8]:
    """Returns what each event does, by its number."""
    return np.array([_DOES.get(event, NOTHING) for event in Event], dtype=np.int8)
