"""What happened within a window of time of a trace, as sums of which exact answers are known.

Everything is worked out here from the rows of the trace alone, apart from the program's own analysis. A
figure is a pair (numerator, denominator), so that replications can be pooled without bias.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import Event, Trace

Ratio = tuple[float, float]
"""A figure of one replication: numerator and denominator."""

_VISIT_EVENTS = (
    Event.JOIN,
    Event.START,
    Event.START_MISSED,
    Event.GAVE_UP,
    Event.TURNED_AWAY,
    Event.DETERIORATED,
    Event.COMPLETE,
    Event.DID_NOT_ATTEND,
    Event.HARMED,
)
_LEAVING = (
    Event.EXIT,
    Event.LEFT_TURNED_AWAY,
    Event.LEFT_GAVE_UP,
    Event.LEFT_NOT_ATTENDED,
    Event.LEFT_DETERIORATED,
    Event.DIED,
    Event.LEFT_ADVISED,
    Event.LEFT_HARMED,
)


@dataclass(frozen=True)
class Level:
    """A number that changes by steps: from ``times[i]`` on it is ``values[i]``, 0 before."""

    times: npt.NDArray[np.float64]
    values: npt.NDArray[np.float64]

    def at(self, time: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Returns the number just after each time."""
        index = np.searchsorted(self.times, time, side="right") - 1
        return np.where(index < 0, 0.0, self.values[np.maximum(index, 0)])

    def spells(self, begin: float, end: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Returns each value taken between two times, and for how long."""
        edges = np.concatenate([[-np.inf], self.times, [np.inf]])
        lengths = np.diff(np.clip(edges, begin, end))
        return np.concatenate([[0.0], self.values]), lengths


@dataclass(frozen=True)
class Visits:
    """Visits to one activity, by joining: arrays of equal length, NaN where the run ended before."""

    joined: npt.NDArray[np.float64]
    tier: npt.NDArray[np.int16]
    outcome: npt.NDArray[np.int8]
    left: npt.NDArray[np.float64]
    done: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Window:
    """A trace, and the time between ``begin`` and ``end`` (days) in which is counted.

    The run should go on after the end until everyone who joined in the window has finished.
    """

    trace: Trace
    begin: float
    end: float

    @property
    def length(self) -> float:
        """Days counted."""
        return self.end - self.begin

    def _rows(self, events: Iterable[Event], element: str | None = None) -> npt.NDArray[np.bool_]:
        """Returns which rows are of these events (and of an element)."""
        found = np.isin(self.trace.event, [int(event) for event in events])
        if element is not None:
            found &= self.trace.element == self.trace.legend.elements.index(element)
        return found

    def level(self, element: str | None, up: Iterable[Event], down: Iterable[Event]) -> Level:
        """Returns the number that events bring up and down by one."""
        rising, falling = self._rows(up, element), self._rows(down, element)
        return self._level(rising | falling, np.where(rising, 1.0, -1.0))

    def _level(self, rows: npt.NDArray[np.bool_], steps: npt.NDArray[np.float64]) -> Level:
        """Returns the running sum of the steps in some rows."""
        times, order = np.unique(self.trace.time[rows], return_inverse=True)
        return Level(times, np.cumsum(np.bincount(order, weights=steps[rows], minlength=len(times))))

    def waiting(self, activity: str) -> Level:
        """Returns the number in the queue of an activity."""
        left = (Event.START, Event.START_MISSED, Event.GAVE_UP, Event.TURNED_AWAY, Event.DETERIORATED)
        return self.level(activity, (Event.JOIN,), left)

    def present(self, activity: str) -> Level:
        """Returns the number in the queue of an activity or in service."""
        left = (
            Event.COMPLETE,
            Event.DID_NOT_ATTEND,
            Event.GAVE_UP,
            Event.TURNED_AWAY,
            Event.DETERIORATED,
            Event.HARMED,
        )
        return self.level(activity, (Event.JOIN,), left)

    @cached_property
    def inside(self) -> Level:
        """The number of patients on the pathway."""
        return self.level(None, (Event.ARRIVE,), _LEAVING)

    def occupied(self, pool: str) -> Level:
        """Returns the units of a shared pool in use."""
        names = [key.pool for key in self.trace.legend.pools]
        rows = self._rows((Event.ACQUIRE, Event.RELEASE)) & (self.trace.pool == names.index(pool))
        steps = np.where(self.trace.event == Event.ACQUIRE, 1.0, -1.0) * self.trace.units
        return self._level(rows, steps)

    def visits(self, activity: str) -> Visits:
        """Returns the visits that began by joining within the window; all of them must have finished.

        Raises:
            ValueError: someone had not finished when the run ended; let it run on for longer.
        """
        rows = np.flatnonzero(self._rows(_VISIT_EVENTS, activity))
        rows = rows[np.argsort(self.trace.patient[rows], kind="stable")]
        time, patient, event = self.trace.time[rows], self.trace.patient[rows], self.trace.event[rows]
        padded = len(rows) + 2
        time, patient = np.resize(time, padded), np.resize(patient, padded)
        event = np.resize(event, padded)
        patient[-2:] = -1
        joins = np.flatnonzero(event[:-2] == Event.JOIN)
        joins = joins[(time[joins] >= self.begin) & (time[joins] < self.end)]
        after, last = joins + 1, joins + 2
        if (patient[after] != patient[joins]).any():
            raise ValueError("Someone still waits at the end of the run; let it run on for longer.")
        served = np.isin(event[after], [int(Event.START), int(Event.START_MISSED)])
        if (served & (patient[last] != patient[joins])).any():
            raise ValueError("Someone is still served at the end of the run; let it run on for longer.")
        done = np.where(served, time[last], time[after])
        return Visits(time[joins], self.trace.need_tier[rows[joins]], event[after], time[after], done)

    def average(self, level: Level) -> Ratio:
        """Returns the time average of a number, as a pair."""
        values, lengths = level.spells(self.begin, self.end)
        return float(values @ lengths), self.length

    def share(self, level: Level, low: float, high: float) -> Ratio:
        """Returns the share of time in which a number is from ``low`` to ``high``, as a pair."""
        values, lengths = level.spells(self.begin, self.end)
        return float(lengths[(values >= low) & (values <= high)].sum()), self.length

    def count(self, event: Event, element: str | None = None) -> int:
        """Returns how often an event happened within the window."""
        times = self.trace.time[self._rows((event,), element)]
        return int(((times >= self.begin) & (times < self.end)).sum())

    def time_on_pathway(self) -> Ratio:
        """Returns the time from coming to leaving, summed over those who came in the window, as a pair."""
        arrive, leave = self._rows((Event.ARRIVE,)), self._rows(_LEAVING)
        came = dict(zip(self.trace.patient[arrive].tolist(), self.trace.time[arrive].tolist(), strict=True))
        left = dict(zip(self.trace.patient[leave].tolist(), self.trace.time[leave].tolist(), strict=True))
        spent = [left[who] - time for who, time in came.items() if self.begin <= time < self.end]
        return sum(spent), len(spent)
