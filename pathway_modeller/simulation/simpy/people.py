"""The people: how many live in each compartment, the moves that change it, and the demand that follows it.

Each move in each footprint, and each stream of demand, is a Poisson process on its own internal clock: its
next event falls where its integrated intensity reaches the next target, and targets are addressed unit
exponentials added up (the random time change in Anderson, "A modified next reaction method for simulating
chemical systems with time dependent propensities and delays", Journal of Chemical Physics 127, 2007). A
change in the number of people therefore moves the same events in time, and makes no others of them.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Sequence

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY, on_tick, ticks_of
from pathway_modeller.simulation.model import demand
from pathway_modeller.simulation.model.living_parts import LanePart, PopulationPart, PreventionPart
from pathway_modeller.simulation.model.parts import FOOTPRINT, NEED_TIER, Stream
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.simpy.capacity import Process
from pathway_modeller.simulation.simpy.patient import Patient
from pathway_modeller.simulation.simpy.world import World

_COVERAGE = -2
_MOVES = -1
"""Order among the population's events of the same instant: coverage, moves, then people by patient."""

_AHEAD = 1024
"""Most moves made at once while nothing else is due, so that a run can be cancelled."""


class InternalClock:
    """The clock of a Poisson process, which runs at a speed that changes with the people.

    Args:
        profile: its intensity at a speed of 1.
        begins: the clock stands still before, in days.
        ends: nothing happens from then on, in days.
        speed: how fast it runs at first.
    """

    def __init__(self, profile: demand.Clock, begins: float, ends: float, speed: float) -> None:
        self.speed = speed
        self._profile, self._ends = profile, ends
        self._reached, self._since = 0.0, profile.integral(begins)

    def change(self, speed: float, now: float) -> None:
        """Runs at another speed from now on, and keeps what it has gone through."""
        since = max(self._profile.integral(now), self._since)
        self._reached += self.speed * (since - self._since)
        self._since, self.speed = since, speed

    def when(self, target: float, now: float) -> float:
        """Returns when it reaches a target: a whole millisecond in days, infinity if never."""
        if self.speed <= 0.0:
            return math.inf
        until_then = (target - self._reached) / self.speed
        time = max(self._profile.time(self._since + until_then), now)
        return math.inf if time >= self._ends else max(on_tick(time), now)


class Population:
    """People by compartment, and when the next of them moves.

    Args:
        world: what the replication is played with.
        part: the compiled population.

    Attributes:
        people: by compartment.
        following: by compartment, what is told when its people change, with how many there are and the day.
    """

    def __init__(self, world: World, part: PopulationPart) -> None:
        self.people = list(part.people)
        self.following: list[list[Callable[[float, float], None]]] = [[] for _ in part.people]
        self._world, self._part, self._until = world, part, world.model.until
        self._clock = clock = world.clock
        self._protected = [[0.0] * len(part.people) for _ in part.preventions]
        self._covered = [0.0] * len(part.preventions)
        for number, prevention in enumerate(part.preventions):
            self._covered[number] = next((to for at, to in reversed(prevention.steps) if at <= 0.0), 0.0)
            clock.process(self._coverage(number, prevention))
        self._ordinals = [0] * len(part.channels)
        self._clocks = [InternalClock(lane.clock, 0.0, self._until, 0.0) for lane in part.lanes]
        self._targets = [sorted((self._gap(each), each) for each in lane.channels) for lane in part.lanes]
        """For each lane (next target, channel), in order of target."""
        self._times = [math.inf] * len(part.lanes)
        self._due = math.inf
        for lane in range(len(part.lanes)):
            self._update(lane, 0.0)
        self._schedule()

    # --- moves -------------------------------------------------------------------------------------

    def change_tier(self, patient: Patient, to_tier: int) -> None:
        """Moves a person as a patient's need changes, or takes one away; not if none is there to be moved.

        Args:
            patient: of the need tier and footprint left.
            to_tier: need tier reached, -1 for none.
        """
        origin = self._compartment(patient.groups[NEED_TIER], patient.groups[FOOTPRINT])
        if origin >= 0 and self.people[origin] >= 1.0:
            now = self._clock.days
            self._add(origin, -1.0, now, -1)
            if to_tier >= 0:
                self._add(self._compartment(to_tier, patient.groups[FOOTPRINT]), 1.0, now, -1)
            self._schedule()

    def _compartment(self, tier: int, footprint: int) -> int:
        """Returns the compartment of a need tier and footprint; -1 where there is none of either."""
        return tier * self._part.footprints + footprint if tier >= 0 and footprint >= 0 else -1

    def _gap(self, channel: int) -> float:
        """Returns the internal time from one event of a channel to the next."""
        part, ordinal = self._part.channels[channel], self._ordinals[channel]
        self._ordinals[channel] = ordinal + 1
        u = self._world.uniform(Purpose.PERSON, part.key, part.stream, ordinal)
        return -math.log(1.0 - u) / part.rate

    def _schedule(self) -> None:
        """Has the next move happen when it is due, unless something is to happen earlier."""
        time = min(self._times, default=math.inf)
        if time < self._due and time < self._until:
            self._due = time
            self._clock.at(time, Rank.POPULATION, _MOVES).callbacks.append(self._wake)

    def _wake(self, _: object) -> None:
        """Makes the moves that are due, and those that come before anything else is."""
        now = self._clock.days
        if now != self._due:
            return  # somebody moved earlier than this was meant for
        self._due = math.inf
        for _number in range(_AHEAD):
            time = min(self._times)
            if time > now and (time >= self._until or time >= self._clock.peek() / TICKS_PER_DAY):
                break
            self._make(time)
        self._schedule()

    def _make(self, time: float) -> None:
        """Makes the move that is due at a time: of several, the first by move id and footprint."""
        channel, lane, target = min(self._due_at(time))
        self._targets[lane].remove((target, channel))
        insort(self._targets[lane], (target + self._gap(channel), channel))
        part = self._part.channels[channel]
        self._world.record.person(ticks_of(time), part.move, part.tier, part.to_tier, part.footprint)
        if part.origin >= 0:
            self._add(part.origin, -1.0, time, lane)
        else:
            self._update(lane, time, always=True)
        if part.target >= 0:
            self._add(part.target, 1.0, time, lane)

    def _due_at(self, time: float) -> list[tuple[int, int, float]]:
        """Returns channel, lane and target of the moves that are due at a time."""
        found = []
        for lane, due in enumerate(self._times):
            if due == time:
                targets = self._targets[lane]
                found.append((targets[0][1], lane, targets[0][0]))
                for target, channel in targets[1:]:
                    if self._clocks[lane].when(target, time) > time:
                        break
                    found.append((channel, lane, target))
        return found

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
        for changed in self.following[place]:
            changed(self.people[place], now)

    def _update(self, lane: int, now: float, *, always: bool = False) -> None:
        """Brings a lane to its present speed, and works out when it next has an event."""
        clock, speed = self._clocks[lane], self._speed(self._part.lanes[lane])
        if speed != clock.speed:
            clock.change(speed, now)
        elif not always:
            return
        self._times[lane] = clock.when(self._targets[lane][0][0], now)

    def _speed(self, lane: LanePart) -> float:
        """Returns the speed of a lane: 1 or people, slowed by prevention; 0 where nobody can leave."""
        people = self.people
        if lane.origin >= 0 and people[lane.origin] < 1.0:
            return 0.0
        speed = 0.0 if lane.weights else 1.0
        for place, weight in lane.weights:
            speed += weight * people[place]
        for prevention, reduction in lane.slowed:
            speed *= 1.0 - reduction * self._share(prevention, lane.protected)
        return speed

    # --- prevention --------------------------------------------------------------------------------

    def _share(self, prevention: int, place: int) -> float:
        """Returns the share of a compartment's people whom a prevention protects."""
        part = self._part.preventions[prevention]
        if not part.by_contact:
            return part.reach[place] * self._covered[prevention]
        here = self.people[place]
        return min(self._protected[prevention][place], here) / here if here > 0.0 else 0.0

    def _coverage(self, number: int, prevention: PreventionPart) -> Process:
        """Steps up and down a coverage after time 0."""
        for time, part in prevention.steps:
            if time > 0.0:
                yield self._clock.at(time, Rank.POPULATION, _COVERAGE)
                self._covered[number] = part
                self._slow(number, self._part.slows[number])

    def reached_by_contact(self, element: int, patient: Patient) -> None:
        """Has an attended contact protect its patient by every prevention that it brings and they take up."""
        visit, groups = patient.visits[element], patient.groups
        place = self._compartment(groups[NEED_TIER], groups[FOOTPRINT])
        for number in self._part.reached_at[element]:
            prevention = self._part.preventions[number]
            if prevention.begins <= self._clock.days < prevention.ends and place >= 0:
                u = patient.uniform(Purpose.UPTAKE, prevention.key, visit)
                if u < prevention.uptake.of(groups):
                    self._clock.process(self._protection(number, prevention, place, patient, visit))

    def _protection(
        self, number: int, prevention: PreventionPart, place: int, patient: Patient, visit: int
    ) -> Process:
        """Counts one more person as protected, after the prevention's lag and until its effect fades."""
        starts = on_tick(self._clock.days + prevention.lag)
        yield self._clock.at(starts, Rank.POPULATION, patient.identity)
        self._protect(number, place, 1.0)
        if prevention.life < math.inf:
            lasts = -prevention.life * math.log(1.0 - patient.uniform(Purpose.FADE, prevention.key, visit))
            yield self._clock.at(starts + lasts, Rank.POPULATION, patient.identity)
            self._protect(number, place, -1.0)

    def _protect(self, prevention: int, place: int, more: float) -> None:
        """Changes how many people of a compartment a prevention protects."""
        self._protected[prevention][place] += more
        self._slow(prevention, self._part.lanes_of[place])

    def _slow(self, prevention: int, lanes: Sequence[int]) -> None:
        """Brings lanes that a prevention slows to their speed now."""
        for lane in lanes:
            if any(which == prevention for which, _ in self._part.lanes[lane].slowed):
                self._update(lane, self._clock.days)
        self._schedule()


class Following:
    """The patients of a stream that follows the people of a compartment.

    Args:
        world: what the replication is played with.
        stream: the stream.
        people: how many there are at first.
        arrive: has the patient of the stream with an ordinal come now.
    """

    def __init__(
        self, world: World, stream: Stream, people: float, arrive: Callable[[Stream, int], None]
    ) -> None:
        self._world, self._clock, self._stream, self._arrive = world, world.clock, stream, arrive
        self._people_clock = InternalClock(stream.clock, stream.begins, stream.ends, people)
        self._ordinal, self._due = 0, math.inf
        self._target = self._gap()
        self._time = self._people_clock.when(self._target, 0.0)
        self._schedule()

    def changed(self, people: float, now: float) -> None:
        """Takes in how many people there are from now on; the day may be one that is ahead of the clock's."""
        self._people_clock.change(people, now)
        self._time = self._people_clock.when(self._target, now)
        self._schedule()

    def _gap(self) -> float:
        """Returns the people's time from one patient to the next."""
        key = self._world.model.keys[self._stream.element]
        u = self._world.uniform(Purpose.ARRIVAL, key, self._stream.key, self._ordinal)
        return -math.log(1.0 - u) / self._stream.rate

    def _schedule(self) -> None:
        """Has the next patient come in time, unless the clock is set for an earlier time already."""
        if self._time < self._due:
            self._due = self._time
            identity = (self._stream.key << 32) | self._ordinal
            self._clock.at(self._time, Rank.ARRIVAL, identity).callbacks.append(self._come)

    def _come(self, _: object) -> None:
        """Has the patient come who is due; fewer people may have put that off in the meantime."""
        if self._clock.days != self._due:
            return
        self._due = math.inf
        if self._time == self._clock.days:
            self._arrive(self._stream, self._ordinal)
            self._ordinal += 1
            self._target += self._gap()
            self._time = self._people_clock.when(self._target, self._time)
        self._schedule()
