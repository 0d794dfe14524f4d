"""England's bank holidays: the table says what the library says, and other years come from there."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from pathway_modeller.scenario.bank_holidays import bank_holidays, from_library

YEAR = 365


@pytest.mark.parametrize("year", range(2000, 2071))
def test_every_year_is_what_the_library_says(year: int) -> None:
    """Where one fails, a holiday was proclaimed or moved: the year's line of the table is to be renewed."""
    assert sorted(bank_holidays(dt.date(year, 1, 1), YEAR - 1)) == sorted(from_library([year]))


def test_days_that_touch_several_years_have_the_holidays_of_all() -> None:
    assert bank_holidays(dt.date(2059, 12, 1), 2 * YEAR) == from_library([2059, 2060, 2061])


def test_a_year_of_the_table_needs_no_library() -> None:
    program = (
        "import datetime as dt, sys\n"
        "from pathway_modeller.scenario.bank_holidays import bank_holidays\n"
        "print(dt.date(2025, 12, 25) in bank_holidays(dt.date(2025, 1, 1), 700), 'holidays' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "True False\n"
