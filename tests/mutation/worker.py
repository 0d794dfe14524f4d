"""Runs tests in processes that begin with the libraries loaded, each forked for one question.

Started in the copy of the project. Each line of the input names tests in their order and the seconds after
which no more is begun; each line of the output says what came of them. Only where processes can be forked:
on Linux and macOS.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
from contextlib import suppress

import pytest

LIBRARIES = (
    "PySide6.QtWidgets",
    "hypothesis.strategies",
    "matplotlib.backends.backend_agg",
    "networkx",
    "numba",
    "pandas",
    "pydantic",
    "rich.console",
    "scipy.stats",
    "simpy",
)
"""What takes long to load and is not part of the project."""

ENDLESS = 60.0
"""Seconds that a test may last beyond the limit before it is taken to be endless."""


class InOrder:
    """Runs the tests and files that are named, in order, until the time is up or one has failed."""

    def __init__(self, tests: list[str], seconds: float) -> None:
        self._places = {test: place for place, test in enumerate(tests)}
        self._until = time.monotonic() + seconds
        self.run = 0
        self.failed: str | None = None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        places = [
            self._places.get(item.nodeid, self._places.get(item.nodeid.split("::")[0])) for item in items
        ]
        named = [(place, item) for place, item in zip(places, items, strict=True) if place is not None]
        items[:] = [item for _, item in sorted(named, key=lambda each: each[0])]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        if time.monotonic() > self._until:
            return True
        self.run += 1
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.failed is None:
            self.failed = report.nodeid


def answer(tests: list[str], seconds: float) -> dict[str, object]:
    """Returns what came of tests: the exit code of pytest, how many were run, and the first that failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        _run(tests, seconds, writing)
    os.close(writing)
    until = time.monotonic() + seconds + ENDLESS
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            break
        time.sleep(0.01)
    else:
        until = 0.0
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if until:
        os.waitpid(child, 0)
    said = os.read(reading, 1 << 16)
    os.close(reading)
    if said:
        found: dict[str, object] = json.loads(said)
        return found
    return {"code": -1, "run": 0, "failed": "a test that did not end" if until else "the program crashed"}


def _run(tests: list[str], seconds: float, writing: int) -> None:
    """Runs tests in this process, and ends it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    order = InOrder(tests, seconds)
    files = dict.fromkeys(test.split("::")[0] for test in tests)
    code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files], plugins=[order])
    os.write(writing, json.dumps({"code": int(code), "run": order.run, "failed": order.failed}).encode())
    os._exit(0)


def main() -> None:
    """Answers until the input ends."""
    sys.path[0] = os.getcwd()
    for library in LIBRARIES:
        importlib.import_module(library)
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(answer(asked["tests"], asked["seconds"])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
