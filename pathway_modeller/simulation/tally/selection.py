"""The values at some places among several rows of sorted values, without sorting them together.

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


def values_at(values: Floats, begin: Ints, end: Ints, groups: Ints, places: Ints) -> Floats:
    """Returns the values at some places, from 0, among those of each group, in rising order.

    Args:
        values: days of 0 and more.
        begin: where each row begins, one group after another; within a row they rise.
        end: where each row ends.
        groups: where each group's rows begin, and the number of all.
        places: of each group and figure wanted, shape (groups, figures); of groups without rows, anything.
    """
    found = np.zeros(places.shape, dtype=np.int64)
    _find(values.view(np.int64), begin, end, groups, places, found, np.empty((3, len(begin)), dtype=np.int64))
    return found.view(np.float64)


@jit
def _find(bits: Any, begin: Any, end: Any, groups: Any, places: Any, found: Any, left: Any) -> None:
    """Finds all; ``left`` is room for three numbers of each row."""
    for group in range(groups.size - 1):
        first, last = groups[group], groups[group + 1]
        for wanted in range(places.shape[1] if last > first else 0):
            if last - first == 1:
                found[group, wanted] = bits[begin[first] + places[group, wanted]]
            else:
                found[group, wanted] = _halve(bits, begin, end, first, last, places[group, wanted], left)


@part
def _halve(bits: Any, begin: Any, end: Any, first: int, last: int, place: int, left: Any) -> int:
    """Returns the value at a place among those of some rows."""
    least, most, before = bits[begin[first]], bits[begin[first]], 0
    for row in range(first, last):
        left[0, row], left[1, row] = begin[row], end[row]
        least, most = min(least, bits[begin[row]]), max(most, bits[end[row] - 1])
    while least < most:
        middle, upto = least + (most - least) // 2, before
        for row in range(first, last):
            left[2, row] = _after(bits, left[0, row], left[1, row], middle)
            upto += left[2, row] - left[0, row]
        if upto > place:
            most = middle
        else:
            least, before = middle + 1, upto
        kept = 1 if upto > place else 0
        for row in range(first, last):
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
