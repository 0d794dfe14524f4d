"""Runs that find damaged machine code, counted: ``python -m tests.engines.damaged_runs [how many]``."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines.damage import DAMAGES

RUN = ("run", "scenarios/first-steps.json", "--replications", "2", "--json")


def answer(place: Path) -> tuple[str, str]:
    """Returns what a command answers that keeps its machine code in a place, and what it says beside that."""
    done = subprocess.run(
        [sys.executable, "-m", "pathway_modeller", *RUN],
        env={**os.environ, "NUMBA_CACHE_DIR": str(place)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout if done.returncode == 0 else f"ended with {done.returncode}", done.stderr


def damaged_runs(place: Path, number: int, tell: Callable[[str], object]) -> int:
    """Damages the kept files one after another, in every way, and runs a command after each damage.

    Args:
        place: where the engine's code is kept.
        number: how many runs.
        tell: told what came of each run.

    Returns:
        How many gave the right answer and said that what was damaged is made anew.
    """
    from pathway_modeller.experiment.runs.preparation import MENDING

    right, _ = answer(place)
    chance = random.Random(number)  # noqa: S311 - not for secrets
    names = sorted(path.relative_to(place) for path in place.glob("engine/*/*.code"))
    ways = sorted(product(names, DAMAGES), key=lambda _: chance.random())
    good = 0
    for count, (name, damage) in enumerate(islice(cycle(ways), number), start=1):
        damage(place / name, chance)
        found = answer(place)
        is_good = found == (right, f"{MENDING}\n")
        good += is_good
        tell(f"{count:4} {damage.__name__:17} {name.stem}: {'right' if is_good else f'WRONG: {found}'}")
    tell(f"{number} damaged runs, {good} right answers")
    return good


def copy_code(place: Path) -> None:
    """Copies the engine's code, which must be on the disk, to another place."""
    from pathway_modeller.simulation.compiled.numba_inside.cache_folder import folder, stamp

    for package in ("compiled", "tally"):
        shutil.copytree(folder() / stamp(package), place / "engine" / stamp(package), dirs_exist_ok=True)


def main() -> int:
    """Runs as often as the command line says, and returns the exit code."""
    from pathway_modeller.experiment.runs.preparation import prepare

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    prepare(print)
    with TemporaryDirectory() as place:
        copy_code(Path(place))
        return 0 if damaged_runs(Path(place), number, print) == number else 1


if __name__ == "__main__":
    sys.exit(main())
