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
