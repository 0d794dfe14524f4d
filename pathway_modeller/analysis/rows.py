"""What the numbers of a vector are about: columns of labels, made once for all replications."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Codes = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Column:
    """One column of labels.

    Attributes:
        codes: the place of each row's label among the labels.
        labels: each once: texts, or numbers such as years.
    """

    codes: Codes
    labels: tuple[Any, ...]

    @classmethod
    def of(cls, labels: Iterable[Any]) -> Column:
        """Returns a column of labels given row by row."""
        places: dict[Any, int] = {}
        codes = [places.setdefault(label, len(places)) for label in labels]
        return cls(np.array(codes, dtype=np.int32), tuple(places))

    def rows(self) -> npt.NDArray[np.object_]:
        """Returns the labels row by row."""
        labels = np.empty(len(self.labels), dtype=object)
        labels[:] = self.labels
        found: npt.NDArray[np.object_] = labels[self.codes]
        return found


@dataclass(frozen=True, eq=False)
class Rows:
    """What each number of a vector is about.

    Attributes:
        columns: by name, all of the same length.
    """

    columns: Mapping[str, Column]

    @classmethod
    def of(cls, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Rows:
        """Returns rows given one by one."""
        columns = zip(*rows, strict=True) if rows else ((),) * len(names)
        return cls({name: Column.of(labels) for name, labels in zip(names, columns, strict=True)})

    def __len__(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())).codes)

    def where(self, **labels: str) -> Ints:
        """Returns the numbers of the rows that have these labels."""
        chosen = np.ones(len(self), dtype=bool)
        for name, label in labels.items():
            column = self.columns[name]
            chosen &= column.codes == (column.labels.index(label) if label in column.labels else -1)
        return np.flatnonzero(chosen).astype(np.int64)

    def take(self, places: Ints) -> Rows:
        """Returns some of the rows, in another order."""
        return Rows({name: Column(each.codes[places], each.labels) for name, each in self.columns.items()})

    def in_order(self) -> Ints:
        """Returns the numbers of all rows in rising order of their labels, the first column's first."""
        ranks = []
        for column in self.columns.values():
            rank = np.empty(len(column.labels), dtype=np.int64)
            rank[sorted(range(len(rank)), key=column.labels.__getitem__)] = np.arange(len(rank))
            ranks.append(rank[column.codes])
        order: Ints = np.lexsort(ranks[::-1]).astype(np.int64)
        return order

    def texts(self) -> dict[str, npt.NDArray[np.object_]]:
        """Returns the columns as they are read, row by row."""
        return {name: column.rows() for name, column in self.columns.items()}

    def categories(self) -> dict[str, pd.Categorical]:
        """Returns the columns as categories, in which form they are small."""
        from pathway_modeller.analysis.categories import as_categories

        return {name: as_categories(each.codes, each.labels) for name, each in self.columns.items()}

    @cached_property
    def tuples(self) -> tuple[tuple[Any, ...], ...]:
        """The rows as tuples of labels."""
        return tuple(zip(*self.texts().values(), strict=True))

    @cached_property
    def digest(self) -> str:
        """What two sets of rows share if and only if they are about the same things in the same order."""
        found = hashlib.blake2b(digest_size=16)
        for name, column in self.columns.items():
            found.update(repr((name, column.labels)).encode("utf-8") + column.codes.tobytes())
        return found.hexdigest()
