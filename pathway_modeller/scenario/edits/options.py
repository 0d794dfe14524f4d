"""Edits of the whole scenario: a new one, its options, and baseline edits that reach every option."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

import json_merge_patch
from pydantic import ValidationError

from pathway_modeller.scenario.document import FORMAT, Option, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.edits.decided import without_lost, without_places
from pathway_modeller.scenario.edits.ids import cleaned_name, fresh_id
from pathway_modeller.scenario.edits.records import RECORD_TYPES
from pathway_modeller.scenario.edits.references import Gone, without, without_elements
from pathway_modeller.scenario.edits.values import sentence_of
from pathway_modeller.scenario.options import (
    BASELINE,
    apply_option,
    from_document,
    patch_between,
    patched,
    to_document,
    with_variant,
)
from pathway_modeller.scenario.values import Duration, Record, make_readable


def new_scenario(today: dt.date) -> Scenario:
    """Returns an empty scenario that would run for a year from the next first of April."""
    april = dt.date(today.year, 4, 1)
    start = april if april >= today else dt.date(today.year + 1, 4, 1)
    run = RunSettings(start_date=start, duration=Duration(value=1, unit="years"))
    return Scenario(format=FORMAT, name="Untitled scenario", baseline=Pathway(), run=run)


def with_pathway(scenario: Scenario, variant: str, pathway: Pathway) -> Scenario:
    """Returns the scenario after an edit of one variant's pathway.

    An edit of the baseline reaches every option. Where an option had changed the very record that the edit
    removes, the option's change goes with it; where an option's figures no longer fit the edited record, the
    option keeps what it had. Assumptions lose the places that are no longer in the file.

    Raises:
        KeyError: there is no such option.
    """
    before = scenario.baseline if variant == BASELINE else apply_option(scenario, variant)
    if variant == BASELINE:
        options = {
            key: _rebased(scenario, key, option, pathway) if option.patch else option
            for key, option in scenario.options.items()
        }
        changed = scenario.model_copy(update={"baseline": pathway, "options": options})
    else:
        changed = with_variant(scenario, variant, pathway)
    changed = _without_lost_places(changed, variant, before, pathway)
    return without_lost(scenario, changed) if any(_removed(before, pathway)) else changed


def _rebased(scenario: Scenario, key: str, option: Option, baseline: Pathway) -> Option:
    """Returns an option that fits the edited baseline."""
    patch: dict[str, Any] = json.loads(json.dumps(option.patch))
    _forget_removed(patch, scenario.baseline, baseline)
    try:
        drawn = patched(baseline, patch)
    except ValidationError as error:
        document = json_merge_patch.merge(to_document(baseline), json.loads(json.dumps(patch)))
        _keep_what_it_had(document, to_document(apply_option(scenario, key)), error)
        drawn = from_document(document)
    gone = set(scenario.baseline.drawn()) - set(baseline.drawn()) - set(drawn.drawn())
    if gone:
        drawn = _without_loose_arrows(without_elements(drawn, gone))
    for kind in RECORD_TYPES:
        lost = (
            set(getattr(scenario.baseline, kind)) - set(getattr(baseline, kind)) - set(getattr(drawn, kind))
        )
        drawn = without(drawn, Gone(kind, frozenset(lost)))
    fitted = patch_between(baseline, drawn)
    return option if fitted == option.patch else option.model_copy(update={"patch": fitted})


def _forget_removed(patch: dict[str, Any], before: Pathway, after: Pathway) -> None:
    """Takes out of a patch what it says about records that the baseline has just lost."""
    for kind, members in list(patch.items()):
        if isinstance(members, dict):
            for lost in set(getattr(before, kind, {})) - set(getattr(after, kind, {})):
                members.pop(lost, None)


def _keep_what_it_had(document: dict[str, Any], had: dict[str, Any], error: ValidationError) -> None:
    """Puts back, for each record at fault, the option's record as it was before the edit."""
    for fault in error.errors(include_url=False):
        kind, member = (str(step) for step in fault["loc"][:2])
        if member in had.get(kind, {}):
            document[kind][member] = had[kind][member]
        else:
            document[kind].pop(member, None)


def _without_loose_arrows(pathway: Pathway) -> Pathway:
    """Takes out arrows one of whose ends is not there."""
    drawn = pathway.drawn()
    arrows = {
        key: arrow
        for key, arrow in pathway.transitions.items()
        if arrow.origin in drawn and arrow.target in drawn
    }
    return pathway.model_copy(update={"transitions": arrows})


def _without_lost_places(scenario: Scenario, variant: str, before: Pathway, after: Pathway) -> Scenario:
    """Takes the places of removed records out of the assumptions; one left without a place goes too."""
    root = "/baseline" if variant == BASELINE else f"/options/{variant}/patch"
    lost = tuple(f"{root}/{kind}/{key}" for kind, key in _removed(before, after))
    return without_places(scenario, lost)


def _removed(before: Pathway, after: Pathway) -> Iterable[tuple[str, str]]:
    """Yields the map and id of every record that an edit removed."""
    for kind in Pathway.model_fields:
        for key in set(getattr(before, kind)) - set(getattr(after, kind)):
            yield kind, key


def add_option(scenario: Scenario, name: str = "Option", copy_of: str = BASELINE) -> tuple[Scenario, str]:
    """Adds an option: as the baseline is, or a copy of another option.

    Returns:
        The scenario and the new option's id.

    Raises:
        KeyError: there is no such option to copy.
        ValueError: the name is empty.
    """
    names = {option.name for option in scenario.options.values()}
    called, number = cleaned_name(name), 1
    while called in names:
        number += 1
        called = f"{cleaned_name(name)} {number}"
    option_id = fresh_id(called, {*scenario.options, BASELINE})
    made = Option(name=called)
    if copy_of != BASELINE:
        own = {"name": called, "short_name": "", "description": ""}
        made = scenario.options[copy_of].model_copy(update=own)
    options = {**scenario.options, option_id: made}
    return scenario.model_copy(update={"options": options}), option_id


def rename_option(scenario: Scenario, option_id: str, name: str) -> Scenario:
    """Gives an option another name; its id stays, and its short name, which is of the old one, goes.

    Raises:
        KeyError: there is no such option.
        ValueError: the name is empty.
    """
    option = scenario.options[option_id]
    if option.name == cleaned_name(name):
        return scenario
    renamed = option.model_copy(update={"name": cleaned_name(name), "short_name": ""})
    return scenario.model_copy(update={"options": {**scenario.options, option_id: renamed}})


def remove_option(scenario: Scenario, option_id: str) -> Scenario:
    """Removes an option, and the places of assumptions that were inside it.

    Raises:
        KeyError: there is no such option.
    """
    changed = without_places(scenario, (f"/options/{option_id}",))
    left = {key: option for key, option in scenario.options.items() if key != option_id}
    if option_id not in scenario.options:
        raise KeyError(option_id)
    return without_lost(scenario, changed.model_copy(update={"options": left}))


def set_scenario_value(scenario: Scenario, field: str, document: Any) -> Scenario:
    """Sets one of the scenario's own fields (name, question, note, settings) from plain JSON data.

    Raises:
        ValueError: it does not fit; the message is a sentence for the user.
    """
    whole: dict[str, Any] = {"format": FORMAT, "name": scenario.name, "baseline": {}}
    whole["run"] = _own_document(scenario.run)
    inside = field in ("run", "money", "matters")
    whole[field] = {**_own_document(getattr(scenario, field)), **document} if inside else document
    try:
        checked = Scenario.model_validate_json(json.dumps(make_readable(whole)))
    except ValidationError as error:
        raise ValueError(sentence_of(error, Scenario)) from None
    value = getattr(checked, field)
    return scenario if value == getattr(scenario, field) else scenario.model_copy(update={field: value})


def _own_document(record: Record) -> dict[str, Any]:
    """Returns settings of the scenario as plain JSON data."""
    document: dict[str, Any] = json.loads(record.model_dump_json(exclude_defaults=True))
    return document
