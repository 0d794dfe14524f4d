"""The words on the drawing: shares, conditions, what an activity needs."""

from __future__ import annotations

from pathway_modeller.scenario.dated import Change
from pathway_modeller.scenario.document import DRAWN_KINDS, DrawnElement, DrawnMap, Pathway
from pathway_modeller.scenario.elements import (
    Activity,
    AttributeCondition,
    CalendarCondition,
    Condition,
    QueueCondition,
    Transition,
    VisitsCondition,
)
from pathway_modeller.scenario.network.waiting import needs_to_start
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.scenario.words.sentences import attribute_words, element_name, percentage


def arrow_label(arrow: Transition, pathway: Pathway, beside: int, *, brief: bool = False) -> str:
    """Returns the words on an arrow: its condition, else its share if it is not the only way out.

    Args:
        arrow: the transition.
        pathway: what its ids mean.
        beside: how many other arrows leave the same element.
        brief: whether the words stand on the drawing, where a long name would be cut.
    """
    if isinstance(arrow.when, QueueCondition) and brief:
        return f"{arrow.when.at_least} or more wait"
    if arrow.when is not None:
        return condition_words(arrow.when, pathway)
    if isinstance(arrow.share, ByGroup):
        return f"by {attribute_words(pathway, arrow.share.by)}"
    if isinstance(arrow.share, Change):
        return change_brief(arrow.share, pathway)
    if arrow.share == 1 and beside == 0:
        return ""
    return percentage(arrow.share)


def change_brief(share: Change[float], pathway: Pathway) -> str:
    """Returns a share that changes at a date in a few words: ``0% → 50%``."""
    ends = (
        f"by {attribute_words(pathway, each.by)}" if isinstance(each, ByGroup) else percentage(each)
        for each in (share.before, share.after)
    )
    return " → ".join(ends)


def condition_words(condition: Condition, pathway: Pathway) -> str:
    """Returns a condition in a few words."""
    drawn = pathway.drawn()
    if isinstance(condition, AttributeCondition):
        return f"{attribute_words(pathway, condition.attribute)}: {_values(condition, pathway)}"
    if isinstance(condition, QueueCondition):
        element = drawn.get(condition.activity)
        return f"{condition.at_least} or more wait at {element.name if element else condition.activity}"
    if isinstance(condition, VisitsCondition):
        element = drawn.get(condition.element)
        return f"{condition.at_least}+ visits to {element.name if element else condition.element}"
    if isinstance(condition, CalendarCondition):
        days = ", ".join(day[:3].capitalize() for day in condition.weekdays)
        return f"{days} {condition.opens}–{condition.closes}"
    return f"after {condition.at_least.value:g} {condition.at_least.unit}"


def _values(condition: AttributeCondition, pathway: Pathway) -> str:
    """Returns the names of the values that an attribute may have."""
    if condition.attribute == "need_tier":
        names = {key: tier.name for key, tier in pathway.need_tiers.items()}
    elif condition.attribute == "footprint":
        names = {key: footprint.name for key, footprint in pathway.footprints.items()}
    else:
        attribute = pathway.attributes.get(condition.attribute)
        names = {key: value.name for key, value in attribute.values.items()} if attribute else {}
    return ", ".join(names.get(value, value) for value in condition.values)


def needs_words(key: str, element: DrawnElement, pathway: Pathway) -> str:
    """Returns an activity's second line: what it needs of each pool, with a stay that begins with it."""
    if not isinstance(element, Activity):
        return ""
    parts = []
    for pool, units in needs_to_start(pathway, key).items():
        name = pathway.pools[pool].name if pool in pathway.pools else pool
        parts.append(name if units == 1 else f"{units} × {name}")
    return " + ".join(parts) or "no capacity yet"


def spoken(key: str, kind: DrawnMap, element: DrawnElement, pathway: Pathway) -> str:
    """Returns an element in a sentence, for tooltips and for those who hear the screen read."""
    drawn = pathway.drawn()
    ways = [arrow for arrow in pathway.transitions.values() if arrow.origin == key]
    to = "; ".join(
        drawn[arrow.target].name
        + (f" ({label})" if (label := arrow_label(arrow, pathway, len(ways) - 1)) else "")
        for arrow in ways
        if arrow.target in drawn
    )
    needs = f" Needs: {words}." if (words := needs_words(key, element, pathway)) else ""
    leads = f" Leads to {to}." if to else ""
    note = f" {element.description}" if element.description else ""
    where = pathway.setting_name(element.setting)
    return f"{DRAWN_KINDS[kind].name} “{element.name}”, {where}.{needs}{leads}{note}"


def spoken_arrow(key: str, pathway: Pathway, beside: int) -> str:
    """Returns a transition in a sentence; ``beside`` counts the other arrows out of the same element."""
    arrow = pathway.transitions[key]
    label = arrow_label(arrow, pathway, beside)
    ends = f"Arrow from {element_name(pathway, arrow.origin)} to {element_name(pathway, arrow.target)}"
    return f"{ends}: {label}." if label else f"{ends}."
