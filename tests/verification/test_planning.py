"""Planning mode equals the mean of simulated runs, within 4 standard errors of that mean.

A part of the people have the same expected shares: every rate is by person, or made smaller with them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.values import Duration
from tests.verification.people_by_year import Compared, compared, smaller

WITHIN = 4.0


def must_agree(found: list[Compared]) -> None:
    """Fails with every figure that does not agree."""
    assert found
    assert [each for each in found if not each.errors_away < WITHIN] == []


def five_tiers(variant: str, years: int, factor: float) -> tuple[Pathway, RunSettings]:
    """Returns the five tiers with a part of their people, run for some years."""
    scenario = load(shipped("scenarios") / "five-tier-population.json")
    run = scenario.run.model_copy(update={"duration": Duration(value=years * 365.25 + 1, unit="days")})
    return smaller(apply_option(scenario, variant), factor), run


@pytest.mark.parametrize("variant", ["baseline", "prevention"])
def test_five_tiers_over_five_years(variant: str) -> None:
    """8,338 adults, 30 replications: 25 means, each within 4 of its standard errors of 1.5 to 7.6 people."""
    pathway, run = five_tiers(variant, 5, 0.01)
    found = compared(pathway, run, 5, 30)
    assert max(each.error for each in found) < 10
    must_agree(found)


@pytest.mark.minutes
def test_five_tiers_in_full_over_five_years() -> None:
    """833,795 adults, 10 replications: standard errors below a thousandth of the people."""
    pathway, run = five_tiers("baseline", 5, 1.0)
    found = compared(pathway, run, 5, 10)
    assert max(each.error / each.mean for each in found) < 0.005
    must_agree(found)


@pytest.mark.minutes
@pytest.mark.parametrize("variant", ["baseline", "prevention"])
def test_five_tiers_over_twenty_years(variant: str) -> None:
    """41,690 adults, 20 replications."""
    pathway, run = five_tiers(variant, 20, 0.05)
    must_agree(compared(pathway, run, 20, 20))


def small(arrivals: dict[str, Any], **more: Any) -> Pathway:
    """Returns 2,000 people in two tiers and two footprints, who come to a clinic at once served."""
    preventions = more.pop("preventions", {})
    clinic = {"name": "Clinic", "service_time": {"kind": "fixed", "value": 1, "unit": "minutes"}, **more}
    maps = {
        "need_tiers": {"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
        "footprints": {
            "east": {"name": "East", "people": {"low": 1000, "high": 200}},
            "west": {"name": "West", "people": {"low": 700, "high": 100}},
        },
        "moves": {
            "birth": {"name": "Births", "kind": "birth", "to": "low", "per_person": 0.02},
            "death": {"name": "Deaths", "kind": "death", "from": "high", "per_person": 0.05},
            "up": {"name": "Up", "from": "low", "to": "high", "per_person": 0.3},
        },
        "entry_points": {"come": {"name": "Come", "arrivals": {"kind": "random", **arrivals}}},
        "activities": {"clinic": clinic},
        "exit_points": {"home": {"name": "Home"}},
        "transitions": {
            "a": {"from": "come", "to": "clinic"},
            "b": {"from": "clinic", "to": "home"},
        },
        "preventions": preventions,
    }
    return Pathway.model_validate(maps)


RUN = RunSettings(start_date=dt.date(2025, 4, 1), duration=Duration(value=731, unit="days"), seed=11)
BY_PEOPLE = {"rate_per_1000": {"value": 400, "unit": "per year"}, "trend": {"yearly_change": 0.25}}


def test_contacts_that_change_need() -> None:
    """Of those seen, half of high need get better and a tenth of low need are found to be high."""
    effects = [
        {"from": "high", "to": "low", "share": 0.5, "cause": "better"},
        {"from": "low", "to": "high", "share": 0.1, "cause": "found"},
    ]
    must_agree(compared(small(BY_PEOPLE, changes_need=effects), RUN, 2, 20))


@pytest.mark.parametrize("lag", [0, 100])
def test_prevention_by_contacts(lag: int) -> None:
    """Half of those seen take it up; it slows moves up by 70% and half of it is lost in nine months."""
    prevention = {
        "name": "Advice",
        "slows": {"up": 0.7},
        "activity": "clinic",
        "uptake": 0.5,
        "lag": {"value": lag, "unit": "days"},
        "half_life": {"value": 9, "unit": "months"},
    }
    pathway = small(BY_PEOPLE, preventions={"advice": prevention})
    found = compared(pathway, RUN, 2, 20)
    must_agree(found)
    without = compared(small(BY_PEOPLE), RUN, 2, 2)
    slowed = {(each.need_tier, each.year): each.expected for each in found}
    assert all(slowed["low", each.year] > each.expected + 4 for each in without if each.need_tier == "low")
