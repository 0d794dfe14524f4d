"""Sorting the figures of each cell: times of 0 and more, which rise as the numbers do that their bits make.

Figures are put in order of the 22 leading bits in which those of a cell differ, in two steps, the last digit
first; those that are then alike stand together, and hardly any must still change places. Where too many must,
as among waits that are the same but for rounding, all bits are sorted by.
"""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import jit, part

_BITS = 11
SPARE = 1 << _BITS
"""Values of a digit."""
_FEW = 32
"""As many figures are sorted one by one."""
_MOVES = 8
"""How many others a figure may be moved past in the end, on the average."""


@jit
def sort_cells(bits: Any, begin: Any, end: Any, spare: Any, starts: Any) -> None:
    """Puts each cell's figures into rising order.

    Args:
        bits: the figures, read as whole numbers.
        begin: where each cell's figures begin.
        end: where they end.
        spare: room for the figures of any cell.
        starts: room for as many numbers as a digit has values.
    """
    for cell in range(begin.size):
        first, number = begin[cell], end[cell] - begin[cell]
        if number > _FEW:
            least, width = _range(bits, first, number)
            shift = max(width - 2 * _BITS, 0)
            _sort_from(bits, first, number, spare, starts, least, shift, width)
            if not _exchange(bits, first, number, _MOVES * number):
                _sort_from(bits, first, number, spare, starts, least, 0, width)
        else:
            _exchange(bits, first, number, number * number)


@part
def _range(bits: Any, first: int, number: int) -> tuple[int, int]:
    """Returns the least of some numbers, and how many bits it takes to tell them apart."""
    least = most = bits[first]
    for i in range(first + 1, first + number):
        least, most = min(least, bits[i]), max(most, bits[i])
    width = 0
    while (most - least) >> width > 0:
        width += 1
    return least, width


@part
def _sort_from(
    bits: Any, first: int, number: int, spare: Any, starts: Any, least: int, shift: int, width: int
) -> None:
    """Sorts by all bits from one on, digit by digit, there and back again."""
    while shift < width:
        _sort_by_digit(bits, first, spare, 0, number, least, shift, starts)
        _sort_by_digit(spare, 0, bits, first, number, least, shift + _BITS, starts)
        shift += 2 * _BITS


@part
def _sort_by_digit(
    here: Any, first: int, there: Any, place: int, number: int, least: int, shift: int, starts: Any
) -> None:
    """Puts figures into the order of one digit, elsewhere; those of the same digit stay in theirs."""
    starts[:] = 0
    for i in range(first, first + number):
        starts[((here[i] - least) >> shift) & (SPARE - 1)] += 1
    for digit in range(starts.size):
        place, starts[digit] = place + starts[digit], place
    for i in range(first, first + number):
        figure = here[i]
        digit = ((figure - least) >> shift) & (SPARE - 1)
        there[starts[digit]] = figure
        starts[digit] += 1


@part
def _exchange(bits: Any, first: int, number: int, most: int) -> bool:
    """Moves each figure past the larger ones before it; tells whether so many moves were enough."""
    for i in range(first + 1, first + number):
        figure, place = bits[i], i
        while place > first and bits[place - 1] > figure:
            bits[place] = bits[place - 1]
            place -= 1
        bits[place] = figure
        most -= i - place
        if most < 0:
            return False
    return True
