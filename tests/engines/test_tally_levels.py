"""Levels followed row by row are those that the whole trace gives: queues, units, delays, capacity's cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from pathway_modeller.analysis.ledger.ledger import Books, books, books_alone, ledger
from pathway_modeller.analysis.measures.occupancy import delays, pools, queues
from pathway_modeller.analysis.observed.facts import Facts, facts_of_trace
from pathway_modeller.analysis.observed.tallied_levels import TalliedLevels
from pathway_modeller.analysis.wanted.tally_request import wanted
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.tally.tally import Tally
from pathway_modeller.simulation.trace import Event, Trace
from tests.analysis.hand_made import make_pathway, make_trace, opened
from tests.engines.bundled import each_variant
from tests.engines.drawing import MONDAY, OUT, booked, does, draw
from tests.engines.feeding import fed
from tests.engines.pathways import Playable, playable
from tests.engines.populations import living
from tests.engines.test_generated import FEW
from tests.engines.test_ledger import priced, shifts, with_option
from tests.engines.test_same_trace import MANY, SEEDS
from tests.frames import distribution_frame, series_frame

EVERY = st.one_of(playable(), playable(blocking=True), living(), living(blocking=True))
HOW = st.tuples(st.sampled_from([1, 7, 1000, None]), st.sampled_from([None, 1, 2]))

WARM_UPS = st.sampled_from([0.0, 2.0, 3.4, 99.0])
"""Days that do not count; more than the run has for a period of no length."""


def followed(trace: Trace, pathway: Pathway, kept: Books, step: float, *how: int | None) -> Facts:
    """Returns a replication whose levels were followed row by row, all else being from its trace."""
    found = fed(Tally(wanted(trace.legend, pathway, step, kept)), trace, *how).levels
    facts = facts_of_trace(trace, pathway)
    vars(facts)["levels"] = TalliedLevels(Tallied(trace.legend, None, found))  # type: ignore[arg-type]
    return facts


def frames(facts: Facts, kept: Books, step: float) -> tuple[pd.DataFrame, ...]:
    """Returns everything that is worked out from levels."""
    pathway = facts.pathway
    lines = ledger(facts, pathway, kept)
    rows = [
        (*row, value)
        for family in (queues, pools, delays)
        for block in family(facts)
        for row, value in zip(block.rows(), np.ravel(block.work(facts, lines))[block.order()], strict=True)
    ]
    return (
        pd.DataFrame(rows, columns=["measure", "unit", "key", "value"]),
        series_frame(facts, pathway, step),
        distribution_frame(facts, pathway),
        lines.lines,
        pd.DataFrame([lines.missing]),
    )


def must_be_equal(trace: Trace, pathway: Pathway, kept: Books, step: float, *how: int | None) -> None:
    """Compares the two ways."""
    expected = frames(facts_of_trace(trace, pathway), kept, step)
    found = frames(followed(trace, pathway, kept, step, *how), kept, step)
    for one, two in zip(expected, found, strict=True):
        pd.testing.assert_frame_equal(two, one, check_exact=False, rtol=1e-9, atol=1e-9)
    for measure in ("queue.peak", "pool.peak"):
        peaks = [each[0].loc[each[0]["measure"] == measure, "value"].to_numpy() for each in (found, expected)]
        np.testing.assert_array_equal(*peaks)


def play(case: Playable, seed: int) -> Trace:
    """Plays a pathway; one that stops is passed over."""
    try:
        return simulate(compile_pathway(case.pathway, case.run), seed, 0)
    except SimulationStopped:
        assume(False)
        raise


def _made_up(case: Playable, seed: int, how: tuple[int | None, int | None], warm_up: float) -> None:
    """Compares the two ways on a pathway made up at random, over part of its time."""
    trace = play(case, seed)
    trace = replace(trace, legend=replace(trace.legend, warm_up=min(warm_up, trace.legend.until)))
    kept = books_alone(case.pathway, trace.legend.start_date)
    must_be_equal(trace, case.pathway, kept, 0.75, *how)


@FEW
@given(EVERY, SEEDS, HOW, WARM_UPS)
def test_made_up_pathways(case: Playable, seed: int, how: Any, warm_up: float) -> None:
    _made_up(case, seed, how, warm_up)


@pytest.mark.minutes
@MANY
@given(EVERY, SEEDS, HOW, WARM_UPS)
def test_hundreds_of_made_up_pathways(case: Playable, seed: int, how: Any, warm_up: float) -> None:
    _made_up(case, seed, how, warm_up)


def _shifted(scenario: Scenario, data: st.DataObject) -> None:
    """Compares the two ways where capacity has a cost, and a shift closes some."""
    scenario = with_option(scenario, shifts={"s": data.draw(shifts(scenario))})
    for variant in (BASELINE, "option"):
        try:
            case = Playable(played(scenario, variant), scenario.run)
        except ShiftError:
            assume(False)
            raise
        trace = play(case, 1)
        must_be_equal(trace, case.pathway, books(scenario, variant), 1.0, *data.draw(HOW))


@FEW
@given(priced(), st.data())
def test_what_capacity_costs(scenario: Scenario, data: st.DataObject) -> None:
    _shifted(scenario, data)


@pytest.mark.minutes
@MANY
@given(priced(), st.data())
def test_what_capacity_costs_in_hundreds_of_shifts(scenario: Scenario, data: st.DataObject) -> None:
    _shifted(scenario, data)


@FEW
@given(priced(), st.data())
def test_capacity_that_the_baseline_has_held_otherwise(scenario: Scenario, data: st.DataObject) -> None:
    """What footprints hold is compared, all together, with more that the baseline shares; or the reverse."""
    pools = {
        name: pool.model_copy(
            update={
                "units": (pool.units or 1) * 2 + data.draw(st.integers(0, 3)),
                "per_footprint": not pool.per_footprint and bool(scenario.baseline.footprints),
                "units_by_footprint": {},
                "steps": (),
            }
        )
        for name, pool in scenario.baseline.pools.items()
    }
    baseline = scenario.baseline.model_copy(update={"pools": pools})
    trace = play(Playable(scenario.baseline, scenario.run), 1)
    kept = Books(scenario.money, baseline, scenario.baseline, scenario.run)
    together = wanted(trace.legend, scenario.baseline, 1.0, kept).levels.together
    event(f"several bodies together: {bool(together)}")
    must_be_equal(trace, scenario.baseline, kept, 1.0, *data.draw(HOW))


def test_as_many_as_there_are() -> None:
    """Two thousand come at once; four hundred have two beds each, and keep them until a nurse is there."""
    pathway = draw(
        {
            "in": booked("monday 00:00 2000"),
            "ward": does({"bed": 2}, 1.0, release="when next can take"),
            "home": does({"nurse": 1}, 0.25),
            "out": OUT,
        },
        ["in > ward > home > out"],
        {"bed": 800, "nurse": 150},
    )
    run = RunSettings.model_validate(
        {"start_date": MONDAY, "start": "empty", "duration": {"value": 12, "unit": "days"}}
    )
    trace = simulate(compile_pathway(pathway, run), 1, 0)
    kept = books_alone(pathway, MONDAY)
    must_be_equal(trace, pathway, kept, 0.5, 100)
    found = followed(trace, pathway, kept, 0.5, 100).levels
    assert found.inside.peak(0, 12) == 2000
    assert found.queue("ward").peak(0, 12) == 1600
    assert found.kept.units.sum() > 0


def test_units_that_are_open_take_no_room_but_those_in_use() -> None:
    """A million open beds are one figure; a hundred patients at once make tables grow."""
    elements = {"in": booked("monday 00:00 100"), "ward": does({"bed": 1}, 1.0), "out": OUT}
    pathway = draw(elements, ["in > ward > out"], {"bed": 1_000_000})
    run = RunSettings.model_validate(
        {"start_date": MONDAY, "start": "empty", "duration": {"value": 8, "unit": "days"}}
    )
    trace = simulate(compile_pathway(pathway, run), 1, 0)
    asked = wanted(trace.legend, pathway, 1.0, books_alone(pathway, MONDAY))
    found = fed(Tally(asked), trace).levels.inside.days
    assert found[100] == 2.0  # both Mondays
    assert found.base is not None  # all levels are parts of one array
    assert found.base.size < 2000


def test_only_times_known_before_can_be_asked_about() -> None:
    pathway = draw({"in": booked("monday 00:00 1"), "a": does({}, 1.0), "out": OUT}, ["in > a > out"], {})
    run = RunSettings.model_validate(
        {"start_date": MONDAY, "start": "empty", "duration": {"value": 8, "unit": "days"}}
    )
    trace = simulate(compile_pathway(pathway, run), 1, 0)
    found = followed(trace, pathway, books_alone(pathway, MONDAY), 2.0).levels
    assert found.inside.integral(0, 2) == 1.0
    with pytest.raises(ValueError, match="not followed"):
        found.inside.integral(0, 1)
    with pytest.raises(ValueError, match="levels were followed over"):
        found.inside.shares(0, 2)


HELD = st.tuples(st.sampled_from(["ward", "care"]), st.sampled_from(["bed", "nurse"]), st.integers(1, 2))


@st.composite
def keeping(draw: st.DrawFn, patient: int) -> list[tuple[Any, ...]]:
    """Returns rows of somebody who waits and moves, and takes and gives back units meanwhile."""
    time, state, held, rows = 0.0, "idle", list[Any](), list[tuple[Any, ...]]()
    place = st.sampled_from(["ward", "care"])
    after = {
        "idle": ["join", "move", "keep", "take", "give"],
        "join": ["start", "give up", "take", "give"],
        "move": ["end", "take", "give"],
    }
    for _ in range(draw(st.integers(1, 14))):
        time += draw(st.sampled_from([0.0, 0.5, 1.0]))
        what = draw(st.sampled_from(after[state]))
        if what == "take":
            held.append(draw(HELD))
            rows.append((time, patient, Event.ACQUIRE, *held[-1]))
        elif what == "give" and held:
            rows.append((time, patient, Event.RELEASE, *held.pop(draw(st.integers(0, len(held) - 1)))))
        elif what == "join":
            state, where = "join", draw(place)
            rows.append((time, patient, Event.JOIN, where))
            rows += [(time, patient, Event.BLOCKED, "ward")] if held else []
        elif what in ("move", "keep"):
            state, where = "move", draw(place)
            rows += [(time, patient, Event.BLOCKED, where)] if what == "keep" else []
            rows.append((time, patient, Event.MOVE_START, where))
        elif what != "give":
            kinds = {"start": Event.START, "give up": Event.GAVE_UP, "end": Event.MOVE_END}
            state = "idle"
            rows.append((time, patient, kinds[what], where if what != "end" else draw(place)))
    return rows


@settings(FEW, max_examples=60)
@given(st.tuples(keeping(1), keeping(2)), st.sampled_from([0.0, 1.5]), HOW)
def test_units_kept_in_every_order(rows: Any, warm_up: float, how: Any) -> None:
    """Rows that no pathway gives, too: units given back amid a wait, or taken by another activity."""
    maps = {
        "activities": {"ward": {"name": "Ward"}, "care": {"name": "Care"}},
        "pools": {"bed": {"name": "Bed", "units": 9}, "nurse": {"name": "Nurse", "units": 9}},
    }
    pathway = make_pathway(**maps)
    every = [opened("bed", 9), opened("nurse", 9), *rows[0], *rows[1]]
    trace = make_trace(every, pathway, warm_up=warm_up, until=8)
    must_be_equal(trace, pathway, books_alone(pathway, MONDAY), 1.0, *how)


def _bundled(path: Path, variant: str, run: RunSettings, *how: int | None) -> None:
    """Compares the two ways on a bundled scenario."""
    scenario = load(path)
    pathway = played(scenario, variant, run)
    trace = simulate(compile_pathway(pathway, run), run.seed, 0)
    must_be_equal(trace, pathway, books(scenario, variant, run), 7.0, *how)


@each_variant
def test_the_first_weeks_of_bundled_scenarios(path: Path, variant: str) -> None:
    short = {"warm_up": Duration(value=5, unit="days"), "duration": Duration(value=45, unit="days")}
    _bundled(path, variant, load(path).run.model_copy(update=short), 1000, 3)


@pytest.mark.minutes
@each_variant
def test_whole_runs_of_bundled_scenarios(path: Path, variant: str) -> None:
    _bundled(path, variant, load(path).run, 10_000, 3)
