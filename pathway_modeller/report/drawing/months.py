"""Axes of calendar months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.style import GRID, INK, Style
from pathway_modeller.scenario.words.months import SHORT_MONTHS, month_words, short_month

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_INCHES = 0.95
"""Inches that the name of a month needs on an axis."""


def month_axis(axes: Axes, months: Sequence[str], width: float, *, named: bool = True) -> None:
    """Makes the horizontal axis one of months: 0 is the beginning of the first, 1 its end.

    Args:
        axes: whose axis.
        months: as 2025-04, one after another.
        width: of the axis in inches.
        named: whether months are named; else they are only marked.
    """
    from matplotlib.ticker import FixedFormatter, FixedLocator

    most = max(2, int(width / _INCHES))
    step = next((each for each in _STEPS if len(months) / each <= most), _STEPS[-1])
    places = [n for n, month in enumerate(months) if (int(month[:4]) * 12 + int(month[5:]) - 1) % step == 0]
    places = places or [0]
    names = [short_month(months[n]) if named else "" for n in places]
    axes.xaxis.set_major_locator(FixedLocator(places))
    axes.xaxis.set_major_formatter(FixedFormatter(names))
    axes.set_xlim(0, max(len(months), 1))
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("left" if places[0] == 0 else "center")


def upright_axis(axes: Axes, style: Style, text: Callable[[float], str] = tick_text, most: int = 5) -> None:
    """Draws the vertical axis with level grid lines."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: text(value)))
    axes.tick_params(axis="y", length=0)
    axes.tick_params(labelsize=style.text * 0.85, colors=INK)


def grouped(months: Sequence[str], most: int) -> dict[str, str]:
    """Returns what to call each of some months so that there are few names: the month, quarter or year.

    Args:
        months: as 2025-04, in order.
        most: names there may be, if years are few enough.
    """
    names: dict[str, str] = {}
    for name in (month_words, _quarter, _year):
        names = {month: name(month) for month in months}
        if len(set(names.values())) <= most:
            break
    return names


def _quarter(month: str) -> str:
    """The calendar quarter of a month."""
    first = (int(month[5:]) - 1) // 3 * 3 + 1
    return f"{SHORT_MONTHS[first - 1]} to {SHORT_MONTHS[first + 1]} {month[:4]}"


def _year(month: str) -> str:
    """The calendar year of a month."""
    return month[:4]
