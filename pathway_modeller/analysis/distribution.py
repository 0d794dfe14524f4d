"""Time-weighted distributions: which share of the period a queue or a pool spent at each level."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pathway_modeller.analysis.observed import Observed, observe
from pathway_modeller.analysis.occupancy import bodies, inside_steps, queue_steps
from pathway_modeller.analysis.steps import Steps
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
    parts = [
        _levels(observed, "queue", queue_steps(observed, name), element=name) for name in observed.activities
    ]
    parts += [
        _levels(observed, "occupancy", body.in_use, pool=body.pool, footprint=body.footprint)
        for body in bodies(observed)
    ]
    parts.append(_levels(observed, "inside", inside_steps(observed)))
    return pd.concat(parts, ignore_index=True)


def _levels(
    observed: Observed, kind: str, steps: Steps, *, element: str = "", pool: str = "", footprint: str = ""
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
