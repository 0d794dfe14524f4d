"""Queues and capacity of the SimPy engine: who may start next.

Patients who need the same units and would give up the same units on starting stand in one line of an
activity's queue. Only the first of each line can be the next to start, so only those are looked at.
"""

from __future__ import annotations

import heapq
import math

from pathway_modeller.simulation.model.dates import UNLIMITED
from pathway_modeller.simulation.model.parts import Needs
from pathway_modeller.simulation.simpy.patient import Waiting

LineKey = tuple[int, Needs, Needs]


class Line:
    """The patients of one activity who need, and would give up, the same units."""

    def __init__(self, key: LineKey, number: int) -> None:
        self.activity, self.needs, self.gives = key
        self.number = number
        self._heap: list[tuple[int, float, int, int, Waiting]] = []

    def join(self, waiting: Waiting) -> None:
        """Adds a patient."""
        heapq.heappush(self._heap, (*waiting.place, waiting.visit, waiting))

    def first(self) -> Waiting | None:
        """Returns the patient who is next, if any waits."""
        while self._heap and self._heap[0][-1].left:
            heapq.heappop(self._heap)
        return self._heap[0][-1] if self._heap else None


class Capacity:
    """Open units and units in use of every body of capacity."""

    def __init__(self, bodies: int) -> None:
        self.open: list[float] = [0.0] * bodies
        self.used = [0] * bodies

    def set_open(self, body: int, units: int) -> None:
        """Changes the open units; those in use stay in use."""
        self.open[body] = math.inf if units == UNLIMITED else units

    def fits(self, needs: Needs, gives: Needs) -> bool:
        """Returns whether units are free for a patient who gives up others at the same instant."""
        for body, units in needs:
            free = self.open[body] - self.used[body]
            if gives:
                free += sum(given for other, given in gives if other == body)
            if free < units:
                return False
        return True


class Queues:
    """All lines, and which of them may have someone who can start.

    Attributes:
        capacity: open units and units in use.
        waiting: number of patients who wait, by activity.
        holders: those who wait while they hold units, by identity.
    """

    def __init__(self, bodies: int) -> None:
        self.capacity = Capacity(bodies)
        self.waiting: dict[int, int] = {}
        self.holders: dict[int, Waiting] = {}
        self._lines: dict[LineKey, Line] = {}
        self._by_body: list[list[Line]] = [[] for _ in range(bodies)]
        self._candidates: dict[int, Line] = {}

    def join(self, waiting: Waiting) -> None:
        """Adds a patient to the line of those like them."""
        key = (waiting.activity, waiting.needs, waiting.gives)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line(key, len(self._lines))
            for body, _ in waiting.needs:
                self._by_body[body].append(line)
        line.join(waiting)
        if waiting.patient.held:
            self.holders[waiting.patient.identity] = waiting
        self.waiting[waiting.activity] = self.waiting.get(waiting.activity, 0) + 1
        self._candidates[line.number] = line

    def leave(self, waiting: Waiting) -> None:
        """Takes a patient out of the queue."""
        waiting.left = True
        self.holders.pop(waiting.patient.identity, None)
        self.waiting[waiting.activity] -= 1

    def freed(self, body: int) -> None:
        """Marks the lines that need a body of capacity, since more of it may be free."""
        for line in self._by_body[body]:
            self._candidates[line.number] = line

    def next_start(self) -> Waiting | None:
        """Returns the first patient, in queue order, who can start now; None if nobody can."""
        best: Waiting | None = None
        for number in list(self._candidates):
            line = self._candidates[number]
            first = line.first()
            if first is None or not self.capacity.fits(line.needs, line.gives):
                del self._candidates[number]
            elif best is None or first.place < best.place:
                best = first
        return best
