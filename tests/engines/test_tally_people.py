"""What is tallied of patients and people row by row is what the whole trace tells."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

pytest.importorskip("numba")

from pathway_modeller.analysis.ledger.ledger import books_alone
from pathway_modeller.analysis.observed.facts import facts_of_trace
from pathway_modeller.analysis.observed.traced_people import LISTS
from pathway_modeller.analysis.wanted.tally_request import wanted
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.people import Standard
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.tally import growable_buffer, people
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.growable_buffer import Entries
from pathway_modeller.simulation.tally.tally import Tally
from pathway_modeller.simulation.trace import Trace
from tests.engines.drawing import OUT, coming, does, draw, exponential, settings
from tests.engines.feeding import fed
from tests.engines.pathways import Playable
from tests.engines.test_generated import FEW
from tests.engines.test_same_trace import EVERY, MANY, SEEDS

ROUNDED = ("days",)
"""Facts that are sums of times, which may differ by rounding."""


def must_equal(found: Any, expected: Any, name: str) -> None:
    """Compares facts: counts and single times exactly, sums of times to rounding."""
    if isinstance(expected, np.ndarray):
        assert found.dtype == expected.dtype, name
        if name.split(".")[-1] in ROUNDED:
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, err_msg=name)
        else:
            np.testing.assert_array_equal(found, expected, err_msg=name)
    elif isinstance(expected, tuple):
        assert len(found) == len(expected), name
        for number, (one, two) in enumerate(zip(found, expected, strict=True)):
            must_equal(one, two, f"{name}.{number}")
    elif isinstance(expected, Mapping):
        assert found.keys() == expected.keys(), name
        for key in expected:
            must_equal(found[key], expected[key], f"{name}.{key}")
    else:
        for field in dataclasses.fields(expected):
            must_equal(getattr(found, field.name), getattr(expected, field.name), f"{name}.{field.name}")


def must_agree(trace: Trace, pathway: Pathway, size: int | None = None, mixed: int | None = None) -> None:
    """Compares what is tallied of a trace's rows with what the trace tells."""
    asked = wanted(trace.legend, pathway, 1.0, books_alone(pathway, trace.legend.start_date))
    found = fed(Tally(asked), trace, size, mixed).people
    facts = facts_of_trace(trace, pathway)
    for field in dataclasses.fields(found):
        if field.name != "lists":
            must_equal(getattr(found, field.name), getattr(facts, field.name), field.name)
    must_equal(found.lists, {name: facts.days(name) for name in LISTS}, "lists")


def with_standards(pathway: Pathway, data: st.DataObject) -> Pathway:
    """Returns a pathway with up to three standards of its own."""
    ids = [
        *pathway.entry_points,
        *pathway.activities,
        *pathway.waits,
        *pathway.decisions,
        *pathway.exit_points,
    ]
    places = st.lists(st.sampled_from(sorted(ids)), min_size=1, max_size=3, unique=True).map(tuple)
    standards = st.builds(
        Standard,
        name=st.just("Standard"),
        starts_at=places,
        stops_at=places,
        limit=st.sampled_from([0.0, 0.5, 3.0]).map(lambda days: Duration(value=days, unit="days")),
        target=st.just(0.9),
        counts=st.sampled_from(["stock", "flow"]),
        new_referral_at=st.one_of(st.just(()), places),
    )
    said = st.sampled_from([None, "running", "stopped"])
    today = {key: each.model_copy(update={"clocks": data.draw(said)}) for key, each in pathway.today.items()}
    made = data.draw(st.lists(standards, max_size=3))
    still = {
        name: {
            key: each.model_copy(update={"pauses_clocks": data.draw(st.booleans())})
            for key, each in every.items()
        }
        for name, every in (("activities", pathway.activities), ("waits", pathway.waits))
        if data.draw(st.booleans())
    }
    named = {f"s-{place}": each for place, each in enumerate(made)}
    return pathway.model_copy(update={"standards": named, "today": today, **still})


def play(case: Playable, seed: int, data: st.DataObject) -> tuple[Trace, Pathway]:
    """Plays a pathway with standards, around the end of a month, and counts part of its time."""
    pathway = with_standards(case.pathway, data)
    start = case.run.start_date.replace(day=data.draw(st.sampled_from([1, 5, 25, 28])))
    run = case.run.model_copy(update={"start_date": start})
    try:
        trace = simulate(compile_pathway(pathway, run), seed, 0)
    except SimulationStopped:
        assume(False)
        raise
    warm_up = min(data.draw(st.sampled_from([0.0, 0.0, 2.0, 3.4, 100.0])), trace.legend.until)
    legend = dataclasses.replace(trace.legend, warm_up=warm_up)
    return dataclasses.replace(trace, legend=legend), pathway


def _made_up(case: Playable, seed: int, data: st.DataObject) -> None:
    trace, pathway = play(case, seed, data)
    size = data.draw(st.sampled_from([1, 7, 1000, None]))
    must_agree(trace, pathway, size, data.draw(st.sampled_from([None, 1, 2])))


def test_a_small_clinic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten come a day for two doctors; some give up, some wait when the run ends, and some in a bed.

    There is room for one row at a time, so that one that adds more than it may is named.
    """
    monkeypatch.setattr(people, "_AT_ONCE", 1)
    monkeypatch.setattr(growable_buffer, "_BLOCK", 1)
    clinic = does({"doctor": 1}, exponential(0.3), patience=exponential(1.0))
    clock = {"name": "Standard", "starts_at": ["in"], "stops_at": ["clinic"], "target": 0.9}
    clock |= {"limit": {"value": 1, "unit": "days"}, "counts": "stock"}
    ward = does({"beds": 2}, exponential(0.2), release="when next can take")
    pathway = draw(
        {"in": coming(10.0), "clinic": clinic, "ward": ward, "home": does({"carers": 1}, 0.3), "out": OUT},
        ["in > clinic > ward > home > out"],
        {"doctor": 2, "beds": 6, "carers": 1},
        standards={"seen": clock},
    )
    trace = simulate(compile_pathway(pathway, settings(60, warm_up=5)), 1, 0)
    facts = facts_of_trace(trace, pathway)
    assert all(len(facts.days(name).values) for name in LISTS), "a list of which nothing is compared"
    must_agree(trace, pathway)


@FEW
@given(EVERY, SEEDS, st.data())
def test_made_up_pathways(case: Playable, seed: int, data: st.DataObject) -> None:
    _made_up(case, seed, data)


@pytest.mark.minutes
@MANY
@given(EVERY, SEEDS, st.data())
def test_hundreds_of_made_up_pathways(case: Playable, seed: int, data: st.DataObject) -> None:
    _made_up(case, seed, data)


def test_waits_that_differ_by_rounding_come_in_rising_order() -> None:
    """Twenty thousand waits of a week, which begin at all times: a handful of numbers side by side."""
    random, entries = np.random.default_rng(8), Entries(2, Memory())
    begin = random.random(20_000) * 1800.0
    days = (begin + 7.0) - begin
    days[:50] = random.random(50) * 1e4
    assert len(np.unique(days)) < 100
    entries.begin_block(0, len(days))
    entries.codes[: len(days)], entries.values[: len(days)] = 1, days
    np.testing.assert_array_equal(
        entries.by_cell(len(days), np.zeros(2, dtype=np.int64)).values, np.sort(days)
    )


def test_figures_of_many_blocks_come_together() -> None:
    random, memory = np.random.default_rng(9), Memory()
    for _ in range(2):  # in the same memory
        entries, days, codes = Entries(4, memory), list[Any](), list[Any]()
        for size in (70_000, 3, 90_000):
            entries.begin_block(len(days[-1]) if days else 0, size)
            days.append(random.exponential(3.0, size))
            codes.append(random.integers(0, 4, size))
            entries.codes[:size], entries.values[:size] = codes[-1], days[-1]
        found = entries.by_cell(size, np.array([2, 0, 100_000, 1]))
        cell = np.concatenate([*codes, [0] * 2, [2] * 100_000, [3]])
        every = np.concatenate([*days, np.zeros(100_003)])
        np.testing.assert_array_equal(found.sizes, np.bincount(cell))
        np.testing.assert_array_equal(found.values, every[np.lexsort((every, cell))])
        memory.take_back(found.values)


@pytest.mark.parametrize("longest", [0.0, 1e-9, 0.01, 40.0, 1800.0, 1e7])
def test_figures_come_by_cell_in_rising_order(longest: float) -> None:
    random = np.random.default_rng(7)
    days = random.choice([0.0, 0.1, 0.1 + 1e-12, 0.1 - 1e-12, *random.random(500)], 5_000) * longest
    codes, entries, zeros = random.integers(0, 5, len(days)) * 2, Entries(11, Memory()), np.arange(11)
    entries.begin_block(0, len(days))
    entries.codes[: len(days)], entries.values[: len(days)] = codes, days
    found = entries.by_cell(len(days), zeros)
    days, codes = np.append(days, np.zeros(zeros.sum())), np.append(codes, np.repeat(np.arange(11), zeros))
    np.testing.assert_array_equal(found.sizes, np.bincount(codes, minlength=11))
    np.testing.assert_array_equal(found.values, days[np.lexsort((days, codes))])
