"""Which assumption stands behind a figure, and how one is written down or changed."""

from __future__ import annotations

from pathway_modeller.gui.document import Document
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import fresh_id
from pathway_modeller.scenario.options import BASELINE, to_document
from pathway_modeller.scenario.people import Assumption


def assumption_at(scenario: Scenario, places: tuple[str, ...]) -> str | None:
    """Returns the id of the assumption that speaks of a figure, the nearest place first.

    An assumption speaks of a figure if it names its place, a part of it, or what it is a part of.
    """
    for place in places:
        for key, assumption in scenario.assumptions.items():
            if any(_touch(place, named) for named in assumption.places):
                return key
    return None


def _touch(one: str, other: str) -> bool:
    """Tells whether one place is the other or inside it."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def place_for(document: Document, places: tuple[str, ...]) -> str:
    """Returns the place that a new assumption should name: in the option if that changes it."""
    first = places[0]
    if document.variant == BASELINE or not first.startswith("/options/"):
        return first
    patch: object = to_document(document.pathway)
    base: object = to_document(document.baseline)
    for step in places[-1].split("/")[2:]:
        patch = patch.get(step) if isinstance(patch, dict) else None
        base = base.get(step) if isinstance(base, dict) else None
    return first if patch != base else places[-1]


def keep_assumption(document: Document, key: str | None, assumption: Assumption) -> None:
    """Writes an assumption into the scenario, a new one under a fresh id, as one step to undo."""

    def change(scenario: Scenario) -> Scenario:
        name = key or fresh_id(assumption.name, scenario.assumptions)
        if scenario.assumptions.get(name) == assumption:
            return scenario
        return scenario.model_copy(update={"assumptions": {**scenario.assumptions, name: assumption}})

    document.edit_scenario(f"give the source of {assumption.name}", change)


def forget_assumption(document: Document, key: str) -> None:
    """Removes an assumption, as one step to undo."""

    def change(scenario: Scenario) -> Scenario:
        left = {name: value for name, value in scenario.assumptions.items() if name != key}
        return scenario.model_copy(update={"assumptions": left})

    document.edit_scenario("delete assumption", change)
