"""Where patients come from: streams of arrivals, and those who are already there at time 0."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from pathway_modeller.scenario.bank_holidays import bank_holidays
from pathway_modeller.scenario.dated import AtDate, Dated, at_first, first_of, in_the_end
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import BookedArrivals, EntryPoint, Profile, RandomArrivals
from pathway_modeller.scenario.population import Trend
from pathway_modeller.scenario.values import WEEKDAYS, ByGroup, Rate, Varied
from pathway_modeller.simulation.chance.random_numbers import stream_key
from pathway_modeller.simulation.chance.samplers import Sampler, make_sampler
from pathway_modeller.simulation.model.dates import clock_days
from pathway_modeller.simulation.model.demand import FLAT, Clock, Pace, make_clock
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.model.parts import Draw, Stream, TodayPart
from pathway_modeller.simulation.model.table import Table

Weights = dict[tuple[int, int], float]
Clocks = dict[tuple[Profile | None, Trend | None, Pace | None], Clock]


def people(pathway: Pathway, tiers: Sequence[str], footprints: Sequence[str]) -> Weights:
    """Returns the number of people by (need tier, footprint) index; empty where none are given."""
    found: Weights = {}
    for place, footprint in enumerate(footprints):
        for level, tier in enumerate(tiers):
            count = pathway.footprints[footprint].people.get(tier, 0.0)
            if count > 0:
                found[level, place] = count
    return found


def group_weights(
    pathway: Pathway,
    tiers: Sequence[str],
    footprints: Sequence[str],
    tier_shares: Mapping[str, float],
    footprint_shares: Mapping[str, float],
) -> Weights:
    """Returns the share of patients by (need tier, footprint) index; they sum to 1.

    Shares that are given are used as given and independent of one another; a side that is not given
    follows the people who live there. With neither shares nor people a patient has no group (-1).
    """
    living = people(pathway, tiers, footprints)
    if not tier_shares and not footprint_shares and living:
        total = math.fsum(living.values())
        return {pair: count / total for pair, count in living.items()}
    levels = _side(tiers, tier_shares, {pair[0]: 0.0 for pair in living}, living, 0)
    places = _side(footprints, footprint_shares, {pair[1]: 0.0 for pair in living}, living, 1)
    return {
        (level, place): first * second
        for level, first in levels.items()
        for place, second in places.items()
        if first * second > 0
    }


def _side(
    names: Sequence[str], shares: Mapping[str, float], sums: dict[int, float], living: Weights, side: int
) -> dict[int, float]:
    """Returns the shares of one side: as given, else by people, else none."""
    if shares:
        unknown = sorted(set(shares) - set(names))
        if unknown:
            raise ModelError(f"Arrivals name {unknown[0]!r}, which the pathway does not have.")
        return {index: shares[name] for index, name in enumerate(names) if shares.get(name, 0.0) > 0}
    if not living:
        return {-1: 1.0}
    total = math.fsum(living.values())
    for pair, count in living.items():
        sums[pair[side]] += count
    return {index: count / total for index, count in sorted(sums.items())}


def _draw(weights: Weights) -> Draw:
    """Returns weights as cumulative shares, in order of need tier then footprint."""
    pairs = tuple(sorted(weights))
    cumulative, total = [], 0.0
    for pair in pairs:
        total += weights[pair]
        cumulative.append(total)
    return Draw(tuple(value / total for value in cumulative), pairs)


def people_draw(
    pathway: Pathway,
    tiers: Sequence[str],
    footprints: Sequence[str],
    tier_shares: Mapping[str, float],
    footprint_shares: Mapping[str, float],
) -> Draw:
    """Returns a draw of need tier and footprint."""
    return _draw(group_weights(pathway, tiers, footprints, tier_shares, footprint_shares))


def make_streams(
    pathway: Pathway,
    run: RunSettings,
    until: float,
    elements: Mapping[str, int],
    tiers: Sequence[str],
    footprints: Sequence[str],
    living: bool = False,
) -> tuple[Stream, ...]:
    """Returns the streams of every entry point, in order of id.

    Where the population lives, a rate per 1,000 people makes streams that follow its people.

    Raises:
        ModelError: an entry point has no arrivals, or not exactly one way of giving them.
    """
    streams: list[Stream] = []
    clocks: Clocks = {}
    for identifier in sorted(pathway.entry_points):
        entry = pathway.entry_points[identifier]
        if entry.arrivals is None:
            raise ModelError(f'Entry point "{entry.name}" has no arrivals.')
        whom = (tiers, footprints, clocks)
        maker = _Source(pathway, run, until, identifier, elements[identifier], *whom, entry)
        match entry.arrivals:
            case BookedArrivals():
                streams.append(maker.booked(entry.arrivals))
            case RandomArrivals(gap=gap) if gap is not None:
                streams.append(maker.renewal(entry.arrivals))
            case RandomArrivals(rate=None, hourly=None) if living:
                streams.extend(maker.following(entry.arrivals))
            case RandomArrivals():
                streams.extend(maker.poisson(entry.arrivals))
            case _:
                assert_never(entry.arrivals)
    return tuple(streams)


class _Source:
    """Makes the streams of one entry point."""

    def __init__(
        self,
        pathway: Pathway,
        run: RunSettings,
        until: float,
        identifier: str,
        element: int,
        tiers: Sequence[str],
        footprints: Sequence[str],
        clocks: Clocks,
        entry: EntryPoint,
    ) -> None:
        self.pathway, self.run, self.until, self.entry = pathway, run, until, entry
        self.identifier, self.element = identifier, element
        self.tiers, self.footprints, self.clocks = tiers, footprints, clocks
        self.factor = pathway.demand_factor(identifier)

    def poisson(self, arrivals: RandomArrivals) -> list[Stream]:
        """Returns one Poisson stream for each need tier and footprint."""
        return [
            self._random(arrivals, Draw((1.0,), (pair,)), self._key(pair), rates)
            for pair, rates in sorted(self._rates(arrivals).items())
            if max(rates) > 0
        ]

    def following(self, arrivals: RandomArrivals) -> list[Stream]:
        """Returns one stream for each need tier and footprint that follows its people, if any come."""
        rate = self._given_per_1000(arrivals)
        found = []
        for pair in itertools.product(range(len(self.tiers)), range(len(self.footprints))):
            before, after = (self.factor * self._per_1000(each, pair) / 1000 for each in _both(rate))
            if max(before, after) > 0:
                stream = self._random(arrivals, Draw((1.0,), (pair,)), self._key(pair), (before, after))
                found.append(replace(stream, follows=pair[0] * len(self.footprints) + pair[1]))
        return found

    def renewal(self, arrivals: RandomArrivals) -> Stream:
        """Returns one stream with given gaps, whose patients' groups are drawn.

        Raises:
            ModelError: the gap is always zero, so that patients would come without end at one instant.
        """
        if arrivals.gap is not None and make_sampler(arrivals.gap).mean <= 0.0:
            raise ModelError(
                f'The gap between arrivals at entry point "{self.entry.name}" is zero; '
                "give a time above zero."
            )
        return self._random(arrivals, self._groups(arrivals), stream_key(self.identifier), (0.0, 0.0))

    def booked(self, arrivals: BookedArrivals) -> Stream:
        """Returns one stream of booked times."""
        start, times = self.run.start_date, []
        days = math.ceil(self.until)
        off = bank_holidays(start, days) if arrivals.not_on_bank_holidays else frozenset()
        for day in range(days):
            date = start + dt.timedelta(days=day)
            weekday = None if date in off else WEEKDAYS[date.weekday()]
            times += [
                (day + clock_days(booking.time), booking.patients)
                for booking in arrivals.bookings
                if booking.weekday == weekday
            ]
        late = arrivals.lateness
        return Stream(
            element=self.element,
            key=stream_key(self.identifier),
            groups=self._groups(arrivals),
            rate=0.0,
            gap=None,
            clock=FLAT,
            begins=0.0,
            ends=self.until,
            bookings=tuple(sorted(times)),
            lateness=None if late is None else make_sampler(late),
        )

    def _random(self, arrivals: RandomArrivals, groups: Draw, key: int, rates: tuple[float, float]) -> Stream:
        """Returns a random stream, of the rates before and after a change.

        The rate is the one before, and the clock runs faster or slower by the change; so that nothing of what
        comes before it is another number. Where nobody comes before, it is the one after.
        """
        before, after = rates
        rate = before if before > 0.0 else after
        change = arrivals.rate if arrivals.rate is not None else arrivals.rate_per_1000
        pace = None
        if isinstance(change, AtDate) and before != after:
            when = AtDate(starts=change.starts, ramp=change.ramp)
            pace = Pace(when, before / rate, after / rate)
        begins, ends = arrivals.starts_after, arrivals.ends_after
        return Stream(
            element=self.element,
            key=key,
            groups=groups,
            rate=rate,
            gap=None if arrivals.gap is None else make_sampler(arrivals.gap),
            clock=self._clock(arrivals, pace),
            begins=0.0 if begins is None else begins.days,
            ends=self.until if ends is None else min(self.until, ends.days),
            bookings=(),
            lateness=None,
        )

    def _clock(self, arrivals: RandomArrivals, pace: Pace | None) -> Clock:
        """Returns the clock of a profile, trend and change; streams that share all three share one clock."""
        profile = arrivals.profile_with_hours
        key = (profile, arrivals.trend, pace)
        if key not in self.clocks:
            start, until = self.run.start_date, self.until
            self.clocks[key] = make_clock(profile, start, until, arrivals.trend, pace)
        return self.clocks[key]

    def _groups(self, arrivals: RandomArrivals | BookedArrivals) -> Draw:
        """Returns the draw of need tier and footprint."""
        return people_draw(
            self.pathway, self.tiers, self.footprints, arrivals.need_tiers, arrivals.footprints
        )

    def _key(self, pair: tuple[int, int]) -> int:
        """Returns the random-number key of the stream of a need tier and footprint, from their ids."""
        tier = self.tiers[pair[0]] if pair[0] >= 0 else ""
        footprint = self.footprints[pair[1]] if pair[1] >= 0 else ""
        return stream_key(self.identifier, tier, footprint)

    def _rates(self, arrivals: RandomArrivals) -> dict[tuple[int, int], tuple[float, float]]:
        """Returns the rates per day of each need tier and footprint, before and after a change."""
        last = arrivals.rate_per_day
        if last is not None:
            first = last if arrivals.rate is None else first_of(arrivals.rate).per_day
            weights = group_weights(
                self.pathway, self.tiers, self.footprints, arrivals.need_tiers, arrivals.footprints
            )
            return {
                pair: (self.factor * share * first, self.factor * share * last)
                for pair, share in weights.items()
            }
        old, new = _both(self._given_per_1000(arrivals))
        living = people(self.pathway, self.tiers, self.footprints)
        counts = {pair: self.factor * count / 1000 for pair, count in living.items()}
        return {
            pair: (count * self._per_1000(old, pair), count * self._per_1000(new, pair))
            for pair, count in counts.items()
        }

    def _given_per_1000(self, arrivals: RandomArrivals) -> Dated[Rate]:
        """Returns the rate per 1,000 people, which must be given."""
        if arrivals.rate_per_1000 is None:
            raise ModelError(f'Entry point "{self.entry.name}" has neither a rate nor a gap.')
        return arrivals.rate_per_1000

    def _per_1000(self, rate: Varied[Rate], pair: tuple[int, int]) -> float:
        """Returns the rate per 1,000 people and day for a need tier and footprint."""
        if not isinstance(rate, ByGroup):
            return rate.per_day
        if rate.by == "need_tier":
            return rate.values.get(self.tiers[pair[0]], rate.otherwise).per_day
        if rate.by == "footprint":
            return rate.values.get(self.footprints[pair[1]], rate.otherwise).per_day
        raise ModelError(
            f'The rate per 1,000 people of "{self.entry.name}" can differ by need tier or footprint only.'
        )


def _both(rate: Dated[Rate]) -> tuple[Varied[Rate], Varied[Rate]]:
    """Returns a rate before and after a change; the same twice without one."""
    return at_first(rate), in_the_end(rate)


def make_today(
    pathway: Pathway,
    elements: Mapping[str, int],
    tiers: Sequence[str],
    footprints: Sequence[str],
    draw: Draw,
    residual: Callable[[Dated[Distribution]], Table[Sampler]],
) -> tuple[TodayPart, ...]:
    """Returns the patients who are there at time 0; groups not given are drawn as the people live.

    Args:
        pathway: the pathway.
        elements: index of each element.
        tiers: need tiers in order.
        footprints: footprints in order.
        draw: need tier and footprint of anyone who lives there.
        residual: turns a service time into the equilibrium residual time by group, which those being seen
            have before them unless a remaining time is given.
    """
    parts = []
    for identifier in sorted(pathway.today):
        if identifier not in pathway.activities:
            raise ModelError(f"Today's list names {identifier!r}, which is no activity.")
        activity, today = pathway.activities[identifier], pathway.today[identifier]
        name = _Namer("today", identifier)
        for waiting in today.waiting:
            groups = _fixed(draw, tiers, footprints, waiting.need_tier, waiting.footprint)
            key = name.key("waiting", waiting.need_tier, waiting.footprint)
            waited = make_sampler(waiting.waited)
            parts.append(TodayPart(elements[identifier], key, waiting.patients, groups, waited, None))
        for busy in today.in_progress:
            groups = _fixed(draw, tiers, footprints, busy.need_tier, busy.footprint)
            key = name.key("in progress", busy.need_tier, busy.footprint)
            if busy.remaining is not None:
                remaining = Table(-1, (), make_sampler(busy.remaining))
            elif activity.service_time is not None:
                remaining = residual(activity.service_time)
            else:
                raise ModelError(f'Activity "{activity.name}" has no service time.')
            parts.append(TodayPart(elements[identifier], key, busy.patients, groups, None, remaining))
    return tuple(parts)


class _Namer:
    """Names the streams of today's lists by whom they hold, so that one list moves no other's draws."""

    def __init__(self, *parts: str) -> None:
        self._parts = parts
        self._given: dict[tuple[str, str, str], int] = {}

    def key(self, kind: str, tier: str | None, footprint: str | None) -> int:
        """Returns the key of the next list of a kind, need tier and footprint."""
        whom = (kind, tier or "", footprint or "")
        number = self._given[whom] = self._given.get(whom, 0) + 1
        return stream_key(*self._parts, *whom, str(number))


def _fixed(
    draw: Draw, tiers: Sequence[str], footprints: Sequence[str], tier: str | None, footprint: str | None
) -> Draw:
    """Returns a draw with the need tier and footprint set where they are given.

    What is not given follows the people who match what is given; where nobody does, all people.
    """
    level = None if tier is None else list(tiers).index(tier)
    place = None if footprint is None else list(footprints).index(footprint)
    shares = [total - before for total, before in zip(draw.cumulative, (0.0, *draw.cumulative), strict=False)]
    everyone = list(zip(draw.pairs, shares, strict=True))
    matching = [
        (pair, share) for pair, share in everyone if level in (None, pair[0]) and place in (None, pair[1])
    ]
    weights: Weights = {}
    for pair, share in matching or everyone:
        whom = (pair[0] if level is None else level, pair[1] if place is None else place)
        weights[whom] = weights.get(whom, 0.0) + share
    return _draw(weights)
