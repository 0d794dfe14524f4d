"""What patients wait for at an activity, and what ends a wait that does not come to an end by itself."""

from __future__ import annotations

from pathway_modeller.scenario.capacity import Quality
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity, Deterioration
from pathway_modeller.scenario.network.graph import reachable


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


def qualities(pathway: Pathway, activity: str) -> dict[str, Quality]:
    """Returns the quality of each pool that starting an activity needs and that has one, by pool."""
    pools = {pool: pathway.pools.get(pool) for pool in needs_to_start(pathway, activity)}
    return {key: pool.quality for key, pool in pools.items() if pool is not None and pool.quality is not None}


def used_pools(pathway: Pathway) -> frozenset[str]:
    """Returns the ids of the pools that an activity needs to which patients can come."""
    return frozenset(pool for each in reachable(pathway) for pool in needs_to_start(pathway, each))


def sheds(activity: Activity) -> bool:
    """Tells whether an activity's queue cannot grow for ever: it has room, patience, or harm that ends it."""
    return activity.room is not None or activity.patience is not None or bool(harms(activity))


def harms(activity: Activity) -> dict[str, Deterioration]:
    """Returns the kinds of deterioration that take a patient out of the queue of an activity for good."""
    return {
        key: harm
        for key, harm in activity.deterioration.items()
        if harm.during == "queue" and (harm.kind != "need" or harm.goes_to is not None)
    }
