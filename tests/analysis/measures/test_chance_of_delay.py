"""The chance of delay by number of beds, from shares of time given by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.measures.chance_of_delay import chance_of_delay

SHARES = np.array([[0.1, 0.4, 0.3, 0.2], [0.3, 0.4, 0.1, 0.2]])


def test_it_is_the_time_at_a_level_over_the_time_up_to_it() -> None:
    found = chance_of_delay(SHARES)
    assert found.units.tolist() == [1, 2, 3]
    assert found.chance.mean == pytest.approx([0.8 / 1.2, 0.4 / 1.6, 0.4 / 2.0])
    assert found.in_use == pytest.approx([0.4, 0.2, 0.2])
    assert found.at_most == pytest.approx([0.6, 0.8, 1.0])
    assert (found.chance.low <= found.chance.mean).all()
    assert (found.chance.low >= 0).all()
    assert (found.chance.high <= 1).all()
    # Both replications spend a fifth of their time at the top: nothing varies.
    assert found.chance.low[2] == pytest.approx(0.2)
    assert found.chance.high[0] > found.chance.mean[0]


def test_beyond_what_was_in_use_nothing_is_told_and_below_everybody_is_delayed() -> None:
    found = chance_of_delay(SHARES)
    assert found.at(0)[0] == 1.0
    assert found.at(2)[0] == pytest.approx(0.25)
    assert np.isnan(found.at(4)[0])
    assert found.fewest(0.25) == 2
    assert found.fewest(0.1) is None


def test_patients_who_take_two_need_two() -> None:
    found = chance_of_delay(SHARES, taken=2)
    assert found.units.tolist() == [2, 3]
    assert found.chance.mean == pytest.approx([(0.8 + 0.4) / 1.6, (0.4 + 0.4) / 2.0])
    with pytest.raises(ValueError, match="one unit or more"):
        chance_of_delay(SHARES, taken=0)


def test_one_replication_has_no_interval_and_no_occupancy_no_figures() -> None:
    assert np.isnan(chance_of_delay(SHARES[:1]).chance.low).all()
    nothing = chance_of_delay(np.array([[1.0], [1.0]]))
    assert len(nothing.units) == 0
    assert nothing.fewest(0.05) is None
