"""A run waits for the compiled engine where it has to be compiled first, says so, and can be cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.runs import preparation
from pathway_modeller.experiment.runs.engines import Chosen
from pathway_modeller.experiment.runs.preparation import MEANWHILE, PREPARING
from pathway_modeller.experiment.runs.run_target import RunPlace
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results import run_thread
from pathway_modeller.gui.results.bar import RunBar
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.scenario.edits.every_edit import set_scenario_value
from pathway_modeller.simulation import from_disk
from tests.gui import run_stand_in
from tests.gui.window_scenarios import small_scenario

WAITING = f"Preparing the engine: {PREPARING}"
"""What the run bar says, and what it says more to who points at it."""

LONG = 60_000
"""Milliseconds after which a test gives up; nothing is timed by it."""


class Compiler:
    """Stands in for the process that compiles: it is done when the test says so."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.begun = 0

    def load_kept(self) -> bool:
        return self.done.is_set()

    def compile_apart(self, stopped: Callable[[], bool]) -> None:
        self.begun += 1
        while not self.done.wait(0.01) and not stopped():
            pass


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    made = Compiler()
    monkeypatch.setattr(preparation, "load_kept", made.load_kept)
    monkeypatch.setattr(preparation, "compile_apart", made.compile_apart)
    monkeypatch.setattr(preparation, "not_kept", lambda: "")
    return made


@pytest.fixture
def controller(qtbot: QtBot, empty_document: Document) -> Iterator[RunController]:
    empty_document.new(set_scenario_value(small_scenario(), "run", {"replications": 2}))
    made = RunController(empty_document, workers=1, replication=run_stand_in.quick, preparation=Preparation())
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def bar(qtbot: QtBot, empty_document: Document, controller: RunController) -> RunBar:
    made = RunBar(empty_document, controller)
    qtbot.addWidget(made)
    made.show()
    return made


def press(qtbot: QtBot, bar: RunBar, name: str) -> None:
    """Presses a button of the run bar."""
    button = bar.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(bar: RunBar) -> str:
    """Returns what the run bar says beside the progress."""
    label = bar.findChild(QLabel, "time-left")
    assert label is not None
    return f"{label.text()}: {label.toolTip()}" if label.toolTip() else label.text()


def test_a_run_waits_until_the_engine_is_compiled_and_says_so(
    qtbot: QtBot, compiler: Compiler, controller: RunController, bar: RunBar
) -> None:
    press(qtbot, bar, "run")
    qtbot.waitUntil(lambda: said(bar) == WAITING, timeout=LONG)
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        compiler.done.set()
    assert controller.results is not None
    assert controller.results.provenance.engine == "compiled"
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        press(qtbot, bar, "run")
    assert compiler.begun == 1, "it is compiled once"


def test_simpy_plays_while_damaged_code_is_made_anew_and_says_so(
    qtbot: QtBot, compiler: Compiler, controller: RunController, bar: RunBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(from_disk, "found_damaged", lambda: not compiler.begun)
    with (
        qtbot.waitSignal(controller.noted, timeout=LONG) as noted,
        qtbot.waitSignal(controller.finished, timeout=LONG),
    ):
        press(qtbot, bar, "run")
    assert noted.args == [MEANWHILE]
    assert controller.results is not None
    assert controller.results.provenance.engine == "simpy"
    assert compiler.begun == 1
    assert not compiler.done.is_set(), "it is still being compiled"
    compiler.done.set()
    # Whoever asks before all is loaded waits for that moment.
    qtbot.waitUntil(lambda: not controller._preparation.is_mending, timeout=LONG)  # type: ignore[union-attr]
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        press(qtbot, bar, "run")
    assert controller.results.provenance.engine == "compiled"


def test_a_run_that_waits_can_be_cancelled_and_compiling_goes_on(
    qtbot: QtBot, compiler: Compiler, controller: RunController, bar: RunBar
) -> None:
    press(qtbot, bar, "run")
    qtbot.waitUntil(lambda: said(bar) == WAITING, timeout=LONG)
    with qtbot.waitSignal(controller.cancelled, timeout=LONG):
        press(qtbot, bar, "cancel-run")
    press(qtbot, bar, "run")
    qtbot.waitUntil(lambda: said(bar) == WAITING, timeout=LONG)
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        compiler.done.set()
    assert compiler.begun == 1


def test_simpy_does_not_wait_for_the_compiler(
    qtbot: QtBot, compiler: Compiler, controller: RunController, bar: RunBar
) -> None:
    controller.place = RunPlace(engine="simpy", workers=1)
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        press(qtbot, bar, "run")
    assert compiler.begun == 0
    assert controller.results is not None
    assert controller.results.provenance.engine == "simpy"


def test_where_nothing_can_be_kept_it_is_said_and_kept_in_a_folder_of_this_session(
    qtbot: QtBot, compiler: Compiler, controller: RunController, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Path] = []
    monkeypatch.setattr(preparation, "not_kept", lambda: "The engine cannot be kept.")
    monkeypatch.setattr(preparation, "keep_in", places.append)
    with (
        qtbot.waitSignal(controller.noted, timeout=LONG) as noted,
        qtbot.waitSignal(controller.finished, timeout=LONG),
    ):
        controller.start(("baseline",))
        qtbot.waitUntil(lambda: compiler.begun == 1, timeout=LONG)
        assert [place.is_dir() for place in places] == [True]
        compiler.done.set()
    assert noted.args == ["The engine cannot be kept."]
    controller.close()
    assert not places[0].exists()


def test_closing_ends_compiling(qtbot: QtBot, compiler: Compiler, controller: RunController) -> None:
    threads = set(threading.enumerate())
    controller.start(("baseline",))
    qtbot.waitUntil(lambda: compiler.begun == 1, timeout=LONG)
    controller.close()
    left = [each.name for each in set(threading.enumerate()) - threads if each.name == "prepare the engine"]
    assert left == []


def test_that_simpy_takes_the_place_of_the_compiled_engine_is_said(
    qtbot: QtBot, compiler: Compiler, controller: RunController, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler.done.set()
    sentence = "The compiled engine cannot be used; SimPy simulates instead."
    monkeypatch.setattr(run_thread, "chosen_engine", lambda _asked: Chosen("simpy", sentence))
    with (
        qtbot.waitSignal(controller.noted, timeout=LONG) as noted,
        qtbot.waitSignal(controller.finished, timeout=LONG),
    ):
        controller.start(("baseline",))
    assert noted.args == [sentence]
    assert controller.results is not None
    assert controller.results.provenance.engine == "simpy"
