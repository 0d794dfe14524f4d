"""Time-weighted distributions: which share of the period a queue or a pool spent at each level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pathway_modeller.analysis.measures.series import KEYS
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.analysis.observed.levels import Floats, Level
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

if TYPE_CHECKING:
    import pandas as pd


def distributions_of(scope: Scope) -> Rows:
    """Returns what each distribution is of: ``KEYS``; "inside" is of the whole pathway."""
    queues = [("queue", name, "", "") for name in scope.activities]
    bodies = [("occupancy", "", body.pool, body.footprint or "") for body in scope.legend.pools]
    return Rows.of(KEYS, [*queues, *bodies, ("inside", "", "", "")])


def level_shares(facts: Facts, activities: Sequence[str]) -> list[Floats]:
    """Returns the shares of the period spent at each level, from 0 on, one array a distribution."""
    levels = facts.levels
    every: list[Level] = [levels.queue(name) for name in activities]
    every += [body.in_use for body in levels.bodies]
    return [each.shares(facts.start, facts.end) for each in (*every, levels.inside)]


def distribution_frame(played: Trace | Tallied | Facts, pathway: Pathway) -> pd.DataFrame:
    """Returns the share of the data collection period spent at each level.

    Returns:
        One row a level that occurred: kind ("queue" by element, "occupancy" by pool and footprint, "inside"
        for the whole pathway), element, pool, footprint, level (patients or units) and value: the share.
        The shares of each distribution sum to 1; a level without a row has share 0.
    """
    import pandas as pd

    facts = facts_of(played, pathway)
    shares = level_shares(facts, facts.activities)
    held = [np.flatnonzero(each) for each in shares]
    of = np.repeat(np.arange(len(shares)), [len(each) for each in held])
    level = np.concatenate(held).astype(np.int64)
    value = np.concatenate([each[places] for each, places in zip(shares, held, strict=True)])
    return pd.DataFrame({**distributions_of(facts).take(of).texts(), "level": level, "value": value})
