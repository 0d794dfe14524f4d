"""The heap of bound events, in order of time, rank, identity and scheduling.

A heap of four children to a place (LaMarca and Ladner, "The influence of caches on the performance of heaps",
ACM Journal of Experimental Algorithmics 1, 1996) of times and places of events; the events themselves stay
where they are. Starts, which come last at each instant, are no events but a flag (``start_asked``).
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.compiled.jit import part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.luck import on_tick

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
    K_FOLLOW,
    K_DETERIORATE,
    K_GIVE_UP,
) = range(14)
"""What an event does."""


@part
def _first_of_equals(w: World, a: int, b: int) -> bool:
    """Returns whether one event comes before another of the same time."""
    one, other = w.events[a], w.events[b]
    if one.rank != other.rank:
        return one.rank < other.rank
    if one.identity != other.identity:
        return one.identity < other.identity
    return one.seq < other.seq


@part
def _before(w: World, time: float, event: int, other_time: float, other: int) -> bool:
    """Returns whether one event comes before another."""
    return time < other_time or (time == other_time and _first_of_equals(w, event, other))


@part
def at(w: World, time: float, rank: int, identity: int, kind: int, p: int, e: int, v: int, x: float) -> None:
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
        x: a further number.
    """
    s = w.state[0]
    time = on_tick(time)
    s.seq += 1
    if time >= s.until:
        return
    event = w.free_events[s.events]
    new = w.events[event]
    new.time, new.rank, new.identity, new.seq = time, rank, identity, s.seq
    new.kind, new.p, new.e, new.v, new.x = kind, p, e, v, x
    here = s.events
    s.events += 1
    while here > 0:
        parent = (here - 1) >> 2
        above = w.heap[parent]
        if not _before(w, time, event, above.time, above.event):
            break
        w.heap[here].time, w.heap[here].event = above.time, above.event
        here = parent
    w.heap[here].time, w.heap[here].event = time, event


@part
def peek_event(w: World) -> float:
    """Returns when the next event is due; infinity if none is."""
    return w.heap[0].time if w.state[0].events > 0 else math.inf


@part
def peek(w: World) -> float:
    """Returns when the next thing is due, starts included; infinity if nothing is."""
    s = w.state[0]
    return s.now if s.start_asked else peek_event(w)


@part
def pop(w: World) -> int:
    """Takes the next event out of the heap; returns its place, which is good until the next is scheduled."""
    s = w.state[0]
    taken = w.heap[0].event
    s.events -= 1
    last = s.events
    w.free_events[last] = taken
    time, event = w.heap[last].time, w.heap[last].event
    here = 0
    while 4 * here + 1 < last:
        child = 4 * here + 1
        for other in range(child + 1, min(child + 4, last)):
            one, best = w.heap[other], w.heap[child]
            if _before(w, one.time, one.event, best.time, best.event):
                child = other
        below = w.heap[child]
        if not _before(w, below.time, below.event, time, event):
            break
        w.heap[here].time, w.heap[here].event = below.time, below.event
        here = child
    w.heap[here].time, w.heap[here].event = time, event
    return taken
