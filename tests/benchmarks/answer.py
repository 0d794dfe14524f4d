"""How long an answer takes beside what the engine alone takes for it: a comparison, and a small pathway."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pathway_modeller.experiment.runs.collect import Collector
from pathway_modeller.experiment.runs.replicate import replicate
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.simulation.from_disk import load_all
from tests.benchmarks.own_time import play_and_count, tasks_of
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
    """Measures what goes on around each replication of a small pathway, by turns with the engine alone."""
    load_all()
    gc.set_threshold(50_000)  # as a command has it while a run goes on
    tasks = tasks_of(load(TWELVE))
    tasks = tasks[:20] if quick else tasks
    whole = own = 0.0
    collector = Collector(tuple(dict.fromkeys(task.variant for task in tasks)))
    for task in tasks:
        begins = time.process_time()
        play_and_count(task)
        between = time.process_time()
        collector.add(task.variant, task.replication, replicate(task))
        if task.replication:  # the first works out what all of a variant share
            own, whole = own + between - begins, whole + time.process_time() - between
    say(f"engine {own:.2f} s, whole {whole:.2f} s")
    number = sum(task.replication > 0 for task in tasks)
    rows = (
        ("Playing and counting", f"{1000 * own / number:.2f}"),
        ("All that goes on around it", f"{1000 * (whole - own) / number:.2f}"),
    )
    notes = (f"Milliseconds of one processor for each of {number} replications of twelve activities.",)
    return Table("small", "Around a small replication", notes, ("What", "Milliseconds"), rows)
