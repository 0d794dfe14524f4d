"""Shifts of activity: both engines play them alike, by the rules, and nothing differs before their day."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.shifted_activities import with_activity_shifts
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate as reference
from pathway_modeller.simulation.trace import Event, Trace
from tests.engines.moved_contacts import shifted
from tests.engines.pathways import Playable
from tests.engines.replay import Replay, Row, rows_of
from tests.engines.test_same_trace import must_agree

FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
SEEDS = st.integers(0, 2**32 - 1)


def _rows(case: Playable, pathway: Pathway, seed: int) -> list[Row] | None:
    """Returns the rows but those of decisions that stand for shifts; None where the pathway stops.

    The end of a move is told of the element reached, which is the decision on the way to the activity left.
    """
    try:
        trace = compiled(compile_pathway(pathway, case.run), seed, 0)
    except SimulationStopped:
        return None
    return [
        row
        for row in rows_of(trace)
        if row.event is not Event.MOVE_END and not (row.element or "").startswith("shift-")
    ]


@FEW
@given(shifted(), SEEDS)
def test_both_engines_play_them_alike_and_by_the_rules(
    drawn: tuple[Playable, dict[str, ActivityShift], int], seed: int
) -> None:
    case, shifts, _ = drawn
    pathway = with_activity_shifts(case.pathway, shifts)
    must_agree(Playable(pathway, case.run), seed)
    try:
        trace: Trace = reference(compile_pathway(pathway, case.run), seed, 0)
    except SimulationStopped:
        return
    assert Replay(trace, pathway).wrong == []


def test_the_rows_before_their_day_are_those_without_them() -> None:
    moved = 0

    @FEW
    @given(shifted(), SEEDS)
    def look(drawn: tuple[Playable, dict[str, ActivityShift], int], seed: int) -> None:
        nonlocal moved
        case, shifts, day = drawn
        after = _rows(case, with_activity_shifts(case.pathway, shifts), seed)
        before = _rows(case, case.pathway, seed)
        if before is not None and after is not None:
            early = [[row for row in rows if row.time < day] for rows in (before, after)]
            assert early[0] == early[1]
            moved += before != after

    look()
    assert moved > 5, "hardly anybody ever moves"
