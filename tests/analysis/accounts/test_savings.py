"""Cash that leaves, capacity that is freed and growth that does not come are kept apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pathway_modeller.analysis.accounts.savings import (
    avoided_growth,
    headline,
    savings,
)

DAYS = {f"m{number:02d}": 31.0 for number in range(12)} | {"m12": 30.0}
"""Twelve months of 31 days and one of 30."""


def lines(*rows):
    """Lines as (month, kind, pounds) or (month, kind, pounds, pool), all of system cost."""
    return pd.DataFrame(
        [(month, "cost", kind, *pool, round(amount * 100)) for month, kind, amount, *pool in padded(rows)],
        columns=["month", "view", "kind", "pool", "pence"],
    )


def padded(rows):
    return [(*row, "") if len(row) == 3 else row for row in rows]


def every_month(pounds, days=DAYS):
    return lines(*((month, "step", pounds) for month in days))


def test_thirteen_months_worked_by_hand():
    """The arithmetic stands at the head of the module; a bill, however large, does not count."""
    first = list(DAYS)[:12]
    baseline = lines(*((month, "step", 310) for month in first), ("m12", "step", 400))
    bill = pd.DataFrame([("m03", "bill", "bill", "", 10**9)], columns=baseline.columns)
    option = lines(*((month, "step", 290) for month in first), ("m12", "step", 220), ("m12", "stranded", 30))
    found = savings(pd.concat([baseline, bill]), option, DAYS, years=2)
    assert {name: found.total(name) / 100 for name in found.lines.columns[1:]} == pytest.approx(
        {
            "gross": 390,
            "cash_releasing": 290,
            "avoided_growth": 100,
            "capacity_releasing": 30,
            "freed_but_open": 0,
        }
    )
    last = found.lines.iloc[12]
    assert (last["cash_releasing"], last["avoided_growth"]) == pytest.approx((5_000, 10_000))
    assert headline(found) == "Saves £145 a year in cash."


@pytest.mark.parametrize("months", [2, 12])
def test_nothing_grows_in_a_period_of_a_year_or_less(months):
    """A dear winter after a cheap summer is no growth: every pound that leaves is cash."""
    days = {f"2025-{number:02d}": 30.0 for number in range(1, months + 1)}
    baseline = lines(*((month, "step", 280 if number < 6 else 900) for number, month in enumerate(days)))
    found = savings(baseline, every_month(200, days), days, years=months / 12)
    assert found.total("avoided_growth") == 0
    assert found.total("cash_releasing") == found.total("gross") > 0


def test_a_season_that_comes_back_is_no_growth():
    """Two years of the same seasons; months are compared with those of the year before, by the day."""
    days = {f"{year}-{number:02d}": 31.0 for year in (2025, 2026) for number in range(1, 13)}
    seasons = [900, 900, 100, 100, 100, 100, 100, 100, 100, 100, 900, 900]
    baseline = lines(*((month, "step", seasons[number % 12]) for number, month in enumerate(days)))
    found = savings(baseline, every_month(50, days), days, years=2)
    assert found.lines["avoided_growth"].abs().max() == 0
    assert headline(found) == "Saves £3,800 a year in cash."


def test_chance_between_years_is_no_growth_and_growth_is_summed_by_the_year():
    """Four replications stray by £100 about £1,000 a month; in two others the second year costs £120 more."""
    days = {f"m{number:02d}": 30.0 for number in range(24)}
    rng = np.random.default_rng(5)
    flat = 100_000 + 10_000 * rng.standard_normal((4, 24))
    assert avoided_growth(flat, flat - 5_000, days).years == ("none", "none")
    grown = np.array([[100_000.0] * 12 + [101_000.0] * 12] * 2)
    # The option saves £50 a month in the first year, and £5 a month in the second: less than the growth.
    after = grown - np.array([5_000.0] * 12 + [500.0] * 12)
    rule = avoided_growth(grown, after, days)
    assert rule.years == ("none", "gross")
    assert rule.of(grown[0], after[0], days).sum() == pytest.approx(6_000)
    assert avoided_growth(grown, grown - 5_000, days).years == ("none", "growth")


def test_a_first_month_of_a_few_days_is_not_compared_with():
    """Two days of April cost nothing (a weekend); the April after is compared with the mean day."""
    days = {"2025-04": 2.0, **{f"m{number:02d}": 30.0 for number in range(11)}, "2026-04": 30.0}
    baseline = lines(*((month, "step", 300) for month in list(days)[1:]))
    found = savings(baseline, every_month(200, days), days, years=1.1)
    assert found.total("avoided_growth") < 500


def test_less_than_a_pound_a_year_is_no_saving():
    found = savings(every_month(310), lines(*((month, "step", 309.95) for month in DAYS)), DAYS, years=1)
    assert headline(found) == "Costs as much as the baseline."


def test_freed_capacity_is_never_called_a_saving():
    """Beds used a tenth less at £310 a month stay open and paid for: £31 a month, £403 in all."""
    same = lines(*((month, "step", 310, "beds") for month in DAYS))
    found = savings(same, same, DAYS, years=1, less_used={"beds": 0.1, "staff": 0.5, "rooms": -0.2})
    assert found.total("freed_but_open") == pytest.approx(40_300)
    assert found.total("gross") == 0
    assert headline(found) == "Frees capacity worth £403 a year; no cash leaves."


def test_what_only_keeps_costs_from_growing_is_not_a_saving_either():
    """All of the thirteenth month's £90 of growth is avoided, and not a penny of what was spent before."""
    baseline = lines(*((month, "step", 310) for month in list(DAYS)[:12]), ("m12", "step", 390))
    option = lines(*((month, "step", 310) for month in list(DAYS)[:12]), ("m12", "step", 300))
    found = savings(baseline, option, DAYS, years=1)
    assert found.total("cash_releasing") == pytest.approx(0)
    assert headline(found) == "Avoids growth of £90 a year; no cash leaves."


def test_an_option_that_costs_more_says_so_first():
    found = savings(every_month(310), every_month(320), DAYS, years=1)
    assert found.total("cash_releasing") == pytest.approx(-13_000)
    assert found.total("avoided_growth") == 0
    assert headline(found) == "Costs £130 a year more than the baseline."


def test_an_option_that_changes_nothing_costs_as_much():
    found = savings(every_month(310), every_month(310), DAYS, years=1)
    assert (found.lines.iloc[:, 1:].abs().to_numpy() < 1e-9).all()
    assert headline(found) == "Costs as much as the baseline."
