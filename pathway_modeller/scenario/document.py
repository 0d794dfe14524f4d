"""The scenario: one file with a baseline, its options, its evidence and its run settings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.contracts import Agreed, Contract
from pathway_modeller.scenario.differences import SmallestDifferences
from pathway_modeller.scenario.elements import (
    Activity,
    Decision,
    EntryPoint,
    ExitPoint,
    Stay,
    Today,
    Transition,
    Wait,
)
from pathway_modeller.scenario.money import DisplacedTo, Displacement, MoneySettings, Outcome, Shift
from pathway_modeller.scenario.people import (
    Assumption,
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
from pathway_modeller.scenario.values import (
    HOSPITAL,
    RARE,
    SETTING_LABELS,
    SETTINGS,
    Day,
    Duration,
    Record,
    Setting,
)

FORMAT = 1
"""The version of the file format that this program writes."""

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,63}$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]

DrawnMap = Literal["entry_points", "activities", "waits", "decisions", "exit_points"]
DrawnElement = EntryPoint | Activity | Wait | Decision | ExitPoint


@dataclass(frozen=True)
class DrawnKind:
    """A kind of element that is drawn as a box.

    Attributes:
        record: what its map holds.
        name: what people call one.
        comes_first: whether patients come from it, so that no arrow can lead into it.
        comes_last: whether patients leave there, so that no arrow can lead out of it.
        passed_at_once: whether patients go on from it at the instant they reach it, holding what they hold.
    """

    record: type[DrawnElement]
    name: str
    comes_first: bool = False
    comes_last: bool = False
    passed_at_once: bool = False


DRAWN_KINDS: Mapping[DrawnMap, DrawnKind] = {
    "entry_points": DrawnKind(EntryPoint, "Entry point", comes_first=True),
    "activities": DrawnKind(Activity, "Activity"),
    "waits": DrawnKind(Wait, "Wait"),
    "decisions": DrawnKind(Decision, "Decision", passed_at_once=True),
    "exit_points": DrawnKind(ExitPoint, "Exit point", comes_last=True),
}
"""The kinds by the map of a pathway that holds them, in the order of the palette."""
DRAWN: tuple[DrawnMap, ...] = tuple(DRAWN_KINDS)
"""The maps whose members are drawn as boxes; an id is used once over all of them."""


class Pathway(Record):
    """A pathway as it is (the baseline) or would be (an option applied)."""

    entry_points: Mapping[Id, EntryPoint] = Field(default_factory=dict, title="Entry points")
    activities: Mapping[Id, Activity] = Field(default_factory=dict, title="Activities")
    waits: Mapping[Id, Wait] = Field(default_factory=dict, title="Waits")
    decisions: Mapping[Id, Decision] = Field(default_factory=dict, title="Decisions")
    exit_points: Mapping[Id, ExitPoint] = Field(default_factory=dict, title="Exit points")
    transitions: Mapping[Id, Transition] = Field(default_factory=dict, title="Transitions")
    pools: Mapping[Id, Pool] = Field(default_factory=dict, title="Capacity pools")
    stays: Mapping[Id, Stay] = Field(default_factory=dict, title="Stays")
    today: Mapping[Id, Today] = Field(
        default_factory=dict, title="Today", description="Waiting lists and occupied beds, by activity."
    )
    demand_changes: Mapping[Id, DemandChange] = Field(
        default_factory=dict,
        title="Changes of demand",
        description="One factor over the rates of many entry points, such as 5% more.",
    )
    attributes: Mapping[Id, PatientAttribute] = Field(default_factory=dict, title="Patient attributes")
    need_tiers: Mapping[Id, NeedTier] = Field(default_factory=dict, title="Need tiers")
    age_bands: Mapping[Id, AgeBand] = Field(default_factory=dict, title="Age bands")
    footprints: Mapping[Id, Footprint] = Field(default_factory=dict, title="Footprints")
    moves: Mapping[Id, Move] = Field(
        default_factory=dict,
        title="Moves",
        description="Yearly flows of people between need tiers, into the population and out of it.",
    )
    preventions: Mapping[Id, Prevention] = Field(
        default_factory=dict, title="Prevention", description="What slows moves, for whom, and how long."
    )
    payers: Mapping[Id, Payer] = Field(default_factory=dict, title="Payers")
    payer_kinds: Mapping[Id, PayerKind] = Field(
        default_factory=dict,
        title="Kinds of payer",
        description="Parts of the public purse beside those that every scenario knows.",
    )
    providers: Mapping[Id, Provider] = Field(default_factory=dict, title="Providers")
    standards: Mapping[Id, Standard] = Field(default_factory=dict, title="Waiting-time standards")
    settings: Mapping[Id, OwnSetting] = Field(
        default_factory=dict,
        title="Settings",
        description="Settings beside home, primary care, community, social care and hospital.",
    )
    tags: Mapping[Id, Tag] = Field(
        default_factory=dict,
        title="Tags",
        description="Directions or themes, to see which of them each option touches.",
    )

    def drawn(self) -> dict[str, DrawnElement]:
        """Returns every drawn element by id, in the order of the maps and their keys."""
        found: dict[str, DrawnElement] = {}
        for name in DRAWN:
            found.update(getattr(self, name))
        return found

    def demand_factor(self, entry_point: str) -> float:
        """Returns by what the rates of an entry point are multiplied."""
        about = (each for each in self.demand_changes.values() if each.is_about(entry_point))
        return math.prod((1.0 + each.change for each in about), start=1.0)

    def setting_order(self) -> tuple[Setting, ...]:
        """Returns the settings in the order of their lanes: those of every scenario, and its own."""
        places = {setting: (float(place), "") for place, setting in enumerate(SETTINGS, 1)}
        places |= {key: (each.order, key) for key, each in self.settings.items() if key not in places}
        return tuple(sorted(places, key=places.__getitem__))

    def hospital_settings(self) -> frozenset[Setting]:
        """Returns the settings in which what is done is hospital care."""
        return frozenset({HOSPITAL, *(key for key, each in self.settings.items() if each.is_hospital)})

    def setting_name(self, setting: Setting) -> str:
        """Returns what people call a setting; its id if there is none."""
        own = self.settings.get(setting)
        return own.name if own is not None else SETTING_LABELS.get(setting, setting)

    def pausing(self) -> tuple[str, ...]:
        """Returns the ids of elements at which clocks of standards stand still."""
        activities = (key for key, each in self.activities.items() if each.pauses_clocks)
        return (*activities, *(key for key, each in self.waits.items() if each.pauses_clocks))

    def passed_at_once(self) -> frozenset[str]:
        """Returns the ids of elements from which patients go on at the instant they reach them."""
        kinds = (name for name, kind in DRAWN_KINDS.items() if kind.passed_at_once)
        return frozenset(key for name in kinds for key in getattr(self, name))

    def agreed(self) -> tuple[Agreed, ...]:
        """Returns the contracts of all providers, each with the activities that it pays for."""
        return tuple(
            Agreed(
                key,
                name,
                contract,
                contract.activities
                or tuple(
                    sorted(
                        each
                        for each, activity in self.activities.items()
                        if (activity.provider, activity.payer) == (key, contract.payer)
                    )
                ),
            )
            for key, provider in sorted(self.providers.items())
            for name, contract in sorted(provider.contracts.items())
        )

    def contract_of(self, activity: str) -> Contract | None:
        """Returns the contract that pays for an activity; None where each contact is paid its price."""
        for each in self.agreed():
            if activity in each.activities and each.contract.kind != "cost per case":
                return each.contract
        return None

    def map_of(self, element_id: str) -> DrawnMap:
        """Returns the name of the map that holds a drawn element.

        Raises:
            KeyError: no drawn element has this id.
        """
        for name in DRAWN:
            if element_id in getattr(self, name):
                return name
        raise KeyError(element_id)


SHORT = 24
"""Characters of an option's short name."""


class Option(Record):
    """A redesign laid against the baseline: a JSON Merge Patch (RFC 7396) worked out from the drawing."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    short_name: str = Field(
        default="",
        max_length=SHORT,
        title="Short name",
        description=f"For headlines and tabs, {SHORT} characters at most; else the name is cut.",
    )
    description: str = Field(default="", title="Note", description="What it would change, and why.")
    patch: Mapping[str, Any] = Field(
        default_factory=dict, title="Changes", description="What differs from the baseline."
    )
    begins: Annotated[Day | None, RARE] = Field(
        default=None,
        title="Begins on",
        description="The pathway is the baseline until this day, 00:00; left empty, the option is there from "
        "the start.",
    )
    shifts: Mapping[Id, Shift] = Field(
        default_factory=dict, title="Investment shifts", description="Pounds a year moved between pools."
    )
    activity_shifts: Mapping[Id, ActivityShift] = Field(
        default_factory=dict,
        title="Shifts of activity",
        description="A share of the contacts of one activity that moves to another.",
    )
    displacements: Mapping[Id, Displacement] = Field(
        default_factory=dict,
        title="Where contacts go",
        description="What becomes of contacts that the option takes from an activity.",
    )
    tags: tuple[str, ...] = Field(
        default=(), title="Tags", description="The directions or themes that it serves; changes no result."
    )

    def declared(self) -> Mapping[str, Displacement]:
        """Returns what becomes of contacts taken: as said, else what shifts of activity come to.

        Of an activity from which several shifts lead to different ones, nothing is said: what part of its
        contacts each takes depends on who comes.
        """
        said = {each.activity for each in self.displacements.values()}
        targets: dict[str, set[str]] = {}
        for shift in self.activity_shifts.values():
            targets.setdefault(shift.origin, set()).add(shift.target)
        found = dict(self.displacements)
        for key, shift in sorted(self.activity_shifts.items()):
            if shift.origin not in said and len(targets[shift.origin]) == 1:
                said.add(shift.origin)
                name = key if key not in found else f"shift-{key}"
                to = {shift.target: DisplacedTo(share=1.0)}
                found[name] = Displacement(name=shift.name, activity=shift.origin, to=to)
        return found


class RunSettings(Record):
    """How a scenario is run unless told otherwise."""

    start_date: Day = Field(title="Start date", description="Day 0, at 00:00.")
    start: Literal["empty", "today"] = Field(
        default="empty",
        title="Start from",
        description="An empty pathway (with a warm-up period), or today's lists and occupied beds.",
    )
    warm_up: Duration = Field(
        default=Duration(value=0, unit="days"),
        title="Warm-up period",
        description="Run before anything is counted.",
    )
    duration: Duration = Field(title="Data collection period", description="Time that is counted.")
    replications: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=30, title="Replications", description="Independent runs; more give narrower intervals."
    )
    seed: Annotated[int, Field(ge=0, lt=2**32)] = Field(
        default=1, title="Seed", description="Names the random numbers; the same seed, the same results."
    )


class Scenario(Record):
    """One file: baseline, options, evidence and run settings."""

    format: Literal[1] = Field(title="Format", description="Version of the file format.")
    name: str = Field(min_length=1, title="Name", description="What the scenario is called.")
    question: str = Field(default="", title="Question", description="The question it should answer.")
    description: str = Field(default="", title="Note", description="What a reader should know first.")
    baseline: Pathway = Field(title="Baseline", description="The pathway as it is.")
    options: Mapping[Id, Option] = Field(
        default_factory=dict, title="Options", description="Redesigns laid against the baseline."
    )
    assumptions: Mapping[Id, Assumption] = Field(
        default_factory=dict, title="Assumptions", description="Sources of the figures that matter."
    )
    money: MoneySettings = Field(
        default=MoneySettings(), title="Money", description="Price base, inflation and discount rate."
    )
    outcomes: Mapping[Id, Outcome] = Field(
        default_factory=dict, title="Outcomes", description="What the scenario is judged by."
    )
    matters: SmallestDifferences = Field(
        default=SmallestDifferences(),
        title="Smallest differences that matter",
        description="Below them nothing is called better or worse.",
    )
    run: RunSettings = Field(title="Run settings", description="How it is run unless told otherwise.")
