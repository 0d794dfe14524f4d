"""Intervals of percentiles of all patients, and of their paired differences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.percentiles import around, percentile_differences, sectioned
from tests.verification.pooled_values import PooledValues


def hundred(of_the_lower_half: tuple[int, ...]) -> PooledValues:
    """Returns 1 to 100 in replications of 25, each with some of the lower half."""
    upper = [25 - some for some in of_the_lower_half]
    replication = np.concatenate([np.repeat(range(4), of_the_lower_half), np.repeat(range(4), upper)])
    return PooledValues.of(np.arange(1.0, 101.0), np.zeros(100, dtype=np.int64), replication, (1, 4))


def test_bounds_lie_where_the_share_below_may_lie():
    """Shares 0.6, 0.4, 0.6, 0.4 below 50.5: e = 0.1 / sqrt(3), t(0.975, 3) = 3.182446: 0.5 +- 0.183739."""
    found = around(hundred((15, 10, 15, 10)), 0.5).interval()
    assert (found.mean[0], found.n[0]) == (50.5, 4)
    assert found.low[0] == pytest.approx(1 + 99 * (0.5 - 0.1 / math.sqrt(3) * 3.1824463))
    assert found.high[0] == pytest.approx(1 + 99 * (0.5 + 0.1 / math.sqrt(3) * 3.1824463))


def test_too_few_independent_patients_have_no_bounds():
    """All long waits in two runs of four: 100 patients are worth 3, of whom 1.5 lie above the median."""
    found = around(hundred((25, 25, 0, 0)), 0.5).interval()
    assert found.mean[0] == 50.5
    assert np.isnan([found.low[0], found.high[0]]).all()


def test_waits_that_are_all_longer_by_the_same_differ_by_just_that():
    waits = hundred((15, 10, 15, 10))
    longer = PooledValues(waits.values + 5, waits.first, waits.replication, waits.patients)
    found = percentile_differences(around(longer, 0.5), around(waits, 0.5), np.full((1, 4), 5.0))
    assert (found.mean[0], found.low[0], found.high[0]) == pytest.approx((5, 5, 5))


def test_a_difference_reaches_no_less_far_than_by_sections():
    waits = hundred((15, 10, 15, 10))
    apart = np.array([[-3.0, 3.0, -3.0, 3.0]])
    found = percentile_differences(around(waits, 0.5), around(waits, 0.5), apart)
    half = sectioned(np.zeros(1), apart)[0]
    assert half == pytest.approx(3.1824463 * math.sqrt(36 / 3 / 4))
    assert (found.low[0], found.high[0]) == pytest.approx((-half, half))


def test_twice_the_waits_differ_by_as_much_as_the_waits_themselves_may():
    """Moves of the difference are those of the percentile, which reach as far as Woodruff's bounds."""
    waits = hundred((15, 10, 15, 10))
    twice = PooledValues(waits.values * 2, waits.first, waits.replication, waits.patients)
    found, alone = (
        percentile_differences(around(twice, 0.5), around(waits, 0.5), np.full((1, 4), math.nan)),
        around(waits, 0.5).interval(),
    )
    assert (found.low[0], found.high[0]) == pytest.approx((alone.low[0], alone.high[0]))


def test_different_numbers_of_replications_cannot_be_paired():
    waits = hundred((15, 10, 15, 10))
    other = PooledValues.of(np.ones(2), np.zeros(2, dtype=np.int64), np.arange(2), (1, 2))
    with pytest.raises(ValueError, match="not paired"):
        percentile_differences(around(waits, 0.5), around(other, 0.5), np.zeros((1, 4)))


def test_pooled_figures_are_looked_up_row_by_row():
    values = np.array([3.0, math.nan, 1.0, 2.0, 7.0])
    pool = PooledValues.of(values, np.array([0, 0, 0, 2, 0]), np.array([0, 0, 1, 1, 1]), (3, 2))
    assert pool.patients.tolist() == [[1, 2], [0, 0], [0, 1]]
    assert pool.at(np.array([0.25, 0.5, 0.9]))[[0, 2]].tolist() == [2, 2]
    assert math.isnan(pool.at(np.full(3, 0.5))[1])
    assert pool.up_to(np.array([3.0, 9.0, 1.0])).tolist() == [[1, 1], [0, 0], [0, 0]]
    found = around(pool, 0.5).interval()
    assert found.n.tolist() == [2, 0, 1]
    assert np.isnan([*found.low, found.mean[1]]).all()
