"""What completing a contact, or leaving, does to a patient's need tier, and whom prevention reaches."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.model.living_parts import NOBODY, NeedChangePart, PopulationPart
from pathway_modeller.simulation.model.parts import FOOTPRINT, NEED_TIER, Model
from pathway_modeller.simulation.simpy.living import Population
from pathway_modeller.simulation.simpy.patient import Patient
from pathway_modeller.simulation.simpy.routing import Uniform


def drawn_change(model: Model, element: int, patient: Patient, luck: Uniform) -> NeedChangePart | None:
    """Returns the change of need that an element makes for a patient: the first that fits and is drawn.

    One uniform decides: those that fit the patient's need tier take their shares of it in order.
    """
    changes = model.need_changes[element] if model.need_changes else ()
    if not changes:
        return None
    u = luck(Purpose.NEED, model.keys[element], patient, patient.visits[element])
    total = 0.0
    for change in changes:
        if change.origin in (NOBODY, patient.groups[NEED_TIER]):
            total += change.share.of(patient.groups)
            if u < total:
                return change
    return None


def reach_by_contact(
    part: PopulationPart, population: Population, element: int, patient: Patient, now: float, luck: Uniform
) -> None:
    """Has an attended contact protect its patient by every prevention that it brings and they take up."""
    for number in part.reached_at[element]:
        prevention = part.preventions[number]
        if not prevention.begins <= now < prevention.ends:
            continue
        visit = patient.visits[element]
        u = luck(Purpose.UPTAKE, prevention.key, patient, visit)
        if u < prevention.uptake.of(patient.groups):
            lasts = math.inf
            if prevention.life < math.inf:
                lasts = -prevention.life * math.log(1.0 - luck(Purpose.FADE, prevention.key, patient, visit))
            tier, footprint = patient.groups[NEED_TIER], patient.groups[FOOTPRINT]
            population.protect(number, tier, footprint, patient.identity, lasts)
