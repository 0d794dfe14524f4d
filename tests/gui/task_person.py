"""A person before the whole window: palette, drawing, inspector, run bar, results."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.gui.shell.runs import Runs, attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from tests.gui.canvas.conftest import Drawer
from tests.gui.results_person import LONG, settle
from tests.gui.window_person import choose, click, find, type_over, when_asked


class Commissioner(Drawer):
    """Somebody with a question, a mouse and a keyboard."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        """Opens the window, off screen, on nothing yet."""
        self.qtbot = qtbot
        self.document = Document()
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.document, settings)
        self.runs: Runs = attach_runs(self.window, workers=1)
        self.view = self.window.view
        self.palette = self.window.palette_list
        qtbot.addWidget(self.window, before_close_func=lambda window: window.document.new())
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def show_scenario(self) -> None:
        """Clicks on an empty place of the drawing, which brings the scenario into the inspector."""
        self.qtbot.mouseClick(self.paper, Qt.MouseButton.LeftButton, pos=self.spot("social care", 420))
        back = find(self.window.inspector, QToolButton, "back")
        if back.isVisible():
            click(self.qtbot, back)

    def amount(self, field: str, number: str, unit: str, part: str = "") -> None:
        """Types a number and chooses its unit in a field of the inspector."""
        row: QWidget = self.window.inspector.row(field)
        row = find(row, QWidget, part) if part else row
        self.fill(line_of(find(row, QWidget, "value")), number)
        choose(self.qtbot, combo_of(find(row, QWidget, "unit")), unit)

    def press_set(self, field: str) -> None:
        """Clicks on "Set…" of a field that has no value yet."""
        click(self.qtbot, find(self.window.inspector.row(field), QPushButton, "set"))

    def give_service_time(self, key: str, mean: str, sd: str) -> None:
        """Gives an activity a lognormal service time, in minutes."""
        self.click(key)
        self.press_set("service_time")
        row = self.window.inspector.row("service_time")
        self.fill(find(row, Line, "mean"), mean)
        self.fill(find(row, Line, "sd"), sd)

    def need(self, key: str, pool: str) -> None:
        """Lets an activity need a unit of a pool."""
        self.click(key)
        choose(self.qtbot, find(self.window.inspector.row("needs"), QComboBox, "add"), pool)

    def new_pool(self, name: str, units: str) -> None:
        """Adds a capacity pool."""
        self.show_scenario()
        pools = find(self.window.inspector, QWidget, "list-pools")

        def answer(dialog: QDialog) -> None:
            line = dialog.findChild(QLineEdit)
            assert isinstance(line, QLineEdit)
            line.selectAll()
            self.qtbot.keyClicks(line, name)
            self.qtbot.keyClick(line, Qt.Key.Key_Return)

        when_asked(answer)
        click(self.qtbot, find(pools, QToolButton, "new"))
        self.fill(line_of(self.window.inspector.row("units")), units)

    def open_pool(self, key: str) -> None:
        """Opens a capacity pool in the inspector."""
        self.show_scenario()
        pools = find(self.window.inspector, QWidget, "list-pools")
        click(self.qtbot, find(pools, QPushButton, key))

    def fill(self, line: QLineEdit, text: str) -> None:
        """Types over a field and presses Enter."""
        type_over(self.qtbot, line, text)

    def replications(self, number: str) -> None:
        """Types how many replications to run."""
        field = find(self.window, QSpinBox, "replications")
        click(self.qtbot, field)
        field.selectAll()
        self.qtbot.keyClicks(field, number)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def run(self) -> None:
        """Presses F5 and waits for the results."""
        # Without a window manager nobody makes the window active again after a dialog.
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        with self.qtbot.waitSignal(self.runs.controller.finished, timeout=LONG):
            self.qtbot.keyClick(self.window, Qt.Key.Key_F5)
            assert self.runs.controller.is_running, [str(problem) for problem in self.document.problems]
        settle(self.qtbot, self.runs.page)

    def new_option(self, name: str) -> None:
        """Makes an option of the variant shown."""
        click(self.qtbot, find(self.window, QToolButton, "new-option"))
        line = find(self.window, QLineEdit, "option-name")
        self.qtbot.keyClicks(line, name)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)

    def tabs(self) -> list[str]:
        """Returns the names of the tabs."""
        bar = find(self.window, QTabBar, "variants")
        return [bar.tabText(place) for place in range(bar.count())]

    def cell(self, column: str, **where: str) -> str:
        """Reads a figure in the table of the chart on show."""
        model = find(self.window, FigureTable, "figures").model()
        titles = [
            str(model.headerData(place, Qt.Orientation.Horizontal)) for place in range(model.columnCount())
        ]
        for row in range(model.rowCount()):
            read = {title: str(model.index(row, place).data()) for place, title in enumerate(titles)}
            if all(read[name] == value for name, value in where.items()):
                return read[column]
        raise AssertionError(f"no row {where}")


def line_of(parent: QWidget) -> Line:
    """Returns the field for typing in an editor."""
    line = parent.findChild(Line)
    assert isinstance(line, Line)
    return line


def combo_of(parent: QWidget) -> QComboBox:
    """Returns the field for choosing in an editor."""
    combo = parent.findChild(QComboBox)
    assert isinstance(combo, QComboBox)
    return combo
