"""What a run was said to weigh, against what it takes: ``python -m tests.benchmarks.weight [FILE ...]``.

Runs baseline and options of each scenario (the bundled ones, if none is given) from the command line, and
prints seconds of processor time and the most memory beside the estimate. Exit code 1 if one is out by more
than a factor of three. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pathway_modeller.experiment.runs.weight import weigh
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE

FACTOR = 3.0
LOADING = 2.0
"""Seconds of processor time that the program takes to load and to print what it found."""


def main(arguments: Sequence[str]) -> int:
    """Prints what each run was said to weigh and what it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.weight", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args(arguments)
    worst = 1.0
    for file in given.files or sorted(shipped("scenarios").glob("*.json")):
        scenario = load(file)
        said = weigh(scenario, (BASELINE, *scenario.options), workers=1)
        seconds, memory = _taken(file, "compare" if scenario.options else "run")
        times, sizes = seconds / (said.seconds + LOADING), memory / said.memory
        _say(
            f"{file.name}: {seconds:.1f} s of {said.seconds + LOADING:.1f} s said ({times:.2f}), "
            f"{memory / 1e6:.0f} MB of {said.memory / 1e6:.0f} MB said ({sizes:.2f})"
        )
        worst = max(worst, times, 1 / times, sizes, 1 / sizes)
    return 1 if worst > FACTOR else 0


def _taken(file: Path, command: str) -> tuple[float, float]:
    """Returns the processor time and the most memory of a run."""
    wanted = [
        sys.executable,
        "-m",
        "pathway_modeller",
        command,
        str(file),
        "--json",
        "--workers",
        "1",
        "--yes",
    ]
    with subprocess.Popen(wanted, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{file.name} cannot be run")
    unit = 1 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * unit


def _say(text: str) -> None:
    """Prints a line at once."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
