"""Whole numbers added up over replications, line by line, so that no replication's lines need be kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pathway_modeller.experiment.results.row_numbers import Ints, RowNumbers


def no_rows(*columns: str) -> pd.DataFrame:
    """Returns a table without rows."""
    return pd.DataFrame({column: [] for column in columns})


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Returns tables one below another; columns of categories become categories over all of them."""
    from pandas.api.types import union_categoricals

    columns = {}
    for column in parts[0].columns:
        pieces = [part[column] for part in parts]
        if all(isinstance(piece.dtype, pd.CategoricalDtype) for piece in pieces):
            columns[column] = pd.Series(union_categoricals(pieces))
        else:
            columns[column] = pd.concat(pieces, ignore_index=True)
    return pd.DataFrame(columns)


def figures_of(table: pd.DataFrame, figures: Sequence[str]) -> Ints:
    """Returns columns of whole numbers of a table, shape (figures, rows)."""
    return np.array([table[name].to_numpy(dtype=np.int64) for name in figures]).reshape(len(figures), -1)


def added_up(numbers: Ints, figures: Ints, length: int) -> Ints:
    """Returns the sums of figures over the rows that have the same number, shape (figures, length)."""
    sums = np.zeros((len(figures), length), dtype=np.int64)
    for total, figure in zip(sums, figures, strict=True):
        np.add.at(total, numbers, figure)
    return sums


class SummedTable:
    """Running sums of columns of whole numbers for each distinct combination of the other columns.

    Sums of integers are exact, so that they do not depend on the order in which tables are added.
    """

    def __init__(self, keys: Sequence[str], figures: Sequence[str]) -> None:
        """Starts with no table.

        Args:
            keys: the columns that say what a row is about.
            figures: the columns that are added up.
        """
        self._keys = tuple(keys)
        self._figures = tuple(figures)
        self._rows = RowNumbers(keys)
        self._sums: Ints = np.zeros((len(figures), 0), dtype=np.int64)

    def add(self, table: pd.DataFrame) -> None:
        """Takes in one replication's table; a row that it lacks counts as zero."""
        numbers = self._rows.of(table)
        sums = added_up(numbers, figures_of(table, self._figures), len(self._rows))
        sums[:, : self._sums.shape[1]] += self._sums
        self._sums = sums

    def means(self, replications: int) -> pd.DataFrame:
        """Returns keys, in rising order, and each sum divided by the number of replications."""
        if not len(self._rows) or not replications:
            return no_rows(*self._keys, *self._figures)
        order = self._rows.in_order()
        means = self._sums[:, order] / replications
        labels = {name: column.astype(object) for name, column in self._rows.plain(order).items()}
        return pd.DataFrame(labels | dict(zip(self._figures, means, strict=True)))
