"""A row that was just added counts at once if nothing is lacking, and has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Combo
from pathway_modeller.gui.inspector.panel import Inspector
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.scenario.capacity import OpenHours
from pathway_modeller.scenario.edits.every_edit import set_value
from tests.gui.window_person import choose, click
from tests.gui.window_scenarios import small_scenario


@pytest.fixture
def document() -> Document:
    made = Document()
    made.new(small_scenario())
    return made


@pytest.fixture
def inspector(qtbot: QtBot, document: Document) -> Inspector:
    made = Inspector(document)
    qtbot.addWidget(made)
    made.resize(380, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def typing_in(widget: QWidget) -> bool:
    """Whether what is typed now goes somewhere within a widget."""
    held = QApplication.focusWidget()
    return held is not None and (held is widget or widget.isAncestorOf(held))


def type_on(qtbot: QtBot, text: str) -> None:
    """Types wherever the keyboard is, over what stands there."""
    held = QApplication.focusWidget()
    qtbot.keyClick(held, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(held, text)
    qtbot.keyClick(held, Qt.Key.Key_Return)


def test_a_second_interval_of_a_day_counts_at_once_and_is_typed_over(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    row = inspector.row("timetable")
    choose(qtbot, row.findChild(Combo, "add"), "Monday")
    monday = row.findChild(QWidget, "monday")
    click(qtbot, monday.findChild(QPushButton, "add"))
    usual = OpenHours(opens="09:00", closes="17:00")
    assert document.pathway.pools["nurse"].timetable["monday"] == (usual, usual), "both rows count"
    second = monday.findChild(QWidget, "1")
    assert typing_in(second), "the keyboard is in the new row"
    type_on(qtbot, "18:00")
    assert document.pathway.pools["nurse"].timetable["monday"] == (
        usual,
        OpenHours(opens="18:00", closes="17:00"),
    )


def test_a_row_that_lacks_something_does_not_count_until_it_is_filled_in(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    row = inspector.row("steps")
    before = document.scenario
    click(qtbot, row.findChild(QPushButton, "add"))
    assert document.scenario is before, "a change of capacity needs a date and units"
    assert typing_in(row.findChild(QWidget, "0"))


def test_another_appointment_is_like_the_last_and_has_the_keyboard(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    booked = {"kind": "booked", "bookings": [{"weekday": "tuesday", "time": "10:00", "patients": 4}]}
    document.edit("book", lambda each: set_value(each, "/entry_points/referral/arrivals", booked))
    document.select(["referral"])
    row = inspector.row("arrivals")
    add = next(each for each in row.findChildren(QPushButton, "add") if each.isVisible())
    click(qtbot, add)
    arrivals = document.pathway.entry_points["referral"].arrivals
    assert arrivals is not None
    first, second = arrivals.bookings
    assert first == second
    held = QApplication.focusWidget()
    assert held is not None
    assert row.isAncestorOf(held)


@pytest.mark.parametrize("which", ["Nurse"])
def test_a_need_that_was_added_counts_once_and_has_the_keyboard(
    qtbot: QtBot, document: Document, inspector: Inspector, which: str
) -> None:
    document.edit("need nothing", lambda each: set_value(each, "/activities/clinic/needs", {}))
    document.select(["clinic"])
    row = inspector.row("needs")
    choose(qtbot, row.findChild(Combo, "add"), which)
    assert document.pathway.activities["clinic"].needs == {"nurse": 1}
    assert typing_in(row.findChild(QWidget, "nurse"))
    type_on(qtbot, "2")
    assert document.pathway.activities["clinic"].needs == {"nurse": 2}
    remove = next(each for each in row.findChildren(QToolButton, "remove") if each.isVisible())
    click(qtbot, remove)
    assert document.pathway.activities["clinic"].needs == {}
    assert typing_in(row), "the keyboard stays where another can be added"


def test_shares_of_tiers_are_typed_straight_after_adding(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("footprints", "north")))
    document.edit("nobody", lambda each: set_value(each, "/footprints/north/people", {}))
    row = inspector.row("people")
    choose(qtbot, row.findChild(Combo, "add"), "High need")
    assert any(typing_in(each) for each in row.findChildren(QWidget, "high") if each.isVisible())
    type_on(qtbot, "250")
    assert document.pathway.footprints["north"].people == {"high": 250}
