"""Capacity with a timetable and priorities for SimPy, on its bare events."""

from __future__ import annotations

import heapq
import itertools

import simpy


class Staff:
    """Units of capacity with a queue in order of priority, then of joining.

    SimPy's own ``PriorityResource`` sorts its whole queue whenever somebody joins, which makes SimPy look
    slower than it is where queues are long; nor can its number of units be changed.
    """

    def __init__(self, env: simpy.Environment, units: int) -> None:
        self.env, self.free = env, units
        self.waiting: list[tuple[int, int, simpy.Event]] = []
        self._joined = itertools.count()

    def request(self, priority: int = 0) -> simpy.Event:
        """Returns the event of getting a unit."""
        turn = self.env.event()
        heapq.heappush(self.waiting, (priority, next(self._joined), turn))
        self.change(0)
        return turn

    def change(self, units: int) -> None:
        """Frees units, or takes them away; those in use stay in use until they are given back."""
        self.free += units
        while self.free > 0 and self.waiting:
            self.free -= 1
            heapq.heappop(self.waiting)[2].succeed()

    def leave(self, turn: simpy.Event) -> None:
        """Takes somebody out of the queue."""
        self.waiting = [each for each in self.waiting if each[2] is not turn]
        heapq.heapify(self.waiting)
