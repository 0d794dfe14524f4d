"""The units that a pool has from which day on: dated changes and ramps, before any timetable."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from pathway_modeller.scenario.capacity import CapacityStep, Pool

UNLIMITED = -1
"""Stands for the units of a pool without a limit."""

Level = tuple[float, int]
"""(time in days from the start date, units from then on)."""


def dated_units(pool: Pool, footprint: str | None, start: dt.date) -> list[Level]:
    """Returns from when on a body of capacity has how many units, in order of time.

    The first entry is at minus infinity; times before the start date are negative.

    Args:
        pool: the pool.
        footprint: the footprint that holds this body, or None.
        start: day 0.
    """
    units = pool.units
    if footprint is not None:
        units = pool.units_by_footprint.get(footprint, units)
    levels = [(-math.inf, UNLIMITED if units is None else units)]
    for step in sorted(pool.steps, key=lambda step: step.date):
        if step.footprint is None or step.footprint == footprint:
            begins = float((step.date - start).days)
            levels = [level for level in levels if level[0] <= begins]  # a later change ends a ramp
            levels.extend(_step_levels(step, levels[-1][1], begins))
    return levels


def units_at(levels: Sequence[Level], time: float) -> int:
    """Returns the units in force at a time."""
    value = levels[0][1]
    for begins, units in levels:
        if begins > time:
            break
        value = units
    return value


def _step_levels(step: CapacityStep, before: int, begins: float) -> Iterable[Level]:
    """Returns the levels of one dated change: at once, or evenly over its ramp in whole units."""
    if step.ramp is None or before == UNLIMITED or step.units == before:
        return [(begins, step.units)]
    change = step.units - before
    sign = 1 if change > 0 else -1
    return [
        (begins + step.ramp.days * count / abs(change), before + sign * count)
        for count in range(1, abs(change) + 1)
    ]
