"""Rows with several measures side by side: a dot with its interval and its number for each variant."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.layout import MARGIN, Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.style import GRID, INK, SHADE, Style, mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABELS = 0.22
_GAP = 0.14
_ROW_GAP = 0.1
_AXIS = 0.3
_TICKS = 0.8
"""Size of the numbers of an axis over that of the text."""


@dataclass(frozen=True)
class Dot:
    """A figure of a variant.

    Attributes:
        place: which mark the variant has.
        mean, low, high: as they are drawn; NaN where missing.
        text: the number.
        flagged: whether its number is bold.
    """

    place: int
    mean: float
    low: float
    high: float
    text: str
    flagged: bool = False


@dataclass(frozen=True)
class Across:
    """A row: what it is of, its dots for each measure, and whether it stands for all rows together."""

    label: str
    dots: tuple[tuple[Dot, ...], ...]
    whole: bool = False


def draw_side_by_side(style: Style, heading: Heading, titles: Sequence[str], rows: Sequence[Across]) -> Board:
    """Returns a figure of rows and measures; call it within the charts' settings.

    Args:
        style: sizes.
        heading: the words.
        titles: the measures, with their units.
        rows: from the top downwards.
    """
    ruler, small = Ruler(), style.text * 0.9
    room = style.width - 2 * MARGIN
    labels = [ruler.wrap(row.label, style.text, room * _LABELS, bold=row.whole) for row in rows]
    wide = max(ruler.width(line, style.text, bold=True) for lines in labels for line in lines)
    column = (room - wide - _GAP * len(titles)) / len(titles)
    heads = [ruler.wrap(title, small, column, bold=True) for title in titles]
    head = max(map(len, heads)) * line_height(small) + 0.08
    heights = [
        max(len(lines) * line_height(style.text), len(row.dots[0]) * line_height(small)) + _ROW_GAP
        for row, lines in zip(rows, labels, strict=True)
    ]
    least = head + sum(heights) + _AXIS
    board = Board(style, heading, least, key="dot")
    stretch = min((board.height - head - _AXIS) / sum(heights), 1.6)
    heights = [high * stretch for high in heights]
    _label(board, labels, rows, heights, head)
    for number, lines in enumerate(heads):
        left = wide + _GAP + number * (column + _GAP)
        board.write("\n".join(lines), left, head - 0.08, size=small, bold=True, upright="bottom")
        _column(board, [row.dots[number] for row in rows], heights, (left, head, column))
    return board


def _label(
    board: Board, labels: Sequence[list[str]], rows: Sequence[Across], heights: Sequence[float], top: float
) -> None:
    """Writes what the rows are of, with lines between them."""
    for row, lines, high in zip(rows, labels, heights, strict=True):
        if row.whole:
            board.page.axhspan(top, top + high, color=SHADE, linewidth=0, zorder=0)
        board.page.plot((0, board.width), (top, top), color=GRID, linewidth=0.6)
        board.write("\n".join(lines), 0, top + high / 2, size=board.style.text, bold=row.whole)
        top += high


def _column(
    board: Board,
    cells: Sequence[tuple[Dot, ...]],
    heights: Sequence[float],
    place: tuple[float, float, float],
) -> None:
    """Draws one measure; place is left, top and width in inches."""
    left, top, wide = place
    small = board.style.text * 0.9
    numbers = max(board.ruler.width(dot.text, small, bold=dot.flagged) for row in cells for dot in row)
    room = max(wide - numbers - 0.12, 0.25)
    axes = board.plot(left, top, room, sum(heights))
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    axes.patch.set_visible(False)
    begins = 0.0
    for row, high in zip(cells, heights, strict=True):
        step = (high - _ROW_GAP) / len(row)
        for number, dot in enumerate(row):
            middle = begins + _ROW_GAP / 2 + (number + 0.5) * step
            _dot(axes, dot, middle)
            board.write(dot.text, left + wide, top + middle, size=small, bold=dot.flagged, level="right")
        begins += high
    _finish(axes, board, room)


def _dot(axes: Axes, dot: Dot, middle: float) -> None:
    """Draws one dot and its interval, if it has them."""
    if math.isnan(dot.mean):
        return
    look = mark(dot.place)
    if not math.isnan(dot.low) and dot.low < dot.high:
        axes.plot((dot.low, dot.high), (middle, middle), color=look.colour, linewidth=1.6)
        for end in (dot.low, dot.high):
            axes.plot((end, end), (middle - 0.04, middle + 0.04), color=look.colour, linewidth=1.6)
    axes.plot(
        (dot.mean,),
        (middle,),
        marker=look.marker,
        markersize=6,
        color=look.colour,
        markeredgecolor=INK,
        markeredgewidth=0.6,
    )


def _finish(axes: Axes, board: Board, room: float) -> None:
    """Draws the axis and its grid, with as many numbers as have room beside each other."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    axes.margins(x=0.12)
    # From zero, so that a pound of a hundred does not look like the whole of it.
    any_but_zero = math.isfinite(axes.dataLim.x1) and (axes.dataLim.width or axes.dataLim.x1)
    low, high = axes.get_xlim() if any_but_zero else (0.0, 1.0)
    least = axes.dataLim.x0
    axes.set_xlim(low if least < 0 else -0.06 * high, high + 0.08 * max(high, 0.0))
    ticks = _ticks(axes, board, room)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FixedFormatter([tick_text(tick) for tick in ticks]))
    axes.tick_params(labelsize=board.style.text * _TICKS, colors=INK)


def _ticks(axes: Axes, board: Board, room: float) -> list[float]:
    """Returns the numbers that are marked."""
    from matplotlib.ticker import MaxNLocator

    low, high = axes.get_xlim()
    ticks: list[float] = []
    for most in (4, 3, 2, 1):
        every = MaxNLocator(nbins=most, steps=[1, 2, 5, 10]).tick_values(low, high)
        ticks = [float(tick) for tick in every if low <= tick <= high]
        apart = [room * (after - tick) / (high - low) for tick, after in itertools.pairwise(ticks)]
        wide = max(
            (board.ruler.width(tick_text(tick), board.style.text * _TICKS) for tick in ticks), default=0.0
        )
        if ticks and min(apart, default=wide + 1.0) > wide + 0.08:
            return ticks
    return ticks[:1]
