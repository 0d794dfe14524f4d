"""A shift of activity: a share of the contacts of one activity that an option moves to another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pathway_modeller.scenario.dated import AtDate
from pathway_modeller.scenario.values import RARE, Record, Varied

Share = Annotated[float, Field(ge=0, le=1)]


class ActivityShift(Record):
    """Contacts that move from one activity to another: of the patients eligible, a share of their visits.

    Whoever would reach the activity left, by an arrow or because something else sends them, goes to the other
    one instead. Those who come straight from the other one stay, since they have been there.
    """

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What it is for.")
    origin: str = Field(alias="from", title="From activity", description="The activity that contacts leave.")
    target: str = Field(alias="to", title="To activity", description="The activity that contacts move to.")
    eligible: Varied[Share] = Field(
        default=1.0,
        title="Eligible",
        description="The share of patients whose contacts can move; drawn once for each patient.",
    )
    uptake: Varied[Share] = Field(
        title="Uptake",
        description="The share of contacts of those eligible that do move; drawn at each visit.",
    )
    phased_in: AtDate | None = Field(
        default=None,
        title="Phased in",
        description="Uptake is 0 until this day; left empty, it is there from when the option begins.",
    )
    footprints: Annotated[tuple[str, ...], RARE] = Field(
        default=(), title="Open to", description="Footprints whose patients can move; left empty, all."
    )
