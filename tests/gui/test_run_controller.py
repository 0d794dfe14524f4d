"""Runs from the window: it stays free, and a run can be cancelled, refused, fail, or grow stale."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.experiment.runs.replicate import Replicate
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.scenario.edits.every_edit import (
    place_elements,
    rename_element,
    set_scenario_value,
    set_value,
)
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import Position
from tests.gui import run_stand_in
from tests.gui.window_scenarios import small_scenario

LONG = 60_000
"""Milliseconds after which a test gives up; nothing is timed by it."""

Make = Callable[..., RunController]


@pytest.fixture
def document(empty_document: Document) -> Document:
    scenario = set_scenario_value(small_scenario(), "run", {"replications": 3})
    empty_document.new(scenario)
    return empty_document


@pytest.fixture
def make(document: Document) -> Iterator[Make]:
    made: list[RunController] = []

    def controller(replication: Replicate, engine: str = ENGINES[0]) -> RunController:
        made.append(RunController(document, workers=1, engine=engine, replication=replication))
        return made[-1]

    yield controller
    for each in made:
        each.close()
        each.deleteLater()
    assert multiprocessing.active_children() == []


def run(qtbot: QtBot, controller: RunController) -> None:
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        assert controller.start((BASELINE,))


def test_a_run_gives_the_figures_of_the_same_run_without_a_window(
    qtbot: QtBot, document: Document, make: Make
) -> None:
    controller = make(run_stand_in.quick)
    told: list[tuple[int, int, float]] = []
    controller.progressed.connect(lambda *each: told.append(each))
    run(qtbot, controller)
    alone = run_experiment(document.scenario, (BASELINE,), workers=1, replication=run_stand_in.quick)
    assert controller.results is not None
    assert controller.results.provenance == alone.provenance
    assert controller.results.values.to_csv() == alone.values.to_csv()
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert {total for _, total, _ in told} == {3}
    assert told[-1][2] == 0.0
    assert not controller.is_running


def test_the_window_goes_on_while_a_run_does(qtbot: QtBot, make: Make) -> None:
    controller = make(run_stand_in.endless)
    ticks: list[bool] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: ticks.append(controller.is_running))
    controller.start((BASELINE,))
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) >= 20, timeout=LONG)
    timer.stop()
    assert all(ticks)


def test_a_cancelled_run_keeps_the_earlier_results(qtbot: QtBot, document: Document, make: Make) -> None:
    controller = make(run_stand_in.endless)
    document.edit_scenario("fewer", lambda each: set_scenario_value(each, "run", {"replications": 1}))
    run(qtbot, controller)
    earlier = controller.results
    document.edit_scenario("more", lambda each: set_scenario_value(each, "run", {"replications": 3}))
    with qtbot.waitSignal(controller.progressed, timeout=LONG, check_params_cb=lambda done, *_: done == 1):
        controller.start((BASELINE,))
    with qtbot.waitSignal(controller.cancelled, timeout=LONG):
        controller.cancel()
    assert controller.results is earlier
    assert not controller.is_running
    qtbot.waitUntil(lambda: multiprocessing.active_children() == [])


@pytest.mark.parametrize("replication", [run_stand_in.deaf, run_stand_in.quick])
def test_a_worker_that_cannot_hear_is_ended(qtbot: QtBot, make: Make, replication: Replicate) -> None:
    """A process that is busy, and one that is still starting."""
    controller = make(replication, "simpy")
    with qtbot.waitSignal(controller.progressed, timeout=LONG):
        controller.start((BASELINE,))
    with qtbot.waitSignal(controller.cancelled, timeout=LONG):
        controller.cancel()
    qtbot.waitUntil(lambda: multiprocessing.active_children() == [])


@pytest.mark.parametrize("engine", ENGINES)
def test_closing_ends_threads_and_processes_and_says_nothing_more(
    qtbot: QtBot, make: Make, engine: str
) -> None:
    controller = make(run_stand_in.endless, engine)
    said: list[str] = []
    controller.finished.connect(lambda _results: said.append("finished"))
    controller.cancelled.connect(lambda: said.append("cancelled"))
    before = threading.active_count()
    with qtbot.waitSignal(controller.progressed, timeout=LONG):
        controller.start((BASELINE,))
    controller.close()
    assert not controller.is_running
    assert multiprocessing.active_children() == []
    # A QThread that has ended leaves one stand-in object in Python's list of threads.
    assert threading.active_count() <= before + 1
    qtbot.waitUntil(lambda: True)
    assert said == []


def test_only_one_run_at_a_time(qtbot: QtBot, make: Make) -> None:
    controller = make(run_stand_in.endless)
    assert controller.start((BASELINE,))
    assert not controller.start((BASELINE,))


def test_a_run_that_cannot_go_on_says_so_in_a_sentence(qtbot: QtBot, make: Make) -> None:
    controller = make(run_stand_in.stuck)
    with qtbot.waitSignal(controller.failed, timeout=LONG) as told:
        controller.start((BASELINE,))
    assert told.args == ["Replication 1 of the baseline stopped: Nobody can move in the clinic."]
    assert controller.results is None


def test_a_fault_in_the_program_is_raised_and_not_swallowed(qtbot: QtBot, make: Make) -> None:
    controller = make(run_stand_in.faulty)
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(controller.failed, timeout=LONG):
        controller.start((BASELINE,))
    qtbot.waitUntil(lambda: len(raised) == 1)
    assert raised[0][0] is ZeroDivisionError
    assert not controller.is_running


def test_problems_stop_a_run_before_it_begins(qtbot: QtBot, document: Document, make: Make) -> None:
    controller = make(run_stand_in.quick)
    document.edit("forget", lambda way: set_value(way, "/activities/clinic/service_time", None))
    with qtbot.waitSignal(controller.refused) as told:
        assert not controller.start((BASELINE,))
    assert [problem.element for problem in told.args[0]] == ["clinic"]
    assert not controller.is_running


def test_results_grow_stale_by_figures_and_not_by_places(
    qtbot: QtBot, document: Document, make: Make
) -> None:
    controller = make(run_stand_in.quick)
    run(qtbot, controller)
    document.edit("move", lambda way: place_elements(way, {"clinic": ("hospital", Position(x=9, y=9))}))
    assert not controller.is_stale
    with qtbot.waitSignal(controller.staleness_changed) as told:
        document.edit("rename", lambda way: rename_element(way, "clinic", "Another clinic"))
    assert told.args == [True]
    document.undo()
    assert not controller.is_stale


def test_another_scenario_has_no_results_yet(qtbot: QtBot, document: Document, make: Make) -> None:
    controller = make(run_stand_in.quick)
    run(qtbot, controller)
    document.new(small_scenario())
    assert controller.results is None
    assert not controller.is_stale
