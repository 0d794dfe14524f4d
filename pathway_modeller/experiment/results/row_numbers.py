"""Numbering the rows of tables by what they are about, so that replications are added up as plain arrays.

A run takes in tens of thousands of rows from every replication, most of them about the same things. Each
column's labels become codes, the codes of a row one whole number, and that number is looked up: a few
milliseconds where matching tables row by row takes a tenth of a second. Where a replication has the very rows
of the one before, they have their numbers already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]

_MOST_BITS = 62
"""Codes of a row that take more bits than this do not go into one whole number."""


class RowNumbers:
    """Gives each distinct row of some columns the next number, over tables that come one after another."""

    def __init__(self, columns: Sequence[str]) -> None:
        """Starts with no row.

        Args:
            columns: the columns that say what a row is about.
        """
        self._columns = [_Column(name) for name in columns]
        self._bits: list[int] = []
        self._codes: Ints = np.zeros((len(columns), 0), dtype=np.int64)
        self._known = pd.Index([], dtype=np.int64)
        self._last: Ints | None = None

    def __len__(self) -> int:
        """How many distinct rows there are."""
        return int(self._codes.shape[1])

    def of(self, table: pd.DataFrame) -> Ints:
        """Returns the number of each row of a table, to be read; a row not seen before gets the next one."""
        labels = [_Labels.of(table, column.name) for column in self._columns]
        if self._last is None or not all(
            column.last is not None and given.equal(column.last)
            for column, given in zip(self._columns, labels, strict=True)
        ):
            self._last = self._numbers(labels)
            self._last.flags.writeable = False
            for column, given in zip(self._columns, labels, strict=True):
                column.last = given
        return self._last

    def _numbers(self, labels: Sequence[_Labels]) -> Ints:
        """Returns the number of each row, which is looked up; a row not seen before gets the next one."""
        rows = [column.codes(given) for column, given in zip(self._columns, labels, strict=True)]
        codes = np.array(rows).reshape(len(self._columns), -1)
        bits = [column.bits for column in self._columns]
        if bits != self._bits:
            self._bits = bits
            self._known = pd.Index(self._keys(self._codes))
        keys = self._keys(codes)
        found: Ints = self._known.get_indexer(pd.Index(keys)).astype(np.int64)
        fresh = np.flatnonzero(found < 0)
        if len(fresh):
            numbers, distinct = pd.factorize(keys[fresh])
            first = np.full(len(distinct), len(keys))
            np.minimum.at(first, numbers, fresh)
            found[fresh] = len(self) + numbers
            self._codes = np.concatenate([self._codes, codes[:, first]], axis=1)
            self._known = self._known.append(pd.Index(distinct))
        return found

    def labels(self, numbers: Ints) -> dict[str, pd.Series]:
        """Returns the columns of the rows with these numbers, as categories, in which form they are small."""
        return {
            column.name: pd.Series(pd.Categorical.from_codes(codes[numbers], categories=column.known()))
            for column, codes in zip(self._columns, self._codes, strict=True)
        }

    def plain(self, numbers: Ints) -> dict[str, pd.Series]:
        """Returns the columns of the rows with these numbers, as they came."""
        return {
            column.name: pd.Series(column.known().take(codes[numbers]))
            for column, codes in zip(self._columns, self._codes, strict=True)
        }

    def in_order(self) -> Ints:
        """Returns the numbers of all rows in rising order of their labels, the first column's first."""
        ranks = [column.ranks()[codes] for column, codes in zip(self._columns, self._codes, strict=True)]
        order: Ints = np.lexsort(ranks[::-1]).astype(np.int64)
        return order

    def _keys(self, codes: Ints) -> npt.NDArray[np.int64] | npt.NDArray[np.object_]:
        """Returns one key for each row of codes: a whole number, or bytes where they do not fit in one."""
        if sum(self._bits) > _MOST_BITS:
            return np.array([row.tobytes() for row in np.ascontiguousarray(codes.T)], dtype=object)
        keys = np.zeros(codes.shape[1], dtype=np.int64)
        for column, bits in zip(codes, self._bits, strict=True):
            keys = (keys << bits) | column
        return keys


@dataclass(frozen=True, eq=False)
class _Labels:
    """One column of a table, as it came.

    Attributes:
        values: the labels, or the places of categories.
        categories: all categories; None where labels stand themselves.
        kind: the type of the labels.
    """

    values: npt.NDArray[Any]
    categories: pd.Index[Any] | None
    kind: Any

    @classmethod
    def of(cls, table: pd.DataFrame, name: str) -> _Labels:
        """Returns a column of a table."""
        column = table[name].array
        if isinstance(column, pd.Categorical):
            return cls(column.codes, column.categories, column.categories.dtype)
        return cls(np.asarray(column), None, column.dtype)

    def equal(self, other: _Labels) -> bool:
        """Whether another column has the same labels row by row; a missing one is equal to none."""
        if self.kind != other.kind or not np.array_equal(self.values, other.values):
            return False
        if self.categories is None or other.categories is None:
            return self.categories is other.categories
        return self.categories.equals(other.categories)


class _Column:
    """The labels of one column, in order of first appearance; those of one table in rising order.

    Attributes:
        name: of the column.
        bits: that its codes take.
        last: the column of the last table.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.bits = 0
        self.last: _Labels | None = None
        self._place: dict[Any, int] = {}
        self._type: Any = None

    def codes(self, given: _Labels) -> Ints:
        """Returns the code of each row's label.

        Raises:
            ValueError: a row has none.
        """
        if given.categories is not None:
            codes, labels = given.values, np.asarray(given.categories)
            used = np.bincount(codes, minlength=len(labels)) > 0
        else:
            codes, labels = pd.factorize(given.values)
            used = np.ones(len(labels), dtype=bool)
        if len(codes) and codes.min() < 0:
            raise ValueError(f"a label of {self.name!r} is missing")
        if self._type is None:
            self._type = given.kind
        known = labels.tolist()
        fresh = {label for label, seen in zip(known, used, strict=True) if seen and label not in self._place}
        for label in sorted(fresh):
            self._place[label] = len(self._place)
        self.bits = max(len(self._place) - 1, 0).bit_length()
        places = np.array([self._place.get(label, -1) for label in known], dtype=np.int64)
        return places[codes] if len(codes) else np.zeros(0, dtype=np.int64)

    def known(self) -> pd.Index[Any]:
        """Returns the labels that codes stand for, in the type of the first table's."""
        known: pd.Index[Any] = pd.Index(list(self._place), dtype=self._type)
        return known

    def ranks(self) -> Ints:
        """Returns each label's place when all are in rising order."""
        ranks = np.zeros(len(self._place), dtype=np.int64)
        ranks[sorted(range(len(ranks)), key=list(self._place).__getitem__)] = np.arange(len(ranks))
        return ranks
