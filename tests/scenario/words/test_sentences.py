"""Values in plain words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.values import Duration, Money, Rate
from pathway_modeller.scenario.words.sentences import (
    date_words,
    distribution_words,
    duration_words,
    listed,
    lower_first,
    money_words,
    number,
    percentage,
    plural,
    rate_words,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (3.0, "3"), (1234.5, "1,234.5"), (0.125, "0.125"), (1 / 3, "0.333333"), (1e-9, "1e-09")],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("share", "text"), [(0.2, "20%"), (0.074, "7.4%"), (1, "100%"), (0.07, "7%")])
def test_percentages(share: float, text: str) -> None:
    assert percentage(share) == text


def test_quantities() -> None:
    assert duration_words(Duration(value=1, unit="weeks")) == "1 week"
    assert duration_words(Duration(value=20, unit="minutes")) == "20 minutes"
    assert rate_words(Rate(value=12, unit="per week")) == "12 per week"
    assert money_words(Money(value=1250, price_year="2024/25")) == "£1,250 (2024/25 prices)"
    assert money_words(Money(value=120.5, price_year="2024/25")) == "£120.50 (2024/25 prices)"
    assert date_words(dt.date(2026, 4, 1)) == "1 April 2026"
    assert plural(1, "unit") == "1 unit"
    assert plural(2.5, "unit") == "2.5 units"


def test_lists() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


def test_abbreviations_stay_capital() -> None:
    assert lower_first("Service time") == "service time"
    assert lower_first("NHS price") == "NHS price"


@pytest.mark.parametrize(
    ("figures", "text"),
    [
        ({"kind": "fixed", "value": 1}, "always 1 day"),
        ({"kind": "lognormal", "median": 18, "p90": 34}, "lognormal, median 18 and 90th percentile 34 days"),
        (
            {"kind": "beta_pert", "low": 1, "likely": 2, "high": 4},
            "beta-PERT, lowest 1, most likely 2 and highest 4 days",
        ),
        ({"kind": "erlang", "mean": 6, "shape": 3}, "Erlang, mean 6 days, in 3 stages"),
        ({"kind": "empirical", "values": [1, 2]}, "2 recorded times in days"),
        (
            {"kind": "empirical", "values": [1, 2], "weights": [3, 1]},
            "2 recorded times in days, with weights",
        ),
        ({"kind": "normal", "mean": 6, "sd": 2}, "normal cut at 0, mean 6 and standard deviation 2 days"),
        ({"kind": "lognormal", "mu": 1.5, "sigma": 0.4}, "lognormal, mu 1.5 and sigma 0.4 days"),
    ],
)
def test_distributions(figures: dict[str, Any], text: str) -> None:
    assert distribution_words(Distribution.model_validate({"unit": "days", **figures})) == text
