"""The two engines of the project at the stations: what is found is read from the trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model import compile_pathway
from pathway_modeller.simulation.simpy_engine import simulate as reference
from pathway_modeller.simulation.trace import Event, Trace
from tests.benchmarks.outcome import Outcome
from tests.benchmarks.peer import Peer

SEED = 1


def engines(pathway: Pathway, run: RunSettings, groups: Mapping[str, Sequence[str]]) -> list[Peer]:
    """Returns both engines.

    Args:
        pathway: the work.
        run: its settings.
        groups: name of each activity with the need tiers told apart, or none.
    """
    model = compile_pathway(pathway, run)
    days = model.legend.until

    def read(trace: Trace) -> Outcome:
        return waits_of(trace, days, groups)

    return [
        Peer(
            "Ours, compiled: whole trace",
            "keeps every event in order",
            lambda number: compiled(model, SEED, number),
            read,
        ),
        Peer(
            "Ours, SimPy: whole trace",
            "the reference: keeps every event in order",
            lambda number: reference(model, SEED, number),
            read,
        ),
    ]


def waits_of(trace: Trace, days: float, groups: Mapping[str, Sequence[str]]) -> Outcome:
    """Returns the waits from joining to starting, by activity and need tier."""
    starts, waits = {}, {}
    for activity, tiers in groups.items():
        element = trace.legend.elements.index(activity)
        here = (trace.element == element) & np.isin(trace.event, (Event.JOIN, Event.START))
        rows = np.flatnonzero(here)
        rows = rows[np.lexsort((rows, trace.patient[rows]))]
        begun = np.flatnonzero(trace.event[rows] == Event.START)
        started = rows[begun]
        waited = trace.time[started] - trace.time[rows[begun - 1]]
        for tier in tiers or ("",):
            mine = slice(None)
            if tier:
                mine = trace.need_tier[started] == trace.legend.need_tiers.index(tier)
            name = f"{activity} {tier}".strip()
            starts[name], waits[name] = trace.time[started][mine], waited[mine]
    return Outcome(days, starts, waits)
