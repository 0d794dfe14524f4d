"""Where things stand on a chart, worked out in inches from the size of the words: nothing overlaps."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, assert_never

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.style import (
    INK,
    QUIET,
    Mark,
    Style,
    TooHigh,
    fonts,
    mark,
    missing_letters_are_boxes,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

MARGIN = 0.2
"""Inches kept free at each side."""
_LEADING = 1.32
"""Height of a line over the size of its letters."""
_HANDLE = 0.36
"""Inches of the sample of a mark in the key."""

_DPI = 100.0
"""Dots an inch at which words are measured; without hinting they are as wide at any other."""

KeyKind = Literal["dot", "bar", "line"]


class Ruler:
    """Measures words before they are drawn; use it within the charts' settings."""

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Returns the width of one line, in inches."""
        return _width(text, size, bold)

    def wrap(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """Returns text in lines no wider than the room in inches; words too long for it are cut."""
        words, lines = text.split(), []
        while words:
            fitting = self._fitting(words, size, room, bold=bold)
            if not fitting:
                *whole, rest = self._cut(words[0], size, room, bold=bold)
                lines += whole
                words[0] = rest
                fitting = max(1, self._fitting(words, size, room, bold=bold))
            lines.append(" ".join(words[:fitting]))
            words = words[fitting:]
        return lines or [""]

    def _fitting(self, words: list[str], size: float, room: float, *, bold: bool) -> int:
        """Returns how many words fit on a line.

        To measure a line takes longer than all else that is done with it, so that the number is guessed from
        the letters first and then put right.
        """
        whole = " ".join(words)
        wide = self.width(whole, size, bold=bold)
        if wide <= room:
            return len(words)
        ends = itertools.accumulate(len(word) + 1 for word in words)
        count = sum(end - 1 <= len(whole) * room / wide for end in ends)
        while count and self.width(" ".join(words[:count]), size, bold=bold) > room:
            count -= 1
        while count + 1 < len(words) and self.width(" ".join(words[: count + 1]), size, bold=bold) <= room:
            count += 1
        return count

    def _cut(self, word: str, size: float, room: float, *, bold: bool) -> list[str]:
        """Returns a word in pieces that fit."""
        pieces: list[str] = []
        piece = ""
        for letter in word:
            if piece and self.width(piece + letter, size, bold=bold) > room:
                pieces.append(piece)
                piece = letter
            else:
                piece += letter
        return [*pieces, piece]


@lru_cache(maxsize=20_000)
def _width(text: str, size: float, bold: bool) -> float:
    """Returns the width of one line, in inches; a chart asks for many lines several times."""
    from matplotlib.font_manager import FontProperties

    letters = FontProperties(family=list(fonts()), size=size, weight="bold" if bold else "normal")
    with missing_letters_are_boxes():
        width, _, _ = _renderer().get_text_width_height_descent(text, letters, ismath=False)  # type: ignore[no-untyped-call]
    return float(width) / _DPI


@cache
def _renderer() -> RendererAgg:
    """Returns what measures words."""
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, _DPI)  # type: ignore[no-untyped-call]


def line_height(size: float) -> float:
    """Returns the height of a line of letters of a size in points, in inches."""
    return size * _LEADING / 72


@dataclass(frozen=True)
class Margins:
    """Inches beside, above and below the plot that its labels need."""

    left: float
    right: float
    above: float = 0.0
    below: float = 0.45


@dataclass(frozen=True)
class _Line:
    """A line of text at a height below the top of the chart."""

    text: str
    size: float
    top: float
    left: float = MARGIN
    bold: bool = False
    colour: str = INK


@dataclass
class _Plan:
    """Lines of text and samples of marks from the top downwards."""

    lines: list[_Line] = field(default_factory=list)
    samples: list[tuple[int, float, float]] = field(default_factory=list)
    top: float = MARGIN * 0.8


def lay_out(
    style: Style, heading: Heading, margins: Margins, plot_height: float, kind: KeyKind
) -> tuple[Figure, Axes]:
    """Returns a figure with its words in place and empty axes for the plot.

    Args:
        style: sizes.
        heading: the words.
        margins: room for the plot's own labels.
        plot_height: the least height of the plot in inches; it grows where the chart has room left.
        kind: what the key shows samples of.

    Raises:
        TooHigh: the figure would be higher than the style allows.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    ruler = Ruler()
    plan = _above(style, heading, ruler)
    source = ruler.wrap(heading.source, style.small, style.width - 2 * MARGIN)
    foot = len(source) * line_height(style.small) + MARGIN
    taken = plan.top + margins.above + margins.below + foot
    height = max(style.height, taken + plot_height)
    if style.most is not None and height > style.most:
        raise TooHigh(height)
    figure = Figure(figsize=(style.width, height), dpi=style.dots_per_inch, facecolor="white")
    FigureCanvasAgg(figure)
    for place, line in enumerate(source):
        top = height - foot + MARGIN * 0.4 + place * line_height(style.small)
        plan.lines.append(_Line(line, style.small, top, colour=QUIET))
    _write(figure, style, plan, kind)
    axes = figure.add_axes(
        (
            margins.left / style.width,
            (foot + margins.below) / height,
            (style.width - margins.left - margins.right) / style.width,
            (height - taken) / height,
        )
    )
    plain(axes, style)
    return figure, axes


def _above(style: Style, heading: Heading, ruler: Ruler) -> _Plan:
    """Plans headline, subtitle and key."""
    plan = _Plan()
    room = style.width - 2 * MARGIN
    for text, size, bold, colour in (
        (heading.headline, style.headline, True, INK),
        (heading.subtitle, style.text * 0.95, False, QUIET),
    ):
        for line in ruler.wrap(text, size, room, bold=bold):
            plan.lines.append(_Line(line, size, plan.top, bold=bold, colour=colour))
            plan.top += line_height(size)
        plan.top += 0.05
    _plan_key(plan, style, heading.key, ruler)
    plan.top += 0.08
    return plan


def _plan_key(plan: _Plan, style: Style, key: Sequence[tuple[int, str]], ruler: Ruler) -> None:
    """Plans the key: as many names on a line as fit."""
    if not key:
        return
    left, step = MARGIN, line_height(style.text) * 1.05
    plan.top += 0.04
    for place, name in key:
        lines = ruler.wrap(name, style.text * 0.95, style.width - 2 * MARGIN - _HANDLE)
        width = _HANDLE + max(ruler.width(line, style.text * 0.95) for line in lines)
        if left > MARGIN and left + width > style.width - MARGIN:
            left = MARGIN
            plan.top += step
        plan.samples.append((place, left, plan.top + step * 0.4))
        for line in lines[:-1]:
            plan.lines.append(_Line(line, style.text * 0.95, plan.top, left + _HANDLE))
            plan.top += step
        plan.lines.append(_Line(lines[-1], style.text * 0.95, plan.top, left + _HANDLE))
        left += width + 0.25
    plan.top += step


def _write(figure: Figure, style: Style, plan: _Plan, kind: KeyKind) -> None:
    """Puts the planned words and samples on the figure."""
    width, height = figure.get_size_inches()
    for line in plan.lines:
        figure.text(
            line.left / width,
            1 - line.top / height,
            line.text,
            size=line.size,
            weight="bold" if line.bold else "normal",
            color=line.colour,
            va="top",
            ha="left",
        )
    for place, left, middle in plan.samples:
        _sample(figure, style, mark(place), left, middle, kind)


def _sample(figure: Figure, style: Style, look: Mark, left: float, middle: float, kind: KeyKind) -> None:
    """Draws the mark of a variant in the key; places are inches from the left and from the top."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    width, height = figure.get_size_inches()
    across, up = (left / width, (left + 0.26) / width), 1 - middle / height
    match kind:
        case "bar":
            box = 0.7 * style.text / 72 / height
            edge = "white" if look.hatch else look.colour
            place = (across[0], up - box / 2)
            figure.add_artist(
                Rectangle(
                    place,
                    across[1] - across[0],
                    box,
                    facecolor=look.colour,
                    edgecolor=edge,
                    hatch=look.hatch,
                    linewidth=0,
                )
            )
        case "line":
            figure.add_artist(_stroke(look, across, up, look.dash))
        case "dot":
            # Ends where it should, as a dashed line does: a solid one is longer by its width.
            figure.add_artist(_stroke(look, across, up, (0, None)))
            dot = Line2D((sum(across) / 2,), (up,), marker=look.marker, markersize=7, color=look.colour)
            dot.set_markeredgecolor(INK)
            dot.set_markeredgewidth(0.6)
            figure.add_artist(dot)
        case _:
            assert_never(kind)


def _stroke(look: Mark, across: tuple[float, float], up: float, dash: Any) -> Line2D:
    """Returns the line of a mark in the key."""
    from matplotlib.lines import Line2D

    return Line2D(across, (up, up), color=look.colour, linestyle=dash, linewidth=2)


def plain(axes: Axes, style: Style) -> None:
    """Takes away what distracts from the figures."""
    axes.set_facecolor("white")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.tick_params(colors=INK, labelsize=style.text * 0.9, length=3, color=QUIET)
    axes.set_axisbelow(True)
