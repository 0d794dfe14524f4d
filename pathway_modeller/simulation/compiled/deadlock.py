"""Finding a deadlock among those who hold units and wait; see ``simpy/capacity.py`` for the idea."""

from __future__ import annotations

from pathway_modeller.simulation.compiled.draws import bisect_right
from pathway_modeller.simulation.compiled.holdings import body_of, is_there
from pathway_modeller.simulation.compiled.jit import cold, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.routes import LOCKED, stop


@part
def _count(w: World, q: int, sign: int) -> None:
    """Adds a patient's held units to those taken, or takes them off; row 4 of the scratch counts them."""
    x = w.patients[w.waits[q].patient]
    if x.own >= 0:
        _count_units(w, w.elements[x.own].needs, x.own_footprint, sign)
    h = x.held
    while h >= 0:
        held = w.held[h]
        _count_units(w, held.pools, held.footprint, sign)
        h = held.next


@part
def _count_units(w: World, pools: int, footprint: int, sign: int) -> None:
    """Adds units to those taken, or takes them off."""
    for need in range(w.pool_sets[pools].start, w.pool_sets[pools].end):
        w.scratch[4, body_of(w, need, footprint)] += sign * w.needs[need].units


@part
def _most_open(w: World, body: int) -> float:
    """Returns the most units of a body that are open now or later, after the run included."""
    b = w.bodies[body]
    place = bisect_right(w, b.changes, b.changes_n, w.state[0].now) - 1
    return w.fx[b.highest + max(place, 0)]


@part
def _could_start(w: World, q: int) -> bool:
    """Returns whether a patient could start once all but the holders have given up their units."""
    line = w.lines[w.waits[q].line]
    for i in range(line.needs, line.needs + line.needs_n):
        need = w.line_units[i]
        given = 0
        for j in range(line.gives, line.gives + line.gives_n):
            if w.line_units[j].body == need.body:
                given += w.line_units[j].units
        if _most_open(w, need.body) - w.scratch[4, need.body] + given < need.units:
            return False
    return True


@part
def _only_on_caseloads(w: World) -> bool:
    """Returns whether nothing is held but caseload places, and nothing but a caseload needs those."""
    s = w.state[0]
    if s.places_needed:
        return False
    for i in range(s.holders):  # noqa: SIM110 - Numba compiles no generators
        if is_there(w, w.waits[w.holders[i]].patient):
            return False
    return True


@cold
def look(w: World) -> None:
    """Looks for a deadlock; those in it are left at the front of ``turning``, and the run stops."""
    s, count = w.state[0], 0
    if _only_on_caseloads(w):
        return
    for body in range(len(w.bodies)):
        w.scratch[4, body] = 0
    for i in range(s.holders):
        q = w.holders[i]
        if w.waits[q].restless == 0:
            w.turning[count] = q
            count += 1
            _count(w, q, 1)
    while count > 0:
        stuck = 0
        for i in range(count):
            q = w.turning[i]
            if _could_start(w, q):
                w.turning[len(w.turning) - 1 - (i - stuck)] = q
            else:
                w.turning[stuck] = q
                stuck += 1
        if stuck == count:
            s.stuck = stuck
            stop(w, LOCKED, -1)
            return
        for i in range(count - stuck):
            _count(w, w.turning[len(w.turning) - 1 - i], -1)
        count = stuck
