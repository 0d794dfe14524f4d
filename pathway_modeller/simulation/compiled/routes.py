"""Who a patient is and which arrow is taken: groups at entry, shares and conditions."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.compiled.draws import drawn, drawn_for_both, group_of, of, on_tick, share_now
from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import World

BY_ATTRIBUTE, BY_QUEUE, BY_VISITS, BY_TIME, BY_CALENDAR = range(5)
"""Kinds of conditions."""
NO_WAY_ON, ENDLESS, LOCKED = 1, 2, 3
"""Why a run stops."""
MOST_IN_A_BYTE = 127
"""The most visits to an element that are counted in a byte."""

_GROUP, _ATTRIBUTE = int(Purpose.GROUP), int(Purpose.ATTRIBUTE)
_SERVICE, _ROUTE = int(Purpose.SERVICE), int(Purpose.ROUTE)


@cold
def stop(w: World, why: int, element: int) -> None:
    """Has the run stop."""
    w.state[0].stop, w.state[0].stop_at = why, element


@part
def _first_above(w: World, draw: int, u: float) -> int:
    """Returns the first place whose cumulative share is above u, else the last place of any share."""
    d = w.draws[draw]
    for place in range(d.n):
        if u < w.fx[d.start + place]:
            return place
    place, last = 0, w.fx[d.start + d.n - 1]
    while w.fx[d.start + place] != last:
        place += 1
    return place


@part
def set_group(w: World, p: int, group: int, index: int) -> None:
    """Gives a patient another place in a group; see :func:`.drawn.group_of`."""
    if group == 0:
        w.patients[p].tier = index
    elif group == 1:
        w.patients[p].footprint = index
    else:
        w.groups[p, group - 2] = index


@part
def visits_of(w: World, p: int, element: int) -> int:
    """Returns how often a patient came to an element: a byte, unless it is more than a byte can say."""
    few = int(w.visits[p, element])
    return few if few >= 0 else int(w.many_visits[p, element])


@part
def visit_to(w: World, p: int, element: int) -> int:
    """Counts a visit to an element and returns its number, from 1."""
    visit = visits_of(w, p, element) + 1
    if visit <= MOST_IN_A_BYTE:
        w.visits[p, element] = visit
    else:
        w.visits[p, element] = -1
        w.many_visits[p, element] = visit
    return visit


@part
def draw_groups(w: World, draw: int, element: int, p: int) -> None:
    """Gives a new patient their groups: need tier, footprint, then declared attributes."""
    e, d, place = w.elements[element], w.draws[draw], 0
    if d.n > 1:
        place = _first_above(w, draw, drawn(w, _GROUP, e.key, p, 0))
    x = w.patients[p]
    x.tier, x.footprint = w.ix[d.pairs + 2 * place], w.ix[d.pairs + 2 * place + 1]
    for i in range(len(w.defaults)):
        w.groups[p, i] = w.defaults[i]
    for i in range(e.attr_start, e.attr_end):
        given = w.attributes[i]
        u = drawn(w, _ATTRIBUTE, given.key, p, 0)
        set_group(w, p, given.group, _first_above(w, int(of(w, given.table, p)), u))


@cold
def _in_hours(w: World, condition: int, now: float) -> bool:
    """Returns whether a calendar condition holds."""
    c = w.conditions[condition]
    day = math.floor(now)
    weekday = int((w.state[0].weekday + day) % 7)
    return w.ix[c.start + weekday] == 1 and c.opens <= on_tick(now - day) < c.closes


@part
def _condition_holds(w: World, condition: int, p: int, now: float) -> bool:
    """Returns whether a condition holds for a patient now."""
    c = w.conditions[condition]
    if c.kind == BY_ATTRIBUTE:
        index = group_of(w, p, c.group)
        return index >= 0 and w.ix[c.start + index] == 1
    if c.kind == BY_QUEUE:
        return w.waiting[c.element] >= c.at_least
    if c.kind == BY_VISITS:
        return visits_of(w, p, c.element) >= c.at_least
    if c.kind == BY_TIME:
        return now - w.patients[p].entered >= c.at_least
    return _in_hours(w, condition, now)


@always_inlined
def drawn_for_service(w: World, p: int, element: int, visit: int) -> float:
    """Returns the uniform of a service's time; draws that of the way on with it, where there is a choice.

    Two hardly take longer than one, and nothing has to wait for the second when the patient chooses.
    """
    e, x = w.elements[element], w.patients[p]
    if e.share_end - e.share_start <= 1:
        return drawn(w, _SERVICE, e.key, p, visit)
    u, x.route = drawn_for_both(w, _SERVICE, _ROUTE, e.key, p, visit)
    x.drawn = element
    return u


@part
def _for_route(w: World, p: int, element: int) -> float:
    """Returns the uniform with which a patient chooses an arrow out of an element."""
    x = w.patients[p]
    if x.drawn == element:
        x.drawn = -1
        return float(x.route)
    return drawn(w, _ROUTE, w.elements[element].key, p, visits_of(w, p, element))


@always_inlined
def choose_arrow(w: World, element: int, p: int) -> int:
    """Returns the arrow that a patient takes out of an element; -1, and the run stops, if there is none."""
    e, now = w.elements[element], w.state[0].now
    for arrow in range(e.cond_start, e.cond_end):
        if _condition_holds(w, w.arrows[arrow].condition, p, now):
            return arrow
    if e.share_end == e.share_start:
        stop(w, NO_WAY_ON, element)
        return -1
    chosen = e.share_start
    if e.share_end - e.share_start == 1:
        return chosen
    u, total = _for_route(w, p, element), 0.0
    for arrow in range(e.share_start, e.share_end):
        share = share_now(w, w.arrows[arrow].share, p)
        if share > 0.0:
            chosen = arrow
            total += share
            if u < total:
                break
    return chosen
