"""Names as they are, everywhere in the window: no mnemonic, no markup, no placeholder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller import gui
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.shell.menus import Page
from pathway_modeller.gui.shell.runs import attach_runs
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.document import Option
from pathway_modeller.scenario.edits.every_edit import rename_element
from pathway_modeller.scenario.values import Duration
from tests.gui.results_person import LONG, settle
from tests.gui.window_person import click_element, find, type_over, when_asked
from tests.gui.window_scenarios import small_scenario
from tests.gui.words_shown import AMPERSAND, NASTY, misread, nasty, renamed

EXAMPLES = (
    pytest.param("wigan-outpatient-follow-up", marks=pytest.mark.long),
    "five-tier-population",
    "wigan-virtual-ward",
)


def opened(qtbot: QtBot, example: str) -> MainWindow:
    """Returns a window in which a scenario with such names is open."""
    window = MainWindow(Document(), QSettings())
    qtbot.addWidget(window, before_close_func=lambda each: each.document.new())
    window.resize(1366, 740)
    window.show()
    qtbot.waitExposed(window)
    window.document.new(nasty(example))
    window.document.check_now()
    return window


def pages(window: MainWindow) -> Iterator[Page]:
    """Shows each page in turn, in each variant."""
    for variant in ("baseline", *window.document.scenario.options):
        window.document.set_variant(variant)
        for page in ("pathway", "tables", "shifts", "triangle"):
            window.show_page(page)
            QApplication.processEvents()
            yield page


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_widget_shows_names_as_they_are(qtbot: QtBot, example: str) -> None:
    window = opened(qtbot, example)
    found = {line for _ in pages(window) for line in misread(window)}
    window.show_page("pathway")
    for key in (*window.document.pathway.drawn(), *window.document.pathway.transitions):
        window.document.select((key,))
        found |= misread(window.inspector)
    assert not found, "\n".join(sorted(found))


@pytest.fixture
def small(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with a small scenario, in front of all others."""
    window = MainWindow(Document(), QSettings())
    qtbot.addWidget(window, before_close_func=lambda each: each.document.new())
    window.resize(1366, 740)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.document.new(small_scenario())
    yield window
    window.document.new()


def rename(qtbot: QtBot, window: MainWindow, key: str, name: str) -> None:
    """Renames an element in place, as a person does."""
    click_element(qtbot, window, key)
    qtbot.keyClick(window.view, Qt.Key.Key_F2)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    type_over(qtbot, line, name)


def test_a_and_e_leaves_the_edit_menu_its_key(qtbot: QtBot, small: MainWindow) -> None:
    rename(qtbot, small, "clinic", AMPERSAND)
    rename(qtbot, small, "clinic", "Minor injuries")
    undo = next(each for each in find(small, QMenu, "menu-edit").actions() if each.objectName() == "undo")
    assert undo.text() == "&Undo rename A&&E"
    qtbot.keyClick(small, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(find(small, QMenu, "menu-edit").isVisible)
    qtbot.keyClick(find(small, QMenu, "menu-edit"), Qt.Key.Key_U)
    assert small.document.pathway.activities["clinic"].name == AMPERSAND


def test_an_option_called_a_and_e_reads_so_on_its_tab(qtbot: QtBot, small: MainWindow) -> None:
    qtbot.mouseClick(find(small, QToolButton, "new-option"), Qt.MouseButton.LeftButton)
    type_over(qtbot, find(small, QLineEdit, "option-name"), AMPERSAND)
    bar = find(small, QTabBar, "variants")
    assert bar.tabText(1) == "A&&E", "so Qt draws one ampersand and underlines nothing"
    assert small.document.variant != "baseline"


def test_the_title_shows_a_placeholder_in_a_name(small: MainWindow) -> None:
    small.document.new(small_scenario().model_copy(update={"name": "Plan [*]"}))
    assert small.windowTitle() == "Plan [*][*][*] – Pathway Modeller", "Qt shows a doubled one as it is"


def test_a_question_about_a_name_with_tags_shows_the_tags(qtbot: QtBot, small: MainWindow) -> None:
    small.document.new(small_scenario().model_copy(update={"name": NASTY}))
    small.document.edit("rename", lambda pathway: rename_element(pathway, "clinic", NASTY))
    seen: list[str] = []

    def look(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        seen.extend(misread(box))
        label = find(box, QLabel, "qt_msgbox_label")
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert NASTY in label.text()
        box.button(QMessageBox.StandardButton.Cancel).click()

    when_asked(look)
    assert not small.files.may_leave()
    assert not seen


def test_the_results_show_names_as_they_are(qtbot: QtBot, small: MainWindow) -> None:
    scenario = small_scenario()
    run = scenario.run.model_copy(update={"replications": 3, "duration": Duration(value=7, unit="days")})
    more = Option(name="More nurses", patch={"pools": {"nurse": {"units": 4}}})
    small.document.new(renamed(scenario.model_copy(update={"run": run, "options": {"more": more}})))
    runs = attach_runs(small, workers=1)
    with qtbot.waitSignal(runs.controller.finished, timeout=LONG):
        qtbot.keyClick(small, Qt.Key.Key_F5)
    small.show_page("results")
    settle(qtbot, runs.page)
    found = misread(small)
    charts = find(small, ChartList, "charts")
    for place in range(0, charts.count(), 4):
        charts.setCurrentRow(place)
        settle(qtbot, runs.page)
        found |= misread(small)
    runs.close()
    assert not found, "\n".join(sorted(found))


def test_names_longer_than_the_window_neither_widen_nor_hide_anything(
    qtbot: QtBot, small: MainWindow
) -> None:
    long = f"{'W' * 400} {'a name of many words ' * 20}".strip()
    scenario = small_scenario()
    more = Option(name=long, patch={"pools": {"nurse": {"units": 4}}})
    baseline = rename_element(scenario.baseline, "clinic", long)
    pools = {key: pool.model_copy(update={"name": long}) for key, pool in baseline.pools.items()}
    small.document.new(
        scenario.model_copy(
            update={
                "name": long,
                "baseline": baseline.model_copy(update={"pools": pools}),
                "options": {"more": more},
            }
        )
    )
    size = small.size()
    for page in pages(small):
        assert small.size() == size, page
    small.show_page("pathway")
    for key in ("clinic", "review", "a"):
        small.document.select((key,))
        QApplication.processEvents()
        area = small.inspector.findChild(QScrollArea)
        assert area is not None
        assert area.widget().width() <= area.viewport().width(), "nothing of the form is out of reach"
    bar = find(small, QTabBar, "variants")
    assert bar.tabToolTip(1), "what is cut is whole in the tool tip"
    rename(qtbot, small, "review", "Other")
    undo = next(each for each in find(small, QMenu, "menu-edit").actions() if each.objectName() == "undo")
    assert len(undo.text()) < 120


RICH_ON_PURPOSE = {"shell/opening.py", "canvas/beginning.py", "plain.py"}
"""A picture, a text of our own, and the place that makes labels and boxes."""


def makes_of_its_own(tree: ast.AST) -> Iterator[str]:
    """Yields where a module makes what would obey a name, instead of asking ``gui/plain.py`` for it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in ("QLabel", "QMessageBox", "QErrorMessage", "QWhatsThis"):
            yield f"line {node.lineno}: {name}(...)"
        of = getattr(getattr(called, "value", None), "id", "")
        if of == "QMessageBox" and name in ("information", "warning", "critical", "question", "about"):
            yield f"line {node.lineno}: QMessageBox.{name}(...)"
        if name in ("setToolTip", "setTabToolTip") and not _is_plain(node.args[-1]):
            yield f"line {node.lineno}: {name}(...) without plain_tip"


def _is_plain(words: ast.expr) -> bool:
    """Whether a tool tip is a text of our own, or made by the function for it."""
    if isinstance(words, ast.Constant):
        return True
    if isinstance(words, ast.IfExp):
        return _is_plain(words.body) and _is_plain(words.orelse)
    return isinstance(words, ast.Call) and getattr(words.func, "id", "") in ("plain_tip", "tip")


def test_labels_boxes_and_tool_tips_are_made_in_one_place() -> None:
    folder = Path(gui.__file__).parent
    found = [
        f"{path.relative_to(folder)} {fault}"
        for path in sorted(folder.rglob("*.py"))
        if path.relative_to(folder).as_posix() not in RICH_ON_PURPOSE
        for fault in makes_of_its_own(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)
