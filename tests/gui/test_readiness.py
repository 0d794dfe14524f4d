"""What the scenario is ready for, under Run: each part leads to its list, and is mended there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QTabWidget, QToolButton
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.runs import weight
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.readiness.panel import MissingRow, ReadinessPanel
from pathway_modeller.gui.shell.runs import Runs, attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.edits.every_edit import remove_record, set_value
from pathway_modeller.scenario.readiness.missing import PARTS
from tests.gui.window_person import click, find, opened_window, when_asked
from tests.scenario.readiness.moved_scenario import moved

LONG = 60_000
"""Milliseconds after which a test gives up for good; nothing is timed by it."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return opened_window(qtbot, tmp_path)


@pytest.fixture(autouse=True)
def runs(window: MainWindow) -> Iterator[Runs]:
    made = attach_runs(window, workers=1)
    window.document.new(moved())
    yield made
    made.close()


def button(window: MainWindow, part: str) -> QToolButton:
    return find(window, QToolButton, f"ready-{part}")


def says(qtbot: QtBot, window: MainWindow, part: str, words: str) -> None:
    """Waits until the line says something of a part."""
    qtbot.waitUntil(
        lambda: button(window, part).isVisible() and button(window, part).text() == words, timeout=LONG
    )


def row(window: MainWindow, words: str) -> MissingRow:
    found = [
        each for each in find(window, ReadinessPanel, "readiness-list").rows if words in each.missing.sentence
    ]
    assert len(found) == 1, [each.missing.sentence for each in found]
    return found[0]


def shown_row(qtbot: QtBot, window: MainWindow, part: str, words: str) -> MissingRow:
    """Opens the list of a part by its button, and scrolls to a row as a person would."""
    click(qtbot, button(window, part))
    found = row(window, words)
    find(window, ReadinessPanel, "readiness-list").ensureWidgetVisible(found)
    qtbot.waitUntil(found.isVisible)
    return found


def mends(found: MissingRow) -> list[QPushButton]:
    return found.findChildren(QPushButton, "mend")


def test_the_line_says_what_is_ready_and_how_much_is_missing(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "money", "money (1)")
    assert button(window, "money").accessibleName() == "Money: 1 thing missing"
    assert "no variable cost" in button(window, "money").toolTip()
    assert [button(window, part).isVisible() for part in PARTS] == [True] * len(PARTS)


def test_variable_cost_is_typed_once_and_is_one_step_to_undo(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "money", "money (1)")
    before = window.document.scenario
    click(qtbot, button(window, "money"))
    tabs = find(window, QTabWidget, "bottom")
    assert tabs.tabText(tabs.currentIndex()) == "Before a run (11)"
    field = find(row(window, "variable cost"), Line, "answer")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(QApplication.focusWidget(), "£30.00")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    says(qtbot, window, "money", "money")
    assert button(window, "money").accessibleName() == "Money: ready"
    costs = [each.variable_cost for each in window.document.baseline.activities.values()]
    assert [each.value for each in costs if each is not None] == [30.0, 30.0]
    assert window.document.undo_label == "give one for all"
    window.document.undo()
    assert window.document.scenario is before
    says(qtbot, window, "money", "money (1)")


@pytest.mark.parametrize("typed", ["thirty", "12,5", "1e999"])
def test_what_is_no_number_or_two_is_said_and_stays_to_be_mended(
    qtbot: QtBot, window: MainWindow, typed: str
) -> None:
    says(qtbot, window, "money", "money (1)")
    click(qtbot, button(window, "money"))
    found = row(window, "variable cost")
    field = find(found, Line, "answer")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, typed)
    click(qtbot, mends(found)[0])
    assert typed in find(found, QLabel, "mistake").text()
    assert find(found, QLabel, "mistake").isVisible()
    assert field.text() == typed
    assert not window.document.is_dirty


def test_a_click_takes_the_payer_from_the_pool(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "payers", "payers (5)")
    found = shown_row(qtbot, window, "payers", "“Clinic” names no payer".replace("“", '"').replace("”", '"'))
    (take,) = mends(found)
    assert take.accessibleName() == "Take “ICB” from the capacity pool"
    click(qtbot, take)
    says(qtbot, window, "payers", "payers (4)")
    assert window.document.baseline.activities["clinic"].payer == "icb"


def test_a_click_takes_moved_shares_as_the_displacement(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "contacts", "contacts (1)")
    found = shown_row(qtbot, window, "contacts", "not accounted for")
    click(qtbot, mends(found)[0])
    says(qtbot, window, "contacts", "contacts")
    (declared,) = window.document.scenario.options["nearer"].displacements.values()
    assert declared.to["team"].share == 1.0


def test_no_longer_needed_is_asked_for_its_source(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "contacts", "contacts (1)")
    found = shown_row(qtbot, window, "contacts", "not accounted for")
    click(qtbot, mends(found)[1])
    assert find(found, QLabel, "mistake").text() == "Type a few words."
    field = find(found, Line, "answer")
    click(qtbot, field)
    qtbot.keyClicks(field, "Trial of 2021")
    click(qtbot, mends(found)[1])
    says(qtbot, window, "contacts", "contacts")
    (declared,) = window.document.scenario.options["nearer"].displacements.values()
    assert declared.avoided == 1.0
    (assumption,) = window.document.scenario.assumptions.values()
    assert assumption.source == "Trial of 2021"


def test_show_leads_to_the_place(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "money", "money (1)")
    found = shown_row(qtbot, window, "money", "variable cost")
    click(qtbot, find(found, QPushButton, "show"))
    assert window.document.selection == ("clinic",)
    found = shown_row(qtbot, window, "standards", "no waiting-time standard")
    click(qtbot, find(found, QPushButton, "show"))
    assert window.document.selection == ()
    assert window.inspector.findChild(QToolButton, "new") is not None


def test_a_scenario_that_cannot_be_run_is_ready_for_nothing(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "money", "money (1)")
    window.document.edit(
        "take the time away", lambda each: set_value(each, "/activities/clinic/service_time", None)
    )
    qtbot.waitUntil(lambda: not button(window, "money").isVisible(), timeout=LONG)
    window.document.undo()
    says(qtbot, window, "money", "money (1)")


def test_an_edit_elsewhere_leaves_the_keyboard_where_it_is(qtbot: QtBot, window: MainWindow) -> None:
    says(qtbot, window, "money", "money (1)")
    click(qtbot, button(window, "money"))
    found = row(window, "variable cost")
    field = find(found, Line, "answer")
    qtbot.waitUntil(field.hasFocus)
    with qtbot.waitSignal(find(window, ReadinessPanel, "readiness-list").refreshed, timeout=LONG):
        window.document.edit(
            "more nurses", lambda each: set_value(each, "/pools/nurses/units", 3), merge="elsewhere"
        )
    assert row(window, "variable cost") is found
    assert field.hasFocus()
    qtbot.keyClicks(field, "30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    says(qtbot, window, "money", "money")
    assert window.document.baseline.pools["nurses"].units == 3
    assert window.document.baseline.activities["clinic"].variable_cost is not None


def test_what_has_been_deleted_meanwhile_is_mended_no_more(qtbot: QtBot, window: MainWindow) -> None:
    window.document.edit("no units", lambda each: set_value(each, "/pools/nurses/units", None))
    says(qtbot, window, "waits", "waits (2)")
    found = shown_row(qtbot, window, "waits", '"Nurses" has no number of units')
    field = find(found, Line, "answer")
    click(qtbot, field)
    qtbot.keyClicks(field, "4")
    window.document.edit("delete", lambda each: remove_record(each, "pools", "nurses"))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert find(found, QLabel, "mistake").text() == "What this would mend is no longer there."


def test_what_is_half_typed_in_a_row_is_run(qtbot: QtBot, window: MainWindow, runs: Runs) -> None:
    says(qtbot, window, "money", "money (1)")
    click(qtbot, button(window, "money"))
    field = find(row(window, "variable cost"), Line, "answer")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "12.5")
    with qtbot.waitSignal(runs.controller.finished, timeout=10 * LONG):
        click(qtbot, find(window, QPushButton, "run"))
    cost = window.document.baseline.activities["clinic"].variable_cost
    assert cost is not None
    assert cost.value == 12.5
    assert not runs.controller.is_stale


def test_what_is_half_typed_and_is_no_number_is_said_before_a_run(
    qtbot: QtBot, window: MainWindow, runs: Runs
) -> None:
    says(qtbot, window, "money", "money (1)")
    click(qtbot, button(window, "money"))
    field = find(row(window, "variable cost"), Line, "answer")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "much")
    click(qtbot, find(window, QPushButton, "run"))
    assert not runs.controller.is_running
    assert "much" in window.statusBar().currentMessage()
    assert find(row(window, "variable cost"), Line, "answer").text() == "much"


@pytest.mark.parametrize("agreed", [False, True])
def test_a_heavy_run_is_asked_about_before_it_begins(
    qtbot: QtBot, window: MainWindow, runs: Runs, agreed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weight, "LONG", 0.0)
    begun: list[bool] = []
    runs.controller.started.connect(lambda: begun.append(True))
    said: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        run, cancel = (
            next(each for each in dialog.buttons() if words in each.text()) for words in ("Run", "Cancel")
        )
        click(qtbot, run if agreed else cancel)

    when_asked(answer)
    click(qtbot, find(window, QPushButton, "run"))
    assert said
    assert said[0].startswith("This run plays about 27,000 events: ")
    assert begun == [True] * agreed
    assert runs.controller.is_running is agreed


def test_a_heavy_check_of_the_engines_is_asked_about(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weight, "LONG", 0.0)
    said: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        click(qtbot, next(each for each in dialog.buttons() if "Cancel" in each.text()))

    when_asked(answer)
    qtbot.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    assert said
    assert QApplication.activeModalWidget() is None


def test_a_light_run_is_not_asked_about(qtbot: QtBot, window: MainWindow, runs: Runs) -> None:
    with qtbot.waitSignal(runs.controller.finished, timeout=10 * LONG):
        click(qtbot, find(window, QPushButton, "run"))
