"""Replications beside the window: at first as many as there are processors, none while an answer is drawn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.replicate import Cancelled, Task
from pathway_modeller.gui.results.tempo import LONGEST_PAUSE, Tempo
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.simulation.model.errors import Cancelled as WasCancelled
from tests.experiment.stand_in import quick, scenario

SOON = 5.0


class Players:
    """Threads that play replications, each until it is let go."""

    def __init__(self, tempo: Tempo) -> None:
        self.begun = threading.Semaphore(0)
        self.enough = threading.Semaphore(0)
        self._replication = tempo.held(self._play)
        self._pool = ThreadPoolExecutor(8)

    def _play(self, task: Task, cancelled: Cancelled | None = None) -> Vectors:
        self.begun.release()
        assert self.enough.acquire(timeout=SOON)
        return quick(task)

    def ask(self, count: int, cancelled: Cancelled | None = None) -> list[Future[Vectors]]:
        """Asks for replications."""
        whole = scenario(1)
        task = Task(BASELINE, whole, whole.baseline, whole.run, 0, "compiled", 1.0)
        return [self._pool.submit(self._replication, task, cancelled) for _ in range(count)]

    def have_begun(self, count: int) -> bool:
        """Whether so many more have begun, and none besides."""
        return all(self.begun.acquire(timeout=SOON) for _ in range(count)) and not self.begun.acquire(
            timeout=0.2
        )

    def close(self) -> None:
        """Lets all go."""
        self.enough.release(100)
        self._pool.shutdown()


@contextmanager
def players(tempo: Tempo) -> Iterator[Players]:
    made = Players(tempo)
    try:
        yield made
    finally:
        tempo.go_on()
        made.close()


def test_fewer_replications_go_on_once_there_is_an_answer_and_none_while_it_is_drawn() -> None:
    now = 0.0
    tempo = Tempo(3, 1, lambda: now)
    with players(tempo) as players_:
        players_.ask(9)
        assert players_.have_begun(3)
        tempo.pause()
        players_.enough.release(3)
        assert players_.have_begun(0)
        tempo.go_on()
        assert players_.have_begun(1)
        tempo.pause()
        players_.enough.release()
        assert players_.have_begun(1), "only the first answer is waited for"


def test_a_pause_ends_by_itself() -> None:
    now = 0.0
    tempo = Tempo(3, 1, lambda: now)
    tempo.pause()
    with players(tempo) as players_:
        players_.ask(2)
        assert players_.have_begun(0)
        now = LONGEST_PAUSE
        assert players_.have_begun(1)


def test_one_that_waits_for_its_turn_hears_that_it_is_cancelled() -> None:
    tempo, cancelled = Tempo(1, 1, lambda: 0.0), threading.Event()
    tempo.pause()
    with players(tempo) as players_:
        (waiting,) = players_.ask(1, cancelled.is_set)
        assert players_.have_begun(0)
        cancelled.set()
        with pytest.raises(WasCancelled):
            waiting.result(timeout=SOON)
