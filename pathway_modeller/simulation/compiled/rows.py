"""Writing rows of the trace."""

from __future__ import annotations

from pathway_modeller.simulation.compiled.jit import part
from pathway_modeller.simulation.compiled.layout import World


@part
def write(
    w: World,
    time: float,
    patient: int,
    tier: int,
    footprint: int,
    element: int,
    event: int,
    pool: int,
    units: int,
    who: int,
) -> None:
    """Adds a row, if it is wanted; ``who`` is the place of its patient among those there, -1 for none."""
    s = w.state[0]
    if (s.told >> event) & 1 == 0:
        return
    row = w.rows[s.rows]
    w.who[s.rows] = who
    s.rows += 1
    row.time, row.patient, row.need_tier, row.footprint = time, patient, tier, footprint
    row.element, row.event, row.pool, row.units = element, event, pool, units


@part
def tell(w: World, time: float, p: int, event: int, element: int, pool: int = -1, units: int = 0) -> None:
    """Adds a row about a patient."""
    write(
        w,
        time,
        w.patients[p].identity,
        w.patients[p].tier,
        w.patients[p].footprint,
        element,
        event,
        pool,
        units,
        p,
    )
