"""A chart's table as it is read under the chart: times in the unit in which the chart tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pathway_modeller.report.drawing.scale import Scale, scale_for

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.report.findings import Findings

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


def read_measures_in(table: pd.DataFrame, scales: Mapping[str, Scale]) -> pd.DataFrame:
    """Returns a table with the times of each measure in the unit of its scale.

    Args:
        table: with the columns ``measure`` and ``unit``; only rows in days change.
        scales: of every measure of days.
    """
    days = scale_for(_TIME, ())
    return _converted(table, [scales.get(each, days) for each in table["measure"].astype(str)])


def read_in_units_of(findings: Findings, table: pd.DataFrame) -> pd.DataFrame:
    """Returns a table with the times of each measure in the one unit that a whole result has for it."""
    measures = dict.fromkeys(table["measure"].astype(str))
    return read_measures_in(table, {each: findings.scale(_TIME, (), each) for each in measures})


def _converted(table: pd.DataFrame, scales: Sequence[Scale]) -> pd.DataFrame:
    """Returns a table with each row that is in days in the unit of its scale."""
    units = [str(unit) for unit in table["unit"]]
    factors = [scale.factor if unit == _TIME else 1.0 for unit, scale in zip(units, scales, strict=True)]
    told = [scale.unit if unit == _TIME else unit for unit, scale in zip(units, scales, strict=True)]
    changed = {name: table[name] * factors for name in _FIGURES if name in table.columns}
    return table.assign(unit=told, **changed)
