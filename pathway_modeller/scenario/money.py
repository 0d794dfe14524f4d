"""Money that moves: price base, investment shifts, where contacts go, and the outcomes that pounds buy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import Field

from pathway_modeller.scenario.values import MOST_TIMES, Day, Duration, FinancialYear, Money, Record

Share = Annotated[float, Field(ge=0, le=1)]
_NO_TIME = Duration(value=0, unit="days")


class MoneySettings(Record):
    """The price base, inflation and discount rate by which pounds are added up."""

    price_year: FinancialYear | None = Field(
        default=None,
        title="Price base",
        description="Financial year in whose prices totals are shown; left empty, the only one there is.",
    )
    index: Mapping[FinancialYear, Annotated[float, Field(gt=-1, le=1)]] = Field(
        default_factory=dict,
        title="Past inflation",
        description="By how much prices rose in each financial year over the year before: 0.0731 is 7.31%.",
    )
    inflation: Annotated[float, Field(gt=-1, le=1)] = Field(
        default=0.0, title="Inflation", description="A year from the start date on, for nominal totals."
    )
    discount_rate: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.035,
        title="Discount rate",
        description="A year, for discounted totals (Green Book: 3.5%); the first year is not discounted.",
    )


class Shift(Record):
    """An investment shift: pounds a year that move from one capacity pool to another.

    Capacity follows from the cost of a unit: only whole units are opened or closed. Either pool may be left
    empty: money found elsewhere, or money taken out.
    """

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What it is for.")
    origin: str | None = Field(
        default=None, alias="from", title="From pool", description="The pool that money is taken from."
    )
    target: str | None = Field(
        default=None, alias="to", title="To pool", description="The pool that money is put into."
    )
    amount: Money = Field(title="Pounds a year", description="When the ramp is complete.")
    starts: Day = Field(title="Starts", description="The day on which money begins to move.")
    ramp: Duration = Field(
        default=_NO_TIME, title="Ramp", description="Time in which the amount grows evenly to its whole."
    )
    recruitment_lag: Duration = Field(
        default=_NO_TIME,
        title="Recruitment lag",
        description="From money put in to capacity open; it is paid for only once it is open.",
    )
    double_running: Duration = Field(
        default=_NO_TIME,
        title="Double running",
        description="How much later the old capacity closes than the money begins to move.",
    )
    notice: Duration | None = Field(
        default=None,
        title="Notice",
        description="From closing to the cost leaving; left empty, the notice of the pool.",
    )
    set_up: Money | None = Field(default=None, title="Set-up cost", description="Once, on the first day.")
    exit_cost: Money | None = Field(
        default=None, title="Exit cost", description="Once, when the first cost leaves."
    )
    payer: str | None = Field(
        default=None, title="Payer", description="Who pays set-up and exit; left empty, the pool's payer."
    )
    footprints: Mapping[str, Share] = Field(
        default_factory=dict,
        title="Footprints",
        description="Share of each in the units of a pool that footprints hold; left empty, as people live.",
    )


class DisplacedTo(Record):
    """Where contacts taken from an activity are found."""

    share: Share = Field(title="Share", description="The share of the contacts taken.")
    contacts: Annotated[float, Field(gt=0, le=MOST_TIMES)] = Field(
        default=1.0, title="Contacts for each", description="Contacts there for each contact taken here."
    )


class Displacement(Record):
    """What becomes of the contacts that an option takes from an activity; the shares sum to 1."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    activity: str = Field(title="Taken from", description="The activity that loses contacts.")
    to: Mapping[str, DisplacedTo] = Field(
        default_factory=dict, title="Found at", description="For each activity, how many."
    )
    avoided: Share = Field(
        default=0.0, title="No longer needed", description="The share that nobody needs any more."
    )
    unmet: Share = Field(
        default=0.0, title="Unmet", description="The share that is needed and not given: unmet need."
    )


class Outcome(Record):
    """An outcome that a scenario is judged by, worked out from the trace as one of the measures."""

    name: str = Field(min_length=1, title="Name", description="What is meant to get better.")
    aim: str = Field(default="", title="Aim", description="The aim of the programme that it stands for.")
    measure: str = Field(title="Measure", description="The id of a measure, such as wait.mean.")
    element: str | None = Field(
        default=None, title="Element", description="Of which element or capacity pool."
    )
    need_tier: str | None = Field(default=None, title="Need tier", description="Of which need tier.")
    better: Literal["lower", "higher"] = Field(title="Better when", description="Lower or higher.")

    def gain(self, change: float) -> float:
        """Returns by how much it gets better when its measure changes; negative if it gets worse."""
        match self.better:
            case "lower":
                return -change
            case "higher":
                return change
            case _:
                assert_never(self.better)
