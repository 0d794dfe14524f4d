"""Rows of people and of money back to back: people to the left, money in total and per head to the right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.layout import MARGIN, Margins, Ruler, lay_out, line_height
from pathway_modeller.report.drawing.scale import MISSING
from pathway_modeller.report.drawing.style import GRID, INK, QUIET, Style, chart_settings, mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMES = 0.17
"""Share of the width for the names of the rows."""
_GAP = 0.12
"""Inches between a bar and its number, and between columns."""
_ROW_GAP = 0.1
"""Inches between two rows."""
_LEAST_BAR = 0.4
"""Share of a column that is kept for its longest bar; numbers that need more lose their second part."""


@dataclass(frozen=True)
class Amount:
    """A bar and its number.

    Attributes:
        value: its length, in any unit; NaN where missing.
        text: the number with its unit.
        share: what part of the whole it is, in words, written where there is room; empty for none.
    """

    value: float
    text: str
    share: str = ""


@dataclass(frozen=True)
class Bars:
    """The bars of one variant in one row, one for each column; None for no bar and no number."""

    place: int
    amounts: tuple[Amount | None, ...]


@dataclass(frozen=True)
class TwinRow:
    """What the bars are of, and the bars of each variant."""

    label: str
    bars: tuple[Bars, ...]


def twin(style: Style, heading: Heading, rows: list[TwinRow], columns: tuple[str, ...]) -> Figure:
    """Returns a figure with one row for each need tier, from the top downwards.

    Args:
        style: sizes.
        heading: the words.
        rows: from the top downwards; every variant in each.
        columns: what the bars are, with their unit; the first to the left of the names, the others right.
    """
    with chart_settings():
        ruler = Ruler()
        names = [ruler.wrap(row.label, style.text, style.width * _NAMES) for row in rows]
        wide = max(ruler.width(line, style.text) for lines in names for line in lines) + 2 * _GAP
        room = (style.width - 2 * MARGIN - wide - _GAP * (len(columns) - 2)) / len(columns)
        titles = [ruler.wrap(title, style.text * 0.9, room, bold=True) for title in columns]
        above = max(map(len, titles)) * line_height(style.text * 0.9) + 0.06
        heights = _heights(style, rows, names)
        figure, axes = lay_out(style, heading, Margins(MARGIN, MARGIN, above, 0.1), heights[-1][1], "bar")
        _bare(axes)
        plot = _Plot(figure, axes, style, ruler, heights, room, wide)
        for number, title in enumerate(titles):
            plot.column(number, title, [[bars.amounts[number] for bars in row.bars] for row in rows], rows)
        plot.names(names)
    return figure


def _heights(style: Style, rows: list[TwinRow], names: list[list[str]]) -> list[tuple[float, float]]:
    """Returns the top and the bottom of each row, in inches from the top of the plot."""
    found, top = [], 0.0
    for row, lines in zip(rows, names, strict=True):
        bars = len(row.bars) * line_height(style.text * 0.9)
        height = max(bars, len(lines) * line_height(style.text)) + _ROW_GAP
        found.append((top, top + height))
        top += height
    return found


def _bare(axes: Axes) -> None:
    """Leaves nothing of the axes but their place."""
    axes.set_axis_off()


class _Plot:
    """Draws the columns of a figure side by side."""

    def __init__(
        self,
        figure: Figure,
        axes: Axes,
        style: Style,
        ruler: Ruler,
        heights: list[tuple[float, float]],
        room: float,
        wide: float,
    ) -> None:
        self._figure, self._style, self._ruler = figure, style, ruler
        self._room, self._wide = room, wide
        self._place = axes.get_position()
        _, inches = figure.get_size_inches()
        stretch = self._place.height * inches / heights[-1][1]
        self._rows = [(top * stretch, bottom * stretch) for top, bottom in heights]

    def _axes(self, left: float, width: float) -> Axes:
        """Returns axes over all rows, in inches from the left and from the top of the plot."""
        across, _ = self._figure.get_size_inches()
        axes = self._figure.add_axes((left / across, self._place.y0, width / across, self._place.height))
        _bare(axes)
        axes.set_xlim(0, width)
        axes.set_ylim(self._rows[-1][1], 0)
        return axes

    def names(self, names: list[list[str]]) -> None:
        """Writes the names of the rows between the first column and the others."""
        axes = self._axes(MARGIN + self._room, self._wide)
        for (top, bottom), lines in zip(self._rows, names, strict=True):
            axes.text(
                self._wide / 2,
                (top + bottom) / 2,
                "\n".join(lines),
                size=self._style.text,
                ha="center",
                va="center",
                color=INK,
            )

    def column(
        self, number: int, title: list[str], amounts: list[list[Amount | None]], rows: list[TwinRow]
    ) -> None:
        """Draws one column: its title, its bars and their numbers."""
        left = MARGIN if not number else MARGIN + number * self._room + self._wide + (number - 1) * _GAP
        axes, mirrored = self._axes(left, self._room), number == 0
        start = self._room if mirrored else 0.0
        axes.text(
            start,
            -0.06,
            "\n".join(title),
            size=self._style.text * 0.9,
            weight="bold",
            ha="right" if mirrored else "left",
            va="bottom",
            color=INK,
        )
        texts, longest = self._fitted([each for row in amounts for each in row])
        most = max((each.value for row in amounts for each in row if each and each.value > 0), default=1.0)
        inches = longest / most
        axes.plot((start, start), (0, self._rows[-1][1]), color=QUIET, linewidth=1.0, clip_on=False)
        for (top, bottom), row, mine in zip(self._rows, rows, amounts, strict=True):
            step = (bottom - top - _ROW_GAP) / len(row.bars)
            if top:
                axes.plot((0, self._room), (top, top), color=GRID, linewidth=0.6)
            for place, (bars, amount) in enumerate(zip(row.bars, mine, strict=True)):
                if amount is not None:
                    middle = top + _ROW_GAP / 2 + (place + 0.5) * step
                    self._bar(axes, bars.place, amount, texts[amount], middle, step, inches, mirrored)

    def _fitted(self, amounts: list[Amount | None]) -> tuple[dict[Amount, str], float]:
        """Returns the words of each number, and the inches left for the longest bar."""
        some = [each for each in amounts if each is not None]
        for whole in (True, False):
            texts = {
                each: f"{each.text} ({each.share})" if whole and each.share else each.text for each in some
            }
            widest = max(
                (self._ruler.width(text, self._style.text * 0.9) for text in texts.values()), default=0.0
            )
            if self._room - widest - _GAP >= _LEAST_BAR * self._room:
                break
        return texts, max(self._room - widest - _GAP, 0.1)

    def _bar(
        self,
        axes: Axes,
        place: int,
        amount: Amount,
        text: str,
        middle: float,
        step: float,
        inches: float,
        mirrored: bool,
    ) -> None:
        """Draws a bar from the names outwards, with its number at its end."""
        look, known = mark(place), not math.isnan(amount.value)
        length = max(amount.value, 0.0) * inches if known else 0.0
        start, sign = (self._room, -1.0) if mirrored else (0.0, 1.0)
        axes.barh(
            middle,
            sign * length,
            min(0.75 * step, 0.28),
            left=start,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="white" if look.hatch else look.colour,
            linewidth=0,
        )
        axes.text(
            start + sign * (length + _GAP / 2),
            middle,
            text if known else MISSING,
            size=self._style.text * 0.9,
            ha="right" if mirrored else "left",
            va="center",
            color=INK,
        )
