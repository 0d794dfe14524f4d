"""The SimPy engine: one replication of a model, played by the rules of ``rules.md``.

This is the reference. Each method is one rule; the trace it records is its only output.
"""

from __future__ import annotations

from collections.abc import Callable

import simpy

from pathway_modeller.simulation.arrivals import Arrival, arrivals
from pathway_modeller.simulation.clock import Rank
from pathway_modeller.simulation.deadlock import DeadlockWatch
from pathway_modeller.simulation.errors import Cancelled
from pathway_modeller.simulation.following import Following
from pathway_modeller.simulation.holdings import NO_STAY
from pathway_modeller.simulation.living import Population
from pathway_modeller.simulation.movement import Movement
from pathway_modeller.simulation.needs import reach_by_contact
from pathway_modeller.simulation.parts import ActivityPart, Model, Stream, TodayPart
from pathway_modeller.simulation.patient import Patient, Waiting
from pathway_modeller.simulation.random_numbers import Purpose
from pathway_modeller.simulation.rooms import Rooms
from pathway_modeller.simulation.routing import draw_groups
from pathway_modeller.simulation.ticks import on_tick
from pathway_modeller.simulation.trace import Event, Trace

ENGINE = "simpy"

_CHECK_EVERY = 1024


def simulate(model: Model, seed: int, replication: int, cancelled: Callable[[], bool] | None = None) -> Trace:
    """Returns the trace of one replication.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        cancelled: asked now and then; the run stops when it returns True.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    return _Replication(model, seed, replication).run(cancelled)


class _Replication(Movement):
    """The state of one replication."""

    def __init__(self, model: Model, seed: int, replication: int) -> None:
        super().__init__(model, seed, replication)
        self.rooms = Rooms(model)
        self.deadlocks = DeadlockWatch(model)
        self.start_asked = False
        self.look_for_deadlock = False

    # --- the run -----------------------------------------------------------------------------------

    def run(self, cancelled: Callable[[], bool] | None) -> Trace:
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
            if cancelled is not None and steps % _CHECK_EVERY == 0 and cancelled():
                raise Cancelled
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
                self.holdings.occupy(patient, part.activity, activity)
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
            exempt=bool(patient.held),
        )
        self.record.patient(joined, patient, Event.JOIN, element)
        if kept:
            self.record.patient(self.clock.now, patient, Event.BLOCKED, kept[0].activity)
        self.look_for_deadlock = self.look_for_deadlock or bool(patient.held)
        self.queues.join(waiting)
        self.rooms.enter(waiting, activity, newcomer)
        self._schedule_patience(waiting, activity)
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
        patient, element = waiting.patient, waiting.activity
        u = self._uniform(Purpose.PATIENCE, self.model.keys[element], patient, waiting.visit)

        def give_up(_: simpy.Event) -> None:
            if not waiting.left:
                self._leave_queue(waiting)
                self.record.patient(self.clock.now, patient, Event.GAVE_UP, element)
                self._go_on(patient, activity.gives_up_to, Event.LEFT_GAVE_UP, element)

        time = self.clock.now + activity.patience.of(patient.groups).quantile(u)
        self.clock.at(time, Rank.PATIENCE, patient.identity, give_up)

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
        missed = self._misses(waiting, activity)
        self.record.patient(self.clock.now, patient, Event.START_MISSED if missed else Event.START, element)
        if missed:
            self.holdings.take_slot(patient, element, activity)
        else:
            self.holdings.release_own(patient)
            self.holdings.end_stays(patient, activity.ends_at_start)
            self.holdings.occupy(patient, element, activity)
        u = self._uniform(Purpose.SERVICE, self.model.keys[element], patient, waiting.visit)
        time = activity.service.of(patient.groups).quantile(u)
        self._schedule_end(patient, element, activity, time, missed, waiting.visit)

    def _misses(self, waiting: Waiting, activity: ActivityPart) -> bool:
        """Returns whether a patient does not attend; who holds units is there and does."""
        if activity.missed is None or waiting.patient.held:
            return False
        key = self.model.keys[waiting.activity]
        u = self._uniform(Purpose.ATTEND, key, waiting.patient, waiting.visit)
        return u < activity.missed.share.of(waiting.patient.groups)

    # --- ending ------------------------------------------------------------------------------------

    def _schedule_end(
        self, patient: Patient, element: int, activity: ActivityPart, time: float, missed: bool, visit: int
    ) -> None:
        """Schedules the end of a service or of a slot to which nobody came."""

        def end(_: simpy.Event) -> None:
            if missed:
                self._end_missed(patient, element, activity, visit)
            else:
                self._end_service(patient, element, activity)

        self.clock.at(self.clock.now + time, Rank.SERVICE_END, patient.identity, end)

    def _end_service(self, patient: Patient, element: int, activity: ActivityPart) -> None:
        """Ends an attended service: the patient goes on, and units are released unless kept."""
        self.record.patient(self.clock.now, patient, Event.COMPLETE, element)
        self._affect(patient, element)
        arrow = self._choose(patient, element)
        if arrow.time is None and not activity.holds:
            self.holdings.release_own(patient)
        self.holdings.end_stays(patient, activity.ends_at_completion)
        self._follow(patient, element, arrow, not activity.holds)

    def _affect(self, patient: Patient, element: int) -> None:
        """Has a completed contact do what it does: protect by prevention, then change need."""
        population = self.model.population
        if population is not None and self.population is not None:
            now = self.clock.now
            reach_by_contact(population, self.population, element, patient, now, self._uniform)
        self._draw_need(patient, element)

    def _end_missed(self, patient: Patient, element: int, activity: ActivityPart, visit: int) -> None:
        """Ends a slot to which the patient did not come: booked again, sent on, or discharged."""
        missed = activity.missed
        assert missed is not None, "only activities with a share of missed slots miss any"  # noqa: S101
        self.record.patient(self.clock.now, patient, Event.DID_NOT_ATTEND, element)
        self.holdings.release_own(patient)
        u = self._uniform(Purpose.REBOOK, self.model.keys[element], patient, visit)
        if u < missed.rebook.of(patient.groups):
            self._reach(patient, element)
        else:
            self._go_on(patient, missed.others_go_to, Event.LEFT_NOT_ATTENDED, element)
