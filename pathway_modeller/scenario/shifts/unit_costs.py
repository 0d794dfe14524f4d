"""What one more unit of a capacity pool costs a year."""

from __future__ import annotations

import math

from pathway_modeller.scenario.capacity import OpenHours, Pool
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.network.open_units import working_share
from pathway_modeller.scenario.shifts.prices import PriceBase
from pathway_modeller.scenario.values import DAYS_PER_YEAR, WEEKDAYS

_DAYS_A_WEEK = 7.0


def unit_cost_per_year(pool: Pool, run: RunSettings) -> float | None:
    """Returns what one more unit of a pool costs a year, in pounds of its own price year; None without cost.

    By the open hour that is the cost times the hours a year in which its timetable opens all units, less bank
    holidays if it is closed on them; by the day 365.25 times, by the week 365.25 / 7 times the cost.
    """
    if pool.cost is None:
        return None
    times = {
        "open hour": open_hours_per_year(pool, run),
        "day": DAYS_PER_YEAR,
        "week": DAYS_PER_YEAR / _DAYS_A_WEEK,
        "year": 1.0,
    }
    return pool.cost.amount.value * times[pool.cost.per]


def unit_day_cost(pool: Pool, run: RunSettings, prices: PriceBase) -> float | None:
    """Returns what a unit of a pool costs a calendar day on average over a year, in pounds of the price base.

    None without a cost, or where it cannot be brought to the price base.
    """
    yearly = unit_cost_per_year(pool, run)
    if pool.cost is None or yearly is None:
        return None
    based = prices.pounds(pool.cost.amount.model_copy(update={"value": yearly}))
    return None if based is None else based / DAYS_PER_YEAR


def open_hours_per_year(pool: Pool, run: RunSettings) -> float:
    """Returns how many hours a year a unit of a pool is open, bank holidays averaged over the run."""
    working = working_share(pool.closed_on_bank_holidays, run)
    a_week = math.fsum(_hours(pool, day) * working[WEEKDAYS[day]] for day in range(len(WEEKDAYS)))
    return a_week * DAYS_PER_YEAR / _DAYS_A_WEEK


def opens_all(pool: Pool, hours: OpenHours) -> bool:
    """Tells whether an interval of a timetable opens every unit that a pool has by its own changes."""
    if hours.units is None:
        return True
    ever = (pool.units or 0, *pool.units_by_footprint.values(), *(step.units for step in pool.steps))
    return hours.units >= max(ever)


def _hours(pool: Pool, day: int) -> float:
    """Returns for how many hours of a weekday a pool opens all its units."""
    if not pool.timetable:
        return 24.0
    return math.fsum(
        _clock_hours(each.closes) - _clock_hours(each.opens)
        for each in pool.timetable.get(WEEKDAYS[day], ())
        if opens_all(pool, each)
    )


def _clock_hours(text: str) -> float:
    """Returns a clock time in hours from midnight."""
    hours, minutes = text.split(":")
    return int(hours) + int(minutes) / 60
