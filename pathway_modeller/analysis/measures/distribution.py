"""Time-weighted distributions: which share of the period a queue or a pool spent at each level."""

from __future__ import annotations

from collections.abc import Sequence

from pathway_modeller.analysis.measures.series import KEYS
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.levels import Floats, Level
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.rows import Rows


def distributions_of(scope: Scope) -> Rows:
    """Returns what each distribution is of: ``KEYS``; "inside" is of the whole pathway."""
    queues = [("queue", name, "", "") for name in scope.activities]
    bodies = [("occupancy", "", body.pool, body.footprint or "") for body in scope.legend.pools]
    return Rows.of(KEYS, [*queues, *bodies, ("inside", "", "", "")])


def level_shares(facts: Facts, activities: Sequence[str]) -> list[Floats]:
    """Returns the shares of the period spent at each level, from 0 on, one array a distribution."""
    levels, start, end = facts.levels, facts.start, facts.end
    every: list[Level] = [levels.queue(name) for name in activities]
    every += [body.in_use for body in levels.bodies]
    return [each.shares(start, end) for each in (*every, levels.inside)]
