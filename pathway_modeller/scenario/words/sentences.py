"""Plain words for the values of a scenario: times, rates, money, distributions, conditions, elements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, PoolCost
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

MAP_WORDS: Mapping[str, str] = {
    "entry_points": "Entry point",
    "activities": "Activity",
    "waits": "Wait",
    "decisions": "Decision",
    "exit_points": "Exit point",
    "transitions": "Arrow",
    "pools": "Capacity pool",
    "stays": "Stay",
    "today": "Today",
    "attributes": "Patient attribute",
    "need_tiers": "Need tier",
    "age_bands": "Age band",
    "footprints": "Footprint",
    "moves": "Move",
    "preventions": "Prevention",
    "payers": "Payer",
    "providers": "Provider",
    "standards": "Waiting-time standard",
    "options": "Option",
    "assumptions": "Assumption",
    "outcomes": "Outcome",
    "shifts": "Investment shift",
    "displacements": "Displacement",
}
"""What a member of each map is called."""

_KINDS: Mapping[str, str] = {"beta_pert": "beta-PERT", "weibull": "Weibull", "erlang": "Erlang"}
_FIGURES: Mapping[str, str] = {
    "mean": "mean",
    "sd": "standard deviation",
    "median": "median",
    "p90": "90th percentile",
    "p95": "95th percentile",
    "low": "lowest",
    "likely": "most likely",
    "high": "highest",
    "value": "always",
}


_MAP_OF: Mapping[str, str] = {
    "provider": "providers",
    "payer": "payers",
    "pool": "pools",
    "age_band": "age_bands",
    "need_tier": "need_tiers",
    "to_tier": "need_tiers",
}
"""The map whose members a field names."""


def quoted(text: object) -> str:
    """Returns a name in double quotation marks."""
    return f'"{text}"'


def lower_first(text: str) -> str:
    """Returns text that goes on in the middle of a sentence; abbreviations such as NHS stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def number(value: float) -> str:
    """Returns a number with at most six significant figures and thousands separators."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    text = f"{value:,.6g}"
    return text if "e" not in text else f"{value:.6g}"


def percentage(share: float) -> str:
    """Returns a share as a percentage."""
    return f"{number(round(share * 100, 6))}%"


def plural(count: float, singular: str, several: str = "") -> str:
    """Returns a count with its noun: ``1 unit``, ``3 units``."""
    return f"{number(count)} {singular if count == 1 else several or singular + 's'}"


def listed(texts: Sequence[str], last: str = "and") -> str:
    """Returns texts as a list in a sentence: ``a, b and c``."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def date_words(date: dt.date) -> str:
    """Returns a date as ``1 April 2026``."""
    return f"{date.day} {date:%B %Y}"


def duration_words(duration: Duration) -> str:
    """Returns a length of time: ``20 minutes``, ``1 week``."""
    return f"{number(duration.value)} {_unit(duration.value, duration.unit)}"


def rate_words(rate: Rate) -> str:
    """Returns a rate: ``12 per week``."""
    return f"{number(rate.value)} {rate.unit}"


def money_words(money: Money) -> str:
    """Returns an amount with its price year: ``£120 (2024/25 prices)``."""
    pence = "" if money.value == int(money.value) else ".2f"
    amount = f"{money.value:,{pence}}" if pence else f"{int(money.value):,}"
    return f"£{amount} ({money.price_year} prices)"


def distribution_words(distribution: Distribution) -> str:
    """Returns a distribution as it was entered: ``lognormal, median 18 and 90th percentile 34 minutes``."""
    unit = distribution.unit
    if distribution.kind == "fixed" and distribution.value is not None:
        return f"always {number(distribution.value)} {_unit(distribution.value, unit)}"
    kind = _KINDS.get(distribution.kind, distribution.kind)
    if distribution.values is not None:
        return f"{plural(len(distribution.values), 'recorded time')} in {unit}"
    figures = [
        f"{_FIGURES[name]} {number(getattr(distribution, name))}"
        for name in distribution.way
        if name in _FIGURES
    ]
    stages = f", in {plural(distribution.shape, 'stage')}" if distribution.shape is not None else ""
    return f"{kind}, {listed(figures)} {unit}{stages}"


def _unit(value: float, unit: str) -> str:
    """Returns a unit of time in the singular where the value is 1."""
    return unit.removesuffix("s") if value == 1 else unit


def element_words(pathway: Pathway, identifier: str) -> str:
    """Returns a drawn element by kind and name: ``Activity "Clinic"``; its id in quotes if there is none."""
    try:
        map_name = pathway.map_of(identifier)
    except KeyError:
        return quoted(identifier)
    return f"{MAP_WORDS[map_name]} {quoted(getattr(pathway, map_name)[identifier].name)}"


def element_name(pathway: Pathway, identifier: str) -> str:
    """Returns the name of a drawn element in quotes, or its id if there is none."""
    element = pathway.drawn().get(identifier)
    return quoted(element.name if element is not None else identifier)


def transition_words(pathway: Pathway, identifier: str) -> str:
    """Returns an arrow by its ends: ``Arrow "Clinic" → "Home"``."""
    arrow = pathway.transitions[identifier]
    return f"Arrow {element_name(pathway, arrow.origin)} → {element_name(pathway, arrow.target)}"


def member_name(pathway: Pathway, map_name: str, identifier: str) -> str:
    """Returns the name of a member of a map (pools, need_tiers, ...) in quotes, or its id."""
    member = getattr(pathway, map_name).get(identifier)
    return quoted(getattr(member, "name", identifier))


def attribute_words(pathway: Pathway, attribute: str) -> str:
    """Returns what groups patients: ``need tier``, ``footprint``, or a declared attribute's name."""
    if attribute in ("need_tier", "footprint"):
        return attribute.replace("_", " ")
    return lower_first(member_name(pathway, "attributes", attribute).strip('"'))


def group_name(pathway: Pathway, attribute: str, value: str) -> str:
    """Returns a group's name in quotes: the tier, the footprint, or the value of a declared attribute."""
    if attribute == "need_tier":
        return member_name(pathway, "need_tiers", value)
    if attribute == "footprint":
        return member_name(pathway, "footprints", value)
    declared = pathway.attributes.get(attribute)
    found = declared.values.get(value) if declared is not None else None
    return quoted(found.name if found is not None else value)


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
    if name == "timetable" and isinstance(value, Mapping):
        return timetable_words(value)
    if name == "needs" and isinstance(value, Mapping):
        return listed(
            [f"{number(units)} of {member_name(pathway, 'pools', pool)}" for pool, units in value.items()]
        )
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
    if isinstance(record, ByGroup):
        return _group_words(pathway, record, share=share)
    simple = _SIMPLE.get(type(record))
    if simple is not None:
        return simple(record)
    # Imported late, since the words for people and money are built from those of this module.
    from pathway_modeller.scenario.words.people import NAMED

    named = _NAMED.get(type(record)) or NAMED.get(type(record))
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


def _group_words(pathway: Pathway, varied: ByGroup[Any], *, share: bool) -> str:
    """Returns a value that differs by group: ``by need tier ("High": 2, otherwise 1)``."""
    pairs = [
        f"{group_name(pathway, varied.by, key)}: {value_words(pathway, each, share=share)}"
        for key, each in varied.values.items()
    ]
    pairs.append(f"otherwise {value_words(pathway, varied.otherwise, share=share)}")
    return f"by {attribute_words(pathway, varied.by)} ({'; '.join(pairs)})"


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
    time = today.waited if isinstance(today, WaitingToday) else today.remaining
    label = "already waited" if isinstance(today, WaitingToday) else "time remaining"
    facts = [plural(today.patients, "patient")]
    if today.need_tier is not None:
        facts.append(f"need tier {member_name(pathway, 'need_tiers', today.need_tier)}")
    if today.footprint is not None:
        facts.append(f"footprint {member_name(pathway, 'footprints', today.footprint)}")
    if time is not None:
        facts.append(f"{label} {distribution_words(time)}")
    return ", ".join(facts)


def _missed_words(pathway: Pathway, missed: DidNotAttend) -> str:
    """Returns who does not attend, and what becomes of them."""
    share = value_words(pathway, missed.share, share=True)
    again = value_words(pathway, missed.rebook, share=True)
    others = (
        ""
        if missed.others_go_to is None
        else f", the others go to {element_name(pathway, missed.others_go_to)}"
    )
    late = "".join(f", {value_words(pathway, each)}" for each in missed.by_wait)
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
    CapacityStep: _capacity_step_words,
    StayEnd: _stay_end_words,
    WaitingToday: _today_words,
    InProgressToday: _today_words,
    DidNotAttend: _missed_words,
    AttributeCondition: _attribute_condition,
    QueueCondition: lambda pathway, when: (
        f"when at least {plural(when.at_least, 'patient')} wait for {element_name(pathway, when.activity)}"
    ),
    VisitsCondition: lambda pathway, when: (
        f"when {element_name(pathway, when.element)} was reached at least {plural(when.at_least, 'time')}"
    ),
}


def typeset(text: str) -> str:
    """Returns a sentence with the quotation marks of print, which the window and charts have."""
    return re.sub(r'"([^"]*)"', r"“\1”", text)
