"""The ways that lead out of elements: drawn arrows, and the fields that send patients elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity, AttributeCondition, Deterioration, Transition
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.values import ByGroup, every_value
from pathway_modeller.scenario.words.structure import Step


@dataclass(frozen=True)
class Jump:
    """A field of an activity that sends some of its patients to another element."""

    kind: str
    origin: str
    target: str
    steps: tuple[Step, ...]


def arrows_out(pathway: Pathway) -> dict[str, list[tuple[str, Transition]]]:
    """Returns the arrows out of each element, by id; in the order in which conditions are tried."""
    found: dict[str, list[tuple[str, Transition]]] = {}
    for identifier, arrow in sorted(pathway.transitions.items(), key=lambda item: (item[1].order, item[0])):
        found.setdefault(arrow.origin, []).append((identifier, arrow))
    return found


def jumps(pathway: Pathway) -> Iterator[Jump]:
    """Yields every way out of an activity that is a field and not a drawn arrow."""
    for identifier, activity in pathway.activities.items():
        here: tuple[Step, ...] = ("activities", identifier)
        if activity.overflow_to is not None:
            yield Jump("overflow", identifier, activity.overflow_to, (*here, "overflow_to"))
        if activity.gives_up_to is not None:
            yield Jump("gives up", identifier, activity.gives_up_to, (*here, "gives_up_to"))
        missed = activity.did_not_attend
        if missed is not None and missed.others_go_to is not None:
            steps = (*here, "did_not_attend", "others_go_to")
            yield Jump("did not attend", identifier, missed.others_go_to, steps)
        for key, harm in activity.deterioration.items():
            if harm.goes_to is not None:
                steps = (*here, "deterioration", key, "goes_to")
                yield Jump("deterioration", identifier, harm.goes_to, steps)
        point = activity.single_point
        if point is not None and point.advice_to is not None:
            yield Jump("advice", identifier, point.advice_to, (*here, "single_point", "advice_to"))


def can_be_taken(arrow: Transition) -> bool:
    """Tells whether any patient could take an arrow."""
    return arrow.when is not None or any(share > 0 for share in every_value(arrow.share))


def takes_no_time(time: Distribution | ByGroup[Distribution] | None) -> bool:
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


def is_instant(pathway: Pathway, arrow: Transition) -> bool:
    """Tells whether an arrow takes no time: as drawn, or to a single point of contact's own team."""
    origin = pathway.activities.get(arrow.origin)
    point = origin.single_point if origin is not None else None
    return takes_no_time(arrow.time) or (point is not None and arrow.target in point.team)


def sheds(activity: Activity) -> bool:
    """Tells whether an activity's queue cannot grow for ever: it has room, patience, or harm that ends it."""
    return activity.room is not None or activity.patience is not None or bool(harms(activity))


def harms(activity: Activity) -> dict[str, Deterioration]:
    """Returns the kinds of deterioration that take a patient out of the queue of an activity for good."""
    return {
        key: harm
        for key, harm in activity.deterioration.items()
        if harm.kind != "need" or harm.goes_to is not None
    }
