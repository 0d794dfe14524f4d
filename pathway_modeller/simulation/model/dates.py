"""The calendar: weekdays, months, bank holidays, and when capacity opens and closes.

Simulated time is float64 days from the start date at 00:00.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable, Mapping, Sequence

from pathway_modeller.scenario.bank_holidays import bank_holidays
from pathway_modeller.scenario.capacity import OpenHours, Pool
from pathway_modeller.scenario.shifts.dated_units import UNLIMITED as UNLIMITED
from pathway_modeller.scenario.shifts.dated_units import Level, dated_units, units_at
from pathway_modeller.scenario.values import WEEKDAYS, Weekday
from pathway_modeller.simulation.chance.ticks import on_tick

_DAYS_AHEAD = 28
"""Days after a run in which every weekday of a timetable is open at least once, whatever the holidays."""


def clock_days(clock: str) -> float:
    """Returns a clock time such as 09:30 as a fraction of a day."""
    hours, minutes = clock.split(":")
    return on_tick((int(hours) * 60 + int(minutes)) / 1440)


def capacity_changes(
    pool: Pool, footprint: str | None, start: dt.date, until: float
) -> tuple[tuple[float, int], ...]:
    """Returns when a body of capacity changes, as (time in days, units open from then on).

    The first entry is at time 0. A pool without a timetable is always open; ``UNLIMITED`` marks no limit.

    Args:
        pool: the pool.
        footprint: the footprint that holds this body, or None.
        start: day 0.
        until: end of the run in days.
    """
    return Calendar(start, until).changes(pool, footprint)


class Calendar:
    """When capacity changes over one run; what bodies have in common is worked out once."""

    def __init__(self, start: dt.date, until: float) -> None:
        """Starts with no body.

        Args:
            start: day 0.
            until: end of the run in days.
        """
        self._start, self._until = start, until
        self._known: dict[Hashable, tuple[tuple[float, int], ...]] = {}

    def changes(self, pool: Pool, footprint: str | None) -> tuple[tuple[float, int], ...]:
        """Returns when a body of capacity changes; see :func:`capacity_changes`."""
        return self._changes(pool, footprint, 0, self._until)

    def most_after(self, pool: Pool, footprint: str | None) -> float:
        """Returns the most units that a body opens after the run; infinity without a limit.

        Looked at are the end of the run, the four weeks after it, and every later dated change.
        """
        until = self._until
        changes = self._changes(pool, footprint, int(until), until + _DAYS_AHEAD)
        ends = [*(time for time, _ in changes[1:]), math.inf]
        ahead = [units for (_, units), end in zip(changes, ends, strict=True) if end > until]
        ahead += [units for begins, units in dated_units(pool, footprint, self._start) if begins > until]
        return math.inf if UNLIMITED in ahead else float(max(ahead))

    def _changes(
        self, pool: Pool, footprint: str | None, first: int, until: float
    ) -> tuple[tuple[float, int], ...]:
        """Returns when a body of capacity changes from midnight of a day on; equal bodies share one list."""
        levels = dated_units(pool, footprint, self._start)
        hours = tuple(sorted(pool.timetable.items()))
        key = (tuple(levels), hours, pool.closed_on_bank_holidays, first, until)
        if key not in self._known:
            opened = {}
            if pool.timetable or pool.closed_on_bank_holidays:
                opened = _openings(pool, self._start, first, until)
            self._known[key] = _combined(levels, opened, float(first), until)
        return self._known[key]


def _combined(
    levels: Sequence[Level], opened: Mapping[float, int | None], first: float, until: float
) -> tuple[tuple[float, int], ...]:
    """Returns the units open from which time on, by dated changes and by a timetable."""
    times = {begins for begins, _ in levels if first < begins < until} | {first} | opened.keys()
    changes: list[tuple[float, int]] = []
    hours: int | None = None
    for time in sorted(times):
        hours = opened.get(time, hours)
        base = units_at(levels, time)
        units = base if hours is None else hours if base == UNLIMITED else min(hours, base)
        if not changes or changes[-1][1] != units:
            changes.append((time, units))
    return tuple(changes)


def _openings(pool: Pool, start: dt.date, first: int, until: float) -> dict[float, int | None]:
    """Returns at which times a timetable sets the open units: 0 closed, None all, or a number."""
    days = math.ceil(until)
    closed = bank_holidays(start, days) if pool.closed_on_bank_holidays else frozenset()
    hours = [_day_hours(pool, weekday) for weekday in WEEKDAYS]
    opened: dict[float, int | None] = {}
    for day in range(first, days):
        date = start + dt.timedelta(days=day)
        for begins, units in _SHUT if date in closed else hours[date.weekday()]:
            if day + begins < until:
                opened[day + begins] = units
    return opened


_SHUT: tuple[tuple[float, int | None], ...] = ((0.0, 0),)
"""A day on which nothing opens."""


def _day_hours(pool: Pool, weekday: Weekday) -> tuple[tuple[float, int | None], ...]:
    """Returns a weekday's openings and closings in time order, the day's beginning included."""
    if not pool.timetable:
        return ((0.0, None),)
    intervals: tuple[OpenHours, ...] = pool.timetable.get(weekday, ())
    marks: dict[float, int | None] = {0.0: 0}
    for interval in sorted(intervals, key=lambda each: each.opens):
        marks[clock_days(interval.opens)] = interval.units
        closes = clock_days(interval.closes)
        if closes < 1.0:
            marks.setdefault(closes, 0)
    return tuple(sorted(marks.items()))
