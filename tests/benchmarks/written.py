"""What ``--out`` takes beyond ``--json``: ``python -m tests.benchmarks.written TREE``.

Runs ``compare`` of the one-year copy with ``--json`` and with ``--out``, by turns with another tree, so that
whatever else the machine does meets all four alike. Says, too, whether the files are the same.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCENARIO = Path(__file__).with_name("outpatient-one-year.json")
HERE = Path(__file__).parents[2]


def main(arguments: list[str]) -> int:
    """Prints the seconds of each turn, the medians and the ratio; 1 if a file differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.written", description=__doc__)
    parser.add_argument("tree", type=Path, help="another checkout, usually of the commit before")
    parser.add_argument("--file", type=Path, default=SCENARIO)
    parser.add_argument("--replications", default="30")
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args(arguments)
    command = ["compare", str(given.file.resolve()), "--workers", "2", "--replications", given.replications]
    with tempfile.TemporaryDirectory() as place:
        folders = {tree: Path(place, str(number)) for number, tree in enumerate((given.tree.resolve(), HERE))}
        for tree in folders:
            _seconds(tree, [*command, "--json"])  # compiles the engine, if it is not kept
        beyond: dict[Path, list[float]] = {tree: [] for tree in folders}
        for _ in range(given.turns):
            for tree, out in folders.items():
                json, written = (
                    _seconds(tree, [*command, "--json"]),
                    _seconds(tree, [*command, "--out", str(out)]),
                )
                beyond[tree].append(written - json)
                _say(f"{tree}: --json {json:.2f} s, --out {written:.2f} s, beyond {written - json:.2f} s")
        different = _different(*folders.values())
    before, now = (statistics.median(took) for took in beyond.values())
    ratio = f"{now / before:.2f} times"
    _say(f"Beyond --json, median of {given.turns}: {before:.2f} s before, {now:.2f} s now, {ratio}")
    _say(f"Files that differ: {', '.join(different) or 'none'}")
    return 1 if different else 0


def _seconds(tree: Path, arguments: list[str]) -> float:
    """Returns how long a command takes in a tree."""
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "pathway_modeller", *arguments]
    subprocess.run(command, cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _different(one: Path, other: Path) -> list[str]:
    """Returns the files that are not the same in two folders."""
    names = sorted({path.name for folder in (one, other) for path in folder.iterdir()})
    _, differ, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return [*differ, *missing]


def _say(text: str) -> None:
    """Writes a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
