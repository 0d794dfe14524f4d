"""Which ways patients can take, how long they take, and whether conditions cover everybody."""

from __future__ import annotations

from pathway_modeller.scenario.dated import Dated, every_value
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import AttributeCondition, Transition
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.network.graph import Way, arrow_ways, pathway_graph, reached


def can_be_taken(way: Way) -> bool:
    """Tells whether any patient could take a way; of a field it is taken for granted."""
    return way.kind != "arrow" or way.share is None or any(share > 0 for share in every_value(way.share))


def taken_through_decisions(pathway: Pathway, start: str) -> list[Way]:
    """Returns the arrows that patients take out of an element, and on through what is passed at once."""
    passed = pathway.passed_at_once()
    taken = [
        way
        for way in arrow_ways(pathway)
        if can_be_taken(way) and (way.origin == start or way.origin in passed)
    ]
    come_to = reached(pathway_graph(pathway, taken), [start])
    return [way for way in taken if way.origin in come_to]


def takes_no_time(time: Dated[Distribution] | None) -> bool:
    """Tells whether a time is, for some group, always nothing; a time not given is nothing."""
    if time is None:
        return True
    for each in every_value(time):
        try:
            if mean_days(each) <= 0:
                return True
        except (ValueError, OverflowError):
            continue
    return False


def always_holds(pathway: Pathway, arrows: list[Transition]) -> bool:
    """Tells whether some condition holds for every patient: together they cover an attribute."""
    covered: dict[str, set[str]] = {}
    for arrow in arrows:
        if isinstance(arrow.when, AttributeCondition):
            covered.setdefault(arrow.when.attribute, set()).update(arrow.when.values)
    for attribute, values in covered.items():
        groups = groups_of(pathway, attribute)
        if groups and values >= set(groups):
            return True
    return False


def groups_of(pathway: Pathway, attribute: str) -> tuple[str, ...] | None:
    """Returns the groups of a patient attribute, or None if there is no such attribute."""
    if attribute == "need_tier":
        return tuple(pathway.need_tiers)
    if attribute == "footprint":
        return tuple(pathway.footprints)
    declared = pathway.attributes.get(attribute)
    return None if declared is None else tuple(declared.values)


def is_instant(pathway: Pathway, way: Way) -> bool:
    """Tells whether a way takes no time: as drawn, or to a single point of contact's own team."""
    origin = pathway.activities.get(way.origin)
    point = origin.single_point if origin is not None else None
    return takes_no_time(way.time) or (point is not None and way.target in point.team)
