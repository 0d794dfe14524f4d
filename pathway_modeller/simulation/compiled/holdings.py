"""What patients hold: units taken, kept and released, in service, over stays and on caseloads."""

from __future__ import annotations

from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.lines import freed
from pathway_modeller.simulation.compiled.rows import tell
from pathway_modeller.simulation.compiled.space import took_new
from pathway_modeller.simulation.trace import Event

ON_CASELOAD = -2
"""Stands for a stay where a place on a caseload is held."""
_EVERYTHING, _PLACE, _STAYS = range(3)
"""What is released."""

_ACQUIRE, _RELEASE = int(Event.ACQUIRE), int(Event.RELEASE)


@part
def ask_start(w: World) -> None:
    """Has whatever can start be started once the bound events of this instant are done."""
    w.state[0].start_asked = 1


@part
def body_of(w: World, need: int, footprint: int) -> int:
    """Returns the body of capacity of a need for a patient of a footprint."""
    n = w.needs[need]
    return w.ix[n.bodies + footprint] if n.bodies_n > 1 else w.ix[n.bodies]


@part
def among(w: World, start: int, end: int, value: int) -> bool:
    """Returns whether a value is in a list."""
    for i in range(start, end):  # noqa: SIM110 - Numba compiles no generators
        if w.ix[i] == value:
            return True
    return False


@part
def holds(w: World, p: int, stay: int) -> bool:
    """Returns whether a patient holds units of a stay."""
    h = w.patients[p].held
    while h >= 0:
        if w.held[h].stay == stay:
            return True
        h = w.held[h].next
    return False


@always_inlined
def holds_units(w: World, p: int) -> bool:
    """Returns whether a patient holds any units, be it those of a service or of a stay or caseload."""
    return w.patients[p].own >= 0 or w.patients[p].held >= 0


@part
def is_there(w: World, p: int) -> bool:
    """Returns whether a patient is in a place; one on a caseload alone is at home meanwhile."""
    if w.patients[p].own >= 0:
        return True
    h = w.patients[p].held
    while h >= 0:
        if w.held[h].stay != ON_CASELOAD:
            return True
        h = w.held[h].next
    return False


@cold
def _merge(w: World, row: int, count: int, pools: int, footprint: int) -> int:
    """Adds the units of a set of pools to two rows of the scratch, in order of body; returns how many."""
    for need in range(w.pool_sets[pools].start, w.pool_sets[pools].end):
        body, units = body_of(w, need, footprint), w.needs[need].units
        i = 0
        while i < count and w.scratch[row, i] < body:
            i += 1
        if i < count and w.scratch[row, i] == body:
            w.scratch[row + 1, i] += units
            continue
        for j in range(count, i, -1):
            w.scratch[row, j], w.scratch[row + 1, j] = w.scratch[row, j - 1], w.scratch[row + 1, j - 1]
        w.scratch[row, i], w.scratch[row + 1, i] = body, units
        count += 1
    return count


@part
def needs_to_start(w: World, p: int, element: int) -> int:
    """Puts the units needed to start into the scratch; returns how many bodies."""
    a, footprint = w.elements[element], w.patients[p].footprint
    count = _merge(w, 0, 0, a.needs, footprint)
    for i in range(a.begins_start, a.begins_end):
        stay = w.ix[i]
        if among(w, a.ends_start, a.ends_end, stay) or not holds(w, p, stay):
            count = _merge(w, 0, count, w.stays[stay], footprint)
    if a.caseload >= 0 and not holds(w, p, ON_CASELOAD):
        count = _merge(w, 0, count, a.caseload, footprint)
    return count


@cold
def given_up_by_start(w: World, p: int, element: int) -> int:
    """Puts the units that a start releases into the scratch; returns how many bodies."""
    a, x, count = w.elements[element], w.patients[p], 0
    if x.own >= 0:
        count = _merge(w, 2, count, w.elements[x.own].needs, x.own_footprint)
    h = x.held
    while h >= 0:
        held = w.held[h]
        if among(w, a.ends_start, a.ends_end, held.stay):
            count = _merge(w, 2, count, held.pools, held.footprint)
        h = held.next
    return count


@always_inlined
def _give_of(w: World, p: int, body: int, units: int, element: int) -> None:
    """Has a patient use units of a body."""
    w.use[body].used += units
    tell(w, w.state[0].now, p, _ACQUIRE, element, body, units)


@part
def _give(w: World, p: int, pools: int, element: int) -> None:
    """Has a patient use units."""
    footprint = w.patients[p].footprint
    for need in range(w.pool_sets[pools].start, w.pool_sets[pools].end):
        _give_of(w, p, body_of(w, need, footprint), w.needs[need].units, element)


@always_inlined
def _take_back_of(w: World, p: int, body: int, units: int, element: int) -> None:
    """Takes units of a body back from a patient."""
    w.use[body].used -= units
    tell(w, w.state[0].now, p, _RELEASE, element, body, units)
    freed(w, body)


@part
def _take_back(w: World, p: int, pools: int, footprint: int, element: int) -> None:
    """Takes units back from a patient, who may be of another footprint by now than when they took them."""
    for need in range(w.pool_sets[pools].start, w.pool_sets[pools].end):
        _take_back_of(w, p, body_of(w, need, footprint), w.needs[need].units, element)
    ask_start(w)


@always_inlined
def take_slot(w: World, p: int, element: int) -> None:
    """Gives a patient the units of an activity alone; of which body is noted where it is but one."""
    x, pools = w.patients[p], w.elements[element].needs
    need, end = w.pool_sets[pools].start, w.pool_sets[pools].end
    if end == need:
        return
    x.own, x.own_footprint, x.own_body = element, x.footprint, -1
    if end == need + 1:
        x.own_body = body_of(w, need, x.footprint)
        _give_of(w, p, x.own_body, w.elements[element].plain_units, element)
    else:
        _give(w, p, pools, element)


@part
def _take(w: World, p: int, pools: int, element: int, stay: int) -> None:
    """Gives a patient the units of a stay or a caseload, behind those that they hold already."""
    s = w.state[0]
    h = s.free_held
    if h >= 0:
        s.free_held = w.held[h].next
    else:
        h = s.held
        s.held += 1
        took_new(w)
    new = w.held[h]
    new.pools, new.footprint, new.activity = pools, w.patients[p].footprint, element
    new.stay, new.next = stay, -1
    last = w.patients[p].held
    if last < 0:
        w.patients[p].held = h
    else:
        while w.held[last].next >= 0:
            last = w.held[last].next
        w.held[last].next = h
    _give(w, p, pools, element)


@always_inlined
def occupy(w: World, p: int, element: int) -> None:
    """Gives a patient the units of an activity and of the stays, or the caseload, that begin with it."""
    a = w.elements[element]
    if a.caseload >= 0 and not holds(w, p, ON_CASELOAD):
        _take(w, p, a.caseload, element, ON_CASELOAD)
    for i in range(a.begins_start, a.begins_end):
        if not holds(w, p, w.ix[i]):
            _take(w, p, w.stays[w.ix[i]], element, w.ix[i])
    take_slot(w, p, element)


@always_inlined
def release_own(w: World, p: int) -> None:
    """Takes back a patient's units of an activity, kept from before or not."""
    if w.patients[p].own >= 0:
        _release_own(w, p)


@part
def _release_own(w: World, p: int) -> None:
    """Does so for a patient who has such units."""
    x = w.patients[p]
    element, body = x.own, x.own_body
    x.own = -1
    if body >= 0:
        _take_back_of(w, p, body, w.elements[element].plain_units, element)
        ask_start(w)
    else:
        _take_back(w, p, w.elements[element].needs, x.own_footprint, element)


@part
def release_all(w: World, p: int) -> None:
    """Takes back all of a patient's units, in the order in which they took them."""
    if w.patients[p].held >= 0:
        _release(w, p, _EVERYTHING, 0, 0)
    release_own(w, p)


@part
def release_place(w: World, p: int) -> None:
    """Takes back a patient's place on a caseload."""
    if w.patients[p].held >= 0:
        _release(w, p, _PLACE, 0, 0)


@always_inlined
def end_stays(w: World, p: int, start: int, end: int) -> None:
    """Ends the stays listed that a patient may be on."""
    if end > start and w.patients[p].held >= 0:
        _release(w, p, _STAYS, start, end)


@cold
def _release(w: World, p: int, what: int, start: int, end: int) -> None:
    """Takes back those of a patient's units of stays and of a caseload that are meant."""
    s, before = w.state[0], -1
    h = w.patients[p].held
    while h >= 0:
        held = w.held[h]
        following = held.next
        if not _meant(w, held.stay, what, start, end):
            before, h = h, following
            continue
        _take_back(w, p, held.pools, held.footprint, held.activity)
        if before < 0:
            w.patients[p].held = following
        else:
            w.held[before].next = following
        held.next = s.free_held
        s.free_held = h
        h = following


@part
def _meant(w: World, stay: int, what: int, start: int, end: int) -> bool:
    """Returns whether units held as part of a stay are to be released."""
    if what == _EVERYTHING:
        return True
    if what == _PLACE:
        return stay == ON_CASELOAD
    return among(w, start, end, stay)
