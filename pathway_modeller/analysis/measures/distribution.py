"""Time-weighted distributions: which share of the period a queue or a pool spent at each level."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pathway_modeller.analysis.measures.series import Label, labelled
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.analysis.observed.levels import Floats, Level
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace


def distribution_frame(played: Trace | Tallied | Facts, pathway: Pathway) -> pd.DataFrame:
    """Returns the share of the data collection period spent at each level.

    Returns:
        One row a level that occurred: kind ("queue" by element, "occupancy" by pool and footprint, "inside"
        for the whole pathway), element, pool, footprint, level (patients or units) and value: the share.
        The shares of each distribution sum to 1; a level without a row has share 0.
    """
    facts = facts_of(played, pathway)
    levels, labels, shares = facts.levels, list[Label](), list[tuple[Floats, Floats]]()

    def add(label: Label, level: Level) -> None:
        labels.append(label)
        shares.append(level.shares(facts.start, facts.end))

    for name in facts.activities:
        add(("queue", name, "", ""), levels.queue(name))
    for body in levels.bodies:
        add(("occupancy", "", body.pool, body.footprint), body.in_use)
    add(("inside", "", "", ""), levels.inside)
    frame = labelled(labels, [len(found) for found, _ in shares])
    frame["level"] = np.rint(np.concatenate([found for found, _ in shares])).astype(np.int64)
    frame["value"] = np.concatenate([share for _, share in shares])
    return frame
