"""Days, financial years and clock times as people in Britain type them, the day first."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from pathway_modeller.scenario.typed.notation import Notation, Unreadable, plain, quoted
from pathway_modeller.scenario.values import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from pathway_modeller.scenario.words.months import MONTHS

_WEEKDAYS = tuple(day.capitalize() for day in WEEKDAYS)
_LONGEST = 64
_WEEKDAY = re.compile(r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? (?P<rest>.*)", re.ASCII)
_MIDNIGHT = re.compile(r"(?P<rest>.*\d)[t ]0{1,2}:00(?::00(?:\.0+)?)?z?", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(?P<day>\d{1,2}) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<year>\d+)", re.ASCII)
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?(?P<month>[a-z]{3,9})[-/., ]*'?(?P<year>\d+)", re.ASCII
)
_AMERICAN = re.compile(
    r"(?P<month>[a-z]{3,9})[. ]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[, ]+(?P<year>\d{4})", re.ASCII
)
_YEARLESS = re.compile(r"\d{1,2} ?[-/. ] ?(?:\d{1,2}|[a-z]{3,9})[-/.]?|\d{1,2} ?[a-z]{3,9}", re.ASCII)

_FINANCIAL_YEAR = re.compile(r"(?:fy ?)?(?P<first>\d{4}|\d{2}) ?[/-] ?(?P<last>\d{4}|\d{2})", re.ASCII)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))? ?(?:(?P<half>[ap])\.?m\.?)?", re.ASCII)


# Days --------------------------------------------------------------------------------------------


def read_day(text: str) -> dt.date:
    """Returns the day that a text says, the day before the month: ``1/4/26``, ``2026-04-01``, ``1 Apr 2026``.

    Raises:
        Unreadable: it says none, or one outside the years that a scenario can be about.
    """
    bare = plain(text[:_LONGEST]).lower()
    if len(text) > _LONGEST:
        raise _no_day(text)
    if (midnight := _MIDNIGHT.fullmatch(bare)) is not None:
        bare = midnight["rest"]  # as spreadsheets copy a day
    weekday = _WEEKDAY.fullmatch(bare)
    day = _day(text, weekday["rest"] if weekday else bare)
    if weekday and not _WEEKDAYS[day.weekday()].lower().startswith(weekday["weekday"]):
        raise Unreadable(f"{quoted(text)} is a {_WEEKDAYS[day.weekday()]}: write another day or weekday")
    return day


def _day(text: str, bare: str) -> dt.date:
    """Returns the day of a text without its weekday."""
    forms = (_ISO, _NUMBERS, _NAMED, _AMERICAN)
    found = next((each for form in forms if (each := form.fullmatch(bare)) is not None), None)
    if found is None:
        if _YEARLESS.fullmatch(bare):
            raise Unreadable(f"{quoted(text)} has no year: write the day with it, such as 01/04/2026")
        raise _no_day(text)
    year = _year(text, found["year"], found["day"], found["month"])
    month = _month(text, found["month"], found["day"], year)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= int(found["day"]) <= last:
        raise Unreadable(f"{quoted(text)} is not a day: {MONTHS[month - 1]} {year} has {last} days")
    return dt.date(year, month, int(found["day"]))


def _year(text: str, typed: str, day: str, month: str) -> int:
    """Returns a year within the bounds; of two digits, the one within them."""
    if len(typed) == 2:
        return int(typed) + (FIRST_YEAR // 100 * 100 if int(typed) >= FIRST_YEAR % 100 else 2000)
    year = int(typed)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        mark = "/" if month.isdigit() else " "
        raise Unreadable(
            f"{quoted(text)} lies outside the years {FIRST_YEAR} to {LAST_YEAR}: "
            f"write {mark.join((day, month, str(2000 + year % 100)))}, if that is meant"
        )
    return year


def _month(text: str, typed: str, day: str, year: int) -> int:
    """Returns the number of a month given by number or name."""
    if not typed.isdigit():
        short = typed.replace("sept", "sep")
        found = [
            at for at, name in enumerate(MONTHS, 1) if name.lower() == typed or name.lower().startswith(short)
        ]
        if len(found) != 1:
            raise _no_day(text)
        return found[0]
    month = int(typed)
    if 1 <= month <= 12:
        return month
    if 1 <= int(day) <= 12 and month <= 31:
        likely = f"{month}/{day}/{year}"
        raise Unreadable(f"{quoted(text)} has the month before the day: write {likely}, if that is meant")
    raise Unreadable(f"{quoted(text)} is not a day: there is no month {month}")


def _no_day(text: str) -> Unreadable:
    """Returns the refusal of what is no day."""
    return Unreadable(f"{quoted(text)} is not a day: write one such as 01/04/2026")


def day_text(day: dt.date) -> str:
    """Returns a day as fields show it: 01/04/2026."""
    return f"{day:%d/%m}/{day.year:04d}"


def day_words(day: dt.date) -> str:
    """Returns a day with its weekday, which a person knows: Wednesday 1 April 2026."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _on_iso(words: Callable[[dt.date], str]) -> Callable[[str], str]:
    """Returns what is said of a day that stands as in the file."""
    return lambda iso: words(dt.date.fromisoformat(iso))


DAY = Notation[str](lambda text: read_day(text).isoformat(), _on_iso(day_text), _on_iso(day_words))
"""Days as the file writes them: 2026-04-01."""


# Financial years ---------------------------------------------------------------------------------


def read_financial_year(text: str) -> str:
    """Returns a financial year as the file writes it: 2024/25 for ``24/25``, ``2024-25`` or ``2024/2025``.

    Raises:
        Unreadable: it says none, or its two years do not follow one another.
    """
    found = _FINANCIAL_YEAR.fullmatch(plain(text[:_LONGEST]).lower()) if len(text) <= _LONGEST else None
    if found is None:
        raise Unreadable(f"{quoted(text)} is not a financial year: write one such as 2024/25")
    first, last = _year_of(found["first"]), found["last"]
    if int(last) != (first + 1 if len(last) == 4 else (first + 1) % 100):
        raise Unreadable(
            f"{quoted(text)} is not a financial year, as {first + 1} follows {first}: "
            f"write {financial_year(first)}, if that is meant"
        )
    if not FIRST_YEAR <= first <= LAST_YEAR:
        raise Unreadable(
            f"{quoted(text)} lies outside the years {FIRST_YEAR} to {LAST_YEAR}: write one such as 2024/25"
        )
    return financial_year(first)


def _year_of(typed: str) -> int:
    """Returns a year of two or four digits."""
    if len(typed) == 4:
        return int(typed)
    return int(typed) + (FIRST_YEAR // 100 * 100 if int(typed) >= FIRST_YEAR % 100 else 2000)


def financial_year(first: int) -> str:
    """Returns the financial year that begins in a year: 2024/25."""
    return f"{first}/{(first + 1) % 100:02d}"


FINANCIAL_YEAR = Notation[str](read_financial_year, str)


# Clock times -------------------------------------------------------------------------------------


def read_clock(text: str) -> str:
    """Returns a clock time as the file writes it: 09:00 for ``9``, ``9am``, ``9.00`` and ``0900``.

    Raises:
        Unreadable: it says none.
    """
    found = _CLOCK.fullmatch(plain(text[:_LONGEST]).lower()) if len(text) <= _LONGEST else None
    if found is None:
        raise _no_clock(text)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise _no_clock(text)
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise _no_clock(text)
    return f"{hour:02d}:{minute:02d}"


def _no_clock(text: str) -> Unreadable:
    """Returns the refusal of what is no clock time."""
    return Unreadable(f"{quoted(text)} is not a clock time: write one such as 09:30, from 00:00 to 24:00")


CLOCK = Notation[str](read_clock, str)
