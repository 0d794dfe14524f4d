"""Figures in few letters, for axes and arrows."""

from __future__ import annotations

import math

from pathway_modeller.report.drawing.scale import MISSING

_POUNDS = ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k"))
_NEXT = 0.9995
"""From this share of a size on, three figures round up to it."""


def pounds_short(value: float) -> str:
    """Returns pounds for an axis: £12.5k."""
    sign = "\u2212" if value < 0 else ""
    for size, letter in _POUNDS:
        if abs(value) >= _NEXT * size:
            return f"{sign}£{abs(value) / size:.3g}{letter}"
    return f"{sign}£{abs(value):.0f}"


def units_short(value: float) -> str:
    """Returns units for an axis."""
    return MISSING if math.isnan(value) else f"{value:,.0f}" if value == round(value) else f"{value:,.3g}"
