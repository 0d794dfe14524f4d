"""The borough in plain SimPy, with simple rules, as somebody competent would write it.

Left out are the living population (nobody changes need tier), prevention, harm while waiting, what changes
need, bank holidays and all money: less is done than in the engines. Every wait is kept.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import math
import random
from collections.abc import Callable, Generator
from typing import Any

import simpy

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.elements import Activity, RandomArrivals
from pathway_modeller.scenario.moments import parameters
from pathway_modeller.scenario.values import WEEKDAYS, ByGroup
from pathway_modeller.simulation.chance.samplers import make_sampler
from tests.benchmarks.simpy_staff import Staff

_CYCLE = 4 * 365 + 1
"""Days after which months fall on the same days again."""

Steps = Generator[Any, Any, Any]


class PlainBorough:
    """The borough under way.

    Attributes:
        waits: every wait, days, by activity.
        missed: slots to which nobody came.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.pathway, self.start = scenario.baseline, scenario.run.start_date
        self.random = random.Random(seed)  # noqa: S311 - a simulation
        self.env = simpy.Environment()
        self.waits: dict[str, list[float]] = {name: [] for name in self.pathway.activities}
        self.missed = 0
        self.pools: dict[tuple[str, str], Staff] = {}
        for name, pool in self.pathway.pools.items():
            self._open(name, pool)
        self.times = {
            name: self._sampler(each.service_time) for name, each in self.pathway.activities.items()
        }
        self.intervals = {name: self._sampler(each.time) for name, each in self.pathway.waits.items()}
        self.routes = self._routes()
        for name, entry in self.pathway.entry_points.items():
            if isinstance(entry.arrivals, RandomArrivals):
                self.env.process(self._arrivals(name, entry.arrivals))

    def _open(self, name: str, pool: Pool) -> None:
        """Makes the bodies of a pool, with processes that keep their timetable."""
        for place in self.pathway.footprints if pool.per_footprint else ("",):
            units = pool.units_by_footprint.get(place, pool.units or 0)
            body = self.pools[name, place] = Staff(self.env, units)
            week = _week(pool, units, self.start.weekday()) if pool.timetable else []
            if week:
                self.env.process(self._timetable(body, week))

    def _timetable(self, body: Staff, week: list[tuple[float, float, int]]) -> Steps:
        """Keeps units away when they are not open, over and over."""
        for number in itertools.count():
            for begins, ends, away in week:
                yield self.env.timeout(max(0.0, 7 * number + begins - self.env.now))
                body.change(-away)
                yield self.env.timeout(7 * number + ends - self.env.now)
                body.change(away)

    def _sampler(self, time: Any) -> Callable[[], float]:
        """Returns what draws a time, days."""
        return _draw(time, self.random)

    def _routes(self) -> dict[str, tuple[list[float], list[str]]]:
        """Returns cumulative shares and targets of each element."""
        found: dict[str, tuple[list[float], list[str]]] = {}
        for arrow in self.pathway.transitions.values():
            shares, targets = found.setdefault(arrow.origin, ([], []))
            share = arrow.share if isinstance(arrow.share, float) else 1.0
            shares.append((shares[-1] if shares else 0.0) + share)
            targets.append(arrow.target)
        return found

    def _onward(self, element: str) -> str:
        """Returns the next element."""
        shares, targets = self.routes[element]
        return targets[min(bisect.bisect(shares, self.random.random()), len(targets) - 1)]

    def _arrivals(self, name: str, arrivals: RandomArrivals) -> Steps:
        """Lets patients come, by thinning."""
        weights, groups = [0.0], []
        rates = arrivals.rate_per_1000
        for place, footprint in self.pathway.footprints.items():
            for tier, people in footprint.people.items():
                rate = rates.values[tier].per_day if isinstance(rates, ByGroup) else 0.0
                weights.append(weights[-1] + people / 1000 * rate)
                groups.append((tier, place))
        total, factors = weights.pop(), _factors(arrivals, self.start.weekday())
        months = _months(arrivals, self.start)
        most = max(factors) * max(months)
        while True:
            yield self.env.timeout(self.random.expovariate(total * most))
            now = self.env.now
            if self.random.random() * most < factors[int(now * 24) % 168] * months[int(now) % len(months)]:
                place = bisect.bisect(weights, self.random.random() * total) - 1
                self.env.process(self._patient(self._onward(name), *groups[place]))

    def _patient(self, element: str, tier: str, footprint: str) -> Steps:
        """Goes along the pathway."""
        kept: list[Staff] = []
        while element in self.routes:
            activity = self.pathway.activities.get(element)
            if activity is None:
                _release(kept)
                yield self.env.timeout(self.intervals[element]())
                element = self._onward(element)
            else:
                element = yield from self._seen(element, activity, tier, footprint, kept)
        _release(kept)

    def _seen(self, name: str, activity: Activity, tier: str, footprint: str, kept: list[Staff]) -> Steps:
        """Is seen at an activity; returns the next element."""
        if activity.caseload is not None:
            yield from self._caseload(name, activity, footprint)
            return self._onward(name)
        body, priority = self._body(activity, footprint), _priority(activity, tier)
        missed = activity.did_not_attend
        while True:
            if activity.room is not None and len(body.waiting) >= activity.room:
                return activity.overflow_to or ""
            joined, turn = self.env.now, body.request(priority)
            if activity.patience is None:
                yield turn
            else:
                yield turn | self.env.timeout(self._sampler(activity.patience)())
                if not turn.triggered:
                    body.leave(turn)
                    return activity.gives_up_to or ""
            _release(kept)
            self.waits[name].append(self.env.now - joined)
            yield self.env.timeout(self.times[name]())
            absent = missed is not None and self.random.random() < missed.share
            if activity.release == "when next can take":
                kept.append(body)
            else:
                body.change(1)
            if not absent:
                advised = activity.single_point is not None and self.random.random() < _plain(
                    activity.single_point.advice_only
                )
                return "" if advised else self._onward(name)
            self.missed += 1
            if missed is None or self.random.random() >= _plain(missed.rebook):
                return ""

    def _caseload(self, name: str, activity: Activity, footprint: str) -> Steps:
        """Is seen again and again while on the caseload."""
        load = activity.caseload
        if load is None:
            return
        body, places = self._body(activity, footprint), self.pools[load.pool, footprint]
        yield places.request()
        ends = self.env.now + (self._sampler(load.length)() if load.length else math.inf)
        while self.env.now < ends:
            joined = self.env.now
            yield body.request()
            self.waits[name].append(self.env.now - joined)
            yield self.env.timeout(self.times[name]())
            body.change(1)
            yield self.env.timeout(self._sampler(load.interval)())
        places.change(1)

    def _body(self, activity: Activity, footprint: str) -> Staff:
        """Returns the one body of capacity that an activity needs."""
        pool = next(iter(activity.needs))
        return self.pools[pool, footprint if self.pathway.pools[pool].per_footprint else ""]


def _release(kept: list[Staff]) -> None:
    """Gives back what was kept."""
    while kept:
        kept.pop().change(1)


def _plain(value: Any) -> float:
    """Returns a share that is the same for everybody."""
    return float(value)


def _priority(activity: Activity, tier: str) -> int:
    """Returns a patient's priority."""
    given = activity.priority
    return given.values.get(tier, given.otherwise) if isinstance(given, ByGroup) else given


def _draw(time: Any, rng: random.Random) -> Callable[[], float]:
    """Returns what draws a time, days, the quick way that each family has."""
    if not isinstance(time, Distribution):
        raise TypeError("times of the borough are the same for everybody")
    figures = parameters(time)
    if time.kind == "lognormal":
        return lambda: rng.lognormvariate(figures[0], figures[1])
    if time.kind == "exponential":
        return lambda: rng.expovariate(1.0 / figures[0])
    if time.kind == "fixed":
        return lambda: figures[0]
    if time.kind == "gamma":
        return lambda: rng.gammavariate(figures[0], figures[1])
    sampler = make_sampler(time)
    return lambda: sampler.quantile(rng.random())


def _week(pool: Pool, units: int, first: int) -> list[tuple[float, float, int]]:
    """Returns the week from the start date: (begins, ends, units away), where any are."""
    found, reached = [], 0.0
    for day in range(7):
        for hours in pool.timetable.get(WEEKDAYS[(first + day) % 7], ()):
            opens, closes = (
                day + int(clock[:2]) / 24 + int(clock[3:]) / 1440 for clock in (hours.opens, hours.closes)
            )
            if opens > reached:
                found.append((reached, opens, units))
            fewer = units - min(units, units if hours.units is None else hours.units)
            if fewer:
                found.append((opens, closes, fewer))
            reached = closes
    if reached < 7:
        found.append((reached, 7.0, units))
    return found


def _factors(arrivals: RandomArrivals, first: int) -> list[float]:
    """Returns how demand varies over the hours of the week from the start date."""
    profile = arrivals.profile
    days, hours = (profile.weekdays, profile.day) if profile else (None, None)
    if days is None or hours is None:
        return [1.0] * 168
    return [
        days[(first + hour // 24) % 7] * 7 / sum(days) * hours[hour % 24] * 24 / sum(hours)
        for hour in range(168)
    ]


def _months(arrivals: RandomArrivals, start: dt.date) -> list[float]:
    """Returns how demand varies over the days of some years from the start date, by month."""
    profile = arrivals.profile
    if profile is None or profile.months is None:
        return [1.0]
    found = [profile.months[(start + dt.timedelta(days=day)).month - 1] for day in range(_CYCLE)]
    return [each * _CYCLE / sum(found) for each in found]
