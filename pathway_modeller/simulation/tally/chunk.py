"""Some rows of a replication, as compiled functions take them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from pathway_modeller.simulation.compiled.jit import COMPILED
from pathway_modeller.simulation.compiled.layout import Shape
from pathway_modeller.simulation.record import ROW


class Chunk(NamedTuple):
    """Rows in the order of happening; see :class:`pathway_modeller.simulation.tally.tally.Tally`.

    Attributes:
        rows: of the type ``ROW``.
        who: small numbers of their patients.
    """

    rows: Any
    who: Any


CHUNK = {"rows": Shape(ROW), "who": Shape(np.dtype("<i8"))}
"""What each table of a chunk looks like."""


def chunk_of(rows: Any, who: Any) -> Chunk:
    """Returns a chunk whose fields can be reached by name whether or not functions are compiled."""
    return Chunk(rows if COMPILED else rows.view(np.recarray), who)
