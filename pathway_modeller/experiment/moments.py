"""Running means and variances of tables whose rows may differ from replication to replication.

Welford's method (B. P. Welford, Technometrics 4, 1962), so that no replication need be kept. Tables must be
added in the order of replications for results to be the same to the last bit.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.intervals import LEVEL

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class TableMoments:
    """Mean and interval of a value column for each distinct combination of the other columns."""

    def __init__(self, absent: Literal["zero", "missing"]) -> None:
        """Starts with no table.

        Args:
            absent: what it means if a table lacks a row that another has: its value was ``"zero"`` (no
                time was spent at that level), or is ``"missing"``.
        """
        self._absent = absent
        self._columns: list[str] = []
        self._rows: pd.MultiIndex | None = None
        self._tables = 0
        self._count: Ints = np.zeros(0, dtype=np.int64)
        self._mean: Floats = np.zeros(0)
        self._squares: Floats = np.zeros(0)

    def add(self, table: pd.DataFrame) -> None:
        """Takes in one replication's table; its last column is ``value``."""
        keys = [column for column in table.columns if column != "value"]
        rows = pd.MultiIndex.from_frame(table[keys])
        values = table["value"].to_numpy(dtype=float)
        if self._rows is None:
            self._columns, self._rows = keys, rows
            self._grow(len(rows))
        elif not rows.equals(self._rows):
            values = self._align(rows, values)
        self._tables += 1
        given = ~np.isnan(values)
        self._count += given
        step = np.where(given, values - self._mean, 0.0)
        self._mean = self._mean + step / np.maximum(self._count, 1)
        self._squares = self._squares + np.where(given, step * (values - self._mean), 0.0)

    def table(self) -> pd.DataFrame:
        """Returns the rows with mean, low and high (95% confidence interval)."""
        if self._rows is None:
            return pd.DataFrame({"mean": [], "low": [], "high": []}, dtype=float)
        mean = np.where(self._count > 0, self._mean, np.nan)
        half = _half_widths(self._squares, self._count)
        return self._rows.to_frame(index=False).assign(mean=mean, low=mean - half, high=mean + half)

    def _align(self, rows: pd.MultiIndex, values: Floats) -> Floats:
        """Adds rows that are new, and returns the values in the order of all rows."""
        known = self._rows
        if known is None:  # pragma: no cover - add() has set it
            raise AssertionError
        fresh = rows[~rows.isin(known)]
        if len(fresh):
            known = known.append(fresh)
            self._rows = known
            self._grow(len(known))
        aligned = np.full(len(known), 0.0 if self._absent == "zero" else np.nan)
        aligned[known.get_indexer(rows)] = values
        return aligned

    def _grow(self, length: int) -> None:
        """Makes room for new rows; those that stand for zero were zero in every table so far."""
        new = length - len(self._mean)
        before = self._tables if self._absent == "zero" else 0
        self._count = np.concatenate([self._count, np.full(new, before, dtype=np.int64)])
        self._mean = np.concatenate([self._mean, np.zeros(new)])
        self._squares = np.concatenate([self._squares, np.zeros(new)])


def _half_widths(squares: Floats, count: Ints) -> Floats:
    """Returns half the width of Student's t interval of each mean; NaN below two replications."""
    from scipy.special import stdtrit

    freedom = np.maximum(count - 1, 1)
    half = stdtrit(freedom.astype(float), (1 + LEVEL) / 2) * np.sqrt(squares / freedom / np.maximum(count, 1))
    widths: Floats = np.where(count > 1, half, np.nan)
    return widths
