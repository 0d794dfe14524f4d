"""Time-weighted distributions: which share of the period a queue or a pool spent at each level."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pathway_modeller.analysis.levels import Level
from pathway_modeller.analysis.observed import Observed, observe
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

COLUMNS = ("kind", "element", "pool", "footprint", "level", "value")


def distribution_frame(played: Trace | Tallied | Observed, pathway: Pathway) -> pd.DataFrame:
    """Returns the share of the data collection period spent at each level.

    Returns:
        One row a level that occurred: kind ("queue" by element, "occupancy" by pool and footprint, "inside"
        for the whole pathway), element, pool, footprint, level (patients or units) and value: the share.
        The shares of each distribution sum to 1; a level without a row has share 0.
    """
    observed = observe(played, pathway)
    levels = observed.levels
    parts = [_levels(observed, "queue", levels.queue(name), element=name) for name in observed.activities]
    parts += [
        _levels(observed, "occupancy", body.in_use, pool=body.pool, footprint=body.footprint)
        for body in levels.bodies
    ]
    parts.append(_levels(observed, "inside", levels.inside))
    return pd.concat(parts, ignore_index=True)


def _levels(
    observed: Observed, kind: str, steps: Level, *, element: str = "", pool: str = "", footprint: str = ""
) -> pd.DataFrame:
    """The rows of one distribution."""
    found, shares = steps.shares(observed.start, observed.end)
    return pd.DataFrame(
        {
            "kind": kind,
            "element": element,
            "pool": pool,
            "footprint": footprint,
            "level": np.rint(found).astype(np.int64),
            "value": shares,
        },
        columns=list(COLUMNS),
    )
