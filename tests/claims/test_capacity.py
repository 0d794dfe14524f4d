"""What is said of queues, pools and beds."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.report.charts.occupancy_distribution import occupancy_distribution
from pathway_modeller.report.charts.over_time import occupancy_over_time
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.document import Scenario
from tests.claims.told import activity, clinic, found, pool, told

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


def stroke(days: float = 20.0) -> Scenario:
    """A stroke ward whose beds are kept until rehabilitation, which nobody else is sent to, has one free."""
    ward = {**activity("rooms", 5.0), "name": "Acute stroke ward", "release": "when next can take"}
    rehab = {**activity("rehab", days), "name": "Rehabilitation"}
    return clinic(
        {"more": {"name": "More rehabilitation beds", "patch": {"pools": {"rehab": {"units": 60}}}}},
        a_day=1,
        units=60,
        activities={"clinic": ward, "rehab": rehab},
        transitions={
            "a": {"from": "in", "to": "clinic"},
            "b": {"from": "clinic", "to": "rehab"},
            "c": {"from": "rehab", "to": "out"},
        },
        pools={"rooms": pool(60, 100), "rehab": {**pool(18, 100), "name": "Rehabilitation beds"}},
    )


@pytest.fixture(scope="module")
def blocked() -> Findings:
    return found(stroke())


def test_who_is_blocked_in_a_bed_does_not_wait(blocked: Findings) -> None:
    said = told(blocked)
    assert said["mean-waits"].startswith("Nobody waits, in the baseline or ")
    assert "; some are blocked in another place\n" in said["mean-waits"]
    assert "Nobody waits, in the baseline or " in said["terminal"]
    assert "Mean time blocked in Rehabilitation" in said["terminal"]  # the title goes on in the next line
    assert "Mean time blocked in another place for Rehabilitation" in said["blocked-times"]
    measures = blocked.results.measures["baseline"]
    assert not measures.of("queue.mean", element="rehab").any()
    assert measures.of("blocked.mean", element="rehab").min() > 1
    assert np.isnan(measures.of("wait.mean", element="rehab")).all()


def test_time_blocked_is_the_delay_of_the_beds_that_are_kept(blocked: Findings) -> None:
    """Days blocked by those started in the period, and days lost in the period, differ by its two ends."""
    measures = blocked.results.measures["baseline"]
    days = measures.of("blocked.mean", element="rehab") * measures.of("blocked.patients", element="rehab")
    lost = measures.of("delay.unit_days", pool="rooms")
    assert days.mean() == pytest.approx(lost.mean(), rel=0.35)
    ended = measures.of("still_blocked.patients", element="rehab")
    assert ended.mean() > 0
    assert not measures.of("still_waiting.patients", element="rehab").any()


def test_nothing_is_said_of_blocking_where_no_bed_can_be_kept() -> None:
    findings = found(clinic({}))
    assert findings.figures("blocked.mean", "element").empty
    assert "blocked" not in told(findings)["terminal"]
