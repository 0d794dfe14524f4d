"""Changes one after another, each beginning where the last one ended: a bridge from one total to another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, assert_never

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.layout import MARGIN, Margins, Ruler, lay_out, line_height
from pathway_modeller.report.drawing.scale import Scale
from pathway_modeller.report.drawing.style import GRID, INK, QUIET, SHADE, Style, chart_settings
from pathway_modeller.report.drawing.swatches import Swatch, draw_swatches, swatches_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABELS = 0.31
"""Share of the width that the words on the left may take."""
_NUMBERS = 0.3
"""Share of the width that the numbers on the right may take."""
_BAR = 0.17
"""Inches that a bar is thick."""
_ROW_GAP = 0.07
_PANEL_GAP = 0.16

MORE = Swatch("#801650", "///", "costs more")
LESS = Swatch("#28A197", "", "costs less")
NET = Swatch("#3D3D3D", "", "net change")


@dataclass(frozen=True)
class Step:
    """One row of a bridge.

    Attributes:
        label: what changes.
        text: by how much, in words.
        role: ``"level"`` is a total at which the bridge stands and has no bar; ``"net"`` is the sum.
        change, low, high: figure and interval; NaN for a level.
    """

    label: str
    text: str
    role: Literal["level", "change", "net"]
    change: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Bridge:
    """One panel: its steps, or in ``why_not`` why there are none."""

    title: str
    steps: tuple[Step, ...]
    why_not: str = ""


@dataclass(frozen=True)
class _Line:
    """A row of the figure with its place."""

    label: list[str]
    text: list[str]
    middle: float
    height: float
    step: Step | None


def bridges_figure(
    style: Style, heading: Heading, bridges: Sequence[Bridge], axis: str, scale: Scale
) -> Figure:
    """Returns a figure of bridges one below another on one axis.

    Args:
        style: sizes.
        heading: the words.
        bridges: from the top downwards.
        axis: what the horizontal axis measures, with its unit.
        scale: figures are multiplied by its factor.
    """
    with chart_settings():
        ruler = Ruler()
        lines, total = _lines(style, ruler, bridges)
        swatches = (MORE, LESS, NET)
        room = style.width - 2 * MARGIN
        margins = Margins(
            left=MARGIN
            + 0.12
            + _widest(ruler, [line.label for line in lines if line.step], style.text, bold=True),
            right=MARGIN + 0.12 + _widest(ruler, [line.text for line in lines], style.text * 0.9),
            above=swatches_height(style, ruler, swatches, room),
            below=0.2 + 2.2 * line_height(style.text * 0.9),
        )
        figure, axes = lay_out(style, heading, margins, total, "bar")
        draw_swatches(figure, axes, style, ruler, swatches, room)
        axes.set_ylim(total, 0)
        axes.set_yticks([])
        _draw(axes, style, lines, scale.factor, left=margins.left - MARGIN)
        if any(bridge.steps for bridge in bridges):
            _finish(axes, style, axis)
        else:
            axes.set_axis_off()
    return figure


def _lines(style: Style, ruler: Ruler, bridges: Sequence[Bridge]) -> tuple[list[_Line], float]:
    """Returns every row with its place in inches from the top, and how high they are together."""
    found: list[_Line] = []
    top = 0.05
    small = style.text * 0.9

    def add(label: list[str], text: list[str], step: Step | None) -> None:
        nonlocal top
        high = max(len(label) * line_height(style.text), len(text) * line_height(small), _BAR) + _ROW_GAP
        found.append(_Line(label, text, top + high / 2, high, step))
        top += high

    for number, bridge in enumerate(bridges):
        top += _PANEL_GAP if number else 0.0
        whole = style.width - 2 * MARGIN
        add(ruler.wrap(bridge.title, style.text, whole, bold=True), [], None)
        if bridge.why_not:
            add(ruler.wrap(bridge.why_not, style.text, whole), [], None)
        for step in bridge.steps:
            bold = step.role != "change"
            label = ruler.wrap(step.label, style.text, style.width * _LABELS, bold=bold)
            add(label, ruler.wrap(step.text, small, style.width * _NUMBERS), step)
    return found, top + 0.05


def _widest(ruler: Ruler, texts: Sequence[list[str]], size: float, *, bold: bool = False) -> float:
    """The width of the widest line, in inches."""
    return max((ruler.width(line, size, bold=bold) for lines in texts for line in lines), default=0.5)


def _draw(axes: Axes, style: Style, lines: Sequence[_Line], factor: float, *, left: float) -> None:
    """Draws bars and words; ``left`` is how far left of the axes the page's text begins, in inches."""
    across = axes.get_yaxis_transform()
    stands = 0.0
    for line in lines:
        if line.step is None:
            _write_title(axes, style, line, left, bold=bool(line.label) and _is_title(line, lines))
            continue
        words: dict[str, Any] = {"transform": across, "va": "center", "color": INK}
        strong = "normal" if line.step.role == "change" else "bold"
        axes.text(
            -0.015, line.middle, "\n".join(line.label), size=style.text, ha="right", weight=strong, **words
        )
        axes.text(1.015, line.middle, "\n".join(line.text), size=style.text * 0.9, ha="left", **words)
        stands = _draw_step(axes, line, stands, factor)


def _is_title(line: _Line, lines: Sequence[_Line]) -> bool:
    """Whether words across the figure are the title of a panel, and not the reason why it is empty."""
    before = lines.index(line) - 1
    return before < 0 or lines[before].step is not None or not _is_title(lines[before], lines)


def _write_title(axes: Axes, style: Style, line: _Line, left: float, *, bold: bool) -> None:
    """Writes words across the figure."""
    axes.annotate(
        "\n".join(line.label),
        (0, line.middle),
        xycoords=axes.get_yaxis_transform(),
        xytext=(-72 * left, 0),
        textcoords="offset points",
        size=style.text,
        weight="bold" if bold else "normal",
        ha="left",
        va="center",
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        annotation_clip=False,
    )


def _draw_step(axes: Axes, line: _Line, stands: float, factor: float) -> float:
    """Draws one step and returns where the bridge stands after it."""
    step = line.step
    if step is None:
        return stands
    top, bottom = line.middle - line.height / 2, line.middle + line.height / 2
    # Beside words that go across the figure there is no line at no change: it would go through them.
    axes.plot((0, 0), (top, bottom), color=INK, linewidth=1.0, zorder=1.5)
    match step.role:
        case "level":
            axes.plot((0, 0), (line.middle - _BAR / 2, bottom), color=INK, linewidth=1.6)
            return 0.0
        case "net":
            begins, look = 0.0, NET
            axes.axhspan(top, bottom, color=SHADE, linewidth=0, zorder=0)
        case "change":
            begins, look = stands, MORE if step.change > 0 else LESS
        case _:
            assert_never(step.role)
    ends = begins + step.change * factor
    axes.barh(
        line.middle,
        ends - begins,
        _BAR,
        left=begins,
        color=look.colour,
        hatch=look.hatch,
        edgecolor="white" if look.hatch else look.colour,
        linewidth=0,
    )
    if step.role == "change":
        axes.plot((ends, ends), (line.middle, bottom + _BAR / 2), color=QUIET, linewidth=0.8, zorder=1.8)
    _whisker(axes, line.middle, begins + step.low * factor, begins + step.high * factor)
    return ends


def _whisker(axes: Axes, middle: float, low: float, high: float) -> None:
    """Draws an interval with a white edge, so that it is seen on a bar."""
    if math.isnan(low) or math.isnan(high) or low == high:
        return
    for colour, width in (("white", 3.4), (INK, 1.6)):
        axes.plot((low, high), (middle, middle), color=colour, linewidth=width, solid_capstyle="butt")
        for end in (low, high):
            axes.plot((end, end), (middle - 0.045, middle + 0.045), color=colour, linewidth=width)


def _finish(axes: Axes, style: Style, axis: str) -> None:
    """Draws the axis and its grid."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.margins(x=0.06)
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, 0.0), max(high, 0.0) if high > 0 else 0.04 * -low)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value)))
    axes.set_xlabel(axis, size=style.text * 0.9, color=INK)
