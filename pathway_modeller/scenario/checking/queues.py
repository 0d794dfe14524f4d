"""Queues that share capacity: whether their orders can be compared."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.values import every_value
from pathway_modeller.scenario.words.sentences import element_name, listed, member_name

_ORDERS = {
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


def needs_to_start(pathway: Pathway, activity: str) -> dict[str, int]:
    """Returns the units that starting an activity needs, those of stays that begin with it included.

    A first contact on a caseload needs a place on it. Nothing is needed by an activity that there is not.
    """
    found = dict(pathway.activities[activity].needs) if activity in pathway.activities else {}
    caseload = pathway.activities[activity].caseload if activity in pathway.activities else None
    if caseload is not None:
        found[caseload.pool] = found.get(caseload.pool, 0) + 1
    for stay in pathway.stays.values():
        if stay.begins_with == activity:
            for pool, units in stay.needs.items():
                found[pool] = found.get(pool, 0) + units
    return found
