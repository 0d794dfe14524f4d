"""Figures as people read them: with their unit, rounded to what matters, missing ones as a dash."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MISSING = "–"

_HOUR = 1 / 24
_MINUTE = 1 / 1440


@dataclass(frozen=True)
class Scale:
    """How the figures of one row are written.

    Attributes:
        factor: figures are multiplied by this.
        decimals: figures after the point.
        before: put before a figure, after its sign.
        after: the unit, put after it.
    """

    factor: float
    decimals: int
    before: str
    after: str

    def text(self, value: float, *, signed: bool = False) -> str:
        """Returns a figure with its unit; with ``signed``, a plus sign too."""
        number = self._number(value, signed=signed)
        return number if number == MISSING else f"{number}{self.after}"

    def interval(self, low: float, high: float, *, signed: bool = False) -> str:
        """Returns the ends of an interval with their unit once."""
        if math.isnan(low) or math.isnan(high):
            return MISSING
        ends = (self._number(low, signed=signed), self._number(high, signed=signed))
        return f"{ends[0]} to {ends[1]}{self.after}"

    def _number(self, value: float, *, signed: bool) -> str:
        """Returns a figure without the unit that comes after it."""
        if math.isnan(value):
            return MISSING
        shown = f"{abs(value) * self.factor:,.{self.decimals}f}"
        nothing = not shown.strip("0.,")
        sign = "" if nothing else "−" if value < 0 else "+" if signed else ""
        return f"{sign}{self.before}{shown}"


def scale_for(unit: str, values: Iterable[float]) -> Scale:
    """Returns the scale for figures of a unit that shall stand side by side.

    Args:
        unit: as in the column ``unit``; days are shown as hours or minutes where all are short.
        values: the figures, in that unit.
    """
    most = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    if unit.startswith("GBP"):
        return Scale(1, 0 if most >= 100 else 2, "£", "")
    if unit == "share":
        return Scale(100, 1, "", "%")
    if unit == "days":
        return _time_scale(most)
    return Scale(1, 0 if most >= 100 else 1 if most >= 1 else 2, "", f" {unit}" if unit else "")


def _time_scale(most: float) -> Scale:
    """Returns the scale for times, the longest of which is so many days."""
    if most < 2 * _HOUR:
        return Scale(1440, 0 if most >= 10 * _MINUTE else 1, "", " minutes")
    if most < 2:
        return Scale(24, 1, "", " hours")
    return Scale(1, 1, "", " days")
