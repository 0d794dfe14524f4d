"""Plots one below another over the same months: stacked bars, and units open and in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.report.drawing.months import upright_axis
from pathway_modeller.report.drawing.style import INK, SHADE, Mark, Style
from pathway_modeller.report.drawing.swatches import Swatch

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layer:
    """Bars of one kind, a figure a month; those below zero are drawn downwards."""

    swatch: Swatch
    values: Floats


@dataclass(frozen=True, eq=False)
class Use:
    """Units in use by month, with the interval; NaN where missing."""

    look: Mark
    mean: Floats
    low: Floats
    high: Floats


def stacked_bars(axes: Axes, style: Style, layers: Sequence[Layer]) -> None:
    """Draws bars one upon another, month by month."""
    number = max((len(layer.values) for layer in layers), default=0)
    up, down = np.zeros(number), np.zeros(number)
    for layer in layers:
        base = np.where(layer.values >= 0, up, down)
        axes.bar(
            np.arange(number) + 0.5,
            layer.values,
            0.8,
            bottom=base,
            color=layer.swatch.colour,
            hatch=layer.swatch.hatch,
            edgecolor="white" if layer.swatch.hatch else layer.swatch.colour,
            linewidth=0,
        )
        up, down = up + np.maximum(layer.values, 0), down + np.minimum(layer.values, 0)
    axes.axhline(0, color=INK, linewidth=1.0)
    axes.set_ylim(1.06 * float(down.min(initial=0.0)), 1.06 * float(up.max(initial=0.0)) or 1.0)
    upright_axis(axes, style, most=4)


def open_and_used(axes: Axes, style: Style, opened: Floats, used: Sequence[Use]) -> None:
    """Draws units open as a shaded step line, and units in use as lines with bands.

    Args:
        axes: with months across.
        style: sizes.
        opened: units open, a figure a month.
        used: lines.
    """
    edges = np.arange(len(opened) + 1)
    axes.stairs(opened, edges, fill=True, color=SHADE, baseline=0)
    axes.stairs(opened, edges, color=INK, linewidth=1.4, baseline=None)
    middles = edges[:-1] + 0.5
    for each in used:
        axes.fill_between(middles, each.low, each.high, color=each.look.colour, alpha=0.25, linewidth=0)
        axes.plot(middles, each.mean, color=each.look.colour, linestyle=each.look.dash, linewidth=1.8)
    drawn = (opened, *(use.high for use in used), *(use.mean for use in used))
    most = max(float(np.nanmax(each, initial=0.0)) for each in drawn)
    axes.set_ylim(0, 1.1 * most or 1.0)
    upright_axis(axes, style, most=3)
