"""Running moments, the scenario hash, the series step, and how many replications are needed."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pathway_modeller.analysis.statistics.intervals import interval
from pathway_modeller.experiment.results.fingerprint import scenario_hash
from pathway_modeller.experiment.results.moments import TableMoments
from pathway_modeller.experiment.runs.precision import MOST, replications_needed
from pathway_modeller.experiment.runs.replicate import Task, narrowed
from pathway_modeller.experiment.runs.work import MOST_POINTS, Order, series_step
from pathway_modeller.experiment.runs.workers import worker_count
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.options import patch_between
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import ByGroup, Duration, Position
from tests.experiment import stand_in


def table(**values: float) -> pd.DataFrame:
    return pd.DataFrame({"level": list(values), "value": list(values.values())})


def test_running_moments_equal_the_interval_of_all_values_at_once() -> None:
    draws = np.random.default_rng(5).normal(1e6, 1, 40)
    running = TableMoments(absent="missing")
    for draw in draws:
        running.add(table(a=draw, b=1.5))
    rows = running.table().set_index("level")
    expected = interval(draws)
    assert rows.loc["a", "mean"] == pytest.approx(expected.mean, rel=1e-14)
    assert rows.loc["a", "high"] - rows.loc["a", "mean"] == pytest.approx(
        expected.high - expected.mean, rel=1e-6
    )
    assert rows.loc["b"].tolist() == [1.5, 1.5, 1.5]


def test_a_row_that_is_absent_counts_as_zero_or_not_at_all() -> None:
    zero, missing = TableMoments(absent="zero"), TableMoments(absent="missing")
    for running in (zero, missing):
        running.add(table(a=1.0))
        running.add(table(b=0.5, a=3.0))
        running.add(table(b=0.7))
    assert zero.table().set_index("level")["mean"].to_dict() == pytest.approx({"a": 4 / 3, "b": 0.4})
    assert missing.table().set_index("level")["mean"].to_dict() == pytest.approx({"a": 2.0, "b": 0.6})
    with_zeros = interval([0.0, 0.5, 0.7])
    assert zero.table().set_index("level").loc["b", "high"] == pytest.approx(with_zeros.high)


def test_missing_values_are_left_out() -> None:
    running = TableMoments(absent="missing")
    running.add(table(a=np.nan))
    running.add(table(a=2.0))
    row = running.table().set_index("level").loc["a"]
    assert row["mean"] == 2.0
    assert np.isnan(row["low"])


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


def test_replications_needed_reach_the_half_width_and_one_fewer_does_not() -> None:
    pilot = np.random.default_rng(3).normal(100, 15, 20)
    needed = replications_needed(pilot, 2.0)
    spread = np.std(pilot, ddof=1)
    from scipy.stats import t

    assert t.ppf(0.975, needed - 1) * spread / np.sqrt(needed) <= 2.0
    assert t.ppf(0.975, needed - 2) * spread / np.sqrt(needed - 1) > 2.0


def test_replications_needed_at_the_edges() -> None:
    assert replications_needed([4.0, 4.0, np.nan], 0.1) == 2
    assert replications_needed([0.0, 1.0], 1e-9) == MOST
    with pytest.raises(ValueError, match="at least two"):
        replications_needed([1.0, np.nan], 1)
    with pytest.raises(ValueError, match="above zero"):
        replications_needed([1.0, 2.0], 0)


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
    model = first.model.of(first.pathway, first.run)
    assert second.model.of(second.pathway, second.run) is model
    assert more.model.of(more.pathway, more.run) is not model
    assert second.model.tables(model) is first.model.tables(model)
    # A task that is changed to another run does not play the model of the one before.
    longer = scenario.run.model_copy(update={"duration": Duration(value=9, unit="days")})
    assert replace(second, run=longer).model.of(second.pathway, longer).until == 9 + scenario.run.warm_up.days
