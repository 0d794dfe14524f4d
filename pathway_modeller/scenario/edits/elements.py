"""Edits of the drawn elements: add, rename, move, remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pathway_modeller.scenario.document import DRAWN, DRAWN_KINDS, DrawnElement, DrawnMap, Pathway
from pathway_modeller.scenario.edits.ids import cleaned_name, drawn_ids, fresh_id, untaken_name
from pathway_modeller.scenario.edits.references import without_elements
from pathway_modeller.scenario.edits.transitions import rebalanced
from pathway_modeller.scenario.values import Position, Setting


def fresh_name(pathway: Pathway, kind: DrawnMap) -> str:
    """Returns a name that no element has yet: "Activity", then "Activity 2"."""
    return untaken_name(DRAWN_KINDS[kind].name, {element.name for element in pathway.drawn().values()})


def add_element(
    pathway: Pathway,
    kind: DrawnMap,
    *,
    name: str | None = None,
    setting: Setting = "hospital",
    position: Position | None = None,
) -> tuple[Pathway, str]:
    """Adds an element without any figures, so that the problems list says what to fill in.

    Returns:
        The pathway and the new element's id.

    Raises:
        ValueError: the name is empty.
    """
    called = fresh_name(pathway, kind) if name is None else cleaned_name(name)
    element_id = fresh_id(called, drawn_ids(pathway))
    element = DRAWN_KINDS[kind].record(name=called, setting=setting, position=position or Position(x=0, y=0))
    return _with_members(pathway, {element_id: element}, kind), element_id


def rename_element(pathway: Pathway, element_id: str, name: str) -> Pathway:
    """Gives an element another name; its id stays.

    Raises:
        KeyError: no drawn element has this id.
        ValueError: the name is empty.
    """
    kind = pathway.map_of(element_id)
    element: DrawnElement = getattr(pathway, kind)[element_id]
    if element.name == cleaned_name(name):
        return pathway
    return _with_members(pathway, {element_id: element.model_copy(update={"name": cleaned_name(name)})}, kind)


def place_elements(pathway: Pathway, places: Mapping[str, tuple[Setting, Position]]) -> Pathway:
    """Moves elements to a setting's lane and a position in it; those already there stay the same objects.

    Raises:
        KeyError: no drawn element has one of the ids.
    """
    for element_id, (setting, position) in places.items():
        kind = pathway.map_of(element_id)
        element: DrawnElement = getattr(pathway, kind)[element_id]
        if (element.setting, element.position) != (setting, position):
            moved = element.model_copy(update={"setting": setting, "position": position})
            pathway = _with_members(pathway, {element_id: moved}, kind)
    return pathway


def remove_elements(pathway: Pathway, ids: Iterable[str]) -> Pathway:
    """Removes elements and transitions by id, with every arrow and every reference that led to them.

    The shares of the arrows that remain beside a removed one are put right again. Ids that the pathway
    does not have are passed over.
    """
    gone = set(ids)
    elements = gone & set(pathway.drawn())
    arrows = {
        key: arrow
        for key, arrow in pathway.transitions.items()
        if key in gone or arrow.origin in elements or arrow.target in elements
    }
    if not elements and not arrows:
        return pathway
    left = {key: arrow for key, arrow in pathway.transitions.items() if key not in arrows}
    update: dict[str, Any] = {"transitions": left}
    for kind in DRAWN:
        members = getattr(pathway, kind)
        if elements & set(members):
            update[kind] = {key: value for key, value in members.items() if key not in elements}
    before = pathway
    pathway = without_elements(pathway.model_copy(update=update), elements)
    for origin in sorted({arrow.origin for arrow in arrows.values()} - elements):
        pathway = rebalanced(before, pathway, origin)
    return pathway


def _with_members(pathway: Pathway, members: Mapping[str, DrawnElement], kind: DrawnMap) -> Pathway:
    """Returns the pathway with these members of a drawn map added or replaced."""
    return pathway.model_copy(update={kind: {**getattr(pathway, kind), **members}})
