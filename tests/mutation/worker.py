"""Runs tests in processes that begin with the libraries loaded, each forked for one question.

Started in the copy of the project. Each line of the input names tests in their order, and the seconds of the
processor after which no more is begun; each line of the output says what came of them. Only where processes
can be forked: on Linux and macOS.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress

import pytest

LIBRARIES = (
    "PySide6.QtWidgets",
    "matplotlib.backends.backend_agg",
    "networkx",
    "numba",
    "pandas",
    "pydantic",
    "rich.console",
    "scipy.stats",
    "simpy",
)
"""What takes long to load and is not part of the project; nothing that pytest rewrites when it loads it."""

ENDLESS, IDLE = 60, 900.0
"""Seconds of the processor beyond the limit, and of the clock, after which a test is taken to be endless."""

NOT_RUN = 70
"""How a process ends in which pytest itself failed."""


class InOrder:
    """Runs the tests and files that are named, in order, until the time is up or one has failed."""

    def __init__(self, tests: list[str], seconds: float) -> None:
        self._places = {test: place for place, test in enumerate(tests)}
        self._until = time.process_time() + seconds
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
        if time.process_time() > self._until:
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
    ended, status = _waited(child, time.monotonic() + IDLE)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if not ended:
        os.waitpid(child, 0)
    said = os.read(reading, 1 << 16)
    os.close(reading)
    if said:
        found: dict[str, object] = json.loads(said)
        return found
    if ended and os.waitstatus_to_exitcode(status) == NOT_RUN:
        raise RuntimeError(f"pytest cannot run {' '.join(tests)}")
    endless = not ended or os.waitstatus_to_exitcode(status) in (-signal.SIGXCPU, -signal.SIGKILL)
    return {"code": -1, "run": 0, "failed": "a test that did not end" if endless else "the program crashed"}


def _waited(child: int, until: float) -> tuple[bool, int]:
    """Waits for a process; returns whether it has ended by then, and its status."""
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return True, status
        time.sleep(0.01)
    return False, 0


def _run(tests: list[str], seconds: float, writing: int) -> None:
    """Runs tests in this process, and ends it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    most = int(time.process_time() + seconds) + ENDLESS
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    order = InOrder(tests, seconds)
    files = dict.fromkeys(test.split("::")[0] for test in tests)
    try:
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files], plugins=[order])
        os.write(writing, json.dumps({"code": int(code), "run": order.run, "failed": order.failed}).encode())
    except BaseException:
        os._exit(NOT_RUN)
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
