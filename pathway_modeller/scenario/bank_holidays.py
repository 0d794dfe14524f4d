"""England's bank holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache, lru_cache

_TABLE = """
2010: 01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2011: 01-01 01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-25 12-26 12-27
2012: 01-01 01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26
2013: 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2014: 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2015: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28
2016: 01-01 03-25 03-28 05-02 05-30 08-29 12-25 12-26 12-27
2017: 01-01 01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26
2018: 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
2019: 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
2020: 01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28
2021: 01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2022: 01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27
2023: 01-01 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
2024: 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2025: 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2026: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28
2027: 01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2028: 01-01 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26
2029: 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26
2030: 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
2031: 01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26
2032: 01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2033: 01-01 01-03 04-15 04-18 05-02 05-30 08-29 12-25 12-26 12-27
2034: 01-01 01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26
2035: 01-01 03-23 03-26 05-07 05-28 08-27 12-25 12-26
2036: 01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26
2037: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28
2038: 01-01 04-23 04-26 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2039: 01-01 01-03 04-08 04-11 05-02 05-30 08-29 12-25 12-26 12-27
2040: 01-01 01-02 03-30 04-02 05-07 05-28 08-27 12-25 12-26
2041: 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
2042: 01-01 04-04 04-07 05-05 05-26 08-25 12-25 12-26
2043: 01-01 03-27 03-30 05-04 05-25 08-31 12-25 12-26 12-28
2044: 01-01 04-15 04-18 05-02 05-30 08-29 12-25 12-26 12-27
2045: 01-01 01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26
2046: 01-01 03-23 03-26 05-07 05-28 08-27 12-25 12-26
2047: 01-01 04-12 04-15 05-06 05-27 08-26 12-25 12-26
2048: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28
2049: 01-01 04-16 04-19 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2050: 01-01 01-03 04-08 04-11 05-02 05-30 08-29 12-25 12-26 12-27
2051: 01-01 01-02 03-31 04-03 05-01 05-29 08-28 12-25 12-26
2052: 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26
2053: 01-01 04-04 04-07 05-05 05-26 08-25 12-25 12-26
2054: 01-01 03-27 03-30 05-04 05-25 08-31 12-25 12-26 12-28
2055: 01-01 04-16 04-19 05-03 05-31 08-30 12-25 12-26 12-27 12-28
2056: 01-01 01-03 03-31 04-03 05-01 05-29 08-28 12-25 12-26
2057: 01-01 04-20 04-23 05-07 05-28 08-27 12-25 12-26
2058: 01-01 04-12 04-15 05-06 05-27 08-26 12-25 12-26
2059: 01-01 03-28 03-31 05-05 05-26 08-25 12-25 12-26
2060: 01-01 04-16 04-19 05-03 05-31 08-30 12-25 12-26 12-27 12-28
"""
"""The bank holidays of years that scenarios are about, with those proclaimed by November 2026.

They are those of the library ``holidays``, which gives all other years, and of which a test takes care. It
loads every country of the world to give one: a third of what checking a small scenario takes.
"""


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
    table = _by_year()
    years = range(first, last + 1)
    known = [table[year] for year in years if year in table]
    others = [year for year in years if year not in table]
    return frozenset[dt.date]().union(*known, from_library(others) if others else ())


def from_library(years: Sequence[int]) -> frozenset[dt.date]:
    """Returns the bank holidays of some years as the library gives them."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))


@cache
def _by_year() -> dict[int, frozenset[dt.date]]:
    """Returns the bank holidays of each year of the table."""
    lines = (line.split(": ") for line in _TABLE.strip().splitlines())
    return {
        int(year): frozenset(dt.date.fromisoformat(f"{year}-{day}") for day in days.split())
        for year, days in lines
    }
