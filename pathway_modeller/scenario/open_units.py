"""How many units of a pool are open on average, over an ordinary week at the end of a run."""

from __future__ import annotations

import datetime as dt

from pathway_modeller.scenario.capacity import OpenHours, Pool
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.values import WEEKDAYS

_DAYS_A_WEEK = 7.0


def average_open(pool: Pool, footprint: str | None, run: RunSettings) -> float | None:
    """Returns the units open on average over a week; None if unlimited.

    Dated changes that the run reaches have taken effect; bank holidays are left out.
    """
    return _average(pool, footprint, run, 0.0)


def average_usable(pool: Pool, footprint: str | None, run: RunSettings, residual_days: float) -> float | None:
    """Returns the units usable on average over a week, since work in progress goes on after closing time.

    Args:
        pool: the pool.
        footprint: the footprint that holds this body of it, or None.
        run: the run settings.
        residual_days: how long the work that is in progress at a random moment goes on, on average.
    """
    return _average(pool, footprint, run, residual_days)


def _average(pool: Pool, footprint: str | None, run: RunSettings, overrun: float) -> float | None:
    """Returns the average units of a week, each interval prolonged by an overrun but not beyond the next."""
    units = _units_at_end(pool, footprint, run)
    if not pool.timetable:
        return None if units is None else float(units)
    week = _week(pool)
    total = 0.0
    for position, (opens, closes, hours) in enumerate(week):
        here = units if hours.units is None else hours.units if units is None else min(hours.units, units)
        if here is None:
            return None
        after = week[position + 1][0] if position + 1 < len(week) else week[0][0] + _DAYS_A_WEEK
        total += here * (closes - opens + min(overrun, max(after - closes, 0.0)))
    return total / _DAYS_A_WEEK


def _units_at_end(pool: Pool, footprint: str | None, run: RunSettings) -> int | None:
    """Returns the units of a body of capacity once every dated change of the run has taken effect."""
    units = pool.units_by_footprint.get(footprint, pool.units) if footprint is not None else pool.units
    days = run.warm_up.days + run.duration.days
    room = (dt.date.max - run.start_date).days
    ends = run.start_date + dt.timedelta(days=min(int(days), room))
    for step in sorted(pool.steps, key=lambda each: each.date):
        if step.date <= ends and step.footprint in (None, footprint):
            units = step.units
    return units


def _week(pool: Pool) -> list[tuple[float, float, OpenHours]]:
    """Returns the week's intervals as (opens, closes) in days from Monday 00:00, in order."""
    found = [
        (day + _clock(hours.opens), day + _clock(hours.closes), hours)
        for day, weekday in enumerate(WEEKDAYS)
        for hours in pool.timetable.get(weekday, ())
    ]
    return sorted(found, key=lambda each: each[:2])


def _clock(text: str) -> float:
    """Returns a clock time as a fraction of a day."""
    hours, minutes = text.split(":")
    return (int(hours) * 60 + int(minutes)) / 1440
