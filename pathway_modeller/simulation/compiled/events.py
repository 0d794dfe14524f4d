"""Bound events, in order of time, rank, identity and scheduling.

Only what is due soon stands in a heap. The rest lies in boxes, one for each short stretch of time, in no
order (Brown, "Calendar queues", Communications of the ACM 31, 1988); a box is emptied into the heap when the
heap has run dry. Tens of thousands of events, most of them weeks ahead, then cost little more than a few: the
heap stays in the nearest cache, and what lies in farther memory is fetched a box ahead (``look_ahead``).

The heap has four children to a place (LaMarca and Ladner, "The influence of caches on the performance of
heaps", ACM Journal of Experimental Algorithmics 1, 1996), which share a line of the cache: its root is place
3, and the children of place i begin at 4 (i - 2). It holds times, ranks and places of events; the events
themselves stay where they are. Starts, which come last at each instant, are no events but a flag
(``start_asked``); nor is the next patient of those who follow the people, whose time stands in the state
(``follow_due``), since it changes whenever people move.
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.clock import Rank
from pathway_modeller.simulation.compiled.jit import part, woven
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.luck import on_tick
from pathway_modeller.simulation.compiled.pointers import prefetch

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
) = range(13)
"""What an event does."""

_ARRIVAL = int(Rank.ARRIVAL)

NOBODY = 0
"""A place of the events that is never taken: the end of every box."""
ROOT = 3
"""Where the heap begins, so that children share a line of the cache."""


@part
def _before(w: World, time: float, rank: int, event: int, other: int) -> bool:
    """Returns whether an event comes before that at a place of the heap."""
    there = w.heap[other]
    if time != there.time:
        return time < there.time
    return rank < there.rank or (rank == there.rank and _first_of_equals(w, event, there.event))


@part
def _first_of_equals(w: World, a: int, b: int) -> bool:
    """Returns whether one event comes before another of the same time and rank."""
    one, other = w.events[a], w.events[b]
    if one.identity != other.identity:
        return one.identity < other.identity
    return one.seq < other.seq


@part
def _copy(w: World, here: int, there: int) -> None:
    """Puts what stands at one place of the heap at another."""
    w.heap[here].time, w.heap[here].rank = w.heap[there].time, w.heap[there].rank
    w.heap[here].event = w.heap[there].event


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
    time = on_tick(time)
    s.seq += 1
    if time >= s.until:
        return
    event = w.free_events[s.events]
    new = w.events[event]
    new.identity, new.seq, new.kind, new.p, new.e, new.v, new.x = identity, s.seq, kind, p, e, v, x
    s.events += 1
    box = max(int(time * s.boxes_a_day), 0)
    if s.near == 0:
        s.box = box
    if box <= s.box:
        _put(w, time, rank, event)
        return
    new.time, new.rank, new.next = time, rank, w.boxes[box]
    w.boxes[box] = event


@part
def _put(w: World, time: float, rank: int, event: int) -> None:
    """Puts an event into the heap."""
    s = w.state[0]
    here = ROOT + s.near
    s.near += 1
    while here > ROOT:
        parent = (here >> 2) + 2
        if not _before(w, time, rank, event, parent):
            break
        _copy(w, here, parent)
        here = parent
    w.heap[here].time, w.heap[here].rank, w.heap[here].event = time, rank, event


@part
def _empty_a_box(w: World) -> None:
    """Puts the events of the next box that has any into the heap."""
    s = w.state[0]
    while s.near == 0:
        s.box += 1
        event = w.boxes[s.box]
        w.boxes[s.box] = NOBODY
        while event != NOBODY:
            x = w.events[event]
            prefetch(w.patients, x.p)
            prefetch(w.visits, x.p)
            _put(w, x.time, x.rank, event)
            event = x.next
    s.ahead = w.boxes[s.box + 1]
    prefetch(w.events, s.ahead)


@woven
def look_ahead(w: World) -> None:
    """Has one more event of the next box fetched, and the patient of the one before.

    A step at each event: by the time that the box is emptied, nothing in it has to be waited for.
    """
    s = w.state[0]
    x = w.events[s.ahead]
    prefetch(w.patients, x.p)
    prefetch(w.visits, x.p)
    s.ahead = x.next
    prefetch(w.events, s.ahead)


@part
def peek_event(w: World) -> float:
    """Returns when the next event is due, or the next patient of those who follow the people comes."""
    return min(w.heap[ROOT].time, w.state[0].follow_due)


@part
def follower_is_next(w: World) -> bool:
    """Returns whether a patient of those who follow the people comes before any event."""
    s, next_event = w.state[0], w.heap[ROOT]
    if s.follow_due != next_event.time:
        return s.follow_due < next_event.time
    if next_event.rank != _ARRIVAL:
        return next_event.rank > _ARRIVAL
    identity = (w.streams[s.follower].key << 32) | w.coming[s.follower].ordinal
    return identity < w.events[next_event.event].identity


@part
def peek(w: World) -> float:
    """Returns when the next thing is due, starts included; infinity if nothing is."""
    s = w.state[0]
    return s.now if s.start_asked else peek_event(w)


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
        if _before(w, w.heap[other].time, w.heap[other].rank, w.heap[other].event, child):
            child = other
    return child


@part
def pop(w: World) -> int:
    """Takes the next event out of the heap, and the time is now.

    Returns:
        The event's place, which is good until the next is scheduled.
    """
    s = w.state[0]
    taken = w.heap[ROOT].event
    s.now = w.heap[ROOT].time
    s.events -= 1
    s.near -= 1
    w.free_events[s.events] = taken
    last = ROOT + s.near
    time, rank, event = w.heap[last].time, w.heap[last].rank, w.heap[last].event
    here = ROOT
    while 4 * here - 8 < last:
        child = _first_child(w, 4 * here - 8, last)
        if _before(w, time, rank, event, child):
            break
        _copy(w, here, child)
        here = child
    w.heap[here].time, w.heap[here].rank, w.heap[here].event = time, rank, event
    if s.near == 0:
        w.heap[ROOT].time = math.inf
        if s.events > 1:
            _empty_a_box(w)
    prefetch(w.events, w.heap[ROOT].event)
    return taken
