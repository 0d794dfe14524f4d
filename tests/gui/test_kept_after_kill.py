"""Real processes: killed while somebody edits and saves, ended by a fault, started again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.app import LAST_FILE, open_last_or_first
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.keeping.recovery import recoverable
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.file.open_save import save
from tests.gui.kept_person import mean_of
from tests.gui.window_scenarios import small_scenario

FAULT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pathway_modeller.gui import app
from tests.gui.window_person import click_element, find, type_over
from pathway_modeller.gui.inspector.editors.inputs import Line

def edit_and_fail(window):
    click_element(QTest, window, "clinic")
    type_over(QTest, find(window.inspector.row("service_time"), Line, "mean"), "45")
    QTimer.singleShot(10, press_quit)
    raise ZeroDivisionError("a fault of the program")

def press_quit():
    box = QApplication.activeModalWidget()
    assert box.objectName() == "fault"
    next(each for each in box.findChildren(QPushButton) if "Quit" in each.text()).click()

app._attach_runs = edit_and_fail
sys.exit(app.run_app(Path(sys.argv[1])))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.json"
    save(small_scenario(), path)
    return path


def test_killed_at_any_moment_nothing_saved_and_at_most_two_seconds_of_editing_are_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", "6"], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed while saving" in done.stdout


def test_what_a_fault_of_the_program_ended_is_offered_at_the_next_start(file: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-c", FAULT, str(file)],
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    (left,) = recoverable(tmp_path / "data" / "PathwayModeller" / "open")
    assert mean_of(left.scenario) == 45
    assert left.file == file
    left.session.remove()


def started(qtbot: QtBot, settings: QSettings) -> MainWindow:
    """Starts the window without naming a file."""
    window = MainWindow(Document(), settings)
    qtbot.addWidget(window, before_close_func=lambda each: each.document.new())
    open_last_or_first(window, None)
    return window


def test_the_file_that_was_open_last_is_opened_again(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue(LAST_FILE, str(file))
    assert started(qtbot, settings).document.path == file
    second = started(qtbot, settings)
    assert second.document.path is None, "the first window has it open, and nobody is asked at the start"
    assert "which was open last, is open in another window" in second.statusBar().currentMessage()


def test_a_last_file_whose_drive_is_away_is_said_and_the_example_is_shown(
    qtbot: QtBot, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue(LAST_FILE, str(tmp_path / "share" / "small.json"))
    window = started(qtbot, settings)
    assert window.document.scenario.name
    assert "stays among the recent files" in window.statusBar().currentMessage()
