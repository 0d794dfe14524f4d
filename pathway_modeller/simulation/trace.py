"""The trace: the only output of an engine, a flat table of everything that happened to every patient.

Rows stand in canonical order: by time, then patient, then the order in which they happened to that patient.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.dimensions import DIMENSIONS
from pathway_modeller.simulation.patient_groups import Combination, PatientGroups


class Event(IntEnum):
    """What a row of the trace records, with the columns that matter beside time and patient."""

    ARRIVE = 0
    """Came to the pathway (element: entry point)."""
    PRESENT = 1
    """Was already on the pathway at time 0 (element: activity)."""
    JOIN = 2
    """Joined a queue (element: activity). Patients who waited already at time 0 have a negative time."""
    START = 3
    """Was started, and attended (element: activity)."""
    START_MISSED = 4
    """Was started but did not attend: the slot is used all the same (element: activity)."""
    COMPLETE = 5
    """Completed an attended service (element: activity)."""
    DID_NOT_ATTEND = 6
    """The unused slot ended (element: activity); the patient joins again, moves on, or leaves."""
    GAVE_UP = 7
    """Left a queue because patience ran out (element: activity)."""
    TURNED_AWAY = 8
    """Found the queue full (element: activity)."""
    BLOCKED = 9
    """Completed but keeps the units until the next activity can take the patient (element: activity)."""
    WAIT_START = 10
    """Began a planned interval (element: wait)."""
    WAIT_END = 11
    """Ended a planned interval (element: wait)."""
    DECIDE = 12
    """Reached what is passed at once (element: decision)."""
    MOVE_START = 13
    """Began a move that takes time (element: the element left)."""
    MOVE_END = 14
    """Ended a move that takes time (element: the element reached)."""
    ACQUIRE = 15
    """Took units of a pool (element: activity; pool; units)."""
    RELEASE = 16
    """Gave units of a pool back (element: activity that took them; pool; units)."""
    CAPACITY = 17
    """A pool's open units changed (patient -1, element -1; pool; units: now open, -1 for unlimited)."""
    EXIT = 18
    """Left by an exit point (element: exit point)."""
    LEFT_TURNED_AWAY = 19
    """Left the pathway because a queue was full (element: activity)."""
    LEFT_GAVE_UP = 20
    """Left the pathway because patience ran out (element: activity)."""
    LEFT_NOT_ATTENDED = 21
    """Left the pathway after not attending (element: activity)."""
    DETERIORATED = 22
    """Left a queue because of what waiting did (element: activity; units: index in legend.deteriorations)."""
    LEFT_DETERIORATED = 23
    """Left the pathway because of what waiting did (element: activity; units as above)."""
    DIED = 24
    """Left the pathway by death while waiting or during care (element: activity; units as above)."""
    ADVISED = 25
    """Needed advice only, given at once by a single point of contact (element: activity)."""
    LEFT_ADVISED = 26
    """Left the pathway with advice only (element: activity)."""
    NEED_CHANGED = 27
    """Need tier changed (element: where; need_tier: the old one; units: the new one; pool: a NeedCause)."""
    ON_CASELOAD = 28
    """Came onto a caseload (element: activity)."""
    REVIEW_DUE = 29
    """The next contact of a caseload fell due; the patient joins the queue (element: activity)."""
    OFF_CASELOAD = 30
    """Came off a caseload (element: activity)."""
    PERSON = 31
    """A person of the population moved, came or went (patient -1, element -1; need_tier: the tier left and
    units: the tier reached, -1 for none; pool: index into legend.moves)."""
    HARMED = 32
    """Was taken out of a service, or off a caseload between contacts, by what happened there (element:
    activity; units: index in legend.deteriorations)."""
    LEFT_HARMED = 33
    """Left the pathway because of what happened during care (element: activity; units as above)."""


LEAVING = (
    Event.EXIT,
    Event.LEFT_TURNED_AWAY,
    Event.LEFT_GAVE_UP,
    Event.LEFT_NOT_ATTENDED,
    Event.LEFT_DETERIORATED,
    Event.DIED,
    Event.LEFT_ADVISED,
    Event.LEFT_HARMED,
)
"""Events with which a patient leaves the pathway."""

QUEUE_ENDS = (Event.START, Event.START_MISSED, Event.GAVE_UP, Event.TURNED_AWAY, Event.DETERIORATED)
"""Events with which a patient leaves a queue."""


class NeedCause(IntEnum):
    """Why a patient's need tier changed; the ``pool`` column of NEED_CHANGED."""

    FOUND = 0
    BETTER = 1
    WORSE = 2
    WAITED = 3
    HARMED = 4


@dataclass(frozen=True)
class PoolKey:
    """One body of capacity: a pool, and the footprint that holds it (None where all share it)."""

    pool: str
    footprint: str | None


@dataclass(frozen=True)
class Legend:
    """What the numbers in a trace's columns stand for.

    Attributes:
        elements: ids of drawn elements; ``element`` columns index it.
        pools: bodies of capacity; ``pool`` columns index it.
        need_tiers: ids; -1 in the column where the scenario has none.
        footprints: ids; -1 in the column where the scenario has none.
        start_date: day 0.
        warm_up: days before counting begins.
        until: days at which the run ends (warm-up period plus data collection period).
        moves: ids of the population's moves.
        deteriorations: (activity id, deterioration id) of all that may happen to who waits or is in care.
        people: people at time 0 by need tier and footprint; empty where the population does not live.
        combinations: the combinations of codes that patients can have; empty for any.
    """

    elements: tuple[str, ...]
    pools: tuple[PoolKey, ...]
    need_tiers: tuple[str, ...]
    footprints: tuple[str, ...]
    start_date: dt.date
    warm_up: float
    until: float
    moves: tuple[str, ...] = ()
    deteriorations: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[float, ...], ...] = ()
    combinations: tuple[Combination, ...] = ()

    @cached_property
    def groups(self) -> PatientGroups:
        """The groups of patients that can occur."""
        labels = {each.column: getattr(self, each.labels) for each in DIMENSIONS}
        return PatientGroups.of(labels, self.combinations)


@dataclass(frozen=True, eq=False)
class Trace:
    """A replication's events as columns of equal length, in canonical order.

    Attributes:
        time: float64, days from the start date at 00:00.
        patient: int64, the patient's identity; -1 for changes of capacity.
        need_tier, footprint: int16 index into the legend, -1 for none.
        element: int32 index into the legend, -1 for none.
        event: int8, an :class:`Event`.
        pool: int32 index into the legend, -1 for none.
        units: int32 units acquired, released or open; 0 where not used.
        legend: what the indices stand for.
    """

    time: npt.NDArray[np.float64]
    patient: npt.NDArray[np.int64]
    need_tier: npt.NDArray[np.int16]
    footprint: npt.NDArray[np.int16]
    element: npt.NDArray[np.int32]
    event: npt.NDArray[np.int8]
    pool: npt.NDArray[np.int32]
    units: npt.NDArray[np.int32]
    legend: Legend

    COLUMNS = ("time", "patient", "need_tier", "footprint", "element", "event", "pool", "units")

    def __len__(self) -> int:
        return len(self.time)

    def tobytes(self) -> bytes:
        """Returns the columns one after another, for comparing two traces byte by byte."""
        return b"".join(getattr(self, name).tobytes() for name in self.COLUMNS)
