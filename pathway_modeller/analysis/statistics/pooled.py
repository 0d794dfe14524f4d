"""Percentiles of all patients of all replications.

Figures of a cell are kept as they are until there are :data:`EXACT` of them; from then on they are counted on
a fixed grid. Counts are merged by addition, so that the same figures give the same percentile in whatever
order they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EXACT = 10_000
"""Below so many figures a percentile is exact."""

ERROR = 2.0**-9
"""By how much of itself a percentile of more figures may be moved by the grid: at most 0.2%."""

# A figure's place on the grid is made of the exponent and the first eight binary digits of its float64, so
# that a step is at most 1/256 of what stands there, and its middle at most 1/512 away.
_SHIFT = 52 - 8
_LEAST, _MOST = 2.0**-27, 2.0**16  # days: less than a millisecond, and 179 years
_BELOW = (int(np.float64(_LEAST).view(np.int64)) >> _SHIFT) - 1
_STEPS = (int(np.float64(_MOST).view(np.int64)) >> _SHIFT) - _BELOW


@dataclass(frozen=True, eq=False)
class Way:
    """A way to divide cells into groups.

    Attributes:
        codes: the group of each cell, -1 for none.
        groups: how many there are.
    """

    codes: Ints
    groups: int

    def after(self, finer: Way) -> Ints | None:
        """Returns to which group each group of a finer way belongs, -1 for none; None if it is not finer."""
        into: Ints = np.full(finer.groups + 1, -1, dtype=np.int64)
        into[finer.codes] = self.codes  # the last place takes in the cells that are in no group
        into[-1] = -1
        return into[:-1] if np.array_equal(into[finer.codes], self.codes) else None


class Pool:
    """Figures by cell, of as many replications as are added."""

    def __init__(self, cells: int) -> None:
        """Starts with none.

        Args:
            cells: how many cells there are.
        """
        self._sizes: Ints = np.zeros(cells, dtype=np.int64)
        self._few: list[tuple[Floats, Ints]] = []
        self._row: Ints = np.full(cells, -1, dtype=np.int64)  # of a cell that has many figures
        self._many = np.zeros((0, _STEPS), dtype=np.int32)

    def add(self, values: Floats, first: Ints) -> None:
        """Takes in one replication.

        Args:
            values: figures of 0 and more, cell after cell.
            first: where each cell's begin, and the number of all; shape (cells + 1,).

        Raises:
            ValueError: a figure is negative or too large for the grid.
        """
        sizes = np.diff(first)
        self._sizes = self._sizes + sizes
        new = np.flatnonzero((self._sizes >= EXACT) & (self._row < 0))
        self._row[new] = len(self._many) + np.arange(len(new))
        self._many = np.vstack((self._many, np.zeros((len(new), _STEPS), dtype=np.int32)))
        self._few.append((values, np.repeat(np.arange(len(sizes)), sizes)))
        begin = 0 if len(new) else -1
        self._few[begin:] = [self._counted(*each) for each in self._few[begin:]]

    def _counted(self, values: Floats, cells: Ints) -> tuple[Floats, Ints]:
        """Counts the figures of cells that have many; returns the others."""
        rows = self._row[cells]
        many = rows >= 0
        if not many.any():
            return values, cells
        places = rows[many] * _STEPS + _steps(values[many])
        np.add.at(self._many.reshape(-1), places, 1)
        return values[~many], cells[~many]

    def quantiles(self, ways: Sequence[Way], shares: Sequence[float]) -> Floats:
        """Returns quantiles of groups of cells, those of one way after those of another.

        Of n figures in rising order it is the one at place 1 + (n - 1) share, interpolated between the two
        beside it (definition 7 of Hyndman and Fan, American Statistician 1996; 50: 361-365). Below
        :data:`EXACT` figures it is exact; from there on it is at most :data:`ERROR` of itself away.

        Args:
            ways: to divide the cells.
            shares: of figures that are smaller, 0 to 1.

        Returns:
            Shape (shares, groups); NaN for a group without any figure.
        """
        kept = self._kept()
        counted = dict[int, Ints]()
        for number in sorted(range(len(ways)), key=lambda each: -ways[each].groups):
            counted[number] = _counts(ways[number], [(ways[each], counted[each]) for each in counted], kept)
        found = [_found(each, counted[number], kept, shares) for number, each in enumerate(ways)]
        return np.concatenate([np.full((len(shares), 0), np.nan), *found], axis=1)

    def _kept(self) -> _Kept:
        """Returns all figures, on as much of the grid as they take up."""
        values = np.concatenate([np.zeros(0), *(each for each, _ in self._few)])
        cells = np.concatenate([np.zeros(0, dtype=np.int64), *(each for _, each in self._few)])
        steps = _steps(values)
        taken = np.flatnonzero(self._many.any(axis=0) | (np.bincount(steps, minlength=_STEPS) > 0))
        first = max(int(taken[taken > 0][0]), 1) if (taken > 0).any() else 1
        last = int(taken[-1]) if len(taken) else 0
        many = np.column_stack((self._many[:, 0], self._many[:, first : last + 1]))
        steps = np.where(steps > 0, steps - first + 1, 0)
        middles = np.append(0.0, _middles(first, last))
        return _Kept(values, cells, steps, self._row, many, middles)


@dataclass(frozen=True, eq=False)
class _Kept:
    """Figures of all replications, on the steps of the grid that they take up, the first being 0.

    Attributes:
        values: figures of cells that have few.
        cells: of which cell each is.
        steps: where each stands.
        row: of each cell that has many its row in ``many``; -1 for the others.
        many: number of figures of cells that have many, shape (rows, steps).
        middles: the figure that stands for each step.
    """

    values: Floats
    cells: Ints
    steps: Ints
    row: Ints
    many: npt.NDArray[np.int32]
    middles: Floats

    @property
    def width(self) -> int:
        """How many steps are taken up."""
        return len(self.middles)

    def places(self, codes: Ints) -> Ints:
        """Returns group times steps plus step of each figure in ``values``, below 0 for no group."""
        base: Ints = np.where(codes < 0, -self.width, codes * self.width)
        return base[self.cells] + self.steps


def _counts(way: Way, finer: Sequence[tuple[Way, Ints]], kept: _Kept) -> Ints:
    """Returns how many figures of each group of a way stand at each step, shape (groups, steps).

    Args:
        way: to divide the cells.
        finer: ways with at least as many groups, and their numbers: where one will do, they are added up.
        kept: the figures.
    """
    counts: Ints = np.zeros((way.groups, kept.width), dtype=np.int64)
    for other, theirs in finer:
        into = way.after(other)
        if into is not None:
            np.add.at(counts, into[into >= 0], theirs[into >= 0])
            return counts
    places = kept.places(way.codes)
    counts += np.bincount(places[places >= 0], minlength=counts.size).reshape(counts.shape)
    many = np.flatnonzero((kept.row >= 0) & (way.codes >= 0))
    np.add.at(counts, way.codes[many], kept.many[kept.row[many]])
    return counts


def _found(way: Way, counts: Ints, kept: _Kept, shares: Sequence[float]) -> Floats:
    """Returns quantiles of the groups of one way, shape (shares, groups)."""
    upto = np.cumsum(counts, axis=1)
    number = upto[:, -1]
    place = np.maximum(number - 1, 0) * np.array(shares)[:, np.newaxis]
    ranks = np.stack((np.floor(place), np.ceil(place))).astype(np.int64)
    ends = _at(way, upto, kept, ranks)
    quantiles = ends[0] + (ends[1] - ends[0]) * (place - ranks[0])
    return np.where(number > 0, quantiles, np.nan)


def _at(way: Way, upto: Ints, kept: _Kept, ranks: Ints) -> Floats:
    """Returns the figures at some places, from 0, in rising order.

    Args:
        way: of the groups.
        upto: how many figures of each group stand up to each step.
        kept: the figures.
        ranks: places, shape (..., groups).
    """
    groups = np.arange(way.groups)
    steps = np.stack([_first_above(upto[group], ranks[..., group]) for group in groups], axis=-1)
    found = kept.middles[steps]
    few = (upto[:, -1] > 0) & (upto[:, -1] < EXACT)
    if not few.any():
        return found
    # What lies at the same steps as the figures looked for is little, and is sorted.
    wanted = np.zeros((way.groups, kept.width), dtype=np.bool_)
    wanted[groups, steps] = few
    places = kept.places(way.codes)
    chosen = np.flatnonzero((places >= 0) & wanted.ravel()[places])
    order = np.lexsort((kept.values[chosen], places[chosen]))
    places, values = places[chosen][order], kept.values[chosen][order]
    before = np.where(steps > 0, upto[groups, np.maximum(steps - 1, 0)], 0)
    there = np.searchsorted(places, groups * kept.width + steps) + ranks - before
    found[..., few] = values[there[..., few]]
    return found


def _first_above(upto: Ints, ranks: Ints) -> Ints:
    """Returns the first steps up to which there are more figures than each rank; 0 where there are none."""
    steps: Ints = np.searchsorted(upto, ranks, side="right")
    return np.where(upto[-1] > 0, steps, 0)


def _steps(values: Floats) -> Ints:
    """Returns the place of each figure on the grid; 0 for 0.

    Raises:
        ValueError: a figure is negative or too large for the grid.
    """
    steps: Ints = np.where(values == 0, 0, (values.view(np.int64) >> _SHIFT) - _BELOW)
    if len(steps) and (steps.min() < 0 or steps.max() >= _STEPS):
        raise ValueError(
            f"times of 0 to {_MOST:.0f} days can be pooled, not {values.min()} to {values.max()}"
        )
    return steps


def _middles(first: int, last: int) -> Floats:
    """Returns the figures that stand for some steps of the grid, from the first to the last."""
    edges = ((np.arange(first, last + 2) + _BELOW) << _SHIFT).view(np.float64)
    middles: Floats = (edges[:-1] + edges[1:]) / 2
    return middles
