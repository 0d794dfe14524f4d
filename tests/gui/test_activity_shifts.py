"""A shift of activity as a person makes it: from the menu of an option, read back in words, undone as one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.editors.inputs import Combo, Line
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.dated import AtDate
from tests.gui.test_options import new_option
from tests.gui.window_person import choose, click, find, opened_window, texts, type_over, when_asked
from tests.gui.window_scenarios import small_scenario


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = opened_window(qtbot, tmp_path)
    made.document.new(small_scenario())
    return made


def move_activity(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Chooses "Move activity…" in the menu of the option shown, and gives a name."""

    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        qtbot.keyClicks(dialog.findChild(QLineEdit), name)
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    click(qtbot, find(window, QToolButton, "option-menu"))
    menu = next(each for each in window.findChildren(QMenu, "option-actions") if each.isVisible())
    action = next(each for each in menu.actions() if each.text() == "Move activity…")
    when_asked(give_name)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def held(window: MainWindow) -> dict[str, ActivityShift]:
    """Returns the shifts of activity of the option shown."""
    return dict(window.document.scenario.options[window.document.variant].activity_shifts)


def said(window: MainWindow) -> list[str]:
    """Returns the list of what the option changes."""
    return [each.replace("\u200b", "") for each in texts(find(window, QListWidget, "changes"))]


def row(window: MainWindow, field: str, kind: type[QWidget], name: str = "") -> QWidget:
    """Finds a widget in the row of a field."""
    found = window.inspector.row(field).findChild(kind, name) if name else None
    found = found or window.inspector.row(field).findChild(kind)
    assert found is not None, field
    return found


def test_contacts_are_moved_from_the_menu_and_read_back_in_words(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Near home")
    before = window.document.scenario
    move_activity(qtbot, window, "To the review")
    assert held(window)["to-the-review"] == ActivityShift(
        name="To the review", origin="clinic", target="review", uptake=0
    )
    assert said(window) == ["Shift of activity “To the review”: 0% of contacts at “Clinic” go to “Review”"]
    type_over(qtbot, row(window, "uptake", Line), "40%")
    assert held(window)["to-the-review"].uptake == 0.4
    assert said(window) == ["Shift of activity “To the review”: 40% of contacts at “Clinic” go to “Review”"]
    assert window.view.pathway_scene.boxes["clinic"].mark == "changed"
    window.document.undo()
    window.document.undo()
    assert window.document.scenario == before
    assert said(window) == []


def test_it_differs_by_need_tier_and_is_phased_in(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Near home")
    move_activity(qtbot, window, "To the review")
    type_over(qtbot, row(window, "uptake", Line), "40%")
    click(qtbot, row(window, "phased_in", QPushButton))
    starts = window.inspector.row("phased_in").findChild(QWidget, "starts").findChild(Line)
    type_over(qtbot, starts, "1 May 2025")
    assert held(window)["to-the-review"].phased_in == AtDate(starts=dt.date(2025, 5, 1))
    assert said(window) == [
        "Shift of activity “To the review”: from 1 May 2025, 40% of contacts at “Clinic” go to “Review”"
    ]


def test_it_is_deleted_in_one_step_and_leaves_the_option_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Near home")
    before = window.document.scenario
    move_activity(qtbot, window, "To the review")
    type_over(qtbot, row(window, "uptake", Line), "40%")
    with_it = window.document.scenario
    click(qtbot, find(window.inspector, QPushButton, "delete"))
    assert window.document.scenario == before
    window.document.undo()
    assert window.document.scenario == with_it


def test_an_end_is_chosen_by_its_name(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Near home")
    move_activity(qtbot, window, "Back")
    choose(qtbot, row(window, "from", Combo), "Review")
    choose(qtbot, row(window, "to", Combo), "Clinic")
    assert (held(window)["back"].origin, held(window)["back"].target) == ("review", "clinic")
    changes = find(window, QListWidget, "changes")
    window.inspector.show_selection()
    changes.setCurrentRow(0)
    qtbot.keyClick(changes, Qt.Key.Key_Return)
    assert window.inspector.subject.steps[-2:] == ("activity_shifts", "back")
