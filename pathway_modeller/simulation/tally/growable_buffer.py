"""Figures that are gathered while a replication is played, of which nobody knows how many there will be.

They are gathered in one block, with the numbers of their cells; a block that is full is put in order of cells
while it is still in the processor's caches. Zeros are only counted: two in five patients wait for nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import jit, part
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.people_facts import Counted
from pathway_modeller.simulation.tally.sorting import SPARE, sort_cells

_BLOCK = 1 << 18
"""Figures of a block, at most, unless a chunk of rows may need more."""


@jit
def _order(codes: Any, figures: Any, first: Any, place: Any, ordered: Any) -> None:
    """Puts figures in order of their cells.

    Args:
        codes: the cells of the figures.
        figures: the figures.
        first: becomes where each cell's figures begin, and the number of all; all 0 before.
        place: room for a number for each cell.
        ordered: room for the figures.
    """
    for code in codes:
        first[code + 1] += 1
    for cell in range(place.size):
        place[cell] = first[cell]
        first[cell + 1] += first[cell]
    for i in range(codes.size):
        code = codes[i]
        ordered[place[code]] = figures[i]
        place[code] += 1


@jit
def _append(ordered: Any, first: Any, place: Any, values: Any) -> None:
    """Puts a block's figures behind those of their cells that stand there, whose places move on."""
    for cell in range(place.size):
        size = first[cell + 1] - first[cell]
        _copy(ordered, first[cell], values, place[cell], size)
        place[cell] += size


@jit
def _begin(values: Any, first: Any, place: Any) -> None:
    """Writes the zeros with which cells begin, up to a place of each."""
    for cell in range(place.size):
        for i in range(first[cell], place[cell]):
            values[i] = 0.0


@part
def _copy(here: Any, first: int, there: Any, place: int, number: int) -> None:
    """Copies some figures."""
    for i in range(number):
        there[place + i] = here[first + i]


class Entries:
    """Figures above 0 with the codes of their cells.

    Attributes:
        codes, values: the block that is being filled.
    """

    def __init__(self, cells: int, memory: Memory, least: int = 0) -> None:
        """Begins with no room.

        Args:
            cells: how many cells there are.
            memory: lends what large numbers of figures need.
            least: figures of the first block, at least.
        """
        self._cells, self._memory, self._least = cells, memory, least
        self._full: list[tuple[Any, Any]] = []
        self._lend_block(0)

    def begin_block(self, used: int, room: int) -> None:
        """Begins a new block.

        Args:
            used: how many figures stand in the block so far.
            room: how many there must be room for.
        """
        self._put_away(used)
        size = max(room, self._least, min(_BLOCK, 2 * len(self.codes)))
        if size > len(self.codes):
            self._take_back_block()
            self._lend_block(size)

    def by_cell(self, used: int, zeros: Any) -> Counted:
        """Returns the figures by cell, in rising order, in lent memory; keeps none of them.

        Args:
            used: how many figures stand in the last block.
            zeros: how many more of each cell are 0.
        """
        self._put_away(used)
        self._take_back_block()
        self._lend_block(0)
        blocks, self._full = self._full, []
        sizes = np.sum([zeros, *(np.diff(first) for _, first in blocks)], axis=0)
        first = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
        values, begin = self._memory.lend(int(first[-1])), first[:-1] + zeros
        place = begin.copy()
        _begin(values, first, place)
        while blocks:
            ordered, firsts = blocks.pop()
            _append(ordered, firsts, place, values)
            self._memory.take_back(ordered)
        spare = np.empty(int((first[1:] - begin).max(initial=0)), dtype=np.int64)
        sort_cells(values.view(np.int64), begin, first[1:], spare, np.zeros(SPARE, dtype=np.int64))
        return Counted(values, first)

    def _lend_block(self, size: int) -> None:
        """Begins with a block of some size, in which anything may stand."""
        self.codes = self._memory.lend((size + 1) // 2).view(np.int32)[:size]
        self.values = self._memory.lend(size)

    def _take_back_block(self) -> None:
        """Gives the block back."""
        self._memory.take_back(self.codes)
        self._memory.take_back(self.values)

    def _put_away(self, used: int) -> None:
        """Puts what stands in the block away.

        Raises:
            AssertionError: more was written than there was room for, into what others use.
        """
        if used > len(self.codes):
            raise AssertionError("a row added more figures to a list than LISTS says")
        if used:
            first, place = np.zeros(self._cells + 1, dtype=np.int64), np.empty(self._cells, dtype=np.int64)
            ordered = self._memory.lend(used)
            _order(self.codes[:used], self.values[:used], first, place, ordered)
            self._full.append((ordered, first))
