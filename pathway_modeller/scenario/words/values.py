"""Plain words for any value of a scenario: a number, a record with all that is in it, or many of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal, assert_never, get_args, get_origin

from pydantic.fields import FieldInfo

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, PoolCost
from pathway_modeller.scenario.dated import Change, PlainChange
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import (
    AttributeCondition,
    Booking,
    CalendarCondition,
    DidNotAttend,
    InProgressToday,
    QueueCondition,
    StayEnd,
    TimeCondition,
    VisitsCondition,
    WaitingToday,
)
from pathway_modeller.scenario.values import (
    WEEKDAYS,
    ByGroup,
    Duration,
    Money,
    Position,
    Rate,
    Record,
    Weekday,
)
from pathway_modeller.scenario.words.people import NAMED, missed_words
from pathway_modeller.scenario.words.sentences import (
    attribute_words,
    change_words,
    date_words,
    distribution_words,
    duration_words,
    element_name,
    group_name,
    group_words,
    listed,
    lower_first,
    member_name,
    money_words,
    number,
    payer_kind_words,
    percentage,
    plural,
    quoted,
    rate_words,
    setting_words,
    varied_words,
)

_MAP_OF: Mapping[str, str] = {
    "provider": "providers",
    "payer": "payers",
    "pool": "pools",
    "age_band": "age_bands",
    "need_tier": "need_tiers",
    "to_tier": "need_tiers",
}
"""The map whose members a field names."""


def timetable_words(timetable: Mapping[Weekday, tuple[OpenHours, ...]]) -> str:
    """Returns opening hours, days of the same hours together: ``Monday and Tuesday 09:00 to 17:00``."""
    days_of: dict[tuple[OpenHours, ...], list[str]] = {}
    for weekday in WEEKDAYS:
        if timetable.get(weekday):
            days_of.setdefault(timetable[weekday], []).append(weekday.capitalize())
    parts = [
        f"{listed(days)} {listed([_open_hours_words(each) for each in hours])}"
        for hours, days in days_of.items()
    ]
    return "; ".join(parts) if parts else "never open"


def field_words(pathway: Pathway, name: str, field: FieldInfo, value: Any, *, share: bool = False) -> str:
    """Returns the value of a field in plain words, with names for the ids that its field is known to hold."""
    if name in _MAP_OF and isinstance(value, str):
        return member_name(pathway, _MAP_OF[name], value)
    if isinstance(value, str) and get_origin(field.annotation) is Literal:
        return value
    if name == "setting" and isinstance(value, str):
        return setting_words(pathway, value)
    if name == "kind" and isinstance(value, str):
        return payer_kind_words(pathway, value)
    if name == "timetable" and isinstance(value, Mapping):
        return timetable_words(value)
    if name == "needs" and isinstance(value, Mapping):
        return listed(
            [f"{number(units)} of {member_name(pathway, 'pools', pool)}" for pool, units in value.items()]
        )
    if name == "tags" and isinstance(value, tuple):
        return listed([member_name(pathway, "tags", tag) for tag in value]) if value else "nothing"
    return value_words(pathway, value, share=share)


def value_words(pathway: Pathway, value: Any, *, share: bool = False) -> str:
    """Returns any value of a scenario in plain words.

    Args:
        pathway: where ids in the value get their names.
        value: a field's value: a number, a text, a record, a map or a list of them, or None.
        share: whether numbers are shares, to be given as percentages.
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return percentage(value) if share else number(value)
    if isinstance(value, str):
        return element_name(pathway, value) if value in pathway.drawn() else quoted(value)
    if isinstance(value, dt.date):
        return date_words(value)
    if isinstance(value, Mapping):
        pairs = [
            value_words(pathway, each, share=share)
            if isinstance(each, Record) and hasattr(each, "name")
            else f"{_key_words(pathway, key)}: {value_words(pathway, each, share=share)}"
            for key, each in value.items()
        ]
        return listed(pairs) if pairs else "nothing"
    if isinstance(value, tuple):
        return listed([value_words(pathway, each, share=share) for each in value]) if value else "nothing"
    return record_words(pathway, value, share=share)


def record_words(pathway: Pathway, record: Record, *, share: bool = False) -> str:
    """Returns a record within an element in plain words."""
    if isinstance(record, Change | PlainChange):
        before, after = (value_words(pathway, each, share=share) for each in (record.before, record.after))
        return change_words(record, before, after)
    if isinstance(record, ByGroup):
        return group_words(pathway, record, lambda each: value_words(pathway, each, share=share))
    simple = _SIMPLE.get(type(record))
    if simple is not None:
        return simple(record)
    named = _NAMED.get(type(record))
    if named is not None:
        return named(pathway, record)
    facts = [
        f"{lower_first(field.title or name)} {field_words(pathway, name, field, getattr(record, name))}"
        for name, field in type(record).model_fields.items()
        if not _is_tag(field)
        and getattr(record, name) != field.get_default(call_default_factory=True, validated_data={})
    ]
    return listed(facts) if facts else "as usual"


def _is_tag(field: FieldInfo) -> bool:
    """Tells whether a field only names the kind of its record."""
    return get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1


def _key_words(pathway: Pathway, key: str) -> str:
    """Returns the key of a map: the name of the pool, tier, move and so on that it is the id of."""
    for map_name in ("pools", "need_tiers", "footprints", "moves", "activities"):
        if key in getattr(pathway, map_name):
            return member_name(pathway, map_name, key)
    return quoted(key)


def _open_hours_words(hours: OpenHours) -> str:
    """Returns opening hours: ``09:00 to 17:00 with 2 units``."""
    units = "" if hours.units is None else f" with {plural(hours.units, 'unit')}"
    return f"{hours.opens} to {hours.closes}{units}"


def _booking_words(booking: Booking) -> str:
    """Returns a weekly booking: ``Monday 09:30 (4 patients)``."""
    return f"{booking.weekday.capitalize()} {booking.time} ({plural(booking.patients, 'patient')})"


def _capacity_step_words(pathway: Pathway, step: CapacityStep) -> str:
    """Returns a dated change of units."""
    where = "" if step.footprint is None else f" in {member_name(pathway, 'footprints', step.footprint)}"
    ramp = "" if step.ramp is None else f", reached over {duration_words(step.ramp)}"
    return f"{plural(step.units, 'unit')}{where} from {date_words(step.date)}{ramp}"


def _stay_end_words(pathway: Pathway, end: StayEnd) -> str:
    """Returns the moment at which a stay ends."""
    return f"the {end.when} of {element_name(pathway, end.element)}"


def _today_words(pathway: Pathway, today: WaitingToday | InProgressToday) -> str:
    """Returns patients who are there on the start date."""
    time: Distribution | None
    match today:
        case WaitingToday(waited=time):
            label = "already waited"
        case InProgressToday(remaining=time):
            label = "time remaining"
        case _:
            assert_never(today)
    facts = [plural(today.patients, "patient")]
    if today.need_tier is not None:
        facts.append(f"need tier {member_name(pathway, 'need_tiers', today.need_tier)}")
    if today.footprint is not None:
        facts.append(f"footprint {member_name(pathway, 'footprints', today.footprint)}")
    if time is not None:
        facts.append(f"{label} {distribution_words(time)}")
    return ", ".join(facts)


def _attendance_words(pathway: Pathway, missed: DidNotAttend) -> str:
    """Returns who does not attend, and what becomes of them."""
    share = varied_words(pathway, missed.share, share=True)
    again = varied_words(pathway, missed.rebook, share=True)
    others = (
        ""
        if missed.others_go_to is None
        else f", the others go to {element_name(pathway, missed.others_go_to)}"
    )
    late = "".join(f", {missed_words(pathway, each)}" for each in missed.by_wait)
    return f"{share} do not attend{late}, of whom {again} are booked again{others}"


def _attribute_condition(pathway: Pathway, condition: AttributeCondition) -> str:
    """Returns the condition on a patient attribute."""
    values = [group_name(pathway, condition.attribute, value) for value in condition.values]
    return f"when {attribute_words(pathway, condition.attribute)} is {listed(values, 'or')}"


def _calendar_condition(condition: CalendarCondition) -> str:
    """Returns the condition on the calendar."""
    days = listed([day.capitalize() for day in condition.weekdays], "or")
    return f"on {days} between {condition.opens} and {condition.closes}"


_SIMPLE: Mapping[type[Record], Callable[[Any], str]] = {
    Duration: duration_words,
    Rate: rate_words,
    Money: money_words,
    Distribution: distribution_words,
    OpenHours: _open_hours_words,
    Booking: _booking_words,
    CalendarCondition: _calendar_condition,
    TimeCondition: lambda when: f"when on the pathway for at least {duration_words(when.at_least)}",
    PoolCost: lambda cost: f"{money_words(cost.amount)} per {cost.per} and unit",
    Position: lambda position: f"{number(position.x)} across, {number(position.y)} down",
}

_NAMED: Mapping[type[Record], Callable[[Pathway, Any], str]] = {
    **NAMED,
    CapacityStep: _capacity_step_words,
    StayEnd: _stay_end_words,
    WaitingToday: _today_words,
    InProgressToday: _today_words,
    DidNotAttend: _attendance_words,
    AttributeCondition: _attribute_condition,
    QueueCondition: lambda pathway, when: (
        f"when at least {plural(when.at_least, 'patient')} wait for {element_name(pathway, when.activity)}"
    ),
    VisitsCondition: lambda pathway, when: (
        f"when {element_name(pathway, when.element)} was reached at least {plural(when.at_least, 'time')}"
    ),
}
