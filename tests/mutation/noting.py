"""Noting which tests come to which line, and how long each takes.

Every folder of tests is run by a process of its own (``python -m tests.mutation.noting NAME TESTS``), in
which coverage.py is told the name of each test before it begins (its context). A test that fails without any
change is left out, since it would seem to notice everything.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import coverage
import pytest

UNCOMPILED = "uncompiled"
"""How the names of notes begin that were made where nothing is compiled."""

PLAIN = ["tests/engines", "-k", "(same_trace or tally) and made_up"]
"""Tests that play compiled functions; where nothing is compiled each takes a quarter of a minute."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Libraries that share small sums out among threads wait longer for these than the sums take."""

NOT_ASKED = frozenset({"benchmarks", "kills", "mutation"})
"""Folders of tests that are about commands beside the program."""


def _spent() -> float:
    """Returns the seconds of the processor that this process and those it started have taken so far."""
    return sum(os.times()[:4])


class Noting:
    """Tells coverage which test is run, and notes its seconds of the processor if it passes."""

    def __init__(self, lines: coverage.Coverage) -> None:
        self._lines = lines
        self.seconds: dict[str, float] = {}
        self._failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._lines.switch_context(item.nodeid)
        began = _spent()
        done = yield
        if item.nodeid not in self._failed:
            self.seconds[item.nodeid] = round(_spent() - began, 3)
        self._lines.switch_context("")
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.add(report.nodeid)


def note(root: Path, notes: Path, say: Callable[[str], object]) -> None:
    """Runs all tests, and those of what is compiled once more as plain Python; it takes most of an hour.

    Args:
        root: of a copy of the project.
        notes: the folder, which is emptied first.
        say: is told what is run.
    """
    for old in notes.iterdir():
        old.unlink()
    for name, tests, more in _parts(root):
        say(f"noting {name}")
        command = [sys.executable, "-m", "tests.mutation.noting", str(notes / name), *tests]
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(root),
            **ONE_THREAD,
            **more,
        }
        subprocess.run(command, cwd=root, env=environment, stdout=subprocess.DEVNULL, check=True)


def _parts(root: Path) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Yields the names of notes, the tests of each, and what their environment has besides."""
    folder = root / "tests"
    for each in sorted(folder.iterdir()):
        if each.is_dir() and each.name not in NOT_ASKED and any(each.rglob("test_*.py")):
            yield each.name, [f"tests/{each.name}"], {}
    yield "project", [str(each.relative_to(root)) for each in sorted(folder.glob("test_*.py"))], {}
    yield UNCOMPILED, PLAIN, {"NUMBA_DISABLE_JIT": "1"}


def main(name: str, tests: list[str]) -> None:
    """Runs tests, and writes what they came to into ``NAME.coverage`` and ``NAME.json``."""
    lines = coverage.Coverage(data_file=f"{name}.coverage", config_file=False, source=["pathway_modeller"])
    noting = Noting(lines)
    lines.erase()
    lines.start()
    pytest.main(["-q", "-p", "no:cacheprovider", *tests], plugins=[noting])
    lines.stop()
    lines.save()
    Path(f"{name}.json").write_text(json.dumps(noting.seconds), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
