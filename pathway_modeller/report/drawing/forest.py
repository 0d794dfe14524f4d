"""Rows of figures with their intervals: dots or bars, the words on the left, the numbers on the right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, assert_never

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.layout import MARGIN, Margins, Ruler, lay_out, line_height
from pathway_modeller.report.drawing.scale import Scale
from pathway_modeller.report.drawing.style import GRID, INK, QUIET, Style, chart_settings, mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_ROOM = 0.3
"""Share of the width that the words on the left may take."""
_SIGNS: Mapping[str, str] = MappingProxyType({"o": "●", "s": "■", "D": "◆", "^": "▲", "v": "▼", "P": "✚"})
"""Marks as they stand in a text."""
_FLAT = 1e-9
"""Figures that differ by less, against the largest or against 1, are the same."""
_ROOM = 1.25
"""How far an axis goes beyond a figure that all rows share."""
_NUMBER_ROOM = 0.34
"""Share of the width that the numbers on the right may take."""


RowKind = Literal["dot", "bar"]
"""How rows are drawn: dots with whiskers, or bars from zero with whiskers."""


@dataclass(frozen=True)
class Point:
    """One figure of one variant.

    Attributes:
        place: which mark it has.
        mean, low, high: NaN where missing.
        text: the number in words, on the right.
    """

    place: int
    mean: float
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Row:
    """What the figures are of, and the figures."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Reference:
    """A line across all rows: zero, or a target, with its name (empty for none)."""

    value: float
    name: str = ""


def forest(
    style: Style,
    heading: Heading,
    rows: list[Row],
    axis: str,
    scale: Scale,
    *,
    kind: RowKind = "dot",
    reference: Reference | None = None,
) -> Figure:
    """Returns a figure with one row for each thing and one mark in it for each variant.

    Args:
        style: sizes.
        heading: the words.
        rows: from the top downwards; with none, the figure says that there is nothing to show.
        axis: what the horizontal axis measures, with its unit.
        scale: how its numbers are written; figures are multiplied by its factor.
        kind: dots with whiskers, or bars from zero with whiskers.
        reference: a line across all rows.
    """
    if not rows:
        return _nothing(style, heading)
    with chart_settings():
        ruler = Ruler()
        labels = [ruler.wrap(row.label, style.text, style.width * _LABEL_ROOM) for row in rows]
        numbers = [
            [
                ruler.wrap(_number(point, rows), style.text * 0.9, style.width * _NUMBER_ROOM)
                for point in row.points
            ]
            for row in rows
        ]
        plan = _heights(style, labels, numbers)
        margins = Margins(
            left=MARGIN + 0.1 + _widest(ruler, labels, style.text),
            right=MARGIN
            + 0.15
            + max((_widest(ruler, texts, style.text * 0.9) for texts in numbers), default=0.0),
            above=line_height(style.small) if reference and reference.name else 0.0,
            below=0.2 + 2.2 * line_height(style.text * 0.9),
        )
        figure, axes = lay_out(style, heading, margins, plan.total, kind)
        _draw(axes, style, rows, labels, numbers, plan, scale, kind)
        _finish(axes, style, axis, scale, reference)
        if kind == "bar":
            axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
    return figure


def _number(point: Point, rows: list[Row]) -> str:
    """Returns a number as it stands beside the marks; one that has no mark says by a sign whose it is."""
    several = len({each.place for row in rows for each in row.points}) > 1
    sign = _SIGNS.get(mark(point.place).marker, "")
    return f"{sign} {point.text}" if several and sign and math.isnan(point.mean) else point.text


def _nothing(style: Style, heading: Heading) -> Figure:
    """Returns a figure that says that there is nothing to draw."""
    with chart_settings():
        figure, axes = lay_out(style, heading, Margins(0.4, 0.4), 1.0, "dot")
        axes.set_axis_off()
        axes.text(0.0, 0.9, "Nothing to show: no figure is known.", size=style.text, color=INK)
    return figure


@dataclass(frozen=True)
class _Heights:
    """Where rows and points stand, in inches from the top of the plot."""

    rows: list[float]
    points: list[list[float]]
    thickness: float
    total: float


def _heights(style: Style, labels: list[list[str]], numbers: list[list[list[str]]]) -> _Heights:
    """Gives each row the height that its words and marks need."""
    rows: list[float] = []
    points: list[list[float]] = []
    gap, top = 0.12, 0.08
    for label, texts in zip(labels, numbers, strict=True):
        needed = [max(0.2, len(lines) * line_height(style.text * 0.9)) for lines in texts]
        height = max(sum(needed), len(label) * line_height(style.text))
        rows.append(top + height / 2)
        place = top + (height - sum(needed)) / 2
        mine = []
        for each in needed:
            mine.append(place + each / 2)
            place += each
        points.append(mine)
        top += height + gap
    return _Heights(rows, points, 0.15, top)


def _widest(ruler: Ruler, texts: list[list[str]], size: float) -> float:
    """The width of the widest line, in inches."""
    return max((ruler.width(line, size) for lines in texts for line in lines), default=0.0)


def _draw(
    axes: Axes,
    style: Style,
    rows: list[Row],
    labels: list[list[str]],
    numbers: list[list[list[str]]],
    plan: _Heights,
    scale: Scale,
    kind: RowKind,
) -> None:
    """Draws marks and writes words; the vertical axis is in inches from the top."""
    axes.set_ylim(plan.total, 0)
    axes.set_yticks([])
    across = axes.get_yaxis_transform()
    for number, row in enumerate(rows):
        words = "\n".join(labels[number])
        axes.text(
            -0.015,
            plan.rows[number],
            words,
            transform=across,
            size=style.text,
            ha="right",
            va="center",
            color=INK,
        )
        if number:
            edge = (plan.points[number - 1][-1] + plan.points[number][0]) / 2
            axes.axhline(edge, color=GRID, linewidth=0.6)
        for place, point in enumerate(row.points):
            height = plan.points[number][place]
            _draw_point(axes, point, height, plan.thickness, scale.factor, kind)
            text = "\n".join(numbers[number][place])
            axes.text(
                1.015,
                height,
                text,
                transform=across,
                size=style.text * 0.9,
                ha="left",
                va="center",
                color=INK,
            )


def _draw_point(
    axes: Axes, point: Point, height: float, thickness: float, factor: float, kind: RowKind
) -> None:
    """Draws one figure and its interval, if it has them."""
    if math.isnan(point.mean):
        return
    look, mean = mark(point.place), point.mean * factor
    interval = point.low * factor, point.high * factor
    match kind:
        case "bar":
            edge = "white" if look.hatch else look.colour
            axes.barh(
                height, mean, thickness, color=look.colour, hatch=look.hatch, edgecolor=edge, linewidth=0
            )
            _whisker(axes, interval, height, INK)
        case "dot":
            _whisker(axes, interval, height, look.colour)
            axes.plot(
                (mean,),
                (height,),
                marker=look.marker,
                markersize=7,
                color=look.colour,
                markeredgecolor=INK,
                markeredgewidth=0.6,
                clip_on=False,
            )
        case _:
            assert_never(kind)


def _whisker(axes: Axes, interval: tuple[float, float], height: float, colour: str) -> None:
    """Draws an interval, if it is known."""
    if any(math.isnan(end) for end in interval):
        return
    axes.plot(interval, (height, height), color=colour, linewidth=1.6, solid_capstyle="butt")
    for end in interval:
        axes.plot((end, end), (height - 0.045, height + 0.045), color=colour, linewidth=1.6)


def _finish(axes: Axes, style: Style, axis: str, scale: Scale, reference: Reference | None) -> None:
    """Draws the axis, its grid and the line across all rows."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value)))
    axes.set_xlabel(axis, size=style.text * 0.9, color=INK)
    if reference is not None:
        at = reference.value * scale.factor
        axes.axvline(at, color=INK if not reference.name else QUIET, linewidth=1.2, zorder=1.5)
        if reference.name:
            axes.annotate(
                reference.name,
                (at, 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 2),
                textcoords="offset points",
                size=style.small,
                color=QUIET,
                ha="center",
                va="bottom",
            )
    _set_ends(axes, scale, changes=reference is not None and reference.value == 0)


def _set_ends(axes: Axes, scale: Scale, *, changes: bool) -> None:
    """Lets the axis end a little beyond the figures; sensibly where they are all the same.

    Figures that are no changes are seen from zero, so that the shortest of long waits does not look like
    none; shares are seen near their target. Matplotlib shows five hundredths on either side of a zero,
    as if somebody waited less than nothing.
    """
    axes.margins(x=0.06)
    low, high = (float(each) for each in axes.dataLim.intervalx)
    if not math.isfinite(low + high):
        low = high = 0.0
    if high - low > _FLAT * max(1.0, abs(low), abs(high)):
        if not changes and scale.unit != "%" and low >= 0:
            axes.set_xlim(left=0.0)
        return
    if changes:
        axes.set_xlim(-1, 1)
    elif scale.unit == "%":
        axes.set_xlim(0, 100)
    else:
        axes.set_xlim(min(0.0, _ROOM * low), max(0.0, _ROOM * high) or (1.0 if low == 0 else 0.0))


def tick_text(value: float) -> str:
    """Returns a number on an axis: thousands separated, a true minus, no needless zeros."""
    if value == 0:
        return "0"
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 else text
