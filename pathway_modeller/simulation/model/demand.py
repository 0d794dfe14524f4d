"""Demand: streams of patients and the exact inversion of their integrated intensity.

A stream's patients fall where its integrated intensity reaches successive targets. The intensity is a rate
times a profile that is constant over equal parts of each day, times a trend that is constant over each year,
so integration and inversion are exact.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import operator
from bisect import bisect_right
from dataclasses import dataclass

from pathway_modeller.scenario.dated import AtDate
from pathway_modeller.scenario.elements import Profile
from pathway_modeller.scenario.population import Trend
from pathway_modeller.scenario.years import anniversary_days
from pathway_modeller.simulation.model.table import between


@dataclass(frozen=True)
class Clock:
    """The integral of a profile and trend, for finding the time at which it reaches a target.

    Attributes:
        days: integral at the start of each day, length number of days + 1; empty for a flat profile.
        factors: the day's own factor (month times weekday times the year's trend), per day.
        parts: integral within a day of mean 1 at the start of each part, length parts + 1.
    """

    days: tuple[float, ...]
    factors: tuple[float, ...]
    parts: tuple[float, ...]

    def integral(self, time: float) -> float:
        """Returns the integral of the profile from 0 to a time in days."""
        if not self.days:
            return time
        day = min(int(time), len(self.factors) - 1)
        place = (time - day) * (len(self.parts) - 1)
        part = min(int(place), len(self.parts) - 2)
        inner = self.parts[part] + (place - part) * (self.parts[part + 1] - self.parts[part])
        return self.days[day] + self.factors[day] * inner

    def time(self, integral: float) -> float:
        """Returns the time in days at which the integral is reached; infinity if it never is."""
        if not self.days:
            return integral
        day = bisect_right(self.days, integral) - 1
        if day >= len(self.factors):
            return math.inf
        inner = (integral - self.days[day]) / self.factors[day]
        part = min(bisect_right(self.parts, inner) - 1, len(self.parts) - 2)
        while self.parts[part + 1] <= self.parts[part]:
            part -= 1
        share = (inner - self.parts[part]) / (self.parts[part + 1] - self.parts[part])
        return day + (part + share) / (len(self.parts) - 1)


@dataclass(frozen=True)
class Pace:
    """How fast demand runs before and after a change at a date, as parts of a stream's rate."""

    when: AtDate
    before: float
    after: float

    def on(self, day: dt.date) -> float:
        """Returns the factor of a day."""
        return between(self.when.part(day), self.before, self.after)


FLAT = Clock((), (), ())

_MONTH_DAYS = (31.0, 28.25, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0)
"""Days of each month, February's as on average."""


def make_clock(
    profile: Profile | None,
    start: dt.date,
    until: float,
    trend: Trend | None = None,
    pace: Pace | None = None,
) -> Clock:
    """Returns the clock of a profile over a run; each list is scaled to a mean of 1, months by their days.

    Args:
        profile: factors by month, weekday and part of the day; None for a flat one.
        start: day 0.
        until: end of the run in days.
        trend: factors by year of the run, which are not scaled; None for none.
        pace: factors by day of a rate that changes at a date, which are not scaled; None for none.
    """
    if profile is None or (profile.months is None and profile.weekdays is None and profile.day is None):
        if trend is None and pace is None:
            return FLAT
        profile = Profile()
    months = _scaled(profile.months or (1.0,) * 12, _MONTH_DAYS)
    weekdays = _scaled(profile.weekdays or (1.0,) * 7)
    day_parts = _scaled(profile.day or (1.0,))
    factors, days = [], [0.0]
    years = _year_factors(trend, start, until)
    for number in range(math.ceil(until) + 1):
        date = start + dt.timedelta(days=number)
        factor = months[date.month - 1] * weekdays[date.weekday()] * years[number]
        factors.append(factor if pace is None else factor * pace.on(date))
        days.append(days[-1] + factors[-1])
    parts = [0.0]
    for factor in day_parts:
        parts.append(parts[-1] + factor / len(day_parts))
    return Clock(tuple(days), tuple(factors), tuple(parts))


def _year_factors(trend: Trend | None, start: dt.date, until: float) -> list[float]:
    """Returns each day's factor of a trend, constant from one anniversary of the start date to the next."""
    length = math.ceil(until) + 1
    if trend is None:
        return [1.0] * length
    begins = [*(int(day) for day in anniversary_days(start, float(length))), length]
    return [
        trend.factor(year)
        for year, (first, last) in enumerate(itertools.pairwise(begins))
        for _ in range(first, min(last, length))
    ]


def _scaled(factors: tuple[float, ...], weights: tuple[float, ...] = ()) -> tuple[float, ...]:
    """Returns factors divided by their mean, weighted where weights are given."""
    weights = weights or (1.0,) * len(factors)
    mean = math.fsum(map(operator.mul, factors, weights)) / math.fsum(weights)
    return tuple(factor / mean for factor in factors)
