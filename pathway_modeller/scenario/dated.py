"""Values that change at a date: what held before, what holds after, and since when."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

from pydantic import Discriminator, Field, Tag

from pathway_modeller.scenario.values import BY_GROUP_KEYS, ByGroup, Day, Duration, Record, Varied

T = TypeVar("T")


class AtDate(Record):
    """A day on which a value changes, at once or over a ramp in daily steps at 00:00."""

    starts: Day = Field(title="Changes on", description="The day on which the change begins, at 00:00.")
    ramp: Duration | None = Field(
        default=None,
        title="Ramp",
        description="Reached evenly over this time, a step a day; left empty, at once.",
    )

    @property
    def days(self) -> int:
        """In how many daily steps the change is made: days begun, 1 without a ramp."""
        return 1 if self.ramp is None else max(1, math.ceil(self.ramp.days))

    @property
    def done(self) -> dt.date:
        """The first day on which it is wholly made; the last day that calendars have, if it is later."""
        return dt.date.fromordinal(min(self.starts.toordinal() + self.days - 1, dt.date.max.toordinal()))

    def part(self, day: dt.date) -> float:
        """Returns the part of the change that is made on a day, 0 to 1."""
        made = (day - self.starts).days + 1
        return min(max(made, 0), self.days) / self.days


class Change(AtDate, Generic[T]):
    """A value that may differ by group, and is another one from a date on."""

    before: Varied[T] = Field(alias="from", title="Until then", description="The value before the change.")
    after: Varied[T] = Field(alias="to", title="From then on", description="The value after the change.")


class PlainChange(AtDate, Generic[T]):
    """A value that is the same for all, and is another one from a date on."""

    before: T = Field(alias="from", title="Until then", description="The value before the change.")
    after: T = Field(alias="to", title="From then on", description="The value after the change.")


_CHANGE_KEYS = frozenset({"from", "to", "starts", "ramp"})
"""Keys that only a value that changes at a date has."""


def dated_tag(value: Any) -> str:
    """Tells a plain value from one that differs by group, and from one that changes at a date."""
    if isinstance(value, AtDate):
        return "at a date"
    if isinstance(value, ByGroup) or (isinstance(value, dict) and not BY_GROUP_KEYS.isdisjoint(value)):
        return "by group"
    return "at a date" if isinstance(value, dict) and not _CHANGE_KEYS.isdisjoint(value) else "plain"


def _later_tag(value: Any) -> str:
    """Tells a plain value from one that changes at a date."""
    is_change = isinstance(value, AtDate) or (isinstance(value, dict) and not _CHANGE_KEYS.isdisjoint(value))
    return "at a date" if is_change else "plain"


if TYPE_CHECKING:
    Dated: TypeAlias = T | ByGroup[T] | Change[T]
    Later: TypeAlias = T | PlainChange[T]
else:

    class Dated:
        """A value that may differ by group, and may change at a date, as a type: ``Dated[Distribution]``.

        A class for the reason that :class:`~pathway_modeller.scenario.values.Varied` is one.
        """

        def __class_getitem__(cls, kind: Any) -> Any:
            plain, by_group = Annotated[kind, Tag("plain")], Annotated[ByGroup[kind], Tag("by group")]
            change = Annotated[Change[kind], Tag("at a date")]
            return Annotated[plain | by_group | change, Discriminator(dated_tag)]

    class Later:
        """A value that is the same for all, and may change at a date, as a type: ``Later[Rate]``."""

        def __class_getitem__(cls, kind: Any) -> Any:
            plain, change = Annotated[kind, Tag("plain")], Annotated[PlainChange[kind], Tag("at a date")]
            return Annotated[plain | change, Discriminator(_later_tag)]


def in_the_end(value: Dated[T]) -> Varied[T]:
    """Returns what holds once a change is made."""
    return value.after if isinstance(value, Change) else value


def at_first(value: Dated[T]) -> Varied[T]:
    """Returns what holds before a change is made."""
    return value.before if isinstance(value, Change) else value


def every_value(value: Dated[T]) -> tuple[T, ...]:
    """Returns each distinct setting of a value that may differ by group and change at a date."""
    if isinstance(value, Change):
        return (*every_value(value.before), *every_value(value.after))
    if isinstance(value, ByGroup):
        return (*value.values.values(), value.otherwise)
    return (value,)


def last_of(value: Later[T]) -> T:
    """Returns what holds for all once a change is made."""
    return value.after if isinstance(value, PlainChange) else value


def first_of(value: Later[T]) -> T:
    """Returns what holds for all before a change is made."""
    return value.before if isinstance(value, PlainChange) else value
