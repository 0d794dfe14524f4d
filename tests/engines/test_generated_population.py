"""What must hold for every pathway whose people live and change, small ones made up at random."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway_modeller.scenario.population import Prevention
from pathway_modeller.scenario.values import Money
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event, Trace
from tests.analysis.observed.invariants import violations
from tests.engines.census import Census
from tests.engines.pathways import Playable
from tests.engines.populations import living
from tests.engines.replay import Replay, littles_law

SMALL = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
FEW = settings(SMALL, max_examples=15)
SEEDS = st.integers(0, 2**32 - 1)


def _play(case: Playable, seed: int) -> Trace | None:
    """Returns the trace, or None where the pathway locks itself, which is allowed."""
    try:
        return simulate(compile_pathway(case.pathway, case.run), seed, 0)
    except SimulationStopped as stopped:
        if "locks for ever" not in str(stopped):
            raise
        return None


def _with(case: Playable, **changes: object) -> Playable:
    """Returns the case with another pathway."""
    return Playable(case.pathway.model_copy(update=changes), case.run)


def _must_hold(case: Playable, seed: int) -> None:
    """Replays a trace, counts its people, and looks at everything that must hold."""
    trace = _play(case, seed)
    if trace is None:
        return
    assert Replay(trace, case.pathway).wrong == []
    assert violations(trace, case.pathway) == ()
    census = Census(trace, case.pathway)
    assert census.wrong == []
    begins = math.fsum(math.fsum(row) for row in trace.legend.people)
    assert math.fsum(census.people.values()) == begins + census.came - census.went
    for queue, (number, time) in littles_law(trace).items():
        assert math.isclose(number, time, rel_tol=1e-9, abs_tol=1e-9), queue


@SMALL
@given(living(), SEEDS)
def test_people_are_conserved_and_every_rule_holds(case: Playable, seed: int) -> None:
    _must_hold(case, seed)


@FEW
@given(living(blocking=True), SEEDS)
def test_people_are_conserved_where_patients_block_one_another(case: Playable, seed: int) -> None:
    _must_hold(case, seed)


@pytest.mark.minutes
@settings(SMALL, max_examples=2000)
@given(living(), SEEDS)
def test_people_are_conserved_on_thousands_of_pathways(case: Playable, seed: int) -> None:
    _must_hold(case, seed)


def _bytes(case: Playable, seed: int) -> bytes | None:
    """Returns the trace as bytes."""
    trace = _play(case, seed)
    return None if trace is None else trace.tobytes()


@FEW
@given(living(), SEEDS)
def test_a_prevention_that_prevents_nothing_changes_no_byte(case: Playable, seed: int) -> None:
    contact = sorted(case.pathway.activities)[0]
    useless = {
        "z-1": Prevention(name="Useless", slows=dict.fromkeys(case.pathway.moves, 0.0), activity=contact),
        "z-2": Prevention(name="Useless", slows=dict.fromkeys(case.pathway.moves, 0.0), coverage=0.5),
        "z-3": Prevention(
            name="Nobody", slows=dict.fromkeys(case.pathway.moves, 1.0), coverage=0.5, uptake=0.0
        ),
    }
    with_it = _with(case, preventions={**case.pathway.preventions, **useless})
    assert _bytes(case, seed) == _bytes(with_it, seed)


@FEW
@given(living(), SEEDS)
def test_money_moves_nobody(case: Playable, seed: int) -> None:
    price = Money(value=50.0, price_year="2024/25")
    priced = {
        name: activity.model_copy(update={"price": price, "variable_cost": price})
        for name, activity in case.pathway.activities.items()
    }
    assert _bytes(case, seed) == _bytes(_with(case, activities=priced), seed)


@FEW
@given(living(), SEEDS)
def test_the_same_seed_gives_the_same_bytes(case: Playable, seed: int) -> None:
    assert _bytes(case, seed) == _bytes(case, seed)


def test_the_pathways_made_up_move_people_in_every_way() -> None:
    seen: set[str] = set()

    @settings(SMALL, database=None)
    @given(living())
    def look(case: Playable) -> None:
        trace = _play(case, 1)
        if trace is not None:
            seen.update(Event(each).name for each in set(trace.event.tolist()))
            seen.update(
                case.pathway.moves[trace.legend.moves[number]].kind
                for number in set(trace.pool[trace.event == Event.PERSON].tolist())
            )

    look()
    assert {"NEED_CHANGED", "move", "birth", "migration in", "migration out", "death"} <= seen
