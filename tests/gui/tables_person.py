"""What a person does in the tables of population and money, by mouse and keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.gui.tables.page import TablePage
from pathway_modeller.scenario.document import Scenario
from tests.gui.window_person import click, find

CTRL = Qt.KeyboardModifier.ControlModifier


class Clerk:
    """Somebody at the page "Population and money" of a window."""

    def __init__(self, qtbot: QtBot, folder: Path, scenario: Scenario | None = None) -> None:
        self.qtbot = qtbot
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(Document(), settings)
        qtbot.addWidget(self.window, before_close_func=lambda each: each.document.new())
        self.window.resize(1366, 740)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        if scenario is not None:
            self.document.new(scenario)
        self.page: TablePage = self.window.tables.people
        self.key(Qt.Key.Key_3, CTRL, self.window)

    @property
    def document(self) -> Document:
        return self.window.document

    @property
    def said(self) -> str:
        """The sentence at the table; nothing while it is not shown."""
        label = find(self.page, QLabel, "said")
        return label.text() if label.isVisible() else ""

    def turn_to(self, words: str, page: TablePage) -> None:
        """Clicks on a tab."""
        tabs = find(self.window, QTabWidget, "table-tabs")
        at = next(i for i in range(tabs.count()) if tabs.tabText(i) == words)
        click(self.qtbot, tabs.tabBar(), tabs.tabBar().tabRect(at).center())
        self.page = page

    def point(self, row: int, column: int) -> QPoint:
        index = self.page.model.index(row, column)
        self.page.view.scrollTo(index)
        return self.page.view.visualRect(index).center()

    def click(self, row: int, column: int) -> None:
        """Clicks on a cell."""
        click(self.qtbot, self.page.view.viewport(), self.point(row, column))

    def drag(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Selects a rectangle with Shift."""
        self.click(*first)
        shift = Qt.KeyboardModifier.ShiftModifier
        place = self.point(*last)
        self.qtbot.mouseClick(self.page.view.viewport(), Qt.MouseButton.LeftButton, shift, place)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None, on: object = None) -> None:
        """Presses a key where the keyboard is, or on a widget."""
        target = on or QApplication.focusWidget()
        self.qtbot.keyClick(target, key, held or Qt.KeyboardModifier.NoModifier)
        # What Enter takes from a line is taken once the line has dealt with the key itself.
        QApplication.processEvents()

    def type(self, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """Types into the present cell, and ends with a key."""
        self.qtbot.keyClicks(self.page.view, text[:1])
        self.qtbot.keyClicks(QApplication.focusWidget(), text[1:])
        self.key(end)

    def paste(self, text: str) -> None:
        """Copies a text elsewhere and presses Ctrl+V here."""
        QGuiApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, CTRL, self.page.view)

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, CTRL, self.page.view)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return str(self.page.model.index(row, column).data())

    def row_texts(self, row: int) -> list[str]:
        return [self.text(row, column) for column in range(self.page.model.columnCount())]
