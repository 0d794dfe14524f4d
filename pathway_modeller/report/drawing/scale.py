"""Figures as people read them: a sensible unit, thousands separated, missing ones as a dash."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

MISSING = "–"
FIXED = "the same in every replication"
"""Said in a sentence of a figure that has no spread."""
FIXED_SHORT = "same in every run"
"""The same beside a figure, where room is short."""
_TIMES = ("minutes", "hours", "days", "weeks")
"""Units of which a figure that is rounded to 0, and is more, is told as less than the last decimal."""
_LITTLE = 0.05
"""Of a unit of time; what is less does not read: nobody knows how long 0.012 weeks are."""


@dataclass(frozen=True)
class Scale:
    """How the figures of one chart are written.

    Attributes:
        factor: figures are multiplied by this.
        decimals: figures after the point.
        before: put before a figure, after its sign.
        after: put directly after it.
        unit: the unit in words, for axes.
    """

    factor: float
    decimals: int
    before: str
    after: str
    unit: str

    def text(self, value: float, *, signed: bool = False) -> str:
        """Returns a figure with its unit, as ``£1,200`` or ``2.5 weeks``."""
        if value == 0 and self.before:
            return f"{self.before}0"
        number = self.number(value, signed=signed)
        if value > 0 and not signed and self.unit in _TIMES and not number.strip("0."):
            return f"under {10.0**-self.decimals:.{self.decimals}f}{self.after}"
        return number if number == MISSING else f"{number}{self.after}"

    def number(self, value: float, *, signed: bool = False) -> str:
        """Returns a figure without the unit that comes after it."""
        if math.isnan(value):
            return MISSING
        shown = f"{abs(value) * self.factor:,.{self.decimals}f}"
        zero = not shown.strip("0.,")
        sign = "" if zero else "−" if value < 0 else "+" if signed else ""
        return f"{sign}{self.before}{shown}"

    def interval(self, low: float, high: float, *, signed: bool = False) -> str:
        """Returns the ends of an interval with the unit once; a dash where there is none."""
        if math.isnan(low) or math.isnan(high):
            return MISSING
        return f"{self.number(low, signed=signed)} to {self.number(high, signed=signed)}{self.after}"

    def legible(self, values: Iterable[float]) -> Scale:
        """Returns the scale in which figures read: of a smaller unit of time where all are next to nothing.

        Args:
            values: figures that are told together, such as a mean and the ends of its interval.
        """
        most = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
        return _time_scale(most) if self.unit in _TIMES and 0 < most * self.factor < _LITTLE else self

    def beside(self, values: Iterable[float]) -> Scale:
        """Returns the scale with decimals enough for smaller figures beside those that it was made for."""
        most = max((abs(value) * self.factor for value in values if not math.isnan(value)), default=0.0)
        return replace(self, decimals=max(self.decimals, _decimals(most)))

    def finer(self, width: float) -> Scale:
        """Returns the scale with enough decimals to show an interval of this width, three at most.

        Pounds never get more decimals: pence say nothing about a pathway.
        """
        if not width * self.factor > 1e-6 or (self.before and self.factor == 1):
            return self
        needed = math.ceil(-math.log10(width * self.factor))
        return replace(self, decimals=min(max(self.decimals, needed), 3))


def is_fixed(mean: float, low: float, high: float) -> bool:
    """Whether an interval has no width but for rounding: the figure is the same in every replication."""
    return high - low <= 1e-9 * abs(mean)


def scale_for(unit: str, values: Iterable[float], *, difference: bool = False) -> Scale:
    """Returns the scale for figures that stand side by side.

    Args:
        unit: as in the column ``unit``; days become minutes, hours, days or weeks, whichever reads best.
        values: the figures, in that unit.
        difference: whether they are differences: those of shares are in percentage points.
    """
    most = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    if unit.startswith("GBP"):
        return _money_scale(unit, most)
    if unit == "share":
        after, words = (" percentage points", "percentage points") if difference else ("%", "%")
        return Scale(100, 1, "", after, words)
    if unit == "days":
        return _time_scale(most)
    return Scale(1, _decimals(most), "", f" {unit}" if unit else "", unit)


def time_scale(longest: float, values: Iterable[float]) -> Scale:
    """Returns the scale for times in the unit in which a longest one reads best.

    Args:
        longest: in days; it gives the unit; 0 if there is none, so that the figures themselves give it.
        values: the figures, in days; they give the decimals.
    """
    most = max((abs(value) for value in values if not math.isnan(value)), default=longest)
    own = _time_scale(longest or most)
    return replace(own, decimals=_decimals(most * own.factor))


def _money_scale(unit: str, most: float) -> Scale:
    """Pounds, or millions of pounds, with their price year."""
    year = unit.removeprefix("GBP").strip()
    prices = f", {year} prices" if year else ""
    if most >= 1e6:
        return Scale(1e-6, 2, "£", "m", f"£ million{prices}")
    return Scale(1, 0 if most >= 100 or most == 0 else 2, "£", "", f"£{prices}")


def _time_scale(most: float) -> Scale:
    """The unit of time in which the longest of the figures reads best."""
    for limit, factor, name in ((2 / 24, 1440.0, "minutes"), (2, 24.0, "hours"), (56, 1.0, "days")):
        if most < limit:
            return Scale(factor, _decimals(most * factor), "", f" {name}", name)
    return Scale(1 / 7, _decimals(most / 7), "", " weeks", "weeks")


def _decimals(most: float) -> int:
    """Decimals for figures up to this size."""
    return 0 if most >= 100 else 1 if most >= 10 else 2
