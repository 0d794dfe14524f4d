"""Addressed random numbers in the processor's vectors: those of ``random_numbers.py``, one or two at once.

A round of Philox multiplies two of four words and mixes the products into the other two. One vector holds the
words that are multiplied, for one address or for two side by side, another those that they are mixed with; two
uniforms then cost hardly more than one. Of each 64-bit place only the low half counts: what products leave in
the high half is masked before it is multiplied again.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.extending import intrinsic

from pathway_modeller.simulation import random_numbers
from pathway_modeller.simulation.compiled.jit import COMPILED, part, woven
from pathway_modeller.simulation.compiled.table_types import INT

_MASK = 0xFFFFFFFF
_MULTIPLIERS = [0xD2511F53, 0xCD9E8D57]
_WEYL = [0x9E3779B9, 0xBB67AE85]
_ROUNDS = 10
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


def _words(builder: Any, key: list[Any], counters: list[list[Any]]) -> Any:
    """Returns the first two words for each counter of four words, as a tuple."""
    several = len(counters)
    multiplied = _filled(builder, [counter[place] for counter in counters for place in (0, 2)])
    mixed = _filled(builder, [counter[place] for counter in counters for place in (1, 3)])
    keys = _filled(builder, several * key)
    crossed = [place ^ 1 for place in range(2 * several)]
    for number in range(_ROUNDS):
        low = builder.and_(multiplied, _same(2 * several * [_MASK]))
        products = builder.mul(low, _same(several * _MULTIPLIERS))
        products = builder.shuffle_vector(
            products, products, ir.Constant(ir.VectorType(_PLACE, 2 * several), crossed)
        )
        round_key = builder.add(keys, _same(several * [number * each for each in _WEYL]))
        high = builder.lshr(products, _same(2 * several * [32]))
        multiplied, mixed = builder.xor(high, builder.xor(mixed, round_key)), products
    words = [
        builder.and_(builder.extract_element(vector, _PLACE(2 * place)), INT(_MASK))
        for place in range(several)
        for vector in (multiplied, mixed)
    ]
    return cgutils.pack_array(builder, words)


@intrinsic
def _two_words(_: Any, k0: Any, k1: Any, c0: Any, c1: Any, c2: Any, c3: Any) -> Any:
    """Returns the first two words of Philox4x32-10 for a key and a counter."""

    def build(_: Any, builder: Any, __: Any, args: Any) -> Any:
        return _words(builder, list(args[:2]), [list(args[2:])])

    return types.UniTuple(types.int64, 2)(*6 * [types.int64]), build


@intrinsic
def _four_words(_: Any, k0: Any, k1: Any, c0: Any, c1: Any, c2: Any, c3: Any, other: Any) -> Any:
    """Returns the first two words each for a counter and for another that differs in its last word."""

    def build(_: Any, builder: Any, __: Any, args: Any) -> Any:
        return _words(builder, list(args[:2]), [list(args[2:6]), [*args[2:5], args[6]]])

    return types.UniTuple(types.int64, 4)(*7 * [types.int64]), build


@woven
def _between(first: int, second: int) -> float:
    """Returns the uniform that two words make."""
    return ((first >> 6) * 67108864.0 + (second >> 6) + 0.5) * 2.220446049250313e-16


@woven
def _last_word(purpose: int, visit: int) -> int:
    """Returns the last word of a counter."""
    return (purpose << 24) | (visit & 0xFFFFFF)


@part
def _uniform(
    seed: int, replication: int, element: int, stream: int, ordinal: int, purpose: int, visit: int
) -> float:
    """Returns the uniform at an address."""
    words = _two_words(seed, replication, element, stream, ordinal, _last_word(purpose, visit))
    return _between(words[0], words[1])


@part
def _two_uniforms(
    seed: int,
    replication: int,
    element: int,
    stream: int,
    ordinal: int,
    purpose: int,
    other: int,
    visit: int,
) -> tuple[float, float]:
    """Returns the uniforms at two addresses that differ in their purpose alone."""
    words = _four_words(
        seed, replication, element, stream, ordinal, _last_word(purpose, visit), _last_word(other, visit)
    )
    return _between(words[0], words[1]), _between(words[2], words[3])


def _as_reference(*address: int) -> float:
    """Returns the uniform at an address where nothing is compiled, whatever kind of numbers it is given."""
    return random_numbers.uniform(*map(int, address))


def _one_by_one(*address: int) -> tuple[float, float]:
    """Returns the two uniforms where nothing is compiled."""
    *place, purpose, other, visit = address
    return _as_reference(*place, purpose, visit), _as_reference(*place, other, visit)


uniform: Any = _uniform if COMPILED else _as_reference
"""Returns the uniform at an address; see :func:`pathway_modeller.simulation.random_numbers.uniform`."""
two_uniforms: Any = _two_uniforms if COMPILED else _one_by_one
"""Returns the uniforms at two addresses that differ in their purpose alone."""
