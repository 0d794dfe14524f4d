"""Making the compiled engine ready: from the disk in a moment, or compiled once, which takes a minute.

Compiling is Python's own work and would make a window stutter; :func:`compile_apart` leaves it to a process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from pathway_modeller.experiment.runs.workers import begin_worker

PREPARING = "Preparing the simulation engine (first time on this computer, about a minute) …"
"""What people are told while the engine is compiled."""

MENDING = "Preparing the simulation engine anew, since what was kept of it was damaged (about a minute) …"
"""What people are told instead where it had been compiled before."""

MEANWHILE = (
    "What was kept of the simulation engine was damaged and is prepared anew, which takes about a minute; "
    "SimPy simulates meanwhile: the same figures, later."
)
"""What people are told where they need not wait for that."""

_EXAMPLE = "five-tier-population.json"
"""It is small, and its population moves, so that its run calls nearly all that is compiled."""

_LOOK = 0.1
"""Seconds between two looks at whether to stop."""


def load_kept() -> bool:
    """Loads the compiled engine, and what sums up, from the disk, with all that a run needs besides.

    A day of an example is played, so that nothing has to be loaded any more when somebody runs something.

    Returns:
        Whether everything was there; if not, it has to be compiled first.

    Raises:
        ModelError: the compiled engine cannot be used on this computer.
    """
    from pathway_modeller.experiment.runs.engines import engine_named

    engine_named("compiled")
    from pathway_modeller.simulation.compiled.numba_inside.from_disk_only import NotKept, only_from_disk
    from pathway_modeller.simulation.from_disk import load_all

    if not load_all():
        return False
    try:
        with only_from_disk():
            _play()
    except NotKept:
        return False
    return True


def prepare(say: Callable[[str], object]) -> None:
    """Makes the compiled engine ready in this process, and says so if that takes its time, or is in vain.

    Raises:
        ModelError: the compiled engine cannot be used on this computer.
    """
    from pathway_modeller.experiment.runs.engines import engine_named

    engine_named("compiled")
    from pathway_modeller.simulation.from_disk import found_damaged, load_all

    if not load_all():
        say(MENDING if found_damaged() else PREPARING)
        _play()
        lost = not_kept()
        if lost:
            say(lost)


def not_kept() -> str:
    """Returns why what is compiled now is not there the next time, in a sentence; "" if it is."""
    from pathway_modeller.simulation.compiled.numba_inside.cache_folder import folder
    from pathway_modeller.simulation.from_disk import require_place

    try:
        require_place()
    except OSError:
        return (
            f"The engine is prepared anew each time, since {folder()} cannot be written: let it be, or name "
            "another folder in the environment variable NUMBA_CACHE_DIR."
        )
    return ""


def keep_in(place: Path) -> None:
    """Has what is compiled kept in another folder, in this process and those that it starts.

    Args:
        place: an empty folder.
    """
    from pathway_modeller.simulation.compiled.numba_inside import cache_folder

    cache_folder.keep_in(place)


def compile_apart(stopped: Callable[[], bool]) -> None:
    """Has a process compile the engine, and returns when it has ended; what it made is then on the disk.

    Args:
        stopped: asked often; once it is true the process is ended.
    """
    process = get_context("spawn").Process(target=_compile, name="compile the engine", daemon=True)
    process.start()
    try:
        while process.is_alive() and not stopped():
            process.join(_LOOK)
    finally:
        process.terminate()
        process.join()
        process.close()


def _compile() -> None:
    """Compiles the engine in a process of its own."""
    begin_worker()
    give_way()
    _play()


def give_way() -> None:
    """Lets every other program of this computer go first."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(10)


def _play() -> None:
    """Plays a day of an example with the compiled engine and sums it up, which calls all that a run calls."""
    from pathway_modeller.experiment.runs.replicate import Task, narrowed, replicate
    from pathway_modeller.paths import shipped
    from pathway_modeller.scenario.file.open_save import load
    from pathway_modeller.scenario.options import BASELINE
    from pathway_modeller.scenario.shifts.shifts import played
    from pathway_modeller.scenario.values import Duration
    from pathway_modeller.simulation.from_disk import call_on_figures

    scenario = load(shipped("scenarios") / _EXAMPLE)
    none, day = Duration(value=0, unit="days"), Duration(value=1, unit="days")
    run = scenario.run.model_copy(update={"warm_up": none, "duration": day})
    pathway = played(scenario, BASELINE, run)
    replicate(Task(BASELINE, narrowed(scenario, BASELINE), pathway, run, 0, "compiled", 1.0))
    call_on_figures()
