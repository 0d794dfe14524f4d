"""Drawing changes at random, making each in a copy of the project, and asking the tests that come to it."""

from __future__ import annotations

import difflib
import json
import math
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.mutation.matching import PACKAGE, is_compiled
from tests.mutation.noting import ONE_THREAD
from tests.mutation.reached import SLOWER, Reached
from tests.mutation.sites import Site, changed, sites_of

Group = Literal["worked out", "shown"]
GROUPS: dict[Group, tuple[str, ...]] = {
    "worked out": ("scenario", "simulation", "analysis", "experiment"),
    "shown": ("gui", "report", "cli"),
}
"""Where things are worked out; the window, the reports and the terminal."""

BOUNDS: dict[Group, float] = {"worked out": 0.85, "shown": 0.75}
"""What the lower limit of the share that is noticed must reach."""

_Z = 1.959964
_NOT_NOTICED = (0, 5)
"""What pytest returns where all pass, and where there is no test."""


@dataclass(frozen=True)
class Outcome:
    """What came of a change.

    Attributes:
        site: the change.
        noticed_by: the test that failed, or why none could pass; None if nothing did.
        difference: the lines that differ.
        asked: how many tests come to it and were to be run, and how many of them were.
        files: where they stand.
    """

    site: Site
    noticed_by: str | None
    difference: str
    asked: tuple[int, int]
    files: tuple[str, ...]


def drawn(root: Path, group: Group, seed: str, count: int) -> list[Site]:
    """Returns a random sample of changes, each equally likely; a longer one begins with the shorter."""
    every = [
        site
        for wing in GROUPS[group]
        for path in sorted((root / PACKAGE / wing).rglob("*.py"))
        for site in sites_of(root, path)
    ]
    chance = random.Random(f"{seed} {group}")  # noqa: S311 - nothing is to be kept secret
    chance.shuffle(every)
    return every[:count]


def outcomes(root: Path, sites: list[Site], reached: Reached, seconds: float) -> Iterator[Outcome]:
    """Makes each change in turn, and yields what came of it; the file is as it was afterwards.

    Args:
        root: of a copy of the project in which nobody else works.
        sites: the changes.
        reached: which tests come to them.
        seconds: for each round of tests. What nothing noticed until then counts as not noticed.
    """
    with ExitStack() as opened:
        workers: dict[bool, subprocess.Popen[str]] = {}
        for site in sites:
            file = root / site.path
            rounds = reached.rounds(site, seconds)
            plain = is_compiled(site.path)
            if plain not in workers:
                workers[plain] = opened.enter_context(_worker(root, plain=plain))
            before = file.read_text(encoding="utf-8")
            after = changed(before, site)
            noticed_by, run = None, 0
            try:
                file.write_text(after, encoding="utf-8")
                for tests in rounds:
                    found = _asked(workers[plain], tests, seconds * (SLOWER if plain else 1))
                    run += found["run"]
                    if found["code"] not in _NOT_NOTICED:
                        noticed_by = found["failed"] or "nothing can be loaded"
                        break
            finally:
                file.write_text(before, encoding="utf-8")
            lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
            every = [test for tests in rounds for test in tests]
            files = tuple(dict.fromkeys(test.split("::")[0] for test in every))
            yield Outcome(site, noticed_by, "\n".join(list(lines)[3:]), (len(every), run), files)


@contextmanager
def _worker(root: Path, *, plain: bool) -> Iterator[subprocess.Popen[str]]:
    """Starts what runs tests, and ends it; where plain is meant, nothing is compiled."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root), **ONE_THREAD}
    if plain:
        environment["NUMBA_DISABLE_JIT"] = "1"
    command = [sys.executable, str(Path(__file__).with_name("worker.py"))]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        yield worker


def _asked(worker: subprocess.Popen[str], tests: list[str], seconds: float) -> dict[str, Any]:
    """Has tests run, and returns what came of them."""
    if worker.stdin is None or worker.stdout is None:
        raise TypeError("a worker has an input and an output")
    worker.stdin.write(json.dumps({"tests": tests, "seconds": seconds}) + "\n")
    worker.stdin.flush()
    found: dict[str, Any] = json.loads(worker.stdout.readline())
    return found


def wilson(noticed: int, of: int) -> tuple[float, float]:
    """Returns the 95% interval of a share (Wilson, J. American Statistical Association 22, 1927)."""
    if not of:
        return 0.0, 1.0
    share, z2 = noticed / of, _Z * _Z
    middle = share + z2 / (2 * of)
    reach = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return (middle - reach) / (1 + z2 / of), (middle + reach) / (1 + z2 / of)
