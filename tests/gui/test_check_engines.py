"""Checking the two engines against each other from the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.verify import verify as checking
from pathway_modeller.scenario.edits.every_edit import set_scenario_value, set_value
from pathway_modeller.simulation.model.errors import Cancelled, ModelError
from pathway_modeller.simulation.simpy.engine import simulate
from tests.gui.task_person import Commissioner
from tests.gui.window_person import click, click_tab, find, when_asked
from tests.small_scenario import small

LONG = 600_000
"""Milliseconds after which a test gives up, for an engine may have to be compiled; nothing is timed by it."""


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Commissioner:
    pytest.importorskip("numba")
    person = Commissioner(qtbot, tmp_path)
    week = {"value": 7.0, "unit": "days"}
    person.document.new(set_scenario_value(small(), "run", {"duration": week}))
    return person


def check(qtbot: QtBot, person: Commissioner, act: Callable[[QDialog], None]) -> None:
    """Presses the keys of the check, and does something in its dialog."""
    when_asked(act)
    qtbot.keyClick(person.window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)


def read(qtbot: QtBot, dialog: QDialog) -> tuple[str, list[str]]:
    """Waits for what comes of a check; returns its head and its lines."""
    text = find(dialog, QPlainTextEdit, "check-text")
    qtbot.waitUntil(text.isVisible, timeout=LONG)
    return find(dialog, QLabel, "check-head").text(), text.toPlainText().split("\n\n")


def test_the_option_shown_is_checked_and_the_sentence_can_be_copied(
    qtbot: QtBot, person: Commissioner
) -> None:
    name = next(iter(person.document.scenario.options.values())).name
    click_tab(qtbot, person.window, name)
    found: list[str] = []

    def act(dialog: QDialog) -> None:
        head, told = read(qtbot, dialog)
        assert head == "✔ Identical"
        found.extend(told)
        click(qtbot, find(dialog, QPushButton, "copy-check"))
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    check(qtbot, person, act)
    assert found[0].startswith("Identical: both engines give the same ")
    assert f" events in replication 1 of option “{name}” (SHA-256 " in found[0]
    assert QGuiApplication.clipboard().text().split("\n\n") == found


def test_the_first_event_that_differs_is_shown_in_words(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(*given: Any) -> Any:
        trace = simulate(*given)
        units = trace.units.copy()
        units[9:] += 1
        return replace(trace, units=units)

    monkeypatch.setattr(checking, "both_engines", lambda: {"compiled": other, "simpy": simulate})
    found: list[str] = []

    def act(dialog: QDialog) -> None:
        head, told = read(qtbot, dialog)
        found.extend([head, *told])
        click(qtbot, dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close))

    check(qtbot, person, act)
    assert found[0] == "✖ Different"
    assert found[1].startswith(
        "Different: in replication 1 of the baseline the engines agree on the first 9 "
    )
    assert any(line.startswith("SimPy says: ") for line in found)
    assert any(line.startswith("The compiled engine says: ") for line in found)


@pytest.mark.parametrize("by_key", [True, False])
def test_a_check_can_be_cancelled_and_ends(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch, by_key: bool
) -> None:
    begun: list[bool] = []
    ended: list[bool] = []

    def endless(_model: object, _seed: int, _number: int, cancelled: Callable[[], bool], _: object) -> Any:
        begun.append(True)
        while not cancelled():
            time.sleep(0.01)
        ended.append(True)
        raise Cancelled

    monkeypatch.setattr(checking, "both_engines", lambda: {"compiled": endless, "simpy": simulate})

    def act(dialog: QDialog) -> None:
        stage = find(dialog, QLabel, "check-stage")
        qtbot.waitUntil(
            lambda: stage.text().startswith("Playing it on engine 1 of 2, the compiled engine"), timeout=LONG
        )
        qtbot.waitUntil(lambda: begun == [True], timeout=LONG)  # what is announced has not begun yet
        if by_key:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            click(qtbot, dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel))
        assert not dialog.isVisible()

    check(qtbot, person, act)
    qtbot.waitUntil(lambda: ended == [True], timeout=LONG)


def test_how_far_an_engine_is_moves_the_bar_and_says_what_is_left(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, seen = threading.Event(), []

    def slow(model: Any, seed: int, number: int, cancelled: Callable[[], bool], told: Any) -> Any:
        if told is not None:
            told(0.25)
            go_on.wait(LONG / 1000)
        return simulate(model, seed, number, cancelled, told)

    monkeypatch.setattr(checking, "both_engines", lambda: {"compiled": slow, "simpy": simulate})

    def act(dialog: QDialog) -> None:
        bar, stage = dialog.findChild(QProgressBar), find(dialog, QLabel, "check-stage")
        qtbot.waitUntil(lambda: bar.value() == 25, timeout=LONG)
        seen.append((bar.maximum(), stage.text()))
        go_on.set()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    check(qtbot, person, act)
    assert seen[0][0] == 100
    assert "the compiled engine: 25%… (" in seen[0][1]
    assert seen[0][1].endswith(" with this engine)")


@pytest.mark.parametrize("stage_of", ["engine 1 of 2, the compiled engine", "engine 2 of 2, SimPy"])
def test_each_engine_plays_in_a_process_and_is_ended_with_the_check(
    qtbot: QtBot, person: Commissioner, stage_of: str
) -> None:
    forty_years = {"value": 14_600.0, "unit": "days"}
    person.document.edit_scenario(
        "longer", lambda scenario: set_scenario_value(scenario, "run", {"duration": forty_years})
    )
    begun: list[BaseProcess] = []

    def act(dialog: QDialog) -> None:
        stage = find(dialog, QLabel, "check-stage")
        qtbot.waitUntil(lambda: stage_of in stage.text(), timeout=LONG)
        qtbot.waitUntil(lambda: bool(active_children()), timeout=LONG)
        begun.extend(active_children())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    check(qtbot, person, act)
    assert len(begun) == 1
    qtbot.waitUntil(lambda: not active_children(), timeout=LONG)


def test_without_a_compiled_engine_a_sentence_says_so(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Any:
        raise ModelError("There is only one engine.")

    monkeypatch.setattr(checking, "both_engines", missing)
    found: list[str] = []

    def act(dialog: QDialog) -> None:
        head, told = read(qtbot, dialog)
        found.extend([head, *told])
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    check(qtbot, person, act)
    assert found == ["The check could not be made", "There is only one engine."]


def test_a_fault_in_the_program_is_raised_and_not_swallowed(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty() -> Any:
        raise ZeroDivisionError("one over nothing")

    monkeypatch.setattr(checking, "both_engines", faulty)
    with qtbot.captureExceptions() as raised:
        check(qtbot, person, lambda dialog: qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LONG))
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_problems_stop_a_check_as_they_stop_a_run(qtbot: QtBot, person: Commissioner) -> None:
    person.document.edit("forget", lambda way: set_value(way, "/activities/clinic/service_time", None))
    qtbot.keyClick(person.window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    assert (
        person.window.statusBar().currentMessage() == "1 problem stops a run: it is in the list of problems."
    )
    assert person.window.problems.isVisible()


def test_there_is_no_check_while_a_run_goes_on(qtbot: QtBot, person: Commissioner) -> None:
    action = person.window.findChild(QAction, "check_engines")
    controller = person.runs.controller
    assert action.isEnabled()
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
        assert not action.isEnabled()
    assert action.isEnabled()
