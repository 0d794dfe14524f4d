"""The virtual ward of Wigan: what is simulated stands beside what was published, and nothing pays for itself.

Published (Jalilian and others, BMJ Open 2024;14:e081378): 40 virtual beds; hospital stays 2.89 days shorter;
£935 for each hospital bed day freed against £536 for a bed day; in the press, about three beds freed.
"""

from __future__ import annotations

import pytest

from pathway_modeller.experiment.answers.answers import Answers, answers
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import DAYS_PER_YEAR

PUBLISHED = 935.0
BED_DAY = 536.0
REPLICATIONS = 6


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(shipped("scenarios") / "wigan-virtual-ward.json")


@pytest.fixture(scope="module")
def results(scenario: Scenario) -> Results:
    run = scenario.run.model_copy(update={"replications": REPLICATIONS})
    return run_experiment(scenario, (BASELINE, *scenario.options), run, workers=1)


@pytest.fixture(scope="module")
def answered(results: Results, scenario: Scenario) -> Answers:
    return answers(results, scenario)


def beds_freed(results: Results, option: str) -> float:
    """Returns the hospital beds freed on average, all the time."""
    table = results.differences(option)
    row = table[(table["measure"] == "pool.occupancy") & (table["pool"] == "beds")]
    return -float(row["mean"].iloc[0])


def pounds_a_year(results: Results, option: str) -> float:
    """Returns what the virtual beds of an option cost a year."""
    lines = results.ledger[(results.ledger["variant"] == option) & (results.ledger["pool"] == "virtual_beds")]
    return float(lines["pence"].sum()) / 100 / (results.provenance.collection_days / DAYS_PER_YEAR)


def test_forty_virtual_beds_free_about_three_hospital_beds(results: Results) -> None:
    assert 2.2 < beds_freed(results, "as_published") < 3.0


def test_a_bed_day_freed_costs_about_what_was_published_and_more_than_a_bed_day(results: Results) -> None:
    a_day = pounds_a_year(results, "as_published") / (beds_freed(results, "as_published") * DAYS_PER_YEAR)
    assert a_day == pytest.approx(PUBLISHED, rel=0.12)
    assert a_day > 1.5 * BED_DAY


def test_more_readmissions_free_fewer_beds_for_the_same_money(results: Results) -> None:
    assert beds_freed(results, "more_readmissions") < beds_freed(results, "as_published")


def test_twice_the_throughput_brings_a_freed_bed_day_below_the_cost_of_a_bed_day(results: Results) -> None:
    freed = beds_freed(results, "twenty_places") * DAYS_PER_YEAR
    assert pounds_a_year(results, "twenty_places") / freed < BED_DAY


def test_no_option_breaks_even_within_three_years(answered: Answers, scenario: Scenario) -> None:
    for option in scenario.options:
        money = answered.of(option).views["cost"]
        assert money.break_even is not None
        assert money.break_even.median == "not within the horizon"
        assert money.break_even.within.share == 0
        assert not answered.of(option).claim.claimed


def test_closing_four_beds_of_a_ward_strands_their_cost(results: Results) -> None:
    lines = results.ledger[
        (results.ledger["variant"] == "closing_beds") & (results.ledger["kind"] == "stranded")
    ]
    assert set(lines["pool"]) == {"beds"}
    closed = 4 * BED_DAY * DAYS_PER_YEAR
    last_year = lines[lines["month"] >= "2027-04"]["pence"].sum() / 100
    assert last_year == pytest.approx(closed, rel=0.01)
