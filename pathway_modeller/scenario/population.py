"""The triangle of need as a living population: how people come, move between need tiers, and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import Field

from pathway_modeller.scenario.values import MOST_PEOPLE, Duration, Factor, Money, Record, Setting, Varied

Share = Annotated[float, Field(ge=0, le=1)]
YearlyNumber = Annotated[float, Field(ge=0, le=MOST_PEOPLE)]


class DemandChange(Record):
    """One factor over the arrivals of many entry points: so much more or less than their rates say."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    change: Annotated[float, Field(ge=-1, le=10)] = Field(
        title="Change", description="0.05 is 5% more patients than the rates say, -0.05 is 5% fewer."
    )
    entry_points: tuple[str, ...] = Field(
        default=(), title="Entry points", description="Those it is about; left empty, all of them."
    )

    def is_about(self, entry_point: str) -> bool:
        """Tells whether the rates of an entry point are changed."""
        return not self.entry_points or entry_point in self.entry_points


class Trend(Record):
    """How a rate changes from year to year; years run from the start date to its anniversaries.

    The factor of a year is the one listed; after the last one listed (or from the first year, where none is)
    it changes by ``yearly_change`` each year.
    """

    by_year: tuple[Factor, ...] = Field(
        default=(), title="By year", description="Factors for the first year, the second, and so on."
    )
    yearly_change: Annotated[float, Field(gt=-1, le=10)] = Field(
        default=0.0, title="Change a year", description="0.02 is 2% more each year than the year before."
    )

    def factor(self, year: int) -> float:
        """Returns the factor of a year, 0 for the first."""
        listed = len(self.by_year)
        if year < listed:
            return self.by_year[year]
        factor, rest = (self.by_year[-1], year - listed + 1) if listed else (1.0, year)
        for _ in range(rest):
            factor *= 1.0 + self.yearly_change
        return factor


class AgeBand(Record):
    """An age band, for need tiers that hold people of one age only."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    from_age: int = Field(ge=0, le=120, title="From age", description="The youngest, in years.")
    to_age: Annotated[int, Field(ge=0, le=120)] | None = Field(
        default=None, title="To age", description="The oldest, in years; left empty, no limit."
    )


class HeadCost(Record):
    """What is spent on each person of a need tier in a year outside the pathway that is drawn."""

    name: str = Field(min_length=1, title="Name", description="On what.")
    amount: Money = Field(title="Pounds a year", description="For each person and year.")
    setting: Setting = Field(default="hospital", title="Setting", description="Where it is spent.")
    payer: str | None = Field(default=None, title="Payer", description="Who pays for it.")
    provider: str | None = Field(default=None, title="Provider", description="Who provides it.")


Cause = Literal["found", "better", "worse"]
MoveKind = Literal["move", "birth", "migration in", "migration out", "death"]


class Move(Record):
    """A yearly flow of people: from one need tier to another, into the population, or out of it.

    Give exactly one of ``per_person`` and ``people``. A "move" has both tiers; births and migration in have
    only the tier reached; migration out and deaths only the tier left.
    """

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    kind: MoveKind = Field(default="move", title="Kind", description="What happens.")
    origin: str | None = Field(default=None, alias="from", title="From", description="The need tier left.")
    target: str | None = Field(default=None, alias="to", title="To", description="The need tier reached.")
    per_person: Varied[Factor] | None = Field(
        default=None,
        title="Rate per person a year",
        description="For each person of the tier left (births and migration in: of the footprint).",
    )
    people: YearlyNumber | None = Field(
        default=None,
        title="People a year",
        description="A fixed number a year, all footprints together, however many people there are.",
    )
    footprints: Mapping[str, Share] = Field(
        default_factory=dict,
        title="Footprints",
        description="Share of each footprint in the people a year; left empty, as the people of the tier "
        "live on the start date.",
    )
    trend: Trend | None = Field(default=None, title="Trend", description="How it changes from year to year.")

    @property
    def leaves(self) -> bool:
        """Whether people leave a need tier by it."""
        match self.kind:
            case "move" | "migration out" | "death":
                return True
            case "birth" | "migration in":
                return False
            case _:
                assert_never(self.kind)

    @property
    def arrives(self) -> bool:
        """Whether people reach a need tier by it."""
        match self.kind:
            case "move" | "birth" | "migration in":
                return True
            case "migration out" | "death":
                return False
            case _:
                assert_never(self.kind)


class Prevention(Record):
    """Something that slows moves up the triangle, for those whom it reaches, after a lag, for a time.

    Give exactly one of ``activity`` (each attended contact reaches a person) and ``coverage`` (a programme
    that reaches a share of the people). While it lasts, a person reached moves at a rate lower by the
    reduction.
    """

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What it is, and who says that it works.")
    slows: Mapping[str, Share] = Field(
        min_length=1, title="Slows", description="For each move, the reduction: 0.07 is 7% fewer."
    )
    activity: str | None = Field(
        default=None, title="Activity", description="The activity whose attended contacts reach people."
    )
    coverage: Share | None = Field(
        default=None, title="Coverage", description="The share of the people of the tiers it reaches."
    )
    uptake: Varied[Share] = Field(
        default=1.0, title="Uptake", description="The share of those reached who take it up."
    )
    starts_after: Duration = Field(
        default=Duration(value=0, unit="days"), title="Starts after", description="From the start date."
    )
    ramp: Duration = Field(
        default=Duration(value=0, unit="days"),
        title="Ramp",
        description="Time in which coverage grows evenly, month by month.",
    )
    ends_after: Duration | None = Field(
        default=None, title="Ends after", description="From the start date; nobody is reached later."
    )
    lag: Duration = Field(
        default=Duration(value=0, unit="days"),
        title="Lag",
        description="From being reached to the first effect.",
    )
    half_life: Duration | None = Field(
        default=None,
        title="Half-life",
        description="Time in which half of those reached lose the effect; left empty, it stays.",
    )


class NeedChange(Record):
    """A change of a patient's need tier by what was done: found, better or worse."""

    origin: str | None = Field(
        default=None, alias="from", title="From", description="Need tier before; left empty, any."
    )
    target: str = Field(alias="to", title="To", description="Need tier after.")
    share: Varied[Share] = Field(default=1.0, title="Share", description="The share of patients changed.")
    cause: Cause = Field(
        default="better",
        title="Cause",
        description="found: need that was there and is now known; better or worse: need that changed.",
    )
