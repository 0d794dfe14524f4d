"""What one engine makes of one replication, for a check: played here or in a process, and laid aside on disk.

A trace of a long run is large, and only looked at if it differs. Nobody holds two of them meanwhile.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from pathway_modeller.experiment.runs.engines import engine_named
from pathway_modeller.experiment.runs.replicate import Task
from pathway_modeller.experiment.runs.workers import StopFlag, end_tasks, interrupts_held_back, stop_flag
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.errors import Cancelled, ModelError, SimulationStopped

if TYPE_CHECKING:
    from pathway_modeller.experiment.runs.engines import Asked, Reached, Simulate
    from pathway_modeller.simulation.trace import Trace

_HUNDREDTH = 0.01
_PATIENCE = 0.05
"""Seconds between two looks at whether to stop."""


@dataclass(frozen=True)
class Played:
    """What one engine made of the replication.

    Attributes:
        engine: its name.
        events: rows of its trace; 0 if it stopped.
        digest: SHA-256 of its trace, 64 hexadecimal digits; "" if it stopped.
        seconds: time taken to make the model and play it, without loading the engine.
        stopped: the sentence with which it stopped; "" if it went on to the end.
    """

    engine: str
    events: int
    digest: str
    seconds: float
    stopped: str = ""


def play_here(
    task: Task, simulate: Simulate, shelf: Path, cancelled: Asked = None, reached: Reached = None
) -> Played:
    """Plays a replication in this thread, and lays its trace aside.

    The first hour is played before, so that the time taken by an engine is not that of loading it.

    Args:
        task: the replication; its engine names whoever plays.
        simulate: plays.
        shelf: folder for the trace, not there yet.
        cancelled: asked now and then.
        reached: told now and then which share of the run's time is over.

    Raises:
        ModelError: the pathway cannot be run, or there is no room for its trace.
        Cancelled: the person asked to stop.
    """
    hour = {"warm_up": Duration(value=0, unit="hours"), "duration": Duration(value=1, unit="hours")}
    with suppress(SimulationStopped):
        _simulated(replace(task, run=task.run.model_copy(update=hour)), simulate, cancelled)
    begun = time.perf_counter()
    try:
        trace = _simulated(task, simulate, cancelled, reached)
    except SimulationStopped as stopped:
        return Played(task.engine, 0, "", time.perf_counter() - begun, str(stopped))
    seconds = time.perf_counter() - begun
    _look_up(cancelled)
    _lay_aside(trace, shelf)
    return Played(task.engine, len(trace), trace_digest(trace), seconds)


def play_apart(
    task: Task, executor: Executor, shelf: Path, cancelled: Asked = None, reached: Reached = None
) -> Played:
    """Plays a replication where an executor puts it, on this computer, and lays its trace aside.

    Takes what :func:`play_here` takes, and an executor.

    Raises:
        ModelError: the pathway cannot be run, or its process was ended from outside.
        Cancelled: the person asked to stop.
    """
    with stop_flag(executor) as flag:
        try:
            with interrupts_held_back():
                future = executor.submit(_play_there, task, shelf, flag)
            mark = None if reached is None else _Mark(_mark_of(shelf), reached)
            return _result(future, executor, flag, cancelled, mark)
        except BrokenProcessPool as error:
            _look_up(cancelled)
            raise ModelError(
                "The process that played one of the two engines was ended from outside, perhaps because "
                "memory ran out; close other programs, or check a shorter data collection period."
            ) from error


def _result(
    future: Future[Played], executor: Executor, flag: StopFlag, cancelled: Asked, mark: _Mark | None
) -> Played:
    """Waits for what is played; leaves nothing going on."""
    try:
        while not wait((future,), timeout=_PATIENCE).done:
            _look_up(cancelled)
            if mark is not None:
                mark.read()
        return future.result()
    finally:
        flag.raise_it()
        end_tasks((future,), executor)


def _play_there(task: Task, shelf: Path, flag: StopFlag) -> Played:
    """Plays a replication in a worker."""
    return play_here(task, engine_named(task.engine), shelf, flag.raised, _written_to(_mark_of(shelf)))


@dataclass(frozen=True)
class _Mark:
    """How far a replication in another process is: a file that says so, and who is told."""

    file: Path
    reached: Callable[[float], None]

    def read(self) -> None:
        """Tells how far it is, if that has been written."""
        with suppress(OSError, ValueError):
            self.reached(float(self.file.read_text(encoding="ascii")))


def _mark_of(shelf: Path) -> Path:
    """Returns the file that says how far a replication is."""
    return shelf.with_suffix(".reached")


def _written_to(file: Path) -> Callable[[float], None]:
    """Returns what writes, each time it is larger by a hundredth, which share of a run is over."""
    last = 0.0

    def write(share: float) -> None:
        nonlocal last
        if share - last >= _HUNDREDTH:
            last = share
            # To be told how far it is is not worth ending for.
            with suppress(OSError):
                file.write_text(f"{share:.4f}", encoding="ascii")

    return write


def _simulated(task: Task, simulate: Simulate, cancelled: Asked, reached: Reached = None) -> Trace:
    """Returns what an engine makes of a replication."""
    from pathway_modeller.simulation.model.compile_pathway import compile_pathway

    _look_up(cancelled)
    model = compile_pathway(task.pathway, task.run)
    return simulate(model, task.run.seed, task.replication, cancelled, reached)


def _look_up(cancelled: Asked) -> None:
    """Leaves a check that was cancelled."""
    if cancelled is not None and cancelled():
        raise Cancelled


def trace_digest(trace: Trace) -> str:
    """Returns the SHA-256 of a trace, column after column, 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in trace.COLUMNS:
        digest.update(np.ascontiguousarray(getattr(trace, name)).data)
    return digest.hexdigest()


# The shelf ------------------------------------------------------------------------------------------


@contextmanager
def shelves() -> Iterator[Path]:
    """Gives a folder for traces; in the end nothing is left of it.

    Raises:
        ModelError: this computer has no folder for temporary files.
    """
    try:
        folder = TemporaryDirectory(prefix="pathway-modeller-check-")
    except OSError as error:
        raise ModelError(_NO_ROOM) from error
    with folder as name:
        yield Path(name)


def _lay_aside(trace: Trace, shelf: Path) -> None:
    """Writes a trace into a folder, a file for each column.

    Raises:
        ModelError: there is no room.
    """
    try:
        shelf.mkdir()
        for name in trace.COLUMNS:
            np.save(shelf / f"{name}.npy", getattr(trace, name), allow_pickle=False)
    except OSError as error:
        raise ModelError(_NO_ROOM) from error


def fetched(task: Task, shelf: Path) -> Trace:
    """Returns a trace of a replication that was laid aside."""
    from pathway_modeller.simulation.model.compile_pathway import compile_pathway
    from pathway_modeller.simulation.trace import Trace

    columns = {name: np.load(shelf / f"{name}.npy", allow_pickle=False) for name in Trace.COLUMNS}
    return Trace(**columns, legend=compile_pathway(task.pathway, task.run).legend)


_NO_ROOM = (
    "The two histories cannot be laid aside in this computer's folder for temporary files; "
    "free some room on its disk, or check a shorter data collection period."
)
