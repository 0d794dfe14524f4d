"""Running means and variances of vectors, so that no replication need be kept.

Welford's method (B. P. Welford, Technometrics 4, 1962), carried on to the third moment (P. Pebay, Sandia
report SAND2008-6212), by which an interval leans to where figures have their tail. Vectors must be added in
the order of replications for results to be the same to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.means import interval_about

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Means:
    """Means with 95% confidence intervals; NaN where there are none."""

    mean: Floats
    low: Floats
    high: Floats


class Moments:
    """Mean and interval of each figure of vectors that are added one after another; NaN is left out."""

    def __init__(self) -> None:
        """Starts with no vector."""
        self._count: Ints = np.zeros(0, dtype=np.int64)
        self._mean: Floats = np.zeros(0)
        self._squares: Floats = np.zeros(0)
        self._cubes: Floats = np.zeros(0)
        self._vectors = 0

    def add(self, values: Floats) -> None:
        """Takes in one replication's vector, as long as the one before."""
        if not self._vectors:
            self._count = np.zeros(len(values), dtype=np.int64)
            self._mean, self._squares, self._cubes = (np.zeros(len(values)) for _ in range(3))
        self._vectors += 1
        if not len(values):
            return
        given = ~np.isnan(values)
        self._count += given
        number = np.maximum(self._count, 1)
        step = np.where(given, values - self._mean, 0.0)
        small = step / number
        self._mean = self._mean + small
        square = np.where(given, step * (values - self._mean), 0.0)
        self._cubes = self._cubes + small * (square * (number - 2) - 3 * self._squares)
        self._squares = self._squares + square

    def lengthen(self, places: Ints, length: int) -> None:
        """Makes room for figures that were 0 in every vector so far.

        Args:
            places: where the figures known stand from now on.
            length: how many there are from now on.
        """
        count = np.full(length, self._vectors, dtype=np.int64)
        kept = np.zeros((3, length))
        count[places], kept[:, places] = self._count, (self._mean, self._squares, self._cubes)
        self._count, (self._mean, self._squares, self._cubes) = count, kept

    def found(self) -> Means:
        """Returns mean, low and high of each figure, which is never below 0."""
        mean = np.where(self._count > 0, self._mean, np.nan)
        below, above = interval_about(self._count, self._squares, self._cubes)
        return Means(mean, np.maximum(mean - below, 0.0), mean + above)


class LevelMoments:
    """The same of distributions, each a share for every level from 0 on; levels not reached have share 0."""

    def __init__(self) -> None:
        """Starts with no replication."""
        self._moments = Moments()
        self._rooms: Ints | None = None

    def add(self, levels: tuple[Floats, ...]) -> None:
        """Takes in the distributions of one replication."""
        sizes = np.array([len(each) for each in levels], dtype=np.int64)
        rooms = self._rooms
        if rooms is None:
            rooms = self._rooms = sizes
        elif (sizes > rooms).any():
            more = np.maximum(sizes, rooms)
            self._moments.lengthen(_places(rooms, more), int(more.sum()))
            rooms = self._rooms = more
        values = np.zeros(int(rooms.sum()))
        values[_places(sizes, rooms)] = np.concatenate((*levels, np.zeros(0)))
        self._moments.add(values)

    def found(self) -> tuple[Ints, Ints, Means]:
        """Returns distribution, level and mean share of every level that was ever reached."""
        rooms = np.zeros(0, dtype=np.int64) if self._rooms is None else self._rooms
        of, level = np.repeat(np.arange(len(rooms)), rooms), _counted(rooms)
        found = self._moments.found()
        held = np.flatnonzero(found.mean > 0)
        return (
            of[held],
            level[held],
            Means(found.mean[held], found.low[held], np.minimum(found.high[held], 1.0)),
        )


def _counted(sizes: Ints) -> Ints:
    """Returns 0, 1, 2, ... for each of some rows of numbers, one after another."""
    return np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _places(sizes: Ints, rooms: Ints) -> Ints:
    """Returns where the numbers of rows of some sizes stand if each row has more room."""
    return np.repeat(np.cumsum(rooms) - rooms, sizes) + _counted(sizes)
