"""Use of capacity on the scale of the units there are: in the hours in which a pool is open.

A pool that is open by day stands at zero by night, and its mean over all hours far below its units. The share
of open units that are in use, times the units there are, is on their scale. Work after closing counts.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.shifts.dated_units import UNLIMITED, dated_units, units_at
from pathway_modeller.scenario.shifts.shifts import bodies_of

Floats = npt.NDArray[np.float64]
FIGURES = ("mean", "low", "high")


def closes(findings: Findings, pool: str) -> bool:
    """Returns whether any variant shuts a pool at some hours or on bank holidays."""
    found = (pathway.pools[pool] for pathway in findings.pathways.values() if pool in pathway.pools)
    return any(each.timetable or each.closed_on_bank_holidays for each in found)


def units_there(
    findings: Findings, variant: str, pool: str, times: Floats, days: float, footprint: str = ""
) -> Floats:
    """Returns the units that a pool has, open or shut, as means of steps; NaN where it is unlimited.

    Args:
        findings: what was simulated.
        variant: of which variant.
        pool: its id; NaN throughout if the variant has none.
        times: where steps begin, in days from the start date.
        days: how long a step is.
        footprint: the one that holds the units; "" for all together.
    """
    pathway = findings.pathways[variant]
    if pool not in pathway.pools:
        return np.full(len(times), math.nan)
    record, start = pathway.pools[pool], findings.results.provenance.start_date
    bodies = [each for each in bodies_of(pathway, record) if footprint in ("", each or "")]
    dated = [dated_units(record, each, start) for each in bodies]

    def on(day: int) -> float:
        each = [units_at(steps, day) for steps in dated]
        return math.nan if UNLIMITED in each or not each else float(sum(each))

    spans = (
        range(math.floor(time), max(math.ceil(time + days - 1e-9), math.floor(time) + 1)) for time in times
    )
    return np.array([np.mean([on(day) for day in span]) for span in spans])


def while_open(used: pd.DataFrame, opened: Floats, there: Floats) -> pd.DataFrame:
    """Returns use in opening hours, without the steps in which nothing opens.

    Args:
        used: with the columns mean, low and high: units in use, over all hours.
        opened: units open in the same steps, over all hours.
        there: units there are; NaN where unlimited: those steps stay as they are.
    """
    limited = ~np.isnan(there) & ~np.isnan(opened)
    factor = np.divide(there, opened, out=np.ones(len(there)), where=limited & (opened > 0))
    scaled = used.assign(**{name: used[name].to_numpy(dtype=float) * factor for name in FIGURES})
    return scaled[~limited | (opened > 0)]


def always_open_units(record: Pool, footprint: str) -> int | None:
    """Returns the units of a pool that never closes nor changes; None for any other."""
    if record.timetable or record.closed_on_bank_holidays or record.steps:
        return None
    return record.units_by_footprint.get(footprint, record.units)
