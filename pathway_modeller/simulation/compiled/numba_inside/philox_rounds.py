"""The rounds of Philox in the processor's vectors, as LLVM writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.extending import intrinsic

from pathway_modeller.simulation.compiled.numba_inside.pointers import vector_at
from pathway_modeller.simulation.compiled.numba_inside.table_types import INT

_MASK = 0xFFFFFFFF
_MULTIPLIERS = [0xD2511F53, 0xCD9E8D57]
_ROUNDS = 10
SIDES = 2
"""Addresses that stand side by side at most."""
_PLACE = ir.IntType(32)


def _same(numbers: list[int]) -> Any:
    """Returns a vector of constants."""
    return ir.Constant(ir.VectorType(INT, len(numbers)), numbers)


def _filled(builder: Any, numbers: list[Any]) -> Any:
    """Returns a vector of numbers."""
    vector = ir.Constant(ir.VectorType(INT, len(numbers)), ir.Undefined)
    for place, number in enumerate(numbers):
        vector = builder.insert_element(vector, number, _PLACE(place))
    return vector


def _rounds(builder: Any, counters: list[list[Any]], key_of: Callable[[int], Any]) -> list[Any]:
    """Returns the first two words for each counter of four words after all rounds."""
    length = 2 * len(counters)
    multiplied = _filled(builder, [counter[place] for counter in counters for place in (0, 2)])
    mixed = _filled(builder, [counter[place] for counter in counters for place in (1, 3)])
    crossed = ir.Constant(ir.VectorType(_PLACE, length), [place ^ 1 for place in range(length)])
    for number in range(_ROUNDS):
        low = builder.and_(multiplied, _same(length * [_MASK]))
        products = builder.mul(low, _same(len(counters) * _MULTIPLIERS))
        products = builder.shuffle_vector(products, products, crossed)
        high = builder.lshr(products, _same(length * [32]))
        multiplied, mixed = builder.xor(high, builder.xor(mixed, key_of(number))), products
    return [
        builder.and_(builder.extract_element(vector, _PLACE(place)), INT(_MASK))
        for place in range(0, length, 2)
        for vector in (multiplied, mixed)
    ]


@intrinsic
def _words_at(_: Any, keys: Any, address: Any, last: Any) -> Any:
    """Returns the first two words of Philox4x32-10 for each of one or two counters.

    Args:
        keys: the table of the rounds' keys.
        address: the first three words of all counters.
        last: the last word of each.
    """
    several = last.count

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        def key_of(number: int) -> Any:
            return vector_at(context, builder, keys, args[0], INT(2 * SIDES * number), 2 * several)

        first = cgutils.unpack_tuple(builder, args[1], 3)
        counters = [[*first, each] for each in cgutils.unpack_tuple(builder, args[2], several)]
        return cgutils.pack_array(builder, _rounds(builder, counters, key_of))

    return types.UniTuple(types.int64, 2 * several)(keys, address, last), build


words: Any = _words_at
"""Returns the first two words for each of one or two counters; see :func:`_words_at`."""
