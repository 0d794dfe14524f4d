"""Figures of patients of all replications, pooled by row, as percentiles are looked up in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Floats


@dataclass(frozen=True, eq=False)
class PooledValues:
    """Figures of patients of all replications, held row after row.

    Attributes:
        values: ascending within each row, shape (patients,).
        first: where each row begins, and the end, shape (rows + 1,).
        replication: of each value, from 0, shape (patients,).
        patients: shape (rows, replications).
    """

    values: Floats
    first: npt.NDArray[np.int64]
    replication: npt.NDArray[np.int64]
    patients: Floats

    @classmethod
    def of(
        cls,
        values: Floats,
        row: npt.NDArray[np.int64],
        replication: npt.NDArray[np.int64],
        shape: tuple[int, int],
    ) -> PooledValues:
        """Returns figures in any order, each with its row and replication; missing ones (NaN) are left out.

        Args:
            values: shape (patients,).
            row: of each value, from 0.
            replication: of each value, from 0.
            shape: numbers of rows and of replications.
        """
        there = np.flatnonzero(~np.isnan(values))
        order = there[np.lexsort((values[there], row[there]))]
        first = np.searchsorted(row[order], np.arange(shape[0] + 1)).astype(np.int64)
        return cls(values[order], first, replication[order], _tallied(row[order], replication[order], shape))

    def point(self, level: float) -> Floats:
        """Returns the figure at one level of every row."""
        return self.at(np.full(len(self.patients), level))

    def at(self, levels: Floats) -> Floats:
        """Returns the figure at a level of each row, between two ranks in proportion; ends are kept to."""
        sizes = np.diff(self.first)
        known = (sizes > 0) & ~np.isnan(levels)
        place = np.clip(np.where(known, levels, 0.0), 0.0, 1.0) * np.maximum(sizes - 1, 0)
        lower = np.floor(place).astype(np.int64)
        begin = np.where(known, self.first[:-1] + lower, 0)
        end = np.minimum(begin + 1, np.where(known, self.first[1:] - 1, 0))
        if not len(self.values):
            return np.full(len(sizes), np.nan)
        low, high = self.values[begin], self.values[end]
        found: Floats = np.where(known, low + (high - low) * (place - lower), np.nan)
        return found

    def up_to(self, values: Floats) -> Floats:
        """Returns how many of each replication have no more than a value of their row."""
        row = np.repeat(np.arange(len(values)), np.diff(self.first))
        within = self.values <= values[row]
        shape = (self.patients.shape[0], self.patients.shape[1])
        return _tallied(row[within], self.replication[within], shape)


def _tallied(
    row: npt.NDArray[np.int64], replication: npt.NDArray[np.int64], shape: tuple[int, int]
) -> Floats:
    """How many there are of each row and replication."""
    numbers = np.bincount(row * shape[1] + replication, minlength=shape[0] * shape[1])
    tallied: Floats = numbers.reshape(shape).astype(np.float64)
    return tallied
