"""How patients of the SimPy engine move: along arrows, through decisions and planned intervals, and off."""

from __future__ import annotations

from abc import ABC, abstractmethod

import simpy

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import FOOTPRINT, NEED_TIER, NOWHERE, ActivityPart, Arrow, Model
from pathway_modeller.simulation.simpy.caseload import Caseloads
from pathway_modeller.simulation.simpy.clock import Clock, Rank
from pathway_modeller.simulation.simpy.holdings import NO_STAY, Holdings
from pathway_modeller.simulation.simpy.living import make_living
from pathway_modeller.simulation.simpy.needs import drawn_change
from pathway_modeller.simulation.simpy.patient import Patient
from pathway_modeller.simulation.simpy.queues import Queues
from pathway_modeller.simulation.simpy.record import Recorder
from pathway_modeller.simulation.simpy.routing import choose_arrow
from pathway_modeller.simulation.trace import Event, NeedCause

_MOST_MOVES = 1000


class Movement(ABC):
    """The state of one replication, and the rules by which patients move in it.

    Args:
        model: the compiled pathway.
        seed: names the random numbers.
        replication: number of the replication.
    """

    def __init__(self, model: Model, seed: int, replication: int) -> None:
        self.model = model
        self.seed, self.replication = seed, replication
        self.clock = Clock()
        self.record = Recorder(model.legend)
        self.queues = Queues(len(model.capacity))
        self.holdings = Holdings(model, self.clock, self.queues, self.record, self._ask_start)
        self.caseloads = Caseloads(model, self.clock, self.record, self.holdings, self._uniform)
        self.population = make_living(model, seed, replication, self.clock, self.record)

    @abstractmethod
    def _ask_start(self) -> None:
        """Has whatever can start be started once the bound events of this instant are done."""

    @abstractmethod
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

    def _uniform(self, purpose: Purpose, key: int, patient: Patient, visit: int) -> float:
        """Returns the patient's uniform for a purpose."""
        return uniform(self.seed, self.replication, key, patient.stream, patient.ordinal, purpose, visit)

    def _choose(self, patient: Patient, element: int) -> Arrow:
        """Returns the arrow that a patient takes out of an element."""
        return choose_arrow(self.model, element, patient, self.clock.now, self.queues.waiting, self._uniform)

    def _follow(self, patient: Patient, element: int, arrow: Arrow, release_after: bool) -> None:
        """Moves a patient along an arrow.

        Args:
            patient: who.
            element: the element left.
            arrow: the arrow.
            release_after: whether units kept during a move are released at its end.
        """
        target = self._along(patient, element, arrow, release_after)
        if target is not None:
            self._reach(patient, target)

    def _along(self, patient: Patient, element: int, arrow: Arrow, release_after: bool) -> int | None:
        """Has a patient take an arrow; returns the element reached, or None if the move takes time."""
        for group, index in arrow.sets:
            patient.groups[group] = index
        if arrow.time is None:
            return arrow.target
        self._keep_or_release(patient, arrow)
        visit = patient.visits[element]
        time = arrow.time.of(patient.groups).quantile(self._uniform(Purpose.MOVE, arrow.key, patient, visit))
        self.record.patient(self.clock.now, patient, Event.MOVE_START, element)

        def arrive(_: simpy.Event) -> None:
            self.record.patient(self.clock.now, patient, Event.MOVE_END, arrow.target)
            if release_after:
                self.holdings.release_own(patient)
            self._reach(patient, arrow.target)

        self.clock.at(self.clock.now + time, Rank.MOVE_END, patient.identity, arrive)
        return None

    def _keep_or_release(self, patient: Patient, arrow: Arrow) -> None:
        """Keeps the units just used during a move that takes time, if the arrow says so, or releases them."""
        if not arrow.keeps_units:
            self.holdings.release_own(patient)
            return
        for held in patient.held:
            if held.stay == NO_STAY:
                self.record.patient(self.clock.now, patient, Event.BLOCKED, held.activity)

    def _reach(self, patient: Patient, element: int) -> None:
        """Has a patient reach an element, and go on through decisions until something takes them."""
        following: int | None = element
        while following is not None:
            following = self._come_to(patient, following)

    def _come_to(self, patient: Patient, element: int) -> int | None:
        """Has a patient come to an element; returns the next one where a decision sends them on at once."""
        self._count_move(patient, element)
        visit = patient.visit(element)
        activity, wait = self.model.activities[element], self.model.waits[element]
        if activity is not None:
            self._queue(patient, element, activity, visit, self.clock.now, True)
        elif wait is not None:
            self._begin_wait(patient, element, visit)
        elif self.model.exits[element]:
            self._draw_need(patient, element)
            self._leave(patient, Event.EXIT, element)
        else:
            self.record.patient(self.clock.now, patient, Event.DECIDE, element)
            return self._along(patient, element, self._choose(patient, element), False)
        return None

    def _count_move(self, patient: Patient, element: int) -> None:
        """Stops the run if a patient moves for ever without time passing."""
        if patient.instant != self.clock.now:
            patient.instant, patient.moves = self.clock.now, 0
        patient.moves += 1
        if patient.moves > _MOST_MOVES:
            raise SimulationStopped(endless_sentence(self.model.names[element], self.clock.now))

    def _leave(self, patient: Patient, event: Event, element: int, units: int = 0) -> None:
        """Has a patient leave the pathway; every unit held is released."""
        self.holdings.release_all(patient)
        self.record.patient(self.clock.now, patient, event, element, units=units)
        if event is Event.DIED and self.population is not None:
            self.population.leave(patient.groups[NEED_TIER], patient.groups[FOOTPRINT])

    def _go_on(self, patient: Patient, target: int, event: Event, element: int, units: int = 0) -> None:
        """Sends a patient to an element, or off the pathway where there is none; it ends a caseload."""
        self.caseloads.come_off(patient)
        if target == NOWHERE:
            self._leave(patient, event, element, units)
        else:
            self._reach(patient, target)

    def _change_need(self, patient: Patient, element: int, to_tier: int, cause: NeedCause) -> None:
        """Moves a patient to another need tier from now on; nothing changes if it is theirs, or none."""
        if to_tier not in (NOWHERE, patient.groups[NEED_TIER]):
            self.record.patient(self.clock.now, patient, Event.NEED_CHANGED, element, cause, to_tier)
            if self.population is not None:
                self.population.change_tier(patient.groups[NEED_TIER], to_tier, patient.groups[FOOTPRINT])
            patient.groups[NEED_TIER] = to_tier

    def _draw_need(self, patient: Patient, element: int) -> None:
        """Changes a patient's need tier as an element may do, by one uniform."""
        change = drawn_change(self.model, element, patient, self._uniform)
        if change is not None:
            self._change_need(patient, element, change.target, NeedCause(change.cause))

    def _begin_wait(self, patient: Patient, element: int, visit: int) -> None:
        """Begins a planned interval; units kept from before are released, since it needs none."""
        wait = self.model.waits[element]
        assert wait is not None, "only waits are begun"  # noqa: S101
        self.holdings.release_own(patient)
        self.holdings.end_stays(patient, wait.ends_at_start)
        self.record.patient(self.clock.now, patient, Event.WAIT_START, element)
        u = self._uniform(Purpose.WAIT, self.model.keys[element], patient, visit)

        def end(_: simpy.Event) -> None:
            self.record.patient(self.clock.now, patient, Event.WAIT_END, element)
            self.holdings.end_stays(patient, wait.ends_at_completion)
            self._follow(patient, element, self._choose(patient, element), False)

        time = self.clock.now + wait.time.of(patient.groups).quantile(u)
        self.clock.at(time, Rank.WAIT_END, patient.identity, end)


def endless_sentence(name: str, now: float) -> str:
    """Returns what is wrong where a patient moves for ever without time passing."""
    return (
        f"On day {now:.2f} a patient goes round and round through "
        f'"{name}" without any time passing; give one element of that '
        "loop a time above zero."
    )
