"""A patient's life on the pathway: one SimPy process, which reads from coming to leaving.

A method that yields is a part of that life, and yields what the patient waits for: a time, or the end of a
wait in a queue. It returns the element to which the patient goes next, ``NOWHERE`` once they have left.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.samplers import Sampler
from pathway_modeller.simulation.chance.ticks import TICK, TICKS_PER_DAY, ticks_of
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import (
    NEED_TIER,
    NOWHERE,
    ActivityPart,
    Arrow,
    DeteriorationPart,
    MissedPart,
    WaitPart,
)
from pathway_modeller.simulation.model.stopping import MOST_MOVES, endless_sentence
from pathway_modeller.simulation.model.table import Table
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.simpy.capacity import Ending, Process, Queues, Visit
from pathway_modeller.simulation.simpy.clock import Until
from pathway_modeller.simulation.simpy.patient import NO_STAY, ON_CASELOAD, Patient, share_missed
from pathway_modeller.simulation.simpy.people import Population
from pathway_modeller.simulation.simpy.world import World
from pathway_modeller.simulation.trace import Event, NeedCause

Course = Generator[simpy.Event, Any, int]
"""A part of a life; what it yields is waited for, and it returns the next element."""


class Life:
    """The life of a patient.

    Args:
        world: what the replication is played with.
        patient: who.
        queues: where units are had, and waited for.
        population: the people; None where their number stays the same.
    """

    def __init__(self, world: World, patient: Patient, queues: Queues, population: Population | None) -> None:
        self._world = world
        self._model, self._clock, self._record = world.model, world.clock, patient.record
        self._patient, self._queues, self._population = patient, queues, population
        self._enrolled_at: int | None = None
        """The activity whose caseload the patient is on."""
        self._enrolled_until = math.inf
        """When the time on it is over, in milliseconds."""
        self._instant, self._moves = -1, 0

    # --- from first to last ------------------------------------------------------------------------

    def from_entry(self, element: int) -> Process:
        """Comes by an entry point."""
        self._patient.reach(element)
        self._record(Event.ARRIVE, element)
        yield from self._onward((yield from self._along(element, self._way_on(element))))

    def from_queue(self, element: int, activity: ActivityPart, waited: Sampler) -> Process:
        """Stands in a queue of today's lists."""
        at = Visit(self._world, self._patient, element, activity)
        u = self._patient.uniform(Purpose.WAITED, self._model.keys[element], at.number)
        at.joined = self._patient.entered = ticks_of(-waited.quantile(u))
        at.newcomer = False
        self._join(at)
        self._record(Event.PRESENT, element)
        yield from self._onward((yield from self._attend(at)))

    def from_service(self, element: int, activity: ActivityPart, remaining: Table[Sampler]) -> Process:
        """Is being seen at time 0."""
        at = Visit(self._world, self._patient, element, activity)
        self._record(Event.PRESENT, element)
        self._occupy(at)
        yield from self._onward((yield from self._serve(at, at.days(remaining, Purpose.REMAINING))))

    def _onward(self, element: int) -> Process:
        """Goes from element to element until none follows."""
        while element != NOWHERE:
            element = yield from self._reach(element)

    def _reach(self, element: int) -> Course:
        """Reaches an element, and does what is done there."""
        self._count_move(element)
        activity, wait = self._model.activities[element], self._model.waits[element]
        if activity is not None:
            at = Visit(self._world, self._patient, element, activity)
            self._join(at)
            return (yield from self._attend(at))
        visit = self._patient.reach(element)
        if wait is not None:
            return (yield from self._stay_away(element, wait, visit))
        if self._model.exits[element]:
            self._draw_need(element)
            return self._leave(Event.EXIT, element)
        self._record(Event.DECIDE, element)
        return (yield from self._along(element, self._way_on(element)))

    def _count_move(self, element: int) -> None:
        """Stops the run if the patient moves for ever without time passing."""
        if self._instant != self._clock.now:
            self._instant, self._moves = self._clock.now, 0
        self._moves += 1
        if self._moves > MOST_MOVES:
            raise SimulationStopped(endless_sentence(self._model.names[element], self._clock.days))

    # --- at an activity ----------------------------------------------------------------------------

    def _join(self, at: Visit) -> None:
        """Joins the queue; patience runs, and harm may come, from now."""
        self._record(Event.JOIN, at.element, ago=self._clock.now - at.joined)
        kept = [held.activity for held in self._patient.held if held.stay == NO_STAY]
        if kept:
            self._record(Event.BLOCKED, kept[0])
        self._queues.join(at)
        if at.activity.patience is not None:
            patience = max(at.days(at.activity.patience, Purpose.PATIENCE), TICK)
            over = self._after(patience, Rank.PATIENCE)
            self._ends(at, over, Ending.GAVE_UP)
        due, what = self._patient.first_deterioration(at.activity.deterioration, at.number)
        if what is not None:
            at.restless = True
            if due < math.inf:
                self._ends(at, self._until(ticks_of(due), Rank.DETERIORATE), what)

    def _ends(self, at: Visit, over: Until, how: Ending | DeteriorationPart) -> None:
        """Has the wait end at a time, unless it ends before."""
        at.restless = True
        over.callbacks.append(lambda _: self._queues.end(at, how))

    def _attend(self, at: Visit) -> Course:
        """Waits in the queue; if that ends with a start, is seen or misses the slot, and goes on."""
        how: Ending | DeteriorationPart = yield at
        if how is not Ending.STARTED:
            return self._not_seen(at, how)
        missed = self._start(at)
        if missed is not None:
            yield self._after(self._service_days(at), Rank.SERVICE_END)
            return self._miss(at, missed)
        return (yield from self._serve(at, self._service_days(at)))

    def _serve(self, at: Visit, days: float) -> Course:
        """Is seen for so many days and done then, unless something happens before."""
        end = self._clock.in_days(days)
        due, what = self._first_danger(at, Purpose.HARM)
        if what is not None and due < end:
            return (yield from self._harmed(at, due, what))
        yield self._until(end, Rank.SERVICE_END)
        return (yield from self._complete(at))

    def _first_danger(self, at: Visit, purpose: Purpose) -> tuple[float, DeteriorationPart | None]:
        """Returns what would happen first to the patient in care from now on, and when, in milliseconds."""
        patient, activity = self._patient, at.activity
        if not activity.dangers:
            return math.inf, None
        is_good = patient.has_good_unit(at.element, activity)
        due, what = patient.first_deterioration(activity.dangers, at.number, purpose, is_good=is_good)
        return (ticks_of(due) if due < math.inf else due), what

    def _harmed(self, at: Visit, due: float, what: DeteriorationPart) -> Course:
        """Is taken out of care by what happens there, as units are released at its end."""
        yield self._until(int(due), Rank.DETERIORATE)
        activity, element = at.activity, at.element
        self._record(Event.HARMED, element, units=what.code)
        if what.kind != "death":
            self._change_need(element, what.to_tier, NeedCause.HARMED)
        self._done(activity, keeps=activity.holds and activity.caseload is None)
        if what.kind == "death":
            return self._sent(NOWHERE, Event.DIED, element, what.code)
        if what.kind == "need" and what.goes_to == NOWHERE:
            return element  # joins the same queue anew
        return self._sent(what.goes_to, Event.LEFT_HARMED, element, what.code)

    def _service_days(self, at: Visit) -> float:
        """Returns how long the service just started takes, in days; it may react to how full a pool is."""
        days, pressure = at.days(at.activity.service, Purpose.SERVICE), at.activity.pressure
        if pressure is None:
            return days
        return days * pressure.factor(self._queues.how_full(pressure.pool, self._patient))

    def _complete(self, at: Visit) -> Course:
        """Completes a contact; comes again if on a caseload, else goes on along an arrow or with advice."""
        activity, caseload, point = at.activity, at.activity.caseload, at.activity.single_point
        self._record(Event.COMPLETE, at.element)
        if self._population is not None:
            self._population.reached_by_contact(at.element, self._patient)
        self._draw_need(at.element)
        if caseload is not None:
            self._done(activity, keeps=False)
            due = self._clock.in_days(at.days(caseload.interval, Purpose.REVIEW))
            harm, what = self._first_danger(at, Purpose.HARM_BETWEEN)
            if what is not None and harm < min(due, self._enrolled_until):
                return (yield from self._harmed(at, harm, what))
            if due < self._enrolled_until:
                yield self._until(due, Rank.WAIT_END)
                self._record(Event.REVIEW_DUE, at.element)
                return at.element
            if self._enrolled_until > self._clock.now:
                yield self._until(int(self._enrolled_until), Rank.WAIT_END)
            self._come_off_caseload()
        if point is not None and at.is_among(point.advice_only, Purpose.ADVICE):
            self._record(Event.ADVISED, at.element)
            self._done(activity, keeps=activity.holds)
            return self._sent(point.advice_to, Event.LEFT_ADVISED, at.element)
        arrow = self._way_on(at.element)
        self._done(activity, keeps=activity.holds or arrow.time is not None)
        return (yield from self._along(at.element, arrow, releases=not activity.holds))

    def _not_seen(self, at: Visit, how: Ending | DeteriorationPart) -> int:
        """Leaves the queue without having been started."""
        if isinstance(how, DeteriorationPart):
            return self._deteriorate(at.element, how)
        if how is Ending.GAVE_UP:
            self._record(Event.GAVE_UP, at.element)
            return self._sent(at.activity.gives_up_to, Event.LEFT_GAVE_UP, at.element)
        self._record(Event.TURNED_AWAY, at.element)
        return self._sent(at.activity.overflow_to, Event.LEFT_TURNED_AWAY, at.element)

    def _deteriorate(self, element: int, what: DeteriorationPart) -> int:
        """Is harmed by waiting: an emergency, another need tier, or death."""
        self._record(Event.DETERIORATED, element, units=what.code)
        if what.kind == "death":
            return self._sent(NOWHERE, Event.DIED, element, what.code)
        self._change_need(element, what.to_tier, NeedCause.WAITED)
        if what.kind == "need" and what.goes_to == NOWHERE:
            return element  # joins the same queue anew
        return self._sent(what.goes_to, Event.LEFT_DETERIORATED, element, what.code)

    def _start(self, at: Visit) -> MissedPart | None:
        """Is started; returns what becomes of the patient if they miss the slot, else None."""
        missed = at.activity.missed
        if missed is not None and not at.in_a_place:
            share = share_missed(missed, (self._clock.now - at.joined) / TICKS_PER_DAY)
            if at.is_among(share, Purpose.ATTEND):
                self._record(Event.START_MISSED, at.element)
                self._queues.take(at, at.activity.needs)
                return missed
        self._record(Event.START, at.element)
        self._queues.release(self._patient)
        self._queues.release(self._patient, at.activity.ends_at_start)
        self._occupy(at)
        return None

    def _occupy(self, at: Visit) -> None:
        """Takes all that a start takes, and comes onto a caseload if there is one."""
        self._queues.take_all(at)
        caseload = at.activity.caseload
        if caseload is not None and self._enrolled_at is None:
            self._enrolled_at, self._enrolled_until = at.element, math.inf
            if caseload.length is not None:
                self._enrolled_until = self._clock.in_days(at.days(caseload.length, Purpose.CASELOAD))
            self._record(Event.ON_CASELOAD, at.element)

    def _miss(self, at: Visit, missed: MissedPart) -> int:
        """Has not come to a slot, which is over: is booked again, sent on, or discharged."""
        self._record(Event.DID_NOT_ATTEND, at.element)
        self._queues.release(self._patient)
        if at.is_among(missed.rebook, Purpose.REBOOK):
            return at.element
        return self._sent(missed.others_go_to, Event.LEFT_NOT_ATTENDED, at.element)

    def _done(self, activity: ActivityPart, *, keeps: bool) -> None:
        """Is done with an activity; its units are released unless kept."""
        if not keeps:
            self._queues.release(self._patient)
        self._queues.release(self._patient, activity.ends_at_completion)

    def _come_off_caseload(self) -> None:
        """Comes off the caseload that the patient may be on, and gives the place on it back."""
        if self._enrolled_at is not None:
            self._record(Event.OFF_CASELOAD, self._enrolled_at)
            self._enrolled_at = None
            self._queues.release(self._patient, (ON_CASELOAD,))

    # --- between activities ------------------------------------------------------------------------

    def _stay_away(self, element: int, wait: WaitPart, visit: int) -> Course:
        """Spends a planned interval; units kept from before are released, since it needs none."""
        self._queues.release(self._patient)
        self._queues.release(self._patient, wait.ends_at_start)
        self._record(Event.WAIT_START, element)
        time = self._patient.days(wait.time, Purpose.WAIT, self._model.keys[element], visit)
        yield self._after(time, Rank.WAIT_END)
        self._record(Event.WAIT_END, element)
        self._queues.release(self._patient, wait.ends_at_completion)
        return (yield from self._along(element, self._way_on(element)))

    def _way_on(self, element: int) -> Arrow:
        """Returns the arrow to be taken out of an element."""
        return self._patient.way_on(element, self._queues.waiting)

    def _along(self, element: int, arrow: Arrow, *, releases: bool = False) -> Course:
        """Takes an arrow; if that takes time, units that it keeps may be released at the end of it."""
        patient = self._patient
        for group, index in arrow.sets:
            patient.groups[group] = index
        if arrow.time is not None:
            if not arrow.keeps_units:
                self._queues.release(patient)
            for held in patient.held:
                if held.stay == NO_STAY:
                    self._record(Event.BLOCKED, held.activity)
            self._record(Event.MOVE_START, element)
            time = patient.days(arrow.time, Purpose.MOVE, arrow.key, patient.visits[element])
            yield self._after(time, Rank.MOVE_END)
            self._record(Event.MOVE_END, arrow.target)
            if releases:
                self._queues.release(patient)
        return arrow.target

    def _sent(self, target: int, event: Event, element: int, code: int = 0) -> int:
        """Is sent to an element, or off the pathway where there is none; it ends a caseload."""
        self._come_off_caseload()
        return self._leave(event, element, code) if target == NOWHERE else target

    def _leave(self, event: Event, element: int, code: int = 0) -> int:
        """Leaves the pathway, and gives everything back."""
        self._queues.release(self._patient, {held.stay for held in self._patient.held})
        self._record(event, element, units=code)
        if event is Event.DIED and self._population is not None:
            self._population.change_tier(self._patient, NOWHERE)
        return NOWHERE

    def _draw_need(self, element: int) -> None:
        """Is changed in need as an element may do."""
        change = self._patient.need_change(element)
        if change is not None:
            self._change_need(element, change.target, NeedCause(change.cause))

    def _change_need(self, element: int, tier: int, cause: NeedCause) -> None:
        """Is of another need tier from now on; nothing changes if it is the patient's already, or none."""
        if tier not in (NOWHERE, self._patient.groups[NEED_TIER]):
            self._record(Event.NEED_CHANGED, element, pool=cause, units=tier)
            if self._population is not None:
                self._population.change_tier(self._patient, tier)
            self._patient.groups[NEED_TIER] = tier

    def _after(self, days: float, rank: Rank) -> Until:
        """Returns the time so many days from now."""
        return self._until(self._clock.in_days(days), rank)

    def _until(self, time: int, rank: Rank) -> Until:
        """Returns a time in milliseconds."""
        return Until(self._clock, time, rank, self._patient.identity)
