"""Intervals of means that may be skewed, of their differences, and of ratios."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.intervals import differences
from pathway_modeller.analysis.statistics.means import interval, means, ratios
from tests.verification.coverage_ways import student

MISSING = math.nan


def test_symmetric_figures_have_the_interval_of_student():
    """Mean 2, standard deviation 1, t(0.975, 2) = 4.302653: half-width 2.484138, as in a table."""
    found = means(np.array([[1.0, 2.0, 3.0]]))
    assert (found.mean[0], found.n[0]) == (2, 3)
    assert found.low[0] == pytest.approx(2 - 2.4841377)
    assert found.high[0] == pytest.approx(2 + 2.4841377)


@pytest.mark.parametrize(("side", "cubic"), [("low", 1.5912232), ("high", -1.5912232)])
def test_bounds_of_skewed_figures_solve_the_cubic_of_hall(side: str, cubic: float):
    """0, 0, 0, 4: mean 1, s = 2, skewness 6 / 3^1.5, of which 4 / 7 counts; t(0.975, 3) / 2 = 1.591223."""
    found = means(np.array([[0.0, 0.0, 0.0, 4.0]]))
    g = 6 / 3**1.5 * 4 / 7
    u = (1 - getattr(found, side)[0]) / 2
    assert u + g * u**2 / 3 + g**2 * u**3 / 27 + g / 24 == pytest.approx(cubic)


def test_an_interval_leans_to_the_tail_and_keeps_to_what_is_possible():
    waits = np.array([[0.1, 0.2, 0.3, 0.2, 9.0]])
    free, bounded = means(waits), means(waits, 0.0)
    assert free.high[0] - free.mean[0] > 2 * (free.mean[0] - free.low[0])
    assert free.low[0] < 0 == bounded.low[0]
    mirrored = means(-waits)
    assert (mirrored.low[0], mirrored.high[0]) == pytest.approx((-free.high[0], -free.low[0]))


def test_a_trace_of_skewness_changes_next_to_nothing():
    values = np.array([[1.0, 2.0, 3.0 + 1e-7, 4.0]])
    skewed, plain = means(values), student(values)
    assert skewed.low[0] == pytest.approx(plain.low[0], rel=1e-6)


def test_missing_replications_are_left_out_and_one_has_no_bounds():
    found = means(np.array([[4.0, MISSING, 6.0, 5.0], [MISSING, MISSING, 3.0, MISSING], [MISSING] * 4]))
    assert found.n.tolist() == [3, 1, 0]
    assert found.low[0] == pytest.approx(interval([4, 6, 5]).low)
    assert found.mean[1] == 3
    assert np.isnan([*found.low[1:], *found.high[1:], found.mean[2]]).all()


def test_equal_figures_and_equal_pairs_have_no_width():
    found = means(np.full((1, 30), 0.1))
    assert (found.mean[0], found.low[0], found.high[0]) == (0.1, 0.1, 0.1)
    pairs = means(differences(np.full((1, 3), 0.1 + 0.2), np.full((1, 3), 0.3)))
    assert (pairs.mean[0], pairs.low[0], pairs.high[0]) == (0, 0, 0)


def test_a_ratio_to_a_fixed_figure_is_an_interval_of_a_mean():
    found = ratios(np.array([[1.0, 2.0, 3.0]]), np.array([[2.0, 2.0, 2.0]]))
    assert found.low[0] == pytest.approx((2 - 2.4841377) / 2)
    assert found.high[0] == pytest.approx((2 + 2.4841377) / 2)


def test_at_fiellers_bounds_the_difference_just_reaches_zero():
    over, under = np.array([[3.0, 5.0, 4.0, 7.0]]), np.array([[2.0, 3.0, 2.0, 4.0]])
    found = ratios(over, under)
    assert found.mean[0] == pytest.approx(19 / 11)
    assert student(over - found.low[0] * under).low[0] == pytest.approx(0)
    assert student(over - found.high[0] * under).high[0] == pytest.approx(0)


def test_a_ratio_to_what_may_be_zero_has_no_bounds():
    found = ratios(np.array([[1.0, 2.0, 3.0]]), np.array([[-1.0, 1.0, 3.0]]))
    assert found.mean[0] == 2
    assert np.isnan([found.low[0], found.high[0]]).all()
