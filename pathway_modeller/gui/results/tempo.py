"""How many replications go on at a time in threads beside the window: more until there is a first answer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition

from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.replicate import Cancelled, Replicate, Task
from pathway_modeller.simulation.model.errors import Cancelled as WasCancelled

LONGEST_PAUSE = 2.0
"""Seconds after which replications go on, whether the first chart is there or not."""

_LOOK = 0.05
"""Seconds between two looks at whether to go on waiting."""


class Tempo:
    """Has replications begin at once, or wait for their turn.

    Until the first answer they have all processors: somebody waits for it, and has nothing to read yet. While
    its chart is drawn no replication begins: threads that play and one that draws hand the interpreter to and
    fro, and the chart takes more than twice as long. From then on one processor is left to the window.
    """

    def __init__(self, first: int, later: int, clock: Callable[[], float]) -> None:
        """Begins with the first answer still to come.

        Args:
            first: replications at a time until there is an answer.
            later: and from then on.
            clock: gives seconds that do not go back.
        """
        self._most = first
        self._later = later
        self._clock = clock
        self._going = 0
        self._has_paused = False
        self._pause_ends = 0.0
        self._changed = Condition()

    def held(self, replication: Replicate) -> Replicate:
        """Returns work that waits for its turn in the thread that does it; that may be cancelled."""

        def in_turn(task: Task, cancelled: Cancelled | None) -> Vectors:
            self._begin(cancelled)
            try:
                return replication(task, cancelled)
            finally:
                self._end()

        return in_turn

    def slow_down(self) -> None:
        """Leaves a processor to the window from now on."""
        with self._changed:
            self._most = self._later

    def pause(self) -> None:
        """Has no replication begin until :meth:`go_on`, the first time; and fewer at a time after that."""
        with self._changed:
            self._most = self._later
            if not self._has_paused:
                self._has_paused = True
                self._pause_ends = self._clock() + LONGEST_PAUSE

    def go_on(self) -> None:
        """Ends a pause, if there is one."""
        with self._changed:
            self._pause_ends = 0.0
            self._changed.notify_all()

    def _begin(self, cancelled: Cancelled | None) -> None:
        """Returns when a replication may begin."""
        with self._changed:
            while self._going >= self._most or self._clock() < self._pause_ends:
                if cancelled is not None and cancelled():
                    raise WasCancelled
                self._changed.wait(_LOOK)
            self._going += 1

    def _end(self) -> None:
        """Lets another replication begin."""
        with self._changed:
            self._going -= 1
            self._changed.notify()
