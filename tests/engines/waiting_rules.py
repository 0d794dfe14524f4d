"""What the drawing says of those who wait, for the independent check of a trace."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TypeVar

from pathway_modeller.scenario.dated import Change, Dated
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity, Deterioration, During, Transition
from pathway_modeller.scenario.values import DAYS_PER, ByGroup
from pathway_modeller.simulation.trace import Event

V = TypeVar("V")
Group = Mapping[str, str | None]
"""A patient's need tier and footprint, as far as rows tell of them."""

QUEUE_ENDS = (Event.START, Event.START_MISSED, Event.GAVE_UP, Event.TURNED_AWAY, Event.DETERIORATED)
"""Events with which someone leaves a queue."""

LEFT = (
    Event.EXIT,
    Event.LEFT_GAVE_UP,
    Event.LEFT_NOT_ATTENDED,
    Event.LEFT_TURNED_AWAY,
    Event.LEFT_DETERIORATED,
    Event.DIED,
    Event.LEFT_ADVISED,
    Event.LEFT_HARMED,
)
"""Events with which someone leaves the pathway."""

CLOSE = 1e-6
"""Days by which a wait must differ from a limit for it to be certain on which side it lies."""


def of_group(value: V | ByGroup[V], group: Group) -> V | None:
    """Returns a value for someone of a group, None where it hangs on what rows do not tell."""
    if not isinstance(value, ByGroup):
        return value
    if value.by not in group:
        return None
    return value.values.get(group[value.by] or "", value.otherwise)


def days_of(time: Distribution | ByGroup[Distribution] | None, group: Group) -> float | None:
    """Returns a time that never differs, in days; None where it does or is not known."""
    plain = None if time is None else of_group(time, group)
    if plain is None or plain.kind != "fixed":
        return None
    return (plain.value or 0.0) * DAYS_PER[plain.unit]


def days_on(day: dt.date, time: Dated[Distribution] | None) -> float | None:
    """Returns a time that begins on a day and never differs, in days; None where it does or is not known."""
    if not isinstance(time, Change):
        return days_of(time, {})
    before, after = days_of(time.before, {}), days_of(time.after, {})
    if day < time.starts:
        return before
    passed, over = (day - time.starts).days + 1, math.ceil(time.ramp.days) if time.ramp is not None else 1
    if passed >= over:
        return after
    return None if before is None or after is None else before + (after - before) * passed / over


def dangers(activity: Activity, tier: str | None, during: During = "queue") -> list[Deterioration]:
    """Returns what may happen to someone of a need tier who waits for an activity, or is in care there."""
    return [
        what
        for what in activity.deterioration.values()
        if what.during == during and not (what.kind == "need" and what.to_tier == tier)
    ]


def must_attend_or_not(activity: Activity, waited: float, group: Group) -> bool | None:
    """Returns whether someone who waited so long certainly misses a slot (or certainly not); else None."""
    missed = activity.did_not_attend
    if missed is None:
        return None
    share = missed.share
    for step in sorted(missed.by_wait, key=lambda each: each.waited.days):
        if abs(step.waited.days - waited) < CLOSE and waited != step.waited.days:
            return None
        if waited >= step.waited.days:
            share = step.share
    plain = of_group(share, group)
    return {0.0: False, 1.0: True}.get(plain) if plain is not None else None


def takes_no_time(pathway: Pathway, arrow: Transition) -> bool:
    """Returns whether a move along an arrow takes no time."""
    origin = pathway.activities.get(arrow.origin)
    own_team = origin is not None and origin.single_point is not None
    return arrow.time is None or (own_team and arrow.target in origin.single_point.team)
