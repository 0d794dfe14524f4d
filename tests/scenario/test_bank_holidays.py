"""England's bank holidays are those published, from a library that is not asked in its own way."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from importlib.machinery import PathFinder

import holidays
import pytest

from pathway_modeller.scenario import bank_holidays as asked

YEARS = range(1990, 2061)
FIRST, LAST = dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 12, 31)


def test_dates_are_those_of_the_library() -> None:
    listed = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    expected = frozenset(day for day in listed if day.weekday() < 5)
    assert asked.bank_holidays(FIRST, (LAST - FIRST).days) == expected
    assert dt.date(2026, 4, 6) in expected


EASTER = {
    2019: (4, 21),
    2020: (4, 12),
    2021: (4, 4),
    2022: (4, 17),
    2023: (4, 9),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2028: (4, 16),
    2029: (4, 1),
    2030: (4, 21),
}
"""Easter Sunday, as in the Book of Common Prayer's tables."""


def published(year: int) -> set[dt.date]:
    """Returns a year's bank holidays by the rules: Banking and Financial Dealings Act 1971, proclamations."""

    def monday(month: int, first: int) -> dt.date:
        """Returns the first Monday from a day of a month on."""
        day = dt.date(year, month, first)
        return day + dt.timedelta(days=-day.weekday() % 7)

    easter = dt.date(year, *EASTER[year])
    found = {easter - dt.timedelta(days=2), easter + dt.timedelta(days=1)}
    found |= {dt.date(2020, 5, 8) if year == 2020 else monday(5, 1)}
    found |= {dt.date(2022, 6, 2), dt.date(2022, 6, 3)} if year == 2022 else {monday(5, 25)}
    found |= {monday(8, 25)}
    found |= {dt.date(2022, 9, 19)} if year == 2022 else set()
    found |= {dt.date(2023, 5, 8)} if year == 2023 else set()
    for day in (dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)):
        while day.weekday() > 4 or day in found:
            day += dt.timedelta(days=1)
        found.add(day)
    return found


@pytest.mark.parametrize("year", EASTER)
def test_a_weekend_date_gives_way_to_its_substitute_day(year: int) -> None:
    found = asked.bank_holidays(dt.date(year, 1, 1), 364)
    assert found == published(year)
    assert all(day.weekday() < 5 for day in found)


def test_christmas_on_a_saturday_closes_two_weekdays_and_no_weekend() -> None:
    days = [dt.date(2027, 12, 24) + dt.timedelta(days=each) for each in range(12)]
    closed = asked.bank_holidays(days[0], 12)
    assert [day.isoformat() for day in days if day in closed] == ["2027-12-27", "2027-12-28", "2028-01-03"]


def test_a_library_that_keeps_them_elsewhere_is_asked_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = asked.bank_holidays(FIRST, 365)
    asked._of_years.cache_clear()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(PathFinder, "find_spec", lambda *_: None)
        calendar = asked._calendar()
    assert calendar.func is holidays.country_holidays  # type: ignore[attr-defined]
    weekdays = {day for day in calendar(subdiv="ENG", years=[1990]) if day.weekday() < 5}
    assert weekdays == {day for day in expected if day.year == 1990}


def test_no_other_country_is_loaded() -> None:
    code = (
        "import datetime as dt, sys; from pathway_modeller.scenario.bank_holidays import bank_holidays; "
        "assert bank_holidays(dt.date(2026, 1, 1), 1); print('holidays.countries' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
