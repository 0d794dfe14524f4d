"""A value that may differ by a patient's group, as an engine reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Table(Generic[T]):
    """A value by group.

    Attributes:
        by: which of a patient's groups it differs by; -1 if it is the same for all.
        values: the value for each index of that group.
        otherwise: the value for a patient without that group.
    """

    by: int
    values: tuple[T, ...]
    otherwise: T

    def of(self, groups: Sequence[int]) -> T:
        """Returns the value for a patient."""
        if self.by < 0:
            return self.otherwise
        index = groups[self.by]
        return self.otherwise if index < 0 else self.values[index]
