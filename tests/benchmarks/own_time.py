"""What the engine alone takes: playing and counting the replications of a comparison, and nothing else.

``python -m tests.benchmarks.own_time FILE WORKERS`` prints seconds of wall time. As in a run, replications go
round the variants, threads take the next one when they are free, and what a variant's replications share is
worked out once.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.experiment.runs.replicate import Task, replicate
from pathway_modeller.experiment.runs.work import Order
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.from_disk import load_all
from pathway_modeller.simulation.tally.tally import Tally


def tasks_of(scenario: Scenario) -> list[Task]:
    """Returns the replications of baseline and every option, ready to be played."""
    variants = (BASELINE, *sorted(scenario.options))
    tasks = list(Order(scenario, variants, scenario.run, ENGINES[0], replicate).tasks())
    for task in tasks[: len(variants)]:
        shared = task.shared.of(task)
        assert shared.tables
        assert shared.request
    return tasks


def play_and_count(task: Task) -> None:
    """Plays one replication and counts all that its figures need."""
    shared = task.shared.of(task)
    tally = Tally(shared.request, task.shared.memory)
    play(shared.model, task.run.seed, task.replication, tally.take, None, tally.counted, shared.tables)
    tally.finished()
    tally.hand_back()


def own_time(file: Path, workers: int) -> float:
    """Returns seconds of wall time."""
    load_all()
    tasks = tasks_of(load(file))
    play_and_count(tasks[0])
    begins = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(play_and_count, tasks))
    return time.perf_counter() - begins


if __name__ == "__main__":
    sys.stdout.write(f"{own_time(Path(sys.argv[1]), int(sys.argv[2])):.3f}\n")
