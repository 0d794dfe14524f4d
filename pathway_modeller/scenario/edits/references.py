"""Taking out what leads to something removed: an element, a pool, a tier, a footprint, a payer.

A pathway is walked record by record. Each record type says what becomes of it when an id that it names is
gone: a reference is emptied, a list loses the entry, a condition that can no longer hold gives its arrow a
share of nothing. Records that name nothing removed stay the same objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.capacity import CapacityStep, Pool
from pathway_modeller.scenario.contracts import Contract
from pathway_modeller.scenario.document import Option, Pathway
from pathway_modeller.scenario.edits.lanes import moved_to
from pathway_modeller.scenario.elements import (
    Activity,
    AttributeCondition,
    BookedArrivals,
    Caseload,
    Deterioration,
    DidNotAttend,
    Element,
    EntryPoint,
    InProgressToday,
    Pressure,
    QueueCondition,
    RandomArrivals,
    SinglePoint,
    Stay,
    StayEnd,
    Transition,
    VisitsCondition,
    WaitingToday,
)
from pathway_modeller.scenario.money import Displacement, Outcome, Shift
from pathway_modeller.scenario.people import (
    OTHER_PAYER,
    PAYER_KINDS,
    Footprint,
    NeedTier,
    Payer,
    PayerLine,
    Provider,
    Standard,
)
from pathway_modeller.scenario.population import DemandChange, HeadCost, Move, NeedChange, Prevention
from pathway_modeller.scenario.values import ByGroup, Record

R = TypeVar("R", bound=Record)
T = TypeVar("T", Activity, Pool, Option)


@dataclass(frozen=True)
class Gone:
    """What has been removed.

    Attributes:
        kind: ``"elements"``, or the name of the pathway's map: ``"pools"``, ``"need_tiers"``, …
        ids: the ids removed from it.
        instead: of a setting, the one that takes what stood in it.
    """

    kind: str
    ids: frozenset[str]
    instead: str = ""

    @property
    def attribute(self) -> str:
        """The patient attribute whose values these are: ``need_tier``, ``footprint``, or none."""
        return {"need_tiers": "need_tier", "footprints": "footprint"}.get(self.kind, "")

    def keep(self, name: str | None) -> str | None:
        """Returns a reference unless what it leads to is gone."""
        return None if name in self.ids else name

    def rest(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the members of a map whose key is not gone."""
        return {key: value for key, value in values.items() if key not in self.ids}


def without_elements(pathway: Pathway, ids: Iterable[str]) -> Pathway:
    """Takes out every reference to drawn elements that are no longer there.

    Stays that begin with one of them, what is under way there today, and standards whose clock can no
    longer start or stop go with them.
    """
    return without(pathway, Gone("elements", frozenset(ids)))


def without(pathway: Pathway, gone: Gone) -> Pathway:
    """Takes out every reference to what is gone; the map that held it has already lost it."""
    if not gone.ids:
        return pathway
    walked = _walk(pathway, gone)
    if not isinstance(walked, Pathway):
        raise TypeError("a pathway cannot vanish with its references")
    return walked


def without_in(members: Mapping[str, R], gone: Gone) -> dict[str, R]:
    """Takes references to what is gone out of shifts, outcomes, options and the like; some go with them."""
    walked = {key: _walk(member, gone) for key, member in members.items()}
    return {key: member for key, member in walked.items() if isinstance(member, type(members[key]))}


_DROPPED = object()
"""Stands for a record that has no sense without what it named."""


def _walk(value: object, gone: Gone) -> object:
    """Returns a value without references to what is gone; the same object if it has none."""
    if isinstance(value, Record):
        return _walk_record(value, gone)
    if isinstance(value, Mapping):
        members = {key: _walk(member, gone) for key, member in value.items()}
        if all(members[key] is member for key, member in value.items()):
            return value
        return {key: member for key, member in members.items() if member is not _DROPPED}
    if isinstance(value, tuple):
        entries = tuple(_walk(entry, gone) for entry in value)
        if all(new is old for new, old in zip(entries, value, strict=True)):
            return value
        return tuple(entry for entry in entries if entry is not _DROPPED)
    return value


def _walk_record(record: Record, gone: Gone) -> object:
    """Returns a record without references to what is gone, its own and its fields'."""
    update: dict[str, object] = {}
    for name in type(record).model_fields:
        old = getattr(record, name)
        new = _walk(old, gone)
        if new is not old:
            update[name] = None if new is _DROPPED else new
    if isinstance(record, Transition) and "when" in update and update["when"] is None:
        # A condition about something that is gone never holds, so nobody takes this arrow any more.
        update["share"] = 0.0
    changed = record.model_copy(update=update) if update else record
    if gone.kind == "settings" and isinstance(changed, Element | Pool | HeadCost | PayerLine):
        changed = _moved(changed, gone)
    rule = _RULES.get(type(record)) or (_by_group if isinstance(record, ByGroup) else None)
    return changed if rule is None else rule(changed, gone)


def _changed(record: Record, **fields: object) -> Record:
    """Returns a record with other fields; the same object if they are equal."""
    update = {name: value for name, value in fields.items() if getattr(record, name) != value}
    return record.model_copy(update=update) if update else record


def _by_group(record: Record, gone: Gone) -> object:
    """A value by groups loses the groups that are gone, or its division altogether."""
    varied: ByGroup[Any] = record  # type: ignore[assignment]
    if gone.kind == "attributes" and varied.by in gone.ids:
        return varied.otherwise
    if gone.attribute and varied.by == gone.attribute:
        rest = gone.rest(varied.values)
        return _changed(varied, values=rest) if rest else varied.otherwise
    return varied


def _moved(record: Element | Pool | HeadCost | PayerLine, gone: Gone) -> Record:
    """Returns what stood in a setting that is gone, in the one that takes it."""
    if record.setting not in gone.ids:
        return record
    update: dict[str, object] = {"setting": gone.instead}
    if isinstance(record, Element):
        update["position"] = moved_to(record.position, record.setting, gone.instead)
    return record.model_copy(update=update)


def _activity(record: Activity, gone: Gone) -> object:
    if gone.kind == "elements":
        return _changed(
            record, overflow_to=gone.keep(record.overflow_to), gives_up_to=gone.keep(record.gives_up_to)
        )
    if gone.kind == "pools":
        return _changed(record, needs=gone.rest(record.needs))
    return _paid(_tagged(record, gone), gone)


def _tagged(record: T, gone: Gone) -> T:
    """Returns what carries tags without those that are gone."""
    if gone.kind == "tags" and not gone.ids.isdisjoint(record.tags):
        return record.model_copy(update={"tags": tuple(tag for tag in record.tags if tag not in gone.ids)})
    return record


def _paid(record: Activity | Pool | HeadCost, gone: Gone) -> Record:
    if gone.kind == "payers":
        return _changed(record, payer=gone.keep(record.payer))
    if gone.kind == "providers":
        return _changed(record, provider=gone.keep(record.provider))
    return record


def _pool(record: Pool, gone: Gone) -> object:
    if gone.kind == "footprints":
        return _changed(record, units_by_footprint=gone.rest(record.units_by_footprint))
    return _paid(_tagged(record, gone), gone)


def _capacity_step(record: CapacityStep, gone: Gone) -> object:
    return _DROPPED if gone.kind == "footprints" and record.footprint in gone.ids else record


def _did_not_attend(record: DidNotAttend, gone: Gone) -> object:
    return (
        _changed(record, others_go_to=gone.keep(record.others_go_to)) if gone.kind == "elements" else record
    )


def _queue(record: QueueCondition, gone: Gone) -> object:
    return _DROPPED if gone.kind == "elements" and record.activity in gone.ids else record


def _visits(record: VisitsCondition, gone: Gone) -> object:
    return _DROPPED if gone.kind == "elements" and record.element in gone.ids else record


def _attribute_condition(record: AttributeCondition, gone: Gone) -> object:
    if gone.kind == "attributes" and record.attribute in gone.ids:
        return _DROPPED
    if gone.attribute and record.attribute == gone.attribute:
        values = tuple(value for value in record.values if value not in gone.ids)
        return _changed(record, values=values) if values else _DROPPED
    return record


def _transition(record: Transition, gone: Gone) -> object:
    return _changed(record, sets=gone.rest(record.sets)) if gone.kind == "attributes" else record


def _entry_point(record: EntryPoint, gone: Gone) -> object:
    return _changed(record, attributes=gone.rest(record.attributes)) if gone.kind == "attributes" else record


def _arrivals(record: RandomArrivals | BookedArrivals, gone: Gone) -> object:
    if gone.kind == "need_tiers":
        return _changed(record, need_tiers=gone.rest(record.need_tiers))
    if gone.kind == "footprints":
        return _changed(record, footprints=gone.rest(record.footprints))
    return record


def _footprint(record: Footprint, gone: Gone) -> object:
    return _changed(record, people=gone.rest(record.people)) if gone.kind == "need_tiers" else record


def _stay(record: Stay, gone: Gone) -> object:
    if gone.kind == "elements" and record.begins_with in gone.ids:
        return _DROPPED
    if gone.kind == "pools":
        needs = gone.rest(record.needs)
        return _changed(record, needs=needs) if needs else _DROPPED
    return record


def _stay_end(record: StayEnd, gone: Gone) -> object:
    return _DROPPED if gone.kind == "elements" and record.element in gone.ids else record


def _standard(record: Standard, gone: Gone) -> object:
    if gone.kind != "elements":
        return record
    starts = tuple(name for name in record.starts_at if name not in gone.ids)
    stops = tuple(name for name in record.stops_at if name not in gone.ids)
    again = tuple(name for name in record.new_referral_at if name not in gone.ids)
    kept = _changed(record, starts_at=starts, stops_at=stops, new_referral_at=again)
    return kept if starts and stops else _DROPPED


def _under_way(record: WaitingToday | InProgressToday, gone: Gone) -> object:
    if gone.kind == "need_tiers":
        return _changed(record, need_tier=gone.keep(record.need_tier))
    if gone.kind == "footprints":
        return _changed(record, footprint=gone.keep(record.footprint))
    return record


def _pathway(record: Pathway, gone: Gone) -> object:
    return _changed(record, today=gone.rest(record.today)) if gone.kind == "elements" else record


def _demand_change(record: DemandChange, gone: Gone) -> object:
    # Without those that it named it would be about all of them.
    if gone.kind != "elements" or not record.entry_points:
        return record
    left = tuple(name for name in record.entry_points if name not in gone.ids)
    return _changed(record, entry_points=left) if left else _DROPPED


def _need_tier(record: NeedTier, gone: Gone) -> object:
    return _changed(record, age_band=gone.keep(record.age_band)) if gone.kind == "age_bands" else record


def _payer(record: Payer, gone: Gone) -> object:
    if gone.kind == "payer_kinds" and record.kind in gone.ids - set(PAYER_KINDS):
        return _changed(record, kind=OTHER_PAYER)
    return record


def _provider(record: Provider, gone: Gone) -> object:
    return _changed(record, payer=gone.keep(record.payer)) if gone.kind == "payers" else record


def _contract(record: Contract, gone: Gone) -> object:
    if gone.kind == "payers" and record.payer in gone.ids:
        return _DROPPED
    if gone.kind == "elements":
        rest = tuple(each for each in record.activities if each not in gone.ids)
        # Without any left it would pay for everything that the provider does.
        emptied = record.activities and not rest
        return _DROPPED if emptied else _changed(record, activities=rest, planned=gone.rest(record.planned))
    return _changed(record, a_head=gone.rest(record.a_head)) if gone.kind == "need_tiers" else record


def _payer_line(record: PayerLine, gone: Gone) -> object:
    # Without the provider that it named it would be other lines than were meant.
    return _DROPPED if gone.kind == "providers" and record.provider in gone.ids else record


def _deterioration(record: Deterioration, gone: Gone) -> object:
    if gone.kind == "elements":
        return _changed(record, goes_to=gone.keep(record.goes_to))
    if gone.kind == "need_tiers" and record.to_tier in gone.ids:
        return _DROPPED if record.kind == "need" else _changed(record, to_tier=None)
    return record


def _caseload(record: Caseload, gone: Gone) -> object:
    return _DROPPED if gone.kind == "pools" and record.pool in gone.ids else record


def _pressure(record: Pressure, gone: Gone) -> object:
    return _DROPPED if gone.kind == "pools" and record.pool in gone.ids else record


def _single_point(record: SinglePoint, gone: Gone) -> object:
    if gone.kind != "elements":
        return record
    team = tuple(member for member in record.team if member not in gone.ids)
    return _changed(record, advice_to=gone.keep(record.advice_to), team=team)


def _move(record: Move, gone: Gone) -> object:
    if gone.kind == "need_tiers" and {record.origin, record.target} & gone.ids:
        return _DROPPED
    if gone.kind == "footprints":
        return _changed(record, footprints=gone.rest(record.footprints))
    return record


def _prevention(record: Prevention, gone: Gone) -> object:
    if gone.kind == "elements" and record.activity in gone.ids:
        return _DROPPED
    if gone.kind == "moves":
        slows = gone.rest(record.slows)
        return _changed(record, slows=slows) if slows else _DROPPED
    return record


def _need_change(record: NeedChange, gone: Gone) -> object:
    return _DROPPED if gone.kind == "need_tiers" and {record.origin, record.target} & gone.ids else record


def _shift(record: Shift, gone: Gone) -> object:
    # One without the pool that it named would move other money than was meant.
    if gone.kind == "pools" and {record.origin, record.target} & gone.ids:
        return _DROPPED
    if gone.kind == "footprints":
        return _changed(record, footprints=gone.rest(record.footprints))
    return _changed(record, payer=gone.keep(record.payer)) if gone.kind == "payers" else record


def _activity_shift(record: ActivityShift, gone: Gone) -> object:
    if gone.kind == "elements" and {record.origin, record.target} & gone.ids:
        return _DROPPED
    if gone.kind == "footprints" and record.footprints:
        # Without those that it named it would be open to all.
        left = tuple(each for each in record.footprints if each not in gone.ids)
        return _changed(record, footprints=left) if left else _DROPPED
    return record


def _displacement(record: Displacement, gone: Gone) -> object:
    if gone.kind != "elements":
        return record
    return _DROPPED if record.activity in gone.ids else _changed(record, to=gone.rest(record.to))


def _outcome(record: Outcome, gone: Gone) -> object:
    lost = {"need_tiers": record.need_tier}.get(gone.kind, record.element)
    kinds = ("elements", "pools", "standards", "need_tiers")
    return _DROPPED if gone.kind in kinds and lost in gone.ids else record


_RULES: Mapping[type, Callable[[Any, Gone], object]] = {
    Activity: _activity,
    ActivityShift: _activity_shift,
    AttributeCondition: _attribute_condition,
    BookedArrivals: _arrivals,
    CapacityStep: _capacity_step,
    Caseload: _caseload,
    Contract: _contract,
    DemandChange: _demand_change,
    Deterioration: _deterioration,
    DidNotAttend: _did_not_attend,
    Displacement: _displacement,
    EntryPoint: _entry_point,
    Footprint: _footprint,
    HeadCost: _paid,
    InProgressToday: _under_way,
    Move: _move,
    NeedChange: _need_change,
    NeedTier: _need_tier,
    Option: _tagged,
    Outcome: _outcome,
    Pathway: _pathway,
    Payer: _payer,
    PayerLine: _payer_line,
    Pool: _pool,
    Pressure: _pressure,
    Prevention: _prevention,
    Provider: _provider,
    QueueCondition: _queue,
    RandomArrivals: _arrivals,
    Shift: _shift,
    SinglePoint: _single_point,
    Standard: _standard,
    Stay: _stay,
    StayEnd: _stay_end,
    Transition: _transition,
    VisitsCondition: _visits,
    WaitingToday: _under_way,
}
