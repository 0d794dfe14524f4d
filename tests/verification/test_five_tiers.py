"""A published population of five need tiers, entered as a scenario, against the figures worked out from it.

The reference in continuous time takes the yearly rates of moving (matrix logarithm of the published shares)
with new adults, net migration and deaths as constant flows within each year; the published workflow adds and
takes people once a year. Both multiply people by the spending per head of 2021/22 and change no unit cost.
"""

from __future__ import annotations

import csv
import time

import numpy as np
import pytest

from pathway_modeller.analysis.planning.planning import plan
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.values import DAYS_PER_YEAR

FIGURES = shipped("resources") / "figures"
TIERS = ("tier1", "tier2", "tier3", "tier4", "tier5")
YEARS = (1, 5, 10, 20)


@pytest.fixture(scope="module")
def scenario():
    return load(shipped("scenarios") / "five-tier-population.json")


@pytest.fixture(scope="module")
def published():
    with (FIGURES / "bnssg-population.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def planned(scenario):
    return plan(scenario.baseline, scenario.run, 20)


def by_year(published, figure):
    return {int(row["run_year"]): float(row["value"]) for row in published if row["figure"] == figure}


def by_tier(published, figure):
    found = {row["need_tier"]: float(row["value"]) for row in published if row["figure"] == figure}
    return [found.get(tier, 0.0) for tier in TIERS]


def millions(planned):
    return planned.spending.groupby("year")["pounds"].sum() / 1e6


def tip(planned):
    people = planned.frame.pivot_table(index="year", columns="need_tier", values="people")
    return people["tier5"] / people.sum(axis=1)


@pytest.mark.parametrize("year", YEARS)
def test_spending_is_that_of_the_reference_in_continuous_time(planned, published, year):
    wanted = by_year(published, "expected spending in continuous time, GBP million")[year]
    assert millions(planned)[year] == pytest.approx(wanted, rel=0.0005)


@pytest.mark.parametrize("year", YEARS)
def test_spending_is_within_a_hundredth_and_a_half_of_the_published_yearly_steps(planned, published, year):
    wanted = by_year(published, "spending by yearly steps, GBP million")[year]
    assert millions(planned)[year] == pytest.approx(wanted, rel=0.015)


@pytest.mark.parametrize("year", YEARS)
def test_tip_grows_as_in_the_reference(planned, published, year):
    wanted = by_year(published, "share of people at the tip in continuous time")[year]
    assert tip(planned)[year] == pytest.approx(wanted, abs=0.0001)


def test_tip_grows_from_under_three_to_over_four_in_a_hundred(planned):
    assert round(tip(planned)[1], 3) == 0.027
    assert round(tip(planned)[20], 3) == 0.042


def test_twenty_years_take_a_fraction_of_a_second(scenario, planned):
    begun = time.process_time()
    plan(scenario.baseline, scenario.run, 20)
    assert time.process_time() - begun < 0.5


def test_a_year_of_the_rates_gives_the_published_moves_again(scenario, published):
    """One rate, -2e-5 by the logarithm, is taken as 0; all else is the logarithm to eight figures."""
    from scipy.linalg import expm

    rates = np.zeros((5, 5))
    for move in scenario.baseline.moves.values():
        if move.kind == "move":
            rates[TIERS.index(move.origin), TIERS.index(move.target)] = move.per_person
    rates -= np.diag(rates.sum(axis=1))
    shares = {
        (row["need_tier"], row["to_tier"]): float(row["value"])
        for row in published
        if row["figure"] == "share of survivors there a year later"
    }
    wanted = [[shares[one, other] for other in TIERS] for one in TIERS]
    assert expm(rates) == pytest.approx(np.array(wanted), abs=0.0005)


@pytest.mark.parametrize(
    ("figure", "key"), [("new adults", "birth"), ("net migration", "migration"), ("deaths", "death")]
)
def test_flows_of_every_year_are_as_published(scenario, published, figure, key):
    numbers, shares = by_year(published, figure), by_tier(published, f"share of {figure}")
    for tier, share in zip(TIERS, shares, strict=True):
        move = scenario.baseline.moves.get(f"{key}_{tier}")
        for year, number in numbers.items():
            flow = 0.0 if move is None else move.people * move.trend.factor(year - 1)
            assert flow == pytest.approx(number * share, rel=1e-7)


def test_people_spending_and_admissions_are_as_published(scenario, published):
    base = scenario.baseline
    spent = [sum(cost.amount.value for cost in base.need_tiers[tier].spending.values()) for tier in TIERS]
    assert spent == pytest.approx(by_tier(published, "spending per head a year, GBP"), abs=0.0001)
    rate = base.entry_points["acute_need"].arrivals.rate_per_1000
    come = [rate.values[tier].per_day * DAYS_PER_YEAR / 1000 for tier in TIERS]
    assert come == pytest.approx(by_tier(published, "mental health admissions per head a year"), rel=1e-5)
    with (FIGURES / "bnssg-need-tiers.csv").open(encoding="utf-8", newline="") as file:
        adults = {row["need_tier"]: float(row["adults"]) for row in csv.DictReader(file)}
    assert base.footprints["bnssg"].people == adults


def test_prevention_at_its_best_slows_growth_and_does_not_end_it(scenario, planned):
    """It works from the end of year 1; at 7.3% fewer moves up from the base spending goes on rising."""
    slowed = plan(apply_option(scenario, "prevention"), scenario.run, 20)
    assert millions(slowed)[1] == millions(planned)[1]
    assert 0.97 < millions(slowed)[20] / millions(planned)[20] < 0.98
    assert millions(slowed).is_monotonic_increasing
    assert tip(slowed)[20] > tip(planned)[10]
    before, after = (each.frame.groupby("year")["people"].sum() for each in (planned, slowed))
    assert after.to_numpy() == pytest.approx(before.to_numpy(), rel=1e-12)
