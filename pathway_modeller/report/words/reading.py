"""A chart's table as it is read under the chart: times in the unit in which the chart tells them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pathway_modeller.report.drawing.scale import Scale, scale_for

if TYPE_CHECKING:
    import pandas as pd

_TIME = "days"
"""Unit of times in results, and in tables that are exported."""
_FIGURES = ("baseline", "option", "mean", "low", "high")


def read_in(table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Returns a table with all its times in the unit of a chart's axis.

    Args:
        table: with a column ``unit``; only rows in days change.
        scale: of the axis on which the chart shows times.
    """
    return _converted(table, [scale] * len(table))


def read_row_by_row(table: pd.DataFrame) -> pd.DataFrame:
    """Returns a table of differences with each time in the unit that reads best for its difference.

    Where there is no difference, the unit is that of the levels.
    """
    changes = table[["mean", "low", "high"]].to_numpy(dtype=float).tolist()
    levels = table[["baseline", "option"]].to_numpy(dtype=float).tolist()
    scales = [
        scale_for(_TIME, change if any(change) and not math.isnan(change[0]) else level)
        for change, level in zip(changes, levels, strict=True)
    ]
    return _converted(table, scales)


def _converted(table: pd.DataFrame, scales: Sequence[Scale]) -> pd.DataFrame:
    """Returns a table with each row that is in days in the unit of its scale."""
    units = [str(unit) for unit in table["unit"]]
    factors = [scale.factor if unit == _TIME else 1.0 for unit, scale in zip(units, scales, strict=True)]
    told = [scale.unit if unit == _TIME else unit for unit, scale in zip(units, scales, strict=True)]
    changed = {name: table[name] * factors for name in _FIGURES if name in table.columns}
    return table.assign(unit=told, **changed)
