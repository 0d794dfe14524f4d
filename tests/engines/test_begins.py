"""An option that begins at a date is the baseline until then, row for row, on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway_modeller.scenario.begins import begun
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate as reference
from pathway_modeller.simulation.trace import Trace
from tests.engines.pathways import Playable
from tests.engines.redesigns import day_of, redesigned, until
from tests.engines.replay import Replay
from tests.engines.test_same_trace import must_agree

FEW = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
SEEDS = st.integers(0, 2**32 - 1)


def _play(engine: Callable[..., Trace], case: Playable, pathway: Pathway, seed: int) -> Trace | None:
    """Returns the trace; None where the pathway locks itself, which is allowed."""
    try:
        return engine(compile_pathway(pathway, case.run), seed, 0)
    except SimulationStopped as stopped:
        if "locks for ever" not in str(stopped):
            raise
        return None


@pytest.mark.parametrize("engine", [reference, compiled], ids=["reference", "compiled"])
def test_the_rows_before_its_day_are_the_baselines(engine: Callable[..., Trace]) -> None:
    later = 0

    @FEW
    @given(redesigned(), SEEDS)
    def look(drawn: tuple[Playable, Pathway, int], seed: int) -> None:
        nonlocal later
        case, option, day = drawn
        pathway, kept = begun(case.pathway, option, day_of(day), case.run.start_date)
        assert kept == ()
        before, after = (_play(engine, case, each, seed) for each in (case.pathway, pathway))
        if before is not None and after is not None:
            assert list(until(after, day)) == list(until(before, day))
            later += any(row.element == "a-new" for row in until(after, 100))

    look()
    assert later > 5, "an option hardly ever begins"


@FEW
@given(redesigned(), SEEDS)
def test_both_engines_play_it_alike_and_by_the_rules(drawn: tuple[Playable, Pathway, int], seed: int) -> None:
    case, option, day = drawn
    pathway, _ = begun(case.pathway, option, day_of(day), case.run.start_date)
    must_agree(Playable(pathway, case.run), seed)
    trace = _play(reference, case, pathway, seed)
    assert trace is None or Replay(trace, pathway).wrong == []


@FEW
@given(redesigned(), SEEDS)
def test_one_that_begins_with_the_run_is_the_option_as_drawn(
    drawn: tuple[Playable, Pathway, int], seed: int
) -> None:
    case, option, _ = drawn
    assert begun(case.pathway, option, case.run.start_date, case.run.start_date) == (option, ())
