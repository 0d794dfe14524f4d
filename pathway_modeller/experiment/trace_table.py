"""The trace of one replication as a table with ids, to look at what happened to each patient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.experiment.engines import ENGINES, engine_named
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.simulation.model import compile_pathway
from pathway_modeller.simulation.trace import Event, Trace

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
)


def trace_of(pathway: Pathway, run: RunSettings, replication: int = 0, engine: str = ENGINES[0]) -> Trace:
    """Returns the trace of one replication of a pathway, as the experiment had it.

    Raises:
        ModelError: the pathway cannot be run.
        SimulationStopped: the run met something it cannot go on from.
    """
    return engine_named(engine)(compile_pathway(pathway, run), run.seed, replication, None)


def trace_table(trace: Trace) -> pd.DataFrame:
    """Returns a trace with ids in place of indices, in canonical order.

    Columns: ``time`` (days from the start date), ``patient`` (-1 for a change of capacity), ``need_tier``,
    ``footprint``, ``element``, ``event`` (in words), ``pool``, ``pool_footprint`` (whose pool it is, where
    each footprint has its own) and ``units`` (acquired, released or now open, -1 for unlimited). An empty
    text says that something does not apply.
    """
    legend = trace.legend
    return pd.DataFrame(
        {
            "time": trace.time,
            "patient": trace.patient,
            "need_tier": _named(trace.need_tier, legend.need_tiers),
            "footprint": _named(trace.footprint, legend.footprints),
            "element": _named(trace.element, legend.elements),
            "event": _named(trace.event, [event.name.lower().replace("_", " ") for event in Event]),
            "pool": _named(trace.pool, [key.pool for key in legend.pools]),
            "pool_footprint": _named(trace.pool, [key.footprint or "" for key in legend.pools]),
            "units": trace.units,
        },
        columns=list(COLUMNS),
    )


def _named(codes: npt.NDArray[np.signedinteger], names: Sequence[str]) -> pd.Series[str]:
    """Returns names in place of indices; -1 is the empty text."""
    distinct = list(dict.fromkeys(["", *names]))
    place = np.array([distinct.index(name) for name in (*names, "")], dtype=np.int64)
    chosen: npt.NDArray[np.int64] = place[codes]
    return pd.Series(pd.Categorical.from_codes(chosen, categories=pd.Index(distinct)))
