"""Anything in any order: what the window shows, what the file holds and what runs is one thing.

A few hundred steps run among the other tests; ``pytest -m minutes tests/gui/test_window_stateful.py`` does
10,000.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.runs.weight import Weight
from pathway_modeller.gui.half_typed import NotTaken
from pathway_modeller.gui.inspector.editors.inputs import WholeNumber
from pathway_modeller.gui.inspector.mistakes import with_field
from pathway_modeller.gui.inspector.subjects import record_of
from pathway_modeller.scenario.edits.every_edit import add_option
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE, apply_option
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.task_person import Commissioner
from tests.gui.window_person import click

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
K = Qt.Key

KEYS = (
    *((key, NONE) for key in (K.Key_Return, K.Key_Tab, K.Key_Backtab, K.Key_Escape, K.Key_Delete)),
    *((key, NONE) for key in (K.Key_F2, K.Key_Left, K.Key_Down, K.Key_Backspace, K.Key_C, K.Key_S)),
    *((key, CTRL) for key in (K.Key_Z, K.Key_Y, K.Key_D, K.Key_X, K.Key_C, K.Key_V, K.Key_A, K.Key_Minus)),
    *((key, CTRL) for key in (K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5, K.Key_0)),
    (K.Key_Z, CTRL | SHIFT),
)
TEXTS = (
    *("7", "12", "1,250", "0", "-3", "1e999", "12,5", "0,125", "50%", "1/4/26", "01/04/2026", "£250,000"),
    *("6 months", "Clinic", "A&E", "<b>", "", " ", "a few", "x" * 300, "2024/25", "Ward beds"),
)
number = st.integers(0, 10**6)
text = st.sampled_from(TEXTS)


class Hands(QtBot):
    """Mouse and keys of somebody who closes the windows they open."""

    def addWidget(self, widget: QWidget, **_how: object) -> None:
        """Leaves the window to the one who opens it."""


class Anybody(Commissioner):
    """Somebody who does anything, and looks at everything."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(Hands(qtbot._request), folder)
        self.file = folder / "mine.json"
        self._answers: list[QMessageBox.StandardButton] = []
        self.is_heavy = False
        self.runs.controller.ask = self._leave_heavy
        self._watch = QTimer(self.window)
        self._watch.timeout.connect(self._answer)
        self._watch.start(1)

        scenario, _ = add_option(shift_scenario(), "By the sea")
        self.document.new(scenario)
        self.document.save(self.file)
        QApplication.clipboard().clear()

    def go(self) -> None:
        """Leaves for good."""
        self._give_up()
        self.runs.close()
        self.document.new()
        # What could not be read may still stand somewhere, and is asked about.
        self._answers = [QMessageBox.StandardButton.Discard]
        self.window.close()
        self._watch.stop()
        self.window.deleteLater()

    def come_back(self) -> None:
        """Is before the window again."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def _give_up(self) -> None:
        """Ends what is under way."""
        if self.runs.controller.is_running:
            self.runs.controller.cancel()
            self.qtbot.waitUntil(lambda: not self.runs.controller.is_running, timeout=20_000)

    def _answer(self) -> None:
        """Answers a question that is asked, as intended, or else closes it."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox) and dialog.objectName() == "unsaved" and self._answers:
            button = dialog.button(self._answers.pop())
            QTimer.singleShot(0, button.click)
        elif isinstance(dialog, QDialog):
            dialog.reject()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def _leave_heavy(self, _weight: Weight) -> bool:
        """Does not want a run that takes long."""
        self.is_heavy = True
        return False

    @property
    def focus(self) -> QWidget:
        """What has the keyboard; without a window manager the window does not get it back after a dialog."""
        if not self.window.isActiveWindow():
            self.come_back()
        return QApplication.focusWidget() or self.window

    # What is done ------------------------------------------------------------------------------------

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        self.qtbot.keyClick(self.focus, key, held)

    def type_anywhere(self, words: str) -> None:
        self.qtbot.keyClicks(self.focus, words)

    def go_to_field(self, at: int) -> None:
        """Clicks into one of the fields that are seen, and marks all of it."""
        kinds = (QLineEdit, QPlainTextEdit)
        fields = [each for kind in kinds for each in self.window.findChildren(kind)]
        seen = [each for each in fields if each.isVisible() and each.isEnabled() and not each.isReadOnly()]
        if seen:
            field = seen[at % len(seen)]
            click(self.qtbot, field.viewport() if isinstance(field, QPlainTextEdit) else field)
            field.selectAll()

    def press_button(self, at: int) -> None:
        """Presses a small button of a form: one that removes or adds a row, or opens a record."""
        names = {"remove", "add", "set", "clear", "back"}
        seen = [
            each
            for each in self.window.inspector.findChildren(QWidget)
            if each.objectName() in names and each.isVisible() and each.isEnabled()
        ]
        if seen:
            click(self.qtbot, seen[at % len(seen)])

    def click_box(self, at: int, *, ctrl: bool) -> None:
        keys = sorted(self.view.pathway_scene.boxes)
        if keys and self.view.isVisible():
            self.click(keys[at % len(keys)], ctrl=ctrl)

    def drag_box(self, at: int, across: int, down: int, then: int) -> None:
        """Drags a box, and does something else before letting go."""
        keys = sorted(self.view.pathway_scene.boxes)
        if not keys or not self.view.isVisible():
            return
        here = self.view.screen_point(keys[at % len(keys)])
        there = here + QPoint(across % 300 - 150, down % 200 - 100)
        self.drag(here, there, release=False)
        if then % 2:
            self.press(*KEYS[then % len(KEYS)])
        self.qtbot.mouseRelease(self.paper, LEFT, pos=there)

    def click_cell(self, row: int, column: int) -> None:
        if self.window.page == "tables":
            view = self.window.tables.table
            model = view.model()
            view.setCurrentIndex(model.index(row % model.rowCount(), column % model.columnCount()))
            view.setFocus()

    def turn_table(self, at: int) -> None:
        if self.window.page == "tables":
            tabs = self.window.findChild(QTabWidget, "table-tabs")
            assert isinstance(tabs, QTabWidget)
            bar = tabs.tabBar()
            click(self.qtbot, bar, bar.tabRect(at % bar.count()).center())

    def turn_variant(self, at: int) -> None:
        bar = self.window.findChild(QTabBar, "variants")
        assert isinstance(bar, QTabBar)
        if bar.isVisible():
            click(self.qtbot, bar, bar.tabRect(at % bar.count()).center())

    def ask_option(self, what: int) -> None:
        """Begins to name an option, or copies or deletes the one shown."""
        options = self.window._options
        if not options.isVisible():
            return
        if what % 4 == 0 and len(self.document.scenario.options) < 5:
            click(self.qtbot, options.findChild(QToolButton, "new-option"))
        elif what % 4 == 1:
            options.rename_present()
        elif what % 4 == 2 and len(self.document.scenario.options) < 5:
            options.duplicate()
        elif what % 4 == 3:
            options.delete()

    def draw_shift(self, origin: int, target: int) -> None:
        """Draws an arrow on the board of shifts."""
        if self.window.page != "shifts" or not self.window.shifts.board.isVisible():
            return
        board = self.window.shifts.board
        keys = [card.key for card in board._cards]
        begin, end = (board.box_point(keys[each % len(keys)]) for each in (origin, target))
        self.qtbot.mousePress(board, LEFT, pos=begin)
        for place in ((begin + end) / 2, end):
            self.qtbot.mouseMove(board, place)
        self.qtbot.mouseRelease(board, LEFT, pos=end)

    # What must hold ----------------------------------------------------------------------------------

    def save(self) -> None:
        """Saves by keys; all that is shown is in the file, or said not to be."""
        self.qtbot.keyClick(self.focus, K.Key_S, CTRL)
        assert not self.document.is_dirty
        assert load(self.file) == self.document.scenario
        said = self.window.statusBar().currentMessage()
        left = self.document.typed.take_in()
        assert all(each.sentence in said for each in left), (said, left)
        self.look(left)

    def run(self) -> None:
        """Runs by keys; what runs is what is shown, or it is said why nothing runs."""
        self._give_up()
        self.is_heavy = False
        self.qtbot.keyClick(self.focus, K.Key_F5)
        left = self.document.typed.take_in()
        run = self.runs.controller._run
        assert run is None or (run.scenario is self.document.scenario and not left)
        if run is None and not self.runs.controller.problems():
            assert left or self.is_heavy, (self.focus, self.window.statusBar().currentMessage())
        self.look(left)
        self._give_up()

    def close(self, answer: QMessageBox.StandardButton) -> bool:
        """Closes the window and answers its question; what was saved is what was shown.

        Returns:
            Whether it is closed.
        """
        self._give_up()
        self._answers = [answer]
        self.window.close()
        closed, asked = not self.window.isVisible(), not self._answers
        self._answers = []
        if closed and (not asked or answer == QMessageBox.StandardButton.Save):
            assert load(self.file) == self.document.scenario
            assert asked or self.document.typed.take_in() == ()
        return closed

    def look(self, left: tuple[NotTaken, ...]) -> None:
        """Checks that everything on the screen is what the scenario holds, but for what was not taken in."""
        document, scenario = self.document, self.document.scenario
        assert document.pathway == apply_option(scenario, document.variant)
        self._look_at_bars(left)
        self._look_at_drawing()
        self._look_at_inspector(left)
        self._look_at_tables()
        self._look_at_shifts()

    def _look_at_bars(self, left: tuple[NotTaken, ...]) -> None:
        scenario = self.document.scenario
        for name in ("replications", "seed"):
            field = self.window.findChild(QSpinBox, name)
            assert isinstance(field, WholeNumber)
            if field.mistake:
                assert any(each.sentence.startswith(name.capitalize()) for each in left)
                continue
            assert field.text().replace(",", "") == str(getattr(scenario.run, name))
        names = [each.short_name or each.name for each in scenario.options.values()]
        assert self.tabs() == ["Baseline", *names]
        bar = self.window.findChild(QTabBar, "variants")
        assert isinstance(bar, QTabBar)
        assert bar.tabData(bar.currentIndex()) == self.document.variant

    def _look_at_drawing(self) -> None:
        scene, drawn = self.view.pathway_scene, self.document.pathway.drawn()
        assert set(scene.boxes) == set(drawn)
        assert set(scene.arrows) == set(self.document.pathway.transitions)
        for key, element in drawn.items():
            assert scene.boxes[key].name == element.name
            if self.view.gesture is None:
                place = scene.lanes.to_scene(element.setting, scene.positions[key])
                assert scene.boxes[key].pos() == place

    def _look_at_inspector(self, left: tuple[NotTaken, ...]) -> None:
        told = " ".join(each.sentence for each in left)
        for subject, form in self.window.inspector._forms:
            record = record_of(self.document, subject)
            assert record is not None
            held: dict[str, Any] = form._as_json(record)
            for key, row in form.rows.items():
                if row._is_mistaken:
                    assert row.spec.title in told
                else:
                    assert row._last == held[key]
                    shown = row.editor.value()
                    assert shown == held[key] or with_field(record, row.spec, shown) == record, (subject, key)

    def _look_at_tables(self) -> None:
        for page in self.window.tables._pages():
            model = page.model
            if not page.isVisible():
                continue
            fresh = model._make(self.document)
            assert [line.key for line in fresh.rows] == [line.key for line in model.sheet.rows]
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    index = model.index(row, column)
                    if model.place(index) not in model._pending:
                        assert index.data() == fresh.cell(row, column).text

    def _look_at_shifts(self) -> None:
        page = self.window.shifts
        option = self.document.scenario.options.get(self.document.variant)
        if not page.isVisible() or option is None or not self.document.pathway.pools:
            return
        assert self.document.variant != BASELINE
        if page._editing is None:
            assert dict(page.board._shifts) == option.shifts
        elif page._editing in option.shifts and not page.form.is_touched:
            assert page.form.draft().shift == option.shifts[page._editing]


class Anything(RuleBasedStateMachine):
    """Steps in any order; nothing fails, and every look finds one thing."""

    person: Anybody
    come: Callable[[], Anybody]

    def _do(self, act: Callable[[], object]) -> None:
        """Does something; a fault in what Qt calls is a fault of the step."""
        with capture_exceptions() as faults:
            act()
            QApplication.processEvents()
        for _, fault, _ in faults:
            raise fault

    @initialize()
    def begin(self) -> None:
        self.person = self.come()

    def teardown(self) -> None:
        """Closes the window, so that the next begins alike."""
        self._do(self.person.go)

    @rule(at=st.integers(0, len(KEYS) - 1))
    def press(self, at: int) -> None:
        self._do(lambda: self.person.press(*KEYS[at]))

    @rule(words=text)
    def type_anywhere(self, words: str) -> None:
        self._do(lambda: self.person.type_anywhere(words))

    @rule(at=number, words=text)
    def type_over_a_field(self, at: int, words: str) -> None:
        self._do(lambda: self.person.go_to_field(at))
        self._do(lambda: self.person.type_anywhere(words))

    @rule(at=number)
    def press_button(self, at: int) -> None:
        self._do(lambda: self.person.press_button(at))

    @rule(at=number, ctrl=st.booleans())
    def click_box(self, at: int, ctrl: bool) -> None:
        self._do(lambda: self.person.click_box(at, ctrl=ctrl))

    @rule(at=number, across=number, down=number, then=number)
    def drag_box(self, at: int, across: int, down: int, then: int) -> None:
        self._do(lambda: self.person.drag_box(at, across, down, then))

    @rule(page=st.sampled_from(("pathway", "tables", "shifts", "triangle")))
    def turn_page(self, page: Any) -> None:
        self._do(lambda: self.person.window.show_page(page))

    @rule(row=number, column=number, words=text)
    def type_into_a_cell(self, row: int, column: int, words: str) -> None:
        self._do(lambda: self.person.click_cell(row, column))
        self._do(lambda: self.person.type_anywhere(words))

    @rule(at=number)
    def turn_table(self, at: int) -> None:
        self._do(lambda: self.person.turn_table(at))

    @rule(at=number)
    def turn_variant(self, at: int) -> None:
        self._do(lambda: self.person.turn_variant(at))

    @rule(what=number)
    def ask_option(self, what: int) -> None:
        self._do(lambda: self.person.ask_option(what))

    @rule(begin=number, end=number)
    def draw_shift(self, begin: int, end: int) -> None:
        self._do(lambda: self.person.draw_shift(begin, end))

    @rule()
    def save(self) -> None:
        self._do(self.person.save)

    @rule()
    def run(self) -> None:
        self._do(self.person.run)

    @rule(
        answer=st.sampled_from(
            (
                QMessageBox.StandardButton.Save,
                QMessageBox.StandardButton.Discard,
                QMessageBox.StandardButton.Cancel,
            )
        )
    )
    def close(self, answer: QMessageBox.StandardButton) -> None:
        closed: list[bool] = []
        self._do(lambda: closed.append(self.person.close(answer)))
        if closed[0]:
            self._do(self.person.go)
            self.begin()

    @invariant()
    def what_is_selected_is_drawn(self) -> None:
        document = self.person.document
        assert all(document.has(key) for key in document.selection)
        assert set(self.person.view.pathway_scene.boxes) == set(document.pathway.drawn())


def play(qtbot: QtBot, folder: Path, examples: int, steps: int, *, same: bool) -> None:
    """Plays anything in any order.

    Args:
        qtbot: of the test.
        folder: for files.
        examples: how many times it begins anew, in a window of its own.
        steps: of each.
        same: whether they are the same every time.
    """
    machine = type("Anything", (Anything,), {"come": staticmethod(lambda: Anybody(qtbot, folder))})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=same,
            database=None,
            print_blob=True,
            # A fault is told as it was met: to look for a shorter way to it takes an hour.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_window_file_and_run_are_one_thing(qtbot: QtBot, tmp_path: Path) -> None:
    play(qtbot, tmp_path, examples=6, steps=40, same=True)


@pytest.mark.minutes
def test_window_file_and_run_are_one_thing_over_ten_thousand_steps(qtbot: QtBot, tmp_path: Path) -> None:
    play(qtbot, tmp_path, examples=200, steps=50, same=False)
