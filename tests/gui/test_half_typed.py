"""What is half-typed when somebody saves, closes, runs, or goes elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.editors.inputs import Line, Prose
from pathway_modeller.gui.inspector.form import FieldRow
from pathway_modeller.gui.inspector.source_dialog import SourceDialog
from pathway_modeller.gui.shell.menus import Page
from pathway_modeller.scenario.edits.every_edit import add_option
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.task_person import Commissioner
from tests.gui.window_person import click, click_tab, find, type_over, when_asked

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
PAGES: tuple[Page, ...] = ("pathway", "tables", "shifts", "triangle", "results")


class Person(Commissioner):
    """Somebody whose scenario is kept in a file."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(qtbot, folder)
        scenario, self.option = add_option(shift_scenario(), "By the sea")
        self.file = folder / "mine.json"
        self.document.new(scenario)
        self.document.save(self.file)

    def save(self) -> dict[str, Any]:
        """Presses Ctrl+S where the keyboard is; returns what the file holds."""
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CTRL)
        assert not self.window.isWindowModified()
        return self.in_file()

    def in_file(self) -> dict[str, Any]:
        saved: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        return saved

    @property
    def said(self) -> str:
        return self.window.statusBar().currentMessage()

    def close_and_answer(self, answer: QMessageBox.StandardButton) -> list[str]:
        """Closes the window, answers the question; returns its words, none if nothing was asked."""
        asked: list[str] = []

        def reply() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QMessageBox):
                watch.stop()
                asked.append(f"{dialog.text()} {dialog.informativeText()}")
                self.qtbot.mouseClick(dialog.button(answer), LEFT)

        watch = QTimer()
        watch.timeout.connect(reply)
        watch.start(5)
        self.window.close()
        watch.stop()
        return asked

    def unit_line(self, pool: str) -> Line:
        """Opens a capacity pool and returns the field of its units."""
        self.open_pool(pool)
        line = self.window.inspector.row("units").findChild(Line)
        assert isinstance(line, Line)
        return line


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    person = Person(qtbot, tmp_path)
    yield person
    person.runs.close()


def test_a_name_being_typed_on_a_box_is_saved(person: Person) -> None:
    person.click("clinic")
    person.key(Qt.Key.Key_F2)
    person.qtbot.keyClicks(person.view.name_editor, "Hospital clinic")
    assert person.save()["baseline"]["activities"]["clinic"]["name"] == "Hospital clinic"
    assert person.view.name_editor is None
    assert person.document.selection == ("clinic",)


def test_a_name_being_typed_on_a_box_is_asked_about_when_the_window_closes(person: Person) -> None:
    person.click("clinic")
    person.key(Qt.Key.Key_F2)
    person.qtbot.keyClicks(person.view.name_editor, "Hospital clinic")
    assert len(person.close_and_answer(QMessageBox.StandardButton.Save)) == 1
    assert person.in_file()["baseline"]["activities"]["clinic"]["name"] == "Hospital clinic"


def test_an_empty_name_on_a_box_is_said_and_the_rest_is_saved(person: Person) -> None:
    person.unit_line("ward").setFocus()
    type_over(person.qtbot, person.unit_line("ward"), "21")
    person.click("clinic")
    person.key(Qt.Key.Key_F2)
    person.qtbot.keyClick(person.view.name_editor, Qt.Key.Key_Backspace)
    saved = person.save()
    assert saved["baseline"]["pools"]["ward"]["units"] == 21
    assert saved["baseline"]["activities"]["clinic"]["name"] == "Clinic"
    assert "Not taken in: Name of “Clinic”" in person.said


def test_the_name_of_a_new_option_being_typed_is_saved(person: Person) -> None:
    click(person.qtbot, find(person.window, QToolButton, "new-option"))
    line = find(person.window, QLineEdit, "option-name")
    person.qtbot.keyClicks(line, "Closer still")
    assert "Closer still" in [each["name"] for each in person.save()["options"].values()]
    assert line.isHidden()


def test_another_name_of_an_option_being_typed_is_asked_about_when_the_window_closes(person: Person) -> None:
    click_tab(person.qtbot, person.window, "By the sea")
    find(person.window, QToolButton, "option-menu")
    person.window._options.rename_present()
    person.qtbot.keyClicks(find(person.window, QLineEdit, "option-name"), "Far nearer")
    assert len(person.close_and_answer(QMessageBox.StandardButton.Save)) == 1
    assert person.in_file()["options"][person.option]["name"] == "Far nearer"


def draw_shift(person: Person, amount: str) -> None:
    """Draws a shift from wards to specialist nurses and types an amount."""
    click_tab(person.qtbot, person.window, "By the sea")
    person.qtbot.keyClick(person.window, Qt.Key.Key_4, CTRL)
    board = person.window.shifts.board
    begin, end = board.box_point("ward"), board.box_point("specialists")
    person.qtbot.mousePress(board, LEFT, pos=begin)
    for place in ((begin + end) / 2, end):
        person.qtbot.mouseMove(board, place)
    person.qtbot.mouseRelease(board, LEFT, pos=end)
    line = find(person.window.shifts, QLineEdit, "shift-amount")
    line.selectAll()
    person.qtbot.keyClicks(line, amount)


def test_a_half_typed_shift_is_saved(person: Person) -> None:
    draw_shift(person, "250000")
    (shift,) = person.save()["options"][person.option]["shifts"].values()
    assert shift["amount"]["value"] == 250_000


def test_a_half_typed_shift_is_asked_about_when_the_window_closes(person: Person) -> None:
    draw_shift(person, "250000")
    assert len(person.close_and_answer(QMessageBox.StandardButton.Save)) == 1
    (shift,) = person.in_file()["options"][person.option]["shifts"].values()
    assert shift["amount"]["value"] == 250_000


def test_a_shift_that_cannot_be_read_is_said_and_stays_in_its_form(person: Person) -> None:
    draw_shift(person, "a lot")
    assert not person.save()["options"][person.option].get("shifts")
    assert "Not taken in: Shift “Ward beds to Specialist nurses”: Pounds a year" in person.said
    assert find(person.window.shifts, QLineEdit, "shift-amount").text() == "a lot"


def test_a_half_typed_shift_goes_into_the_option_it_was_drawn_in(person: Person) -> None:
    draw_shift(person, "250000")
    click_tab(person.qtbot, person.window, "Baseline")
    assert person.document.variant == BASELINE
    (shift,) = person.document.scenario.options[person.option].shifts.values()
    assert shift.amount.value == 250_000


def test_a_change_of_a_shift_is_kept_when_another_box_is_chosen(person: Person) -> None:
    draw_shift(person, "250000")
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    board = person.window.shifts.board
    (key,) = person.document.scenario.options[person.option].shifts
    click(person.qtbot, board, board.arrow_point(key))
    type_over(person.qtbot, find(person.window.shifts, QLineEdit, "shift-ramp"), "6 months", enter=False)
    click(person.qtbot, board, board.box_point("gps"))
    assert person.document.scenario.options[person.option].shifts[key].ramp.value == 6


def test_an_edit_elsewhere_leaves_what_is_half_typed_in_a_shift(person: Person) -> None:
    draw_shift(person, "250000")
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    board = person.window.shifts.board
    (key,) = person.document.scenario.options[person.option].shifts
    click(person.qtbot, board, board.arrow_point(key))
    line = find(person.window.shifts, QLineEdit, "shift-ramp")
    type_over(person.qtbot, line, "6 mon", enter=False)
    person.replications("7")
    assert person.document.scenario.run.replications == 7
    assert line.text() == "6 mon"


def test_the_number_of_replications_being_typed_is_what_runs(person: Person) -> None:
    field = find(person.window, QSpinBox, "replications")
    click(person.qtbot, field)
    field.selectAll()
    person.qtbot.keyClicks(field, "16")
    with person.qtbot.waitSignal(person.runs.controller.started):
        person.qtbot.keyClick(field, Qt.Key.Key_F5)
    assert person.document.scenario.run.replications == 16
    run = person.runs.controller._run
    assert run is not None
    assert run.scenario.run.replications == 16
    person.runs.controller.cancel()
    person.qtbot.waitUntil(lambda: not person.runs.controller.is_running)


def test_a_number_of_replications_out_of_reach_is_said(person: Person) -> None:
    field = find(person.window, QSpinBox, "replications")
    click(person.qtbot, field)
    field.selectAll()
    person.qtbot.keyClicks(field, "0")
    person.save()
    assert "Not taken in: Replications: “0” is out of reach" in person.said
    assert person.document.scenario.run.replications == 4


def test_an_empty_number_of_replications_is_said(person: Person) -> None:
    field = find(person.window, QSpinBox, "replications")
    click(person.qtbot, field)
    field.selectAll()
    person.qtbot.keyClick(field, Qt.Key.Key_Backspace)
    person.save()
    assert "Replications: nothing is typed; it stays at 4." in person.said


def test_a_number_of_replications_that_may_be_two_is_said_and_stays_typed(person: Person) -> None:
    field = find(person.window, QSpinBox, "replications")
    click(person.qtbot, field)
    field.selectAll()
    person.qtbot.keyClicks(field, "12,5")
    person.save()
    assert (
        "Replications: “12,5” can be read as 12.5 or as 125: write 12.5 or 125; it stays at 4." in person.said
    )
    assert field.text() == "12,5"


def test_a_field_that_cannot_be_read_is_said_with_its_place_and_all_else_is_saved(person: Person) -> None:
    type_over(person.qtbot, person.unit_line("ward"), "21")
    line = person.unit_line("gps")
    type_over(person.qtbot, line, "many", enter=False)
    saved = person.save()
    assert saved["baseline"]["pools"]["ward"]["units"] == 21
    assert saved["baseline"]["pools"]["gps"]["units"] == 8
    assert str(person.file) in person.said
    assert "Not taken in: GPs, Units" in person.said
    assert line.text() == "many"


def test_a_field_that_cannot_be_read_is_asked_about_when_the_window_closes(person: Person) -> None:
    type_over(person.qtbot, person.unit_line("gps"), "many", enter=False)
    (asked,) = person.close_and_answer(QMessageBox.StandardButton.Cancel)
    assert "GPs, Units" in asked
    assert person.window.isVisible()


def test_a_field_that_cannot_be_read_holds_a_run_up_with_a_sentence(person: Person) -> None:
    type_over(person.qtbot, person.unit_line("gps"), "many", enter=False)
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F5)
    assert not person.runs.controller.is_running
    assert person.said.startswith("Nothing was run. Not taken in: GPs, Units")


def test_what_is_typed_goes_into_the_option_in_which_it_was_typed(person: Person) -> None:
    click_tab(person.qtbot, person.window, "By the sea")
    type_over(person.qtbot, person.unit_line("ward"), "12", enter=False)
    click_tab(person.qtbot, person.window, "Baseline")
    scenario = person.document.scenario
    assert scenario.baseline.pools["ward"].units == 20
    assert person.document.pathway.pools["ward"].units == 20
    person.document.set_variant(person.option)
    assert person.document.pathway.pools["ward"].units == 12


def test_what_cannot_be_read_is_said_when_its_option_is_left(person: Person) -> None:
    type_over(person.qtbot, person.unit_line("gps"), "many", enter=False)
    click_tab(person.qtbot, person.window, "By the sea")
    assert person.said.startswith("Not taken in: GPs, Units")


def test_what_is_typed_in_a_deleted_option_goes_nowhere_else(person: Person) -> None:
    click_tab(person.qtbot, person.window, "By the sea")
    type_over(person.qtbot, person.unit_line("ward"), "12", enter=False)
    person.window._options.delete()
    assert person.document.pathway.pools["ward"].units == 20
    person.document.undo()
    person.document.set_variant(person.option)
    assert person.document.pathway.pools["ward"].units == 12


def test_a_cell_being_typed_into_is_saved(person: Person) -> None:
    person.qtbot.keyClick(person.window, Qt.Key.Key_3, CTRL)
    view = person.window.tables.people.view
    view.setCurrentIndex(view.model().index(1, 1))
    person.qtbot.keyClicks(view, "5")
    person.qtbot.keyClicks(QApplication.focusWidget(), "00")
    assert person.save()["baseline"]["footprints"]["north"]["people"]["low"] == 500


def test_a_cell_that_does_not_fit_is_said_even_from_another_page(person: Person) -> None:
    person.qtbot.keyClick(person.window, Qt.Key.Key_3, CTRL)
    view = person.window.tables.people.view
    view.setCurrentIndex(view.model().index(1, 1))
    person.qtbot.keyClicks(view, "a")
    person.qtbot.keyClicks(QApplication.focusWidget(), " few")
    person.qtbot.keyClick(person.window, Qt.Key.Key_1, CTRL)
    person.window.view.setFocus()
    person.save()
    assert "Not taken in: People, Low need, North: “a few” is not a whole number" in person.said


def test_a_paste_elsewhere_keeps_a_cell_that_does_not_fit(person: Person) -> None:
    person.qtbot.keyClick(person.window, Qt.Key.Key_3, CTRL)
    page = person.window.tables.people
    page.view.setCurrentIndex(page.model.index(1, 1))
    person.qtbot.keyClicks(page.view, "a")
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    QApplication.clipboard().setText("77")
    page.view.setCurrentIndex(page.model.index(2, 2))
    person.qtbot.keyClick(page.view, Qt.Key.Key_V, CTRL)
    assert page.model.index(1, 1).data() == "a"
    assert page.model.index(2, 2).data() == "77"


def test_a_note_being_typed_is_saved(person: Person) -> None:
    person.show_scenario()
    note = person.window.inspector.row("notes" if "notes" in _keys(person) else "question").findChild(Prose)
    assert isinstance(note, Prose)
    note.setFocus()
    person.qtbot.keyClicks(note, "For the board in May")
    assert "For the board in May" in json.dumps(person.save())


def _keys(person: Person) -> set[str]:
    """Returns the fields that the inspector shows."""
    return {key for _, form in person.window.inspector._forms for key in form.rows}


@pytest.mark.parametrize("fault", [KeyError("gone"), OverflowError("too large"), RecursionError("deep")])
def test_a_fault_of_the_program_in_a_field_does_not_keep_save_from_working(
    person: Person, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    told: list[BaseException] = []

    def keep(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        told.append(error)

    type_over(person.qtbot, person.unit_line("ward"), "21")
    line = person.unit_line("gps")
    type_over(person.qtbot, line, "9", enter=False)
    row = person.window.inspector.row("units")

    def fail() -> object:
        raise fault

    monkeypatch.setattr(row.editor, "value", fail)
    monkeypatch.setattr(sys, "excepthook", keep)
    assert person.save()["baseline"]["pools"]["ward"]["units"] == 21
    assert "Not taken in: GPs, Units: the program failed to read it." in person.said
    person.qtbot.waitUntil(lambda: told == [fault])
    person.save()
    assert told == [fault], "the same fault is not told at every save"
    monkeypatch.undo()


@pytest.mark.parametrize("text", ["1e999", "1e9999999", "9" * 400, "x" * 140_000, "\u200b", "-0", "½"])
def test_whatever_is_pasted_into_a_figure_saving_and_closing_go_on(person: Person, text: str) -> None:
    type_over(person.qtbot, person.unit_line("ward"), "21")
    line = person.unit_line("gps")
    line.setFocus()
    line.selectAll()
    QApplication.clipboard().setText(text)
    person.qtbot.keyClick(line, Qt.Key.Key_V, CTRL)
    saved = person.save()
    assert saved["baseline"]["pools"]["ward"]["units"] == 21
    assert load(person.file) == person.document.scenario
    asked = person.close_and_answer(QMessageBox.StandardButton.Discard)
    assert not asked or "GPs, Units" in asked[0]


def test_a_long_text_pasted_into_a_name_or_a_note_is_kept_or_said(person: Person) -> None:
    QApplication.clipboard().setText("words " * 25_000)
    person.click("clinic")
    for field, kind in (("name", Line), ("description", Prose)):
        line = person.window.inspector.row(field).findChild(kind)
        assert line is not None
        line.setFocus()
        line.selectAll()
        person.qtbot.keyClick(line, Qt.Key.Key_V, CTRL)
        person.save()
        assert load(person.file) == person.document.scenario
        kept = getattr(person.document.pathway.activities["clinic"], field)
        assert len(kept) > 100_000 or "Not taken in: Clinic" in person.said


def test_a_look_at_a_record_changes_nothing(person: Person) -> None:
    """Some signs are shown otherwise than they are kept, and would be taken for typed."""
    odd = "Beds\u00a0for\u2028all \r\n  "
    person.document.edit(
        "describe Clinic",
        lambda pathway: pathway.model_copy(
            update={
                "activities": {
                    **pathway.activities,
                    "clinic": pathway.activities["clinic"].model_copy(update={"description": odd}),
                }
            }
        ),
    )
    before = person.document.scenario
    person.click("clinic")
    for key in _keys(person):
        person.window.inspector.reveal(key)
        person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    person.click("review")
    assert person.document.scenario is before


def test_escape_takes_back_what_is_typed_in_a_note_and_in_the_run_bar(person: Person) -> None:
    person.show_scenario()
    note = person.window.inspector.findChild(Prose)
    assert note is not None
    field = find(person.window, QSpinBox, "replications")
    for widget, text in ((note, "For the board"), (field, "16")):
        widget.setFocus()
        widget.selectAll()
        person.qtbot.keyClicks(widget, text)
        person.qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert note.toPlainText() == ""
    assert field.text() == "4"
    assert person.document.typed.take_in() == ()
    assert not person.document.is_dirty


@pytest.mark.parametrize(("answer", "open_then"), [("Go on typing", True), ("Do not keep it", False)])
def test_escape_in_a_form_with_something_typed_asks_first(
    person: Person, answer: str, open_then: bool
) -> None:
    person.unit_line("gps")
    source = person.window.inspector.row("units").source
    asked: list[bool] = []

    def type_and_leave(dialog: QDialog) -> None:
        assert isinstance(dialog, SourceDialog)
        row = dialog.findChild(FieldRow, "source")
        assert row is not None
        line = row.findChild(Line) or row.findChild(Prose)
        assert line is not None
        line.setFocus()
        person.qtbot.keyClicks(line, "NHS England, 2024")

        def reply(question: QDialog) -> None:
            assert isinstance(question, QMessageBox)
            button = next(b for b in question.buttons() if b.text().replace("&", "") == answer)
            person.qtbot.mouseClick(button, LEFT)

        when_asked(reply)
        dialog.close()
        asked.append(dialog.isVisible())
        if dialog.isVisible():
            click(person.qtbot, _button(dialog, "Cancel"))

    when_asked(type_and_leave)
    click(person.qtbot, source)
    assert asked == [open_then]
    assert not person.document.is_dirty


def _button(dialog: QDialog, words: str) -> QPushButton:
    """Returns the button of a dialog that says some words."""
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == words)


def test_whatever_can_be_typed_into_is_registered(person: Person) -> None:
    click_tab(person.qtbot, person.window, "By the sea")
    window = person.window
    for page in PAGES:
        window.show_page(page)
        for kind in (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit):
            for widget in window.findChildren(kind):
                written = not getattr(widget, "isReadOnly", lambda: False)()
                assert not written or person.document.typed.covers(widget), (
                    f"{widget.objectName() or widget.accessibleName()} on the page {page}: {_path(widget)}"
                )


def _path(widget: QWidget | None) -> str:
    """Returns where a widget stands."""
    names = []
    while widget is not None:
        names.append(widget.objectName() or type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(names)


def test_delete_after_a_rename_deletes_the_element_renamed(person: Person) -> None:
    person.click("clinic")
    person.key(Qt.Key.Key_F2)
    person.type("Hospital clinic")
    assert person.document.selection == ("clinic",)
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert set(person.document.pathway.activities) == {"review"}


def test_delete_after_naming_an_option_deletes_what_was_selected(person: Person) -> None:
    click_tab(person.qtbot, person.window, "By the sea")
    person.click("clinic")
    person.window._options.rename_present()
    line = find(person.window, QLineEdit, "option-name")
    person.qtbot.keyClicks(line, "Far nearer")
    person.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is person.view
    person.qtbot.keyClick(person.view, Qt.Key.Key_Delete)
    assert set(person.document.pathway.activities) == {"review"}


def test_rows_stay_where_they_are_when_the_first_move_is_typed(person: Person) -> None:
    person.qtbot.keyClick(person.window, Qt.Key.Key_3, CTRL)
    tables = person.window.tables
    tables._tabs.setCurrentWidget(tables.moves)
    QApplication.processEvents()
    page = tables.moves

    def top() -> QPoint:
        QApplication.processEvents()
        return page.view.viewport().mapTo(
            person.window, page.view.visualRect(page.model.index(2, 1)).topLeft()
        )

    before = top()
    page.view.setCurrentIndex(page.model.index(1, 2))
    person.qtbot.keyClicks(page.view, "0")
    person.qtbot.keyClicks(QApplication.focusWidget(), ".02")
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert top() == before
    assert len(person.document.pathway.moves) == 1
    page.view.setCurrentIndex(page.model.index(2, 1))
    person.qtbot.keyClicks(page.view, "x")
    person.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert top() == before, "nor do they when something does not fit"
