"""England's bank holidays are the library's, although it is not asked in its own way."""

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
    expected = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=YEARS))
    assert asked.bank_holidays(FIRST, (LAST - FIRST).days) == expected
    assert dt.date(2026, 4, 6) in expected


def test_a_library_that_keeps_them_elsewhere_is_asked_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = asked.bank_holidays(FIRST, 365)
    asked._of_years.cache_clear()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(PathFinder, "find_spec", lambda *_: None)
        calendar = asked._calendar()
    assert calendar.func is holidays.country_holidays  # type: ignore[attr-defined]
    assert frozenset(calendar(subdiv="ENG", years=[1990])) == {day for day in expected if day.year == 1990}


def test_no_other_country_is_loaded() -> None:
    code = (
        "import datetime as dt, sys; from pathway_modeller.scenario.bank_holidays import bank_holidays; "
        "assert bank_holidays(dt.date(2026, 1, 1), 1); print('holidays.countries' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
