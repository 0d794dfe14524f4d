"""Running moments, the scenario hash, the series step, and how many replications are needed."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.results.fingerprint import scenario_hash
from pathway_modeller.experiment.results.moments import LevelMoments, Moments
from pathway_modeller.experiment.runs.replicate import Task, narrowed
from pathway_modeller.experiment.runs.work import MOST_POINTS, Order, series_step
from pathway_modeller.experiment.runs.workers import worker_count
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.options import patch_between
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import ByGroup, Duration, Position
from tests.experiment import stand_in


def test_running_moments_equal_the_interval_of_all_values_at_once() -> None:
    draws = np.random.default_rng(5).normal(1e6, 1, 40)
    running = Moments()
    for draw in draws:
        running.add(np.array([draw, 1.5]))
    found, expected = running.found(), interval(draws)
    assert found.mean[0] == pytest.approx(expected.mean, rel=1e-14)
    assert found.high[0] - found.mean[0] == pytest.approx(expected.high - expected.mean, rel=1e-6)
    assert [each[1] for each in (found.mean, found.low, found.high)] == [1.5, 1.5, 1.5]


def test_a_level_that_was_not_reached_counts_as_zero() -> None:
    running = LevelMoments()
    for levels in (([0.0, 1.0], [1.0]), ([0.5, 0.0, 0.0, 0.5], [1.0]), ([0.3, 0.0, 0.7], [0.6, 0.4])):
        running.add(tuple(np.array(each) for each in levels))
    of, level, means = running.found()
    assert list(zip(of.tolist(), level.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 0),
        (1, 1),
    ]
    assert means.mean.tolist() == pytest.approx([0.8 / 3, 1 / 3, 0.7 / 3, 0.5 / 3, 2.6 / 3, 0.4 / 3])
    assert means.high[2] == 1.0  # 1.24 by the interval of a mean, but a share of time is not above the whole
    assert means.low[4] == 0.0
    assert means.high[5] == pytest.approx(min(interval([0.0, 0.0, 0.4]).high, 1.0))


def test_missing_values_are_left_out() -> None:
    running = Moments()
    running.add(np.array([np.nan]))
    running.add(np.array([2.0]))
    found = running.found()
    assert found.mean[0] == 2.0
    assert np.isnan(found.low[0])


def drawn(x: float, name: str = "Clinic") -> Pathway:
    return Pathway(activities={"clinic": Activity(name=name, position=Position(x=x, y=0))})


def with_option(base: Pathway, option: Pathway) -> Scenario:
    made = Option(name="Moved", patch=patch_between(base, option))
    return stand_in.scenario().model_copy(update={"baseline": base, "options": {"moved": made}})


def test_moving_a_box_keeps_the_scenario_hash() -> None:
    still = scenario_hash(with_option(drawn(10), drawn(10)))
    assert still == scenario_hash(with_option(drawn(99), drawn(99)))
    assert still == scenario_hash(with_option(drawn(10), drawn(50)))
    assert len(still) == 64


def test_anything_else_changes_the_scenario_hash() -> None:
    hashes = {
        scenario_hash(with_option(drawn(10), drawn(10))),
        scenario_hash(with_option(drawn(10), drawn(10, "Hub"))),
        scenario_hash(with_option(drawn(10, "Hub"), drawn(10, "Hub"))),
        scenario_hash(stand_in.scenario()),
        scenario_hash(stand_in.scenario(7)),
    }
    assert len(hashes) == 5


@pytest.mark.parametrize("days", [1, 8, 40, 365, 730, 3650])
def test_a_series_never_has_too_many_points(days: float) -> None:
    run = stand_in.scenario().run.model_copy(update={"duration": Duration(value=days, unit="days")})
    step = series_step(run)
    assert (days + 10) / step <= MOST_POINTS
    assert step % 7 == 0 or (1 / step) == pytest.approx(round(1 / step))


def test_no_more_workers_than_tasks() -> None:
    assert worker_count(8, 3) == 3
    assert worker_count(2, 30) == 2
    assert worker_count(0, 1) == 1


def test_a_task_with_values_that_differ_by_group_can_travel() -> None:
    priority = ByGroup[int](by="need_tier", values={"tip": 1}, otherwise=5)
    clinic = {"clinic": Activity(name="Clinic", priority=priority)}
    scenario = stand_in.scenario()
    scenario = scenario.model_copy(
        update={"baseline": scenario.baseline.model_copy(update={"activities": clinic})}
    )
    more = narrowed(scenario, "more"), played(scenario, "more")
    task = Task("more", *more, scenario.run, 3, "simpy", 7.0)
    assert pickle.loads(pickle.dumps(task)) == task  # noqa: S301


def test_replications_of_a_variant_share_one_model() -> None:
    scenario = stand_in.scenario(2)
    order = Order(scenario, ("baseline", "more"), scenario.run, "compiled", stand_in.quick)
    first, more, second, _ = order.tasks()
    shared = first.shared.of(first)
    assert second.shared.of(second) is shared
    assert more.shared.of(more) is not shared
    assert more.shared.memory is first.shared.memory
    # A task that is changed to another run does not play the model of the one before.
    longer = scenario.run.model_copy(update={"duration": Duration(value=9, unit="days")})
    changed = replace(second, run=longer)
    assert changed.shared.of(changed).model.until == 9 + scenario.run.warm_up.days
