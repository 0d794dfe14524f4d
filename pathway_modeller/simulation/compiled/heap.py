"""A heap of events in order of time, rank, identity and scheduling.

It has four children to a place (LaMarca and Ladner, "The influence of caches on the performance of heaps",
ACM Journal of Experimental Algorithmics 1, 1996), which share a line of the cache: its root is place 3, and
the children of place i begin at 4 (i - 2). It holds times, ranks and places of events; the events themselves
stay where they are.
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.compiled.jit import part
from pathway_modeller.simulation.compiled.layout import World

ROOT = 3
"""Where the heap begins, so that children share a line of the cache."""


@part
def first_of_equals(w: World, a: int, b: int) -> bool:
    """Returns whether one event comes before another of the same time and rank."""
    one, other = w.events[a], w.events[b]
    if one.identity != other.identity:
        return one.identity < other.identity
    return one.seq < other.seq


@part
def before(w: World, time: float, rank: int, event: int, other: int) -> bool:
    """Returns whether an event comes before that at a place of the heap."""
    there = w.heap[other]
    if time != there.time:
        return time < there.time
    return rank < there.rank or (rank == there.rank and first_of_equals(w, event, there.event))


@part
def _copy(w: World, here: int, there: int) -> None:
    """Puts what stands at one place of the heap at another."""
    w.heap[here].time, w.heap[here].rank = w.heap[there].time, w.heap[there].rank
    w.heap[here].event = w.heap[there].event


@part
def put(w: World, time: float, rank: int, event: int) -> None:
    """Puts an event into the heap."""
    s = w.state[0]
    here = ROOT + s.near
    s.near += 1
    while here > ROOT:
        parent = (here >> 2) + 2
        if not before(w, time, rank, event, parent):
            break
        _copy(w, here, parent)
        here = parent
    w.heap[here].time, w.heap[here].rank, w.heap[here].event = time, rank, event


@part
def _first_child(w: World, first: int, last: int) -> int:
    """Returns which of up to four children comes first; ``last`` is where the heap ends.

    Times of four are compared without jumps, which the processor could not foresee.
    """
    if first + 3 < last:
        a, b = w.heap[first].time, w.heap[first + 1].time
        c, d = w.heap[first + 2].time, w.heap[first + 3].time
        left, right = b if b < a else a, d if d < c else c
        if a != b and c != d and left != right:
            later = int(right < left)
            return first + int(b < a) + later * (2 + int(d < c) - int(b < a))
    child = first
    for other in range(first + 1, min(first + 4, last)):
        if before(w, w.heap[other].time, w.heap[other].rank, w.heap[other].event, child):
            child = other
    return child


@part
def take_root(w: World) -> int:
    """Takes the first event out of the heap; returns its place."""
    s = w.state[0]
    taken = w.heap[ROOT].event
    s.near -= 1
    last = ROOT + s.near
    time, rank, event = w.heap[last].time, w.heap[last].rank, w.heap[last].event
    here = ROOT
    while 4 * here - 8 < last:
        child = _first_child(w, 4 * here - 8, last)
        if before(w, time, rank, event, child):
            break
        _copy(w, here, child)
        here = child
    w.heap[here].time, w.heap[here].rank, w.heap[here].event = time, rank, event
    if s.near == 0:
        w.heap[ROOT].time = math.inf
    return taken
