"""Addressed random numbers in the processor's vectors: those of ``random_numbers.py``, one or two at once.

A round of Philox multiplies two of four words and mixes the products into the other two. One vector holds
the words that are multiplied, for one address or for two side by side, another those that they are mixed
with; two uniforms then cost hardly more than one. Of each 64-bit place only the low half counts: what
products leave in the high half is masked before it is multiplied again. The key of a replication is always
the same, so the keys of all rounds lie ready in a table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.extending import intrinsic

from pathway_modeller.simulation.chance import random_numbers
from pathway_modeller.simulation.compiled.jit import COMPILED, apart, woven
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.pointers import vector_at
from pathway_modeller.simulation.compiled.table_types import INT

_MASK = 0xFFFFFFFF
_MULTIPLIERS = [0xD2511F53, 0xCD9E8D57]
_ROUNDS = 10
_SIDES = 2
"""Addresses that stand side by side at most."""
_PLACE = ir.IntType(32)


def keys_of(seed: int, replication: int) -> npt.NDArray[np.int64]:
    """Returns the two words of each round's key, as often as addresses stand side by side.

    Args:
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication.
    """
    keys = [each for pair in random_numbers.round_keys(seed, replication) for each in _SIDES * pair]
    return np.array(keys, dtype=np.int64)


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
            return vector_at(context, builder, keys, args[0], INT(2 * _SIDES * number), 2 * several)

        first = cgutils.unpack_tuple(builder, args[1], 3)
        counters = [[*first, each] for each in cgutils.unpack_tuple(builder, args[2], several)]
        return cgutils.pack_array(builder, _rounds(builder, counters, key_of))

    return types.UniTuple(types.int64, 2 * several)(keys, address, last), build


_words: Any = _words_at


@woven
def _between(first: int, second: int) -> float:
    """Returns the uniform that two words make."""
    return ((first >> 6) * 67108864.0 + (second >> 6) + 0.5) * 2.220446049250313e-16


@woven
def _last_word(purpose: int, visit: int) -> int:
    """Returns the last word of a counter."""
    return (purpose << 24) | (visit & 0xFFFFFF)


@apart
def _uniform(w: World, element: int, stream: int, ordinal: int, purpose: int, visit: int) -> float:
    """Returns the uniform at an address."""
    words = _words(w.keys, (element, stream, ordinal), (_last_word(purpose, visit),))
    return _between(words[0], words[1])


@apart
def _two_uniforms(
    w: World, element: int, stream: int, ordinal: int, purpose: int, other: int, visit: int
) -> tuple[float, float]:
    """Returns the uniforms at two addresses that differ in their purpose alone."""
    last = _last_word(purpose, visit), _last_word(other, visit)
    words = _words(w.keys, (element, stream, ordinal), last)
    return _between(words[0], words[1]), _between(words[2], words[3])


def _as_reference(w: World, *address: int) -> float:
    """Returns the uniform at an address where nothing is compiled, whatever kind of numbers it is given."""
    return random_numbers.uniform(*map(int, (w.keys[0], w.keys[1], *address)))


def _one_by_one(w: World, *address: int) -> tuple[float, float]:
    """Returns the two uniforms where nothing is compiled."""
    *place, purpose, other, visit = address
    return _as_reference(w, *place, purpose, visit), _as_reference(w, *place, other, visit)


uniform: Any = _uniform if COMPILED else _as_reference
"""Returns the uniform at an address; see ``uniform`` in ``chance/random_numbers.py``."""
two_uniforms: Any = _two_uniforms if COMPILED else _one_by_one
"""Returns the uniforms at two addresses that differ in their purpose alone."""
