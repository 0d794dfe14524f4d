"""Copy and paste: a part of a pathway as a small JSON text."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, assert_never

from pydantic import ValidationError

from pathway_modeller.scenario.document import DRAWN, DrawnElement, Pathway
from pathway_modeller.scenario.edits.ids import drawn_ids, fresh_id
from pathway_modeller.scenario.edits.lanes import moved_to
from pathway_modeller.scenario.edits.references import without_elements
from pathway_modeller.scenario.elements import Activity, Decision, EntryPoint, ExitPoint, Transition, Wait
from pathway_modeller.scenario.options import from_document, to_document
from pathway_modeller.scenario.population import NeedChange
from pathway_modeller.scenario.values import COMMUNITY, Position

FRAGMENT = "pathway-modeller-fragment"
"""The key by which a copied text is known."""


def copy_fragment(pathway: Pathway, ids: Collection[str]) -> str:
    """Returns elements, and the arrows between them, as text for the clipboard; empty if there are none."""
    chosen = set(ids) & set(pathway.drawn())
    if not chosen:
        return ""
    kept: dict[str, Any] = {
        kind: {key: value for key, value in getattr(pathway, kind).items() if key in chosen} for kind in DRAWN
    }
    kept["transitions"] = {
        key: arrow
        for key, arrow in pathway.transitions.items()
        if arrow.origin in chosen and arrow.target in chosen
    }
    fragment = without_elements(Pathway(**kept), set(pathway.drawn()) - chosen)
    return json.dumps({FRAGMENT: to_document(fragment)}, sort_keys=True, ensure_ascii=False)


def is_fragment(text: str) -> bool:
    """Tells whether a text looks like something copied from a drawing."""
    return text.lstrip().startswith(f'{{"{FRAGMENT}"')


def paste_fragment(
    pathway: Pathway, text: str, offset: tuple[float, float] = (0.0, 0.0)
) -> tuple[Pathway, tuple[str, ...]]:
    """Adds copied elements under fresh ids and, where the name is taken, fresh names.

    What they need that this pathway lacks (a pool, a payer) is left out.

    Args:
        pathway: the pathway to paste into.
        text: what :func:`copy_fragment` gave.
        offset: how far to move them, in canvas points across and down.

    Returns:
        The pathway and the ids of the new elements.

    Raises:
        ValueError: the text is not a copied part of a pathway.
    """
    fragment = _read(text)
    new_ids = _fresh_ids(pathway, fragment)
    names = {element.name for element in pathway.drawn().values()}
    update: dict[str, Any] = {}
    for kind in DRAWN:
        members: Mapping[str, DrawnElement] = getattr(fragment, kind)
        if members:
            fresh = {
                new_ids[key]: _pasted(element, pathway, new_ids, names, offset)
                for key, element in members.items()
            }
            update[kind] = {**getattr(pathway, kind), **fresh}
    if fragment.transitions:
        update["transitions"] = {**pathway.transitions, **_arrows(pathway, fragment, new_ids)}
    return pathway.model_copy(update=update), tuple(new_ids.values())


def _read(text: str) -> Pathway:
    """Returns the part of a pathway that a text holds.

    Raises:
        ValueError: it holds none.
    """
    try:
        return from_document(json.loads(text)[FRAGMENT])
    except (ValidationError, ValueError, KeyError, TypeError):
        raise ValueError("What was copied is not part of a pathway; copy elements on the drawing.") from None


def _fresh_ids(pathway: Pathway, fragment: Pathway) -> dict[str, str]:
    """Returns a new id for each pasted element."""
    taken = drawn_ids(pathway)
    new_ids: dict[str, str] = {}
    for key, element in fragment.drawn().items():
        new_ids[key] = fresh_id(element.name, taken)
        taken.add(new_ids[key])
    return new_ids


def _pasted(
    element: DrawnElement,
    pathway: Pathway,
    new_ids: Mapping[str, str],
    names: set[str],
    offset: tuple[float, float],
) -> DrawnElement:
    """Returns an element as it is pasted: fresh name, moved, leading to the pasted neighbours."""
    name, number = element.name, 1
    while name in names:
        number += 1
        name = f"{element.name} ({number})"
    names.add(name)
    place = Position(x=element.position.x + offset[0], y=max(0.0, element.position.y + offset[1]))
    update: dict[str, Any] = {"name": name, "position": place}
    if element.setting not in pathway.setting_order():
        update["setting"] = COMMUNITY
        update["position"] = moved_to(place, element.setting, COMMUNITY)
    match element:
        case Activity():
            update |= _pasted_links(element, pathway, new_ids)
        case ExitPoint():
            update["changes_need"] = _pasted_changes(element, pathway)
        case EntryPoint() | Wait() | Decision():
            pass
        case _:
            assert_never(element)
    return element.model_copy(update=update)


def _pasted_links(element: Activity, pathway: Pathway, new_ids: Mapping[str, str]) -> dict[str, Any]:
    """Returns the references of a pasted activity, leading to pasted elements and to what exists here."""
    links: dict[str, Any] = {
        "overflow_to": new_ids.get(element.overflow_to or ""),
        "gives_up_to": new_ids.get(element.gives_up_to or ""),
        "needs": {pool: units for pool, units in element.needs.items() if pool in pathway.pools},
        "payer": element.payer if element.payer in pathway.payers else None,
        "provider": element.provider if element.provider in pathway.providers else None,
    }
    absence = element.did_not_attend
    if absence is not None and absence.others_go_to is not None:
        target = new_ids.get(absence.others_go_to)
        links["did_not_attend"] = absence.model_copy(update={"others_go_to": target})
    return {**links, **_pasted_care(element, pathway, new_ids)}


def _pasted_care(element: Activity, pathway: Pathway, new_ids: Mapping[str, str]) -> dict[str, Any]:
    """Returns deterioration, caseload and single point of a pasted activity, leading to what exists here."""
    harms = {
        key: harm.model_copy(
            update={
                "goes_to": new_ids.get(harm.goes_to or ""),
                "to_tier": harm.to_tier if harm.to_tier in pathway.need_tiers else None,
            }
        )
        for key, harm in element.deterioration.items()
        if harm.kind != "need" or harm.to_tier in pathway.need_tiers
    }
    caseload, point, pressure = element.caseload, element.single_point, element.pressure
    if point is not None:
        team = tuple(new_ids[member] for member in point.team if member in new_ids)
        point = point.model_copy(update={"team": team, "advice_to": new_ids.get(point.advice_to or "")})
    return {
        "deterioration": harms,
        "caseload": caseload if caseload is not None and caseload.pool in pathway.pools else None,
        "pressure": pressure if pressure is not None and pressure.pool in pathway.pools else None,
        "single_point": point,
        "changes_need": _pasted_changes(element, pathway),
    }


def _pasted_changes(element: Activity | ExitPoint, pathway: Pathway) -> tuple[NeedChange, ...]:
    """Returns the changes of need of a pasted element whose tiers exist here."""
    known = {*pathway.need_tiers, None}
    return tuple(change for change in element.changes_need if {change.origin, change.target} <= known)


def _arrows(pathway: Pathway, fragment: Pathway, new_ids: Mapping[str, str]) -> dict[str, Transition]:
    """Returns the pasted arrows under fresh ids; conditions lead to the pasted elements."""
    taken = {*drawn_ids(pathway), *new_ids.values()}
    arrows: dict[str, Transition] = {}
    for arrow in fragment.transitions.values():
        origin, target = new_ids[arrow.origin], new_ids[arrow.target]
        arrow_id = fresh_id(f"{origin} to {target}", taken)
        taken.add(arrow_id)
        arrows[arrow_id] = arrow.model_copy(
            update={"origin": origin, "target": target, "when": _condition(arrow, new_ids)}
        )
    return arrows


def _condition(arrow: Transition, new_ids: Mapping[str, str]) -> object:
    """Returns a pasted arrow's condition, about the pasted elements."""
    condition = arrow.when
    for field in ("activity", "element"):
        named = getattr(condition, field, "")
        if condition is not None and named in new_ids:
            condition = condition.model_copy(update={field: new_ids[str(named)]})
    return condition
