"""What a person does on the results page, for tests."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.page import ResultsPage
from tests.gui.window_person import find

LONG = 600_000
"""Milliseconds after which a test gives up for good; nothing is timed by it.

On a busy machine a run and its charts have taken more than a minute: what ends a wait is that they are there.
"""


def settle(qtbot: QtBot, page: ResultsPage) -> None:
    """Waits until every chart that was asked for is on show."""
    qtbot.waitUntil(lambda: not page.is_busy, timeout=LONG)


def messages(page: QWidget) -> list[str]:
    """Returns what each chart says in the list."""
    charts = find(page, ChartList, "charts")
    return [charts.message(place) for place in range(charts.count())]


def choose_chart(qtbot: QtBot, page: ResultsPage, title: str) -> None:
    """Clicks on a chart in the list."""
    charts = find(page, ChartList, "charts")
    item = next(charts.item(place) for place in range(charts.count()) if charts.item(place).text() == title)
    charts.scrollToItem(item)
    middle = charts.visualItemRect(item).center()
    qtbot.mouseClick(charts.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    settle(qtbot, page)


def hand_over(qtbot: QtBot, page: QWidget, name: str) -> None:
    """Clicks on an entry of the menu Export."""
    menu = find(page, QMenu, "menu-export")
    action = next(each for each in menu.actions() if each.objectName() == name)
    menu.popup(page.mapToGlobal(page.rect().center()))
    qtbot.waitExposed(menu)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def type_file(qtbot: QtBot, path: Path) -> list[str]:
    """Types a path into the next file dialog, and presses Enter; returns what the dialog proposed."""
    proposed: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            if not proposed:
                QTimer.singleShot(20, look)
            return
        line = find(dialog, QLineEdit, "fileNameEdit")
        save = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
        if line.text() == str(path) and save.isEnabled():
            qtbot.keyClick(line, Qt.Key.Key_Return)
        else:
            # The dialog reads its folder after it has opened, and only then takes a name.
            proposed.append(line.text())
            line.selectAll()
            qtbot.keyClicks(line, str(path))
        QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    return proposed
