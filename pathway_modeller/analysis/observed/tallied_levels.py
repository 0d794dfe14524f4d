"""Levels that were followed while a replication was played."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from pathway_modeller.analysis.observed.levels import UNLIMITED, Body, EveryLevel, Floats, Kept
from pathway_modeller.analysis.observed.steps import Steps, levels
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.tally.level_facts import BodyFact, LevelFact

Places = np.ndarray[tuple[int], np.dtype[np.intp]]


def spans_from(knots: Floats, times: Floats) -> Places:
    """Returns the numbers of the spans that begin at some times.

    Raises:
        ValueError: a time is no knot.
    """
    places = knots.searchsorted(times)
    if not (knots.take(places, mode="clip") == times).all():
        raise ValueError(f"times were asked about that were not followed, of {times}")
    return places


@dataclass(frozen=True, eq=False)
class Area:
    """The integral of something over spans.

    Attributes:
        knots: rising days between which spans lie; no other time can be asked about.
        areas: value times days of each span.
    """

    knots: Floats
    areas: Floats

    def integral(self, start: float, end: float) -> float:
        """Returns the value times days between two knots."""
        first, last = self._places(np.array([start, end]))
        return float(self.areas[first:last].sum())

    def means_on(self, edges: Floats) -> Floats:
        """Returns the time-weighted mean between each two neighbouring edges, which are knots."""
        sums = np.concatenate(([0.0], np.cumsum(self.areas)))
        means: Floats = np.diff(sums[self._places(edges)]) / np.diff(edges)
        return means

    def _places(self, times: Floats) -> Places:
        """Returns the numbers of the spans that begin at some times."""
        return spans_from(self.knots, times)


@dataclass(frozen=True, eq=False)
class Followed(Area):
    """A level over spans.

    Attributes:
        highest: the highest value that held for any time within each span.
        days: days of the period at each level, from 0 on.
        period: its first moment and its end.
    """

    highest: np.ndarray[tuple[int], np.dtype[np.int32]]
    days: Floats
    period: tuple[float, float]

    def peak(self, start: float, end: float) -> float:
        """Returns the largest value that held for any time between two knots, NaN if no time lies between."""
        first, last = self._places(np.array([start, end]))
        return float(self.highest[first:last].max()) if first < last else float("nan")

    def peaks(self, instants: Floats, end: float) -> Floats:
        """Returns the largest value from each of some rising knots to the next, the last to the end."""
        last = int(self._places(np.array([end]))[0])
        return np.maximum.reduceat(self.highest[:last], self._places(instants)).astype(np.float64)

    def shares(self, start: float, end: float) -> Floats:
        """Returns the share of the time of the period that each value from 0 on held.

        Raises:
            ValueError: another time is asked about.
        """
        if (start, end) != self.period:
            raise ValueError(f"levels were followed over {self.period}, not over {(start, end)}")
        return self.days / (end - start) if end > start else self.days


class TalliedLevels:
    """The levels of a replication that was reduced while it was played."""

    def __init__(self, tallied: Tallied) -> None:
        self._legend, self._facts = tallied.legend, tallied.levels

    def means_on(self, edges: Floats) -> EveryLevel:
        """Returns the time-weighted means of all levels between neighbouring edges, which are knots."""
        facts = self._facts
        places = spans_from(facts.knots, edges)
        sums = np.zeros((len(facts.areas), len(facts.knots)))
        facts.areas.cumsum(axis=1, out=sums[:, 1:])
        upto = sums[:, places]
        return self._every((upto[:, 1:] - upto[:, :-1]) / (edges[1:] - edges[:-1]))

    def peaks(self, start: float, end: float) -> EveryLevel:
        """Returns the largest values that held between two knots, NaN if no time lies between."""
        first, last = spans_from(self._facts.knots, np.array([start, end]))
        highest = self._facts.highest[:, first:last].astype(np.float64)
        return self._every(highest.max(axis=1) if first < last else np.full(len(highest), np.nan))

    def integrals(self, start: float, end: float) -> EveryLevel:
        """Returns the values times days between two knots."""
        first, last = spans_from(self._facts.knots, np.array([start, end]))
        return self._every(self._facts.areas[:, first:last].sum(axis=1))

    def _every(self, figures: Floats) -> EveryLevel:
        """Returns figures of all levels, which stand as elements, the number inside, and bodies do."""
        queues, bodies = len(self._legend.elements), len(self._legend.pools)
        return EveryLevel(figures[:queues], figures[queues + 1 : queues + 1 + bodies], figures[queues])

    def queue(self, element: str) -> Followed:
        """Returns the number of patients who wait for an activity."""
        return self._level(self._facts.queues[self._legend.elements.index(element)])

    @property
    def inside(self) -> Followed:
        """The number of patients on the pathway."""
        return self._level(self._facts.inside)

    @cached_property
    def bodies(self) -> tuple[Body[Followed], ...]:
        """Every body of capacity in the legend's order."""
        return tuple(self._body(*each) for each in enumerate(self._facts.bodies))

    def together(self, pool: str) -> Followed:
        """Returns the units in use of all bodies of a pool taken together."""
        bodies = tuple(index for index, body in enumerate(self._legend.pools) if body.pool == pool)
        return self._level(self._facts.together[bodies])

    @property
    def waiting(self) -> Floats:
        """Days waited within the data collection period, by cell."""
        return self._facts.waiting

    @property
    def kept(self) -> Kept:
        """Units kept during waits and moves."""
        facts = self._facts
        return Kept(facts.kept_units, facts.kept_elements[:-1], facts.kept_patients)

    def _level(self, fact: LevelFact) -> Followed:
        """Returns one level."""
        period = self._legend.warm_up, self._legend.until
        return Followed(self._facts.knots, fact.areas, fact.peaks, fact.days, period)

    def _body(self, index: int, fact: BodyFact) -> Body[Followed]:
        """Returns one body of capacity."""
        key = self._legend.pools[index]
        opened, unlimited, known = _opened(
            fact.times.tobytes(), fact.units.tobytes(), self._legend.warm_up, self._legend.until
        )
        return Body(
            pool=key.pool,
            footprint=key.footprint or "",
            in_use=self._level(fact.in_use),
            open_units=opened,
            unlimited=unlimited,
            free=Area(self._facts.knots, fact.free_areas),
            within=fact.within if known else float("nan"),
            beyond=fact.beyond if known else float("nan"),
        )


@lru_cache(maxsize=512)
def _opened(times: bytes, units: bytes, start: float, end: float) -> tuple[Steps, bool, bool]:
    """Returns open units over time, whether they were ever without a limit, and whether known in the period.

    They follow a timetable, the same in most replications, and so are kept: what is worked out of them need
    not be worked out anew where they are the very same object.
    """
    days, number = np.frombuffer(times, dtype=np.float64), np.frombuffer(units, dtype=np.int64)
    unlimited = number == UNLIMITED
    opened = levels(days, np.where(unlimited, np.nan, number))
    known = not np.isnan(opened.pieces(start, end)[0]).any()
    return opened, bool(unlimited.any()), known
