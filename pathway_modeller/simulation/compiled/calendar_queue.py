"""What is due later lies in boxes, one for each short stretch of time, in no order.

This is the calendar queue of Brown ("Calendar queues", Communications of the ACM 31, 1988). A box is emptied
when nothing sooner is left: its events are put in order of time by counting, for each, how many of the others
are due earlier. That takes many comparisons, but eight at a time and no jump that the processor could not
foresee.

With tens of thousands of patients nearly all that an event needs lies in farther memory, so it is fetched
ahead: the events of the next box and their patients while those of this box happen (``look_ahead``), the
patient of the next event once more when the one before happens (``events.pop``), and the box of an event
before it is put there (``put_into_box``).
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.compiled.heap import first_of_equals, put
from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.pointers import prefetch
from pathway_modeller.simulation.compiled.numba_inside.simd import EIGHT, below

NOBODY = 0
"""A place of the events that is never taken: the end of every box."""
MOST_IN_ORDER = 64
"""Events of a box that are put in order; what it holds beyond goes into the heap."""


@part
def _precedes(w: World, a: int, b: int) -> bool:
    """Returns whether one event comes before another of the same time."""
    one, other = w.events[a].rank, w.events[b].rank
    return one < other or (one == other and first_of_equals(w, a, b))


@always_inlined
def _stands(w: World, place: int, event: int) -> None:
    """Has an event stand at a place of those that are due soon."""
    w.soon[place].event, w.soon[place].p = event, w.events[event].p


@cold
def _order_equals(w: World, many: int) -> None:
    """Puts events of the same time in order of rank, identity and scheduling."""
    for i in range(1, many):
        time, event, here = w.soon[i].time, w.soon[i].event, i
        while here > 0 and w.soon[here - 1].time == time and _precedes(w, event, w.soon[here - 1].event):
            _stands(w, here, w.soon[here - 1].event)
            here -= 1
        _stands(w, here, event)


@part
def _put_in_order(w: World, many: int) -> None:
    """Puts so many events of a box in order."""
    for i in range(many):
        w.soon[i].event = NOBODY
    for i in range(many, many + EIGHT):
        w.box_times[i] = math.inf
    equal = 0
    for i in range(many):
        time, place = w.box_times[i], 0
        for eight in range(0, many, EIGHT):
            place += below(w.box_times, eight, time)
        while w.soon[place].event != NOBODY:
            place, equal = place + 1, 1
        w.soon[place].time = time
        _stands(w, place, w.box_events[i])
    w.soon[many].time = math.inf
    _stands(w, many, NOBODY)
    if equal:
        _order_equals(w, many)


@always_inlined
def put_into_box(w: World) -> None:
    """Puts the event scheduled last into its box.

    This is done when the next is scheduled: by then the box, which is often weeks away, has been fetched.
    Each event names the two before it, so that what is two further can be fetched.
    """
    s = w.state[0]
    box, event = w.boxes[s.latest_box], w.events[s.latest]
    event.next, event.second = box.first, box.second
    box.first, box.second = s.latest, event.next


@part
def empty_a_box(w: World) -> None:
    """Has the events of the next box that has any be due soon."""
    s, many = w.state[0], 0
    put_into_box(w)
    s.latest, s.latest_box = NOBODY, 0
    while many == 0:
        s.box += 1
        event = w.boxes[s.box].first
        w.boxes[s.box].first = NOBODY
        while event != NOBODY:
            x = w.events[event]
            prefetch(w.events, x.second)
            if many < MOST_IN_ORDER:
                w.box_times[many], w.box_events[many] = x.time, event
                many += 1
            else:
                put(w, x.time, x.rank, event)
            event = x.next
    _put_in_order(w, many)
    s.soon = 0
    following = w.boxes[s.box + 1]
    s.ahead = following.first
    prefetch(w.events, following.first)
    prefetch(w.events, following.second)


@always_inlined
def look_ahead(w: World) -> None:
    """Has one more event of the next box fetched, and the patient of the last but one.

    A step at each event: by the time that the box is emptied, nothing in it has to be waited for.
    """
    s = w.state[0]
    x = w.events[s.ahead]
    prefetch(w.patients, x.p)
    prefetch(w.visits, x.p)
    s.ahead = x.next
    prefetch(w.events, x.second)
