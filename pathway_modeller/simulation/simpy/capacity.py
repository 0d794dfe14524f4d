"""Capacity and queues: what is open and in use, who waits where, who starts next, and who finds no room.

Patients who need the same units and would give up the same units on starting stand in one line of an
activity's queue. Only the first of each line can be the next to start, so only those are looked at.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Generator, Sequence
from enum import Enum, auto
from typing import Any

import simpy

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.samplers import Sampler
from pathway_modeller.simulation.model.dates import UNLIMITED
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import (
    FOOTPRINT,
    ActivityPart,
    DeteriorationPart,
    Model,
    Needs,
    PoolNeed,
)
from pathway_modeller.simulation.model.stopping import highest_from, locked_sentence, places_are_needed
from pathway_modeller.simulation.model.table import Table, Values
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.simpy.clock import Starts
from pathway_modeller.simulation.simpy.patient import NO_STAY, ON_CASELOAD, Held, Patient
from pathway_modeller.simulation.simpy.world import World
from pathway_modeller.simulation.trace import Event

Process = Generator[simpy.Event, Any, None]
"""A process of SimPy: it yields what it waits for."""


class Ending(Enum):
    """How a wait in a queue ends, if not by deterioration."""

    STARTED = auto()
    TURNED_AWAY = auto()
    GAVE_UP = auto()


class Visit(simpy.Event):
    """A patient's visit to an activity. It is an event: the end of the wait in the queue; its value says how.

    Args:
        world: what the replication is played with.
        patient: who.
        element: where.
        activity: what that is.

    Attributes:
        number: how many visits of the patient to the activity there have been with this one.
        joined: when the patient joined the queue, in milliseconds.
        newcomer: whether the patient can be turned away if there is no room.
        needs: units needed to start, those of stays that begin included.
        gives: units that the start releases: those kept from before, and stays that end.
        in_a_place: whether the patient waits in a place held elsewhere, and so takes no room.
        room: element, footprint (-1 where all share it) and places of the room to wait; None without a limit.
        restless: whether the patient will leave the queue of their own accord, or by deterioration.
    """

    def __init__(self, world: World, patient: Patient, element: int, activity: ActivityPart) -> None:
        super().__init__(world.clock)
        self.patient, self.element, self.activity = patient, element, activity
        self.number, self._key = patient.reach(element), world.model.keys[element]
        self.joined, self.newcomer, self.restless = world.clock.now, True, False
        self.needs: Needs = ()
        self.gives: Needs = ()
        self.in_a_place = patient.in_a_place
        self.room: tuple[int, int, int] | None = None
        if activity.room is not None and not self.in_a_place:
            footprint = patient.groups[FOOTPRINT] if activity.room_per_footprint else -1
            self.room = element, footprint, activity.room

    @property
    def place(self) -> tuple[int, int, int]:
        """The place in queue order: priority, then the discipline's key, then the patient's identity."""
        key = (self.joined, -self.joined, self.patient.entered)[self.activity.discipline]
        return self.activity.priority.of(self.patient.groups), key, self.patient.identity

    def days(self, time: Values[Sampler], purpose: Purpose) -> float:
        """Returns how long something takes the patient at this visit, in days."""
        return self.patient.days(time, purpose, self._key, self.number)

    def is_among(self, share: Table[float], purpose: Purpose) -> bool:
        """Returns whether the patient is among a share at this visit."""
        return self.patient.uniform(purpose, self._key, self.number) < share.of(self.patient.groups)


class Line:
    """The patients of one activity who need, and would give up, the same units."""

    def __init__(self, number: int, needs: Needs, gives: Needs) -> None:
        self.number, self.needs, self.gives = number, needs, gives
        self._heap: list[tuple[int, int, int, int, Visit]] = []

    def join(self, at: Visit) -> None:
        """Adds a patient."""
        heapq.heappush(self._heap, (*at.place, at.number, at))

    def first(self) -> Visit | None:
        """Returns the patient who is next, if any waits."""
        while self._heap and self._heap[0][-1].triggered:
            heapq.heappop(self._heap)
        return self._heap[0][-1] if self._heap else None


class Queues:
    """All bodies of capacity, what patients hold of them, and who waits for them.

    Attributes:
        open, used: open units and units in use of each body.
        waiting: number of patients who wait, by element.
        holders: those who wait while they hold units, by identity.
        deadlocks: looks for them.
    """

    def __init__(self, world: World) -> None:
        model, clock = world.model, world.clock
        self._model, self._clock, self._record = model, clock, world.record
        bodies = len(model.capacity)
        self.open: list[float] = [0.0] * bodies
        self.used = [0] * bodies
        self.waiting = [0] * len(model.activities)
        self.holders: dict[int, Visit] = {}
        self.deadlocks = DeadlockWatch(model)
        self._look_for_deadlock = False
        self._lines: dict[tuple[int, Needs, Needs], Line] = {}
        self._by_body: list[list[Line]] = [[] for _ in range(bodies)]
        self._candidates: dict[int, Line] = {}
        self._rooms: dict[tuple[int, int, int], dict[int, Visit]] = {}
        self._asked = Starts(clock)
        clock.process(self._starts())
        for body in range(bodies):
            clock.process(self._changes(body))

    # --- units -------------------------------------------------------------------------------------

    def _changes(self, body: int) -> Process:
        """Opens and closes units of a body in the course of the run."""
        for time, units in self._model.capacity[body]:
            yield self._clock.at(time, Rank.CAPACITY, body)
            self.set_open(body, units)
            self._record.capacity(body, units)
            self._look_for_deadlock = True
            self.freed(body)
            self._ask()

    def set_open(self, body: int, units: int) -> None:
        """Changes the open units; those in use stay in use."""
        self.open[body] = math.inf if units == UNLIMITED else units

    def how_full(self, pool: PoolNeed, patient: Patient) -> float:
        """Returns the share of a pool's open units in use, where a patient lives; a closed one is full."""
        body = pool.body(patient.groups[FOOTPRINT])
        return self.used[body] / self.open[body] if self.open[body] > 0 else 1.0

    def freed(self, body: int) -> None:
        """Marks the lines that need a body of capacity, since more of it may be free."""
        for line in self._by_body[body]:
            self._candidates[line.number] = line

    def fits(self, needs: Needs, gives: Needs) -> bool:
        """Returns whether units are free for a patient who gives up others at the same instant."""
        for body, units in needs:
            free = self.open[body] - self.used[body]
            if gives:
                free += sum(given for other, given in gives if other == body)
            if free < units:
                return False
        return True

    def take_all(self, at: Visit) -> None:
        """Gives a patient the units of an activity, and of the stays or the caseload that begin with it."""
        for stay, pools in self._beginning(at):
            self.take(at, pools, stay)
        self.take(at, at.activity.needs)

    def _beginning(self, at: Visit) -> list[tuple[int, tuple[PoolNeed, ...]]]:
        """Returns the stays, or the place on a caseload, that begin with a start, each with what it needs."""
        activity = at.activity
        if not activity.begins and activity.caseload is None:
            return []
        holding = {held.stay for held in at.patient.held}.difference(activity.ends_at_start)
        begins = [(stay, self._model.stays[stay].needs) for stay in activity.begins]
        if activity.caseload is not None:
            begins.insert(0, (ON_CASELOAD, (activity.caseload.place,)))
        return [each for each in begins if each[0] not in holding]

    def take(self, at: Visit, pools: tuple[PoolNeed, ...], stay: int = NO_STAY) -> None:
        """Gives a patient units, for a service or a stay."""
        if pools:
            needs = _of(pools, at.patient)
            at.patient.held.append(Held(needs, at.element, stay))
            for body, units in needs:
                self.used[body] += units
                at.patient.record(Event.ACQUIRE, at.element, body, units)

    def release(self, patient: Patient, stays: Collection[int] = (NO_STAY,)) -> None:
        """Takes back what a patient holds for a service, or for the stays (or marks) given."""
        if not patient.held or not stays:
            return
        kept = []
        for held in patient.held:
            if held.stay not in stays:
                kept.append(held)
                continue
            for body, units in held.needs:
                self.used[body] -= units
                patient.record(Event.RELEASE, held.activity, body, units)
                self.freed(body)
            self._ask()
        patient.held = kept

    # --- waiting -----------------------------------------------------------------------------------

    def join(self, at: Visit) -> None:
        """Adds a patient to the line of those like them."""
        begins = [_of(pools, at.patient) for _, pools in self._beginning(at)]
        at.needs = _merged([_of(at.activity.needs, at.patient), *begins])
        at.gives = _given_up(at)
        line = self._line(at.element, at.needs, at.gives)
        line.join(at)
        self._candidates[line.number] = line
        self.waiting[at.element] += 1
        if at.patient.held:
            self.holders[at.patient.identity] = at
            self._look_for_deadlock = True
        if at.room is not None:
            self._rooms.setdefault(at.room, {})[at.patient.identity] = at
        self._ask()

    def _line(self, element: int, needs: Needs, gives: Needs) -> Line:
        """Returns the line of those at an activity who need, and would give up, the same."""
        line = self._lines.get((element, needs, gives))
        if line is None:
            line = self._lines[element, needs, gives] = Line(len(self._lines), needs, gives)
            for body, _ in needs:
                self._by_body[body].append(line)
        return line

    def end(self, at: Visit, how: Ending | DeteriorationPart) -> None:
        """Takes a patient out of the queue and has them go on; nothing happens if they have left it."""
        if not at.triggered:
            self.holders.pop(at.patient.identity, None)
            self.waiting[at.element] -= 1
            if at.room is not None:
                del self._rooms[at.room][at.patient.identity]
            at.succeed(how)

    # --- starting ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Has whoever can start be started once the bound events of this instant are done."""
        if not self._asked.triggered:
            self._asked.succeed()

    def _starts(self) -> Process:
        """Starts whoever can start, then turns away those for whom there is no room, whenever asked to."""
        while True:
            yield self._asked
            self._asked = Starts(self._clock)
            while (at := self.next_start()) is not None:
                self.end(at, Ending.STARTED)
                yield at  # the patient takes the units first: the next is chosen from what is left
            for at in self.without_room():
                self.end(at, Ending.TURNED_AWAY)
                yield at
            if self._look_for_deadlock:
                self._look_for_deadlock = False
                self.deadlocks.look(list(self.holders.values()), self._clock.days)

    def next_start(self) -> Visit | None:
        """Returns the first patient, in queue order, who can start now; None if nobody can."""
        best: Visit | None = None
        for number, line in list(self._candidates.items()):
            first = line.first()
            if first is None or not self.fits(line.needs, line.gives):
                del self._candidates[number]
            elif best is None or first.place < best.place:
                best = first
        return best

    def without_room(self) -> list[Visit]:
        """Returns the newcomers of this instant who find no place, the last in queue order first."""
        found: list[Visit] = []
        for (*_, places), waiting in sorted(self._rooms.items()):
            if len(waiting) > places:
                now = [each for each in waiting.values() if each.newcomer and each.joined == self._clock.now]
                now.sort(key=lambda each: each.place, reverse=True)
                found += now[: len(waiting) - places]
        return found


class DeadlockWatch:
    """Finds patients who hold units and wait for units that only one another hold.

    Everyone else is assumed to give up their units in time. Among those who hold and wait, whoever could then
    be started is assumed to give up theirs too. Patients for whom that never comes are in a deadlock.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._highest = [highest_from(*each) for each in zip(model.capacity, model.open_later, strict=True)]
        self._places_needed = places_are_needed(model)

    def look(self, holders: Sequence[Visit], now: float) -> None:
        """Looks for a deadlock among those who wait while holding units, at a time in days.

        Raises:
            SimulationStopped: some of them wait for one another for ever.
        """
        if not self._places_needed and not any(each.in_a_place for each in holders):
            return  # only places on caseloads are held, and nothing but a caseload needs those
        stuck = self._locked([each for each in holders if not each.restless], now)
        if stuck:
            locked = [(_held(each), each.element) for each in stuck]
            raise SimulationStopped(locked_sentence(self._model, locked, now))

    def _locked(self, holders: list[Visit], now: float) -> list[Visit]:
        """Returns those who could never start, of some who wait, hold units and will not give up."""
        taken: Counter[int] = Counter()
        for each in holders:
            taken.update(_held(each))
        while holders:
            stuck = [each for each in holders if not self._could_start(each, taken, now)]
            if len(stuck) == len(holders):
                break
            for each in holders:
                if each not in stuck:
                    taken.subtract(_held(each))
            holders = stuck
        return holders

    def _could_start(self, at: Visit, taken: Counter[int], now: float) -> bool:
        """Returns whether a patient could start once all but the holders have given up their units."""
        given = Counter(dict(at.gives))
        return all(
            self._most_open(body, now) - taken[body] + given[body] >= units for body, units in at.needs
        )

    def _most_open(self, body: int, now: float) -> float:
        """Returns the most units of a body that are open now or later, after the run included."""
        times, highest = self._highest[body]
        return highest[max(bisect_right(times, now) - 1, 0)]


def _held(at: Visit) -> Counter[int]:
    """Returns the units that somebody who waits holds, by body."""
    held: Counter[int] = Counter()
    for each in at.patient.held:
        held.update(dict(each.needs))
    return held


def _given_up(at: Visit) -> Needs:
    """Returns the units that a start releases: those kept, and those of stays that it ends."""
    if not at.patient.held:
        return ()
    ends = (NO_STAY, *at.activity.ends_at_start)
    return _merged([held.needs for held in at.patient.held if held.stay in ends])


def _of(pools: tuple[PoolNeed, ...], patient: Patient) -> Needs:
    """Returns units of pools as those of the bodies of a patient's footprint."""
    footprint = patient.groups[FOOTPRINT]
    return tuple([(pool.body(footprint), pool.units) for pool in pools])


def _merged(several: list[Needs]) -> Needs:
    """Returns units of several needs added up by body, in order of body; one alone is in that order."""
    if len(several) == 1:
        return several[0]
    total: dict[int, int] = {}
    for needs in several:
        for body, units in needs:
            total[body] = total.get(body, 0) + units
    return tuple(sorted(total.items()))
