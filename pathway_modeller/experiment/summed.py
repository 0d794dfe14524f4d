"""Whole numbers added up over replications, line by line, so that no replication's lines need be kept."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def no_rows(*columns: str) -> pd.DataFrame:
    """Returns a table without rows."""
    return pd.DataFrame({column: [] for column in columns})


def as_categories(table: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """Returns a table with labels as categories, in which form it is small to keep and to send."""
    return table.assign(**{label: table[label].astype("category") for label in labels})


def added_up(table: pd.DataFrame, keys: Sequence[str], figures: Sequence[str]) -> pd.DataFrame:
    """Returns the sums of figures over each combination of keys that occurs, in order of first appearance."""
    grouped = table.groupby(list(keys), sort=False, observed=True, dropna=False)
    return grouped[list(figures)].sum().reset_index()


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
        self._sums: pd.DataFrame | None = None

    def add(self, table: pd.DataFrame) -> None:
        """Takes in one replication's table; a row that it lacks counts as zero."""
        fresh = as_categories(table[[*self._keys, *self._figures]], self._keys)
        rows = fresh if self._sums is None else stacked([self._sums, fresh])
        self._sums = added_up(rows, self._keys, self._figures)

    def means(self, replications: int) -> pd.DataFrame:
        """Returns keys, in rising order, and each sum divided by the number of replications."""
        if self._sums is None or not replications:
            return no_rows(*self._keys, *self._figures)
        plain = self._sums.assign(**{key: self._sums[key].astype(object) for key in self._keys})
        ordered = plain.sort_values(list(self._keys), ignore_index=True)
        return ordered.assign(**{figure: ordered[figure] / replications for figure in self._figures})
