"""England's bank holidays."""

from __future__ import annotations

import datetime as dt


def bank_holidays(start: dt.date, days: int) -> frozenset[dt.date]:
    """Returns England's bank holidays in the years that the days from a date on touch.

    Args:
        start: the first day.
        days: how many days follow it; they must not pass the last date of the calendar.
    """
    import holidays

    years = range(start.year, (start + dt.timedelta(days=days)).year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))
