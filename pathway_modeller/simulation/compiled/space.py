"""Whether the tables that fill up still hold what the next step may need.

It is looked at where something is taken that was never used before, which is seldom; every step asks what
was found.
"""

from __future__ import annotations

from pathway_modeller.simulation.compiled.jit import cold, part
from pathway_modeller.simulation.compiled.layout import World

MARGIN = 8192
"""Free places that a step may need in the heap and the rows."""
FEW = 64
"""Free places that a step may need in other arrays, beyond the length of a patient's own lists."""


@cold
def took_new(w: World) -> None:
    """Notes whether a table of patients, of those who wait, of what they hold, or of lines is nearly full."""
    s, few = w.state[0], FEW + len(w.stays)
    if (
        s.patients + 2 > len(w.patients)
        or s.waits + few > len(w.waits)
        or s.held + few > len(w.held)
        or s.lines + few > len(w.lines)
        or s.line_units + few * (2 * len(w.bodies) + 1) > len(w.line_units)
    ):
        s.full = 1


@part
def full(w: World) -> bool:
    """Returns whether a table might not hold what the next step needs."""
    s = w.state[0]
    return s.full != 0 or s.rows + MARGIN > len(w.rows) or s.events + MARGIN > len(w.heap)
