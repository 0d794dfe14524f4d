"""The threads or processes that a run started from the window uses, and stopping them at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from threading import Lock

from pathway_modeller.experiment.runs.workers import end_processes, pool, worker_count


def window_workers(workers: int, tasks: int) -> int:
    """Returns how many threads or processes a run uses beside the window's own.

    Args:
        workers: as many as asked for; 0 for all processors but one, which is left to the window.
        tasks: never more than there are tasks.
    """
    return worker_count(workers or max(1, (os.cpu_count() or 1) - 1), tasks)


def all_processors(tasks: int) -> int:
    """Returns how many threads a run uses that is to be quick; never more than there are tasks."""
    return worker_count(0, tasks)


class Workers:
    """The threads or processes of one run; any thread may stop them.

    A run asks its workers to stop, and they look at every few patients; those that cannot hear are ended.
    """

    def __init__(self) -> None:
        """Begins without any."""
        self._lock = Lock()
        self._executor: Executor | None = None

    @contextmanager
    def started(self, engine: str, count: int) -> Iterator[Executor]:
        """Gives an executor with so many workers, all of which have ended when the block is left."""
        try:
            with pool(engine, count) as executor:
                self._keep(executor)
                yield executor
        finally:
            self._keep(None)

    def _keep(self, executor: Executor | None) -> None:
        """Keeps the executor for whoever ends its processes."""
        with self._lock:
            self._executor = executor

    def end_now(self) -> None:
        """Ends processes from outside; the run then sees its pool as broken. Threads always hear."""
        with self._lock:
            executor = self._executor
        end_processes(executor)
