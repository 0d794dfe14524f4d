"""Percentiles of several rows of sorted values, without sorting them together.

A value at a place is found by halving: how many figures lie up to a number each row tells by bisection, in
what is left of it. Figures are times of 0 and more, which rise as the numbers do that their bits make.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.compiled.jit import jit, part

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def quantiles(values: Floats, first: Ints, cells: Ints, groups: Ints, shares: Floats) -> Floats:
    """Returns percentiles of the values of each group, shape (shares, groups); NaN for a group without any.

    Of n values in rising order, it is the one at place 1 + (n - 1) p, between two of them on the straight
    line (definition 7 of Hyndman and Fan, American Statistician 1996; 50: 361-365).

    Args:
        values: days of 0 and more, cell after cell; within a cell they rise.
        first: where each cell's begin, and the number of all.
        cells: those of each group, one group after another.
        groups: where each group's cells begin, and the number of all.
        shares: each from 0 to 1.
    """
    found = np.empty((len(shares), len(groups) - 1))
    pair, left = np.empty(2), np.empty((5, len(cells)), dtype=np.int64)
    _find(values.view(np.int64), first, cells, groups, shares, found, pair.view(np.int64), pair, left)
    return found


@jit
def _find(
    bits: Any, first: Any, cells: Any, groups: Any, shares: Any, found: Any, read: Any, pair: Any, left: Any
) -> None:
    """Finds all.

    Args:
        bits: the values, read as whole numbers.
        first: as in :func:`quantiles`, like those that are not named here.
        cells: as there.
        groups: as there.
        shares: as there.
        found: to be filled.
        read: room for two values, read as whole numbers.
        pair: the same room, read as values.
        left: room for five numbers of each cell.
    """
    for group in range(groups.size - 1):
        rows, number = 0, 0
        for place in range(groups[group], groups[group + 1]):
            begin, end = first[cells[place]], first[cells[place] + 1]
            if end > begin:
                left[3, rows], left[4, rows] = begin, end
                rows, number = rows + 1, number + end - begin
        for wanted in range(shares.size):
            if number == 0:
                found[wanted, group] = np.nan
                continue
            place = (number - 1) * shares[wanted]
            below = int(np.floor(place))
            read[0] = _halve(bits, rows, below, left)
            read[1] = _halve(bits, rows, below + 1, left) if place > below else read[0]
            found[wanted, group] = pair[0] + (pair[1] - pair[0]) * (place - below)


@part
def _halve(bits: Any, rows: int, place: int, left: Any) -> int:
    """Returns the value at a place among those of some rows, which ``left`` ends with."""
    if rows == 1:
        return int(bits[left[3, 0] + place])
    least, most, before = bits[left[3, 0]], bits[left[3, 0]], 0
    for row in range(rows):
        left[0, row], left[1, row] = left[3, row], left[4, row]
        least, most = min(least, bits[left[0, row]]), max(most, bits[left[1, row] - 1])
    while least < most:
        middle, upto = least + (most - least) // 2, before
        for row in range(rows):
            left[2, row] = _after(bits, left[0, row], left[1, row], middle)
            upto += left[2, row] - left[0, row]
        if upto > place:
            most = middle
        else:
            least, before = middle + 1, upto
        kept = 1 if upto > place else 0
        for row in range(rows):
            left[kept, row] = left[2, row]
    return int(least)


@part
def _after(bits: Any, low: int, high: int, value: int) -> int:
    """Returns the first place, of those from ``low`` to ``high``, of a larger value."""
    while low < high:
        middle = (low + high) // 2
        if bits[middle] > value:
            high = middle
        else:
            low = middle + 1
    return low
