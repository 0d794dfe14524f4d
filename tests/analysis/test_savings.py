"""Cash that leaves, capacity that is freed and growth that does not come are kept apart."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from pathway_modeller.analysis.savings import headline, month_days, saving_sentences, savings

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
    assert saving_sentences(found) == (
        "Saves £145 a year in cash.",
        "Avoids growth of £50 a year, which is no saving on what is spent now.",
        "Capacity worth £15 a year is closed and still paid for.",
    )


def test_growth_of_a_short_period_is_measured_from_its_first_month():
    """£280 in 28 days is £10 a day; £403 in 31 days are £93 more than £310. The option costs £280 twice.

    Gross 0 and £123: £93 are avoided growth and £30 cash.
    """
    days = {"2025-02": 28.0, "2025-03": 31.0}
    baseline = lines(("2025-02", "step", 280), ("2025-03", "step", 403))
    found = savings(baseline, every_month(280, days), days, years=0.16)
    assert found.total("avoided_growth") == pytest.approx(9_300)
    assert found.total("cash_releasing") == pytest.approx(3_000)


def test_freed_capacity_is_never_called_a_saving():
    """Beds used a tenth less at £310 a month stay open and paid for: £31 a month, £403 in all."""
    same = lines(*((month, "step", 310, "beds") for month in DAYS))
    found = savings(same, same, DAYS, years=1, less_used={"beds": 0.1, "staff": 0.5, "rooms": -0.2})
    assert found.total("freed_but_open") == pytest.approx(40_300)
    assert found.total("gross") == 0
    assert headline(found) == "Frees capacity worth £403 a year; no cash leaves."
    assert not any("ave" in sentence for sentence in saving_sentences(found) if "leaves" not in sentence)


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
    assert saving_sentences(found) == ("Costs as much as the baseline.",)


def test_days_of_months_within_a_period():
    """From 20 April 2025 (day 5 after 15 April) for 45 days: 11 days of April, 31 of May, 3 of June."""
    assert month_days(dt.date(2025, 4, 15), 5, 50) == {"2025-04": 11, "2025-05": 31, "2025-06": 3}
