"""What waiting does to patients: which deterioration would come first, and when."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.parts import NEED_TIER, ActivityPart, DeteriorationPart
from pathway_modeller.simulation.simpy.patient import Waiting
from pathway_modeller.simulation.simpy.routing import Uniform


def first_deterioration(
    activity: ActivityPart, waiting: Waiting, now: float, luck: Uniform
) -> tuple[float, DeteriorationPart] | None:
    """Returns what would happen first to a patient who waits on, with its time in days; None if nothing.

    Each has a clock of its own; of those that run out in the same millisecond the first by id counts. A
    patient cannot move to the need tier that is theirs already.

    Args:
        activity: whose queue it is.
        waiting: the patient in that queue.
        now: when the clocks start: at joining, for those of today's lists time 0.
        luck: gives the patient's uniforms.
    """
    groups = waiting.patient.groups
    first: tuple[float, DeteriorationPart] | None = None
    for what in activity.deterioration:
        time = what.time.of(groups)
        if time is None or (what.kind == "need" and what.to_tier == groups[NEED_TIER]):
            continue
        after = time.quantile(luck(Purpose.DETERIORATE, what.key, waiting.patient, waiting.visit))
        due = on_tick(now + after) if math.isfinite(after) else math.inf
        if first is None or due < first[0]:
            first = due, what
    return first
