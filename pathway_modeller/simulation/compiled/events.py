"""Bound events, in order of time, rank, identity and scheduling.

What is due later lies in boxes (``boxes.py``). The events of the present box stand in order of time; what is
scheduled for the time of this box meanwhile goes into a heap (``heap.py``). Tens of thousands of events, most
of them weeks ahead, then cost little more than a few.

Starts, which come last at each instant, are no events but a flag (``start_asked``); nor is the next patient
of those who follow the people, whose time stands in the state (``follow_due``), since it changes whenever
people move.
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY
from pathway_modeller.simulation.compiled.calendar_queue import NOBODY, empty_a_box, put_into_box
from pathway_modeller.simulation.compiled.draws import ticks_of
from pathway_modeller.simulation.compiled.heap import ROOT, before, put, take_root
from pathway_modeller.simulation.compiled.jit import always_inlined, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.pointers import prefetch
from pathway_modeller.simulation.ranks import Rank

(
    K_CAPACITY,
    K_END,
    K_END_MISSED,
    K_WAIT_END,
    K_DUE,
    K_OFF,
    K_MOVE_END,
    K_WAKE,
    K_STEP,
    K_PROTECT,
    K_ARRIVE,
    K_DETERIORATE,
    K_GIVE_UP,
    K_HARM,
) = range(14)
"""What an event does."""

_ARRIVAL = int(Rank.ARRIVAL)


@part
def at(w: World, time: float, rank: int, identity: int, kind: int, p: int, e: int, v: int, x: int) -> None:
    """Schedules an event at the nearest millisecond; what is due after the run is left out.

    Args:
        w: the world.
        time: when, in days.
        rank: order among events of the same time.
        identity: order among events of the same time and rank.
        kind: what it does.
        p: the patient, or the waiting.
        e: the element, or another index.
        v: the visit, or another number.
        x: a further small number.
    """
    s = w.state[0]
    ticks = ticks_of(time)
    s.seq += 1
    if ticks >= s.until_ticks:
        return
    time = ticks / TICKS_PER_DAY
    event = w.free_events[s.events]
    new = w.events[event]
    new.identity, new.seq, new.kind, new.p, new.e, new.v, new.x = identity, s.seq, kind, p, e, v, x
    box = max(int(ticks * s.boxes_a_tick), 0)
    if s.events == 1:  # there is no other
        s.box = box
    s.events += 1
    if box <= s.box:
        put(w, time, rank, event)
        return
    new.time, new.rank = time, rank
    put_into_box(w)
    s.latest, s.latest_box = event, box
    prefetch(w.boxes, box)


@always_inlined
def _next_of_box_is_first(w: World) -> bool:
    """Returns whether the next event of the present box comes before those in the heap."""
    soon, other = w.soon[w.state[0].soon], w.heap[ROOT].time
    if soon.time != other:
        return soon.time < other
    return soon.event != NOBODY and before(w, soon.time, w.events[soon.event].rank, soon.event, ROOT)


@always_inlined
def _next_event(w: World) -> float:
    """Returns when the next event is due; infinity if none is."""
    return min(w.soon[w.state[0].soon].time, w.heap[ROOT].time)


@part
def peek_event(w: World) -> float:
    """Returns when the next event is due, or the next patient of those who follow the people comes."""
    s = w.state[0]
    return min(_next_event(w), s.follow_due)


@part
def follower_is_next(w: World) -> bool:
    """Returns whether a patient of those who follow the people comes before any event."""
    s = w.state[0]
    next_time = _next_event(w)
    return s.follow_due < next_time or (s.follow_due == next_time and _follower_is_first_of_equals(w))


@part
def _follower_is_first_of_equals(w: World) -> bool:
    """Returns so where an event is due at the same time."""
    s, event, rank = w.state[0], w.heap[ROOT].event, w.heap[ROOT].rank
    if _next_of_box_is_first(w):
        event = w.soon[s.soon].event
        rank = w.events[event].rank
    if rank != _ARRIVAL:
        return rank > _ARRIVAL
    identity = (w.streams[s.follower].key << 32) | w.coming[s.follower].ordinal
    return identity < w.events[event].identity


@part
def peek(w: World) -> float:
    """Returns when the next thing is due, starts included; infinity if nothing is."""
    s = w.state[0]
    return s.now if s.start_asked else peek_event(w)


@part
def pop(w: World) -> int:
    """Takes the next event, and the time is now.

    Returns:
        The event's place, which is good until the next is scheduled.
    """
    s = w.state[0]
    if _next_of_box_is_first(w):
        s.now = w.soon[s.soon].time
        taken = w.soon[s.soon].event
        s.soon += 1
    else:
        s.now = w.heap[ROOT].time
        taken = take_root(w)
    s.events -= 1
    w.free_events[s.events] = taken
    if s.events > 1 and _next_event(w) == math.inf:
        empty_a_box(w)
    following = w.soon[s.soon]
    prefetch(w.events, following.event)
    prefetch(w.patients, following.p)
    prefetch(w.visits, following.p)
    return taken
