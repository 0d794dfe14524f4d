"""Adding elements that nothing leads to, and leaving their rows out of a trace again."""

from __future__ import annotations

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.chance.random_numbers import stream_key
from pathway_modeller.simulation.trace import Trace
from tests.engines.drawing import OUT, coming, does, exponential
from tests.engines.drawing import draw as drawn
from tests.engines.replay import Row, rows_of


def with_unconnected_elements(pathway: Pathway, name: str) -> Pathway:
    """Returns the pathway with an entry point, an activity, a pool and an exit point of their own."""
    more = drawn(
        {
            f"{name}-in": coming(2.0),
            f"{name}-clinic": does({f"{name}-staff": 1}, exponential(0.4)),
            f"{name}-out": OUT,
        },
        [f"{name}-in > {name}-clinic > {name}-out"],
        {f"{name}-staff": 1},
    )
    maps = ("entry_points", "activities", "exit_points", "transitions", "pools")
    return pathway.model_copy(update={key: {**getattr(pathway, key), **getattr(more, key)} for key in maps})


def without_added_rows(trace: Trace, name: str) -> list[Row]:
    """Returns the rows of a trace that are not about the added elements."""
    tiers, places = ("", *trace.legend.need_tiers), ("", *trace.legend.footprints)
    added = {stream_key(f"{name}-in", tier, place) for tier in tiers for place in places}
    return [
        row
        for row in rows_of(trace)
        if not (row.patient >> 32 in added or (row.body is not None and row.body[0] == f"{name}-staff"))
    ]
