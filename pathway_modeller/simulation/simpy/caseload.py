"""Being on a caseload: coming onto it, when the next contact is due, and coming off."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.parts import CaseloadPart, Model
from pathway_modeller.simulation.simpy.clock import Clock
from pathway_modeller.simulation.simpy.holdings import Holdings
from pathway_modeller.simulation.simpy.patient import Enrolment, Patient
from pathway_modeller.simulation.simpy.record import Recorder
from pathway_modeller.simulation.simpy.routing import Uniform
from pathway_modeller.simulation.trace import Event


class Caseloads:
    """Takes patients onto caseloads and off them, and records both.

    Args:
        model: the compiled pathway.
        clock: tells the time.
        record: where rows are added.
        holdings: gives and takes places.
        luck: gives patients' uniforms.
    """

    def __init__(
        self, model: Model, clock: Clock, record: Recorder, holdings: Holdings, luck: Uniform
    ) -> None:
        self._model, self._clock, self._record = model, clock, record
        self._holdings, self._luck = holdings, luck

    def come_on(self, patient: Patient, element: int, caseload: CaseloadPart, visit: int) -> None:
        """Takes a patient who has been given a place onto a caseload; the time on it is drawn now."""
        if patient.enrolment is not None:
            return
        until = math.inf
        if caseload.length is not None:
            u = self._luck(Purpose.CASELOAD, self._model.keys[element], patient, visit)
            until = on_tick(self._clock.now + caseload.length.of(patient.groups).quantile(u))
        patient.enrolment = Enrolment(element, until)
        self._record.patient(self._clock.now, patient, Event.ON_CASELOAD, element)

    def next_event(
        self, patient: Patient, element: int, caseload: CaseloadPart, visit: int
    ) -> tuple[float, bool]:
        """Returns what follows a contact that ends now: its time in days, and whether it is a next contact.

        The next contact is due after the review interval, if the time on the caseload is not over by then;
        otherwise the patient comes off when it is over, at once if it is already.
        """
        u = self._luck(Purpose.REVIEW, self._model.keys[element], patient, visit)
        due = on_tick(self._clock.now + caseload.interval.of(patient.groups).quantile(u))
        until = math.inf if patient.enrolment is None else patient.enrolment.until
        return (due, True) if due < until else (max(until, self._clock.now), False)

    def come_off(self, patient: Patient) -> None:
        """Takes a patient off the caseload that they may be on, and their place with it."""
        if patient.enrolment is None:
            return
        self._record.patient(self._clock.now, patient, Event.OFF_CASELOAD, patient.enrolment.activity)
        patient.enrolment = None
        self._holdings.end_caseload(patient)
