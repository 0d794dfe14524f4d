"""What happens when a service of the SimPy engine ends: need changes, the next contact, advice, going on."""

from __future__ import annotations

import simpy

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.model.parts import ActivityPart, CaseloadPart
from pathway_modeller.simulation.simpy.attendance import is_advised
from pathway_modeller.simulation.simpy.clock import Rank
from pathway_modeller.simulation.simpy.movement import Movement
from pathway_modeller.simulation.simpy.needs import reach_by_contact
from pathway_modeller.simulation.simpy.patient import Patient
from pathway_modeller.simulation.trace import Event


class Completion(Movement):
    """The rules by which services, and slots to which nobody came, end."""

    def _end_service(self, patient: Patient, element: int, activity: ActivityPart, visit: int) -> None:
        """Ends an attended service: the patient stays on the caseload, or goes on."""
        self.record.patient(self.clock.now, patient, Event.COMPLETE, element)
        self._affect(patient, element)
        if activity.caseload is None:
            self._finish(patient, element, activity, visit)
            return
        self.holdings.release_own(patient)
        self.holdings.end_stays(patient, activity.ends_at_completion)
        self._until_next_contact(patient, element, activity, activity.caseload, visit)

    def _until_next_contact(
        self, patient: Patient, element: int, activity: ActivityPart, caseload: CaseloadPart, visit: int
    ) -> None:
        """Has a patient wait for the next contact of a caseload, or for the end of their time on it."""
        time, again = self.caseloads.next_event(patient, element, caseload, visit)

        def fall_due(_: simpy.Event) -> None:
            self.record.patient(self.clock.now, patient, Event.REVIEW_DUE, element)
            self._reach(patient, element)

        def finish(_: simpy.Event | None) -> None:
            self.caseloads.come_off(patient)
            self._finish(patient, element, activity, visit)

        if time <= self.clock.now and not again:
            finish(None)
        elif time < self.model.until:
            self.clock.at(time, Rank.WAIT_END, patient.identity, fall_due if again else finish)

    def _finish(self, patient: Patient, element: int, activity: ActivityPart, visit: int) -> None:
        """Has a patient who is done here go on, or leave with advice; units are released unless kept."""
        key = self.model.keys[element]
        if is_advised(activity, key, patient, visit, self._uniform):
            self._advise(patient, element, activity)
            return
        arrow = self._choose(patient, element)
        if arrow.time is None and not activity.holds:
            self.holdings.release_own(patient)
        self.holdings.end_stays(patient, activity.ends_at_completion)
        self._follow(patient, element, arrow, not activity.holds)

    def _advise(self, patient: Patient, element: int, activity: ActivityPart) -> None:
        """Sends on a patient whose need was met by advice."""
        assert activity.single_point is not None, "only a single point of contact advises"  # noqa: S101
        self.record.patient(self.clock.now, patient, Event.ADVISED, element)
        if not activity.holds:
            self.holdings.release_own(patient)
        self.holdings.end_stays(patient, activity.ends_at_completion)
        self._go_on(patient, activity.single_point.advice_to, Event.LEFT_ADVISED, element)

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
