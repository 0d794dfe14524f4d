"""The heap of bound events, in order of time, rank, identity and scheduling."""

from __future__ import annotations

import math

from pathway_modeller.simulation.compiled.jit import jit
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
    K_START,
) = range(15)
"""What an event does."""


@jit
def _before(w: World, i: int, j: int) -> bool:
    """Returns whether one event of the heap comes before another."""
    a, b = w.heap[i], w.heap[j]
    if a.time != b.time:
        return a.time < b.time
    if a.rank != b.rank:
        return a.rank < b.rank
    if a.identity != b.identity:
        return a.identity < b.identity
    return a.seq < b.seq


@jit
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
    s, heap = w.state[0], w.heap
    time = on_tick(time)
    s.seq += 1
    if time >= s.until:
        return
    here = s.events + 1
    s.events += 1
    new = heap[0]
    new.time, new.rank, new.identity, new.seq = time, rank, identity, s.seq
    new.kind, new.p, new.e, new.v, new.x = kind, p, e, v, x
    while here > 1 and _before(w, 0, here >> 1):
        heap[here] = heap[here >> 1]
        here >>= 1
    heap[here] = heap[0]


@jit
def peek(w: World) -> float:
    """Returns when the next event is due; infinity if none is."""
    return w.heap[1].time if w.state[0].events > 0 else math.inf


@jit
def pop(w: World) -> None:
    """Takes the next event out of the heap and puts it where the engine looks."""
    s, heap = w.state[0], w.heap
    w.event[0] = heap[1]
    last = s.events
    s.events -= 1
    heap[0] = heap[last]
    here = 1
    while 2 * here < last:
        child = 2 * here
        if child + 1 < last and _before(w, child + 1, child):
            child += 1
        if not _before(w, child, 0):
            break
        heap[here] = heap[child]
        here = child
    heap[here] = heap[0]
