"""Intervals of counts and of their paired differences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.counts import count_differences, counts
from pathway_modeller.analysis.statistics.means import means


def test_no_event_in_ten_runs_leaves_room_for_0_37_a_run():
    """-ln(0.025) = 3.688879 events: Garwood's table."""
    found = counts(np.zeros((1, 10)))
    assert (found.mean[0], found.low[0]) == (0, 0)
    assert found.high[0] == pytest.approx(0.3688879)


def test_ten_events_have_the_interval_of_garwoods_table():
    """10 events: 4.795 to 18.390."""
    found = counts(np.ones((1, 10)))
    assert found.low[0] == pytest.approx(0.4795389)
    assert found.high[0] == pytest.approx(1.8390356)


def test_events_that_come_together_count_as_fewer():
    """0, 0, 0, 4: mean 1, variance 4, so 4 events are worth 1, from 0.025318 to 5.571643, in units of 4."""
    found = counts(np.array([[0.0, 0.0, 0.0, 4.0]]))
    assert found.low[0] == pytest.approx(0.0253178)
    assert found.high[0] == pytest.approx(5.5716434)


def test_many_events_are_a_mean_that_may_vary_less_than_chance():
    values = np.array([[99.0, 100.0, 101.0, 100.0]])
    found, mean = counts(values), means(values, 0.0)
    assert (found.low[0], found.high[0]) == (mean.low[0], mean.high[0])


def test_no_difference_in_ten_pairs_leaves_room_either_way():
    found = count_differences(np.full((1, 10), 7.0), np.full((1, 10), 7.0))
    assert found.mean[0] == 0
    assert (found.low[0], found.high[0]) == pytest.approx((-0.3688879, 0.3688879))


def test_one_event_more_in_four_pairs():
    """Excess 1 event, 0.025318 to 5.571643; shortfall none, to 3.688879; their correlation is 0."""
    found = count_differences(np.array([[1.0, 2.0, 0.0, 3.0]]), np.array([[0.0, 2.0, 0.0, 3.0]]))
    assert found.mean[0] == 0.25
    assert found.high[0] == pytest.approx(5.5716434 / 4)
    assert found.low[0] == pytest.approx(0.25 - math.hypot(0.25 - 0.0253178 / 4, 3.6888795 / 4))


def test_a_difference_turned_round_has_the_interval_turned_round():
    rng = np.random.default_rng(3)
    one, two = rng.poisson(2, (50, 8)).astype(float), rng.poisson(2, (50, 8)).astype(float)
    there, back = count_differences(one, two), count_differences(two, one)
    assert there.low == pytest.approx(-back.high)
    assert (there.low < there.high).all()


def test_counts_of_fewer_than_two_replications_have_no_bounds():
    found = counts(np.array([[3.0, math.nan], [math.nan, math.nan]]))
    assert found.n.tolist() == [1, 0]
    assert np.isnan([*found.low, *found.high]).all()
    pairs = count_differences(np.array([[3.0, math.nan]]), np.array([[1.0, 2.0]]))
    assert (pairs.n[0], pairs.mean[0]) == (1, 2)
    assert math.isnan(pairs.low[0])
