"""Drawing changes at random, making each in a copy of the project, and asking the tests that match."""

from __future__ import annotations

import difflib
import math
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.mutation.matching import PACKAGE, UNCOMPILED, asked_for
from tests.mutation.sites import Site, changed, sites_of

Group = Literal["worked out", "shown"]
GROUPS: dict[Group, tuple[str, ...]] = {
    "worked out": ("scenario", "simulation", "analysis", "experiment"),
    "shown": ("gui", "report", "cli"),
}
"""Where things are worked out; the window, the reports and the terminal."""

BOUNDS: dict[Group, float] = {"worked out": 0.85, "shown": 0.75}
"""What the lower limit of the share that is noticed must reach."""

LONGEST = 900
"""Seconds after which tests that do not end count as having noticed."""
_Z = 1.959964
_NOT_NOTICED = 0
_NOTHING_TO_DO = 5
"""What pytest returns where all pass, and where there is no test."""


@dataclass(frozen=True)
class Outcome:
    """What came of a change.

    Attributes:
        site: the change.
        noticed: whether a test failed.
        difference: the lines that differ.
        asked: the tests.
    """

    site: Site
    noticed: bool
    difference: str
    asked: tuple[str, ...]


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


def outcomes(root: Path, sites: list[Site]) -> Iterator[Outcome]:
    """Makes each change in turn, and yields what came of it; the file is as it was afterwards.

    Args:
        root: of a copy of the project in which nobody else works.
        sites: the changes.
    """
    for site in sites:
        file = root / site.path
        before = file.read_text(encoding="utf-8")
        after = changed(before, site)
        tests = asked_for(root, site.path)
        try:
            file.write_text(after, encoding="utf-8")
            noticed = _noticed(root, site, tests)
        finally:
            file.write_text(before, encoding="utf-8")
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
        yield Outcome(site, noticed, "\n".join(list(lines)[3:]), tuple(tests))


def _noticed(root: Path, site: Site, tests: list[str]) -> bool:
    """Tells whether a test fails; the first that does ends it."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if any(site.path.startswith(f"{PACKAGE}/{folder}/") for folder in UNCOMPILED):
        environment["NUMBA_DISABLE_JIT"] = "1"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *tests]
    try:
        ended = subprocess.run(
            command,
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return ended.returncode not in (_NOT_NOTICED, _NOTHING_TO_DO)


def wilson(noticed: int, of: int) -> tuple[float, float]:
    """Returns the 95% interval of a share (Wilson, J. American Statistical Association 22, 1927)."""
    if not of:
        return 0.0, 1.0
    share, z2 = noticed / of, _Z * _Z
    middle = share + z2 / (2 * of)
    reach = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return (middle - reach) / (1 + z2 / of), (middle + reach) / (1 + z2 / of)
