"""How long an answer takes beside what the engine alone takes for it: a comparison, and a small pathway."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pathway_modeller.experiment.runs.collect import Collector
from pathway_modeller.experiment.runs.replicate import replicate
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.simulation.compiled import simulate
from pathway_modeller.simulation.from_disk import load_all
from pathway_modeller.simulation.tally.tally import Tally
from tests.benchmarks.own_time import tasks_of
from tests.benchmarks.tables import Table, seconds

ONE_YEAR = Path(__file__).with_name("outpatient-one-year.json")
TWELVE = Path(__file__).with_name("twelve-activities.json")
WORKERS = 2
TURNS = 5

Say = Callable[[str], None]


def answer(quick: bool, say: Say) -> Table:
    """Measures the whole ``compare --json`` of the one-year example, by turns with the engine's own time."""
    command = [sys.executable, "-m", "pathway_modeller", "compare", str(ONE_YEAR), "--json"]
    command += ["--workers", str(WORKERS), *(["--replications", "2"] if quick else [])]
    alone = [
        sys.executable,
        "-m",
        "tests.benchmarks.own_time",
        str(TWELVE if quick else ONE_YEAR),
        str(WORKERS),
    ]
    whole, own = list[float](), list[float]()
    for turn in range(1 if quick else TURNS):
        own.append(float(subprocess.run(alone, capture_output=True, text=True, check=True).stdout))
        begins = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        whole.append(time.perf_counter() - begins)
        say(f"turn {turn + 1}: engine {own[-1]:.2f} s, answer {whole[-1]:.2f} s")
    ratio = statistics.median(one / other for one, other in zip(whole, own, strict=True))
    rows = (
        ("The engine: playing and counting 150 replications", seconds(statistics.median(own)), "1"),
        ("The whole answer as JSON", seconds(statistics.median(whole)), f"{ratio:.2f}"),
    )
    notes = (
        f"Wall time on {WORKERS} threads, medians of {len(own)} turns; the ratio is the median of turns.",
    )
    return Table(
        "answer", "An answer beside its engine", notes, ("What", "Seconds", "Times the engine"), rows
    )


def small(quick: bool, say: Say) -> Table:
    """Measures what goes on around each replication of a small pathway, and its playing and counting."""
    load_all()
    gc.set_threshold(50_000)  # as a command has it while a run goes on
    tasks = tasks_of(load(TWELVE))
    tasks = tasks[:20] if quick else tasks
    collector = Collector(tuple(dict.fromkeys(task.variant for task in tasks)))
    for task in tasks[:2]:  # what a variant's replications share is worked out by its first
        collector.add(task.variant, task.replication, replicate(task))
    own = [0.0]
    with patch.object(simulate, "play", _timed(simulate.play, own)), _timed_tally(own):
        begins = time.process_time()
        for task in tasks[2:]:
            collector.add(task.variant, task.replication, replicate(task))
        whole = time.process_time() - begins
    say(f"engine {own[0]:.2f} s, whole {whole:.2f} s")
    each = 1000 / (len(tasks) - 2)
    rows = (
        ("Playing and counting", f"{own[0] * each:.2f}"),
        ("All that goes on around it", f"{(whole - own[0]) * each:.2f}"),
    )
    notes = (f"Milliseconds of one processor for each of {len(tasks)} replications of twelve activities.",)
    return Table("small", "Around a small replication", notes, ("What", "Milliseconds"), rows)


@contextmanager
def _timed_tally(spent: list[float]) -> Iterator[None]:
    """Has the time of the tally's own work added up."""
    names = ("__init__", "finished", "hand_back")
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(patch.object(Tally, name, _timed(getattr(Tally, name), spent)))
        yield


def _timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """Returns what does the same work, and adds up the processor's seconds that it takes."""

    def timed(*given: Any, **named: Any) -> Any:
        begins = time.process_time()
        found = work(*given, **named)
        spent[0] += time.process_time() - begins
        return found

    return timed
