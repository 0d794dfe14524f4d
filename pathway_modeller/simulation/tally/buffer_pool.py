"""Large pieces of memory that one replication after another uses.

A system clears memory before it gives it away, and some take far longer for that than it takes to sort what
is put into it. So what a replication no longer needs is kept for the next. So is how much room it came to
need: the next need not make more again and again.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

_LEAST = 1 << 16
"""Figures of the smallest piece that is worth keeping."""


class Memory:
    """Pieces of memory for figures; threads may share it.

    Attributes:
        needed: how much of what grows the last replication came to need, by name.
    """

    def __init__(self) -> None:
        """Begins with none."""
        self.needed: dict[str, int] = {}
        self._free: list[Any] = []
        self._lock = Lock()

    def lend(self, number: int) -> Any:
        """Returns room for a number of figures, in which anything may stand; a part of a piece.

        It is the smallest free piece that is large enough, and less than twice as large as it need be; if
        there is none, a new one, of an eighth more, since the next replication may need a little more.
        """
        import numpy as np

        with self._lock:
            fitting = [place for place, piece in enumerate(self._free) if number <= len(piece) < 2 * number]
            if fitting:
                place = min(fitting, key=lambda each: len(self._free[each]))
                return self._free.pop(place)[:number]
        return np.empty(number + number // 8 if number >= _LEAST else number)[:number]

    def take_back(self, lent: Any) -> None:
        """Takes back what was lent; nobody may look at it any more."""
        if len(lent.base) >= _LEAST:
            with self._lock:
                self._free.append(lent.base)
