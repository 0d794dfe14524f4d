"""What each event does to levels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import LEAVING, QUEUE_ENDS, Event

(
    NOTHING,
    COMES,
    JOINS,
    STARTS,
    ENDS_WAIT,
    TAKES,
    GIVES_BACK,
    LEAVES,
    IS_BLOCKED,
    BEGINS_MOVE,
    ENDS_MOVE,
    OPENS,
) = range(12)
"""What an event does; of a patient who is new, it also says that they came."""

_DOES = {
    Event.ARRIVE: COMES,
    Event.PRESENT: COMES,
    Event.JOIN: JOINS,
    Event.ACQUIRE: TAKES,
    Event.RELEASE: GIVES_BACK,
    **dict.fromkeys(QUEUE_ENDS, ENDS_WAIT),
    Event.START: STARTS,
    **dict.fromkeys(LEAVING, LEAVES),
    Event.BLOCKED: IS_BLOCKED,
    Event.MOVE_START: BEGINS_MOVE,
    Event.MOVE_END: ENDS_MOVE,
    Event.CAPACITY: OPENS,
}


def what_events_do() -> npt.NDArray[np.int8]:
    """Returns what each event does, by its number."""
    return np.array([_DOES.get(event, NOTHING) for event in Event], dtype=np.int8)
