"""Somebody who edits and saves without a pause, until the program is killed; and who then starts it again.

Every edit counts up by one, so that a larger figure is a later one. What was done is said on a pipe only once
it is done, as the person would see it.
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.keeping.places import data_folder
from pathway_modeller.gui.shell.window import MainWindow
from tests.gui.window_person import click_element, find, type_over, when_asked

FIRST = 20
"""The figure before any edit."""


def file_of(folder: Path) -> Path:
    """Returns the file that is edited, in a person's folder."""
    return folder / "files" / "small.json"


def kept_in(folder: Path) -> Path:
    """Returns where the program keeps what is unsaved."""
    os.environ["XDG_DATA_HOME"] = str(folder / "data")
    return data_folder() / "open"


def edit_until_killed(folder: Path, seed: int, pipe: int) -> None:
    """Edits and saves for ever.

    Args:
        folder: the person's folder.
        seed: of what is done next.
        pipe: where what was done is said, a line each: a word, the figure, the moment it was done, and how
            long the process had been kept waiting for a processor by then.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    window = _window(folder)
    hand = cast("QtBot", QTest)
    window.files.read(file_of(folder))
    _activate(window)
    number = FIRST
    _say(pipe, "ready", number)
    while True:
        for _ in range(chance.randint(1, 4)):
            number += 1
            click_element(hand, window, "clinic")
            type_over(hand, find(window.inspector.row("service_time"), Line, "mean"), str(number))
            _say(pipe, "edited", number)
            QTest.qWait(chance.choice((0, 0, 20, 100, 300)))
        if chance.random() < 0.3:
            _say(pipe, "saving", number)
            QTest.keyClick(window.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            if not window.isWindowModified():
                _say(pipe, "saved", number)
        QTest.qWait(chance.choice((0, 50, 400, 900)))


def start_again(folder: Path, pipe: int) -> None:
    """Starts the program after it was killed, takes what is offered by Enter, and closes it.

    Says the figure that is shown then: as "offered", or as "opened" if nothing was offered.
    """
    window = _window(folder)
    offered: list[bool] = []

    def take(dialog: QDialog) -> None:
        offered.append(dialog.objectName() == "recovery")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(take)
    window.files.past.offer_recovery()
    if not offered:
        when_asked(lambda dialog: dialog.reject())
        window.files.read(file_of(folder))
    _say(pipe, "offered" if offered else "opened", _shown(window))
    if window.isWindowModified():
        when_asked(_discard)
    window.close()


def _shown(window: MainWindow) -> int:
    """Returns the figure that a window shows."""
    return int(window.document.pathway.activities["clinic"].service_time.mean)


def _discard(dialog: QDialog) -> None:
    """Closes without saving."""
    next(each for each in dialog.findChildren(QPushButton) if "iscard" in each.text()).click()


def _window(folder: Path) -> MainWindow:
    """Starts the program."""
    os.environ["XDG_DATA_HOME"] = str(folder / "data")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    global _application
    _application = QApplication([])
    window = MainWindow(Document(), QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window.resize(1366, 740)
    window.show()
    return window


_application: QApplication | None = None


def _activate(window: MainWindow) -> None:
    """Gives a window the keyboard."""
    window.activateWindow()
    while not window.isActiveWindow():
        QTest.qWait(5)


def _say(pipe: int, word: str, number: int) -> None:
    """Says what was done."""
    os.write(pipe, f"{word} {number} {time.monotonic()} {kept_waiting(os.getpid())}\n".encode())


def kept_waiting(process: int) -> float:
    """Returns the seconds in which the threads of a process could have gone on and got no processor.

    Only Linux tells; elsewhere it is 0.
    """
    waited = 0
    for each in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            waited += int(each.read_text("ascii").split()[1])
    return waited / 1e9
