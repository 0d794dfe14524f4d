"""What patients hold: units taken, kept and released, in service and over stays."""

from __future__ import annotations

from collections.abc import Callable

from pathway_modeller.simulation.model.parts import FOOTPRINT, ActivityPart, Model, Needs, PoolNeed
from pathway_modeller.simulation.simpy.clock import Clock
from pathway_modeller.simulation.simpy.patient import Held, Patient
from pathway_modeller.simulation.simpy.queues import Queues
from pathway_modeller.simulation.simpy.record import Recorder
from pathway_modeller.simulation.trace import Event

NO_STAY = -1
"""Marks units taken for a service and not for a stay."""
ON_CASELOAD = -2
"""Marks a place on a caseload."""


class Holdings:
    """Gives units to patients and takes them back, and records both.

    Args:
        model: the compiled pathway.
        clock: tells the time.
        queues: hold the capacity, and are told when units are freed.
        record: where rows are added.
        freed: called when units were released, so that others may start.
    """

    def __init__(
        self, model: Model, clock: Clock, queues: Queues, record: Recorder, freed: Callable[[], None]
    ) -> None:
        self._model, self._clock, self._queues, self._record = model, clock, queues, record
        self._freed = freed

    def needs_to_start(self, patient: Patient, activity: ActivityPart) -> Needs:
        """Returns the units needed to start: the activity's, those of stays that begin, a caseload place."""
        holding = {held.stay for held in patient.held} - set(activity.ends_at_start)
        stays = [self._model.stays[stay].needs for stay in activity.begins if stay not in holding]
        if activity.caseload is not None and ON_CASELOAD not in holding:
            stays.append((activity.caseload.place,))
        return _merged([_needs(pools, patient) for pools in (activity.needs, *stays)])

    def given_up_by_start(self, patient: Patient, activity: ActivityPart) -> Needs:
        """Returns the units that a start releases: those kept, and those of stays that it ends."""
        return _merged(
            [
                held.needs
                for held in patient.held
                if held.stay == NO_STAY or held.stay in activity.ends_at_start
            ]
        )

    def occupy(self, patient: Patient, element: int, activity: ActivityPart) -> None:
        """Gives a patient the units of an activity and of the stays, or the caseload, that begin with it."""
        holding = {held.stay for held in patient.held}
        if activity.caseload is not None and ON_CASELOAD not in holding:
            self._take(patient, _needs((activity.caseload.place,), patient), element, ON_CASELOAD)
        for stay in activity.begins:
            if stay not in holding:
                self._take(patient, _needs(self._model.stays[stay].needs, patient), element, stay)
        self.take_slot(patient, element, activity)

    def take_slot(self, patient: Patient, element: int, activity: ActivityPart) -> None:
        """Gives a patient the units of an activity alone."""
        if activity.needs:
            self._take(patient, _needs(activity.needs, patient), element, NO_STAY)

    def _take(self, patient: Patient, needs: Needs, element: int, stay: int) -> None:
        """Gives units to a patient."""
        patient.held.append(Held(needs, element, stay))
        for body, units in needs:
            self._queues.capacity.used[body] += units
            self._record.patient(self._clock.now, patient, Event.ACQUIRE, element, body, units)

    def release_own(self, patient: Patient) -> None:
        """Releases the units of a service, not those of stays."""
        self._release(patient, lambda held: held.stay == NO_STAY)

    def release_all(self, patient: Patient) -> None:
        """Releases everything, as a patient leaves."""
        self._release(patient, lambda _: True)

    def end_caseload(self, patient: Patient) -> None:
        """Releases a place on a caseload."""
        self._release(patient, lambda held: held.stay == ON_CASELOAD)

    def end_stays(self, patient: Patient, stays: tuple[int, ...]) -> None:
        """Ends stays that a patient may be on."""
        if stays:
            self._release(patient, lambda held: held.stay in stays)

    def _release(self, patient: Patient, which: Callable[[Held], bool]) -> None:
        """Takes back those of a patient's units that are meant."""
        kept = []
        for held in patient.held:
            if not which(held):
                kept.append(held)
                continue
            for body, units in held.needs:
                self._queues.capacity.used[body] -= units
                self._record.patient(self._clock.now, patient, Event.RELEASE, held.activity, body, units)
                self._queues.freed(body)
        if len(kept) < len(patient.held):
            patient.held = kept
            self._freed()


def _needs(pools: tuple[PoolNeed, ...], patient: Patient) -> Needs:
    """Returns the units needed of the bodies of a patient's footprint."""
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
