"""How many events a run comes to is told beforehand, and a run bears it out."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import set_value, with_pathway
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.network.volume import volume
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from tests.scenario.readiness.moved_scenario import moved

BUNDLED = [
    (path, variant)
    for path in sorted(shipped("scenarios").glob("*.json"))
    for variant in (BASELINE, *sorted(load(path).options))
]
FACTOR = 3.0


def rows(scenario: Scenario, variant: str = BASELINE) -> int:
    model = compile_pathway(played(scenario, variant, scenario.run), scenario.run)
    return len(simulate(model, scenario.run.seed, 0))


def events(scenario: Scenario, variant: str = BASELINE) -> float:
    return volume(played(scenario, variant, scenario.run), scenario.run).events


@pytest.mark.parametrize(("path", "variant"), BUNDLED, ids=lambda each: getattr(each, "stem", each))
def test_the_events_of_a_bundled_scenario_are_told_within_a_factor_of_three(path: Path, variant: str) -> None:
    scenario = load(path)
    assert 1 / FACTOR < events(scenario, variant) / rows(scenario, variant) < FACTOR


def test_a_pathway_that_patients_go_round_for_ever_ends_with_the_run() -> None:
    pathway = moved().baseline
    for key in ("d", "e"):
        pathway = set_value(pathway, f"/transitions/{key}/to", "where")
    slow = set_value(pathway, "/activities/clinic/service_time/mean", 2000)
    slow = set_value(slow, "/activities/team/service_time/mean", 2000)
    free = set_value(set_value(slow, "/pools/consultants/units", None), "/pools/nurses/units", None)
    scenario = with_pathway(moved(), BASELINE, free)
    assert 1 / FACTOR < events(scenario) / rows(scenario) < FACTOR


def test_arrows_that_only_a_run_can_tell_are_taken_alike() -> None:
    pathway = moved().baseline
    queue = {"kind": "queue", "activity": "clinic", "at_least": 1}
    scenario = with_pathway(moved(), BASELINE, set_value(pathway, "/transitions/c/when", queue))
    assert 1 / FACTOR < events(scenario) / rows(scenario) < FACTOR


def test_an_entry_point_counts_for_the_time_in_which_patients_come() -> None:
    scenario = moved()
    half = set_value(
        scenario.baseline, "/entry_points/referral/arrivals/ends_after", {"value": 4, "unit": "weeks"}
    )
    whole, part = (volume(each, scenario.run) for each in (scenario.baseline, half))
    assert whole.arrivals["referral"] == pytest.approx(560)
    assert part.arrivals["referral"] == pytest.approx(280)
    assert part.events == pytest.approx(whole.events / 2, rel=0.01)


def test_a_trend_multiplies_those_who_come() -> None:
    scenario = moved()
    rising = set_value(
        scenario.baseline, "/entry_points/referral/arrivals/trend", {"by_year": [3.0], "yearly_change": 0.0}
    )
    assert volume(rising, scenario.run).arrivals["referral"] == pytest.approx(3 * 560)


def test_who_cannot_be_seen_waits() -> None:
    scenario = moved()
    crowded = set_value(scenario.baseline, "/entry_points/referral/arrivals/rate/value", 1000)
    found = volume(crowded, scenario.run)
    assert 20_000 < found.waiting < 40_000
    assert found.inside >= found.waiting


@pytest.mark.parametrize("rate", [1e6, 1e9])
def test_any_number_of_arrivals_can_be_weighed(rate: float) -> None:
    scenario = moved()
    slip = set_value(scenario.baseline, "/entry_points/referral/arrivals/rate/value", rate)
    found = volume(slip, scenario.run)
    assert found.events > rate
    assert not math.isnan(found.events)
