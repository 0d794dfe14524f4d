"""Somebody whose work must not be lost, for the tests of the window."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.keeping.session import generations
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import dump, load, save
from pathway_modeller.scenario.problems import FileProblems
from tests.gui.window_person import click, click_element, find, type_over, when_asked
from tests.gui.window_scenarios import small_scenario

LONG = 60_000
"""Milliseconds that a busy machine may take; how soon edits are kept is for ``tests.kills`` to say."""

KILLED = """
import os, sys
from pathlib import Path
from pathway_modeller.gui.keeping.session import Session
from pathway_modeller.scenario.file.open_save import load

root, file, based_on, *kept = sys.argv[1:]
session = Session(Path(root))
session.say(Path(file) if file else None, based_on)
for each in kept:
    session.keep(load(each))
os.kill(os.getpid(), 9)
"""


class Person:
    """Somebody with a file, whose computer may fail."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        """Opens a window, off screen, on the small scenario in a file.

        Args:
            qtbot: mouse and keys.
            folder: for this person's files, and what the program keeps.
        """
        self.qtbot = qtbot
        self.folder = folder
        self.data = folder / "data"
        self.path = folder / "small.json"
        save(small_scenario(), self.path)
        self.window = self.new_window()
        self.window.files.read(self.path)

    def new_window(self) -> MainWindow:
        """Starts the program once more."""
        settings = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)
        made = MainWindow(Document(), settings)
        self.qtbot.addWidget(made, before_close_func=lambda each: each.document.new())
        made.resize(1366, 740)
        made.show()
        self.come_back(made)
        return made

    def go_away(self) -> None:
        """Turns to another program."""
        other = QWidget()
        self.qtbot.addWidget(other)
        other.show()
        self.come_back(other)

    def come_back(self, window: QWidget | None = None) -> None:
        """Turns to a window."""
        shown = window or self.window
        shown.activateWindow()
        self.qtbot.waitUntil(shown.isActiveWindow)

    # What the person does ----------------------------------------------------------------------------

    def edit(self, mean: str, window: MainWindow | None = None) -> None:
        """Types another mean service time of the clinic."""
        shown = window or self.window
        click_element(self.qtbot, shown, "clinic")
        type_over(self.qtbot, find(shown.inspector.row("service_time"), Line, "mean"), mean)

    def press_save(self, window: MainWindow | None = None) -> None:
        """Presses Ctrl+S."""
        shown = window or self.window
        self.come_back(shown)  # without a window manager nobody makes it active again after a dialog
        self.qtbot.keyClick(shown.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    def press_undo(self) -> None:
        """Presses Ctrl+Z."""
        self.qtbot.keyClick(self.window.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def answering(self, dialog_name: str, button: str) -> list[str]:
        """Clicks on a button of the next dialog, which must be this one; returns what it said, later."""
        said: list[str] = []

        def answer(dialog: QDialog) -> None:
            words = dialog.text() if isinstance(dialog, QMessageBox) else dialog.findChild(QLabel).text()
            said.append(words)
            assert dialog.objectName() == dialog_name, words
            click(self.qtbot, find(dialog, QPushButton, button))

        when_asked(answer)
        return said

    # What there is -----------------------------------------------------------------------------------

    def mean(self, window: MainWindow | None = None) -> float:
        """The mean service time that a window shows."""
        return float((window or self.window).document.pathway.activities["clinic"].service_time.mean)

    def mean_in_file(self, path: Path | None = None) -> float:
        """The mean service time in a file."""
        return mean_of(load(path or self.path))

    def kept(self) -> list[float]:
        """The mean service times of the unsaved changes that are kept, oldest first."""
        found = []
        for path in [path for each in self.sessions() for path in generations(each)]:
            with contextlib.suppress(FileProblems):  # it may just have gone
                found.append(mean_of(load(path)))
        return found

    def sessions(self) -> list[Path]:
        """The folders of all sessions."""
        root = self.data / "open"
        return sorted(root.iterdir()) if root.is_dir() else []

    def somebody_else_writes(self, mean: float, path: Path | None = None) -> None:
        """Lets a colleague save another mean in the file."""
        target = path or self.path
        target.write_text(dump(with_mean(load(target), mean)), encoding="utf-8")

    def left_by_a_killed_program(self, *means: float, file: Path | None = None, based_on: str = "") -> None:
        """Leaves what a program leaves that is killed with changes unsaved."""
        sources = []
        for mean in means:
            sources.append(self.folder / f"source {mean}.json")
            save(with_mean(small_scenario(), mean), sources[-1])
        program = [sys.executable, "-c", KILLED, str(self.data / "open"), str(file or ""), based_on]
        done = subprocess.run([*program, *map(str, sources)], check=False)
        assert done.returncode != 0
        for source in sources:
            source.unlink()


def with_mean(scenario: Scenario, mean: float) -> Scenario:
    """Returns the scenario with another mean service time of the clinic."""
    document = json.loads(dump(scenario))
    document["baseline"]["activities"]["clinic"]["service_time"]["mean"] = mean
    return Scenario.model_validate_json(json.dumps(document), strict=True, by_alias=True, by_name=False)


def mean_of(scenario: Scenario) -> float:
    """Returns the mean service time of the clinic."""
    time = scenario.baseline.activities["clinic"].service_time
    return float(json.loads(time.model_dump_json())["mean"])


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    """Lets the system's own dialog answer with a name."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))


def soon(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    qtbot.waitUntil(holds, timeout=LONG)
