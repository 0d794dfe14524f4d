"""Figures that are gathered while a replication is played, of which nobody knows how many there will be."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.tally.people_facts import Values

_BLOCK = 1 << 18
"""Figures of a block."""


@jit
def _sort_in(codes: Any, figures: Any, place: Any, values: Any) -> None:
    """Puts figures in their cells' places, which move on."""
    for i in range(codes.size):
        code = codes[i]
        values[place[code]] = figures[i]
        place[code] += 1


class Entries:
    """Figures with the codes of their cells, kept in blocks, so that nothing is copied when there are more.

    Attributes:
        codes, values: the block that is being filled.
    """

    def __init__(self) -> None:
        self._full: list[tuple[Any, Any]] = []
        self.codes = np.zeros(0, dtype=np.int32)
        self.values = np.zeros(0)

    def begin_block(self, used: int, room: int) -> None:
        """Begins a new block.

        Args:
            used: how many figures stand in the block so far.
            room: how many there must be room for.
        """
        self._put_away(used)
        size = max(room, min(_BLOCK, 2 * len(self.codes)))
        self.codes, self.values = np.zeros(size, dtype=np.int32), np.zeros(size)

    def by_cell(self, used: int, cells: int) -> Values:
        """Returns the figures by cell, in rising order, and keeps none of them.

        Args:
            used: how many figures stand in the last block.
            cells: how many cells there are.
        """
        self._put_away(used)
        self.codes, self.values = np.zeros(0, dtype=np.int32), np.zeros(0)
        blocks, self._full = self._full or [(self.codes, self.values)], []
        size = np.zeros(cells, dtype=np.int64)
        for codes, _ in blocks:
            size += np.bincount(codes, minlength=cells)
        first = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(size)))
        values, place = np.empty(int(first[-1])), first[:-1].copy()
        while blocks:
            _sort_in(*blocks.pop(), place, values)
        for cell in np.flatnonzero(size > 1).tolist():
            values[first[cell] : first[cell + 1]].sort()
        return Values(values, first)

    def _put_away(self, used: int) -> None:
        """Puts the block away, without what is empty of it if that is much."""
        if used:
            tight = used > len(self.codes) // 2
            parts = (self.codes[:used], self.values[:used])
            self._full.append(parts if tight else (parts[0].copy(), parts[1].copy()))
