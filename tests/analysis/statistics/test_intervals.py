"""Intervals over replications and paired differences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.means import interval, means, paired


def test_interval_of_three_replications():
    """Mean 2, standard deviation 1, t(0.975, 2) = 4.302653: half-width 4.302653 / sqrt(3) = 2.484138."""
    found = interval([1, 2, 3])
    assert found.mean == 2
    assert found.n == 3
    assert found.low == pytest.approx(2 - 2.4841377)
    assert found.high == pytest.approx(2 + 2.4841377)


def test_one_replication_has_a_mean_but_no_interval():
    found = interval([5.0])
    assert (found.mean, found.n) == (5.0, 1)
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_missing_replications_are_left_out_never_zero():
    assert interval([math.nan, 4, math.nan, 6]) == interval([4, 6])
    nothing = interval([math.nan, math.nan])
    assert nothing.n == 0
    assert math.isnan(nothing.mean)
    assert interval([]).n == 0


def test_equal_figures_have_an_interval_of_no_width():
    found = interval([0.1] * 30)
    assert (found.mean, found.low, found.high) == (0.1, 0.1, 0.1)


def test_pairing_removes_what_both_share():
    """Differences 1, 2, 1, 2 have variance 1/3, far below that of the two together."""
    baseline = np.array([10.0, 20.0, 30.0, 40.0])
    option = baseline + np.array([1, 2, 1, 2])
    found = paired(option, baseline)
    assert found.mean == 1.5
    unpaired = option.var(ddof=1) + baseline.var(ddof=1)
    assert found.variance_reduction == pytest.approx(1 - (1 / 3) / unpaired)
    assert found.low > 0


def test_pairing_that_harms_shows_a_negative_reduction():
    assert paired([1, 2, 3], [3, 2, 1]).variance_reduction == pytest.approx(1 - 4 / 2)


def test_pairs_with_a_missing_figure_are_left_out():
    found = paired([1, math.nan, 5], [1, 2, math.nan])
    assert (found.n, found.mean) == (1, 0)
    assert math.isnan(found.variance_reduction)


def test_figures_that_do_not_vary_have_no_variance_reduction():
    assert math.isnan(paired([2, 2, 2], [1, 1, 1]).variance_reduction)


def test_unequal_numbers_of_replications_cannot_be_paired():
    with pytest.raises(ValueError, match="equal numbers"):
        paired([1, 2], [1])


def test_the_interval_holds_the_true_mean_19_times_in_20():
    values = np.random.default_rng(7).exponential(1.0, (4000, 30))
    columns = means(values)
    share = np.mean((columns.low <= 1) & (columns.high >= 1))
    assert 0.91 < share < 0.96


def test_a_difference_that_is_only_rounding_is_none_at_all():
    """0.1 + 0.2 exceeds 0.3 by 5.6e-17, far less than 1e-12 x 0.3; 1e-9 of it is a difference."""
    found = paired([0.1 + 0.2] * 3, [0.3] * 3)
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)
    assert paired([0.3 * (1 + 1e-9)] * 3, [0.3] * 3).mean > 0
