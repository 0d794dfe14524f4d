"""A key of colours and hatches that stand for something other than a variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

from pathway_modeller.report.drawing.layout import MARGIN, Ruler, line_height
from pathway_modeller.report.drawing.style import INK, Dash, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BOX = 0.26
"""Inches of a sample."""
_STEP = 0.1
"""Inches between a sample and its name."""
_APART = 0.25
"""Inches between two samples."""


@dataclass(frozen=True)
class Swatch:
    """A sample: a box of a colour and hatch, or a line of a colour and dash, and what it stands for."""

    colour: str
    hatch: str
    name: str
    dash: Dash = (0, None)
    kind: Literal["box", "line"] = "box"


@dataclass(frozen=True)
class _Placed:
    """Where a sample stands: inches from the left, its first line, and the lines of its name."""

    left: float
    line: int
    name: list[str]


def swatches_height(style: Style, ruler: Ruler, swatches: Sequence[Swatch], room: float) -> float:
    """Returns how many inches a key needs in a room of some inches' width."""
    placed = _placed(style, ruler, swatches, room)
    lines = max((each.line + len(each.name) for each in placed), default=0)
    return lines * line_height(style.text) * 1.05 + 0.1 if lines else 0.0


def draw_swatches(
    figure: Figure, axes: Axes, style: Style, ruler: Ruler, swatches: Sequence[Swatch], room: float
) -> None:
    """Draws a key directly above axes, from the left margin of the page.

    Args:
        figure: gets the key.
        axes: what the key is for.
        style: sizes.
        ruler: measures.
        swatches: in order.
        room: inches' width that the key may take.
    """
    width, height = figure.get_size_inches()
    above = axes.get_position().y1 * height + swatches_height(style, ruler, swatches, room)
    step = line_height(style.text) * 1.05
    for swatch, at in zip(swatches, _placed(style, ruler, swatches, room), strict=True):
        middle = above - (at.line + 0.5) * step
        _sample(figure, swatch, (MARGIN + at.left) / width, middle / height, 0.7 * style.text / 72 / height)
        for number, words in enumerate(at.name):
            figure.text(
                (MARGIN + at.left + _BOX + _STEP) / width,
                (middle - number * step) / height,
                words,
                size=style.text * 0.95,
                color=INK,
                ha="left",
                va="center",
            )


def _sample(figure: Figure, swatch: Swatch, left: float, middle: float, box: float) -> None:
    """Draws a sample; places are shares of the figure."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    across = _BOX / float(figure.get_size_inches()[0])
    match swatch.kind:
        case "line":
            line = Line2D((left, left + across), (middle, middle), color=swatch.colour, linewidth=2)
            line.set_linestyle(swatch.dash)  # type: ignore[arg-type]
            figure.add_artist(line)
        case "box":
            edge = "white" if swatch.hatch else swatch.colour
            place = (left, middle - box / 2)
            figure.add_artist(
                Rectangle(
                    place,
                    across,
                    box,
                    facecolor=swatch.colour,
                    edgecolor=edge,
                    hatch=swatch.hatch,
                    linewidth=0,
                )
            )
        case _:
            assert_never(swatch.kind)


def _placed(style: Style, ruler: Ruler, swatches: Sequence[Swatch], room: float) -> list[_Placed]:
    """Returns where each sample stands, as many beside each other as fit."""
    found: list[_Placed] = []
    left, line, high = 0.0, 0, 0
    for swatch in swatches:
        name = ruler.wrap(swatch.name, style.text * 0.95, room - _BOX - _STEP)
        wide = _BOX + _STEP + max(ruler.width(words, style.text * 0.95) for words in name)
        if left and left + wide > room:
            left, line, high = 0.0, line + high, 0
        found.append(_Placed(left, line, name))
        left, high = left + wide + _APART, max(high, len(name))
    return found
