"""Names that stand twice: found, and told apart where they stand beside each other."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pathway_modeller.scenario.document import DRAWN, Option, Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.values import Record

R = TypeVar("R", bound=Record)

_TOGETHER: tuple[tuple[str, ...], ...] = (
    DRAWN,
    ("pools",),
    ("stays",),
    ("need_tiers",),
    ("footprints",),
    ("age_bands",),
    ("payers",),
    ("payer_kinds",),
    ("providers",),
    ("standards",),
    ("demand_changes",),
    ("attributes",),
    ("moves",),
    ("preventions",),
    ("settings",),
    ("tags",),
)
"""Maps of a pathway whose names stand in one list or on one axis."""


def seen_as(name: str) -> str:
    """Returns what the eye sees of a name: without capitals, invisible marks, and ways to write a letter."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Cf").split())


def alike(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Returns, for each id whose name others have too, all ids that have it, in order."""
    seen = {key: seen_as(name) for key, name in names.items()}
    often = Counter(seen.values())
    return {
        key: tuple(other for other, each in seen.items() if each == name)
        for key, name in seen.items()
        if often[name] > 1
    }


def named_alike(pathway: Pathway) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yields map, id and all ids of the same name, of each member of a pathway that shares its name."""
    for maps in _TOGETHER:
        held = {key: (each, member) for each in maps for key, member in getattr(pathway, each).items()}
        names = {key: member.name for key, (_, member) in held.items() if hasattr(member, "name")}
        for key, others in alike(names).items():
            yield held[key][0], key, others


def told_apart(scenario: Scenario) -> Scenario:
    """Returns the scenario, each name that stands twice followed by its id; the same one if there is none."""
    options = {
        key: _option_apart(scenario, key, option, _apart(option.name, key, scenario.options))
        for key, option in scenario.options.items()
    }
    update: dict[str, Any] = {}
    baseline = _pathway_apart(scenario.baseline)
    if baseline is not scenario.baseline:
        update["baseline"] = baseline
    if any(options[key] is not scenario.options[key] for key in options):
        update["options"] = options
    outcomes = _members_apart(scenario.outcomes)
    if outcomes is not scenario.outcomes:
        update["outcomes"] = outcomes
    return scenario.model_copy(update=update) if update else scenario


def with_id(name: str, key: str) -> str:
    """Returns a name that others have too, with the id that tells it from them."""
    return f"{name} ({key})"


def _apart(name: str, key: str, options: Mapping[str, Option]) -> str:
    """Returns an option's name, with its id if another has the same."""
    return with_id(name, key) if key in alike({k: each.name for k, each in options.items()}) else name


def _pathway_apart(pathway: Pathway) -> Pathway:
    """Returns a pathway whose members can be told apart by name."""
    update: dict[str, dict[str, Any]] = {}
    for kind, key, _ in named_alike(pathway):
        members = update.setdefault(kind, dict(getattr(pathway, kind)))
        members[key] = members[key].model_copy(update={"name": with_id(members[key].name, key)})
    return pathway.model_copy(update=update) if update else pathway


def _members_apart(members: Mapping[str, R]) -> Mapping[str, R]:
    """Returns records by id that can be told apart by name."""
    names: dict[str, str] = {key: getattr(each, "name", key) for key, each in members.items()}
    twice = alike(names)
    if not twice:
        return members
    return {
        key: each.model_copy(update={"name": with_id(names[key], key)}) if key in twice else each
        for key, each in members.items()
    }


def _option_apart(scenario: Scenario, key: str, option: Option, name: str) -> Option:
    """Returns an option with a name of its own, and those that its patch gives told apart."""
    update: dict[str, Any] = {}
    if name != option.name:
        update["name"] = name
        update["short_name"] = ""
    shifts, displacements = _members_apart(option.shifts), _members_apart(option.displacements)
    activities = _members_apart(option.activity_shifts)
    if activities is not option.activity_shifts:
        update["activity_shifts"] = activities
    if shifts is not option.shifts:
        update["shifts"] = shifts
    if displacements is not option.displacements:
        update["displacements"] = displacements
    patch = _patch_apart(scenario, key, option.patch)
    if patch is not option.patch:
        update["patch"] = patch
    return option.model_copy(update=update) if update else option


def _patch_apart(scenario: Scenario, key: str, patch: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns a patch in which the names that it gives are told apart from others of its pathway."""
    if key == BASELINE or not any(isinstance(each, Mapping) for each in patch.values()):
        return patch
    made: dict[str, Any] | None = None
    for kind, member, _ in named_alike(apply_option(scenario, key)):
        given = patch.get(kind)
        own = given.get(member) if isinstance(given, Mapping) else None
        if isinstance(own, Mapping) and isinstance(own.get("name"), str):
            made = dict(patch) if made is None else made
            made[kind] = {**made[kind], member: {**own, "name": with_id(own["name"], member)}}
    return patch if made is None else made
