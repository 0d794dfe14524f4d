"""Short replications go on one at a time in threads, long ones side by side."""

from __future__ import annotations

import threading

import pytest

from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs import pace
from pathway_modeller.experiment.runs.pace import Pace
from pathway_modeller.experiment.runs.replicate import Task
from pathway_modeller.experiment.runs.run import run_experiment
from tests.experiment.stand_in import quick, scenario

SHORT, LONG = 0.016, 0.5


class Clock:
    """Stands in for the clocks: time passes where a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(pace, "perf_counter", lambda: self.now)
        monkeypatch.setattr(pace, "thread_time", lambda: self.now)

    def work(self, seconds: float) -> None:
        """Takes so long."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_one_goes_on_at_a_time_until_two_are_known_or_have_taken_long(clock: Clock) -> None:
    found = Pace()
    assert found.width(8) == 1
    clock.work(0.1)
    assert found.width(8) == 1
    clock.work(0.15)
    assert found.width(8) == 8


def test_the_last_replication_says_how_many_go_on_and_the_first_says_nothing(clock: Clock) -> None:
    found = Pace()
    work = found.timed(clock.work)
    widths = []
    for seconds in (0.15, SHORT, SHORT, LONG, SHORT):
        work(seconds)
        widths.append(found.width(8))
    assert widths == [1, 1, 1, 8, 1]


def most_at_a_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> int:
    """Returns how many replications of so many seconds of processor time went on side by side, at most."""
    ticks = threading.local()
    going, most, lock = 0, 0, threading.Lock()
    second = threading.Event()

    def thread_time() -> float:
        ticks.now = getattr(ticks, "now", 0.0) + seconds
        return float(ticks.now)

    def replication(task: Task, cancelled: object) -> Vectors:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        if going > 1:
            second.set()
        if seconds == LONG and task.replication > 2:
            assert second.wait(20)
        with lock:
            going -= 1
        return quick(task)

    monkeypatch.setattr(pace, "thread_time", thread_time)
    monkeypatch.setattr(pace, "perf_counter", lambda: 0.0)
    results = run_experiment(scenario(12), ["baseline"], workers=2, replication=replication)
    assert results.provenance.replications == 12
    return most


def test_short_replications_never_go_on_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    assert most_at_a_time(monkeypatch, SHORT) == 1


def test_long_replications_go_on_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    assert most_at_a_time(monkeypatch, LONG) == 2
