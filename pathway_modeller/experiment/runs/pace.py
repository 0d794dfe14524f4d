"""How many replications go on side by side in threads: one while they are short.

Only while it plays and counts does a replication leave the interpreter to others, a fifth of the time of one
that takes 16 ms. Two threads then wait for each other and hand the interpreter to and fro: replications of
the smallest scenario took half as long again in two threads as in one, and 60% more processor time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import perf_counter, thread_time
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_SHORT = 0.04
"""Seconds of processor time below which replications go on one at a time."""

_BEFORE = 0.2
"""Seconds for which it is waited to know how long they take."""


class Pace:
    """Knows how long replications take, and so how many to begin."""

    def __init__(self) -> None:
        """Begins with no replication known."""
        self._begun = perf_counter()
        self._took: deque[float] = deque(maxlen=2)

    def timed(self, work: Callable[P, T]) -> Callable[P, T]:
        """Returns work that notes, in the thread that does it, how much processor time it takes."""

        def noted(*args: P.args, **keywords: P.kwargs) -> T:
            before = thread_time()
            done = work(*args, **keywords)
            self._took.append(thread_time() - before)
            return done

        return noted

    def width(self, most: int) -> int:
        """Returns how many replications are to go on at a time.

        The first says nothing, since it is the one that loads libraries.

        Args:
            most: how many may.
        """
        if len(self._took) < 2:
            return most if perf_counter() - self._begun >= _BEFORE else 1
        return most if self._took[-1] >= _SHORT else 1
