"""A pathway as the traffic equations see it: where its patients go and how long they hold what they use."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, Caseload, Stay
from pathway_modeller.scenario.moments import mean_days, sd_days
from pathway_modeller.scenario.network.graph import arrow_ways, pathway_graph, reached
from pathway_modeller.scenario.network.in_care import InCare, in_care
from pathway_modeller.scenario.network.links import Array
from pathway_modeller.scenario.network.open_units import Opening
from pathway_modeller.scenario.network.traffic import (
    Blocks,
    Routing,
    make_arrivals,
    make_blocks,
    make_routing,
    value_for,
)
from pathway_modeller.scenario.network.waiting import needs_to_start

_TINY = 1e-6
_TICKS_PER_DAY = 86_400_000


@dataclass(frozen=True)
class Network:
    """A pathway with everything that its flows are worked out from; arrays are (blocks, states).

    Attributes:
        arrivals: patients a day from outside.
        attended: share of those who reach a state's activity that are at last seen, and go on by the arrows.
        missed: share of them that go where those who did not attend go.
        harmed: by activity, share of those who reach it that are taken out of care and go to an element, by
            element, (blocks, combinations).
        held: mean time for which each stay is held by those who begin it in a state, by stay.
        needs: units that each activity needs to start, those of stays that begin with it included.
        contacts: attended contacts at a state's activity of each patient who reaches it, reviews included.
        starts: slots at a state's activity of each patient who reaches it, missed ones and reviews included.
        visit: mean days from reaching a state to going on, if nobody waits.
        units_days: by activity and pool, units times days that each patient who reaches it uses,
            (blocks, combinations).
        residual: by activity, mean time for which work in progress there goes on, (blocks, combinations).
        users: by pool, the activities that use it, themselves or through stays that begin with them.
        slots: by pool, see :func:`slot_days`.
        openings: by pool, when it is open.
    """

    pathway: Pathway
    run: RunSettings
    blocks: Blocks
    routing: Routing
    arrivals: Array
    attended: Array
    missed: Array
    harmed: Mapping[str, Mapping[str, Array]]
    held: Mapping[str, Array | None]
    needs: Mapping[str, Mapping[str, int]]
    contacts: Array
    starts: Array
    visit: Array
    units_days: Mapping[str, Mapping[str, Array]]
    residual: Mapping[str, Array]
    users: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, float | None]
    openings: Mapping[str, Opening]

    @classmethod
    def of(cls, pathway: Pathway, run: RunSettings) -> Network:
        """Returns the network of a pathway.

        Raises:
            TooLarge: it has too many states.
        """
        blocks = make_blocks(pathway, run)
        times = _Times.of(pathway, blocks, run.warm_up.days + run.duration.days)
        routing = make_routing(pathway, blocks)
        held = {each: mean_held(times, routing, stay) for each, stay in pathway.stays.items()}
        units_days = {each: _units_days(times, routing, held, each) for each in pathway.activities}
        users: dict[str, list[str]] = {pool: [] for pool in pathway.pools}
        for identifier, used in units_days.items():
            for pool in used:
                users.setdefault(pool, []).append(identifier)
        return cls(
            pathway=pathway,
            run=run,
            blocks=blocks,
            routing=routing,
            arrivals=make_arrivals(pathway, run, blocks),
            attended=times.attended,
            missed=times.missed,
            harmed=times.harmed,
            held=held,
            needs={each: needs_to_start(pathway, each) for each in pathway.activities},
            contacts=times.contacts,
            starts=times.starts,
            visit=times.visit,
            units_days=units_days,
            residual=times.residual,
            users={pool: tuple(each) for pool, each in users.items()},
            slots=slot_days(pathway),
            openings={key: Opening.of(pool, run) for key, pool in pathway.pools.items()},
        )

    def body(self, pool: str, footprint: str) -> tuple[str, str | None]:
        """Returns the body of a pool that patients of a footprint use."""
        return pool, footprint if self.pathway.pools[pool].per_footprint else None


@dataclass(frozen=True)
class _Times:
    """How long each visit to a state takes, and who attends; arrays are (blocks, states).

    Attributes:
        horizon: days of the whole run, for which a place on a caseload without a length is held at most.
        attended: share of those who reach a state that go on by the arrows.
        missed: share of them that go where those who did not attend go.
        starts: slots that each uses, missed ones and reviews included.
        contacts: contacts that each attends.
        days: mean length of one slot.
        visit: mean time from the first slot to going on, if nobody waits.
        placed: mean time for which each holds a place on the caseload.
        residual: by activity, mean time for which work in progress goes on, (blocks, combinations).
        harmed: by activity, the share of those who reach it that are taken out of care and go to an element,
            by element, (blocks, combinations).
    """

    pathway: Pathway
    blocks: Blocks
    horizon: float
    attended: Array
    missed: Array
    starts: Array
    contacts: Array
    days: Array
    visit: Array
    placed: Array
    residual: dict[str, Array]
    harmed: dict[str, dict[str, Array]]

    @classmethod
    def of(cls, pathway: Pathway, blocks: Blocks, horizon: float) -> _Times:
        """Returns the times of a pathway."""
        shape = (len(blocks.pairs), blocks.size)
        some = (len(blocks.pairs), len(blocks.combinations))
        residual = {each: np.zeros(some) for each in pathway.activities}
        attended, starts, contacts = np.ones(shape), np.ones(shape), np.ones(shape)
        missed, days, visit, placed = (np.zeros(shape) for _ in range(4))
        made = cls(
            pathway,
            blocks,
            horizon,
            attended,
            missed,
            starts,
            contacts,
            days,
            visit,
            placed,
            residual,
            harmed={each: {} for each in pathway.activities},
        )
        for identifier, wait in pathway.waits.items():
            if wait.time is not None:
                for alike, combination, groups in blocks.alike(identifier):
                    state = blocks.state(identifier, combination)
                    made.visit[alike, state] = mean_days(value_for(wait.time, groups))
        for identifier, activity in pathway.activities.items():
            for alike, combination, groups in blocks.alike(identifier):
                made._take(identifier, activity, alike, combination, groups)
        return made

    def _take(
        self, identifier: str, activity: Activity, alike: list[int], combination: int, groups: dict[str, str]
    ) -> None:
        """Notes one activity for the patients of blocks to which it is the same, and of one combination.

        The mean residual of a service in progress is E[S^2] / 2 E[S] (Cox, Renewal Theory, 1962).
        """
        state = self.blocks.state(identifier, combination)
        mean = spread = 0.0
        if activity.service_time is not None:
            time = value_for(activity.service_time, groups)
            least = least_factor(activity)
            mean, spread = least * mean_days(time), least * sd_days(time)
            self.days[alike, state] = mean
            self.residual[identifier][alike, combination] = (
                (mean + spread * spread / mean) / 2 if mean else 0.0
            )
        absent = again = 0.0
        care = in_care(self.pathway, identifier, groups, mean, spread) if activity.caseload is None else None
        if activity.did_not_attend is not None:
            attendance = activity.did_not_attend
            absent, again = (value_for(each, groups) for each in (attendance.share, attendance.rebook))
        slots = 1.0 / max(1.0 - absent * again, _TINY)
        seen = (1.0 - absent) * slots
        self.starts[alike, state] = slots
        self.attended[alike, state] = self.contacts[alike, state] = seen
        self.missed[alike, state] = absent * (1.0 - again) * slots
        if care is not None:
            mean = absent * mean + (1.0 - absent) * care.days
            self.days[alike, state] = mean
            self._take_out(identifier, alike, combination, care, seen)
        self.visit[alike, state] = mean * slots
        if activity.caseload is not None:
            on_it = _OnCaseload.of(activity.caseload, groups, (mean, spread), seen, self.horizon)
            care = in_care(self.pathway, identifier, groups, on_it.days, on_it.spread)
            if care is not None and on_it.days > 0:
                part = care.days / on_it.days
                on_it = replace(on_it, reviews=on_it.reviews * part, days=on_it.days * part)
            self._put_on(alike, state, on_it, slots, seen)
            if care is not None:
                self._take_out(identifier, alike, combination, care, seen)

    def _take_out(
        self, identifier: str, alike: list[int], combination: int, care: InCare, seen: float
    ) -> None:
        """Notes who is taken out of care by what happens there, and does not go on by the arrows."""
        self.attended[alike, self.blocks.state(identifier, combination)] *= care.lasts
        for target, share in care.taken.items():
            some = (len(self.blocks.pairs), len(self.blocks.combinations))
            here = self.harmed[identifier].setdefault(target, np.zeros(some))
            here[alike, combination] = seen * share

    def _put_on(self, alike: list[int], state: int, on_it: _OnCaseload, slots: float, seen: float) -> None:
        """Adds what follows a first attended contact on a caseload: reviews, and the place held."""
        self.starts[alike, state] += seen * on_it.reviews * slots
        self.contacts[alike, state] += seen * on_it.reviews * seen
        self.attended[alike, state] = seen * on_it.stays if on_it.ends else 0.0
        self.missed[alike, state] += seen * (1.0 - on_it.stays)
        self.placed[alike, state] = seen * on_it.days
        self.visit[alike, state] += seen * np.maximum(on_it.days - self.days[alike, state], 0.0)


@dataclass(frozen=True)
class _OnCaseload:
    """What becomes, on average, of those who have come onto a caseload.

    Attributes:
        reviews: reviews at which each is due, up to one that is missed and not booked again.
        stays: share who attend, or are booked again, to the end.
        days: time for which each holds a place.
        spread: standard deviation of the time on the caseload, in days.
        ends: whether the time on the caseload is ever over.
    """

    reviews: float
    stays: float
    days: float
    spread: float
    ends: bool

    @classmethod
    def of(
        cls,
        caseload: Caseload,
        groups: Mapping[str, str],
        service: tuple[float, float],
        seen: float,
        horizon: float,
    ) -> _OnCaseload:
        """Returns the averages for patients of some groups, if nobody waits for a review.

        Reviews that fall due in the time on the caseload are counted by renewal theory: t/m + (c^2 - 1)/2
        for a cycle of mean m and squared coefficient of variation c^2 (Cox, Renewal Theory, 1962), exact for
        exponential cycles; and exactly where all times are fixed. Each is the last with probability 1 - seen.

        Args:
            caseload: the caseload.
            groups: the groups.
            service: mean and standard deviation of one contact, in days.
            seen: the share who attend a review at last.
            horizon: days of the whole run, for a caseload without a length.
        """
        interval = value_for(caseload.interval, groups)
        length = value_for(caseload.length, groups) if caseload.length is not None else None
        days = mean_days(length) if length is not None else horizon
        cycle = max(mean_days(interval) + service[0], _TINY)
        variance = sd_days(interval) ** 2 + service[1] ** 2
        if variance == 0 and (length is None or length.kind == "fixed"):
            due = max(math.ceil(days / cycle - _TINY) - 1.0, 0.0)
        else:
            due = max(days / cycle + (variance / cycle**2 - 1) / 2, 0.0)
        stays = seen**due
        reviews = due if seen >= 1 else (1.0 - stays) / (1.0 - seen)
        held = cycle * reviews + max(days - cycle * due, 0.0) * stays if seen < 1 else days
        spread = sd_days(length) if length is not None else 0.0
        return cls(reviews, stays, min(held, days), spread, length is not None)


def least_factor(activity: Activity) -> float:
    """Returns the least by which a service time is ever multiplied under pressure.

    A queue that grows for ever even so must grow for ever, however full the pool is.
    """
    pressure = activity.pressure
    if pressure is None:
        return 1.0
    below = () if pressure.steps[0].full <= 0 else (1.0,)
    return min(*below, *(step.factor for step in pressure.steps), math.inf)


def slot_days(pathway: Pathway) -> dict[str, float | None]:
    """Returns the longest time in days of which all work at each pool takes a multiple; None if times vary.

    Times are taken to the millisecond, as in a run.
    """
    placed = {each.caseload.pool for each in pathway.activities.values() if each.caseload is not None}
    varying = placed.union(*(stay.needs for stay in pathway.stays.values()))
    keeps = {arrow.origin for arrow in pathway.transitions.values() if arrow.keeps_units}
    times: dict[str, set[int]] = {pool: set() for pool in pathway.pools}
    for identifier, activity in pathway.activities.items():
        if activity.service_time is None:
            continue
        given = every_value(activity.service_time)
        lasts = identifier in keeps or activity.release != "on completion" or activity.pressure is not None
        lasts = lasts or bool(activity.harm_during("service"))
        if lasts or any(time.kind != "fixed" for time in given):
            varying.update(activity.needs)
            continue
        for pool in activity.needs:
            times[pool].update(round(mean_days(time) * _TICKS_PER_DAY) for time in given)
    return {
        pool: None if pool in varying else (math.gcd(*each) / _TICKS_PER_DAY) or None
        for pool, each in times.items()
    }


def _units_days(
    times: _Times, routing: Routing, held: Mapping[str, Array | None], identifier: str
) -> dict[str, Array]:
    """Returns the units times days of each pool that a patient who reaches an activity uses."""
    here, pathway = times.blocks.states(identifier), times.pathway
    service = times.days[:, here] * times.starts[:, here] + routing.kept[:, here]
    found = {pool: units * service for pool, units in pathway.activities[identifier].needs.items()}
    caseload = pathway.activities[identifier].caseload
    if caseload is not None:
        found[caseload.pool] = found.get(caseload.pool, np.zeros_like(service)) + times.placed[:, here]
    for stay_id, stay in pathway.stays.items():
        days = held[stay_id]
        if stay.begins_with == identifier and days is not None:
            for pool, units in stay.needs.items():
                found[pool] = found.get(pool, np.zeros_like(service)) + units * days[:, here]
    return found


def mean_held(times: _Times, routing: Routing, stay: Stay) -> Array | None:
    """Returns for how many days a stay that begins in each state is held if nobody waits; None if not known.

    The states in which it ends are made absorbing; the mean time to absorption then follows from the same
    equations. Someone who comes round to the beginning while holding does not begin again.
    """
    if routing.unknown & _within(times.pathway, stay):
        return None
    blocks, visit, goes_on = times.blocks, times.visit, times.attended.copy()
    time = visit + routing.time * times.attended
    again = np.zeros_like(time)
    for combination in range(len(blocks.combinations)):
        for end in stay.ends:
            state = blocks.state(end.element, combination)
            goes_on[:, state] = 0.0
            time[:, state] = visit[:, state] if end.when == "completion" else 0.0
        again[:, blocks.state(stay.begins_with, combination)] = 1.0
    leaving = routing.links.scaled(goes_on)
    try:
        days, times_begun = leaving.gathered(time), leaving.gathered(again)
    except np.linalg.LinAlgError:
        return None
    held: Array = days / np.maximum(times_begun, 1.0)
    return held


def _within(pathway: Pathway, stay: Stay) -> frozenset[str]:
    """Returns the elements that a patient may pass while holding a stay."""
    not_entered = {end.element for end in stay.ends if end.when == "start"}
    not_left = {end.element for end in stay.ends}
    within = [
        way for way in arrow_ways(pathway) if way.origin not in not_left and way.target not in not_entered
    ]
    return reached(pathway_graph(pathway, within), [stay.begins_with])
