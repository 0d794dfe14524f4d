"""Keys reach one place, every one of them is listed, and the wheel changes only what has the keyboard."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QMenu,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.canvas.keys import KEYS
from pathway_modeller.gui.jobs import Jobs
from pathway_modeller.gui.run_settings.dialog import RunSettingsDialog
from pathway_modeller.gui.shell import menus
from pathway_modeller.gui.shell.keys import keys_text
from pathway_modeller.gui.shell.menus import Page
from pathway_modeller.gui.tables import view as table
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.task_person import Commissioner
from tests.gui.window_person import click, click_tab, find, when_asked

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES: tuple[Page, ...] = ("pathway", "tables", "shifts", "triangle", "results")
CONTEXTS = Qt.ShortcutContext


@dataclass(frozen=True, eq=False)
class Heard:
    """Something that listens for keys.

    Attributes:
        what: it is, in words.
        source: the action, shortcut or words; what stands in several places still does one thing.
        keys: it listens for.
        over: the widget that must have the keyboard.
        within: whether a widget within that one may have it.
    """

    what: str
    source: object
    keys: str
    over: QWidget
    within: bool


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Commissioner]:
    person = Commissioner(qtbot, tmp_path)
    person.document.new(shift_scenario())
    for page in PAGES:  # which makes those that are made when first wanted
        person.window.show_page(page)
    click_tab(qtbot, person.window, "Nearer home")
    person.window.show_page("pathway")
    yield person
    person.runs.close()


def heard(window: QWidget) -> Iterator[Heard]:
    """Returns everything in a window that listens for keys, letters underlined included."""
    for action in window.findChildren(QAction):
        for keys in action.shortcuts():
            yield from _of_action(window, action, keys.toString())
    for shortcut in window.findChildren(QShortcut):
        for keys in [*shortcut.keys()]:
            over = shortcut.parent()
            assert isinstance(over, QWidget)
            everywhere = shortcut.context() in (CONTEXTS.WindowShortcut, CONTEXTS.ApplicationShortcut)
            within = shortcut.context() != CONTEXTS.WidgetShortcut
            yield Heard(
                shortcut.objectName(), shortcut, keys.toString(), window if everywhere else over, within
            )
    for words in underlined(window):
        letter = QKeySequence.mnemonic(words).toString()
        if letter:
            yield Heard(words, object(), letter, window, within=True)


def _of_action(window: QWidget, action: QAction, keys: str) -> Iterator[Heard]:
    """Returns where an action listens for keys."""
    name = f"{action.objectName()} ({action.text()})"
    match action.shortcutContext():
        case CONTEXTS.WindowShortcut | CONTEXTS.ApplicationShortcut:
            yield Heard(name, action, keys, window, within=True)
        case context:
            owners = [each for each in action.associatedObjects() if isinstance(each, QWidget)]
            for owner in owners:
                if not isinstance(owner, QMenu):
                    yield Heard(name, action, keys, owner, context != CONTEXTS.WidgetShortcut)


def underlined(window: QWidget) -> Iterator[str]:
    """Returns the words that are seen now and may have a letter underlined."""
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        if isinstance(widget, QMenuBar):
            yield from (each.text() for each in widget.actions())
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))
        elif isinstance(widget, QGroupBox):
            yield widget.title()
        elif (isinstance(widget, QLabel) and widget.buddy() is not None) or (
            isinstance(widget, QAbstractButton) and not isinstance(widget, QToolButton)
        ):
            yield widget.text()


def ambiguous(window: QWidget) -> list[str]:
    """Returns keys for which more than one thing listens at a time."""
    by_keys: dict[str, list[Heard]] = defaultdict(list)
    for each in heard(window):
        by_keys[each.keys].append(each)
    return [
        f"{keys}: {one.what} and {other.what}"
        for keys, all_heard in by_keys.items()
        for one, other in itertools.combinations(all_heard, 2)
        if one.source is not other.source and (_meet(one, other) or _meet(other, one))
    ]


def _meet(outer: Heard, inner: Heard) -> bool:
    """Tells whether the widget of one lies within that of the other, so that both hear the same keys."""
    return outer.over is inner.over or (outer.within and outer.over.isAncestorOf(inner.over))


@pytest.mark.parametrize("page", PAGES)
def test_no_keys_are_ambiguous_on_any_page(person: Commissioner, page: Page) -> None:
    person.window.show_page(page)
    if page == "shifts":
        person.window.shifts.form.setVisible(True)
        person.window.shifts._start_from("ward")
    QApplication.processEvents()
    assert ambiguous(person.window) == []


def test_no_letters_are_ambiguous_in_the_run_settings(person: Commissioner) -> None:
    from pathway_modeller.experiment.runs.run_target import RunPlace

    dialog = RunSettingsDialog(person.window, RunPlace(), Jobs())
    person.qtbot.addWidget(dialog)
    dialog.show()
    assert ambiguous(dialog) == []
    dialog.close()


def test_no_letters_are_ambiguous_within_a_menu(person: Commissioner) -> None:
    for menu in person.window.findChildren(QMenu):
        letters = [QKeySequence.mnemonic(each.text()).toString() for each in menu.actions()]
        given = [letter for letter in letters if letter]
        assert len(given) == len(set(given)), f"{menu.title()}: {given}"


def test_the_drawing_hears_no_key_that_the_window_takes(person: Commissioner) -> None:
    taken = {
        keys.toString()
        for spec in (*menus.ACTIONS, *menus.RUN_ACTIONS)
        if spec.shortcut is not None and spec.reach != menus.IN_DRAWING
        for keys in (QKeySequence(spec.shortcut), *map(QKeySequence, spec.also))
    }
    mine = [QKeySequence(keys).toString() for spec in KEYS for keys in spec.keys]
    assert len(mine) == len(set(mine))
    # Escape stops a run, and belongs to whatever is being done while it does.
    assert set(mine) & taken == {"Esc"}


def test_every_key_of_every_action_is_on_the_page_that_f1_shows(person: Commissioner) -> None:
    shown: list[str] = []

    def read(dialog: QDialog) -> None:
        browser = dialog.findChild(QTextBrowser)
        assert isinstance(browser, QTextBrowser)
        shown.append(browser.toPlainText())
        dialog.reject()

    when_asked(read)
    person.qtbot.keyClick(person.window, Qt.Key.Key_F1)
    (page,) = shown
    listed = page[page.rindex("Anywhere in the window") :]
    native = QKeySequence.SequenceFormat.NativeText
    every = {
        keys.toString(native)
        for action in person.window.findChildren(QAction)
        for keys in action.shortcuts()
        if not keys.isEmpty()
    }
    every |= {keys for spec in KEYS if spec.words for keys in spec.keys}
    assert {keys for keys in every if keys not in listed} == set()


def test_the_list_of_keys_says_of_each_what_it_does() -> None:
    rows = [line for line in keys_text().splitlines() if line.startswith("| ")]
    assert all(all(part.strip() for part in row.strip("|").split("|")) for row in rows)


def test_every_action_with_keys_is_in_a_menu() -> None:
    listed = {entry for _, _, entries in menus.MENUS for entry in entries}
    with_keys = {spec.key for spec in (*menus.ACTIONS, *menus.RUN_ACTIONS) if spec.shortcut is not None}
    assert with_keys <= listed


def test_ctrl_minus_in_a_table_deletes_the_row_and_on_the_drawing_makes_it_smaller(
    person: Commissioner,
) -> None:
    window, qtbot = person.window, person.qtbot
    scale = window.view.transform().m11()
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    view = window.tables.people.view
    view.setCurrentIndex(view.model().index(2, 1))
    qtbot.keyClick(view, Qt.Key.Key_Minus, CTRL)
    assert set(person.document.pathway.need_tiers) == {"low"}
    assert window.view.transform().m11() == scale
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Minus, CTRL)
    assert window.view.transform().m11() < scale
    qtbot.keyClick(window.view, Qt.Key.Key_0, CTRL)
    assert window.view.transform().m11() == pytest.approx(scale)


def test_the_keys_of_a_table_are_in_its_menu() -> None:
    assert {spec.key: spec.shortcut is not None for spec in table.ACTIONS}["remove-rows"]


def test_escape_leaves_a_name_being_typed_and_does_not_stop_a_run(person: Commissioner) -> None:
    stopped: list[bool] = []
    stop = find(person.window, QMenu, "menu-run").actions()[2]
    assert stop.objectName() == "run_cancel"
    stop.triggered.connect(lambda: stopped.append(True))
    stop.setEnabled(True)  # as it is while a run is under way
    person.click("clinic")
    person.key(Qt.Key.Key_F2)
    person.qtbot.keyClicks(person.view.name_editor, "Hospital clinic")
    person.key(Qt.Key.Key_Escape)
    assert person.document.pathway.activities["clinic"].name == "Clinic"
    assert person.view.name_editor is None
    assert stopped == []
    person.qtbot.keyClick(person.view, Qt.Key.Key_Escape)
    assert stopped == [True], "nothing else has a use for it"


def wheel(over: QWidget) -> None:
    """Turns the wheel down over the middle of a widget."""
    middle = over.rect().center()
    place, whole = QPointF(middle), QPointF(over.mapToGlobal(middle))
    none, still = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    for turn in (-120, 120):
        event = QWheelEvent(
            place, whole, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, none, still, False
        )
        QApplication.sendEvent(over, event)


def shown(window: QWidget) -> dict[QWidget, object]:
    """Returns what stands in everything that a wheel could change."""
    found: dict[QWidget, object] = {}
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget, QComboBox | QTabBar | QTabWidget):
            found[widget] = widget.currentIndex()
        elif isinstance(widget, QAbstractSlider):
            found[widget] = widget.value()
        elif isinstance(widget, QAbstractSpinBox):
            found[widget] = widget.text()
    return found


@pytest.mark.parametrize("page", PAGES)
def test_the_wheel_changes_nothing_that_does_not_have_the_keyboard(person: Commissioner, page: Page) -> None:
    person.window.show_page(page)
    if page == "shifts":
        person.window.shifts._start_from("ward")
    person.window.setFocus()
    QApplication.processEvents()
    before, scenario = shown(person.window), person.document.scenario
    variant = person.document.variant
    for widget in before:
        if not widget.hasFocus():
            wheel(widget)
            assert shown(person.window) == before, widget.objectName()
            assert not widget.hasFocus()
    assert person.document.scenario is scenario
    assert person.document.variant == variant


def test_the_wheel_changes_what_has_the_keyboard(person: Commissioner) -> None:
    field = next(each for each in shown(person.window) if each.objectName() == "replications")
    click(person.qtbot, field)
    before = person.document.scenario.run.replications
    middle = field.rect().center()
    none, still = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    up = QWheelEvent(
        QPointF(middle),
        QPointF(field.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        none,
        still,
        False,
    )
    QApplication.sendEvent(field, up)
    assert person.document.scenario.run.replications == before + 1
