"""What an option changes, in sentences that a councillor can read.

Records are compared field by field along their description, and every field goes by its title; what only
moves a box on the drawing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from pathway_modeller.scenario.contracts import Contract
from pathway_modeller.scenario.document import DRAWN, Pathway, Scenario
from pathway_modeller.scenario.elements import (
    BookedArrivals,
    Caseload,
    Deterioration,
    DidNotAttend,
    Profile,
    RandomArrivals,
    SinglePoint,
    Today,
)
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.people import AttributeValue, PayerLine
from pathway_modeller.scenario.population import HeadCost, Move
from pathway_modeller.scenario.values import ByGroup, Position, Record
from pathway_modeller.scenario.words.people import (
    activity_shift_words,
    displacement_words,
    move_way,
    shift_words,
)
from pathway_modeller.scenario.words.sentences import (
    MAP_WORDS,
    attribute_words,
    date_words,
    element_name,
    group_name,
    lower_first,
    member_name,
    quoted,
    transition_words,
)
from pathway_modeller.scenario.words.structure import branches
from pathway_modeller.scenario.words.values import field_words, value_words

Kind = Literal["added", "removed", "changed"]

_TAKEN_APART = (
    RandomArrivals,
    BookedArrivals,
    DidNotAttend,
    Profile,
    Today,
    AttributeValue,
    Caseload,
    SinglePoint,
    Deterioration,
    HeadCost,
    Contract,
    PayerLine,
)
"""Records whose fields are compared one by one; any other is said as a whole."""

_UNSAID = frozenset({"name", "description", "position", "origin", "target"})
"""Fields that say nothing about something added beyond its name."""

_ENDS: Mapping[str, str] = {"origin": "now begins at", "target": "now leads to"}

_PER: Mapping[str, str] = {"per_person": " a year"}
"""What follows the value of a field that has its unit in its title."""

_KEYED_BY: Mapping[str, tuple[str, str]] = {
    "needs": ("pool", "pools"),
    "need_tiers": ("need tier", "need_tiers"),
    "people": ("need tier", "need_tiers"),
    "footprints": ("footprint", "footprints"),
    "units_by_footprint": ("footprint", "footprints"),
    "attributes": ("attribute", "attributes"),
    "sets": ("attribute", "attributes"),
    "slows": ("move", "moves"),
    "planned": ("activity", "activities"),
    "a_head": ("need tier", "need_tiers"),
}


@dataclass(frozen=True)
class Change:
    """One thing that differs between two pathways.

    Attributes:
        element: the id of the drawn element or arrow that it belongs to, or None.
        pool: the id of the capacity pool that it belongs to, or None.
        kind: whether the thing named is added, removed or changed.
        text: the change as a sentence without its full stop.
        map: the map in which the thing stands: one of the pathway's, such as ``"activities"``, the option's
            ``"shifts"``, ``"activity_shifts"`` or ``"displacements"``, or ``"options"`` for the option.
        key: its id in that map.
    """

    element: str | None
    pool: str | None
    kind: Kind
    text: str
    map: str
    key: str


def changes(baseline: Pathway, option: Pathway) -> tuple[Change, ...]:
    """Returns what differs from a baseline to an option, in the order of the pathway's maps and their ids."""
    found: list[Change] = []
    for map_name in Pathway.model_fields:
        before, after = getattr(baseline, map_name), getattr(option, map_name)
        if before is not after:
            for key in sorted({*before, *after}):
                found.extend(_of_member(baseline, option, map_name, key))
    return tuple(found)


def option_changes(scenario: Scenario, option: str) -> tuple[Change, ...]:
    """Returns everything that an option changes: the pathway, then shifts, and where contacts go.

    Raises:
        KeyError: the scenario has no such option.
    """
    held, pathway = scenario.options[option], apply_option(scenario, option)
    found = [*changes(scenario.baseline, pathway)]
    if held.begins is not None:
        words = f"It begins on {date_words(held.begins)}; until then all is as in the baseline"
        found.insert(0, Change(None, None, "changed", words, "options", option))
    for key, shift in sorted(held.shifts.items()):
        words = f"{MAP_WORDS['shifts']} {quoted(shift.name)} is added: {shift_words(pathway, shift)}"
        found.append(Change(None, shift.target or shift.origin, "added", words, "shifts", key))
    for key, moved in sorted(held.activity_shifts.items()):
        words = f"{MAP_WORDS['activity_shifts']} {quoted(moved.name)}: {activity_shift_words(pathway, moved)}"
        found.append(Change(moved.origin, None, "changed", words, "activity_shifts", key))
    for key, displacement in sorted(held.displacements.items()):
        facts = displacement_words(pathway, scenario.baseline, displacement)
        words = f"{MAP_WORDS['displacements']} {quoted(displacement.name)} is added: {facts}"
        found.append(Change(None, None, "added", words, "displacements", key))
    return tuple(found)


def _of_member(baseline: Pathway, option: Pathway, map_name: str, key: str) -> Iterator[Change]:
    """Yields the changes of one member of a map."""
    before, after = getattr(baseline, map_name).get(key), getattr(option, map_name).get(key)
    if before == after:
        return
    element, pool = _belongs_to(baseline if after is None else option, map_name, key)
    if before is None:
        text = f"{_name(option, map_name, key)} is added{_facts(option, after)}"
        yield Change(element, pool, "added", text, map_name, key)
    elif after is None:
        yield Change(element, pool, "removed", f"{_name(baseline, map_name, key)} is removed", map_name, key)
    else:
        name = _name(baseline, map_name, key)
        for text in _Comparison(baseline, option).of_records(before, after):
            yield Change(element, pool, "changed", f"{name}: {text}", map_name, key)


def _belongs_to(pathway: Pathway, map_name: str, key: str) -> tuple[str | None, str | None]:
    """Returns the drawn element and the pool to which a member of a map belongs."""
    if map_name == "pools":
        return None, key
    if map_name == "stays":
        return pathway.stays[key].begins_with, None
    drawn = (*DRAWN, "transitions", "today")
    return (key if map_name in drawn else None), None


def _name(pathway: Pathway, map_name: str, key: str) -> str:
    """Returns a member of a map by kind and name."""
    if map_name == "transitions":
        return transition_words(pathway, key)
    if map_name == "today":
        return f"Today at {element_name(pathway, key)}"
    return f"{MAP_WORDS[map_name]} {member_name(pathway, map_name, key)}"


def _facts(pathway: Pathway, member: Record) -> str:
    """Returns the figures of something added, after a colon; empty if there are none worth saying."""
    facts = [move_way(pathway, member)] if isinstance(member, Move) else []
    for name, field in type(member).model_fields.items():
        value = getattr(member, name)
        default = field.get_default(call_default_factory=True, validated_data={})
        if name in _UNSAID or value == default:
            continue
        words = field_words(pathway, name, field, value, share=_is_share(field))
        title = _title(field, name)
        if isinstance(value, bool | DidNotAttend):
            words = title if value is True else words
        elif name != "when":
            words = f"{title} {words}"
        facts.append(words + _PER.get(name, ""))
    return f": {'; '.join(facts)}" if facts else ""


def _title(field: FieldInfo, name: str) -> str:
    """Returns the title of a field as it stands in the middle of a sentence; its unit follows the value."""
    return lower_first(field.title or name).removesuffix(_PER.get(name, ""))


def _is_share(field: FieldInfo) -> bool:
    """Tells whether a field holds shares or relative changes, which are said as percentages."""
    limits = [*field.metadata, *_limits(field.annotation)]
    return (Ge(ge=0) in limits and Le(le=1) in limits) or Ge(ge=-1) in limits


def _limits(annotation: Any) -> list[Any]:
    """Returns the limits on the numbers of an annotation, in maps and in values by group as well."""
    found: list[Any] = []
    members = branches(annotation)
    if "plain" in members:
        plain = [each for each in get_args(annotation) if get_origin(each) is Annotated]
        return [limit for each in plain for limit in _limits(each)]
    if get_origin(annotation) is Annotated:
        for item in get_args(annotation)[1:]:
            found.extend(item.metadata if isinstance(item, FieldInfo) else [item])
        found.extend(_limits(get_args(annotation)[0]))
    else:
        for argument in get_args(annotation):
            found.extend(_limits(argument))
    return found


class _Comparison:
    """Compares records of two pathways, each of which gives the names of its own ids."""

    def __init__(self, before: Pathway, after: Pathway) -> None:
        self._before, self._after = before, after

    def of_records(self, before: Record, after: Record, prefix: str = "") -> Iterator[str]:
        """Yields a clause for each field in which two records of one kind differ."""
        for name, field in type(before).model_fields.items():
            old, new = getattr(before, name), getattr(after, name)
            if old == new or isinstance(old, Position):
                continue
            if name in _ENDS and isinstance(before, Move):
                there, was = self._tier(self._after, new), self._tier(self._before, old)
                yield f"{_ENDS[name]} {there} instead of {was}"
                continue
            for text in self._of_values(f"{prefix}{_title(field, name)}", name, field, old, new):
                yield text if "taken out" in text else text + _PER.get(name, "")

    def _tier(self, pathway: Pathway, tier: str | None) -> str:
        """Returns a need tier by name; outside the population, if it is none."""
        return "outside" if tier is None else member_name(pathway, "need_tiers", tier)

    def _of_values(self, title: str, name: str, field: FieldInfo, old: Any, new: Any) -> Iterator[str]:
        """Yields a clause for each part in which two values of a field differ."""
        share = _is_share(field)
        if name in _ENDS:
            there, before = element_name(self._after, new), element_name(self._before, old)
            yield f"{_ENDS[name]} {there} instead of {before}"
        elif isinstance(old, Record) and type(old) is type(new) and isinstance(old, _TAKEN_APART):
            yield from self.of_records(old, new, f"{title}, ")
        elif isinstance(old, ByGroup) and isinstance(new, ByGroup) and old.by == new.by:
            yield from self._of_groups(title, old, new, share)
        elif name in ("name", "description", "give_up_cause"):
            yield f"{title} changed from {quoted(old)} to {quoted(new)}"
        elif name != "timetable" and isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self._of_maps(title, name, old, new, share)
        else:
            first = field_words(self._before, name, field, old, share=share)
            second = field_words(self._after, name, field, new, share=share)
            yield f"{title} {_from_to(old, new, first, second)}"

    def _of_groups(self, title: str, old: ByGroup[Any], new: ByGroup[Any], share: bool) -> Iterator[str]:
        """Yields a clause for each group whose value differs."""
        by = attribute_words(self._after, old.by)
        for group in sorted({*old.values, *new.values}):
            first, second = old.values.get(group, old.otherwise), new.values.get(group, new.otherwise)
            if first != second:
                name = group_name(self._after, old.by, group)
                yield f"{title} for {by} {name} {self._from_to(first, second, share)}"
        if old.otherwise != new.otherwise:
            yield f"{title} for every other {by} {self._from_to(old.otherwise, new.otherwise, share)}"

    def _of_maps(
        self, title: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any], share: bool
    ) -> Iterator[str]:
        """Yields a clause for each key whose value differs."""
        for key in sorted({*old, *new}):
            first, second = old.get(key), new.get(key)
            if first == second:
                continue
            of = self._key(name, key, self._before if second is None else self._after)
            if isinstance(first or second, Deterioration | HeadCost | Contract | PayerLine):
                if first is not None and second is not None:
                    yield from self.of_records(first, second, f"{title} {quoted(first.name)}, ")
                else:
                    yield f"{title} {self._from_to(first, second, share)}"
                continue
            if isinstance(first, AttributeValue | None) and isinstance(second, AttributeValue | None):
                old_name, new_name = (each.name if each is not None else None for each in (first, second))
                first, second = old_name, new_name
            yield f"{title} of {of} {self._from_to(first, second, share)}"

    def _key(self, name: str, key: str, pathway: Pathway) -> str:
        """Returns the key of a map by kind and name: ``pool "Consultant"``."""
        if name in _KEYED_BY:
            kind, map_name = _KEYED_BY[name]
            return f"{kind} {member_name(pathway, map_name, key)}"
        return quoted(key)

    def _from_to(self, old: Any, new: Any, share: bool) -> str:
        """Returns the change of a value: from what to what, or what is added or taken out."""
        first = value_words(self._before, old, share=share)
        return _from_to(old, new, first, value_words(self._after, new, share=share))


def _from_to(old: Any, new: Any, first: str, second: str) -> str:
    """Returns the change of a value that is given in words too; nothing before means that it is added."""
    if old is None or old in ((), {}, ""):
        return f"added: {second}"
    if new is None or new in ((), {}, ""):
        return f"taken out (it was {first})"
    return f"changed from {first} to {second}"
