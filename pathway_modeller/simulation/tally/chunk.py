"""Some rows of a replication, as compiled functions take them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from pathway_modeller.simulation.compiled.jit import COMPILED
from pathway_modeller.simulation.compiled.layout import Shape
from pathway_modeller.simulation.compiled.table_types import listed
from pathway_modeller.simulation.record import ROW
from pathway_modeller.simulation.tally.tables import pointed


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

chunk_at: Any = pointed(Chunk, CHUNK)
"""Turns what :class:`Handed` has as ``where`` into a chunk."""


class Handed:
    """Rows that were handed over, listed once for all who count them.

    Attributes:
        rows, who: as in :class:`Chunk`.
        where: what :data:`chunk_at` takes.
    """

    def __init__(self, rows: Any, who: Any) -> None:
        self.rows, self.who = rows, who
        chunk = Chunk(rows if COMPILED else rows.view(np.recarray), who)
        self._listed = listed(chunk, CHUNK)
        self.where = self._listed.ctypes.data if COMPILED else chunk

    @property
    def patients(self) -> int:
        """How many patients must be told apart: one more than the largest of their small numbers."""
        return int(self.who.max(initial=-1)) + 1
