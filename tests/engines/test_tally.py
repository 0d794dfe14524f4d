"""A replication reduced while it is played leaves behind what one reduced from its trace does."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")

from pathway_modeller.analysis.ledger.ledger import Books, books
from pathway_modeller.analysis.wanted.tally_request import wanted
from pathway_modeller.experiment.runs.replicate import Reduced, SharedModel, Task, reduced, replicate
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.compiled.flatten import flatten
from pathway_modeller.simulation.compiled.simulate import play as play_rows
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.tally.tally import Tally
from pathway_modeller.simulation.trace import Trace
from tests.engines.drawing import OUT, coming, does, draw, exponential, settings
from tests.engines.feeding import fed
from tests.engines.pathways import Playable
from tests.engines.test_generated import FEW
from tests.engines.test_same_trace import EVERY, MANY, SEEDS
from tests.engines.test_tally_people import play
from tests.engines.uncompiled import run_uncompiled

FILES = sorted(Path(shipped("scenarios")).glob("*.json"))
VARIANTS = [(path, variant) for path in FILES for variant in (BASELINE, *load(path).options)]
each_variant = pytest.mark.parametrize(
    ("path", "variant"), VARIANTS, ids=[f"{path.stem}:{variant}" for path, variant in VARIANTS]
)

EXACT = ("patients", "contacts", "slots", "activities", "pools")
"""Units of what is counted; times, shares and money may differ by rounding."""
SINGLE = (".median", ".p92", ".longest", ".peak")
"""Ends of the names of measures that are single times, or levels."""


def must_be_equal(found: Reduced, expected: Reduced) -> None:
    """Compares all that is kept of a replication."""
    for name in ("measures", "series", "distributions", "population", "account"):
        _frames(getattr(found, name), getattr(expected, name))
    one, two = expected.measures, found.measures
    mean = one["measure"].str.endswith(".mean")
    exact = one["unit"].isin(EXACT) & ~mean | one["measure"].str.endswith(SINGLE)
    np.testing.assert_array_equal(two.loc[exact, "value"], one.loc[exact, "value"])
    assert found.ledger is not None
    assert expected.ledger is not None
    _frames(found.ledger.lines, expected.ledger.lines)
    for field in fields(expected.ledger):
        if field.name != "lines":
            assert getattr(found.ledger, field.name) == getattr(expected.ledger, field.name)


def _frames(found: pd.DataFrame | None, expected: pd.DataFrame | None) -> None:
    """Compares two frames: labels and whole numbers exactly, others to rounding."""
    pd.testing.assert_frame_equal(found, expected, check_exact=False, rtol=1e-9, atol=1e-9)


def must_agree(trace: Trace, task: Task, kept: Books, *how: int | None) -> None:
    """Compares the two ways of reducing a replication, of which the trace is given."""
    tally = Tally(wanted(trace.legend, task.pathway, task.step_days, kept))
    found = reduced(task, fed(tally, trace, *how), kept)
    must_be_equal(found, reduced(task, trace, kept))


def _task(pathway: Pathway, run: RunSettings, step: float = 0.75) -> Task:
    """Returns what is to be played of a pathway that is compared with nothing."""
    scenario = Scenario(format=1, name="Scenario", baseline=pathway, run=run)
    return Task(BASELINE, scenario, pathway, run, 0, "compiled", step)


def _made_up(case: Playable, seed: int, data: st.DataObject) -> None:
    """Compares the two ways on a pathway made up at random."""
    trace, pathway = play(case, seed, data)
    task = _task(pathway, case.run.model_copy(update={"start_date": trace.legend.start_date}))
    size = data.draw(st.sampled_from([1, 7, 1000, None]))
    kept = books(task.scenario, BASELINE, task.run)
    must_agree(trace, task, kept, size, data.draw(st.sampled_from([None, 1, 2])))


@FEW
@given(EVERY, SEEDS, st.data())
def test_made_up_pathways(case: Playable, seed: int, data: st.DataObject) -> None:
    _made_up(case, seed, data)


@pytest.mark.long
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
    kept = books(scenario, variant, settings)
    must_be_equal(replicate(task), reduced(task, trace, kept))


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
    shared = SharedModel()
    alone = [replicate(task) for task in (busy, quiet)]
    together = [replicate(replace(task, model=shared)) for task in (quiet, busy, quiet, busy)]
    for found, expected in zip(together, reversed([*alone, *alone]), strict=True):
        must_be_equal(found, expected)
        pd.testing.assert_frame_equal(found.measures, expected.measures, check_exact=True)


@pytest.mark.long
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
    must_be_equal(found, reduced(task, trace, books(task.scenario, BASELINE, task.run)))
    contacts = found.measures[found.measures["measure"] == "contacts"]
    assert (contacts["value"].sum() > 0) == (per_day > 1)


def test_both_engines_leave_the_same_behind() -> None:
    task = _task(clinic(4.0), settings(60.0, 10.0))
    must_be_equal(replicate(task), replicate(replace(task, engine="simpy")))
