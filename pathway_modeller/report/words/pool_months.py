"""Units open and in use month by month, from the series of an experiment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.experiment.answers.monthly import months
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.opening_hours_use import units_there

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Monthly:
    """A figure for each calendar month of the data collection period; NaN where missing."""

    mean: Floats
    low: Floats
    high: Floats


def pool_months(findings: Findings, kind: str, variant: str, pool: str) -> Monthly | None:
    """Returns a series of a pool by month, all footprints that hold it together; None if there is none.

    The ends of intervals are averaged and added like the middle: the interval of the whole is at most that
    wide, so that a band is never drawn too narrow.

    Args:
        findings: what was simulated.
        kind: ``"capacity"`` or ``"occupancy"``.
        variant: of which variant.
        pool: its id.
    """
    series = findings.results.series
    chosen = (series["variant"] == variant) & (series["kind"] == kind) & (series["pool"].astype(str) == pool)
    rows = series[chosen]
    if rows.empty:
        return None
    whole = rows["footprint"].astype(str) == ""
    rows = rows[whole] if whole.any() else rows
    table = rows.groupby("time", sort=True)[["mean", "low", "high"]].sum(min_count=1)
    weights = _weights(findings, table.index.to_numpy(dtype=np.float64))
    return Monthly(*(_averaged(table[name], weights) for name in ("mean", "low", "high")))


def while_open_by_month(findings: Findings, variant: str, pool: str) -> tuple[Monthly, Monthly] | None:
    """Returns the units there are, and those in use while open, by month; None if either is not known.

    Use is the share of open units in use times the units there are, as in
    :mod:`pathway_modeller.report.words.opening_hours_use`: on the scale of capacity, whatever the opening
    hours.
    """
    opened = pool_months(findings, "capacity", variant, pool)
    used = pool_months(findings, "occupancy", variant, pool)
    if opened is None or used is None or np.isnan(opened.mean).all():
        return None
    given = findings.results.provenance
    counted = np.array([month.days for month in months(given)], dtype=np.float64)
    begins = given.warm_up_days + np.cumsum(counted) - counted
    there = np.array(
        [
            units_there(findings, variant, pool, np.array([first]), float(days))[0]
            for first, days in zip(begins, counted, strict=True)
        ]
    )
    factor = np.divide(there, opened.mean, out=np.full(len(there), np.nan), where=opened.mean > 0)
    # Where nobody can tell the units, or nothing is open all month, figures stand as they were recorded.
    factor = np.where(np.isnan(factor), 1.0, factor)
    units = np.where(np.isnan(there), opened.mean, there)
    return Monthly(units, units, units), Monthly(used.mean * factor, used.low * factor, used.high * factor)


def _weights(findings: Findings, times: Floats) -> Floats:
    """Returns how many days of each step lie in each month, shape (months, steps)."""
    given = findings.results.provenance
    edges = given.warm_up_days + np.cumsum([0.0, *(month.days for month in months(given))])
    step = float(np.diff(times).min()) if len(times) > 1 else 1.0
    begins = np.maximum(edges[:-1, None], times[None, :])
    ends = np.minimum(edges[1:, None], times[None, :] + step)
    weights: Floats = np.maximum(ends - begins, 0.0)
    return weights


def _averaged(column: pd.Series[float], weights: Floats) -> Floats:
    """Returns the mean of each month over what is there."""
    values = column.to_numpy(dtype=np.float64)
    known = ~np.isnan(values)
    days = weights[:, known].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        means: Floats = np.where(days > 0, (weights[:, known] @ values[known]) / days, np.nan)
    return means
