"""What is said of queues, pools and beds."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.report.charts.occupancy_distribution import occupancy_distribution
from pathway_modeller.report.charts.over_time import occupancy_over_time
from tests.claims.told import clinic, found, pool

BY_DAY = [{"opens": "09:00", "closes": "17:00"}]
WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), BY_DAY)


def test_band_and_mean_of_a_pool_that_closes_both_count_work_after_closing() -> None:
    scenario = clinic({}, a_day=20, pools={"rooms": pool(4, 1000, timetable=WEEK)}, run={"replications": 10})
    chart = occupancy_over_time(found(scenario))
    assert "work after closing is counted" in chart.subtitle
    table = chart.table
    # Far more asked for than there is: all rooms are in use all day, and some after it.
    assert (table["mean"] > 4).mean() > 0.5
    wide = (table["low"] < table["mean"]) & (table["mean"] < table["high"])
    assert wide.mean() > 0.95


def test_band_of_a_pool_that_never_closes_ends_where_all_units_are_in_use() -> None:
    table = occupancy_over_time(found(clinic({}, a_day=32, run={"replications": 10}))).table
    assert table["high"].max() <= 4
    assert (table["mean"] <= table["high"]).all()
    assert (table["low"] < table["mean"]).mean() > 0.9


NEARER = {
    "pools": {"nearer": {**pool(1, 500), "name": "Rooms near home"}},
    "activities": {"clinic": {"needs": {"nearer": 1, "rooms": None}}},
}


@pytest.mark.parametrize("draw", [occupancy_over_time, occupancy_distribution])
def test_a_pool_of_the_baseline_is_drawn_first_and_one_of_an_option_says_whose_it_is(draw) -> None:  # type: ignore[no-untyped-def]
    findings = found(clinic({"near": {"name": "Near home", "patch": NEARER}}, a_day=8))
    assert "Rooms near home" not in draw(findings).subtitle
    chosen = draw(findings, pool="nearer")
    assert "Rooms near home" in chosen.subtitle
    assert "only in “Near home”" in chosen.subtitle
    assert np.isfinite(chosen.table["mean"]).all()
