"""Times of patients of all replications together, by cell, in which percentiles are looked up.

Percentiles of few times are exact; many stand in the middles of the steps of a fixed grid. Where there are
more than :data:`MOST`, those of a cell that has :data:`EXACT` or more are kept as numbers at these steps.
Which cells do depends on how many times there are in the end, and counts are merged by addition: in whatever
order replications come, percentiles are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.grid import STEPS, middles, steps_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EXACT = 10_000
"""Below so many times a percentile is exact."""

MOST = 2_000_000
"""As many times are kept as they are; of more, those of cells that have many are counted."""


@dataclass(frozen=True, eq=False)
class Way:
    """A way to divide cells into groups.

    Attributes:
        codes: the group of each cell, -1 for none.
        groups: how many there are.
    """

    codes: Ints
    groups: int

    @cached_property
    def cells(self) -> tuple[Ints, ...]:
        """The cells of each group."""
        return tuple(np.flatnonzero(self.codes == group) for group in range(self.groups))

    def after(self, finer: Way) -> Ints | None:
        """Returns to which group each group of a finer way belongs, -1 for none; None if it is not finer."""
        into: Ints = np.full(finer.groups + 1, -1, dtype=np.int64)
        into[finer.codes] = self.codes  # the last place takes in the cells that are in no group
        into[-1] = -1
        return into[:-1] if np.array_equal(into[finer.codes], self.codes) else None


@dataclass(frozen=True, eq=False)
class Times:
    """Times of one replication, cell after cell and rising in each.

    Attributes:
        days: times.
        first: where each cell's begin, and the number of all; shape (cells + 1,).
        patients: of how many patients each is; None for one each.
    """

    days: Floats
    first: Ints
    patients: Ints | None = None

    @cached_property
    def cells(self) -> Ints:
        """Of which cell each is."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    @property
    def weights(self) -> Ints:
        """Of how many patients each is."""
        return np.ones(len(self.days), dtype=np.int64) if self.patients is None else self.patients

    def on_grid(self, many: npt.NDArray[np.bool_]) -> Times:
        """Returns the same with the times of cells that have many moved to middles of steps, and counted."""
        cells = self.cells
        moved = many[cells]
        if not moved.any():
            return self
        days = np.where(moved, middles()[steps_of(self.days)], self.days)
        other = (cells[1:] != cells[:-1]) | (days[1:] != days[:-1])
        kept = np.flatnonzero(np.append(True, other | ~moved[1:]))
        first = np.searchsorted(cells[kept], np.arange(len(self.first))).astype(np.int64)
        return Times(days[kept], first, np.add.reduceat(self.weights, kept))

    def up_to(self, cells: Ints, days: Floats) -> Ints:
        """Returns how many patients of some cells have no more than a time each."""
        below = np.append(0, np.cumsum(self.weights)) if self.patients is not None else None
        ends = np.searchsorted(self._numbers, _numbered(cells, days), side="right")
        begins = self.first[cells]
        return ends - begins if below is None else below[ends] - below[begins]

    @cached_property
    def _numbers(self) -> Ints:
        """Each cell and time as one number; kept, since they are looked through for every percentile."""
        return _numbered(self.cells, self.days)


def _numbered(cells: Ints, days: Floats) -> Ints:
    """Returns whole numbers that rise from cell to cell, and with the time in each.

    A time's first 44 binary digits, of which 33 are of its fraction, tell it to a ten-thousand-millionth.
    """
    number: Ints = (cells << 44) | (days.view(np.int64) >> 19)
    return number


class Pool:
    """Times by cell, of as many replications as are added."""

    def __init__(self, cells: int) -> None:
        """Starts with none.

        Args:
            cells: how many cells there are.
        """
        self._sizes: Ints = np.zeros(cells, dtype=np.int64)
        self._replications: list[Times] = []
        self._kept = 0

    def add(self, days: Floats, first: Ints) -> None:
        """Takes in one replication; the arguments are those of :class:`Times`."""
        self._sizes = self._sizes + (first[1:] - first[:-1])
        self._replications.append(Times(days, first))
        self._kept += len(days)
        if self._kept > MOST:
            self._count()

    def _count(self) -> None:
        """Counts the times of cells that have many, if there are more than can be kept."""
        if self._sizes.sum() > MOST:
            many = self._sizes >= EXACT
            self._replications = [each.on_grid(many) for each in self._replications]
            self._kept = sum(len(each.days) for each in self._replications)

    def rows(self, ways: Sequence[Way], levels: Sequence[float]) -> PooledTimes:
        """Returns the times of groups of cells, those of one way after those of another.

        Args:
            ways: to divide the cells.
            levels: of the percentiles that will be asked for.

        Raises:
            ValueError: a time is negative, or too long for the grid.
        """
        self._count()
        return PooledTimes(tuple(self._replications), tuple(ways), tuple(levels))

    @property
    def replications(self) -> tuple[Times, ...]:
        """The times of each replication."""
        self._count()
        return tuple(self._replications)


class PooledTimes:
    """Times of groups of cells of all replications; a row is a group."""

    def __init__(
        self, replications: tuple[Times, ...], ways: tuple[Way, ...], levels: Sequence[float]
    ) -> None:
        """Takes the times of each replication, and looks for the percentiles at some levels."""
        self._replications = replications
        firsts = np.cumsum([0, *(way.groups for way in ways)])
        parts = [np.flatnonzero(way.codes >= 0) for way in ways]
        rows = [way.codes[part] + first for way, part, first in zip(ways, parts, firsts, strict=False)]
        cells = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
        order = np.argsort(cells, kind="stable")
        self._cells, self._rows = cells[order], np.concatenate([np.zeros(0, dtype=np.int64), *rows])[order]
        self._number = int(firsts[-1])
        looked = _looked_through(ways, replications, levels)
        self._points, self._upto, self._middles = looked

    @cached_property
    def patients(self) -> Floats:
        """Patients of each replication, shape (rows, replications)."""
        return self.up_to(np.full(self._number, np.inf))

    def point(self, level: float) -> Floats:
        """Returns a percentile of each row, NaN for no patients; shape (rows,).

        Of n times in rising order the one at place 1 + (n - 1) level, interpolated between the two beside it
        (definition 7 of Hyndman and Fan, American Statistician 1996; 50: 361-365). Below :data:`EXACT` times
        it is exact; from there on at most 0.2% of itself away (:mod:`grid`).

        Raises:
            KeyError: the level is none of those named before.
        """
        return self._points[level]

    def at(self, levels: Floats) -> Floats:
        """Returns the time at another level of each row, on the grid; shapes (rows,)."""
        found = np.full(len(levels), np.nan)
        rows = (counts for way in self._upto for counts in way)
        for row, (level, upto) in enumerate(zip(np.clip(levels, 0.0, 1.0), rows, strict=True)):
            if upto[-1] and not np.isnan(level):
                found[row] = self._middles[np.searchsorted(upto, level * (upto[-1] - 1), side="right")]
        return found

    def up_to(self, days: Floats) -> Floats:
        """Returns patients of each replication with no more than a time of their row, as ``patients``."""
        wanted = np.nan_to_num(days, nan=0.0, posinf=1e300)[self._rows]
        each = [times.up_to(self._cells, wanted) for times in self._replications]
        found = [np.bincount(self._rows, number, minlength=self._number) for number in each]
        return np.array(found, dtype=np.float64).reshape(len(each), self._number).T


Looked = tuple[Mapping[float, Floats], tuple[Ints, ...], Floats]
"""Percentiles by level; of each way how many patients there are up to each step; the middles of these."""


def _looked_through(ways: Sequence[Way], replications: Sequence[Times], levels: Sequence[float]) -> Looked:
    """Looks through all times."""
    days = np.concatenate([np.zeros(0), *(each.days for each in replications)])
    cells = np.concatenate([np.zeros(0, dtype=np.int64), *(each.cells for each in replications)])
    counted = any(each.patients is not None for each in replications)
    patients = np.concatenate([each.weights for each in replications]) if counted else None
    steps = steps_of(days)
    taken = np.flatnonzero(np.bincount(steps, minlength=STEPS))
    first = int(taken[taken > 0][0]) if (taken > 0).any() else 1
    last = int(taken[-1]) if len(taken) else 0
    steps = np.where(steps > 0, steps - first + 1, 0)  # only as much of the grid as is taken up
    kept = _Kept(days, cells, patients, steps, np.append(0.0, middles()[first : last + 1]))
    numbers = dict[int, Ints]()
    for number in sorted(range(len(ways)), key=lambda each: -ways[each].groups):
        numbers[number] = _counts(ways[number], [(ways[each], numbers[each]) for each in numbers], kept)
    upto = tuple(np.cumsum(numbers[number], axis=1) for number in range(len(ways)))
    each = [_percentiles(way, sums, kept, levels) for way, sums in zip(ways, upto, strict=True)]
    found = np.concatenate([np.full((len(levels), 0), np.nan), *each], axis=1)
    return dict(zip(levels, found, strict=True)), upto, kept.middles


@dataclass(frozen=True, eq=False)
class _Kept:
    """Times of all replications, in any order.

    Attributes:
        days: times.
        cells: of which cell each is.
        patients: of how many patients each is; None for one each.
        steps: of the grid at which each stands, those that nobody is at left out.
        middles: of these steps.
    """

    days: Floats
    cells: Ints
    patients: Ints | None
    steps: Ints
    middles: Floats

    def places(self, codes: Ints) -> Ints:
        """Returns group times steps plus step of each time, below 0 for no group."""
        width = len(self.middles)
        base: Ints = np.where(codes < 0, -width, codes * width)
        return base[self.cells] + self.steps


def _counts(way: Way, finer: Sequence[tuple[Way, Ints]], kept: _Kept) -> Ints:
    """Returns how many patients of each group of a way there are at each step, shape (groups, steps).

    Args:
        way: to divide the cells.
        finer: ways with at least as many groups, and their numbers: where one will do, they are added up.
        kept: the times.
    """
    counts: Ints = np.zeros((way.groups, len(kept.middles)), dtype=np.int64)
    for other, theirs in finer:
        into = way.after(other)
        if into is not None:
            for row in np.flatnonzero(into >= 0).tolist():
                counts[into[row]] += theirs[row]
            return counts
    places = kept.places(way.codes)
    # What is in no group is counted below the first place.
    numbers = np.bincount(
        places + len(kept.middles), kept.patients, minlength=counts.size + len(kept.middles)
    )
    return numbers[len(kept.middles) :].astype(np.int64).reshape(counts.shape)


def _percentiles(way: Way, upto: Ints, kept: _Kept, levels: Sequence[float]) -> Floats:
    """Returns percentiles of the groups of one way, shape (levels, groups); see :meth:`PooledTimes.point`."""
    number = upto[:, -1]
    place = np.maximum(number - 1, 0) * np.array(levels)[:, np.newaxis]
    ranks = np.stack((np.floor(place), np.ceil(place))).astype(np.int64)
    below, above = _at(way, upto, kept, ranks)
    return np.where(number > 0, below + (above - below) * (place - ranks[0]), np.nan)


def _at(way: Way, upto: Ints, kept: _Kept, ranks: Ints) -> Floats:
    """Returns the times at some places, from 0, in rising order.

    Args:
        way: of the groups.
        upto: how many patients of each group there are up to each step.
        kept: the times.
        ranks: places, shape (..., groups).
    """
    groups, width = np.arange(way.groups), len(kept.middles)
    first = [np.searchsorted(upto[group], ranks[..., group], side="right") for group in groups]
    steps = np.minimum(np.stack(first, axis=-1), width - 1)  # a group without patients has any
    found = kept.middles[steps]
    few = (upto[:, -1] > 0) & (upto[:, -1] < EXACT)
    if not few.any():
        return found
    # What lies at the same steps as the times looked for is little, and is sorted.
    wanted = np.zeros((way.groups, width), dtype=np.bool_)
    wanted[groups, steps] = few
    places = kept.places(way.codes)
    chosen = np.flatnonzero((places >= 0) & wanted.ravel()[places])
    order = np.lexsort((kept.days[chosen], places[chosen]))
    places, days = places[chosen][order], kept.days[chosen][order]
    before = np.where(steps > 0, upto[groups, np.maximum(steps - 1, 0)], 0)
    # No cell of a group of few has many, so that each of these times is of one patient.
    there = np.searchsorted(places, groups * width + steps) + ranks - before
    found[..., few] = days[there[..., few]]
    return found
