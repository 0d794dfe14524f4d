"""Capacity pools: named, limited staff, rooms, slots or beds, with their timetable, changes and cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import Field

from pathway_modeller.scenario.dated import Dated
from pathway_modeller.scenario.elements import ClockTime, Share
from pathway_modeller.scenario.values import (
    RARE,
    Day,
    Duration,
    Money,
    Record,
    Setting,
    SomeUnits,
    Units,
    Weekday,
)


class OpenHours(Record):
    """An interval of a weekday in which a pool is open."""

    opens: ClockTime = Field(title="From", description="Opening time, as 09:00.")
    closes: ClockTime = Field(title="To", description="Closing time, as 17:00; 24:00 is midnight.")
    units: Units | None = Field(
        default=None,
        title="Units",
        description="Units open, never more than the pool has; left empty, all of them.",
    )


class CapacityStep(Record):
    """A dated change of a pool's units."""

    date: Day = Field(title="From", description="The day on which the change begins.")
    units: Units = Field(title="Units", description="Units from then on (for each footprint, if so held).")
    footprint: str | None = Field(
        default=None, title="Footprint", description="Only this footprint; left empty, all."
    )
    ramp: Duration | None = Field(
        default=None, title="Ramp", description="Reached evenly over this time, in whole units."
    )


Per = Literal["open hour", "day", "week", "year"]


class PoolCost(Record):
    """What a unit of capacity costs, used or not."""

    amount: Money = Field(title="Cost", description="Pounds for one unit.")
    per: Per = Field(
        title="Per", description="For each hour the unit is open, or each calendar day, week or year."
    )

    @property
    def is_by_open_hour(self) -> bool:
        """Whether a unit costs only while its timetable opens it; else on every calendar day."""
        match self.per:
            case "open hour":
                return True
            case "day" | "week" | "year":
                return False
            case _:
                assert_never(self.per)


class Quality(Record):
    """How many of a pool's units are good, by whatever judges it (a regulator's rating, an audit)."""

    good: Dated[Share] = Field(
        title="Share that is good",
        description="The share of units that are good; it is drawn for each patient when their care begins.",
    )


class Pool(Record):
    """Named, limited capacity that activities share."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What it stands for, in a sentence.")
    kind: Literal["staff", "rooms", "slots", "beds", "caseload places"] = Field(
        default="staff", title="Kind", description="What its units are."
    )
    setting: Setting = Field(default="hospital", title="Setting", description="Where it is.")
    units: Units | None = Field(
        default=None,
        title="Units",
        description="How many (for each footprint, if so held); left empty, unlimited and only recorded.",
    )
    per_footprint: bool = Field(
        default=False, title="One for each footprint", description="Held by each footprint, or shared by all."
    )
    units_by_footprint: Mapping[str, Units] = Field(
        default_factory=dict, title="Units by footprint", description="Where a footprint's units differ."
    )
    timetable: Mapping[Weekday, tuple[OpenHours, ...]] = Field(
        default_factory=dict,
        title="Timetable",
        description="Opening hours for each weekday; left empty, always open.",
    )
    closed_on_bank_holidays: bool = Field(
        default=False, title="Closed on bank holidays", description="England's bank holidays."
    )
    steps: tuple[CapacityStep, ...] = Field(
        default=(), title="Changes", description="Dated changes of the units."
    )
    block: SomeUnits | None = Field(
        default=None,
        title="Block",
        description="Units that can only be closed together (a ward); its cost leaves only as a whole.",
    )
    notice: Duration | None = Field(
        default=None,
        title="Notice",
        description="From closing units (or a block) to their cost leaving; left empty, at once.",
    )
    provider: str | None = Field(default=None, title="Provider", description="Who provides it.")
    payer: str | None = Field(default=None, title="Payer", description="Who pays for it.")
    cost: PoolCost | None = Field(default=None, title="Cost", description="What it costs, used or not.")
    quality: Annotated[Quality | None, RARE] = Field(
        default=None,
        title="Quality",
        description="How many units are good. It changes how often something happens during care where a "
        "deterioration has a factor for it.",
    )
    tags: Annotated[tuple[str, ...], RARE] = Field(
        default=(), title="Tags", description="The directions or themes that it serves; changes no result."
    )
