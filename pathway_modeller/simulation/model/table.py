"""A value that may differ by a patient's group, as an engine reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
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


@dataclass(frozen=True)
class Changing(Generic[T]):
    """A value by group that is another one from a day on, at once or in daily steps.

    Attributes:
        before: what holds until then.
        after: what holds once the change is made.
        begins: the day, at 00:00 of which the first step is made.
        steps: how many daily steps; 1 if the change is made at once.
    """

    before: Table[T]
    after: Table[T]
    begins: float
    steps: int

    def part(self, now: float) -> float:
        """Returns the part of the change that is made at a time in days, 0 to 1."""
        return min(max(floor(now - self.begins) + 1, 0), self.steps) / self.steps


Values = Table[T] | Changing[T]
"""A value by group that may change at a date."""


def between(part: float, before: float, after: float) -> float:
    """Returns a figure of which a part of the change from before to after is made; exact at both ends."""
    if part <= 0.0:
        return before
    return after if part >= 1.0 else (1.0 - part) * before + part * after


def share_at(share: Values[float], groups: Sequence[int], now: float) -> float:
    """Returns a share in force for a patient at a time in days."""
    if isinstance(share, Table):
        return share.of(groups)
    return between(share.part(now), share.before.of(groups), share.after.of(groups))
