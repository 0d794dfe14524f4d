"""Which activities and pools patients can come to at all: worked out from the drawing, not from chance."""

from __future__ import annotations

from pathway_modeller.scenario.document import Pathway


def reachable(pathway: Pathway) -> frozenset[str]:
    """Returns the ids of the elements that patients can reach from an entry point or today's lists."""
    targets = _targets(pathway)
    found = set(pathway.entry_points) | set(pathway.today)
    open_ends = list(found)
    while open_ends:
        for target in targets.get(open_ends.pop(), ()):
            if target not in found:
                found.add(target)
                open_ends.append(target)
    return frozenset(found)


def used_pools(pathway: Pathway) -> frozenset[str]:
    """Returns the ids of the pools that a reachable activity, its caseload or its stays need."""
    activities = reachable(pathway) & set(pathway.activities)
    pools = {pool for name in activities for pool in pathway.activities[name].needs}
    caseloads = (pathway.activities[name].caseload for name in activities)
    pools |= {caseload.pool for caseload in caseloads if caseload is not None}
    pools |= {
        pool for stay in pathway.stays.values() if stay.begins_with in activities for pool in stay.needs
    }
    return frozenset(pools)


def _targets(pathway: Pathway) -> dict[str, set[str]]:
    """Returns where patients may go from each element."""
    targets: dict[str, set[str]] = {}
    for transition in pathway.transitions.values():
        targets.setdefault(transition.origin, set()).add(transition.target)
    for name, activity in pathway.activities.items():
        missed = activity.did_not_attend.others_go_to if activity.did_not_attend else None
        advised = activity.single_point.advice_to if activity.single_point else None
        harmed = {harm.goes_to for harm in activity.deterioration.values()}
        ways = {activity.overflow_to, activity.gives_up_to, missed, advised, *harmed}
        targets.setdefault(name, set()).update(way for way in ways if way is not None)
    return targets
