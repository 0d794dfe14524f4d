"""The trace of one replication as a table with ids, to look at what happened to each patient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.experiment.runs.engines import ENGINES, engine_named
from pathway_modeller.experiment.verify.event_words import HARM
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.trace import Event, NeedCause, Trace

COLUMNS = (
    "time",
    "patient",
    "need_tier",
    "footprint",
    "element",
    "event",
    "pool",
    "pool_footprint",
    "units",
    "to_tier",
    "cause",
)


def trace_of(pathway: Pathway, run: RunSettings, replication: int = 0, engine: str = ENGINES[0]) -> Trace:
    """Returns the trace of one replication of a pathway, as the experiment had it.

    Raises:
        ModelError: the pathway cannot be run.
        SimulationStopped: the run met something it cannot go on from.
    """
    return engine_named(engine)(compile_pathway(pathway, run), run.seed, replication, None, None)


def trace_table(trace: Trace) -> pd.DataFrame:
    """Returns a trace with ids in place of indices, in canonical order.

    Columns: ``time`` (days from the start date), ``patient`` (-1 for a change of capacity), ``need_tier``,
    ``footprint``, ``element``, ``event`` (in words), ``pool``, ``pool_footprint`` (whose pool it is, where
    each footprint has its own), ``units`` (acquired, released or now open, -1 for unlimited), ``to_tier``
    (where need changed or a person moved, the need tier reached) and ``cause`` (the move of a person, what
    changed need, or what did harm). An empty text says that something does not apply.
    """
    legend = trace.legend
    of_pool = np.isin(trace.event, (Event.ACQUIRE, Event.RELEASE, Event.CAPACITY))
    changes = np.isin(trace.event, (Event.NEED_CHANGED, Event.PERSON))
    pools = np.where(of_pool, trace.pool, -1)
    return pd.DataFrame(
        {
            "time": trace.time,
            "patient": trace.patient,
            "need_tier": _named(trace.need_tier, legend.need_tiers),
            "footprint": _named(trace.footprint, legend.footprints),
            "element": _named(trace.element, legend.elements),
            "event": _named(trace.event, [event.name.lower().replace("_", " ") for event in Event]),
            "pool": _named(pools, [key.pool for key in legend.pools]),
            "pool_footprint": _named(pools, [key.footprint or "" for key in legend.pools]),
            "units": np.where(of_pool, trace.units, 0),
            "to_tier": _named(np.where(changes, trace.units, -1), legend.need_tiers),
            "cause": _causes(trace),
        },
        columns=list(COLUMNS),
    )


def _causes(trace: Trace) -> pd.Series[str]:
    """Returns by which move a person moved, what changed need, or what did harm; else the empty text."""
    legend = trace.legend
    needs = [cause.name.lower() for cause in NeedCause]
    harm = [deterioration for _, deterioration in legend.deteriorations]
    codes = np.full(len(trace), -1, dtype=np.int64)
    before = 0
    for names, events, column in (
        (legend.moves, (Event.PERSON,), trace.pool),
        (needs, (Event.NEED_CHANGED,), trace.pool),
        (harm, HARM, trace.units),
    ):
        rows = np.isin(trace.event, events)
        codes[rows] = before + column[rows]
        before += len(names)
    return _named(codes, [*legend.moves, *needs, *harm])


def _named(codes: npt.NDArray[np.signedinteger], names: Sequence[str]) -> pd.Series[str]:
    """Returns names in place of indices; -1 is the empty text."""
    distinct = list(dict.fromkeys(["", *names]))
    place = np.array([distinct.index(name) for name in (*names, "")], dtype=np.int64)
    chosen: npt.NDArray[np.int64] = place[codes]
    return pd.Series(pd.Categorical.from_codes(chosen, categories=pd.Index(distinct)))
