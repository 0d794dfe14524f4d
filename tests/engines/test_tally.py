"""A replication reduced while it is played leaves behind what one reduced from its trace does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")

from pathway_modeller.analysis.accounts.account import AccountPlan
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.plan import MeasurePlan
from pathway_modeller.analysis.measures.series import SeriesPlan
from pathway_modeller.analysis.observed.facts import facts_of
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.experiment.results.vectors import Plan, Vectors
from pathway_modeller.experiment.runs.replicate import Shared, Task, replicate
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.compiled.flatten import flatten
from pathway_modeller.simulation.compiled.simulate import play as play_rows
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.tally import Tally
from pathway_modeller.simulation.trace import Trace
from tests.engines.bundled import each_variant
from tests.engines.drawing import OUT, coming, does, draw, exponential, settings
from tests.engines.feeding import fed
from tests.engines.pathways import Playable
from tests.engines.test_generated import FEW
from tests.engines.test_same_trace import EVERY, MANY, SEEDS
from tests.engines.test_tally_people import play
from tests.engines.uncompiled import run_uncompiled

EXACT = ("patients", "contacts", "slots", "activities", "pools")
"""Units of what is counted; times, shares and money may differ by rounding."""
SINGLE = (".median", ".p92", ".longest", ".peak")
"""Ends of the names of measures that are single times, or levels."""


def must_be_equal(found: Vectors, expected: Vectors) -> None:
    """Compares all that is kept of a replication: what is counted exactly, other figures to rounding."""
    assert isinstance(found.plan, Plan)
    assert isinstance(expected.plan, Plan)
    assert found.plan.digest == expected.plan.digest
    for name in ("measures", "series", "people"):
        _close(getattr(found, name), getattr(expected, name))
    for one, two in zip(found.levels, expected.levels, strict=True):
        _close(one, two)
    exact = [_is_exact(row[0], row[-1]) for row in expected.plan.measures.tuples]
    np.testing.assert_array_equal(found.measures[exact], expected.measures[exact])
    for name in ("account", "lines", "pence"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    assert found.missing == expected.missing


def _is_exact(measure: str, unit: str) -> bool:
    """Whether a figure is a count, a single time or a level."""
    return (unit in EXACT and not measure.endswith(".mean")) or measure.endswith(SINGLE)


def _close(found: npt.NDArray[np.float64], expected: npt.NDArray[np.float64]) -> None:
    """Compares two vectors."""
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True)


def must_agree(trace: Trace, task: Task, *how: int | None) -> None:
    """Compares the two ways of reducing a replication, of which the trace is given."""
    shared = task.shared.of(task)
    # A trace that was cut to count part of its time has a legend of its own.
    scope = Scope(trace.legend, task.pathway)
    kept = shared.measures.ledger.kept
    shared = replace(
        shared,
        measures=MeasurePlan(LedgerPlan(scope, kept)),
        series=SeriesPlan.of(scope, task.step_days),
        account=AccountPlan(scope),
        model=replace(shared.model, legend=trace.legend),
    )
    found = shared.vectors(facts_of(fed(Tally(shared.request), trace, *how), task.pathway))
    must_be_equal(found, shared.vectors(facts_of(trace, task.pathway)))


def _task(pathway: Pathway, run: RunSettings, step: float = 0.75) -> Task:
    """Returns what is to be played of a pathway that is compared with nothing."""
    scenario = Scenario(format=1, name="Scenario", baseline=pathway, run=run)
    return Task(BASELINE, scenario, pathway, run, 0, "compiled", step)


def _made_up(case: Playable, seed: int, data: st.DataObject) -> None:
    """Compares the two ways on a pathway made up at random."""
    trace, pathway = play(case, seed, data)
    task = _task(pathway, case.run.model_copy(update={"start_date": trace.legend.start_date}))
    size = data.draw(st.sampled_from([1, 7, 1000, None]))
    must_agree(trace, task, size, data.draw(st.sampled_from([None, 1, 2])))


@FEW
@given(EVERY, SEEDS, st.data())
def test_made_up_pathways(case: Playable, seed: int, data: st.DataObject) -> None:
    _made_up(case, seed, data)


@pytest.mark.minutes
@MANY
@given(EVERY, SEEDS, st.data())
def test_hundreds_of_made_up_pathways(case: Playable, seed: int, data: st.DataObject) -> None:
    _made_up(case, seed, data)


def test_made_up_pathways_where_nothing_is_compiled() -> None:
    code = (
        "from tests.engines.test_tally import EVERY, FEW, SEEDS, _made_up, given, st\n"
        "from hypothesis import settings\n"
        "settings(FEW, max_examples=5)(given(EVERY, SEEDS, st.data())(_made_up))()\n"
    )
    run_uncompiled(code)


def _played_both_ways(path: Path, variant: str, **run: Any) -> None:
    """Compares what comes of a variant by tallying with what its trace gives."""
    scenario = load(path)
    settings = scenario.run.model_copy(update=run)
    pathway = played(scenario, variant, settings)
    task = Task(variant, scenario, pathway, settings, 0, "compiled", 7.0)
    trace = simulate(compile_pathway(pathway, settings), settings.seed, 0)
    must_be_equal(replicate(task), task.shared.of(task).vectors(facts_of(trace, pathway)))


@each_variant
def test_the_first_weeks_of_bundled_scenarios(path: Path, variant: str) -> None:
    days = {"warm_up": Duration(value=10, unit="days"), "duration": Duration(value=50, unit="days")}
    _played_both_ways(path, variant, **days)


@each_variant
def test_playing_leaves_what_replications_share_as_it_was(path: Path, variant: str) -> None:
    scenario = load(path)
    run = scenario.run.model_copy(update={"duration": Duration(value=30, unit="days")})
    model = compile_pathway(played(scenario, variant, run), run)
    shared, fresh, again = flatten(model), list[bytes](), list[bytes]()
    before = {name: table.copy() for name, table in shared.items()}
    play_rows(model, 1, 0, lambda *_: None, tables=shared)
    play_rows(model, 1, 1, lambda rows, _: again.append(rows.tobytes()), tables=shared)
    play_rows(model, 1, 1, lambda rows, _: fresh.append(rows.tobytes()))
    assert b"".join(again) == b"".join(fresh) != b""
    for name, table in shared.items():
        np.testing.assert_array_equal(table, before[name], err_msg=name)


def test_a_replication_does_not_depend_on_those_before_it_in_the_same_memory() -> None:
    """The busier clinic leaves more room than the other needs, and longer lists to write over."""
    busy, quiet = (_task(clinic(per_day), settings(60.0, 10.0)) for per_day in (400.0, 4.0))
    memory = Memory()
    alone = [replicate(task) for task in (busy, quiet)]
    together = [replicate(replace(task, shared=Shared(memory))) for task in (quiet, busy, quiet, busy)]
    for found, expected in zip(together, reversed([*alone, *alone]), strict=True):
        must_be_equal(found, expected)
        np.testing.assert_array_equal(found.measures, expected.measures)


@pytest.mark.minutes
@each_variant
def test_whole_runs_of_bundled_scenarios(path: Path, variant: str) -> None:
    _played_both_ways(path, variant)


def clinic(per_day: float) -> Pathway:
    """Returns a clinic with one doctor."""
    elements = {"in": coming(per_day), "clinic": does({"doctor": 1}, exponential(0.2)), "out": OUT}
    return draw(elements, ["in > clinic > out"], {"doctor": 1})


@pytest.mark.parametrize(
    ("per_day", "days", "warm_up"),
    [(0.0, 40.0, 0.0), (4.0, 3.0, 0.0), (4.0, 40.0, 17.25), (4.0, 0.25, 0.1), (1e-6, 40.0, 10.0)],
    ids=["nobody comes", "a few days", "warm-up in mid-month", "within a day", "hardly anybody"],
)
def test_little_to_count(per_day: float, days: float, warm_up: float) -> None:
    task = _task(clinic(per_day), settings(days, warm_up))
    trace = simulate(compile_pathway(task.pathway, task.run), task.run.seed, 0)
    found = replicate(task)
    must_be_equal(found, task.shared.of(task).vectors(facts_of(trace, task.pathway)))
    assert isinstance(found.plan, Plan)
    contacts = found.measures[found.plan.measures.where(measure="contacts")]
    assert (contacts.sum() > 0) == (per_day > 1)


def test_both_engines_leave_the_same_behind() -> None:
    task = _task(clinic(4.0), settings(60.0, 10.0))
    must_be_equal(replicate(task), replicate(replace(task, engine="simpy")))
