"""Keeping every wait while the compiled engine plays, as the other implementations do, and no more."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from pathway_modeller.simulation.trace import Event

GROUPS = 64
"""An element and a need tier in one number: the element times this, plus the tier plus one."""
_JOIN, _START = int(Event.JOIN), int(Event.START)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _kept(
    rows: Any, who: Any, joined: Any, starts: Any, waits: Any, where: Any, found: int
) -> int:  # pragma: no cover - compiled
    """Notes the waits of some rows; returns how many there are now."""
    for place in range(len(rows)):
        event = rows[place]["event"]
        if event == _JOIN:
            joined[who[place]] = rows[place]["time"]
        elif event == _START:
            starts[found] = rows[place]["time"]
            waits[found] = starts[found] - joined[who[place]]
            where[found] = rows[place]["element"] * GROUPS + rows[place]["need_tier"] + 1
            found += 1
    return found


class WaitsKept:
    """Takes rows of the engine, and keeps time and wait of every start.

    Attributes:
        starts, waits, where: arrays of which the first ``found`` places are used; ``where`` holds element and
            need tier in one number.
    """

    def __init__(self, room: int) -> None:
        self.starts, self.waits = np.empty(room), np.empty(room)
        self.where = np.empty(room, dtype=np.int32)
        self.found = 0
        self._joined = np.zeros(4096)

    def take(self, rows: Any, who: Any) -> None:
        """Takes some rows; ``who`` is the engine's number of each row's patient."""
        most = int(who.max(initial=0))
        if most >= len(self._joined):
            self._joined = np.resize(self._joined, 2 * most)
        if self.found + len(rows) > len(self.starts):
            room = 2 * (self.found + len(rows))
            self.starts, self.waits = (_longer(each, room) for each in (self.starts, self.waits))
            self.where = _longer(self.where, room)
        self.found = _kept(rows, who, self._joined, self.starts, self.waits, self.where, self.found)


def _longer(array: Any, room: int) -> Any:
    """Returns an array with more room and the same beginning."""
    longer = np.empty(room, dtype=array.dtype)
    longer[: len(array)] = array
    return longer
