"""Where replications run: in this thread, in threads or spawned processes, or where an executor puts them."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, Protocol

from pathway_modeller.experiment.runs.engines import in_threads

_MOST_ON_WINDOWS = 61
"""Windows cannot wait for more processes at once."""

_GRACE = 0.5
"""Seconds that processes have to stop by themselves."""


def worker_count(workers: int, tasks: int) -> int:
    """Returns how many threads or processes to use.

    Args:
        workers: as many as asked for; 0 for as many as the machine has processors.
        tasks: never more than there are tasks.

    Raises:
        ValueError: the number is negative.
    """
    if workers < 0:
        raise ValueError(f"there cannot be {workers} workers")
    wanted = workers or os.cpu_count() or 1
    if sys.platform == "win32":
        wanted = min(wanted, _MOST_ON_WINDOWS)
    return max(1, min(wanted, tasks))


def pool(engine: str, count: int) -> AbstractContextManager[Executor]:
    """Returns the threads or processes of this computer in which replications run side by side."""
    return thread_pool(count) if in_threads(engine) else process_pool(count)


@contextmanager
def thread_pool(count: int) -> Iterator[Executor]:
    """Gives threads of this process, all of which have ended when the block is left."""
    pool = ThreadPoolExecutor(count, thread_name_prefix="replications")
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def process_pool(count: int) -> Iterator[Executor]:
    """Gives spawned processes, which do not see Ctrl-C: whoever asked for the run decides what it means."""
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=begin_worker)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def end_processes(executor: Executor | None) -> None:
    """Ends processes from outside; their pool is then broken. Does nothing to threads, which always hear.

    A process that is still starting, which takes a second or two on a slow laptop, cannot hear that it is
    asked to stop.
    """
    if isinstance(executor, ProcessPoolExecutor):
        # ProcessPoolExecutor says who its processes are in no public way before Python 3.14.
        for process in list((executor._processes or {}).values()):
            process.terminate()


def end_tasks(futures: Collection[Future[Any]], executor: Executor) -> None:
    """Returns when tasks have ended whose stop flag is up; ends processes that do not hear.

    Futures of processes are not cancelled: should their pool break, it would stumble over those, and the
    others would never end (seen in Python 3.11). Their tasks look at the flag first.
    """
    if not isinstance(executor, ProcessPoolExecutor):
        for future in futures:
            future.cancel()
    elif wait(futures, timeout=_GRACE).not_done:
        end_processes(executor)
    wait(futures)


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Holds Ctrl-C back while processes are started, since they inherit what is held back.

    A process that has just been started would otherwise be interrupted before it can ask not to be. Where
    the system cannot hold signals back (Windows) nothing is done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class StopFlag(Protocol):
    """What asks workers to stop in the midst of a replication."""

    def raised(self) -> bool:
        """Whether workers should stop."""

    def raise_it(self) -> None:
        """Asks workers to stop."""


@dataclass(frozen=True)
class FileFlag:
    """A file whose being there asks workers to stop.

    A file reaches any process on this machine, through any executor, without state shared between modules.
    Workers on another machine do not see it and finish the replication that they are at.
    """

    path: Path

    def raised(self) -> bool:
        """Whether workers should stop."""
        return self.path.exists()

    def raise_it(self) -> None:
        """Asks workers to stop."""
        self.path.touch()


@dataclass(frozen=True)
class ThreadFlag:
    """An event that asks threads of this process to stop."""

    event: threading.Event = field(default_factory=threading.Event)

    def raised(self) -> bool:
        """Whether workers should stop."""
        return self.event.is_set()

    def raise_it(self) -> None:
        """Asks workers to stop."""
        self.event.set()


@contextmanager
def stop_flag(executor: Executor) -> Iterator[StopFlag]:
    """Gives a flag that is down and that the workers of an executor see; in the end nothing is left of it."""
    if isinstance(executor, ThreadPoolExecutor):
        yield ThreadFlag()
        return
    with tempfile.TemporaryDirectory(prefix="pathway-modeller-") as folder:
        yield FileFlag(Path(folder) / "stop")


def begin_worker() -> None:
    """Runs first in each process: it leaves Ctrl-C to the program that started it, and ends with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when the one that started it has ended, even if that was killed.

    Workers hold both ends of the pipe on which they wait for work, so that they would wait for ever.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
