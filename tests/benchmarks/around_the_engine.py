"""Where the time goes around the engine: opening, checking, editing, saving, compiling, collecting, reading.

``python -m tests.benchmarks.around_the_engine`` prints seconds of CPU, the least of a few tries, for a
scenario of 500 elements, and for the results of one with 25 activities, five need tiers, seven footprints
and 60 months.
``python -m tests.benchmarks.around_the_engine run`` times the commands instead, of the smallest scenario.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.scenario.large_scenario import large_scenario

T = TypeVar("T")
_TRIES = 3
_REPLICATIONS = 20
_PLAYED = 2
_SMALLEST = Path(__file__).parents[2] / "scenarios" / "first-steps.json"


def timed(name: str, work: Callable[[], T], tries: int = _TRIES) -> T:
    """Prints the least CPU time of some tries, and returns what the last one gave."""
    least = float("inf")
    for _ in range(tries):
        begins = time.process_time()
        found = work()
        least = min(least, time.process_time() - begins)
    sys.stdout.write(f"{name:<58} {least:8.3f} s\n")
    sys.stdout.flush()
    return found


def of_500_elements() -> None:
    """Times what a person does with a large scenario."""
    from pathway_modeller.experiment.results.fingerprint import scenario_hash
    from pathway_modeller.scenario.checking.check import check
    from pathway_modeller.scenario.edits.every_edit import rename_element, with_pathway
    from pathway_modeller.scenario.file import open_save as file
    from pathway_modeller.scenario.options import apply_option
    from pathway_modeller.scenario.shifts.shifts import played
    from pathway_modeller.simulation.model.compile_pathway import compile_pathway

    scenario = large_scenario()
    renamed = rename_element(scenario.baseline, "act_3_1", "Renamed")
    in_option = rename_element(apply_option(scenario, "nearer"), "act_3_1", "Renamed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.json"
        timed("500 elements: save", lambda: file.save(scenario, path))
        timed("500 elements: open", lambda: file.load(path))
    timed("500 elements: check, all rules, baseline and one option", lambda: check(scenario))
    timed("500 elements: edit of the baseline", lambda: with_pathway(scenario, "baseline", renamed))
    timed("500 elements: edit of an option", lambda: with_pathway(scenario, "nearer", in_option))
    pathway = timed("500 elements: an option played", lambda: played(scenario, "nearer"))
    timed("500 elements: scenario hash", lambda: scenario_hash(scenario))
    timed("500 elements: compile, five years", lambda: compile_pathway(pathway, scenario.run))


def of_many_replications() -> None:
    """Times what is done with the replications of a borough's size, once they are played."""
    from pathway_modeller.cli.document import results_text
    from pathway_modeller.cli.outputs import write_outputs
    from pathway_modeller.experiment.answers.answers import answers
    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.experiment.runs.collect import Collector
    from pathway_modeller.experiment.runs.engines import ENGINES
    from pathway_modeller.experiment.runs.replicate import replicate
    from pathway_modeller.experiment.runs.run import run_experiment
    from pathway_modeller.experiment.runs.work import Order
    from pathway_modeller.report.chart_files import Chosen
    from pathway_modeller.report.findings import Findings

    scenario = large_scenario(5, 9)
    variants = ("baseline", "nearer")
    run = scenario.run.model_copy(update={"replications": _PLAYED})
    tasks = Order(scenario, variants, run, ENGINES[0], replicate).tasks()
    played = [replicate(task) for task in tasks]
    collector = Collector(variants)

    def collect() -> None:
        number = collector.counted
        for place, variant in enumerate(variants):
            collector.add(variant, number, played[2 * (number % _PLAYED) + place])

    timed("25 activities: collect one replication of two variants", collect, _REPLICATIONS)
    empty = run_experiment(scenario, variants, run, workers=1, cancelled=lambda: True)
    provenance = replace(empty.provenance, replications=_REPLICATIONS, finished=True, asked=_REPLICATIONS)
    results: Results = timed("25 activities: put results together", lambda: collector.results(provenance))
    timed("25 activities: summary of a variant", lambda: results.summary("baseline"))
    timed("25 activities: differences", lambda: results.differences("nearer"))
    timed("25 activities: answers", lambda: answers(results, scenario))
    timed("25 activities: JSON, answers included", lambda: results_text(Findings(results, scenario)))
    with tempfile.TemporaryDirectory() as folder:
        findings = Findings(results, scenario)
        text = partial(results_text, findings)
        timed(
            "25 activities: charts and tables",
            lambda: write_outputs(findings, text, Path(folder), 1, Chosen()),
            1,
        )


def of_commands() -> None:
    """Times the commands in processes of their own, with the engine's cache warm."""
    smallest = str(_SMALLEST)
    ways: dict[str, Sequence[str]] = {
        "--help": ["--help"],
        "check": ["check", smallest],
        "run, 1 replication": ["run", smallest, "--replications", "1", "--workers", "1", "--json"],
        "run, 20 replications": ["run", smallest, "--workers", "1", "--json"],
        "compare, 20 replications": ["compare", smallest, "--workers", "1", "--json"],
    }
    for name, arguments in ways.items():
        least = min(_seconds(arguments) for _ in range(_TRIES))
        sys.stdout.write(f"first-steps.json: {name:<40} {least:8.3f} s\n")
        sys.stdout.flush()


def _seconds(arguments: Sequence[str]) -> float:
    """Returns the CPU time of a command, all its processes included."""
    before = os.times()
    command = [sys.executable, "-m", "pathway_modeller", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        of_commands()
    else:
        of_500_elements()
        of_many_replications()
