"""Ids that name nothing, and ids that name two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pathway_modeller.scenario.checking.arrows import groups_of
from pathway_modeller.scenario.checking.dangling import dangling
from pathway_modeller.scenario.checking.finding import Finding, error
from pathway_modeller.scenario.checking.references_people import find_named
from pathway_modeller.scenario.document import DRAWN, Pathway
from pathway_modeller.scenario.elements import (
    AttributeCondition,
    InProgressToday,
    QueueCondition,
    VisitsCondition,
    WaitingToday,
)
from pathway_modeller.scenario.network.graph import field_ways
from pathway_modeller.scenario.values import SETTINGS, ByGroup, Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS, lower_first, quoted
from pathway_modeller.scenario.words.structure import Placed, Step


def find_references(pathway: Pathway, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields every id that names nothing, and every id that is used twice.

    Args:
        pathway: the pathway.
        records: every record within it, with its place.
    """
    yield from _used_twice(pathway)
    yield from _drawn(pathway)
    yield from _of_capacity(pathway)
    yield from _of_people(pathway)
    for steps, record in records:
        yield from _of_groups(pathway, steps, record)
        yield from _of_conditions(pathway, steps, record)
        yield from _of_today(pathway, steps, record)
        yield from find_named(pathway, steps, record)


def _used_twice(pathway: Pathway) -> Iterator[Finding]:
    """Yields ids that stand in two maps of drawn elements."""
    seen: dict[str, str] = {}
    for map_name in DRAWN:
        for identifier in getattr(pathway, map_name):
            if identifier in seen:
                first = lower_first(MAP_WORDS[seen[identifier]])
                what = f"its id {quoted(identifier)} is also the id of a drawn {first}"
                yield error((map_name, identifier), what, "Give one of the two another id")
            seen.setdefault(identifier, map_name)
    for identifier in pathway.settings.keys() & set(SETTINGS):
        what = f"its id {quoted(identifier)} is that of a setting which every scenario has"
        yield error(("settings", identifier), what, "Give it another id")
    for identifier in ("need_tier", "footprint"):
        if identifier in pathway.attributes:
            meant = identifier.replace("_", " ")
            what = f"its id {quoted(identifier)} already means every patient's own {meant}"
            yield error(("attributes", identifier), what, "Give it another id")


def _drawn(pathway: Pathway) -> Iterator[Finding]:
    """Yields arrows, activities, stays and standards that name an element that is not there."""
    drawn: Mapping[str, Any] = pathway.drawn()
    for identifier, arrow in pathway.transitions.items():
        yield from dangling(("transitions", identifier, "from"), arrow.origin, drawn, "element")
        yield from dangling(("transitions", identifier, "to"), arrow.target, drawn, "element")
    for way in field_ways(pathway):
        if way.kind not in ("deterioration", "advice"):  # these are found with their records
            yield from dangling(way.steps, way.target, drawn, "element")
    for identifier, stay in pathway.stays.items():
        here = ("stays", identifier)
        yield from dangling((*here, "begins_with"), stay.begins_with, pathway.activities, "activity")
        for position, end in enumerate(stay.ends):
            steps: tuple[Step, ...] = (*here, "ends", position, "element")
            yield from dangling(
                steps, end.element, {**pathway.activities, **pathway.waits}, "activity or wait"
            )
    for identifier, standard in pathway.standards.items():
        for position, element in enumerate(standard.starts_at):
            yield from dangling(("standards", identifier, "starts_at", position), element, drawn, "element")
        for position, element in enumerate(standard.new_referral_at):
            steps = ("standards", identifier, "new_referral_at", position)
            yield from dangling(steps, element, drawn, "element")
        stops = {**pathway.activities, **pathway.exit_points}
        for position, element in enumerate(standard.stops_at):
            steps = ("standards", identifier, "stops_at", position)
            yield from dangling(steps, element, stops, "activity or exit point")
    for identifier in pathway.today:
        yield from dangling(("today", identifier), identifier, pathway.activities, "activity")


def _of_capacity(pathway: Pathway) -> Iterator[Finding]:
    """Yields names of pools, payers, providers and footprints of pools that are not there."""
    for map_name in ("activities", "stays"):
        for identifier, holder in getattr(pathway, map_name).items():
            for pool in holder.needs:
                yield from dangling(
                    (map_name, identifier, "needs", pool), pool, pathway.pools, "capacity pool"
                )
    for map_name in ("activities", "pools"):
        for identifier, holder in getattr(pathway, map_name).items():
            for key, known in (("payer", pathway.payers), ("provider", pathway.providers)):
                named = getattr(holder, key)
                if named is not None:
                    yield from dangling((map_name, identifier, key), named, known, key)
    for identifier, pool in pathway.pools.items():
        here = ("pools", identifier)
        for footprint in pool.units_by_footprint:
            steps: tuple[Step, ...] = (*here, "units_by_footprint", footprint)
            yield from dangling(steps, footprint, pathway.footprints, "footprint")
        for position, change in enumerate(pool.steps):
            if change.footprint is not None:
                steps = (*here, "steps", position, "footprint")
                yield from dangling(steps, change.footprint, pathway.footprints, "footprint")


def _of_people(pathway: Pathway) -> Iterator[Finding]:
    """Yields names of tiers, footprints, attributes and their values that are not there."""
    for identifier, footprint in pathway.footprints.items():
        for tier in footprint.people:
            steps: tuple[Step, ...] = ("footprints", identifier, "people", tier)
            yield from dangling(steps, tier, pathway.need_tiers, "need tier")
    for identifier, declared in pathway.attributes.items():
        yield from dangling(("attributes", identifier, "default"), declared.default, declared.values, "value")
    yield from _of_entries(pathway)
    for identifier, arrow in pathway.transitions.items():
        for attribute, value in arrow.sets.items():
            steps = ("transitions", identifier, "sets", attribute)
            yield from dangling(steps, attribute, pathway.attributes, "declared patient attribute")
            if attribute in pathway.attributes:
                yield from dangling(steps, value, pathway.attributes[attribute].values, "value")


def _of_entries(pathway: Pathway) -> Iterator[Finding]:
    """Yields names of tiers, footprints and attributes at entry points that are not there."""
    for identifier, entry in pathway.entry_points.items():
        here = ("entry_points", identifier)
        if entry.arrivals is not None:
            for tier in entry.arrivals.need_tiers:
                steps: tuple[Step, ...] = (*here, "arrivals", "need_tiers", tier)
                yield from dangling(steps, tier, pathway.need_tiers, "need tier")
            for footprint_id in entry.arrivals.footprints:
                steps = (*here, "arrivals", "footprints", footprint_id)
                yield from dangling(steps, footprint_id, pathway.footprints, "footprint")
        for attribute, shares in entry.attributes.items():
            steps = (*here, "attributes", attribute)
            yield from dangling(steps, attribute, pathway.attributes, "declared patient attribute")
            if attribute in pathway.attributes:
                yield from _entry_values(pathway, attribute, shares, steps)


def _entry_values(
    pathway: Pathway,
    attribute: str,
    shares: Mapping[str, float] | ByGroup[Mapping[str, float]],
    steps: tuple[Step, ...],
) -> Iterator[Finding]:
    """Yields values of a declared attribute, given at entry, that it does not have."""
    sets: list[tuple[tuple[Step, ...], Mapping[str, float]]] = []
    if isinstance(shares, ByGroup):
        sets += [((*steps, "values", group), each) for group, each in shares.values.items()]
        sets.append(((*steps, "otherwise"), shares.otherwise))
    else:
        sets.append((steps, shares))
    for place, each in sets:
        for value in each:
            yield from dangling((*place, value), value, pathway.attributes[attribute].values, "value")


def _of_groups(pathway: Pathway, steps: tuple[Step, ...], record: Record) -> Iterator[Finding]:
    """Yields groups that are not there, of a value that differs by group."""
    if not isinstance(record, ByGroup):
        return
    groups = groups_of(pathway, record.by)
    if groups is None:
        yield from _no_attribute((*steps, "by"), record.by, pathway)
        return
    kind = record.by.replace("_", " ") if record.by in ("need_tier", "footprint") else "value"
    for group in record.values:
        yield from dangling((*steps, "values", group), group, groups, kind)


def _no_attribute(steps: tuple[Step, ...], attribute: str, pathway: Pathway) -> Iterator[Finding]:
    """Yields the finding that there is no such patient attribute."""
    known = {"need_tier": None, "footprint": None, **pathway.attributes}
    yield from dangling(steps, attribute, known, "patient attribute")


def _of_conditions(pathway: Pathway, steps: tuple[Step, ...], record: Record) -> Iterator[Finding]:
    """Yields names in a condition that are not there."""
    if isinstance(record, AttributeCondition):
        groups = groups_of(pathway, record.attribute)
        if groups is None:
            yield from _no_attribute((*steps, "attribute"), record.attribute, pathway)
            return
        for position, value in enumerate(record.values):
            yield from dangling((*steps, "values", position), value, groups, "value")
    elif isinstance(record, QueueCondition):
        yield from dangling((*steps, "activity"), record.activity, pathway.activities, "activity")
    elif isinstance(record, VisitsCondition):
        yield from dangling((*steps, "element"), record.element, pathway.drawn(), "element")


def _of_today(pathway: Pathway, steps: tuple[Step, ...], record: Record) -> Iterator[Finding]:
    """Yields tiers and footprints of today's patients that are not there."""
    if isinstance(record, WaitingToday | InProgressToday):
        if record.need_tier is not None:
            yield from dangling((*steps, "need_tier"), record.need_tier, pathway.need_tiers, "need tier")
        if record.footprint is not None:
            yield from dangling((*steps, "footprint"), record.footprint, pathway.footprints, "footprint")
