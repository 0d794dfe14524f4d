"""Which of many comes first: knock-out contests that are played again only where something changed.

A contest is a binary tree in a list of whole numbers: place 1 holds who comes first of all, place i the lower
of places 2i and 2i + 1; the second half of the list are the contestants (a tournament tree: Knuth, The Art of
Computer Programming 3, section 5.4.1). The number of a contestant is the millisecond at which they come,
times how many there may be, plus their place among them: there is room for a thousand years and 250,000
contestants. The lower of two numbers is found without a jump, which the processor could not foresee, and
equal times are decided by place.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import part

NEVER = int(np.iinfo(np.int64).max)
"""The number of a contestant who never comes."""


def contest(contestants: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Returns a contest in which nobody comes yet."""
    return np.full(2 << max(contestants - 1, 0).bit_length(), NEVER, dtype=np.int64)


@part
def comes_at(contest: Any, place: int, ticks: float) -> None:
    """Has a contestant come at another time, in milliseconds or infinity, and plays their part again."""
    many = len(contest) >> 1
    first = int(ticks) * many + place if ticks < math.inf else NEVER
    here = many + place
    contest[here] = first
    while here > 1:
        first = min(first, contest[here ^ 1])
        here >>= 1
        contest[here] = first


@part
def first_of_others(contest: Any, place: int) -> int:
    """Returns the number of who comes first of all but one contestant; ``NEVER`` if nobody else comes."""
    first, here = NEVER, (len(contest) >> 1) + place
    while here > 1:
        first = min(first, contest[here ^ 1])
        here >>= 1
    return first


@part
def place_of(contest: Any, number: int) -> int:
    """Returns the place of the contestant who has a number."""
    return number & ((len(contest) >> 1) - 1)


@part
def comes_first(contest: Any) -> int:
    """Returns the place of who comes first, of several at a time the first; -1 if nobody comes."""
    return place_of(contest, contest[1]) if contest[1] < NEVER else -1


@part
def comes_alone(contest: Any, place: int) -> bool:
    """Returns whether nobody comes at the same time as the contestant who comes first."""
    many = len(contest) >> 1
    here, latest = many + place, contest[1] - place + many
    while here > 1:
        if contest[here ^ 1] < latest:
            return False
        here >>= 1
    return True
