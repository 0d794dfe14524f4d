"""What may happen to a patient during care, and how good the unit is in which they are cared for."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import TICK
from pathway_modeller.simulation.compiled.draws import drawn, of, on_tick, sample, share_now
from pathway_modeller.simulation.compiled.events import K_END, K_HARM, at
from pathway_modeller.simulation.compiled.jit import cold
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.queues import NEED
from pathway_modeller.simulation.ranks import Rank

_IN_SERVICE, BETWEEN_CONTACTS = int(Purpose.HARM), int(Purpose.HARM_BETWEEN)
_FOR_QUALITY = int(Purpose.QUALITY)
_SERVICE_END, _DETERIORATE = int(Rank.SERVICE_END), int(Rank.DETERIORATE)


@cold
def first_danger(w: World, p: int, element: int, visit: int, purpose: int, before: float) -> bool:
    """Schedules what would happen first to a patient in care, if it comes before a time.

    Args:
        w: the world.
        p: the patient.
        element: the activity, one that reacts.
        visit: the number of the visit.
        purpose: what the uniforms are for: during a service, or between contacts.
        before: the time in days.

    Returns:
        Whether it does.
    """
    s, a, first, due = w.state[0], w.elements[element], -1, math.inf
    r = w.reactions[a.reacts]
    is_good = False
    if r.quality >= 0:
        u = drawn(w, _FOR_QUALITY, a.key, p, visit if a.caseload < 0 else 0)
        is_good = u < share_now(w, r.quality, p)
    for d in range(r.danger_start, r.danger_end):
        what = w.deteriorations[d]
        sampler, factor = int(of(w, what.time, p)), what.if_good if is_good else 1.0
        is_theirs = what.kind == NEED and what.to_tier == w.patients[p].tier
        if sampler < 0 or is_theirs or factor == 0.0:
            continue
        after = max(sample(w, sampler, drawn(w, purpose, what.key, p, visit)) / factor, TICK)
        time = on_tick(s.now + after) if math.isfinite(after) else math.inf
        if first < 0 or time < due:
            first, due = d, time
    if first < 0 or due >= before:
        return False
    if due < s.until:
        at(w, due, _DETERIORATE, w.patients[p].identity, K_HARM, p, element, first, 0)
    return True


@cold
def end_or_harm(w: World, p: int, element: int, visit: int, time: float, kind: int) -> None:
    """Schedules the end of a service, or what happens before it to a patient who is there."""
    end = w.state[0].now + time
    if kind == K_END and first_danger(w, p, element, visit, _IN_SERVICE, on_tick(end)):
        return
    at(w, end, _SERVICE_END, w.patients[p].identity, kind, p, element, visit, 0)
