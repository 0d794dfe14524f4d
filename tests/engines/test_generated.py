"""What must hold whatever pathway is played, on pathways made up at random."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from pathway_modeller.scenario.document import Option, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.elements import BookedArrivals
from pathway_modeller.scenario.options import apply_option, from_document, patch_between, to_document
from pathway_modeller.scenario.values import Duration, Money
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Trace
from tests.engines.additions import with_unconnected_elements, without_added_rows
from tests.engines.pathways import Playable, playable
from tests.engines.replay import Replay, littles_law, never_to_start, rows_of
from tests.engines.without_watch import simulate_without_watch

SMALL = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
FEW = settings(SMALL, max_examples=20)
MANY = settings(SMALL, max_examples=3000)

SEEDS = st.integers(0, 2**32 - 1)


def _play(case: Playable, seed: int = 1, replication: int = 0) -> Trace | None:
    """Returns the trace, or None where the pathway locks itself, which is allowed."""
    try:
        return simulate(compile_pathway(case.pathway, case.run), seed, replication)
    except SimulationStopped as stopped:
        if "locks for ever" not in str(stopped):
            raise
        event("deadlock")
        return None


def _must_hold(case: Playable, seed: int) -> None:
    """Replays a trace and looks at everything that must hold."""
    trace = _play(case, seed)
    if trace is None:
        return
    replay = Replay(trace, case.pathway)
    assert replay.wrong == []
    assert never_to_start(replay) == []
    for queue, (number, time) in littles_law(trace).items():
        assert math.isclose(number, time, rel_tol=1e-9, abs_tol=1e-9), queue


@SMALL
@given(playable(), SEEDS)
def test_every_rule_holds_when_the_trace_is_replayed(case: Playable, seed: int) -> None:
    _must_hold(case, seed)


@SMALL
@given(playable(blocking=True), SEEDS)
def test_every_rule_holds_where_patients_block_one_another(case: Playable, seed: int) -> None:
    _must_hold(case, seed)


@pytest.mark.minutes
@MANY
@given(st.one_of(playable(), playable(blocking=True)), SEEDS)
def test_every_rule_holds_on_thousands_of_pathways(case: Playable, seed: int) -> None:
    _must_hold(case, seed)


@SMALL
@given(playable(blocking=True), SEEDS)
def test_a_deadlock_that_is_named_never_resolves(case: Playable, seed: int) -> None:
    if _play(case, seed) is not None:
        return
    longer = Duration(value=case.run.duration.value + 28, unit="days")
    run = case.run.model_copy(update={"duration": longer})
    trace = simulate_without_watch(compile_pathway(case.pathway, run), seed, 0)
    assert never_to_start(Replay(trace, case.pathway)) != []


@FEW
@given(playable(), SEEDS)
def test_the_same_seed_gives_the_same_bytes(case: Playable, seed: int) -> None:
    first, second = _play(case, seed), _play(case, seed)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.tobytes() == second.tobytes()


@FEW
@given(playable(), SEEDS)
def test_another_replication_or_seed_gives_other_bytes(case: Playable, seed: int) -> None:
    entries = case.pathway.entry_points.values()
    assume(
        any(
            not isinstance(entry.arrivals, BookedArrivals) and entry.arrivals and entry.arrivals.gap is None
            for entry in entries
        )
    )
    traces = [_play(case, seed, 0), _play(case, seed, 1), _play(case, (seed + 1) % 2**32, 0)]
    found = [trace.tobytes() for trace in traces if trace is not None]
    assert len(set(found)) == len(found)


@FEW
@given(playable(), SEEDS, st.sampled_from(["aa", "b-1", "zz"]))
def test_adding_unconnected_elements_changes_no_other_row(case: Playable, seed: int, name: str) -> None:
    before = _play(case, seed)
    assume(before is not None)
    more = with_unconnected_elements(case.pathway, name)
    after = simulate(compile_pathway(more, case.run), seed, 0)
    assert before is not None
    assert len(after) > len(before)
    assert without_added_rows(after, name) == list(rows_of(before))


@FEW
@given(playable(), SEEDS)
def test_an_option_without_changes_gives_the_same_trace(case: Playable, seed: int) -> None:
    patch = patch_between(case.pathway, from_document(to_document(case.pathway)))
    scenario = Scenario(
        format=1,
        name="Scenario",
        baseline=case.pathway,
        options={"same": Option(name="Same", patch=patch)},
        run=case.run,
    )
    _same_trace(case.pathway, apply_option(scenario, "same"), case.run, seed)
    _same_trace(case.pathway, from_document(to_document(case.pathway)), case.run, seed)


@FEW
@given(playable(), SEEDS)
def test_doubling_a_price_moves_nobody(case: Playable, seed: int) -> None:
    _same_trace(_priced(case.pathway, 50.0), _priced(case.pathway, 100.0), case.run, seed)


def _priced(pathway: Pathway, pounds: float) -> Pathway:
    """Returns the pathway with a price for each activity."""
    price = Money(value=pounds, price_year="2024/25")
    activities = {
        name: activity.model_copy(update={"price": price, "variable_cost": price})
        for name, activity in pathway.activities.items()
    }
    return pathway.model_copy(update={"activities": activities})


def _same_trace(one: Pathway, other: Pathway, run: RunSettings, seed: int) -> None:
    """Two pathways are played out alike."""
    first, second = _play(Playable(one, run), seed), _play(Playable(other, run), seed)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.tobytes() == second.tobytes()
