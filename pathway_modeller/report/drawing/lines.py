"""Lines with bands: figures over time, or shares of time by level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.layout import MARGIN, Margins, Ruler, lay_out, line_height
from pathway_modeller.report.drawing.style import GRID, INK, QUIET, SHADE, Style, chart_settings, mark
from pathway_modeller.scenario.words.months import SHORT_MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Line:
    """One variant's figures along the horizontal axis; NaN where missing. Arrays of equal length.

    Attributes:
        place: which mark it has.
        across: days from the start date, or levels.
        mean, low, high: the figures, already in the axis's unit.
        steps: whether each figure stands for a whole level instead of being joined to the next.
    """

    place: int
    across: Floats
    mean: Floats
    low: Floats
    high: Floats
    steps: bool = False


@dataclass(frozen=True)
class TimeAxis:
    """A horizontal axis of dates.

    Attributes:
        start_date: day 0.
        warm_up: days that do not count; shaded.
    """

    start_date: dt.date
    warm_up: float


def lines_figure(
    style: Style,
    heading: Heading,
    lines: list[Line],
    upright: str,
    across: str,
    time: TimeAxis | None = None,
    *,
    whole: bool = False,
    upright_at: Sequence[tuple[float, str]] = (),
) -> Figure:
    """Returns a figure with one line and band for each variant.

    Args:
        style: sizes.
        heading: the words.
        lines: what is drawn.
        upright: what the vertical axis measures, with its unit; written above it, level.
        across: what the horizontal axis measures, with its unit.
        time: given if the horizontal axis is one of dates.
        whole: whether the horizontal axis counts, so that only whole numbers are marked.
        upright_at: where on the horizontal axis an upright line is drawn, and the words beside it.
    """
    with chart_settings():
        top = max((float(np.nanmax(line.high, initial=0.0)) for line in lines), default=0.0)
        top = max([top, *(float(np.nanmax(line.mean, initial=0.0)) for line in lines)])
        ticks = Ruler().width(tick_text(round(top, 2) if top < 100 else round(top)), style.text * 0.9)
        margins = Margins(
            left=MARGIN + 0.25 + ticks,
            right=MARGIN + 0.2,
            above=line_height(style.text) + 0.05,
            below=0.2 + 2.2 * line_height(style.text * 0.9),
        )
        figure, axes = lay_out(style, heading, margins, 2.0, "line")
        for line in lines:
            _draw(axes, line)
        _finish(axes, style, upright, across, top)
        if whole:
            _whole_numbers(axes, lines)
        for number, (place, words) in enumerate(upright_at):
            _upright(axes, style, place, words, number)
        if time is not None:
            _dates(axes, style, time, max(float(line.across[-1]) for line in lines))
    return figure


def _draw(axes: Axes, line: Line) -> None:
    """Draws a line and its band."""
    look = mark(line.place)
    if line.steps:
        edges = np.append(line.across - 0.5, line.across[-1] + 0.5)
        low, high = (np.append(each, each[-1]) for each in (line.low, line.high))
        axes.fill_between(edges, low, high, color=look.colour, alpha=0.22, linewidth=0, step="post")
        axes.stairs(line.mean, edges, color=look.colour, linestyle=look.dash, linewidth=1.8, baseline=0)
        return
    axes.fill_between(line.across, line.low, line.high, color=look.colour, alpha=0.22, linewidth=0)
    axes.plot(line.across, line.mean, color=look.colour, linestyle=look.dash, linewidth=1.8)


def _upright(axes: Axes, style: Style, place: float, words: str, line: int) -> None:
    """Draws an upright line with words beside it, so many lines down: those of others may be near."""
    axes.axvline(place, color=QUIET, linewidth=1.0, linestyle=(0, (2, 2)), zorder=1)
    axes.annotate(
        words,
        (place, 1),
        xycoords=("data", "axes fraction"),
        xytext=(4, -4 - 1.4 * line * style.small),
        textcoords="offset points",
        size=style.small,
        color=QUIET,
        ha="left",
        va="top",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.0},
    )


def _finish(axes: Axes, style: Style, upright: str, across: str, top: float) -> None:
    """Draws grid and titles of the axes."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_ylim(0, top * 1.06 if top > 0 else 1)
    axes.margins(x=0.01)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value)))
    axes.set_xlabel(across, size=style.text * 0.9, color=INK)
    axes.annotate(
        upright,
        (0, 1),
        xycoords="axes fraction",
        xytext=(-4, 6),
        textcoords="offset points",
        size=style.text * 0.9,
        color=INK,
        ha="left",
        va="bottom",
    )


def _whole_numbers(axes: Axes, lines: list[Line]) -> None:
    """Marks whole numbers only, from half a step before the least to half a step after the most."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True))
    least, most = (pick(float(x) for line in lines for x in line.across) for pick in (min, max))
    axes.set_xlim(least - 0.5, most + 0.5)


def _dates(axes: Axes, style: Style, time: TimeAxis, last: float) -> None:
    """Writes dates under the axis and shades the warm-up period."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    places, names = _date_ticks(time.start_date, last)
    axes.xaxis.set_major_locator(FixedLocator(places))
    axes.xaxis.set_major_formatter(FixedFormatter(names))
    if time.warm_up > 0:
        axes.axvspan(0, time.warm_up, color=SHADE, linewidth=0, zorder=0)
        words = "warm-up, not counted"
        axes.annotate(
            words,
            (0, 1),
            xycoords=("data", "axes fraction"),
            xytext=(4, -4),
            textcoords="offset points",
            size=style.small,
            color=QUIET,
            ha="left",
            va="top",
            # A short warm-up is narrower than these words, which then stand upon the lines.
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.0},
        )


def _date_ticks(start: dt.date, last: float) -> tuple[list[float], list[str]]:
    """At most seven days to mark: firsts of months if there are several, else days evenly apart."""
    end = start + dt.timedelta(days=int(last))
    firsts = [
        dt.date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1)
        for n in range((end.year - start.year) * 12 + end.month - start.month + 1)
    ]
    firsts = [day for day in firsts if day >= start]
    if len(firsts) >= 3:
        step = next(each for each in (1, 2, 3, 6, 12, 24, 60, 120) if len(firsts) / each <= 7)
        days = [day for day in firsts if (day.month - 1 + 12 * day.year) % step == 0] or firsts[:1]
        names = [f"{SHORT_MONTHS[day.month - 1]} {day.year}" for day in days]
    else:
        step = max(1, -(-int(last) // 6))
        days = [start + dt.timedelta(days=n) for n in range(0, int(last) + 1, step)]
        names = [f"{day.day} {SHORT_MONTHS[day.month - 1]}" for day in days]
    return [float((day - start).days) for day in days], names
