"""A patient's life on the pathway: one SimPy process, which reads from coming to leaving.

A method that yields is a part of that life, and yields what the patient waits for: a time, or the end of a
wait in a queue. It returns the element to which the patient goes next, ``NOWHERE`` once they have left.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import simpy

from pathway_modeller.simulation.errors import SimulationStopped
from pathway_modeller.simulation.parts import (
    NEED_TIER,
    NOWHERE,
    ActivityPart,
    Arrow,
    DeteriorationPart,
    MissedPart,
    Table,
    WaitPart,
)
from pathway_modeller.simulation.random_numbers import Purpose
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.samplers import Sampler
from pathway_modeller.simulation.simpy.capacity import Ending, Place, Process, Queues
from pathway_modeller.simulation.simpy.clock import Until
from pathway_modeller.simulation.simpy.patient import NO_STAY, ON_CASELOAD, Patient, Visit, share_missed
from pathway_modeller.simulation.simpy.people import Population
from pathway_modeller.simulation.simpy.world import World
from pathway_modeller.simulation.stopping import MOST_MOVES, endless_sentence
from pathway_modeller.simulation.ticks import TICKS_PER_DAY, ticks_of
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
        self._model, self._clock, self._record = world.model, world.clock, patient.record
        self._patient, self._queues, self._population = patient, queues, population
        self._caseload: tuple[int, float] | None = None
        """The activity whose caseload the patient is on, and until when in milliseconds."""
        self._instant, self._moves = -1, 0

    # --- from first to last ------------------------------------------------------------------------

    def from_entry(self, element: int) -> Process:
        """Comes by an entry point."""
        self._patient.reach(element)
        self._record(Event.ARRIVE, element)
        yield from self._onward((yield from self._along(element, self._way_on(element))))

    def from_queue(self, element: int, activity: ActivityPart, waited: Sampler) -> Process:
        """Stands in a queue of today's lists."""
        at = self._visit(element, activity)
        u = self._patient.uniform(Purpose.WAITED, at.key, at.number)
        joined = self._patient.entered = ticks_of(-waited.quantile(u))
        place = self._join(at, joined, newcomer=False)
        self._record(Event.PRESENT, at.element)
        yield from self._onward((yield from self._attend(at, place)))

    def from_service(self, element: int, activity: ActivityPart, remaining: Table[Sampler]) -> Process:
        """Is being seen at time 0."""
        at = self._visit(element, activity)
        self._record(Event.PRESENT, at.element)
        self._occupy(at)
        yield self._over(remaining, Purpose.REMAINING, at.key, at.number, Rank.SERVICE_END)
        yield from self._onward((yield from self._complete(at)))

    def _onward(self, element: int) -> Process:
        """Goes from element to element until none follows."""
        while element != NOWHERE:
            element = yield from self._reach(element)

    def _reach(self, element: int) -> Course:
        """Reaches an element, and does what is done there."""
        self._count_move(element)
        activity, wait = self._model.activities[element], self._model.waits[element]
        if activity is not None:
            at = self._visit(element, activity)
            return (yield from self._attend(at, self._join(at, self._clock.now, newcomer=True)))
        self._patient.reach(element)
        if wait is not None:
            return (yield from self._stay_away(element, wait))
        if self._model.exits[element]:
            self._draw_need(element)
            return self._leave(Event.EXIT, element)
        self._record(Event.DECIDE, element)
        return (yield from self._along(element, self._way_on(element)))

    def _visit(self, element: int, activity: ActivityPart) -> Visit:
        """Begins a visit to an activity."""
        return Visit(element, self._model.keys[element], activity, self._patient.reach(element))

    def _count_move(self, element: int) -> None:
        """Stops the run if the patient moves for ever without time passing."""
        if self._instant != self._clock.now:
            self._instant, self._moves = self._clock.now, 0
        self._moves += 1
        if self._moves > MOST_MOVES:
            raise SimulationStopped(endless_sentence(self._model.names[element], self._clock.days))

    # --- at an activity ----------------------------------------------------------------------------

    def _attend(self, at: Visit, place: Place) -> Course:
        """Waits in the queue; if that ends with a start, is seen and goes on."""
        how: Ending | DeteriorationPart = yield place
        if how is not Ending.STARTED:
            return self._not_seen(at, how)
        missed = self._start(at, self._clock.now - place.joined)
        yield self._over(at.activity.service, Purpose.SERVICE, at.key, at.number, Rank.SERVICE_END)
        if missed is not None:
            return self._miss(at, missed)
        return (yield from self._complete(at))

    def _complete(self, at: Visit) -> Course:
        """Completes a contact; comes again if on a caseload, else goes on along an arrow or with advice."""
        activity = at.activity
        self._record(Event.COMPLETE, at.element)
        if self._population is not None:
            self._population.reached_by_contact(at.element, self._patient)
        self._draw_need(at.element)
        if activity.caseload is not None:
            self._queues.release(self._patient)
            self._queues.release(self._patient, activity.ends_at_completion)
            due = self._clock.in_days(self._days(activity.caseload.interval, Purpose.REVIEW, at))
            if due < self._on_caseload_until():
                yield self._until(due, Rank.WAIT_END)
                self._record(Event.REVIEW_DUE, at.element)
                return at.element
            if self._on_caseload_until() > self._clock.now:
                yield self._until(int(self._on_caseload_until()), Rank.WAIT_END)
            self._come_off_caseload()
        point = activity.single_point
        if point is not None and self._draws(Purpose.ADVICE, at, point.advice_only):
            self._record(Event.ADVISED, at.element)
            self._done(activity, keeps=activity.holds)
            return self._sent(point.advice_to, Event.LEFT_ADVISED, at.element)
        arrow = self._way_on(at.element)
        self._done(activity, keeps=activity.holds or arrow.time is not None)
        return (yield from self._along(at.element, arrow, releases=not activity.holds))

    def _join(self, at: Visit, joined: int, *, newcomer: bool) -> Place:
        """Joins the queue, as of a time in milliseconds; patience and harm run from now."""
        patient, activity, now = self._patient, at.activity, self._clock.now
        place = Place(self._clock, patient, at, joined, newcomer)
        self._record(Event.JOIN, at.element, ago=now - joined)
        kept = [held.activity for held in patient.held if held.stay == NO_STAY]
        if kept:
            self._record(Event.BLOCKED, kept[0])
        self._queues.join(place)
        if activity.patience is not None:
            over = self._over(activity.patience, Purpose.PATIENCE, at.key, at.number, Rank.PATIENCE)
            self._ends(place, over, Ending.GAVE_UP)
        if activity.deterioration:
            due, what = patient.first_deterioration(at)
            place.restless = what is not None or place.restless
            if what is not None and due < math.inf:
                self._ends(place, self._until(ticks_of(due), Rank.DETERIORATE), what)
        return place

    def _ends(self, place: Place, over: Until, how: Ending | DeteriorationPart) -> None:
        """Has a wait end at a time, unless it ends before."""
        place.restless = True
        over.callbacks.append(lambda _: self._queues.end(place, how))

    def _not_seen(self, at: Visit, how: Ending | DeteriorationPart) -> int:
        """Leaves a queue without having been started."""
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

    def _start(self, at: Visit, waited: int) -> MissedPart | None:
        """Is started after a wait in milliseconds; returns what missing the slot leads to if it is missed."""
        missed, patient = at.activity.missed, self._patient
        if missed is not None and not patient.in_a_place:
            share = share_missed(missed, waited / TICKS_PER_DAY, patient.groups)
            if patient.uniform(Purpose.ATTEND, at.key, at.number) < share:
                self._record(Event.START_MISSED, at.element)
                self._queues.take(patient, at.activity.needs, at.element)
                return missed
        self._record(Event.START, at.element)
        self._queues.release(patient)
        self._queues.release(patient, at.activity.ends_at_start)
        self._occupy(at)
        return None

    def _occupy(self, at: Visit) -> None:
        """Takes all that a start takes, and comes onto a caseload if there is one."""
        self._queues.take_all(self._patient, at.element, at.activity)
        caseload = at.activity.caseload
        if caseload is not None and self._caseload is None:
            until = math.inf
            if caseload.length is not None:
                until = self._clock.in_days(self._days(caseload.length, Purpose.CASELOAD, at))
            self._caseload = at.element, until
            self._record(Event.ON_CASELOAD, at.element)

    def _miss(self, at: Visit, missed: MissedPart) -> int:
        """Has not come to a slot, which is over: is booked again, sent on, or discharged."""
        self._record(Event.DID_NOT_ATTEND, at.element)
        self._queues.release(self._patient)
        if self._draws(Purpose.REBOOK, at, missed.rebook):
            return at.element
        return self._sent(missed.others_go_to, Event.LEFT_NOT_ATTENDED, at.element)

    def _done(self, activity: ActivityPart, *, keeps: bool) -> None:
        """Is done with an activity; its units are released unless kept."""
        if not keeps:
            self._queues.release(self._patient)
        self._queues.release(self._patient, activity.ends_at_completion)

    def _on_caseload_until(self) -> float:
        """Returns when the patient's time on the caseload is over, in milliseconds."""
        return math.inf if self._caseload is None else self._caseload[1]

    def _come_off_caseload(self) -> None:
        """Comes off the caseload that the patient may be on, and gives the place on it back."""
        if self._caseload is not None:
            self._record(Event.OFF_CASELOAD, self._caseload[0])
            self._caseload = None
            self._queues.release(self._patient, (ON_CASELOAD,))

    # --- between activities ------------------------------------------------------------------------

    def _stay_away(self, element: int, wait: WaitPart) -> Course:
        """Spends a planned interval; units kept from before are released, since it needs none."""
        self._queues.release(self._patient)
        self._queues.release(self._patient, wait.ends_at_start)
        self._record(Event.WAIT_START, element)
        key, visit = self._model.keys[element], self._patient.visits[element]
        yield self._over(wait.time, Purpose.WAIT, key, visit, Rank.WAIT_END)
        self._record(Event.WAIT_END, element)
        self._queues.release(self._patient, wait.ends_at_completion)
        return (yield from self._along(element, self._way_on(element)))

    def _way_on(self, element: int) -> Arrow:
        """Returns the arrow to be taken out of an element."""
        return self._patient.way_on(element, self._queues.waiting)

    def _along(self, element: int, arrow: Arrow, *, releases: bool = False) -> Course:
        """Takes an arrow; if that takes time, units that it keeps may be released at the end of it."""
        for group, index in arrow.sets:
            self._patient.groups[group] = index
        if arrow.time is not None:
            self._keep_or_release(arrow)
            self._record(Event.MOVE_START, element)
            visit = self._patient.visits[element]
            yield self._over(arrow.time, Purpose.MOVE, arrow.key, visit, Rank.MOVE_END)
            self._record(Event.MOVE_END, arrow.target)
            if releases:
                self._queues.release(self._patient)
        return arrow.target

    def _keep_or_release(self, arrow: Arrow) -> None:
        """Keeps the units just used during a move that takes time, if the arrow says so, or releases them."""
        if not arrow.keeps_units:
            self._queues.release(self._patient)
        for held in self._patient.held:
            if held.stay == NO_STAY:
                self._record(Event.BLOCKED, held.activity)

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

    # --- need --------------------------------------------------------------------------------------

    def _draw_need(self, element: int) -> None:
        """Is changed in need as an element may do."""
        change = self._patient.need_change(element)
        if change is not None:
            self._change_need(element, change.target, NeedCause(change.cause))

    def _change_need(self, element: int, tier: int, cause: NeedCause) -> None:
        """Is of another need tier from now on; nothing changes if it is the patient's already, or none."""
        groups = self._patient.groups
        if tier not in (NOWHERE, groups[NEED_TIER]):
            self._record(Event.NEED_CHANGED, element, pool=cause, units=tier)
            if self._population is not None:
                self._population.change_tier(self._patient, tier)
            groups[NEED_TIER] = tier

    # --- what is drawn and waited for ----------------------------------------------------------------

    def _days(self, time: Table[Sampler], purpose: Purpose, at: Visit) -> float:
        """Returns how long something takes, in days."""
        return self._patient.days(time, purpose, at.key, at.number)

    def _draws(self, purpose: Purpose, at: Visit, share: Table[float]) -> bool:
        """Returns whether the patient is among a share."""
        return self._patient.uniform(purpose, at.key, at.number) < share.of(self._patient.groups)

    def _over(self, time: Table[Sampler], purpose: Purpose, key: int, visit: int, rank: Rank) -> Until:
        """Returns the moment at which something that begins now is over."""
        return self._until(self._clock.in_days(self._patient.days(time, purpose, key, visit)), rank)

    def _until(self, time: int, rank: Rank) -> Until:
        """Returns a time in milliseconds."""
        return Until(self._clock, time, rank, self._patient.identity)
