"""Which fields hold ids of other things, and how those things are offered by name.

The records hold plain ids; this table says what each id names, so that forms offer names and never ids.
Nothing here knows Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from pathway_modeller.scenario import (
    activity_shift,
    capacity,
    contracts,
    document,
    elements,
    money,
    people,
    population,
)
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.records import ListedMap
from pathway_modeller.scenario.values import Record
from pathway_modeller.scenario.words.same_names import alike, with_id

Named = tuple[str, str]
"""An id and the name that people know it by."""

Labels = Literal["months", "weekdays", "parts of the day", "years", "fifths"]

ListMap: TypeAlias = ListedMap
"""The maps of a pathway whose members are not drawn."""

LIST_MAPS: tuple[ListMap, ...] = get_args(ListedMap)

GROUPINGS: tuple[Named, ...] = (("need_tier", "Need tier"), ("footprint", "Footprint"))
"""The attributes that every patient has, with the words for them."""


@dataclass(frozen=True)
class Surroundings:
    """Where an id stands: the pathway, the key it stands under, and the fields beside it."""

    pathway: Pathway
    key: str | None = None
    beside: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Source:
    """Things that an id may name.

    Attributes:
        word: what one of them is called.
        choices: those that there are, by name.
        creates: the list in which another can be made.
        adds_up: whether shares given for each of them are shares of one whole.
    """

    word: str
    choices: Callable[[Surroundings], list[Named]]
    creates: ListMap | None = None
    adds_up: bool = True


@dataclass(frozen=True)
class Links:
    """What the ids in a field name: its keys, its values, and the ids in its values' keys."""

    item: Source | None = None
    keys: Source | None = None
    inner_keys: Source | None = None
    labels: Labels | None = None

    def for_keys(self) -> Links:
        """Returns the links of a map's keys."""
        return Links(item=self.keys)

    def for_values(self) -> Links:
        """Returns the links of a map's or list's values."""
        return replace(self, keys=self.inner_keys, inner_keys=None, labels=None)


def named(things: Mapping[str, document.DrawnElement] | Mapping[str, Record]) -> list[Named]:
    """Returns ids with names, in the order of the names; a name that stands twice is followed by its id."""
    names = {key: str(getattr(thing, "name", key)) for key, thing in things.items()}
    twice = alike(names)
    pairs = [(key, with_id(name, key) if key in twice else name) for key, name in names.items()]
    return sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0]))


def groupings(pathway: Pathway) -> list[Named]:
    """Returns what a value may differ by: need tier, footprint, and declared attributes."""
    return [*GROUPINGS, *named(pathway.attributes)]


def groups_of(pathway: Pathway, grouping: str | None) -> list[Named]:
    """Returns the groups of a grouping: the tiers by level, the footprints, or an attribute's values."""
    if grouping == "need_tier":
        tiers = sorted(pathway.need_tiers.items(), key=lambda pair: (pair[1].level, pair[0]))
        return [(key, tier.name) for key, tier in tiers]
    if grouping == "footprint":
        return named(pathway.footprints)
    attribute = pathway.attributes.get(grouping or "")
    return named(attribute.values) if attribute else []


def payer_kinds_of(pathway: Pathway) -> list[Named]:
    """Returns the kinds of payer: those that every scenario knows, then its own."""
    known = [(word, word[:1].upper() + word[1:]) for word in people.PAYER_KINDS]
    return [*(pair for pair in known if pair[0] not in pathway.payer_kinds), *named(pathway.payer_kinds)]


def settings_of(pathway: Pathway) -> list[Named]:
    """Returns the settings in the order of their lanes."""
    return [(setting, pathway.setting_name(setting)) for setting in pathway.setting_order()]


def tags_of(pathway: Pathway) -> list[Named]:
    """Returns the tags that may be picked: those declared, then words that something carries undeclared."""
    carried = {
        tag for map_of in (pathway.activities, pathway.pools) for each in map_of.values() for tag in each.tags
    }
    return [*named(pathway.tags), *((tag, tag) for tag in sorted(carried - pathway.tags.keys()))]


def _values_beside(place: Surroundings) -> list[Named]:
    """Returns the values that the record itself declares in its ``values``."""
    values = (place.beside or {}).get("values")
    if not isinstance(values, Mapping):
        return []
    return [(key, str(value.get("name", key))) for key, value in values.items() if isinstance(value, Mapping)]


def _in_map(word: str, map_name: ListMap) -> Source:
    """Returns the source that offers the members of one map, and can make a new one."""
    return Source(word, lambda place: named(getattr(place.pathway, map_name)), creates=map_name)


POOLS = _in_map("pool", "pools")
FOOTPRINTS = _in_map("footprint", "footprints")
PAYERS = _in_map("payer", "payers")
PROVIDERS = _in_map("provider", "providers")
ATTRIBUTES = _in_map("attribute", "attributes")
NEED_TIERS = Source("need tier", lambda place: groups_of(place.pathway, "need_tier"), creates="need_tiers")
AGE_BANDS = _in_map("age band", "age_bands")
PAYER_KINDS = Source("kind of payer", lambda place: payer_kinds_of(place.pathway), creates="payer_kinds")
SETTINGS = Source("setting", lambda place: settings_of(place.pathway), creates="settings")
TAGS = Source("tag", lambda place: tags_of(place.pathway), creates="tags")
MOVES = replace(_in_map("move", "moves"), adds_up=False)
ELEMENTS = Source("element", lambda place: named(place.pathway.drawn()))
TARGETS = Source(
    "element",
    lambda place: named(
        {key: value for key, value in place.pathway.drawn().items() if key not in place.pathway.entry_points}
    ),
)
ENTRY_POINTS = Source("entry point", lambda place: named(place.pathway.entry_points))
ACTIVITIES = Source("activity", lambda place: named(place.pathway.activities))
GROUPINGS_SOURCE = Source("attribute", lambda place: groupings(place.pathway))
VALUES_OF_KEY = Source("value", lambda place: groups_of(place.pathway, place.key))
VALUES_OF_SIBLING = Source(
    "value", lambda place: groups_of(place.pathway, str((place.beside or {}).get("attribute")))
)
OWN_VALUES = Source("value", _values_beside)


def _measures(place: Surroundings) -> list[Named]:
    """Returns the measures that an outcome may be: those of the whole, of a standard or of a payer."""
    within = {"standard": place.pathway.standards, "payer": place.pathway.payers}
    found: list[Named] = []
    # What works measures out takes a moment to load, which nobody waits for who opens the window.
    from pathway_modeller.analysis.measures.catalogue import MEASURES

    for measure in MEASURES.values():
        if not measure.of:
            found.append((measure.id, measure.title))
        elif len(measure.of) == 1 and measure.of[0] in within:
            members = named(within[measure.of[0]])
            found.extend((f"{measure.id}.{key}", f"{measure.title}: {name}") for key, name in members)
    return found


MEASURE = Source("measure", _measures)
MEASURED = Source(
    "element",
    lambda place: named({**place.pathway.drawn(), **place.pathway.pools}),
)

_TIER_SHARES = Links(keys=NEED_TIERS)
_FOOTPRINT_SHARES = Links(keys=FOOTPRINTS)

_LINKS: Mapping[type[Record], Mapping[str, Links]] = {
    elements.Profile: {
        "months": Links(labels="months"),
        "weekdays": Links(labels="weekdays"),
        "day": Links(labels="parts of the day"),
    },
    elements.RandomArrivals: {
        "hourly": Links(labels="parts of the day"),
        "need_tiers": _TIER_SHARES,
        "footprints": _FOOTPRINT_SHARES,
    },
    elements.BookedArrivals: {"need_tiers": _TIER_SHARES, "footprints": _FOOTPRINT_SHARES},
    elements.EntryPoint: {
        "setting": Links(item=SETTINGS),
        "attributes": Links(keys=ATTRIBUTES, inner_keys=VALUES_OF_KEY),
    },
    elements.Wait: {"setting": Links(item=SETTINGS)},
    elements.Decision: {"setting": Links(item=SETTINGS)},
    elements.ExitPoint: {"setting": Links(item=SETTINGS)},
    elements.Deterioration: {"to_tier": Links(item=NEED_TIERS), "goes_to": Links(item=TARGETS)},
    elements.Caseload: {"pool": Links(item=POOLS)},
    elements.Pressure: {"pool": Links(item=POOLS)},
    elements.SinglePoint: {"advice_to": Links(item=TARGETS), "team": Links(item=ACTIVITIES)},
    elements.DidNotAttend: {"others_go_to": Links(item=TARGETS)},
    elements.Activity: {
        "setting": Links(item=SETTINGS),
        "needs": Links(keys=POOLS),
        "overflow_to": Links(item=TARGETS),
        "gives_up_to": Links(item=TARGETS),
        "provider": Links(item=PROVIDERS),
        "payer": Links(item=PAYERS),
        "tags": Links(item=TAGS),
    },
    elements.AttributeCondition: {
        "attribute": Links(item=GROUPINGS_SOURCE),
        "values": Links(item=VALUES_OF_SIBLING),
    },
    elements.QueueCondition: {"activity": Links(item=ACTIVITIES)},
    elements.VisitsCondition: {"element": Links(item=ELEMENTS)},
    elements.Transition: {
        "origin": Links(item=ELEMENTS),
        "target": Links(item=TARGETS),
        "sets": Links(keys=ATTRIBUTES, item=VALUES_OF_KEY),
    },
    elements.StayEnd: {"element": Links(item=TARGETS)},
    elements.Stay: {"needs": Links(keys=POOLS), "begins_with": Links(item=ACTIVITIES)},
    elements.WaitingToday: {"need_tier": Links(item=NEED_TIERS), "footprint": Links(item=FOOTPRINTS)},
    elements.InProgressToday: {"need_tier": Links(item=NEED_TIERS), "footprint": Links(item=FOOTPRINTS)},
    capacity.CapacityStep: {"footprint": Links(item=FOOTPRINTS)},
    capacity.Pool: {
        "setting": Links(item=SETTINGS),
        "units_by_footprint": Links(keys=FOOTPRINTS),
        "provider": Links(item=PROVIDERS),
        "payer": Links(item=PAYERS),
        "tags": Links(item=TAGS),
    },
    document.Option: {"tags": Links(item=TAGS)},
    population.DemandChange: {"entry_points": Links(item=ENTRY_POINTS)},
    population.Trend: {"by_year": Links(labels="years")},
    population.HeadCost: {
        "setting": Links(item=SETTINGS),
        "payer": Links(item=PAYERS),
        "provider": Links(item=PROVIDERS),
    },
    population.Move: {
        "origin": Links(item=NEED_TIERS),
        "target": Links(item=NEED_TIERS),
        "footprints": _FOOTPRINT_SHARES,
    },
    population.Prevention: {"slows": Links(keys=MOVES), "activity": Links(item=ACTIVITIES)},
    population.NeedChange: {"origin": Links(item=NEED_TIERS), "target": Links(item=NEED_TIERS)},
    money.Shift: {
        "origin": Links(item=POOLS),
        "target": Links(item=POOLS),
        "payer": Links(item=PAYERS),
        "footprints": _FOOTPRINT_SHARES,
    },
    activity_shift.ActivityShift: {
        "origin": Links(item=ACTIVITIES),
        "target": Links(item=ACTIVITIES),
        "footprints": Links(item=FOOTPRINTS),
    },
    money.Displacement: {"activity": Links(item=ACTIVITIES), "to": Links(keys=ACTIVITIES)},
    money.Outcome: {
        "measure": Links(item=MEASURE),
        "element": Links(item=MEASURED),
        "need_tier": Links(item=NEED_TIERS),
    },
    people.NeedTier: {"age_band": Links(item=AGE_BANDS)},
    people.Payer: {"kind": Links(item=PAYER_KINDS)},
    people.PayerLine: {"provider": Links(item=PROVIDERS)},
    people.Provider: {"payer": Links(item=PAYERS)},
    contracts.Contract: {
        "payer": Links(item=PAYERS),
        "activities": Links(item=ACTIVITIES),
        "planned": Links(keys=ACTIVITIES),
        "a_head": Links(keys=NEED_TIERS),
    },
    people.Footprint: {"people": Links(keys=NEED_TIERS), "imd": Links(labels="fifths")},
    people.PatientAttribute: {"default": Links(item=OWN_VALUES)},
    people.Standard: {
        "starts_at": Links(item=ELEMENTS),
        "stops_at": Links(item=TARGETS),
        "new_referral_at": Links(item=ELEMENTS),
    },
}


def links_of(record: type[Record], field: str) -> Links:
    """Returns what the ids in a field name; nothing, for a field without ids."""
    return _LINKS.get(record, {}).get(field, Links())
