"""The SimPy engine: one replication of a model, played by the rules of ``rules.md``.

This is the reference. Each method is one rule; the trace it records is its only output.
"""

from __future__ import annotations

from collections.abc import Callable

import simpy

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.errors import Cancelled
from pathway_modeller.simulation.model.parts import (
    NOWHERE,
    ActivityPart,
    DeteriorationPart,
    Model,
    Stream,
    TodayPart,
)
from pathway_modeller.simulation.simpy.arrivals import Arrival, arrivals
from pathway_modeller.simulation.simpy.attendance import is_there, misses
from pathway_modeller.simulation.simpy.clock import Rank
from pathway_modeller.simulation.simpy.completion import Completion
from pathway_modeller.simulation.simpy.deadlock import DeadlockWatch
from pathway_modeller.simulation.simpy.deterioration import first_deterioration
from pathway_modeller.simulation.simpy.holdings import NO_STAY
from pathway_modeller.simulation.simpy.living import Population
from pathway_modeller.simulation.simpy.patient import Patient, Waiting
from pathway_modeller.simulation.simpy.population_demand import Following
from pathway_modeller.simulation.simpy.queue_capacity import Rooms
from pathway_modeller.simulation.simpy.routing import draw_groups
from pathway_modeller.simulation.trace import Event, NeedCause, Trace

ENGINE = "simpy"

_CHECK_EVERY = 1024


def simulate(
    model: Model,
    seed: int,
    replication: int,
    cancelled: Callable[[], bool] | None = None,
    reached: Callable[[float], None] | None = None,
) -> Trace:
    """Returns the trace of one replication.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        cancelled: asked now and then; the run stops when it returns True.
        reached: told now and then which share of the run's time is over.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    return _Replication(model, seed, replication).run(cancelled, reached)


class _Replication(Completion):
    """The state of one replication."""

    def __init__(self, model: Model, seed: int, replication: int) -> None:
        super().__init__(model, seed, replication)
        self.rooms = Rooms(model)
        self.deadlocks = DeadlockWatch(model)
        self.start_asked = False
        self.look_for_deadlock = False

    # --- the run -----------------------------------------------------------------------------------

    def run(
        self, cancelled: Callable[[], bool] | None, reached: Callable[[float], None] | None = None
    ) -> Trace:
        """Plays everything that happens before the end of the run."""
        for body in range(len(self.model.capacity)):
            self._schedule_capacity(body, 0)
        for part in self.model.today:
            self._begin_today(part)
        for stream in self.model.streams:
            if stream.follows < 0:
                self._schedule_arrival(arrivals(stream, self.model, self.seed, self.replication), stream)
        if self.population is not None:
            self._begin_population(self.population)
        steps = 0
        while self.clock.peek() < self.model.until:
            self.clock.step()
            steps += 1
            if steps % _CHECK_EVERY == 0:
                if cancelled is not None and cancelled():
                    raise Cancelled
                if reached is not None:
                    reached(self.clock.now / self.model.until)
        return self.record.trace()

    def _begin_population(self, population: Population) -> None:
        """Sets the population going, and the demand that follows it."""
        demand = Following(
            self.model, population.people, self.seed, self.replication, self.clock, self._arrive
        )
        population.listeners.append(demand.changed)
        population.begin()
        demand.begin()

    def _ask_start(self) -> None:
        """Has whatever can start be started once the bound events of this instant are done."""
        if not self.start_asked:
            self.start_asked = True
            self.clock.at(self.clock.now, Rank.START, 0, self._start_phase)

    # --- capacity ----------------------------------------------------------------------------------

    def _schedule_capacity(self, body: int, number: int) -> None:
        """Schedules a body's next change of open units."""
        changes = self.model.capacity[body]
        if number < len(changes):

            def change(_: simpy.Event) -> None:
                self.queues.capacity.set_open(body, changes[number][1])
                self.record.capacity(self.clock.now, body, changes[number][1])
                self.queues.freed(body)
                self.look_for_deadlock = True
                self._schedule_capacity(body, number + 1)
                self._ask_start()

            self.clock.at(changes[number][0], Rank.CAPACITY, body, change)

    # --- coming ------------------------------------------------------------------------------------

    def _schedule_arrival(self, coming: Arrival, stream: Stream) -> None:
        """Schedules the next patient of a stream."""
        following = next(coming, None)
        if following is None:
            return
        time, ordinal = following

        def arrive(_: simpy.Event) -> None:
            self._schedule_arrival(coming, stream)
            self._arrive(stream, ordinal)

        self.clock.at(time, Rank.ARRIVAL, (stream.key << 32) | ordinal, arrive)

    def _arrive(self, stream: Stream, ordinal: int) -> None:
        """Has a patient come to the pathway."""
        patient = Patient(stream.key, ordinal, [], self.clock.now)
        patient.groups = draw_groups(self.model, stream.groups, stream.element, patient, self._uniform)
        patient.visit(stream.element)
        self.record.patient(self.clock.now, patient, Event.ARRIVE, stream.element)
        self._follow(patient, stream.element, self._choose(patient, stream.element), False)

    def _begin_today(self, part: TodayPart) -> None:
        """Puts those who are there at time 0 into the queue or into service."""
        activity = self.model.activities[part.activity]
        assert activity is not None, "today's lists are of activities"  # noqa: S101
        for ordinal in range(part.patients):
            patient = Patient(part.key, ordinal, [], 0.0)
            patient.groups = draw_groups(self.model, part.groups, part.activity, patient, self._uniform)
            visit = patient.visit(part.activity)
            key = self.model.keys[part.activity]
            if part.waited is not None:
                u = self._uniform(Purpose.WAITED, key, patient, visit)
                patient.entered = on_tick(-part.waited.quantile(u))
                self._queue(patient, part.activity, activity, visit, patient.entered, False)
                self.record.patient(0.0, patient, Event.PRESENT, part.activity)
            elif part.remaining is not None:
                self.record.patient(0.0, patient, Event.PRESENT, part.activity)
                self._occupy(patient, part.activity, activity, visit)
                u = self._uniform(Purpose.REMAINING, key, patient, visit)
                time = part.remaining.of(patient.groups).quantile(u)
                self._schedule_end(patient, part.activity, activity, time, False, visit)

    # --- queues ------------------------------------------------------------------------------------

    def _queue(
        self,
        patient: Patient,
        element: int,
        activity: ActivityPart,
        visit: int,
        joined: float,
        newcomer: bool,
    ) -> None:
        """Has a patient join the queue of an activity."""
        kept = [held for held in patient.held if held.stay == NO_STAY]
        key = (joined, -joined, patient.entered)[activity.discipline]
        waiting = Waiting(
            patient=patient,
            activity=element,
            priority=activity.priority.of(patient.groups),
            key=key,
            joined=joined,
            visit=visit,
            needs=self.holdings.needs_to_start(patient, activity),
            gives=self.holdings.given_up_by_start(patient, activity),
            exempt=is_there(patient),
        )
        self.record.patient(joined, patient, Event.JOIN, element)
        if kept:
            self.record.patient(self.clock.now, patient, Event.BLOCKED, kept[0].activity)
        self.look_for_deadlock = self.look_for_deadlock or bool(patient.held)
        self.queues.join(waiting)
        self.rooms.enter(waiting, activity, newcomer)
        self._schedule_patience(waiting, activity)
        self._schedule_deterioration(waiting, activity)
        self._ask_start()

    def _leave_queue(self, waiting: Waiting) -> ActivityPart:
        """Takes a patient out of a queue and its room; returns the activity."""
        activity = self.model.activities[waiting.activity]
        assert activity is not None, "only activities have queues"  # noqa: S101
        self.queues.leave(waiting)
        self.rooms.leave(waiting, activity)
        return activity

    def _schedule_patience(self, waiting: Waiting, activity: ActivityPart) -> None:
        """Schedules the moment at which a patient gives up; for those of today's lists, from time 0."""
        if activity.patience is None:
            return
        waiting.restless = True
        patient, element = waiting.patient, waiting.activity
        u = self._uniform(Purpose.PATIENCE, self.model.keys[element], patient, waiting.visit)

        def give_up(_: simpy.Event) -> None:
            if not waiting.left:
                self._leave_queue(waiting)
                self.record.patient(self.clock.now, patient, Event.GAVE_UP, element)
                self._go_on(patient, activity.gives_up_to, Event.LEFT_GAVE_UP, element)

        time = self.clock.now + activity.patience.of(patient.groups).quantile(u)
        self.clock.at(time, Rank.PATIENCE, patient.identity, give_up)

    def _schedule_deterioration(self, waiting: Waiting, activity: ActivityPart) -> None:
        """Schedules what waiting does first to a patient; for those of today's lists, from time 0."""
        found = first_deterioration(activity, waiting, self.clock.now, self._uniform)
        if found is None:
            return
        waiting.restless = True
        time, what = found

        def deteriorate(_: simpy.Event) -> None:
            if not waiting.left:
                self._deteriorate(waiting, what)

        if time < self.model.until:
            self.clock.at(time, Rank.DETERIORATE, waiting.patient.identity, deteriorate)

    def _deteriorate(self, waiting: Waiting, what: DeteriorationPart) -> None:
        """Ends a wait by what it did: an emergency, another need tier, or death."""
        patient, element = waiting.patient, waiting.activity
        self._leave_queue(waiting)
        self.record.patient(self.clock.now, patient, Event.DETERIORATED, element, units=what.code)
        if what.kind == "death":
            self._go_on(patient, NOWHERE, Event.DIED, element, what.code)
            return
        self._change_need(patient, element, what.to_tier, NeedCause.WAITED)
        if what.kind == "need" and what.goes_to == NOWHERE:
            self._reach(patient, element)
        else:
            self._go_on(patient, what.goes_to, Event.LEFT_DETERIORATED, element, what.code)

    # --- starting ----------------------------------------------------------------------------------

    def _start_phase(self, _: simpy.Event) -> None:
        """Starts whatever can start, in queue order, then turns away those for whom there is no room."""
        self.start_asked = False
        while (waiting := self.queues.next_start()) is not None:
            self._start(waiting)
        for waiting in self.rooms.without_place(self.clock.now):
            self._turn_away(waiting)
        if self.look_for_deadlock:
            self.look_for_deadlock = False
            self.deadlocks.look(list(self.queues.holders.values()), self.clock.now)

    def _turn_away(self, waiting: Waiting) -> None:
        """Turns a newcomer away: to the overflow element, or off the pathway."""
        activity = self._leave_queue(waiting)
        self.record.patient(self.clock.now, waiting.patient, Event.TURNED_AWAY, waiting.activity)
        self._go_on(waiting.patient, activity.overflow_to, Event.LEFT_TURNED_AWAY, waiting.activity)

    def _start(self, waiting: Waiting) -> None:
        """Starts a patient, who may turn out not to attend."""
        activity = self._leave_queue(waiting)
        patient, element = waiting.patient, waiting.activity
        key = self.model.keys[element]
        missed = misses(activity, key, waiting, self.clock.now, self._uniform)
        self.record.patient(self.clock.now, patient, Event.START_MISSED if missed else Event.START, element)
        if missed:
            self.holdings.take_slot(patient, element, activity)
        else:
            self.holdings.release_own(patient)
            self.holdings.end_stays(patient, activity.ends_at_start)
            self._occupy(patient, element, activity, waiting.visit)
        u = self._uniform(Purpose.SERVICE, key, patient, waiting.visit)
        time = activity.service.of(patient.groups).quantile(u)
        self._schedule_end(patient, element, activity, time, missed, waiting.visit)

    def _occupy(self, patient: Patient, element: int, activity: ActivityPart, visit: int) -> None:
        """Gives a patient all that a start takes, and takes them onto the caseload if there is one."""
        self.holdings.occupy(patient, element, activity)
        if activity.caseload is not None:
            self.caseloads.come_on(patient, element, activity.caseload, visit)

    # --- ending ------------------------------------------------------------------------------------

    def _schedule_end(
        self, patient: Patient, element: int, activity: ActivityPart, time: float, missed: bool, visit: int
    ) -> None:
        """Schedules the end of a service or of a slot to which nobody came."""

        def end(_: simpy.Event) -> None:
            if missed:
                self._end_missed(patient, element, activity, visit)
            else:
                self._end_service(patient, element, activity, visit)

        self.clock.at(self.clock.now + time, Rank.SERVICE_END, patient.identity, end)
