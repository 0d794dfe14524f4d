"""Rates of moves between need tiers that are most likely not what was meant."""

from __future__ import annotations

import pytest

from pathway_modeller.scenario.checking.check import check
from tests.scenario.living_scenario import living


def said_of(rate: float) -> list[str]:
    scenario = living()
    moves = dict(scenario.baseline.moves)
    moves["up"] = moves["up"].model_copy(update={"per_person": rate, "people": None})
    pathway = scenario.baseline.model_copy(update={"moves": moves})
    found = check(scenario.model_copy(update={"baseline": pathway}))
    return [f"{each.what}. {each.mend}." for each in found if each.place == "/baseline/moves/up/per_person"]


def test_a_rate_above_one_a_year_asks_whether_per_cent_is_meant() -> None:
    (said,) = said_of(5)
    assert said == (
        "it happens to each person 5 times a year, more than once on average. "
        "If 5% of people a year is meant, type 5% (0.05)."
    )


@pytest.mark.parametrize("rate", [0.05, 1.0])
def test_a_rate_of_at_most_one_a_year_is_taken_as_it_is(rate: float) -> None:
    assert said_of(rate) == []
