"""The clock of the SimPy engine: bound events in a written order, then whatever can start.

SimPy's own ``schedule`` takes a delay, and ``now + (time - now)`` need not be ``time`` in floating point;
and events of equal time and priority run in the order of scheduling, which another engine cannot repeat.
This environment therefore schedules at absolute times, with a priority that says the whole order.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from enum import IntEnum

import simpy

from pathway_modeller.simulation.chance.ticks import on_tick


class Rank(IntEnum):
    """The order of bound events that are due at the same instant; equal ranks go by identity."""

    CAPACITY = 0
    SERVICE_END = 1
    WAIT_END = 2
    MOVE_END = 3
    POPULATION = 4
    ARRIVAL = 5
    DETERIORATE = 6
    PATIENCE = 7
    START = 8


class Bound(simpy.Event):
    """An event bound to happen at a time; SimPy runs its action when the time comes."""

    def __init__(self, clock: Clock, action: Callable[[simpy.Event], None]) -> None:
        super().__init__(clock)
        self.callbacks.append(action)
        self._ok = True
        self._value = None


class Clock(simpy.Environment):
    """A SimPy environment whose events carry absolute times and a complete order."""

    def at(self, time: float, rank: Rank, identity: int, action: Callable[[simpy.Event], None]) -> None:
        """Schedules an action.

        Args:
            time: when, in days, not before now; moved to the nearest millisecond.
            rank: order among events of the same time.
            identity: order among events of the same time and rank (patient, or body of capacity).
            action: what to do.
        """
        heapq.heappush(self._queue, (on_tick(time), (rank, identity), next(self._eid), Bound(self, action)))  # type: ignore[misc]
