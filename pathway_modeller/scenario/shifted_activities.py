"""Shifts of activity as a pathway can play them: a decision before the activity that contacts leave.

All ways into the activity lead to the decision instead: arrows, and the fields that send patients there
(overflow, giving up, missed slots, deterioration, advice). Out of it go, in this order, those of footprints
to which the other activity is not open and those not eligible (conditions), and then by share the uptake to
the other activity and the rest to the activity left. Whether a patient is eligible is an attribute, given at
entry. What comes straight from the other activity leads where it did, so that nobody is sent back and forth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.dated import Change, every_value
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import (
    Activity,
    AttributeCondition,
    Decision,
    EntryPoint,
    Transition,
)
from pathway_modeller.scenario.people import AttributeValue, PatientAttribute
from pathway_modeller.scenario.values import ByGroup, Varied

YES, NO = "yes", "no"
"""The values of the attribute that says whether a patient is eligible."""

_LONGEST = 50
"""Characters of an id, so that what is added to it still makes an id."""


class CannotMove(Exception):  # noqa: N818 - the name says what happened
    """A shift of activity names what is not there; the message is one sentence."""


def moves_somebody(shift: ActivityShift) -> bool:
    """Tells whether a shift moves anybody: some are eligible, and some of their visits are taken up."""
    return all(max(every_value(share)) > 0 for share in (shift.eligible, shift.uptake))


def decision_of(pathway: Pathway, key: str) -> str:
    """Returns the id of the decision that stands for a shift, and of its attribute; nothing else has it."""
    taken = {*pathway.drawn(), *pathway.attributes}
    found = f"shift-{key[:_LONGEST]}"
    while found in taken or any(arrow in pathway.transitions for arrow in _arrow_ids(found)):
        found = f"{found}-"
    return found


def with_activity_shifts(
    pathway: Pathway, shifts: Mapping[str, ActivityShift], begins: dt.date | None = None
) -> Pathway:
    """Returns a pathway in which shifts of activity are played; the very same one if nobody is moved.

    Of several from one activity each patient is asked by one after the other, in order of their ids.

    Args:
        pathway: the pathway of an option.
        shifts: the option's, by id.
        begins: the day on which the option begins, if it is not there from the start.

    Raises:
        CannotMove: a shift names what is not there.
    """
    moving = {key: shift for key, shift in sorted(shifts.items()) if moves_somebody(shift)}
    for shift in moving.values():
        _ask_for_its_ends(pathway, shift)
    for origin in dict.fromkeys(shift.origin for shift in moving.values()):
        several = {key: shift for key, shift in moving.items() if shift.origin == origin}
        pathway = _moved(pathway, origin, several, begins)
    return pathway


def _ask_for_its_ends(pathway: Pathway, shift: ActivityShift) -> None:
    """Raises CannotMove for a shift that lacks one of its ends, or has but one."""
    for end in (shift.origin, shift.target):
        if end not in pathway.activities:
            raise CannotMove(f'Shift of activity "{shift.name}" names an activity that is not there: {end}.')
    if shift.origin == shift.target:
        raise CannotMove(f'Shift of activity "{shift.name}" moves contacts to where they are.')


def _moved(
    pathway: Pathway, origin: str, shifts: Mapping[str, ActivityShift], begins: dt.date | None
) -> Pathway:
    """Returns a pathway in which some contacts of one activity move."""
    ids = {key: decision_of(pathway, key) for key in shifts}
    first, *others = ids.values()
    been_there = {shift.target for shift in shifts.values()}
    pathway = _led_to(pathway, origin, first, been_there)
    follows = dict(zip(ids.values(), (*others, origin), strict=True))
    for key, shift in shifts.items():
        pathway = _with_decision(pathway, ids[key], follows[ids[key]], shift, begins)
    return pathway


def _led_to(pathway: Pathway, origin: str, decision: str, been_there: Collection[str]) -> Pathway:
    """Returns a pathway in which all ways into an activity lead to a decision, but those of some elements."""
    arrows = dict(pathway.transitions)
    for key, arrow in pathway.transitions.items():
        if arrow.target == origin and arrow.origin not in been_there:
            arrows[key] = arrow.model_copy(update={"target": decision, **_at_once(pathway, arrow)})
    activities = {
        key: each if key in been_there else _sending(each, origin, decision)
        for key, each in pathway.activities.items()
    }
    return pathway.model_copy(update={"transitions": arrows, "activities": activities})


def _at_once(pathway: Pathway, arrow: Transition) -> dict[str, object]:
    """Returns what makes an arrow take no time, if it is one from a single point of contact to its team."""
    left = pathway.activities.get(arrow.origin)
    own = left is not None and left.single_point is not None and arrow.target in left.single_point.team
    return {"time": None} if own else {}


def _sending(activity: Activity, origin: str, decision: str) -> Activity:
    """Returns an activity whose fields send patients to a decision in place of another activity."""
    update: dict[str, Any] = {
        name: decision for name in ("overflow_to", "gives_up_to") if getattr(activity, name) == origin
    }
    missed, point = activity.did_not_attend, activity.single_point
    if missed is not None and missed.others_go_to == origin:
        update["did_not_attend"] = missed.model_copy(update={"others_go_to": decision})
    if point is not None and point.advice_to == origin:
        update["single_point"] = point.model_copy(update={"advice_to": decision})
    if any(harm.goes_to == origin for harm in activity.deterioration.values()):
        update["deterioration"] = {
            key: harm.model_copy(update={"goes_to": decision}) if harm.goes_to == origin else harm
            for key, harm in activity.deterioration.items()
        }
    return activity.model_copy(update=update) if update else activity


def _arrow_ids(decision: str) -> tuple[str, str, str, str]:
    """Returns the ids of the arrows out of a decision: closed, not eligible, moved, stays."""
    return f"{decision}-a", f"{decision}-b", f"{decision}-c", f"{decision}-d"


def _with_decision(
    pathway: Pathway, decision: str, follows: str, shift: ActivityShift, begins: dt.date | None
) -> Pathway:
    """Returns a pathway with the decision of one shift, its arrows and its attribute."""
    left = pathway.activities[shift.origin]
    closed, unfit, moved, stays = _arrow_ids(decision)
    arrows: dict[str, Transition] = {}
    shut = [key for key in pathway.footprints if key not in shift.footprints] if shift.footprints else []
    if shut:
        arrows[closed] = _passing(decision, follows, "footprint", shut, 0)
    update: dict[str, object] = {}
    if min(every_value(shift.eligible)) < 1:
        arrows[unfit] = _passing(decision, follows, decision, (NO,), 1)
        update |= _drawn_at_entry(pathway, decision, shift)
    uptake, rest = _phased(shift, begins)
    arrows[moved] = Transition(origin=decision, target=shift.target, share=uptake)
    arrows[stays] = Transition(origin=decision, target=follows, share=rest)
    stands = Decision(name=shift.name, setting=left.setting, position=left.position)
    update["decisions"] = {**pathway.decisions, decision: stands}
    update["transitions"] = {**pathway.transitions, **arrows}
    return pathway.model_copy(update=update)


def _passing(decision: str, follows: str, attribute: str, values: Iterable[str], order: int) -> Transition:
    """Returns the arrow by which those of some groups pass a decision by."""
    when = AttributeCondition(kind="attribute", attribute=attribute, values=tuple(values))
    return Transition(origin=decision, target=follows, when=when, order=order)


def _phased(shift: ActivityShift, begins: dt.date | None) -> tuple[Any, Any]:
    """Returns the share that moves and the one that stays, as they change at the date, if there is one."""
    share = shift.uptake
    if shift.phased_in is None and begins is None:
        return share, _less(share)
    phased = shift.phased_in
    starts = max(day for day in (begins, phased.starts if phased is not None else None) if day is not None)
    ramp = phased.ramp if phased is not None else None
    return (
        Change[float](before=0.0, after=share, starts=starts, ramp=ramp),
        Change[float](before=1.0, after=_less(share), starts=starts, ramp=ramp),
    )


def _less(share: Varied[float]) -> Varied[float]:
    """Returns what a share leaves of 1."""
    if not isinstance(share, ByGroup):
        return 1.0 - share
    values = {group: 1.0 - each for group, each in share.values.items()}
    return ByGroup[float](by=share.by, values=values, otherwise=1.0 - share.otherwise)


def _drawn_at_entry(pathway: Pathway, attribute: str, shift: ActivityShift) -> dict[str, object]:
    """Returns the attribute that says who is eligible, and the entry points that draw it."""
    named = {NO: AttributeValue(name="No"), YES: AttributeValue(name="Yes")}
    declared = PatientAttribute(name=shift.name, values=named, default=NO)
    shares = _yes_and_no(shift.eligible)
    entries: dict[str, EntryPoint] = {
        key: each.model_copy(update={"attributes": {**each.attributes, attribute: shares}})
        for key, each in pathway.entry_points.items()
    }
    return {"attributes": {**pathway.attributes, attribute: declared}, "entry_points": entries}


def _yes_and_no(share: Varied[float]) -> Varied[Mapping[str, float]]:
    """Returns a share as the shares of the two values of an attribute."""
    if not isinstance(share, ByGroup):
        return {YES: share, NO: 1.0 - share}
    values = {group: {YES: each, NO: 1.0 - each} for group, each in share.values.items()}
    otherwise = {YES: share.otherwise, NO: 1.0 - share.otherwise}
    return ByGroup[Mapping[str, float]](by=share.by, values=values, otherwise=otherwise)
