"""Figures that are gathered while a replication is played, of which nobody knows how many there will be.

At the end they are sorted cell by cell, by as many digits of their whole milliseconds as they have, last
digit first: that takes two fifths of the time of a sort that compares.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import jit, part
from pathway_modeller.simulation.tally.people_facts import Values
from pathway_modeller.simulation.ticks import TICKS_PER_DAY

_BLOCK = 1 << 20
"""Figures of a block, at most."""
_BITS = 11
_DIGITS = (1 << _BITS) - 1
"""Bits of a digit of whole milliseconds, and the largest digit."""


@jit
def _count(codes: Any, size: Any) -> None:
    """Counts how many figures each cell has."""
    for code in codes:
        size[code] += 1


@jit
def _sort_in(codes: Any, figures: Any, place: Any, values: Any) -> None:
    """Puts figures in their cells' places, which move on."""
    for i in range(codes.size):
        code = codes[i]
        values[place[code]] = figures[i]
        place[code] += 1


@jit
def _sort(values: Any, first: Any, spare: Any, starts: Any) -> None:
    """Puts each cell's figures, days of 0 and more, into rising order.

    Args:
        values: cell after cell.
        first: where each cell's figures begin, and the number of all.
        spare: room for the figures of any cell.
        starts: room for a number for each digit.
    """
    for cell in range(first.size - 1):
        begin, end, longest, shift = first[cell], first[cell + 1], 0, 0
        for i in range(begin, end):
            longest = max(longest, _ticks(values[i]))
        while longest >> shift > 0:
            if shift // _BITS % 2:
                _sort_by_digit(spare, 0, values, begin, end - begin, shift, starts)
            else:
                _sort_by_digit(values, begin, spare, 0, end - begin, shift, starts)
            shift += _BITS
        if shift // _BITS % 2:
            for i in range(begin, end):
                values[i] = spare[i - begin]
        _exchange(values, begin, end)


@part
def _ticks(days: float) -> int:
    """Returns a time in whole milliseconds."""
    return int(days * TICKS_PER_DAY + 0.5)


@part
def _sort_by_digit(
    here: Any, first: int, there: Any, place: int, number: int, shift: int, starts: Any
) -> None:
    """Puts figures into the order of one digit, elsewhere; those of the same digit stay in theirs."""
    starts[:] = 0
    for i in range(first, first + number):
        starts[(_ticks(here[i]) >> shift) & _DIGITS] += 1
    for digit in range(starts.size):
        place, starts[digit] = place + starts[digit], place
    for i in range(first, first + number):
        digit = (_ticks(here[i]) >> shift) & _DIGITS
        there[starts[digit]] = here[i]
        starts[digit] += 1


@part
def _exchange(values: Any, begin: int, end: int) -> None:
    """Puts neighbours right that differ by less than a millisecond, as differences of days do by rounding."""
    for i in range(begin + 1, end):
        value, place = values[i], i
        while place > begin and values[place - 1] > value:
            values[place] = values[place - 1]
            place -= 1
        values[place] = value


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
        memory = np.empty(12 * size, dtype=np.int8)
        self.values, self.codes = memory[: 8 * size].view(np.float64), memory[8 * size :].view(np.int32)

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
            _count(codes, size)
        first = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(size)))
        values, place = np.empty(int(first[-1])), first[:-1].copy()
        while blocks:
            _sort_in(*blocks.pop(), place, values)
        _sort(values, first, np.empty(size.max(initial=0)), np.zeros(_DIGITS + 1, dtype=np.int64))
        return Values(values, first)

    def _put_away(self, used: int) -> None:
        """Puts the block away, without what is empty of it if that is much."""
        if used:
            tight = used > len(self.codes) // 2
            parts = (self.codes[:used], self.values[:used])
            self._full.append(parts if tight else (parts[0].copy(), parts[1].copy()))
