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
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.population import Move, Trend
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration
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


def test_capacity_that_opens_and_closes_is_counted_for_each_footprint() -> None:
    hours = {"monday": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}]}
    scenario = moved()
    always = volume(scenario.baseline, scenario.run).events
    opened = set_value(scenario.baseline, "/pools/nurses/timetable", hours)
    shut = set_value(opened, "/entry_points/referral/arrivals/rate/value", 0)
    assert volume(shut, scenario.run).events == pytest.approx(2 * 2 * 8)
    held = set_value(shut, "/pools/nurses/per_footprint", True)
    places = {name: Footprint(name=name) for name in ("north", "south", "west")}
    held = held.model_copy(update={"footprints": places})
    assert volume(held, scenario.run).events == pytest.approx(3 * 2 * 2 * 8)
    assert always == pytest.approx(560 * 8, rel=0.01)


def test_moves_of_people_are_counted_by_rate_number_and_trend() -> None:
    scenario = moved()
    year = scenario.run.model_copy(update={"duration": Duration(value=1, unit="years")})
    nobody = set_value(scenario.baseline, "/entry_points/referral/arrivals/rate/value", 0)
    people = {"low": 800.0, "high": 200.0}
    living = nobody.model_copy(
        update={
            "need_tiers": {"low": NeedTier(name="Low", level=1), "high": NeedTier(name="High", level=2)},
            "footprints": {"north": Footprint(name="North", people=people)},
        }
    )
    up = Move.model_validate({"name": "Up", "from": "low", "to": "high", "per_person": 0.1})
    births = Move(name="Births", kind="birth", target="low", per_person=0.02)
    come = Move(name="Come", kind="migration in", target="low", people=30)
    rising = come.model_copy(update={"trend": Trend(by_year=(2.0,))})

    def moves(*given: Move) -> float:
        drawn = living.model_copy(update={"moves": {each.name.lower(): each for each in given}})
        return volume(drawn, year).events

    assert moves() == 0
    assert moves(up) == pytest.approx(80)
    assert moves(births) == pytest.approx(20)
    assert moves(come) == pytest.approx(30)
    assert moves(rising) == pytest.approx(60)
    assert moves(up, births, come) == pytest.approx(130)


def test_today_s_lists_are_worked_off() -> None:
    waiting = {"waiting": [{"patients": 40, "waited": {"kind": "fixed", "value": 1, "unit": "days"}}]}
    busy = {"in_progress": [{"patients": 2}]}
    scenario = moved(today={"clinic": {**waiting, **busy}})
    nobody = set_value(scenario.baseline, "/entry_points/referral/arrivals/rate/value", 0)
    coming = set_value(scenario.baseline, "/entry_points/referral/arrivals/rate/value", 0.01)
    today = scenario.run.model_copy(update={"start": "today"})
    assert volume(nobody, scenario.run).events == 0
    assert volume(nobody, today).events >= 42
    found = volume(coming, today)
    assert found.visits == pytest.approx(42 + 0.56, rel=0.01)


def test_a_slot_has_a_row_more_for_each_pool_taken_and_given_back() -> None:
    scenario = moved()
    both = set_value(scenario.baseline, "/activities/clinic/needs/nurses", 1)
    one, two = (volume(each, scenario.run).events for each in (scenario.baseline, both))
    assert two - one == pytest.approx(2 * 0.6 * 560, rel=0.01)
