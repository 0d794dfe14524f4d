"""Figures that are gathered while a replication is played, of which nobody knows how many there will be."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.tally.people_facts import Values
from pathway_modeller.simulation.tally.people_state import ENTRY

BLOCK = 1 << 18
"""Entries of a block."""


@jit
def put(entries: Any, used: Any, code: int, value: float) -> None:
    """Adds an entry."""
    entry = entries[used[0]]
    entry.value = value
    entry.code = code
    used[0] += 1


@jit
def _count(entries: Any, size: Any) -> None:
    """Counts the entries of each cell."""
    for i in range(entries.size):
        size[entries[i].code] += 1


@jit
def _scatter(entries: Any, place: Any, values: Any) -> None:
    """Puts the values of entries in their cells' places, which move on."""
    for i in range(entries.size):
        code = entries[i].code
        values[place[code]] = entries[i].value
        place[code] += 1


class Entries:
    """Figures with their cells, kept in blocks, so that nothing is copied when there are more."""

    def __init__(self, shown: Any) -> None:
        self._shown = shown
        self._full: list[Any] = []
        self.block = shown(np.zeros(64, dtype=ENTRY))
        self.used = np.zeros(1, dtype=np.int64)

    def make_room(self, number: int) -> None:
        """Sees to it that the block has room for a number of entries."""
        used = int(self.used[0])
        if used + number > len(self.block):
            if used:
                self._full.append(
                    self.block[:used].copy() if used < len(self.block) // 2 else self.block[:used]
                )
            size = max(number, min(BLOCK, 2 * len(self.block)))
            self.block = self._shown(np.zeros(size, dtype=ENTRY))
            self.used[0] = 0

    def by_cell(self, cells: int) -> Values:
        """Returns the figures by cell, in rising order, and keeps none of them."""
        blocks = [*self._full, self.block[: int(self.used[0])]]
        self._full, self.block = [], self.block[:0]
        first = np.zeros(cells + 1, dtype=np.int64)
        for block in blocks:
            _count(block, first[1:])
        np.cumsum(first, out=first)
        values, place = np.empty(int(first[-1])), first[:-1].copy()
        while blocks:
            _scatter(blocks.pop(0), place, values)
        for cell in np.flatnonzero(np.diff(first) > 1).tolist():
            values[first[cell] : first[cell + 1]].sort()
        return Values(values, first)
