"""The check beside the window's thread: people go on working, and see the problems of what is open now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton, QTabWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import set_value
from pathway_modeller.scenario.problems import Problem
from tests.gui.window_person import click_element, find
from tests.gui.window_scenarios import small_scenario


class SlowCheck:
    """A check that goes on until it is let go."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.checked: list[Scenario] = []

    def __call__(self, scenario: Scenario) -> tuple[Problem, ...]:
        assert current_thread() is not main_thread()
        self.checked.append(scenario)
        assert self.go_on.wait(20), "nobody let the check go on"
        return check(scenario)

    def times(self, scenario: Scenario) -> int:
        """Returns how often the check of this very scenario has begun."""
        return sum(each is scenario for each in self.checked)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowCheck]:
    made = SlowCheck()
    monkeypatch.setattr("pathway_modeller.scenario.checking.check.check", made)
    yield made
    made.go_on.set()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, slow: SlowCheck) -> MainWindow:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    document = Document()
    document.new(small_scenario())
    made = MainWindow(document, settings)
    qtbot.addWidget(made, before_close_func=lambda each: each.document.new())
    made.resize(1366, 740)
    made.show()
    qtbot.waitUntil(lambda: slow.times(document.scenario) == 1)
    return made


def count(window: MainWindow) -> str:
    return find(window, QPushButton, "problem-count").text()


def tab(window: MainWindow) -> str:
    tabs = next(each for each in window.findChildren(QTabWidget) if each.isAncestorOf(window.problems))
    return tabs.tabText(0)


def without_time(window: MainWindow) -> None:
    """Takes the time of an activity away, which is a problem."""
    window.document.edit("take it away", lambda p: set_value(p, "/activities/review/service_time", None))


def test_who_waits_is_told_and_can_go_on(qtbot: QtBot, window: MainWindow, slow: SlowCheck) -> None:
    assert count(window) == "", "nobody says that there are no problems before it is known"
    qtbot.waitUntil(lambda: window.document.is_checking)
    assert (count(window), tab(window)) == ("Checking…", "Problems (checking…)")
    click_element(qtbot, window, "clinic")
    assert window.document.selection == ("clinic",)
    slow.go_on.set()
    qtbot.waitUntil(lambda: window.document.is_checked)
    assert (count(window), tab(window)) == ("No problems", "Problems (0)")


def test_what_is_found_of_an_older_scenario_is_not_shown(
    qtbot: QtBot, window: MainWindow, slow: SlowCheck
) -> None:
    said: list[int] = []
    window.document.problems_changed.connect(lambda: said.append(len(window.document.problems)))
    without_time(window)
    qtbot.wait(250)
    assert slow.times(window.document.scenario) == 0, "one check at a time"
    slow.go_on.set()
    qtbot.waitUntil(lambda: "stop" in count(window))
    assert len(said) == 1
    assert slow.times(window.document.scenario) == 1


def test_undoing_while_it_is_checked_leaves_what_was_known(
    qtbot: QtBot, window: MainWindow, slow: SlowCheck
) -> None:
    slow.go_on.set()
    qtbot.waitUntil(lambda: window.document.is_checked)
    slow.go_on.clear()
    without_time(window)
    qtbot.waitUntil(lambda: slow.times(window.document.scenario) == 1)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    slow.go_on.set()
    qtbot.wait(250)
    assert count(window) == "No problems"
    assert window.document.check_now() == ()


def test_another_scenario_is_opened_meanwhile(qtbot: QtBot, window: MainWindow, slow: SlowCheck) -> None:
    qtbot.waitUntil(lambda: window.document.is_checking)
    window.document.new()
    assert not window.document.is_checking
    slow.go_on.set()
    qtbot.waitUntil(lambda: window.document.is_checked)
    assert "stop" in count(window), "an empty pathway cannot be run"


def test_the_window_is_closed_meanwhile(qtbot: QtBot, window: MainWindow, slow: SlowCheck) -> None:
    qtbot.waitUntil(lambda: window.document.is_checking)
    window.close()
    slow.go_on.set()
    qtbot.wait(100)
    assert not window.isVisible()


def test_a_document_that_is_let_go_takes_nothing_with_it(qtbot: QtBot, slow: SlowCheck) -> None:
    document = Document()
    document.new(small_scenario())
    scenario = document.scenario
    qtbot.waitUntil(lambda: slow.times(scenario) == 1)
    document.deleteLater()
    del document
    qtbot.wait(50)
    slow.go_on.set()
    qtbot.wait(100)


def test_who_cannot_wait_gets_what_is_being_worked_out(
    qtbot: QtBot, window: MainWindow, slow: SlowCheck
) -> None:
    slow.go_on.set()
    without_time(window)
    qtbot.waitUntil(lambda: slow.times(window.document.scenario) == 1)
    found = window.document.check_now()
    assert [problem.severity for problem in found] == ["error"]
    assert slow.times(window.document.scenario) == 1
