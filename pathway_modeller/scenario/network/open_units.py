"""How many units of a pool are open on average, over an ordinary week at the end of a run.

Bank holidays take away their part of each weekday's hours. Work in progress goes on after closing time: on
average for E[S^2] / 2 E[S], the mean residual of a renewal process (Cox, Renewal Theory, 1962). Where all
times are fixed, starts lie on a lattice, and the mean residual beyond a point of it is half a step shorter:
slots that fill the opening hours exactly leave nothing over.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pathway_modeller.scenario.bank_holidays import bank_holidays
from pathway_modeller.scenario.capacity import OpenHours, Pool
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.values import WEEKDAYS

_DAYS_A_WEEK = 7.0
_MILLISECOND = 1 / 86_400_000
_SHORTEST = 365
"""Days over which bank holidays are averaged at least, so that a run over Easter does not count for ever."""
_LONGEST = 28 * 365 + 7
"""And at most: the calendar's weekdays come round after 28 years."""


@dataclass(frozen=True)
class Opening:
    """When a pool is open, for all its bodies.

    Attributes:
        pool: the pool.
        run: the run settings.
        working: for each weekday, see :func:`working_share`.
        week: the week's intervals as (opens, closes) in days from Monday 00:00, in order.
    """

    pool: Pool
    run: RunSettings
    working: Mapping[str, float]
    week: tuple[tuple[float, float, OpenHours], ...]

    @classmethod
    def of(cls, pool: Pool, run: RunSettings) -> Opening:
        """Returns when a pool is open."""
        return cls(pool, run, working_share(pool.closed_on_bank_holidays, run), _week(pool))

    def usable(
        self, footprint: str | None, residual_days: float = 0.0, slot_days: float | None = None
    ) -> float | None:
        """Returns the units usable on average over a week; None if unlimited.

        Dated changes that the run reaches have taken effect; bank holidays count if the pool is closed on
        them; work in progress goes on after closing time.

        Args:
            footprint: the footprint that holds this body of the pool, or None.
            residual_days: how long the work that is in progress at a random moment goes on, on average.
            slot_days: the longest time of which every service time is a multiple, or None if they vary.
        """
        units = _units_at_end(self.pool, footprint, self.run)
        if not self.pool.timetable:
            if units is None:
                return None
            closed = 1.0 - sum(self.working.values()) / _DAYS_A_WEEK
            return units * (1.0 - closed * (1.0 - min(_overrun(1.0, residual_days, slot_days), 1.0)))
        week, total = self.week, 0.0
        for position, (opens, closes, hours) in enumerate(week):
            here = units if hours.units is None else hours.units if units is None else min(hours.units, units)
            if here is None:
                return None
            after = week[position + 1][0] if position + 1 < len(week) else week[0][0] + _DAYS_A_WEEK
            overrun = min(_overrun(closes - opens, residual_days, slot_days), max(after - closes, 0.0))
            total += here * (closes - opens + overrun) * self.working[WEEKDAYS[int(opens)]]
        return total / _DAYS_A_WEEK


def average_open(pool: Pool, footprint: str | None, run: RunSettings) -> float | None:
    """Returns the units open on average over a week, without work after closing time; None if unlimited."""
    return Opening.of(pool, run).usable(footprint)


def working_share(closed_on_bank_holidays: bool, run: RunSettings) -> Mapping[str, float]:
    """Returns for each weekday the share of its dates that are no bank holiday, over the run.

    Args:
        closed_on_bank_holidays: if not, every share is 1.
        run: the run settings; a run shorter than a year counts as a year.
    """
    if not closed_on_bank_holidays:
        return dict.fromkeys(WEEKDAYS, 1.0)
    room = (dt.date.max - run.start_date).days
    days = min(max(int(run.warm_up.days + run.duration.days), _SHORTEST), _LONGEST, room)
    return dict(zip(WEEKDAYS, _working(run.start_date, days), strict=True))


@lru_cache(maxsize=32)
def _working(start: dt.date, days: int) -> tuple[float, ...]:
    """Returns the share of each weekday's dates that are no bank holiday; kept, since every pool asks."""
    ends = start + dt.timedelta(days=days)
    lost = [0] * len(WEEKDAYS)
    for date in bank_holidays(start, days):
        lost[date.weekday()] += start <= date < ends
    dates = [(days + 6 - (weekday - start.weekday()) % 7) // 7 for weekday in range(len(WEEKDAYS))]
    return tuple(1.0 - gone / max(there, 1) for gone, there in zip(lost, dates, strict=True))


def _overrun(length: float, residual: float, slot: float | None) -> float:
    """Returns for how many days work goes on after an interval of this length, on average.

    With fixed times all starts lie on a lattice from opening time: work goes on to its next point, and beyond
    it for the mean residual less half a step.
    """
    if not slot:
        return residual
    slots = math.ceil((length - _MILLISECOND) / slot)
    return max(slots * slot - length + residual - slot / 2, 0.0)


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


def _week(pool: Pool) -> tuple[tuple[float, float, OpenHours], ...]:
    """Returns the week's intervals as (opens, closes) in days from Monday 00:00, in order."""
    found = [
        (day + _clock(hours.opens), day + _clock(hours.closes), hours)
        for day, weekday in enumerate(WEEKDAYS)
        for hours in pool.timetable.get(weekday, ())
    ]
    return tuple(sorted(found, key=lambda each: each[:2]))


def _clock(text: str) -> float:
    """Returns a clock time as a fraction of a day."""
    hours, minutes = text.split(":")
    return (int(hours) * 60 + int(minutes)) / 1440
