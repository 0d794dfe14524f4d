"""Intervals of pooled shares and of their paired differences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.shares import share_differences, shares


@pytest.mark.parametrize(
    ("having", "of", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)]
)
def test_patients_who_are_independent_have_wilsons_interval(having: int, of: int, low: float, high: float):
    """R. G. Newcombe, Statist. Med. 1998; 17: 857-872, table I; room for doubt adds < 0.002."""
    alone = np.zeros((1, of))
    alone[0, :having] = 1
    found = shares(alone, np.ones((1, of)))
    assert found.low[0] == pytest.approx(low, abs=2e-3)
    assert found.high[0] == pytest.approx(high, abs=2e-3)
    assert found.high[0] - found.low[0] > high - low


def test_a_share_is_of_all_patients_not_of_runs():
    assert shares(np.array([[1.0, 0.0]]), np.array([[1.0, 3.0]])).mean[0] == 0.25


def test_runs_that_differ_make_patients_count_for_less():
    """10 of 10 and 0 of 10: variance 100 over 5, effect 20, t(0.975, 1) = 12.7062: 20 patients count as 1."""
    found = shares(np.array([[10.0, 0.0]]), np.array([[10.0, 10.0]]))
    k = 12.7062047**2
    half = math.sqrt(k / 4 + k * k / 4)
    assert found.low[0] == pytest.approx((0.5 + k / 2 - half) / (1 + k))
    assert found.high[0] == pytest.approx((0.5 + k / 2 + half) / (1 + k))


def test_everybody_may_still_not_be_everybody():
    """0 of 20: 0 to 0.1611 in the same table."""
    found = shares(np.array([[10.0, 10.0]]), np.array([[10.0, 10.0]]))
    assert (found.mean[0], found.high[0]) == (1, 1)
    assert found.low[0] == pytest.approx(1 - 0.1611, abs=5e-5)


def test_runs_without_patients_tell_nothing():
    found = shares(
        np.array([[3.0, 0.0, 4.0], [1.0, 0.0, math.nan]]), np.array([[5.0, 0.0, 5.0], [5.0, 0.0, 5.0]])
    )
    alone = shares(np.array([[3.0, 4.0]]), np.array([[5.0, 5.0]]))
    assert found.n.tolist() == [2, 1]
    assert (found.low[0], found.high[0]) == (alone.low[0], alone.high[0])
    assert math.isnan(found.low[1])


def test_equal_shares_leave_room_for_one_patient_in_a_while():
    """No change among 100 patients: 3.688879 of them cannot be excluded."""
    everyone = np.full((1, 10), 10.0)
    found = share_differences(everyone, everyone, everyone, everyone)
    assert (found.low[0], found.high[0]) == pytest.approx((-0.03688879, 0.03688879))


def test_a_difference_of_shares_is_that_of_all_patients_and_turns_round():
    one, n_one = np.array([[5.0, 8.0, 2.0]]), np.array([[10.0, 20.0, 10.0]])
    two, n_two = np.array([[3.0, 3.0, 3.0]]), np.array([[10.0, 10.0, 20.0]])
    there, back = share_differences(one, n_one, two, n_two), share_differences(two, n_two, one, n_one)
    assert there.mean[0] == pytest.approx(15 / 40 - 9 / 40)
    assert there.low[0] == pytest.approx(-back.high[0])
    assert there.low[0] < there.mean[0] < there.high[0]
