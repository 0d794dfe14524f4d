"""Edits of what is listed rather than drawn: pools, tiers, footprints, payers, standards and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.ids import cleaned_name, fresh_id, untaken_name
from pathway_modeller.scenario.edits.references import Gone, without
from pathway_modeller.scenario.edits.values import validated
from pathway_modeller.scenario.elements import Stay
from pathway_modeller.scenario.people import (
    Footprint,
    NeedTier,
    OwnSetting,
    PatientAttribute,
    Payer,
    PayerKind,
    Provider,
    Standard,
    Tag,
)
from pathway_modeller.scenario.population import AgeBand, DemandChange, Move, Prevention
from pathway_modeller.scenario.values import COMMUNITY, HOSPITAL, Record, Setting
from pathway_modeller.scenario.words.sentences import MAP_WORDS

ListedMap = Literal[
    "pools",
    "stays",
    "demand_changes",
    "attributes",
    "need_tiers",
    "age_bands",
    "footprints",
    "moves",
    "preventions",
    "payers",
    "payer_kinds",
    "providers",
    "standards",
    "settings",
    "tags",
]

RECORD_TYPES: Mapping[ListedMap, type[Record]] = {
    "pools": Pool,
    "stays": Stay,
    "demand_changes": DemandChange,
    "attributes": PatientAttribute,
    "need_tiers": NeedTier,
    "age_bands": AgeBand,
    "footprints": Footprint,
    "moves": Move,
    "preventions": Prevention,
    "payers": Payer,
    "payer_kinds": PayerKind,
    "providers": Provider,
    "standards": Standard,
    "settings": OwnSetting,
    "tags": Tag,
}
"""The record that each listed map holds."""


def add_record(
    pathway: Pathway, kind: ListedMap, name: str = "", fields: Mapping[str, Any] | None = None
) -> tuple[Pathway, str]:
    """Adds a pool, a tier, a footprint and so on.

    Args:
        pathway: the pathway to edit.
        kind: the map it belongs to.
        name: what people call it; left empty, "Capacity pool", "Capacity pool 2" and so on.
        fields: further fields as plain JSON values. Stays, attributes, standards, age bands and
            preventions need some; a new need tier without a level goes on top.

    Returns:
        The pathway and the new record's id.

    Raises:
        ValueError: a field does not fit; the message is a sentence for the user.
    """
    members: Mapping[str, Any] = getattr(pathway, kind)
    names = {member.name for member in members.values()}
    called = cleaned_name(name) if name else untaken_name(MAP_WORDS[kind], names)
    document: dict[str, Any] = {"name": called, **(fields or {})}
    if kind == "need_tiers" and "level" not in document:
        document["level"] = 1 + max((tier.level for tier in pathway.need_tiers.values()), default=0)
    record_id = fresh_id(called, members)
    record = validated(RECORD_TYPES[kind], document)
    return pathway.model_copy(update={kind: {**members, record_id: record}}), record_id


def remove_record(pathway: Pathway, kind: ListedMap, record_id: str) -> Pathway:
    """Removes a listed record with every reference to it.

    Raises:
        KeyError: there is no such record.
    """
    members: Mapping[str, Any] = getattr(pathway, kind)
    if record_id not in members:
        raise KeyError(record_id)
    left = {key: value for key, value in members.items() if key != record_id}
    removed = members[record_id]
    instead = nearest_setting(removed) if isinstance(removed, OwnSetting) else ""
    rest = without(pathway.model_copy(update={kind: left}), Gone(kind, frozenset({record_id}), instead))
    return without_lost_moves(rest, pathway)


def nearest_setting(removed: OwnSetting) -> Setting:
    """Returns the setting of every scenario that takes what stood in one that is removed."""
    return HOSPITAL if removed.is_hospital else COMMUNITY


def without_lost_moves(pathway: Pathway, before: Pathway) -> Pathway:
    """Takes out references to moves that have gone with a need tier that they led from or to."""
    return without(pathway, Gone("moves", frozenset(before.moves) - frozenset(pathway.moves)))


def rename_record(pathway: Pathway, kind: ListedMap, record_id: str, name: str) -> Pathway:
    """Gives a listed record another name; its id stays.

    Raises:
        KeyError: there is no such record.
        ValueError: the name is empty.
    """
    members: Mapping[str, Any] = getattr(pathway, kind)
    called = cleaned_name(name)
    if members[record_id].name == called:
        return pathway
    renamed = members[record_id].model_copy(update={"name": called})
    return pathway.model_copy(update={kind: {**members, record_id: renamed}})
