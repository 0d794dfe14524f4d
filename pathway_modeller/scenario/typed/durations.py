"""Lengths of time and rates with their units, as people type them: 6 months, 1 h 30 min, 12 a week."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

from pathway_modeller.scenario.typed.notation import Notation, Unreadable, either, plain, quoted
from pathway_modeller.scenario.typed.numbers import as_number, figure, number_words
from pathway_modeller.scenario.values import RateUnit, TimeUnit

_SHORT: Mapping[TimeUnit, tuple[str, ...]] = {
    "seconds": ("second", "sec", "secs", "s"),
    "minutes": ("minute", "min", "mins"),
    "hours": ("hour", "hr", "hrs", "h"),
    "days": ("day", "d"),
    "weeks": ("week", "wk", "wks", "w"),
    "months": ("month", "mth", "mths", "mo"),
    "years": ("year", "yr", "yrs", "y"),
}
_BY_WORD: Mapping[str, TimeUnit] = {word: unit for unit, short in _SHORT.items() for word in (unit, *short)}
_RATES: Mapping[str, RateUnit] = {
    unit: rate for unit in _SHORT for rate in get_args(RateUnit) if rate == f"per {unit[:-1]}"
}

_FINER: Mapping[str, tuple[TimeUnit, int]] = {
    "minutes": ("seconds", 60),
    "hours": ("minutes", 60),
    "days": ("hours", 24),
    "weeks": ("days", 7),
    "years": ("months", 12),
}
"""The next finer unit of which a whole number makes one."""

_MINUTES_OR_MONTHS: Mapping[str, TimeUnit] = {"hours": "minutes", "years": "months"}
"""What "m" stands for after a coarser unit."""

_PART = re.compile(
    r"(?P<figure>[+-]?[\d.,']*\d[\d.,']*(?: \d{3})*(?:e[+-]?\d+)?) ?(?P<unit>[a-z]*)\.?", re.ASCII
)
_RATE = re.compile(r"(?P<figure>.*?) ?(?:/|\b(?:a|an|per|each|every)\b) ?(?P<unit>[a-z]+)", re.ASCII)
_CLOCK_LIKE = re.compile(r"(\d+):(\d{2})", re.ASCII)
_LONGEST = 128

Length = tuple[int | float, TimeUnit]


def read_duration(text: str) -> Length:
    """Returns the number and the unit of a length of time.

    Raises:
        Unreadable: it says none, or leaves the unit open.
    """
    bare = plain(text[:_LONGEST]).lower()
    if len(text) > _LONGEST:
        raise _no_length(text)
    if (clock := _CLOCK_LIKE.fullmatch(bare)) is not None:
        one, other = (int(each) for each in clock.groups())
        large = f"{duration_words((one, 'hours'))} {duration_words((other, 'minutes'))}"
        small = f"{duration_words((one, 'minutes'))} {duration_words((other, 'seconds'))}"
        raise either(text, large, small)
    if (found := _PART.fullmatch(bare)) is not None:
        exact, unit = _part(text, found)
        return as_number(text, exact), unit
    first, *others = _parts(text, bare)
    exact, unit = _part(text, first)
    for each in others:
        more, finer = _part(text, each, _MINUTES_OR_MONTHS.get(unit))
        exact, unit = _in_finer(text, exact, unit, finer) + more, finer
    return as_number(text, exact), unit


def _parts(text: str, bare: str) -> list[re.Match[str]]:
    """Returns the parts of a length of time in several units: 1 hour 30 minutes."""
    found: list[re.Match[str]] = []
    rest = re.sub(r"(?:,| and) (?=\d)", " ", bare)
    while rest:
        part = re.match(r"(?P<figure>\d+(?:\.\d+)?) ?(?P<unit>[a-z]+)(?: |$)?", rest, re.ASCII)
        if part is None:
            raise _no_length(text)
        found.append(part)
        rest = rest[part.end() :]
    if not found:
        raise _no_length(text)
    return found


def _part(text: str, found: re.Match[str], m: str | None = None) -> tuple[Decimal, TimeUnit]:
    """Returns the exact figure and the unit of one part of a length of time; "m" may stand for a unit."""
    word = (m or "m") if found["unit"] == "m" else found["unit"]
    exact = figure(text, found["figure"], lambda each: f"{each} {_BY_WORD.get(word, word or 'days')}")
    if exact < 0:
        raise Unreadable(f"{quoted(text)} is less than nothing: write 0 or more")
    if word == "m":
        one, other = (duration_words((float(exact), unit)) for unit in ("minutes", "months"))
        raise either(text, one, other)
    if word in _BY_WORD:
        return exact, _BY_WORD[word]
    if word:
        raise _no_length(text)
    if not exact:
        return exact, "days"
    shown = number_words(float(exact))
    raise Unreadable(
        f"{quoted(text)} needs its unit of time: write {shown} days, {shown} weeks or {shown} months"
    )


def _in_finer(text: str, exact: Decimal, unit: TimeUnit, finer: TimeUnit) -> Decimal:
    """Returns a length of time in a finer unit."""
    while unit != finer:
        if unit not in _FINER:
            raise Unreadable(
                f"{quoted(text)} adds units that do not go into one another: write it in one of them"
            )
        unit, times = _FINER[unit]
        exact *= times
    return exact


def _no_length(text: str) -> Unreadable:
    """Returns the refusal of what is no length of time."""
    return Unreadable(f"{quoted(text)} is not a length of time: write one such as 6 months")


def duration_words(length: tuple[float, str]) -> str:
    """Returns a length of time, as text that reads back as the same: "6 months", "1 day"."""
    value, unit = length
    return f"{number_words(value)} {unit[:-1] if value == 1 else unit}"


def read_rate(text: str) -> tuple[int | float, RateUnit]:
    """Returns the number and the unit of a rate: ``12 a week``.

    Raises:
        Unreadable: it says none, or leaves the unit open.
    """
    bare = plain(text[:_LONGEST]).lower()
    found = _RATE.fullmatch(bare)
    unit = _RATES.get(_BY_WORD.get(found["unit"], "")) if found else None
    if found is None or unit is None or len(text) > _LONGEST:
        raise Unreadable(f"{quoted(text)} is not a rate: write one such as 12 a week")
    exact = figure(text, found["figure"], lambda each: f"{each} {unit}")
    if exact < 0:
        raise Unreadable(f"{quoted(text)} is less than nothing: write 0 or more")
    return as_number(text, exact), unit


def rate_words(rate: tuple[float, str]) -> str:
    """Returns a rate, as text that reads back as the same: "12 per week"."""
    return f"{number_words(rate[0])} {rate[1]}"


DURATION = Notation[Length](read_duration, duration_words)
