"""The account of contacts closes on pathways made up at random."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway_modeller.analysis.accounts.account import COUNTS
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
from tests.analysis.closing import unclosed_lines
from tests.engines.pathways import Playable, playable
from tests.frames import account_frame


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(st.one_of(playable(), playable(blocking=True)), st.integers(0, 1000))
def test_every_line_closes_and_everybody_inside_is_somewhere(case: Playable, seed: int) -> None:
    try:
        trace = simulate(compile_pathway(case.pathway, case.run), seed, 0)
    except SimulationStopped:
        return
    frame = account_frame(trace, case.pathway)
    assert unclosed_lines(frame).empty
    assert (frame[list(COUNTS)] >= 0).all(axis=None)
    traced = Traced.of(trace, case.pathway)
    last = frame[frame["month"] == frame["month"].iloc[-1]]
    assert last["waiting_end"].sum() == len(traced.queueing.going_on())
    inside = np.count_nonzero(traced.inside.outcome < 0)
    assert last["waiting_end"].sum() + last["present_end"].sum() == inside
