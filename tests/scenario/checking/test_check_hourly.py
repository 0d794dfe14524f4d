"""A rate for each hour of the day: what is wrong with one, and the load and words that follow from it."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.problems import errors
from tests.scenario.checking.test_check import scenario

PLACE = "/baseline/entry_points/in/arrivals"
DAY = [0] * 8 + [0.5] * 10 + [0] * 6


def by_hour(hourly: list[float], **more: Any) -> dict[str, Any]:
    return {PLACE: {"kind": "random", "hourly": hourly, **more}}


def test_a_rate_for_each_hour_is_enough() -> None:
    assert check(scenario(by_hour(DAY))) == ()


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        (by_hour(DAY[:23]), "/hourly", "it has 23 rates and needs 24"),
        (by_hour([0.0] * 24), "/hourly", "every rate is 0"),
        (by_hour(DAY, rate={"value": 5, "unit": "per day"}), "", "a rate and a rate for each hour"),
        (by_hour(DAY, profile={"day": [1, 2]}), "/profile/day", "the rate in each hour is given as well"),
    ],
    ids=["too few", "nobody", "two rates", "factors as well"],
)
def test_what_cannot_hold_is_named(changes: dict[str, Any], place: str, says: str) -> None:
    (problem,) = errors(check(scenario(changes)))
    assert problem.place == PLACE + place
    assert says in problem.what


def test_load_is_that_of_the_sum_of_the_day() -> None:
    """Ten hours of 0.8 are 8 a day, for half a day each: 4 units, of which 3 are open."""
    (problem,) = check(scenario(by_hour([0.8] * 10 + [0.0] * 14)))
    assert "it needs 4 units on average but 3 are open" in problem.what
