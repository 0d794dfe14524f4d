"""Years of a run: from each anniversary of the start date to the next."""

from __future__ import annotations

import datetime as dt


def anniversary(start: dt.date, year: int) -> dt.date:
    """Returns the anniversary of a date after some years; 29 February's is 1 March where there is none."""
    try:
        return start.replace(year=start.year + year)
    except ValueError:
        return dt.date(start.year + year, 3, 1)


def anniversary_day(start: dt.date, year: int) -> float:
    """Returns how many days after the start date its anniversary is."""
    return float((anniversary(start, year) - start).days)


def anniversary_days(start: dt.date, until: float) -> tuple[float, ...]:
    """Returns the days of the anniversaries from the start date (0) to a time in days, that time included."""
    found, year = [0.0], 1
    while (day := anniversary_day(start, year)) <= until:
        found.append(day)
        year += 1
    return tuple(found)


def years_in(first: dt.date, days: float) -> float:
    """Returns how many years there are in some days from a date on, by the calendar.

    A year is from a date to the same date of the next, whether it has 365 days or 366; the days after the
    last anniversary are a part of the year that they lie in. What misses whole years by less than a day is
    taken as whole: three years entered as three times 365.25 days are three.

    Args:
        first: the first day.
        days: how many, 0 or more.
    """
    whole = len(anniversary_days(first, days)) - 1
    begun, length = anniversary_day(first, whole), _length(first, whole)
    if whole and days - begun < 1:
        return float(whole)
    if begun + length - days < 1:
        return float(whole + 1)
    return whole + (days - begun) / length


def last_year_begins(first: dt.date, days: float) -> float:
    """Returns after how many days the last year of a period begins; 0 where it has no more than a year.

    Args:
        first: the first day of the period.
        days: its length.
    """
    years = years_in(first, days)
    if years <= 1:
        return 0.0
    if years.is_integer():
        return anniversary_day(first, int(years) - 1)
    end = first + dt.timedelta(days=int(days))
    return days - float((end - anniversary(end, -1)).days)


def _length(first: dt.date, year: int) -> float:
    """How many days the year has that begins with an anniversary."""
    return anniversary_day(first, year + 1) - anniversary_day(first, year)
