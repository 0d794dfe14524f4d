"""England's bank holidays."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache


def bank_holidays(start: dt.date, days: int) -> frozenset[dt.date]:
    """Returns England's bank holidays in the years that the days from a date on touch.

    Args:
        start: the first day.
        days: how many days follow it; they must not pass the last date of the calendar.
    """
    return _of_years(start.year, (start + dt.timedelta(days=days)).year)


@lru_cache(maxsize=32)
def _of_years(first: int, last: int) -> frozenset[dt.date]:
    """Returns the bank holidays of some years; kept, since every pool and entry point asks for the same."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(first, last + 1)))
