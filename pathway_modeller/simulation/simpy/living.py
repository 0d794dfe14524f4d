"""The living population of the SimPy engine: people in compartments, and the moves that change their number.

Each move in each footprint is a Poisson process on its own internal clock: its next event falls where its
integrated intensity reaches the next target, and targets are addressed unit exponentials added up (the random
time change in Anderson, "A modified next reaction method for simulating chemical systems with time dependent
propensities and delays", Journal of Chemical Physics 127, 2007). A change in the number of people therefore
moves the same events in time.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable

import simpy

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY, on_tick
from pathway_modeller.simulation.model.living_parts import LanePart, PopulationPart
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.simpy.clock import Clock, Rank
from pathway_modeller.simulation.simpy.record import Recorder

Changed = Callable[[int, float], None]
"""Told of a compartment whose people changed, and when in days."""

_COVERAGE = -2
_MOVES = -1
"""Order among the population's events of the same instant: coverage, moves, then people by patient."""

_AHEAD = 1024
"""Most moves made at once while nothing else is due, so that a run can be cancelled."""


def make_living(
    model: Model, seed: int, replication: int, clock: Clock, record: Recorder
) -> Population | None:
    """Returns the living population of a model; None where the number of people stays the same."""
    if model.population is None:
        return None
    return Population(model.population, seed, replication, clock, record, model.until)


class Population:
    """People by compartment, and when the next of them moves.

    Args:
        part: the compiled population.
        seed: names the random numbers.
        replication: number of the replication.
        clock: tells the time and what else is due.
        record: where rows are added.
        until: end of the run in days.

    Attributes:
        people: by compartment.
        listeners: told of each compartment whose people changed.
    """

    def __init__(
        self, part: PopulationPart, seed: int, replication: int, clock: Clock, record: Recorder, until: float
    ) -> None:
        self.people = list(part.people)
        self.listeners: list[Changed] = []
        self._part, self._clock, self._record, self._until = part, clock, record, until
        self._seed, self._replication = seed, replication
        self._protected = [[0.0] * len(part.people) for _ in part.preventions]
        self._covered = [0.0] * len(part.preventions)
        self._ordinals = [0] * len(part.channels)
        lanes = part.lanes
        self._plain = [_plain(lane) for lane in lanes]
        self._heaps: list[list[tuple[float, int]]] = [[] for _ in lanes]
        self._speeds = [0.0] * len(lanes)
        self._reached = [0.0] * len(lanes)
        self._since = [0.0] * len(lanes)
        self._times = [math.inf] * len(lanes)
        self._due = math.inf

    def begin(self) -> None:
        """Sets every lane going at time 0, and schedules what is known beforehand."""
        for number in range(len(self._covered)):
            self._schedule_coverage(number, 0)
        for lane, part in enumerate(self._part.lanes):
            for channel in part.channels:
                heapq.heappush(self._heaps[lane], (self._gap(channel), channel))
            self._update(lane, 0.0)
        self._schedule()

    def leave(self, tier: int, footprint: int) -> None:
        """Takes away a patient who died, from those of a need tier and footprint."""
        self.change_tier(tier, -1, footprint)

    def change_tier(self, tier: int, to_tier: int, footprint: int) -> None:
        """Moves a patient to another compartment, if the one left has a person to lose.

        Args:
            tier: need tier before, -1 for none.
            to_tier: need tier after, -1 for none.
            footprint: the patient's footprint, -1 for none.
        """
        if footprint < 0 or tier < 0:
            return
        origin = tier * self._part.footprints + footprint
        if self.people[origin] < 1.0:
            return
        self._add(origin, -1.0, self._clock.now, -1)
        if to_tier >= 0:
            self._add(to_tier * self._part.footprints + footprint, 1.0, self._clock.now, -1)
        self._schedule()

    # --- moves -------------------------------------------------------------------------------------

    def _gap(self, channel: int) -> float:
        """Returns the speed's time from one event of a channel to the next."""
        part, ordinal = self._part.channels[channel], self._ordinals[channel]
        self._ordinals[channel] = ordinal + 1
        u = uniform(self._seed, self._replication, part.key, part.stream, ordinal, Purpose.PERSON, 0)
        return -math.log(1.0 - u) / part.rate

    def _schedule(self) -> None:
        """Has the next move happen when it is due, unless something is to happen earlier."""
        time = min(self._times, default=math.inf)
        if time < self._due and time < self._until:
            self._due = time
            self._clock.at(time, Rank.POPULATION, _MOVES, self._wake)

    def _wake(self, _: simpy.Event) -> None:
        """Makes the moves that are due, and those that come before anything else is."""
        now = self._clock.now
        if now != self._due:
            return
        self._due = math.inf
        for _number in range(_AHEAD):
            time = min(self._times)
            if time > now and (time >= self._until or time >= self._clock.peek()):
                break
            self._make(time)
        self._schedule()

    def _make(self, time: float) -> None:
        """Makes the move that is due at a time: of several, the first by move id and footprint."""
        lane = self._times.index(time)
        heap = self._heaps[lane]
        target, channel = heap[0]
        if self._several(lane, time):
            lane, target, channel = self._first(time)
            heap = self._heaps[lane]
            heap.remove((target, channel))
            heap.append((target + self._gap(channel), channel))
            heapq.heapify(heap)
        else:
            heapq.heapreplace(heap, (target + self._gap(channel), channel))
        part = self._part.channels[channel]
        self._record.person(time, part.move, part.tier, part.to_tier, part.footprint)
        if part.origin >= 0:
            self._add(part.origin, -1.0, time, lane)
        else:
            self._update(lane, time, always=True)
        if part.target >= 0:
            self._add(part.target, 1.0, time, lane)

    def _several(self, lane: int, time: float) -> bool:
        """Returns whether more than one move may be due at a time."""
        heap = self._heaps[lane]
        near = heap[0][0] + 2.0 * self._speeds[lane] / TICKS_PER_DAY
        return (len(heap) > 1 and min(heap[1:3])[0] <= near) or self._times.count(time) > 1

    def _first(self, time: float) -> tuple[int, float, int]:
        """Returns lane, target and channel of the first move due at a time."""
        due = [
            (channel, lane, target)
            for lane, at in enumerate(self._times)
            if at == time
            for target, channel in self._heaps[lane]
            if (target, channel) == self._heaps[lane][0] or self._when(lane, target, time) <= time
        ]
        channel, lane, target = min(due)
        return lane, target, channel

    # --- people's time -----------------------------------------------------------------------------

    def _add(self, place: int, change: float, now: float, moving: int) -> None:
        """Changes the people of a compartment.

        Args:
            place: the compartment.
            change: how many more.
            now: when.
            moving: the lane that just had an event, whose next time is to be worked out anyway; -1 for none.
        """
        self.people[place] += change
        for lane in self._part.lanes_of[place]:
            self._update(lane, now, always=lane == moving)
        for listener in self.listeners:
            listener(place, now)

    def _update(self, lane: int, now: float, *, always: bool = False) -> None:
        """Brings a lane to its present speed, and works out when it next has an event."""
        part, plain = self._part.lanes[lane], self._plain[lane]
        speed = self._speed(part) if plain < 0 else self.people[plain]
        if plain >= 0 and speed < 1.0:
            speed = 0.0
        if speed != self._speeds[lane]:
            since = part.clock.integral(now)
            self._reached[lane] += self._speeds[lane] * (since - self._since[lane])
            self._since[lane], self._speeds[lane] = since, speed
        elif not always:
            return
        self._times[lane] = self._when(lane, self._heaps[lane][0][0], now) if speed > 0.0 else math.inf

    def _when(self, lane: int, target: float, now: float) -> float:
        """Returns when a running lane reaches a target: a whole millisecond, infinity if after the run."""
        until_then = (target - self._reached[lane]) / self._speeds[lane]
        time = self._part.lanes[lane].clock.time(self._since[lane] + until_then)
        if time >= self._until:
            return math.inf
        return max(on_tick(time), now)

    def _speed(self, part: LanePart) -> float:
        """Returns the speed of a lane: 1 or people, slowed by prevention; 0 where nobody can leave."""
        people = self.people
        if part.origin >= 0 and people[part.origin] < 1.0:
            return 0.0
        speed = 0.0 if part.weights else 1.0
        for place, weight in part.weights:
            speed += weight * people[place]
        for prevention, reduction in part.slowed:
            speed *= 1.0 - reduction * self._share(prevention, part.protected)
        return speed

    # --- prevention --------------------------------------------------------------------------------

    def _share(self, prevention: int, place: int) -> float:
        """Returns the share of a compartment's people whom a prevention protects."""
        part = self._part.preventions[prevention]
        if not part.by_contact:
            return part.reach[place] * self._covered[prevention]
        here = self.people[place]
        return min(self._protected[prevention][place], here) / here if here > 0.0 else 0.0

    def _schedule_coverage(self, prevention: int, number: int) -> None:
        """Schedules a step of a coverage; those at time 0 are made at once."""
        steps = self._part.preventions[prevention].steps
        while number < len(steps) and steps[number][0] <= 0.0:
            self._covered[prevention] = steps[number][1]
            number += 1
        if number >= len(steps):
            return

        def step(_: simpy.Event) -> None:
            self._covered[prevention] = steps[number][1]
            self._slow(prevention, self._part.slows[prevention])
            self._schedule_coverage(prevention, number + 1)

        self._clock.at(steps[number][0], Rank.POPULATION, _COVERAGE, step)

    def _slow(self, prevention: int, lanes: tuple[int, ...]) -> None:
        """Brings lanes that a prevention slows to their speed now."""
        for lane in lanes:
            if any(which == prevention for which, _ in self._part.lanes[lane].slowed):
                self._update(lane, self._clock.now)
        self._schedule()

    def protect(self, prevention: int, tier: int, footprint: int, identity: int, fades_after: float) -> None:
        """Protects a person after a prevention's lag, until the effect fades.

        Args:
            prevention: index.
            tier: need tier of the person.
            footprint: footprint of the person.
            identity: orders people of the same instant.
            fades_after: days for which the effect lasts; infinity if it stays.
        """
        if tier < 0 or footprint < 0:
            return
        place = tier * self._part.footprints + footprint

        def change(more: float) -> Callable[[simpy.Event], None]:
            def count(_: simpy.Event) -> None:
                self._protected[prevention][place] += more
                self._slow(prevention, self._part.lanes_of[place])

            return count

        starts = on_tick(self._clock.now + self._part.preventions[prevention].lag)
        for time, more in ((starts, 1.0), (starts + fades_after, -1.0)):
            if time < self._until:
                self._clock.at(time, Rank.POPULATION, identity, change(more))


def _plain(part: LanePart) -> int:
    """Returns the compartment whose people are the lane's speed and leave by it; -1 where that is not all."""
    plain = not part.slowed and part.weights == ((part.origin, 1.0),)
    return part.origin if plain else -1
