"""Running means and variances of tables whose rows may differ from replication to replication.

Welford's method (B. P. Welford, Technometrics 4, 1962), so that no replication need be kept. Tables must be
added in the order of replications for results to be the same to the last bit.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.statistics.intervals import LEVEL
from pathway_modeller.experiment.results.row_numbers import Ints, RowNumbers

Floats = npt.NDArray[np.float64]


class TableMoments:
    """Mean and interval of a value column for each distinct combination of the other columns."""

    def __init__(self, absent: Literal["zero", "missing"]) -> None:
        """Starts with no table.

        Args:
            absent: what it means if a table lacks a row that another has: its value was ``"zero"`` (no
                time was spent at that level), or is ``"missing"``.
        """
        self._absent = absent
        self._rows: RowNumbers | None = None
        self._tables = 0
        self._count: Ints = np.zeros(0, dtype=np.int64)
        self._mean: Floats = np.zeros(0)
        self._squares: Floats = np.zeros(0)

    def add(self, table: pd.DataFrame) -> None:
        """Takes in one replication's table, of which each row is about something else.

        Args:
            table: its last column holds the figures, the others say what a row is about.
        """
        *labels, figures = table.columns
        if self._rows is None:
            self._rows = RowNumbers(labels)
        numbers = self._rows.of(table)
        self._grow(len(self._rows))
        values = np.full(len(self._rows), 0.0 if self._absent == "zero" else np.nan)
        values[numbers] = table[figures].to_numpy(dtype=float)
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
        labels = self._rows.plain(np.arange(len(self._rows)))
        return pd.DataFrame(labels | {"mean": mean, "low": mean - half, "high": mean + half})

    def _grow(self, length: int) -> None:
        """Makes room for new rows; those that stand for zero were zero in every table so far."""
        new = length - len(self._mean)
        if not new:
            return
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
