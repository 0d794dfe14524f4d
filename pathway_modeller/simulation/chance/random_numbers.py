"""Addressed random numbers: every uniform has an address and is never drawn in order.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
3", SC11, 2011), a pure function of a 128-bit counter and a 64-bit key. The address of a uniform is

    key     = (seed, replication)
    counter = (element key, stream key, ordinal of the patient, purpose << 24 | visit)

so that the same patient draws the same under every option, and adding an element moves nobody's numbers.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from functools import lru_cache

_MASK = 0xFFFFFFFF
_MULTIPLIER_0 = 0xD2511F53
_MULTIPLIER_1 = 0xCD9E8D57
_WEYL_0 = 0x9E3779B9
_WEYL_1 = 0xBB67AE85
_ROUNDS = 10
_VISITS = 1 << 24


class Purpose(IntEnum):
    """What a uniform is used for; part of its address."""

    ARRIVAL = 1
    GROUP = 2
    ATTRIBUTE = 3
    SERVICE = 4
    WAIT = 5
    ROUTE = 6
    PATIENCE = 7
    ATTEND = 8
    REBOOK = 9
    MOVE = 10
    LATENESS = 11
    WAITED = 12
    REMAINING = 13
    PERSON = 14
    UPTAKE = 15
    FADE = 16
    NEED = 17
    DETERIORATE = 18
    CASELOAD = 19
    REVIEW = 20
    ADVICE = 21
    HARM = 22
    HARM_BETWEEN = 23
    QUALITY = 24


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Returns the four 32-bit words of Philox4x32-10 for a counter and a key of 32-bit words.

    Only masks, products and shifts are used, so that the same source also compiles with wrapping 64-bit
    integers: a product's high word is masked after the shift.
    """
    return _rounds(c0, c1, c2, c3, round_keys(k0, k1))


@lru_cache(maxsize=1024)
def round_keys(k0: int, k1: int) -> tuple[tuple[int, int], ...]:
    """Returns the key of each round: the words of the key plus multiples of the Weyl constants."""
    return tuple(
        ((k0 + number * _WEYL_0) & _MASK, (k1 + number * _WEYL_1) & _MASK) for number in range(_ROUNDS)
    )


def _rounds(
    c0: int, c1: int, c2: int, c3: int, keys: tuple[tuple[int, int], ...]
) -> tuple[int, int, int, int]:
    """Returns the counter after all rounds."""
    for k0, k1 in keys:
        p0 = _MULTIPLIER_0 * c0
        p1 = _MULTIPLIER_1 * c2
        c0 = ((p1 >> 32) & _MASK) ^ c1 ^ k0
        c1 = p1 & _MASK
        c2 = ((p0 >> 32) & _MASK) ^ c3 ^ k1
        c3 = p0 & _MASK
    return c0, c1, c2, c3


def uniform(
    seed: int, replication: int, element: int, stream: int, ordinal: int, purpose: int, visit: int
) -> float:
    """Returns the uniform at an address, strictly between 0 and 1 (52 bits, centred in their cell)."""
    place = (purpose << 24) | (visit % _VISITS)
    w0, w1, _, _ = _rounds(element, stream, ordinal, place, round_keys(seed, replication))
    return ((w0 >> 6) * 67108864.0 + (w1 >> 6) + 0.5) * 2.220446049250313e-16


def element_key(identifier: str) -> int:
    """Returns the 32-bit key of an element's id: the first four bytes of its BLAKE2s digest."""
    return int.from_bytes(hashlib.blake2s(identifier.encode(), digest_size=4).digest(), "little")


def stream_key(*parts: str) -> int:
    """Returns the 31-bit key of a stream of patients, from the ids that name it."""
    return element_key("\0".join(parts)) >> 1
