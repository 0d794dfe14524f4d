"""Queues, occupancy and the number inside over time, as means over equal steps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.levels import OverTime
from pathway_modeller.analysis.observed import Observed, observe
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

COLUMNS = ("time", "kind", "element", "pool", "footprint", "value")


def series_frame(played: Trace | Tallied | Observed, pathway: Pathway, step_days: float) -> pd.DataFrame:
    """Returns how the pathway filled and emptied, from time 0 (the warm-up period included) to the end.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out.
        step_days: length of a step in days. A step shorter than a day shows nights and weekends.

    Returns:
        One row a step: time (days at which the step begins), kind ("queue" by element, "occupancy" and
        "capacity" by pool and footprint, "inside" for the whole pathway), element, pool, footprint and
        value: the time-weighted mean over the step (the last step may be shorter). Open units of
        unlimited pools are missing (NaN).

    Raises:
        ValueError: the step is not above zero.
    """
    if not step_days > 0:
        raise ValueError(f"the step of a series must be above 0 days, not {step_days}")
    observed = observe(played, pathway)
    edges = edges_of(observed.end, step_days)
    levels = observed.levels
    parts = [_steps(edges, "queue", levels.queue(name), element=name) for name in observed.activities]
    for body in levels.bodies:
        labels = {"pool": body.pool, "footprint": body.footprint}
        parts.append(_steps(edges, "occupancy", body.in_use, **labels))
        parts.append(_steps(edges, "capacity", body.open_units, **labels))
    parts.append(_steps(edges, "inside", levels.inside))
    return pd.concat(parts, ignore_index=True)


def edges_of(end: float, step_days: float) -> npt.NDArray[np.float64]:
    """Returns the instants between which means are taken; the last is the end of the run."""
    inner = np.arange(0, np.ceil(end / step_days - 1e-9)) * step_days
    return np.append(inner, end)


def _steps(
    edges: npt.NDArray[np.float64],
    kind: str,
    steps: OverTime,
    *,
    element: str = "",
    pool: str = "",
    footprint: str = "",
) -> pd.DataFrame:
    """The rows of one series."""
    return pd.DataFrame(
        {
            "time": edges[:-1],
            "kind": kind,
            "element": element,
            "pool": pool,
            "footprint": footprint,
            "value": steps.means_on(edges),
        },
        columns=list(COLUMNS),
    )
