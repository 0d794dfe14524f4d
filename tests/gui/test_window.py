"""The window as a person uses it: editing, opening, saving, closing."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.actions import SEPARATOR
from pathway_modeller.gui.app import open_first
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.inspector.evidence_links import PlaceLinks
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.shell.files import WORKED_EXAMPLE, examples
from pathway_modeller.gui.shell.menus import ACTIONS, MENUS, RUN_ACTIONS, SUBMENUS
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.file.open_save import dump
from tests.gui.window_person import click, click_element, find, read_message, type_over, when_asked
from tests.gui.window_scenarios import small_scenario


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    path = tmp_path / "small.json"
    path.write_text(dump(small_scenario()), encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings, small_file: Path) -> MainWindow:
    made = MainWindow(Document(), settings)
    qtbot.addWidget(made, before_close_func=lambda each: each.document.new())
    made.resize(1366, 740)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.files.read(small_file)
    made.document.check_now()
    return made


def mean_of(window: MainWindow) -> Line:
    return find(window.inspector.row("service_time"), Line, "mean")


def test_it_opens_on_the_worked_example_and_never_on_a_blank_page(window: MainWindow) -> None:
    open_first(window, None)
    name = json.loads(examples()[0].read_text(encoding="utf-8"))["name"]
    assert examples()[0].name == WORKED_EXAMPLE
    assert window.document.scenario.name == name
    assert window.windowTitle() == f"{name}[*] – Pathway Modeller"
    assert not window.isWindowModified()
    assert window.document.path is None, "saving must ask, so that the example stays"


def test_an_empty_drawing_says_how_to_begin(qtbot: QtBot, window: MainWindow) -> None:
    words = find(window, QLabel, "beginning")
    assert not words.isVisible()
    window.document.new()
    assert words.isVisible()
    assert "Drag an entry point" in words.text()
    assert window.view.viewport().rect().contains(words.geometry())
    click_first = window.palette_list.visualItemRect(window.palette_list.item(0)).center()
    qtbot.mouseClick(window.palette_list.viewport(), Qt.MouseButton.LeftButton, pos=click_first)
    qtbot.mouseMove(window.view.viewport(), words.geometry().center())
    click(qtbot, window.view.viewport(), words.geometry().center())
    assert len(window.document.pathway.entry_points) == 1, "the words let the mouse through"
    assert not words.isVisible()


def test_an_edit_in_the_inspector_changes_the_sentence_and_ctrl_z_takes_it_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    click_element(qtbot, window, "clinic")
    type_over(qtbot, mean_of(window), "45")
    sentence = find(window.inspector.row("service_time"), QLabel, "sentence")
    assert "Mean 45 minutes" in sentence.text()
    assert window.isWindowModified()
    qtbot.keyClick(mean_of(window), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Mean 20 minutes" in sentence.text()
    assert not window.isWindowModified()


def test_ctrl_z_takes_back_letters_while_one_is_typing(qtbot: QtBot, window: MainWindow) -> None:
    click_element(qtbot, window, "clinic")
    type_over(qtbot, mean_of(window), "45")
    type_over(qtbot, mean_of(window), "46", enter=False)
    qtbot.keyClick(mean_of(window), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.pathway.activities["clinic"].service_time.mean == 45


def test_the_menu_says_what_undo_takes_back(qtbot: QtBot, window: MainWindow) -> None:
    click_element(qtbot, window, "clinic")
    type_over(qtbot, mean_of(window), "45")
    edit = find(window, QMenu, "menu-edit")
    assert edit.actions()[0].text() == "&Undo change service time of Clinic"
    assert not edit.actions()[1].isEnabled()


def test_delete_and_select_all_belong_to_the_drawing(qtbot: QtBot, window: MainWindow) -> None:
    click_element(qtbot, window, "clinic")
    name = window.inspector.row("name").findChild(Line)
    click(qtbot, name)
    qtbot.keyClick(name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    assert name.text() == ""
    assert "clinic" in window.document.pathway.activities
    click_element(qtbot, window, "review")
    qtbot.keyClick(window.view, Qt.Key.Key_Delete)
    assert "review" not in window.document.pathway.activities


def test_what_is_typed_counts_when_one_saves_without_leaving_the_field(
    qtbot: QtBot, window: MainWindow, small_file: Path
) -> None:
    click_element(qtbot, window, "clinic")
    type_over(qtbot, mean_of(window), "45", enter=False)
    qtbot.keyClick(mean_of(window), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saved = json.loads(small_file.read_text(encoding="utf-8"))
    assert saved["baseline"]["activities"]["clinic"]["service_time"]["mean"] == 45
    assert not window.isWindowModified()


def test_undoing_everything_and_saving_gives_the_opened_bytes(
    qtbot: QtBot, window: MainWindow, small_file: Path
) -> None:
    before = small_file.read_bytes()
    click_element(qtbot, window, "clinic")
    for mean in ("45", "46", "47"):
        type_over(qtbot, mean_of(window), mean)
    for _ in range(3):
        qtbot.keyClick(window.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert small_file.read_bytes() == before


def edited(qtbot: QtBot, window: MainWindow) -> None:
    click_element(qtbot, window, "clinic")
    type_over(qtbot, mean_of(window), "45")


@pytest.mark.parametrize(
    ("key", "closed", "mean"),
    [(Qt.Key.Key_Escape, False, 20), (Qt.Key.Key_D, True, 20), (Qt.Key.Key_Return, True, 45)],
    ids=["cancel", "discard", "save"],
)
def test_closing_with_unsaved_changes_asks(
    qtbot: QtBot, window: MainWindow, small_file: Path, key: Qt.Key, closed: bool, mean: float
) -> None:
    edited(qtbot, window)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert "Small" in dialog.text()
        if key == Qt.Key.Key_D:
            click(qtbot, dialog.button(QMessageBox.StandardButton.Discard))
        else:
            qtbot.keyClick(dialog, key)

    when_asked(answer)
    assert window.close() is closed
    saved = json.loads(small_file.read_text(encoding="utf-8"))
    assert saved["baseline"]["activities"]["clinic"]["service_time"]["mean"] == mean


def test_closing_without_changes_asks_nothing_and_says_so_to_what_runs(
    qtbot: QtBot, window: MainWindow
) -> None:
    with qtbot.waitSignal(window.closing):
        assert window.close()


def test_a_broken_file_shows_all_its_problems_and_leaves_the_scenario_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    document = json.loads(dump(small_scenario()))
    document["baseline"]["pools"]["nurse"]["units"] = "three"
    document["baseline"]["activities"]["clinic"]["colour"] = "red"
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document), encoding="utf-8")
    before = window.document.scenario
    shown: list[str] = []

    def read(dialog: QDialog) -> None:
        shown.append(dialog.findChild(QPlainTextEdit).toPlainText())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(read)
    window.files.open(broken)
    assert "Nurse" in shown[0]
    assert "colour" in shown[0]
    assert window.document.scenario is before


def test_a_file_with_problems_that_can_be_read_is_opened_and_they_are_listed(
    window: MainWindow, tmp_path: Path
) -> None:
    document = json.loads(dump(small_scenario()))
    del document["baseline"]["activities"]["clinic"]["service_time"]
    path = tmp_path / "unfinished.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    window.files.open(path)
    assert window.document.path == path
    assert any(problem.element == "clinic" for problem in window.document.check_now())


def test_a_save_that_fails_says_so_and_keeps_the_unsaved_mark(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(qtbot, window)
    nowhere = tmp_path / "no such folder" / "x.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(nowhere), ""))
    shown = read_message(qtbot)
    assert not window.files.save_as()
    assert "x.json" in shown[0]
    assert "the folder does not exist; choose another" in shown[0]
    assert window.isWindowModified()


def test_recent_files_are_offered_latest_first(
    qtbot: QtBot, window: MainWindow, small_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(other), ""))
    assert window.files.save_as()
    menu = QMenu(window)
    window.files.fill_recent(menu)
    assert [action.toolTip() for action in menu.actions()[:2]] == [str(other), str(small_file)]
    menu.actions()[1].trigger()
    assert window.document.path == small_file


def test_a_dropped_file_is_opened(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "dropped.json"
    path.write_text(dump(small_scenario().model_copy(update={"name": "Dropped"})), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert window.document.scenario.name == "Dropped"


def test_every_menu_entry_is_an_action_and_no_keys_are_used_twice(window: MainWindow) -> None:
    specs = (*ACTIONS, *RUN_ACTIONS)
    keys = {spec.key for spec in specs} | {*SUBMENUS, SEPARATOR}
    assert all(entry in keys for _, _, entries in MENUS for entry in entries)
    used = [QKeySequence(spec.shortcut).toString() for spec in specs if spec.shortcut is not None]
    assert len(used) == len(set(used))


def test_about_names_the_version_and_the_licences(qtbot: QtBot, window: MainWindow) -> None:
    shown: list[str] = []

    def read(dialog: QDialog) -> None:
        shown.append(dialog.findChild(QTextBrowser).toPlainText())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(read)
    window.show_about()
    assert "MIT" in shown[0]
    assert "PySide6" in shown[0]
    needed = [
        each for each in importlib.metadata.requires("pathway-modeller") or [] if "extra ==" not in each
    ]
    names = {re.split(r"[^A-Za-z0-9_-]", each)[0] for each in needed}
    assert {name for name in names if name.lower() not in shown[0].lower()} == set()
    assert "(not installed)" not in shown[0]


def test_an_assumption_leads_to_the_figures_it_stands_behind(qtbot: QtBot, window: MainWindow) -> None:
    lists = find(window.inspector, QWidget, "list-assumptions")
    click(qtbot, find(lists, QPushButton, "nurses"))
    links = window.inspector.findChild(PlaceLinks)
    (row,) = links.findChildren(QPushButton)
    assert row.accessibleName() == "Nurse › Units"
    click(qtbot, row)
    assert window.inspector.subject == Subject("pathway", ("pools", "nurse"))
    assert window.inspector.row("units").isAncestorOf(QApplication.focusWidget())


def test_size_and_place_are_remembered(qtbot: QtBot, window: MainWindow, settings: QSettings) -> None:
    window.resize(window.width(), 655)
    window.close()
    again = MainWindow(Document(), settings)
    qtbot.addWidget(again)
    assert again.height() == 655


def reopened(qtbot: QtBot, window: MainWindow, settings: QSettings) -> MainWindow:
    """Closes the window and starts the program again."""
    size = window.size()
    assert window.close()
    again = MainWindow(Document(), settings)
    qtbot.addWidget(again)
    again.resize(size)
    again.show()
    return again


def test_panels_that_were_put_away_stay_away_the_next_time(
    qtbot: QtBot, window: MainWindow, settings: QSettings
) -> None:
    window.findChild(QAction, "panel_inspector").trigger()
    again = reopened(qtbot, window, settings)
    assert again.inspector.isHidden()
    assert again.problems.isVisible()
    again.findChild(QAction, "panel_inspector").trigger()
    again.findChild(QAction, "panel_bottom").trigger()
    third = reopened(qtbot, again, settings)
    assert third.inspector.isVisible()
    assert not third.problems.isVisible()


def test_panels_are_as_wide_and_high_as_they_were_dragged(
    qtbot: QtBot, window: MainWindow, settings: QSettings
) -> None:
    before = window.inspector.width()
    across = window.inspector.parentWidget()
    assert isinstance(across, QSplitter)
    handle = across.handle(1)
    start = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(handle, start - QPoint(80, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start)
    dragged = window.inspector.width()
    assert dragged > before
    assert abs(reopened(qtbot, window, settings).inspector.width() - dragged) <= 2


def test_the_panels_can_be_put_away(window: MainWindow) -> None:
    window.toggle_panel("bottom")
    window.toggle_panel("inspector")
    assert window.inspector.isHidden()
    assert not window.problems.isVisible()
    window.findChild(QPushButton, "problem-count").click()
    assert window.problems.isVisible()


def test_nothing_is_cut_off_on_a_small_laptop(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 700


def test_in_a_wide_window_the_other_views_have_words(qtbot: QtBot, window: MainWindow) -> None:
    button = find(window, QToolButton, "button-show_triangle")
    window.resize(1366, 700)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert "People and money by need tier" in button.toolTip()
    window.resize(1700, 900)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
