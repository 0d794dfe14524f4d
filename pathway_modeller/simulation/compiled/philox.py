"""Addressed random numbers in the processor's vectors: those of ``random_numbers.py``, one or two at once.

A round of Philox multiplies two of four words and mixes the products into the other two. One vector holds
the words that are multiplied, for one address or for two side by side, another those that they are mixed
with; two uniforms then cost hardly more than one. Of each 64-bit place only the low half counts: what
products leave in the high half is masked before it is multiplied again. The key of a replication is always
the same, so the keys of all rounds lie ready in a table.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.chance import random_numbers
from pathway_modeller.simulation.compiled.jit import always_inlined, not_inlined
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.philox_rounds import SIDES, words


def keys_of(seed: int, replication: int) -> npt.NDArray[np.int64]:
    """Returns the two words of each round's key, as often as addresses stand side by side.

    Args:
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication.
    """
    keys = [each for pair in random_numbers.round_keys(seed, replication) for each in SIDES * pair]
    return np.array(keys, dtype=np.int64)


@always_inlined
def _between(first: int, second: int) -> float:
    """Returns the uniform that two words make."""
    return ((first >> 6) * 67108864.0 + (second >> 6) + 0.5) * 2.220446049250313e-16


@always_inlined
def _last_word(purpose: int, visit: int) -> int:
    """Returns the last word of a counter."""
    return (purpose << 24) | (visit & 0xFFFFFF)


@not_inlined
def _uniform(w: World, element: int, stream: int, ordinal: int, purpose: int, visit: int) -> float:
    """Returns the uniform at an address."""
    found = words(w.keys, (element, stream, ordinal), (_last_word(purpose, visit),))
    return _between(found[0], found[1])


@not_inlined
def _two_uniforms(
    w: World, element: int, stream: int, ordinal: int, purpose: int, other: int, visit: int
) -> tuple[float, float]:
    """Returns the uniforms at two addresses that differ in their purpose alone."""
    last = _last_word(purpose, visit), _last_word(other, visit)
    found = words(w.keys, (element, stream, ordinal), last)
    return _between(found[0], found[1]), _between(found[2], found[3])


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
