"""Queues that share capacity: whether their orders can be compared."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Discipline
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.words.sentences import element_name, listed, member_name

_ORDERS: Mapping[Discipline, str] = {
    "first come": "who came first",
    "last come": "who came last",
    "longest on pathway": "who has been longest on the pathway",
}


def find_queues(pathway: Pathway) -> Iterator[Finding]:
    """Yields activities that share a pool at equal priority although their queues have different orders."""
    for (first, one), (second, other) in itertools.combinations(sorted(pathway.activities.items()), 2):
        if one.discipline == other.discipline:
            continue
        if not set(every_value(one.priority)) & set(every_value(other.priority)):
            continue
        shared = sorted(needs_to_start(pathway, first).keys() & needs_to_start(pathway, second).keys())
        names = [member_name(pathway, "pools", pool) for pool in shared if pool in pathway.pools]
        if names:
            what = (
                f"it takes {_ORDERS[other.discipline]} and {element_name(pathway, first)} takes "
                f"{_ORDERS[one.discipline]}, and both wait for {listed(names)} at equal priority; such "
                "orders cannot be compared, so patients of one would always go before those of the other"
            )
            mend = "Give both the same queue order, or different priorities"
            yield warning(("activities", second, "discipline"), what, mend)
