"""How the range of an assumption reaches the figures it stands behind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pathway_modeller.scenario.values import Record

TimeFigure = Literal["value", "mean", "sd", "median", "p90", "p95", "low", "likely", "high"]


class Replaces(Record):
    """The range is of the figure itself."""

    kind: Literal["replaces"]
    places: tuple[str, ...] = Field(
        default=(),
        title="Only at",
        description="JSON pointers of the figures that move; left empty, all places.",
    )


class Multiplies(Record):
    """The range is of something that the figures are in proportion to."""

    kind: Literal["multiplies"]
    places: tuple[str, ...] = Field(
        default=(),
        title="Only at",
        description="JSON pointers of the figures that move; left empty, all places.",
    )


class MovesShare(Record):
    """The range is of a share; the shares beside it take up the rest, in proportion."""

    kind: Literal["share"]
    places: tuple[str, ...] = Field(
        default=(),
        title="Only at",
        description="JSON pointers of the shares that move; left empty, all places.",
    )


class MovesTime(Record):
    """The range is of figures of a time."""

    kind: Literal["time"]
    figures: tuple[TimeFigure, ...] = Field(
        min_length=1,
        title="Figures of the time",
        description="Those that move, in proportion; the others stay.",
    )
    places: tuple[str, ...] = Field(
        default=(),
        title="Only at",
        description="JSON pointers of the times that move; left empty, all places.",
    )


class NotVaried(Record):
    """The assumption is never varied."""

    kind: Literal["not varied"]
    because: str = Field(min_length=1, title="Because", description="Why, as a clause.")


Reach = Annotated[
    Replaces | Multiplies | MovesShare | MovesTime | NotVaried,
    Field(discriminator="kind"),
]
