"""What a person does with mouse and keys, for the tests of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Adder
from pathway_modeller.gui.shell.window import MainWindow

W = TypeVar("W", bound=QWidget)


def find(parent: QWidget, kind: type[W], name: str) -> W:
    """Finds a widget by name; fails aloud if there is none."""
    found = parent.findChild(kind, name)
    assert found is not None, f"no {kind.__name__} {name!r}"
    return found


def click(qtbot: QtBot, widget: QWidget, at: QPoint | None = None) -> None:
    """Clicks on a widget."""
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or QPoint())


def click_element(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Clicks on an element of the drawing."""
    click(qtbot, window.view.viewport(), window.view.screen_point(key))


def click_tab(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Clicks on the tab of a variant."""
    bar = find(window, QTabBar, "variants")
    index = next(i for i in range(bar.count()) if bar.tabText(i) == words)
    click(qtbot, bar, bar.tabRect(index).center())


def type_over(qtbot: QtBot, line: QLineEdit, text: str, *, enter: bool = True) -> None:
    """Types a text over what a line holds."""
    click(qtbot, line)
    line.selectAll()
    qtbot.keyClicks(line, text)
    if enter:
        qtbot.keyClick(line, Qt.Key.Key_Return)


def choose(qtbot: QtBot, combo: QComboBox, words: str) -> None:
    """Chooses an entry of a combo by keyboard."""
    combo.setFocus()
    row = combo.findText(words)
    assert row >= 0, [combo.itemText(i) for i in range(combo.count())]
    if isinstance(combo, Adder):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        for _ in range(row - combo.view().currentIndex().row()):
            qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
        qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
        return
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(row):
        qtbot.keyClick(combo, Qt.Key.Key_Down)


def texts(rows: QListWidget) -> list[str]:
    """Returns the rows of a list."""
    return [rows.item(row).text() for row in range(rows.count())]


def when_asked(act: Callable[[QDialog], None]) -> Callable[[], None]:
    """Does something with the next dialog, once it is open; if that fails, the dialog is closed.

    Returns:
        To be called where nothing was asked, lest the next question of another test be answered.
    """
    waits = True

    def stop() -> None:
        nonlocal waits
        waits = False

    def look() -> None:
        if not waits:
            return
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            try:
                act(dialog)
            except BaseException:
                dialog.reject()
                raise
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return stop


def read_message(qtbot: QtBot) -> list[str]:
    """Reads the next message and presses Enter; the list holds what it says once it has been told."""
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(read)
    return said


def opened_window(qtbot: QtBot, folder: Path) -> MainWindow:
    """Returns a window on an empty scenario, with the keyboard; its settings are in a folder of the test."""
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(Document(), settings)
    qtbot.addWidget(made, before_close_func=lambda each: each.document.new())
    made.resize(1366, 740)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
