"""Who comes to a slot, and whose need is met by advice alone."""

from __future__ import annotations

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.parts import ActivityPart, Groups, MissedPart
from pathway_modeller.simulation.simpy.holdings import ON_CASELOAD
from pathway_modeller.simulation.simpy.patient import Patient, Waiting
from pathway_modeller.simulation.simpy.routing import Uniform


def is_there(patient: Patient) -> bool:
    """Returns whether a patient is in a place; one on a caseload alone is at home meanwhile."""
    return any(held.stay != ON_CASELOAD for held in patient.held)


def misses(activity: ActivityPart, key: int, waiting: Waiting, now: float, luck: Uniform) -> bool:
    """Returns whether a patient does not come to the slot; who is in a place is there and does.

    Args:
        activity: what is started.
        key: its random-number key.
        waiting: who is started.
        now: when, in days.
        luck: gives the patient's uniforms.
    """
    patient = waiting.patient
    if activity.missed is None or is_there(patient):
        return False
    share = share_missed(activity.missed, now - waiting.joined, patient.groups)
    return luck(Purpose.ATTEND, key, patient, waiting.visit) < share


def share_missed(missed: MissedPart, waited: float, groups: Groups) -> float:
    """Returns the share who do not come after a wait in days: that of the longest wait reached."""
    share = missed.share
    for least, after in missed.by_wait:
        if on_tick(waited) >= least:
            share = after
    return share.of(groups)


def is_advised(activity: ActivityPart, key: int, patient: Patient, visit: int, luck: Uniform) -> bool:
    """Returns whether a patient's need was met by advice at a single point of contact."""
    point = activity.single_point
    return point is not None and luck(Purpose.ADVICE, key, patient, visit) < point.advice_only.of(
        patient.groups
    )
