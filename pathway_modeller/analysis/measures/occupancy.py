"""Queues over time, units in use against units open, and days lost while units are kept."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.rows import Key, Rows, by_cell, totals
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.levels import Body, Level

Floats = npt.NDArray[np.float64]


def bodies(facts: Facts) -> tuple[Body[Level], ...]:
    """Returns every body of capacity in the legend's order."""
    return facts.levels.bodies


def add_queues(rows: Rows, facts: Facts) -> None:
    """Adds the time-weighted mean number waiting, and each activity's longest queue."""
    days = facts.levels.waiting
    for grouping in by_cell(facts):
        rows.add_groups("queue.mean", "patients", grouping, _a_day(totals(grouping, days), facts))
    for element in facts.activities:
        peak = facts.levels.queue(element).peak(facts.start, facts.end)
        rows.add("queue.peak", "patients", Key(element=element), peak)


def add_pools(rows: Rows, facts: Facts) -> None:
    """Adds occupancy, open units, utilisation and overrun of each body, and of each pool over footprints."""
    found = bodies(facts)
    for body in found:
        key = Key(pool=body.pool, footprint=body.footprint)
        _add_uses(rows, facts, key, (body,))
        peak = body.in_use.peak(facts.start, facts.end)
        rows.add("pool.peak", "units", key, peak)
    for pool in dict.fromkeys(body.pool for body in found if body.footprint):
        mine = tuple(body for body in found if body.pool == pool)
        _add_uses(rows, facts, Key(pool=pool), mine)


def _add_uses(rows: Rows, facts: Facts, key: Key, parts: tuple[Body[Level], ...]) -> None:
    """Adds the figures of one or several bodies taken together."""
    start, end = facts.start, facts.end
    used = opened = within = beyond = 0.0
    for body in parts:
        used += body.in_use.integral(start, end)
        opened += body.open_units.integral(start, end)
        within += body.within
        beyond += body.beyond
    period = facts.period if facts.period > 0 else float("nan")
    rows.add("pool.occupancy", "units", key, used / period)
    rows.add("pool.open", "units", key, opened / period)
    rows.add("pool.utilisation", "share", key, within / opened if opened > 0 else float("nan"))
    rows.add("pool.overrun", "unit-hours", key, beyond * 24)


def add_delays(rows: Rows, facts: Facts) -> None:
    """Adds delayed days: unit-days kept by pool and activity, and patient-days by the activity waited for."""
    legend, kept = facts.legend, facts.levels.kept
    for index, body in enumerate(legend.pools):
        key = Key(pool=body.pool, footprint=body.footprint or "")
        rows.add("delay.unit_days", "unit-days", key, kept.units[index])
    for pool in dict.fromkeys(body.pool for body in legend.pools if body.footprint):
        shared = [index for index, body in enumerate(legend.pools) if body.pool == pool]
        rows.add("delay.unit_days", "unit-days", Key(pool=pool), kept.units[shared].sum())
    for grouping in by_cell(facts):
        rows.add_groups("delay.patient_days", "patient-days", grouping, totals(grouping, kept.patients))
    for name in facts.activities:
        days = kept.elements[legend.elements.index(name)]
        rows.add("delay.kept_days", "unit-days", Key(element=name), days)


def _a_day(patient_days: Floats, facts: Facts) -> Floats:
    """Divides by the length of the period; NaN where it has none."""
    return patient_days / facts.period if facts.period > 0 else patient_days * np.nan
