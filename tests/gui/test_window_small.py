"""The window on small screens: nothing of it is cut, Run stays in view, panels give way and come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas.arrows import LABEL_PIXELS
from pathway_modeller.gui.canvas.overview_map import OverviewMap
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.shell.folding_tabs import FoldingTabs
from pathway_modeller.gui.shell.runs import Runs, attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from tests.gui.results_person import LONG
from tests.gui.window_person import click, find
from tests.gui.window_scenarios import small_scenario

SIZES = {
    "1024x600": (1024, 600),
    "1366x768 at 125%": (1093, 614),
    "1920x1080 at 150%": (1280, 720),
    "1920x1080 at 200%": (960, 540),
    "half of 1366x768": (683, 728),
    "half of 1920x1080 at 150%": (640, 680),
}
WIDE = "wigan-outpatient-follow-up"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window with its runs, dressed as people see it."""
    before = qapp.palette(), qapp.font(), qapp.styleSheet()
    theme.apply(qapp)
    made = MainWindow(Document(), QSettings())
    qtbot.addWidget(made, before_close_func=lambda each: each.document.new())
    runs: Runs = attach_runs(made, workers=1)
    made.show()
    qtbot.waitExposed(made)
    yield made
    runs.close()
    qapp.setPalette(before[0])
    qapp.setFont(before[1])
    qapp.setStyleSheet(before[2])


def settle() -> None:
    """Lets everything take its place; one layout asks another."""
    for _ in range(6):
        QApplication.processEvents()


def open_in(window: MainWindow, size: tuple[int, int], example: str = WIDE) -> None:
    """Opens an example in a window of a size."""
    window.resize(*size)
    window.document.new(load(shipped("scenarios") / f"{example}.json"))
    window.document.check_now()
    settle()
    assert (window.width(), window.height()) == size, "the window would not be so small"


def scrolls(widget: QWidget, window: QWidget) -> bool:
    """Whether a widget lies in something that can be scrolled, or on a bar of tabs that can."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea | QTabBar):
            return True
        parent = parent.parentWidget()
    return False


def cut(window: MainWindow) -> list[str]:
    """Returns what is outside the window, covered by its edge, or smaller than its words."""
    found = []
    kinds = (QAbstractButton, QLabel, QLineEdit, QComboBox, QAbstractSpinBox, QTabBar)
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, kinds) or not widget.isVisible() or scrolls(widget, window):
            continue
        if isinstance(widget.parentWidget(), QAbstractSpinBox):
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        least = widget.minimumSizeHint()
        wraps = isinstance(widget, QLabel) and (widget.wordWrap() or not widget.text())
        name = f"{type(widget).__name__} {widget.objectName()} {getattr(widget, 'text', str)()!r:.50}"
        if not window.rect().contains(place):
            found.append(f"{name} is outside: {place.getRect()}")
        elif not widget.visibleRegion().boundingRect().contains(widget.rect()):
            found.append(f"{name} is covered")
        elif widget.width() < least.width() and not wraps:
            found.append(f"{name} is {widget.width()} wide and needs {least.width()}")
        elif widget.height() < least.height() - 1:
            found.append(f"{name} is {widget.height()} high and needs {least.height()}")
    return found


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_nothing_of_the_window_is_cut(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    open_in(window, size)
    qtbot.waitUntil(find(window, QToolButton, "ready-waits").isVisible, timeout=LONG)
    for variant in ("baseline", "near_home"):
        window.document.set_variant(variant)
        window.document.select(("first_attendance",))
        for page in ("pathway", "tables", "shifts", "triangle", "results"):
            window.show_page(page)
            settle()
            assert (window.width(), window.height()) == size
            assert not cut(window), page
            assert find(window, QPushButton, "run").isVisible()
            assert find(window, QToolButton, "run-settings").isVisible()


def test_the_first_time_it_has_the_whole_screen_and_later_the_size_it_was_left_in(
    qtbot: QtBot, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "own.ini"), QSettings.Format.IniFormat)
    first = MainWindow(Document(), settings)
    qtbot.addWidget(first)
    first.appear()
    assert first.isMaximized()
    first.showNormal()
    first.resize(700, 560)
    first.close()
    again = MainWindow(Document(), settings)
    qtbot.addWidget(again)
    again.appear()
    assert not again.isMaximized()
    assert (again.width(), again.height()) == (700, 560)


def test_tools_that_do_not_fit_are_in_a_menu(qtbot: QtBot, window: MainWindow) -> None:
    open_in(window, (640, 480))
    more = find(window, QToolButton, "more-tools")
    assert more.isVisible()
    assert find(window, QToolButton, "tool-fit").isHidden()
    menu = more.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [each.objectName() for each in menu.actions()][-1] == "fit"
    window.resize(1500, 800)
    QApplication.processEvents()
    assert more.isHidden()
    assert find(window, QToolButton, "tool-fit").isVisible()
    style = find(window, QToolButton, "tool-show_tables").toolButtonStyle()
    assert style == Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_panels_give_way_and_come_back(qtbot: QtBot, window: MainWindow) -> None:
    open_in(window, (1500, 900))
    lists = find(window, FoldingTabs, "bottom")
    assert window.inspector.isVisible()
    assert not lists.is_folded
    window.resize(700, 500)
    QApplication.processEvents()
    assert window.inspector.isHidden()
    assert lists.is_folded
    click(qtbot, lists.tabBar(), lists.tabBar().tabRect(0).center())
    assert not lists.is_folded
    assert window.problems.isVisible()
    click(qtbot, lists.tabBar(), lists.tabBar().tabRect(0).center())
    assert lists.is_folded
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert window.inspector.isVisible(), "whoever asks for it gets it"
    qtbot.keyClick(window, Qt.Key.Key_F4)
    window.show_page("triangle")
    window.resize(1500, 900)
    window.show_page("pathway")
    QApplication.processEvents()
    assert window.inspector.isHidden(), "it was put away by hand"
    assert not lists.is_folded
    qtbot.keyClick(window, Qt.Key.Key_F4)
    window.resize(700, 500)
    window.show_page("triangle")
    window.resize(1500, 900)
    window.show_page("pathway")
    assert window.inspector.isVisible(), "it gave way for want of room only"


def smallest_letters(window: MainWindow) -> float:
    """Returns the height in pixels of the smallest words on the drawing."""
    return LABEL_PIXELS * window.view.transform().m11()


def test_a_wide_scenario_opens_where_patients_enter_with_letters_that_can_be_read(
    qtbot: QtBot, window: MainWindow
) -> None:
    open_in(window, (1024, 600))
    assert smallest_letters(window) == pytest.approx(9)
    seen = window.view.viewport().rect()
    first = min(window.document.pathway.entry_points.values(), key=lambda each: each.position.x)
    (key,) = [k for k, each in window.document.pathway.entry_points.items() if each is first]
    assert seen.contains(window.view.screen_point(key))
    overview = find(window, OverviewMap, "map")
    assert overview.isVisible()
    last = max(window.view.pathway_scene.boxes.values(), key=lambda box: box.pos().x()).key
    assert not seen.contains(window.view.screen_point(last))
    click(qtbot, overview, overview.rect().center() + QPoint(overview.width() // 2 - 4, 0))
    assert seen.contains(window.view.screen_point(last))


def test_a_scenario_opens_with_its_whole_width_in_view_where_it_can_be_read(
    qtbot: QtBot, window: MainWindow
) -> None:
    open_in(window, (1900, 1000))
    seen = window.view.viewport().rect()
    for box in window.view.pathway_scene.boxes.values():
        edges = window.view.mapFromScene(box.sceneBoundingRect()).boundingRect()
        assert seen.left() <= edges.left()
        assert edges.right() <= seen.right()
    assert smallest_letters(window) >= 9
    assert QFontMetricsF(theme.scene_font(LABEL_PIXELS)).height() > 0
    window.document.new(small_scenario())
    assert find(window, OverviewMap, "map").isHidden(), "all of it is seen"
