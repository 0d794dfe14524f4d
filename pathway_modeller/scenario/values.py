"""The small values every element is made of: quantities with units, and values that differ by group."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

TimeUnit = Literal["seconds", "minutes", "hours", "days", "weeks", "months", "years"]
RateUnit = Literal["per minute", "per hour", "per day", "per week", "per month", "per year"]
Setting = str
"""One of ``SETTINGS``, or the id of a setting that a scenario lists itself."""
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

HOSPITAL: Setting = "hospital"
COMMUNITY: Setting = "community"
SETTINGS: tuple[Setting, ...] = ("home", "primary care", COMMUNITY, "social care", HOSPITAL)
"""The settings that every scenario has, in the order of their lanes."""
SETTING_LABELS: Mapping[Setting, str] = {
    "home": "Home and self-care",
    "primary care": "Primary care",
    "community": "Community",
    "social care": "Social care",
    "hospital": "Hospital",
}
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

DAYS_PER_YEAR = 365.25
DAYS_PER: Mapping[TimeUnit, float] = {
    "seconds": 1 / 86400,
    "minutes": 1 / 1440,
    "hours": 1 / 24,
    "days": 1.0,
    "weeks": 7.0,
    "months": DAYS_PER_YEAR / 12,
    "years": DAYS_PER_YEAR,
}

LONGEST_YEARS = 1000
"""Years, after which nothing that is known of today holds; no time that is entered is longer."""
LONGEST_DAYS = LONGEST_YEARS * DAYS_PER_YEAR
MOST_PEOPLE = 1_000_000_000
"""More people, patients or contacts than there can be in any place that commissions care."""
MOST_POUNDS = 100_000_000_000
"""More pounds than any one price, cost or budget of health and care in England."""
MOST_TIMES = 1_000_000
"""The most that a factor, a priority or a place on the drawing may be; beyond it a figure is a slip."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a scenario can be about; what lies outside is a slip of the hand (25 for 2025)."""

T = TypeVar("T")
Factor = Annotated[float, Field(ge=0, le=MOST_TIMES)]
Count = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
MOST_UNITS = 1_000_000
"""The most units that a pool can have."""

Units = Annotated[int, Field(ge=0, le=MOST_UNITS)]
SomeUnits = Annotated[int, Field(ge=1, le=MOST_UNITS)]

PROSE = frozenset(("description", "note", "question", "aim", "because"))
"""Fields that hold sentences, which may have line breaks; in every other text one is a blank."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSEEN = re.compile(
    "[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile(r"[\t\n\u2028\u2029]+")


def readable(text: str, *, prose: bool = False) -> str:
    """Returns a text without what cannot be read: control characters, and marks that nobody sees.

    A control character becomes a blank. What has no width (zero-width space, word joiner), or would turn the
    direction of what follows, is left out, and so is half a character, which no file can hold. Marks that
    join or part letters (in Arabic, Hindi, Thai) stay, and so do those that give a single word its direction.

    Args:
        text: as it was read, typed or pasted.
        prose: whether it may have line breaks.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _UNSEEN.sub("", _CONTROL.sub(" ", text))
    return kept if prose else _BREAKS.sub(" ", kept)


def make_readable(document: Any, key: str = "") -> Any:
    """Returns a JSON document with every text in it readable; its lists and objects are changed in place.

    Args:
        document: plain JSON data.
        key: under which it stands in another document.
    """
    if isinstance(document, str):
        return readable(document, prose=key in PROSE)
    if isinstance(document, dict):
        for name, each in document.items():
            if isinstance(each, str | dict | list):
                document[name] = make_readable(each, name)
    elif isinstance(document, list):
        for place, each in enumerate(document):
            if isinstance(each, str | dict | list):
                document[place] = make_readable(each, key)
    return document


class Rare:
    """Marks a field that few scenarios need: a form keeps it under *More* until it is asked for or used."""


RARE = Rare()


@dataclass(frozen=True)
class PerCent:
    """Marks the type of a number that counts per cent: 5 is 5%."""


def _within_years(day: dt.date) -> dt.date:
    """Refuses a day outside the years that a scenario can be about."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    likely = f"{2000 + day.year % 100}{day.isoformat()[4:]}"
    raise ValueError(
        f"{day.isoformat()} lies outside the years {FIRST_YEAR} to {LAST_YEAR}; "
        f"write {likely}, if that is meant"
    )


def _years_follow(year: str) -> str:
    """Refuses a financial year whose years do not follow one another, or that nobody can mean."""
    first = int(year[:4])
    following = f"{first}/{(first + 1) % 100:02d}"
    if year != following:
        raise ValueError(f'"{year}" is not a financial year; write {following}, if that is meant')
    if not FIRST_YEAR <= first <= LAST_YEAR:
        raise ValueError(
            f'"{year}" lies outside the years {FIRST_YEAR} to {LAST_YEAR}; write a year such as 2024/25'
        )
    return year


Day = Annotated[dt.date, AfterValidator(_within_years)]
FinancialYear = Annotated[str, Field(pattern=r"^\d{4}/\d{2}$"), AfterValidator(_years_follow)]


class Record(BaseModel):
    """A frozen value that refuses unknown keys, NaN and infinities."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True, ser_json_inf_nan="constants"
    )


def too_long_words(value: float, unit: TimeUnit) -> str:
    """Returns why a time cannot be entered: what is wrong; then what to do."""
    return f"{value:,.6g} {unit} is longer than {LONGEST_YEARS:,} years; give a shorter time"


class Duration(Record):
    """A length of time with its unit."""

    value: float = Field(ge=0, title="Value", description="How long.")
    unit: TimeUnit = Field(title="Unit", description="The unit of time.")

    @property
    def days(self) -> float:
        """The length in days."""
        return self.value * DAYS_PER[self.unit]

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Duration:
        """Requires a time that means something."""
        if self.days > LONGEST_DAYS:
            raise ValueError(too_long_words(self.value, self.unit))
        return self


class Rate(Record):
    """How many in a unit of time."""

    value: float = Field(ge=0, title="Value", description="How many.")
    unit: RateUnit = Field(title="Unit", description="In which unit of time.")

    @property
    def per_day(self) -> float:
        """The rate per day."""
        return self.value / _RATE_DAYS[self.unit]

    @model_validator(mode="after")
    def _is_not_too_fast(self) -> Rate:
        """Requires a rate that people can have."""
        if self.per_day > MOST_PEOPLE:
            raise ValueError(
                f"{self.value:,.6g} {self.unit} is more than {MOST_PEOPLE:,} a day; give a lower rate"
            )
        return self


_RATE_DAYS: Mapping[RateUnit, float] = {
    "per minute": DAYS_PER["minutes"],
    "per hour": DAYS_PER["hours"],
    "per day": 1.0,
    "per week": 7.0,
    "per month": DAYS_PER["months"],
    "per year": DAYS_PER_YEAR,
}


class Money(Record):
    """Pounds, with the year whose prices they are in."""

    value: float = Field(ge=0, le=MOST_POUNDS, title="Pounds", description="Amount in pounds sterling.")
    unit: Literal["GBP"] = Field(default="GBP", title="Currency", description="Pounds sterling.")
    price_year: FinancialYear = Field(
        title="Price year", description="Financial year of the price, as 2024/25."
    )


class Position(Record):
    """Where an element is drawn, in canvas points; x grows to the right, y downwards."""

    x: float = Field(ge=-MOST_TIMES, le=MOST_TIMES, title="Across", description="Points from the left.")
    y: float = Field(ge=-MOST_TIMES, le=MOST_TIMES, title="Down", description="Points from the top.")


class ByGroup(Record, Generic[T]):
    """A value that differs by need tier, footprint or another patient attribute."""

    by: str = Field(
        title="Differs by", description="'need_tier', 'footprint', or the id of a declared attribute."
    )
    values: Mapping[str, T] = Field(title="Values", description="The value for each group.")
    otherwise: T = Field(title="Otherwise", description="The value for every group that is not listed.")


BY_GROUP_KEYS = frozenset({"by", "otherwise"})
"""Keys that only a value by group has."""


def _varied_tag(value: Any) -> str:
    """Tells a plain value from one that differs by group."""
    if isinstance(value, ByGroup) or (isinstance(value, dict) and not BY_GROUP_KEYS.isdisjoint(value)):
        return "by group"
    return "plain"


if TYPE_CHECKING:
    Varied: TypeAlias = T | ByGroup[T]
else:

    class Varied:
        """Either a plain value or a :class:`ByGroup` of them, as a type: ``Varied[Rate]``.

        It is a class because a generic alias would leave ``ByGroup`` without its parameter, and the values
        of groups unchecked. The tags ``plain`` and ``by group`` appear in error places.
        """

        def __class_getitem__(cls, kind: Any) -> Any:
            plain, by_group = Annotated[kind, Tag("plain")], Annotated[ByGroup[kind], Tag("by group")]
            return Annotated[plain | by_group, Discriminator(_varied_tag)]
