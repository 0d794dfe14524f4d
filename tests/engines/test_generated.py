"""What must hold whatever pathway is played, on pathways made up at random."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from pathway_modeller.simulation.errors import SimulationStopped
from pathway_modeller.simulation.model import compile_pathway
from pathway_modeller.simulation.simpy_engine import simulate
from pathway_modeller.simulation.trace import Trace
from tests.engines.pathways import Playable, playable
from tests.engines.replay import Replay, littles_law, never_to_start
from tests.engines.without_watch import simulate_without_watch

SMALL = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def _play(case: Playable, seed: int = 1, replication: int = 0) -> Trace | None:
    """Returns the trace, or None where the pathway locks itself."""
    try:
        return simulate(compile_pathway(case.pathway, case.run), seed, replication)
    except SimulationStopped as stopped:
        event("deadlock" if "locks for ever" in str(stopped) else "endless instant")
        return None


@SMALL
@given(playable(), st.integers(0, 2**32 - 1))
def test_every_rule_holds_when_the_trace_is_replayed(case: Playable, seed: int) -> None:
    trace = _play(case, seed)
    if trace is None:
        return
    replay = Replay(trace, case.pathway)
    assert replay.wrong == []
    assert never_to_start(replay) == []
    for queue, (number, time) in littles_law(trace).items():
        assert math.isclose(number, time, rel_tol=1e-9, abs_tol=1e-9), queue
