"""The Wigan scenario: what it must say about Wigan, and that it behaves as the published figures say."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from pathway_modeller.analysis.ledger.ledger import books
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from tests.frames import measure_frame

WIGAN = shipped("scenarios") / "wigan-outpatient-follow-up.json"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(WIGAN)


@pytest.fixture(scope="module")
def measured(scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Returns the measures of one half-year of every variant."""
    run = scenario.run.model_copy(update={"duration": Duration(value=26, unit="weeks")})
    found = {}
    for variant in (BASELINE, *scenario.options):
        pathway = played(scenario, variant, run)
        trace = simulate(compile_pathway(pathway, run), seed=7, replication=0)
        found[variant] = measure_frame(trace, pathway, books(scenario, variant, run))
    return found


def figure(frame: pd.DataFrame, measure: str, element: str = "", pool: str = "") -> float:
    """Returns one figure over all tiers, footprints and settings."""
    wanted = {"measure": measure, "element": element, "pool": pool}
    wanted |= {"need_tier": "", "footprint": "", "setting": ""}
    rows = frame[(frame[list(wanted)] == pd.Series(wanted)).all(axis=1)]
    assert len(rows) == 1, (measure, element, pool)
    return float(rows["value"].iloc[0])


def contacts(frame: pd.DataFrame, activity: str) -> float:
    """Returns how often an activity was attended."""
    return figure(frame, "contacts", activity)


def test_has_the_seven_footprints_of_equal_size(scenario: Scenario) -> None:
    footprints = scenario.baseline.footprints
    assert {each.name for each in footprints.values()} == {
        "Wigan North", "Central Wigan", "Hindley", "SWAN", "LIGA", "Leigh", "TABA+",
    }  # fmt: skip
    assert len({tuple(sorted(each.people.items())) for each in footprints.values()}) == 1
    assert "equal" in scenario.assumptions["footprint_sizes"].name.lower()
    assert scenario.assumptions["footprint_sizes"].quality == "illustrative"


def test_tiers_are_labelled_as_borrowed(scenario: Scenario) -> None:
    assert all(
        "BNSSG rates applied to Wigan" in tier.description for tier in scenario.baseline.need_tiers.values()
    )


def test_patient_initiated_follow_up_is_offered_as_planned_and_as_evidenced(scenario: Scenario) -> None:
    names = [option.name for option in scenario.options.values()]
    assert "Patient-initiated follow-up, as planned" in names
    assert "Patient-initiated follow-up, as evidenced" in names


def test_follow_ups_per_first_are_as_published(measured: dict[str, pd.DataFrame]) -> None:
    base = measured[BASELINE]
    ratio = contacts(base, "follow_up_clinic") / contacts(base, "first_clinic")
    assert ratio == pytest.approx(1.61, abs=0.08)


def test_slots_nobody_comes_to_are_as_published(measured: dict[str, pd.DataFrame]) -> None:
    base = measured[BASELINE]
    missed = figure(base, "missed")
    seen = contacts(base, "follow_up_clinic") + contacts(base, "first_clinic")
    assert missed / (missed + seen) == pytest.approx(6.2 / (6.2 + 77.2), abs=0.006)


def test_baseline_is_near_the_standard_but_does_not_meet_it_by_much(
    measured: dict[str, pd.DataFrame],
) -> None:
    base = measured[BASELINE]
    assert 0.85 < figure(base, "standard.within.rtt") < 0.96
    assert 14 < figure(base, "wait.mean", "first_clinic") / 7 < 22
    assert figure(base, "pool.utilisation", pool="clinics") > 0.95


def test_plan_gives_a_quarter_fewer_follow_ups_where_no_more_patients_are_seen(scenario: Scenario) -> None:
    transitions = apply_option(scenario, "pifu_planned").transitions
    asked = transitions["due_patient_initiated"].share * transitions["patient_asks_no"].share
    assert asked == pytest.approx(0.25)
    evidence = apply_option(scenario, "pifu_evidenced").transitions
    assert evidence["due_patient_initiated"].share * 0.4 == pytest.approx(0.02)


def test_evidence_does_much_less_than_the_plan(measured: dict[str, pd.DataFrame]) -> None:
    waits = {
        variant: figure(measured[variant], "wait.mean", "first_clinic")
        for variant in (BASELINE, "pifu_planned", "pifu_evidenced")
    }
    planned = waits[BASELINE] - waits["pifu_planned"]
    evidenced = waits[BASELINE] - waits["pifu_evidenced"]
    assert 0 < evidenced < planned / 5


def test_no_cost_leaves_the_system_until_a_clinic_is_closed(measured: dict[str, pd.DataFrame]) -> None:
    clinics = {variant: figure(frame, "pool_cost", pool="clinics") for variant, frame in measured.items()}
    assert {round(pounds) for pounds in clinics.values()} == {round(clinics[BASELINE])}


def test_the_shift_closes_one_clinic_for_seven_nurses_and_its_cost_leaves_after_notice(
    scenario: Scenario,
) -> None:
    option = scenario.options["near_home_closing"]
    pools = played(scenario, "near_home_closing").pools
    assert [(step.date, step.units) for step in pools["clinics"].steps] == [(dt.date(2025, 12, 21), 5)]
    nurses = pools["near_home_nurses"].steps
    assert len({step.footprint for step in nurses}) == 7
    assert min(step.date for step in nurses) > option.shifts["clinic_to_nurses"].starts
    assert scenario.baseline.pools["clinics"].notice == Duration(value=3, unit="months")


def test_follow_ups_move_to_every_footprint(measured: dict[str, pd.DataFrame]) -> None:
    frame = measured["near_home"]
    rows = frame[(frame["measure"] == "wait.patients") & (frame["element"] == "near_home_clinic")]
    by_footprint = rows[rows["footprint"] != ""]
    assert (by_footprint.groupby("footprint")["value"].sum() > 300).sum() == 7
