"""The chance of delay by number of beds against Erlang's loss formula, and against wards with so many."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.experiment.runs.without_limit import Occupancy, run_without_limit
from tests.ward import LOAD, erlang_b, ward


def standard_error(occupancy: Occupancy, beds: int) -> float:
    """The standard error of a ratio of two means over replications, found as textbooks have it."""
    over, under = occupancy.shares[:, beds], occupancy.shares[:, : beds + 1].sum(axis=1)
    rest = over - over.mean() / under.mean() * under
    return float(rest.std(ddof=1) / math.sqrt(len(rest)) / under.mean())


@pytest.fixture(scope="module")
def unlimited() -> Occupancy:
    (found,) = run_without_limit(ward(12, replications=40), "beds", workers=1).occupancies
    return found


@pytest.mark.parametrize("beds", range(8, 21))
def test_chance_of_delay_is_the_loss_formula_where_patients_come_at_random(
    unlimited: Occupancy, beds: int
) -> None:
    chance, low, high = unlimited.chance.at(beds)
    assert chance == pytest.approx(erlang_b(LOAD, beds), abs=4 * standard_error(unlimited, beds))
    assert low <= chance <= high


@pytest.mark.parametrize("beds", [10, 12, 15])
def test_chance_of_delay_is_the_share_turned_away_by_so_many_beds(unlimited: Occupancy, beds: int) -> None:
    results = run_experiment(ward(beds, replications=40, room=0), ["baseline"], workers=1)
    found = results.measures["baseline"]
    away, seen = (found.of(each, element="ward")[0] for each in ("turned_away", "contacts"))
    share = away.sum() / (away + seen).sum()
    rest = away - share * (away + seen)
    error = float(rest.std(ddof=1) / math.sqrt(len(rest)) / (away + seen).mean())
    chance, *_ = unlimited.chance.at(beds)
    # The same patients in both runs: their errors do not add up to more than this.
    assert chance == pytest.approx(share, abs=4 * (error + standard_error(unlimited, beds)))


def test_patients_who_take_two_beds_at_once_are_delayed_by_the_last_but_one() -> None:
    (found,) = run_without_limit(ward(24, replications=40, needs={"beds": 2}), "beds", workers=1).occupancies
    assert found.taken == 2
    shares = found.shares.mean(axis=0)
    assert not shares[1::2].any()
    for beds in (20, 24, 30):
        chance, *_ = found.chance.at(beds)
        assert chance == pytest.approx(float(shares[beds] / shares[: beds + 1].sum()))
        assert chance == pytest.approx(found.chance.at(beds + 1)[0])
        rest = found.shares[:, beds] - chance * found.shares[:, : beds + 1].sum(axis=1)
        error = rest.std(ddof=1) / math.sqrt(len(rest)) / shares[: beds + 1].sum()
        assert chance == pytest.approx(erlang_b(LOAD, beds // 2), abs=4 * float(error))


def test_intervals_hold_the_loss_formula_about_as_often_as_they_say() -> None:
    held = []
    for seed in range(12):
        scenario = ward(12, replications=10, days=150)
        run = scenario.run.model_copy(update={"seed": 100 + seed})
        (found,) = run_without_limit(scenario, "beds", run=run, workers=1).occupancies
        for beds in (10, 13, 16):
            _, low, high = found.chance.at(beds)
            held.append(low <= erlang_b(LOAD, beds) <= high)
    assert np.mean(held) > 0.8
