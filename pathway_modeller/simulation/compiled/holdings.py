"""What patients hold: units taken, kept and released, in service, over stays and on caseloads."""

from __future__ import annotations

from pathway_modeller.simulation.compiled.jit import part, rare, woven
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.lines import freed
from pathway_modeller.simulation.compiled.rows import tell
from pathway_modeller.simulation.compiled.space import took_new
from pathway_modeller.simulation.trace import Event

NO_STAY = -1
ON_CASELOAD = -2
OWN, EVERYTHING, PLACE, STAYS = range(4)
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


@part
def is_there(w: World, p: int) -> bool:
    """Returns whether a patient is in a place; one on a caseload alone is at home meanwhile."""
    h = w.patients[p].held
    while h >= 0:
        if w.held[h].stay != ON_CASELOAD:
            return True
        h = w.held[h].next
    return False


@rare
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


@rare
def given_up_by_start(w: World, p: int, element: int) -> int:
    """Puts the units that a start releases into the scratch; returns how many bodies."""
    a, count = w.elements[element], 0
    h = w.patients[p].held
    while h >= 0:
        held = w.held[h]
        if held.stay == NO_STAY or among(w, a.ends_start, a.ends_end, held.stay):
            count = _merge(w, 2, count, held.pools, held.footprint)
        h = held.next
    return count


@part
def _take(w: World, p: int, pools: int, element: int, stay: int) -> None:
    """Gives units to a patient."""
    s, footprint = w.state[0], w.patients[p].footprint
    h = s.free_held
    if h >= 0:
        s.free_held = w.held[h].next
    else:
        h = s.held
        s.held += 1
        took_new(w)
    new = w.held[h]
    new.pools, new.footprint, new.activity, new.stay, new.next = pools, footprint, element, stay, -1
    last = w.patients[p].held
    if last < 0:
        w.patients[p].held = h
    else:
        while w.held[last].next >= 0:
            last = w.held[last].next
        w.held[last].next = h
    for need in range(w.pool_sets[pools].start, w.pool_sets[pools].end):
        body, units = body_of(w, need, footprint), w.needs[need].units
        w.use[body].used += units
        tell(w, s.now, p, _ACQUIRE, element, body, units)


@woven
def take_slot(w: World, p: int, element: int) -> None:
    """Gives a patient the units of an activity alone."""
    pools = w.elements[element].needs
    if w.pool_sets[pools].end > w.pool_sets[pools].start:
        _take(w, p, pools, element, NO_STAY)


@woven
def occupy(w: World, p: int, element: int) -> None:
    """Gives a patient the units of an activity and of the stays, or the caseload, that begin with it."""
    a = w.elements[element]
    if a.caseload >= 0 and not holds(w, p, ON_CASELOAD):
        _take(w, p, a.caseload, element, ON_CASELOAD)
    for i in range(a.begins_start, a.begins_end):
        if not holds(w, p, w.ix[i]):
            _take(w, p, w.stays[w.ix[i]], element, w.ix[i])
    take_slot(w, p, element)


@part
def _meant(w: World, stay: int, what: int, start: int, end: int) -> bool:
    """Returns whether units held as part of a stay are to be released."""
    if what == EVERYTHING:
        return True
    if what == OWN:
        return stay == NO_STAY
    if what == PLACE:
        return stay == ON_CASELOAD
    return among(w, start, end, stay)


@woven
def release(w: World, p: int, what: int, start: int = 0, end: int = 0) -> None:
    """Takes back those of a patient's units that are meant: of stays, those listed."""
    if w.patients[p].held >= 0:
        _release(w, p, what, start, end)


@part
def _release(w: World, p: int, what: int, start: int, end: int) -> None:
    """Does so for a patient who holds units."""
    s, found, before = w.state[0], False, -1
    h = w.patients[p].held
    while h >= 0:
        held = w.held[h]
        following = held.next
        if not _meant(w, held.stay, what, start, end):
            before, h = h, following
            continue
        for need in range(w.pool_sets[held.pools].start, w.pool_sets[held.pools].end):
            body, units = body_of(w, need, held.footprint), w.needs[need].units
            w.use[body].used -= units
            tell(w, s.now, p, _RELEASE, held.activity, body, units)
            freed(w, body)
        if before < 0:
            w.patients[p].held = following
        else:
            w.held[before].next = following
        held.next = s.free_held
        s.free_held = h
        found, h = True, following
    if found:
        ask_start(w)


@part
def end_stays(w: World, p: int, start: int, end: int) -> None:
    """Ends the stays listed that a patient may be on."""
    if end > start:
        release(w, p, STAYS, start, end)
