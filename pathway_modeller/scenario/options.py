"""Options as JSON Merge Patches (RFC 7396): applying one, and working one out from what was drawn."""

from __future__ import annotations

import json
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
    patch = scenario.options[option_id].patch
    if not patch:
        return scenario.baseline
    patched = json_merge_patch.merge(to_document(scenario.baseline), json.loads(json.dumps(patch)))
    return from_document(patched)


def patch_between(baseline: Pathway, drawn: Pathway) -> dict[str, Any]:
    """Returns the merge patch that turns the baseline into what was drawn."""
    patch: dict[str, Any] = json_merge_patch.create_patch(to_document(baseline), to_document(drawn))
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
