"""Joining and leaving queues: room, patience and what waiting does."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import TICK
from pathway_modeller.simulation.compiled import lines
from pathway_modeller.simulation.compiled.draws import drawn, duration, of, on_tick, sample
from pathway_modeller.simulation.compiled.events import K_DETERIORATE, K_GIVE_UP, at
from pathway_modeller.simulation.compiled.holdings import (
    ask_start,
    given_up_by_start,
    holds_units,
    is_there,
    needs_to_start,
)
from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.pointers import prefetch
from pathway_modeller.simulation.compiled.routes import drawn_for_service
from pathway_modeller.simulation.compiled.rows import tell
from pathway_modeller.simulation.compiled.space import took_new
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.trace import Event

EMERGENCY, NEED, DEATH = range(3)
"""What waiting may do."""

_FOR_PATIENCE, _FOR_DETERIORATE = int(Purpose.PATIENCE), int(Purpose.DETERIORATE)
_PATIENCE, _DETERIORATE = int(Rank.PATIENCE), int(Rank.DETERIORATE)
_JOIN, _BLOCKED = int(Event.JOIN), int(Event.BLOCKED)

line_for, join, leave_line, forget, ahead = (
    lines.line_for,
    lines.join,
    lines.leave,
    lines.forget,
    lines.ahead,
)


@part
def _new_waiting(w: World) -> int:
    """Returns a free place for a waiting."""
    s = w.state[0]
    q = s.free_wait
    if q >= 0:
        s.free_wait = w.waits[q].sibling
        prefetch(w.waits, s.free_wait)
        return q
    s.waits += 1
    took_new(w)
    return s.waits - 1


@always_inlined
def queue(w: World, p: int, element: int, visit: int, joined: float, newcomer: bool) -> None:
    """Has a patient join the queue of an activity."""
    s, a, patient = w.state[0], w.elements[element], w.patients[p]
    q = _new_waiting(w)
    x = w.waits[q]
    x.line = _line(w, p, element)
    prefetch(w.waits, max(w.lines[x.line].last, 0))
    # Drawn long before it is needed: uniform, logarithm and rounding, each waiting for the one before, take
    # longer than a processor can look ahead when a service starts.
    x.drawn = drawn_for_service(w, p, element, visit)
    x.patient, x.activity, x.visit = p, element, visit
    x.joined, x.key = joined, joined
    if a.discipline == 1:
        x.key = -joined
    elif a.discipline == 2:
        x.key = patient.entered
    x.priority = int(of(w, a.priority, p))
    x.restless, x.left, x.refs = 0, 0, 1
    x.child, x.sibling, x.holder, x.room = -1, -1, -1, -1
    tell(w, joined, p, _JOIN, element)
    if patient.own >= 0:
        tell(w, joined, p, _BLOCKED, patient.own)
    if holds_units(w, p):
        s.look = 1
        x.holder = s.holders
        w.holders[s.holders] = q
        s.holders += 1
    join(w, q)
    if a.room >= 0:
        _enter_room(w, q, newcomer)
    if a.patience >= 0:
        _schedule_patience(w, q)
    if a.det_end > a.det_start:
        _schedule_deterioration(w, q)
    ask_start(w)


@always_inlined
def _line(w: World, p: int, element: int) -> int:
    """Returns the line of a patient; for those who hold nothing it depends on the footprint alone."""
    plain, footprint = not holds_units(w, p), w.patients[p].footprint
    if plain and w.plain_lines[element, footprint + 1] >= 0:
        return w.plain_lines[element, footprint + 1]
    needs = needs_to_start(w, p, element)
    line = line_for(w, element, needs, given_up_by_start(w, p, element))
    if plain:
        w.plain_lines[element, footprint + 1] = line
    return line


@cold
def _enter_room(w: World, q: int, newcomer: bool) -> None:
    """Counts a patient into a room, unless they are in a place already; only newcomers can be turned away."""
    s, x = w.state[0], w.waits[q]
    if is_there(w, x.patient):
        return
    split = w.elements[x.activity].room_split == 1
    x.room = x.activity * (s.footprints + 1) + (w.patients[x.patient].footprint + 1 if split else 0)
    w.taken[x.room] += 1
    if not newcomer:
        return
    if x.joined != s.instant:
        s.instant = x.joined
        for i in range(s.newcomers):
            forget(w, w.newcomers[i])
        s.newcomers = 0
    w.newcomers[s.newcomers] = q
    s.newcomers += 1
    x.refs += 1


@part
def leave_queue(w: World, q: int) -> None:
    """Takes a patient out of a queue and its room."""
    x = w.waits[q]
    leave_line(w, q)
    if x.room >= 0:
        w.taken[x.room] -= 1


@part
def _schedule_patience(w: World, q: int) -> None:
    """Schedules the moment at which a patient gives up; for those of today's lists, from time 0."""
    x = w.waits[q]
    a = w.elements[x.activity]
    x.restless = 1
    x.refs += 1
    u = drawn(w, _FOR_PATIENCE, a.key, x.patient, x.visit)
    time = w.state[0].now + max(duration(w, a.patience, x.patient, u), TICK)
    at(w, time, _PATIENCE, w.patients[x.patient].identity, K_GIVE_UP, q, 0, 0, 0)


@part
def _schedule_deterioration(w: World, q: int) -> None:
    """Schedules what waiting does first to a patient; for those of today's lists, from time 0."""
    s, x = w.state[0], w.waits[q]
    a, first, due = w.elements[x.activity], -1, math.inf
    for d in range(a.det_start, a.det_end):
        what = w.deteriorations[d]
        sampler = int(of(w, what.time, x.patient))
        if sampler < 0 or (what.kind == NEED and what.to_tier == w.patients[x.patient].tier):
            continue
        after = max(sample(w, sampler, drawn(w, _FOR_DETERIORATE, what.key, x.patient, x.visit)), TICK)
        time = on_tick(s.now + after) if math.isfinite(after) else math.inf
        if first < 0 or time < due:
            first, due = d, time
    if first < 0:
        return
    x.restless = 1
    if due < s.until:
        x.refs += 1
        at(w, due, _DETERIORATE, w.patients[x.patient].identity, K_DETERIORATE, q, first, 0, 0)


@part
def _room_before(w: World, a: int, b: int) -> bool:
    """Returns whether a newcomer is judged before another: by room, then the last in queue order first."""
    if w.waits[a].room != w.waits[b].room:
        return w.waits[a].room < w.waits[b].room
    return ahead(w, b, a)


@part
def _excess(w: World, q: int) -> int:
    """Returns how many too many wait in the room of a newcomer."""
    x = w.waits[q]
    return w.taken[x.room] - w.elements[x.activity].room


@part
def without_place(w: World) -> int:
    """Lists the newcomers of this instant who find no place; returns how many."""
    return _without_place(w) if w.state[0].now == w.state[0].instant else 0


@cold
def _without_place(w: World) -> int:
    """Does so where newcomers joined a queue with limited room at this instant."""
    s, count = w.state[0], 0
    for i in range(s.newcomers):
        q = w.newcomers[i]
        if w.waits[q].left or _excess(w, q) <= 0:
            continue
        j = count
        while j > 0 and _room_before(w, q, w.turning[j - 1]):
            w.turning[j] = w.turning[j - 1]
            j -= 1
        w.turning[j] = q
        count += 1
    kept, room, number = 0, -1, 0
    for i in range(count):
        q = w.turning[i]
        number = number + 1 if w.waits[q].room == room else 1
        room = w.waits[q].room
        if number <= _excess(w, q):
            w.turning[kept] = q
            kept += 1
    return kept
