"""Options as JSON Merge Patches (RFC 7396): applying one, and working one out from what was drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import json_merge_patch

from pathway_modeller.scenario.document import Option, Pathway, Scenario

BASELINE = "baseline"
"""The name by which the baseline goes wherever an option id is expected."""


def to_document(pathway: Pathway) -> dict[str, Any]:
    """Returns a pathway as the JSON document that the file holds; fields at their default are left out."""
    document: dict[str, Any] = json.loads(pathway.model_dump_json(by_alias=True, exclude_defaults=True))
    return document


def from_document(document: dict[str, Any]) -> Pathway:
    """Returns the pathway that a JSON document describes.

    Raises:
        pydantic.ValidationError: the document is not a pathway.
    """
    return Pathway.model_validate_json(json.dumps(document), strict=True)


def apply_option(scenario: Scenario, option_id: str) -> Pathway:
    """Returns the pathway as it would be under an option; ``baseline`` is the pathway as it is.

    Raises:
        KeyError: the scenario has no such option.
        pydantic.ValidationError: the patch does not fit the baseline.
    """
    if option_id == BASELINE:
        return scenario.baseline
    return patched(scenario.baseline, scenario.options[option_id].patch)


def patched(baseline: Pathway, patch: Mapping[str, Any]) -> Pathway:
    """Returns a pathway with a merge patch applied; records that it does not touch are the very same ones.

    Raises:
        pydantic.ValidationError: the patch does not fit the baseline.
    """
    if not patch:
        return baseline
    given: dict[str, Any] = json.loads(json.dumps(patch))
    if not all(kind in Pathway.model_fields and _is_map(members) for kind, members in given.items()):
        return from_document(json_merge_patch.merge(to_document(baseline), given))
    touched = {
        kind: {key: each for key, each in getattr(baseline, kind).items() if key in (members or ())}
        for kind, members in given.items()
    }
    before = to_document(Pathway.model_construct(None, **touched))
    fresh = from_document(json_merge_patch.merge(before, given))
    maps = {}
    for kind, members in given.items():
        kept = {} if members is None else getattr(baseline, kind)
        made = getattr(fresh, kind)
        same = {key: each for key, each in kept.items() if key not in members or key in made}
        maps[kind] = {**same, **made}
    return baseline.model_copy(update=maps)


def _is_map(members: object) -> bool:
    """Tells whether a part of a patch says something about the members of a map, or takes all out."""
    return members is None or isinstance(members, dict)


def patch_between(baseline: Pathway, drawn: Pathway) -> dict[str, Any]:
    """Returns the merge patch that turns the baseline into what was drawn.

    Only records that are not the very same ones are looked into.
    """
    before: dict[str, dict[str, Any]] = {}
    after: dict[str, dict[str, Any]] = {}
    patch: dict[str, Any] = {}
    for kind in Pathway.model_fields:
        old, new = getattr(baseline, kind), getattr(drawn, kind)
        if old and not new:
            patch[kind] = None
        elif old is not new:
            before[kind] = {key: each for key, each in old.items() if new.get(key) is not each}
            after[kind] = {key: each for key, each in new.items() if old.get(key) is not each}
    was, now = (to_document(Pathway.model_construct(None, **each)) for each in (before, after))
    for kind in after:
        if changed := json_merge_patch.create_patch(was.get(kind, {}), now.get(kind, {})):
            patch[kind] = changed
    return patch


def with_variant(scenario: Scenario, variant: str, pathway: Pathway) -> Scenario:
    """Returns the scenario in which a variant (``baseline`` or an option id) is this pathway.

    A change of the baseline reaches every option, since options hold only what differs.
    """
    if variant == BASELINE:
        return scenario.model_copy(update={"baseline": pathway})
    option: Option = scenario.options[variant]
    changed = option.model_copy(update={"patch": patch_between(scenario.baseline, pathway)})
    return scenario.model_copy(update={"options": {**scenario.options, variant: changed}})
