"""Edits of what belongs to options and to the scenario: shifts, displacements, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.ids import cleaned_name, fresh_id, untaken_name
from pathway_modeller.scenario.edits.references import Gone, without_in
from pathway_modeller.scenario.edits.values import validated
from pathway_modeller.scenario.money import Displacement, Outcome, Shift
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.reach import NotVaried, Reach
from pathway_modeller.scenario.values import Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS

DecidedMap = Literal["shifts", "activity_shifts", "displacements", "outcomes"]

DECIDED_TYPES: Mapping[DecidedMap, type[Record]] = {
    "shifts": Shift,
    "activity_shifts": ActivityShift,
    "displacements": Displacement,
    "outcomes": Outcome,
}
"""The record that each of these maps holds; shifts and displacements are an option's."""


def add_decided(
    scenario: Scenario,
    kind: DecidedMap,
    name: str = "",
    fields: Mapping[str, Any] | None = None,
    option: str = BASELINE,
) -> tuple[Scenario, str]:
    """Adds a shift or displacement to an option, or an outcome to the scenario.

    Args:
        scenario: the scenario to edit.
        kind: the map it belongs to.
        name: what people call it; left empty, "Investment shift", "Investment shift 2" and so on.
        fields: further fields as plain JSON values; all that have no default are needed.
        option: the option, for shifts and displacements.

    Returns:
        The scenario and the new record's id.

    Raises:
        KeyError: there is no such option.
        ValueError: a field does not fit; the message is a sentence for the user.
    """
    members = decided(scenario, kind, option)
    names = {member.name for member in members.values()}
    called = cleaned_name(name) if name else untaken_name(MAP_WORDS[kind], names)
    key = fresh_id(called, members)
    record = validated(DECIDED_TYPES[kind], {"name": called, **(fields or {})})
    return with_decided(scenario, kind, {**members, key: record}, option), key


def remove_decided(scenario: Scenario, kind: DecidedMap, key: str, option: str = BASELINE) -> Scenario:
    """Removes a shift, a displacement or an outcome, with the places of assumptions inside it.

    Raises:
        KeyError: there is no such option or record.
    """
    members = decided(scenario, kind, option)
    if key not in members:
        raise KeyError(key)
    return with_decided(scenario, kind, {each: members[each] for each in members if each != key}, option)


def rename_decided(
    scenario: Scenario, kind: DecidedMap, key: str, name: str, option: str = BASELINE
) -> Scenario:
    """Gives a shift, a displacement or an outcome another name; its id stays.

    Raises:
        KeyError: there is no such option or record.
        ValueError: the name is empty.
    """
    members = decided(scenario, kind, option)
    renamed = members[key].model_copy(update={"name": cleaned_name(name)})
    if renamed == members[key]:
        return scenario
    return with_decided(scenario, kind, {**members, key: renamed}, option)


def decided(scenario: Scenario, kind: DecidedMap, option: str = BASELINE) -> Mapping[str, Any]:
    """Returns an option's shifts or displacements, or the scenario's outcomes.

    Raises:
        KeyError: there is no such option.
    """
    holder = scenario if kind == "outcomes" else scenario.options[option]
    members: Mapping[str, Any] = getattr(holder, kind)
    return members


def with_decided(
    scenario: Scenario, kind: DecidedMap, members: Mapping[str, Record], option: str = BASELINE
) -> Scenario:
    """Returns the scenario with other shifts, displacements or outcomes; lost ones leave the assumptions."""
    root = f"/{kind}" if kind == "outcomes" else f"/options/{option}/{kind}"
    lost = tuple(f"{root}/{key}" for key in decided(scenario, kind, option) if key not in members)
    if kind == "outcomes":
        changed = scenario.model_copy(update={kind: dict(members)})
    else:
        held = scenario.options[option].model_copy(update={kind: dict(members)})
        changed = scenario.model_copy(update={"options": {**scenario.options, option: held}})
    return without_places(changed, lost)


def without_lost(before: Scenario, after: Scenario) -> Scenario:
    """Takes out of shifts, displacements and outcomes what an edit of the pathways has removed.

    A displacement stays while the activity that it takes from is in the baseline or in the option, since an
    option may close an activity and say where its contacts go. An outcome stays while any pathway has what it
    is about.

    Args:
        before: the scenario before the edit.
        after: the scenario after it.
    """
    for option, held in after.options.items():
        holds = held.shifts or held.activity_shifts or held.displacements or held.tags
        if option in before.options and holds:
            was, now = apply_option(before, option), apply_option(after, option)
            shifts: dict[str, Any] = dict(held.shifts)
            for kind in ("pools", "payers"):
                shifts = without_in(shifts, _gone(kind, was, now))
            after = _if_other(after, "shifts", shifts, option)
            after = _if_other(after, "activity_shifts", _shifts_left(held.activity_shifts, was, now), option)
            either = Gone("elements", _lost(was, now) - after.baseline.activities.keys())
            after = _if_other(after, "displacements", without_in(held.displacements, either), option)
            after = _without_found_at(after, option, _lost(was, now))
            tagged = without_in({option: after.options[option]}, _gone("tags", was, now))
            after = after.model_copy(update={"options": {**after.options, **tagged}})
    return _outcomes(before, after)


def _shifts_left(
    shifts: Mapping[str, ActivityShift], was: Pathway, now: Pathway
) -> Mapping[str, ActivityShift]:
    """Returns the shifts of activity whose ends are still there, without groups that are gone."""
    left = without_in(shifts, Gone("elements", _lost(was, now)))
    for kind in ("need_tiers", "footprints", "attributes"):
        left = without_in(left, _gone(kind, was, now))
    return left


def _without_found_at(scenario: Scenario, option: str, lost: frozenset[str]) -> Scenario:
    """Takes activities that an option has lost out of where its displaced contacts are found."""
    left = {
        key: each.model_copy(update={"to": {at: how for at, how in each.to.items() if at not in lost}})
        if lost & each.to.keys()
        else each
        for key, each in scenario.options[option].displacements.items()
    }
    return _if_other(scenario, "displacements", left, option)


def _outcomes(before: Scenario, after: Scenario) -> Scenario:
    """Takes out outcomes of what no pathway has any more."""
    if not after.outcomes:
        return after
    outcomes: dict[str, Any] = dict(after.outcomes)
    was = [apply_option(before, key) for key in (BASELINE, *before.options)]
    now = [apply_option(after, key) for key in (BASELINE, *after.options)]
    for kind in ("pools", "standards", "need_tiers"):
        had = frozenset(key for each in was for key in getattr(each, kind))
        outcomes = without_in(
            outcomes, Gone(kind, had - {key for each in now for key in getattr(each, kind)})
        )
    drawn = frozenset(key for each in was for key in each.drawn())
    gone = Gone("elements", drawn - {key for each in now for key in each.drawn()})
    return _if_other(after, "outcomes", without_in(outcomes, gone), BASELINE)


def _gone(kind: str, was: Pathway, now: Pathway) -> Gone:
    """Returns what one map of a pathway has lost."""
    return Gone(kind, frozenset(getattr(was, kind)) - frozenset(getattr(now, kind)))


def _lost(was: Pathway, now: Pathway) -> frozenset[str]:
    """Returns the activities that a pathway has lost."""
    return frozenset(was.activities) - frozenset(now.activities)


def _if_other(scenario: Scenario, kind: DecidedMap, members: Mapping[str, Any], option: str) -> Scenario:
    """Returns the scenario with other members; the same object if they are the same."""
    if members == decided(scenario, kind, option):
        return scenario
    return with_decided(scenario, kind, members, option)


def without_places(scenario: Scenario, lost: tuple[str, ...]) -> Scenario:
    """Takes places inside what is lost out of the assumptions; one left without a place goes too.

    Args:
        scenario: the scenario.
        lost: JSON pointers of what is no longer in the file.
    """
    if not lost or not scenario.assumptions:
        return scenario
    kept = {}
    for key, assumption in scenario.assumptions.items():
        places = _left(assumption.places, lost)
        reach = _reach_left(assumption.reach, lost)
        if places == assumption.places and reach is assumption.reach:
            kept[key] = assumption
        elif places:
            kept[key] = assumption.model_copy(update={"places": places, "reach": reach})
    return scenario.model_copy(update={"assumptions": kept})


def _left(places: tuple[str, ...], lost: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the places that are not inside what is lost."""
    return tuple(place for place in places if not _under(place, lost))


def _reach_left(reach: Reach | None, lost: tuple[str, ...]) -> Reach | None:
    """Returns how a range reaches its figures, without lost places; nothing if it had only these."""
    if reach is None or isinstance(reach, NotVaried):
        return reach
    places = _left(reach.places, lost)
    if places == reach.places:
        return reach
    return reach.model_copy(update={"places": places}) if places else None


def _under(place: str, roots: tuple[str, ...]) -> bool:
    """Tells whether a JSON pointer is one of these places or inside one."""
    return any(place == root or place.startswith(f"{root}/") for root in roots)
