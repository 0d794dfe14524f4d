"""Who the patients are, who pays and provides, what standard is promised, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from pathway_modeller.scenario.values import Duration, Record


class NeedTier(Record):
    """A level of the triangle of need."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="Who belongs to it.")
    level: int = Field(ge=1, le=20, title="Level", description="1 is the base of the triangle.")


class Footprint(Record):
    """A service delivery footprint: a locality of 30,000 to 50,000 people."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="Which places it holds.")
    people: Mapping[str, Annotated[float, Field(ge=0)]] = Field(
        default_factory=dict, title="People", description="How many people of each need tier live there."
    )


class AttributeValue(Record):
    """One value that a patient attribute may take."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")


class PatientAttribute(Record):
    """A category that every patient has beyond need tier and footprint: a condition, a destination."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    values: Mapping[str, AttributeValue] = Field(
        min_length=1, title="Values", description="The values; a patient has one."
    )
    default: str = Field(title="Default", description="The value of a patient to whom none was given.")


class Payer(Record):
    """Who funds a line."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")


class Provider(Record):
    """Who provides an activity or a pool."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")


class Standard(Record):
    """A waiting-time standard: its clock, its limit, its target, and whom it counts."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    starts_at: tuple[str, ...] = Field(
        min_length=1, title="Clock starts at", description="Elements whose reaching starts the clock."
    )
    stops_at: tuple[str, ...] = Field(
        min_length=1,
        title="Clock stops at",
        description="Activities whose attended start, or exits whose reaching, stops the clock.",
    )
    limit: Duration = Field(title="Limit", description="Within this time.")
    target: Annotated[float, Field(ge=0, le=1)] = Field(
        title="Target", description="The share that should be within the limit."
    )
    counts: Literal["stock", "flow"] = Field(
        title="Counts", description="stock: those still waiting at month end; flow: those seen in the month."
    )


Quality = Literal["evidenced", "local data", "judgement", "illustrative"]


class Assumption(Record):
    """Where figures come from, how sure they are, and who answers for them."""

    name: str = Field(min_length=1, title="Name", description="What is assumed, in a few words.")
    places: tuple[str, ...] = Field(
        min_length=1, title="Places", description="JSON pointers of the figures in the scenario file."
    )
    source: str = Field(min_length=1, title="Source", description="Who says so.")
    address: str = Field(default="", title="Address", description="Where it can be read.")
    year: str = Field(default="", title="Year", description="The year of the figure.")
    low: float | None = Field(default=None, title="Low", description="The lowest credible figure.")
    high: float | None = Field(default=None, title="High", description="The highest credible figure.")
    quality: Quality = Field(title="Quality", description="How far it can be relied upon.")
    note: str = Field(default="", title="Note", description="What a reader should know.")
    owner: str = Field(default="", title="Owner", description="Who answers for it.")
    signed_off: str = Field(default="", title="Signed off", description="By whom, and when.")
