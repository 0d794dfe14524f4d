"""What each event means for patients and people, as bits of one number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.tally.people_facts import AWAY, PRESENT, WAITING
from pathway_modeller.simulation.trace import LEAVING, QUEUE_ENDS, Event

ASIDE = 1
"""It changes nothing that is counted here."""
LEAVES = 2
"""The patient leaves the pathway."""
ENDS_WAIT = 4
"""The patient leaves a queue."""
CHANGES_NOTHING = 8
"""The patient is afterwards where they were before: waiting, present or gone."""
REACHES = 16
"""The patient reaches an element."""
STOPS = 32
"""It may stop a standard's clock."""
MOVES = 64
"""It changes the number of people."""
NOTED = 128
"""It is counted by cell."""
SELDOM = 256
"""It says something else that few rows say."""
ENDS_PAUSE = 512
"""Clocks that stood still go on after it."""

IS_HARM = 1024
"""It says what harm came to a patient."""

NOTED_EVENTS = (
    Event.ARRIVE,
    Event.START,
    Event.START_MISSED,
    Event.GAVE_UP,
    Event.TURNED_AWAY,
    Event.EXIT,
    Event.LEFT_TURNED_AWAY,
    Event.LEFT_GAVE_UP,
    Event.LEFT_NOT_ATTENDED,
    Event.DETERIORATED,
    Event.LEFT_DETERIORATED,
    Event.ADVISED,
    Event.LEFT_ADVISED,
    Event.ON_CASELOAD,
    Event.REVIEW_DUE,
    Event.HARMED,
    Event.LEFT_HARMED,
)
"""The events that figures count by cell."""

_CHANGE_NOTHING = (
    Event.PRESENT,
    Event.NEED_CHANGED,
    Event.ON_CASELOAD,
    Event.REVIEW_DUE,
    Event.OFF_CASELOAD,
)

PAUSE_ENDS = (
    Event.COMPLETE,
    Event.WAIT_END,
    Event.GAVE_UP,
    Event.TURNED_AWAY,
    Event.DETERIORATED,
    Event.DID_NOT_ATTEND,
    Event.HARMED,
)
"""The events with which what began by reaching an activity or a wait ends."""

_MEANS = {
    ASIDE: (
        Event.ACQUIRE,
        Event.RELEASE,
        Event.CAPACITY,
        Event.COMPLETE,  # a patient who was started, or waits in a planned interval, is there already
        Event.WAIT_END,
        Event.BLOCKED,
    ),
    LEAVES: LEAVING,
    ENDS_WAIT: QUEUE_ENDS,
    CHANGES_NOTHING: _CHANGE_NOTHING,
    SELDOM: (*_CHANGE_NOTHING, Event.DID_NOT_ATTEND, Event.DETERIORATED, Event.HARMED),
    IS_HARM: (Event.DETERIORATED, Event.HARMED),
    ENDS_PAUSE: PAUSE_ENDS,
    REACHES: (Event.ARRIVE, Event.JOIN, Event.WAIT_START, Event.DECIDE, Event.EXIT),
    STOPS: (Event.START, Event.EXIT),
    NOTED: NOTED_EVENTS,
    MOVES: (Event.PERSON, Event.NEED_CHANGED, Event.DIED),
}

_COUNTED = (
    Event.JOIN,
    Event.START,
    Event.START_MISSED,
    Event.GAVE_UP,
    Event.TURNED_AWAY,
    Event.DETERIORATED,
)
"""In the order of :data:`pathway_modeller.simulation.tally.people_facts.ACCOUNT_EVENTS`."""


def meanings() -> npt.NDArray[np.int64]:
    """Returns what each event means, by its number."""
    found = np.zeros(len(Event), dtype=np.int64)
    for meaning, events in _MEANS.items():
        found[[int(event) for event in events]] |= meaning
    return found


def counted_as() -> npt.NDArray[np.int64]:
    """Returns as which of its events the account counts each event; -1 for none."""
    found = np.full(len(Event), -1, dtype=np.int64)
    found[[int(event) for event in _COUNTED]] = range(len(_COUNTED))
    return found


def leads_to() -> npt.NDArray[np.int8]:
    """Returns where a patient is after each event: in a queue, elsewhere on the pathway, or gone."""
    found = np.full(len(Event), PRESENT, dtype=np.int8)
    found[Event.JOIN] = WAITING
    found[[int(event) for event in LEAVING]] = AWAY
    return found
