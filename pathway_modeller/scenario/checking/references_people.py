"""Ids that name nothing in the living population, in what happens around contacts, and in who pays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.checking.dangling import dangling
from pathway_modeller.scenario.checking.finding import Finding
from pathway_modeller.scenario.contracts import Contract
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Caseload, Deterioration, Element, Pressure, SinglePoint
from pathway_modeller.scenario.people import PAYER_KINDS, NeedTier, Payer, PayerLine, Provider
from pathway_modeller.scenario.population import DemandChange, HeadCost, Move, NeedChange, Prevention
from pathway_modeller.scenario.values import SETTINGS, Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS, lower_first
from pathway_modeller.scenario.words.structure import Step

Named = tuple[tuple[Step, ...], str | None, str]
"""Where an id stands within its record, the id, and the map in which it should be."""


def find_named(pathway: Pathway, steps: tuple[Step, ...], record: Record) -> Iterator[Finding]:
    """Yields the ids in one record that name nothing."""
    names = _NAMES.get(type(record))
    for inner, identifier, map_name in names(record) if names is not None else ():
        if identifier is not None:
            known = known_in(pathway, map_name)
            word = "element" if map_name == "drawn" else lower_first(MAP_WORDS[map_name])
            yield from dangling((*steps, *inner), identifier, known, word)
    if isinstance(record, Element | Pool | HeadCost | PayerLine) and record.setting is not None:
        settings = {**dict.fromkeys(SETTINGS), **pathway.settings}
        for found in dangling((*steps, "setting"), record.setting, settings, "setting"):
            mend = found.mend.replace("Use ", "List it among the settings, or use ", 1)
            yield replace(found, mend=mend)
    if isinstance(record, Payer):
        kinds = {**dict.fromkeys(PAYER_KINDS), **pathway.payer_kinds}
        yield from dangling((*steps, "kind"), record.kind, kinds, "kind of payer")


def known_in(pathway: Pathway, map_name: str) -> Mapping[str, Any]:
    """Returns what an id may name: a map of the pathway, or everything drawn."""
    members: Mapping[str, Any] = pathway.drawn() if map_name == "drawn" else getattr(pathway, map_name)
    return members


def _paid(record: HeadCost) -> Iterator[Named]:
    yield ("payer",), record.payer, "payers"
    yield ("provider",), record.provider, "providers"


def _move(record: Move) -> Iterator[Named]:
    yield ("from",), record.origin, "need_tiers"
    yield ("to",), record.target, "need_tiers"
    for footprint in record.footprints:
        yield ("footprints", footprint), footprint, "footprints"


def _prevention(record: Prevention) -> Iterator[Named]:
    yield ("activity",), record.activity, "activities"
    for move in record.slows:
        yield ("slows", move), move, "moves"


def _demand_change(record: DemandChange) -> Iterator[Named]:
    for position, entry in enumerate(record.entry_points):
        yield ("entry_points", position), entry, "entry_points"


def _need_change(record: NeedChange) -> Iterator[Named]:
    yield ("from",), record.origin, "need_tiers"
    yield ("to",), record.target, "need_tiers"


def _deterioration(record: Deterioration) -> Iterator[Named]:
    yield ("to_tier",), record.to_tier, "need_tiers"
    yield ("goes_to",), record.goes_to, "drawn"


def _single_point(record: SinglePoint) -> Iterator[Named]:
    yield ("advice_to",), record.advice_to, "drawn"
    for position, activity in enumerate(record.team):
        yield ("team", position), activity, "activities"


def _contract(record: Contract) -> Iterator[Named]:
    yield ("payer",), record.payer, "payers"
    for position, activity in enumerate(record.activities):
        yield ("activities", position), activity, "activities"
    for activity in record.planned:
        yield ("planned", activity), activity, "activities"
    for tier in record.a_head:
        yield ("a_head", tier), tier, "need_tiers"


_NAMES: Mapping[type[Record], Callable[[Any], Iterator[Named]]] = {
    NeedTier: lambda tier: iter([(("age_band",), tier.age_band, "age_bands")]),
    HeadCost: _paid,
    Move: _move,
    Prevention: _prevention,
    NeedChange: _need_change,
    DemandChange: _demand_change,
    Deterioration: _deterioration,
    Contract: _contract,
    PayerLine: lambda line: iter([(("provider",), line.provider, "providers")]),
    Caseload: lambda caseload: iter([(("pool",), caseload.pool, "pools")]),
    Pressure: lambda pressure: iter([(("pool",), pressure.pool, "pools")]),
    SinglePoint: _single_point,
    Provider: lambda provider: iter([(("payer",), provider.payer, "payers")]),
}
