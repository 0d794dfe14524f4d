"""Money a year and money paid once, by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pathway_modeller.analysis.accounts.run_rate import Monthly, last_year, money_changes
from pathway_modeller.scenario.words.spans import span_words
from pathway_modeller.scenario.years import years_in

APRIL = dt.date(2025, 4, 1)


def lengths(first: dt.date, months: int) -> list[float]:
    """Days of whole calendar months."""
    found = []
    for _ in range(months):
        after = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        found.append(float((after - first).days))
        first = after
    return found


@pytest.mark.parametrize(
    ("first", "days", "years"),
    [
        (APRIL, 365, 1),
        (APRIL, 365.25, 1),
        (APRIL, 1096, 3),
        (APRIL, 3 * 365.25, 3),
        (dt.date(2024, 1, 1), 366, 1),
        (dt.date(2024, 1, 1), 183, 0.5),
        (APRIL, 400, 1 + 35 / 365),
        (APRIL, 180, 180 / 365),
    ],
)
def test_years_go_by_the_calendar(first: dt.date, days: float, years: float) -> None:
    assert years_in(first, days) == pytest.approx(years)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (365, "the year"),
        (1096, "the 3 years"),
        (56, "the 8 weeks"),
        (180, "the 180 days"),
        (400, "the 400 days"),
    ],
)
def test_a_period_has_its_own_name(days: float, words: str) -> None:
    assert span_words(APRIL, days) == words


def test_recurrent_and_one_off_apart() -> None:
    """The example of the module: two years of £100 a month; from month seven £80, £590 paid once."""
    year = last_year(APRIL, lengths(APRIL, 24))
    assert (year.words, year.is_year, year.first, year.last) == (
        "a year",
        True,
        dt.date(2026, 4, 1),
        dt.date(2027, 3, 31),
    )
    before = np.full((1, 24), 100.0)
    once = np.zeros((1, 24))
    once[0, 0], once[0, 3:6] = 500, 30
    after = np.full((1, 24), 100.0)
    after[0, 6:] = 80
    (change,) = money_changes([(Monthly(before, 0 * before), Monthly(after + once, once))], year)
    assert change.recurrent.mean == -240
    assert change.once.mean == 590
    assert change.change.mean == 230
    assert (change.before.mean, change.after.mean) == (2400, 2630)


def test_what_is_a_year_does_not_hang_on_how_long_the_period_is() -> None:
    """£1,000 less in every month for £6,000 of set-up: £12,000 a year and £6,000 once, over 1 year or 3."""
    for months in (12, 24, 36):
        year = last_year(APRIL, lengths(APRIL, months))
        before, once = np.full((1, months), 5000.0), np.zeros((1, months))
        once[0, 0] = 6000
        sides = Monthly(before, 0 * once), Monthly(before - 1000 + once, once)
        (change,) = money_changes([sides], year)
        assert (year.words, change.recurrent.mean, change.once.mean) == ("a year", -12_000, 6000)


def test_a_shorter_period_is_not_brought_to_a_year() -> None:
    year = last_year(APRIL, [*lengths(APRIL, 5), 27.0])
    assert (year.words, year.is_year) == ("over the 180 days", False)
    assert year.of(np.full((1, 6), 10.0)).tolist() == [60]


def test_a_month_that_the_last_year_cuts_counts_by_its_days() -> None:
    """400 days from 1 April 2025 end on 5 May 2026; the last year begins on 6 May 2025, 26 of 31 days in."""
    year = last_year(APRIL, [*lengths(APRIL, 13), 5.0])
    assert year.first == dt.date(2025, 5, 6)
    assert year.shares.tolist() == [0, pytest.approx(26 / 31), *[1] * 12]
