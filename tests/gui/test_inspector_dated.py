"""A value that changes at a date, as a person gives it in the inspector."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.inspector.panel import Inspector
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.scenario.dated import Change, PlainChange
from pathway_modeller.scenario.document import Option
from pathway_modeller.scenario.values import Rate
from tests.gui.window_person import type_over
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
    made.resize(350, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def press(qtbot: QtBot, inspector: Inspector, field: str) -> None:
    """Presses the button that lets a field change at a date, or have one value throughout."""
    qtbot.mouseClick(inspector.row(field).findChild(QPushButton, "dated"), Qt.MouseButton.LeftButton)


def line(inspector: Inspector, field: str, key: str) -> Line:
    """Returns the box of a part of a change."""
    return inspector.row(field).findChild(QWidget, "change").findChild(QWidget, key).findChild(Line)


def test_a_share_is_given_a_day_and_the_value_after_it(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["b"])
    before = document.pathway.transitions["b"].share
    press(qtbot, inspector, "share")
    assert document.pathway.transitions["b"].share == before
    type_over(qtbot, line(inspector, "share", "to"), "30%")
    assert "Changes on" in inspector.row("share").mistake.text()
    type_over(qtbot, line(inspector, "share", "starts"), "1 October 2026")
    assert document.pathway.transitions["b"].share == Change[float](
        before=before, after=0.3, starts=dt.date(2026, 10, 1)
    )
    assert not inspector.row("share").mistake.isVisible()


def test_one_value_throughout_keeps_the_value_after_the_change(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["b"])
    press(qtbot, inspector, "share")
    type_over(qtbot, line(inspector, "share", "to"), "30%")
    type_over(qtbot, line(inspector, "share", "starts"), "1 October 2026")
    press(qtbot, inspector, "share")
    assert document.pathway.transitions["b"].share == 0.3
    document.undo()
    assert isinstance(document.pathway.transitions["b"].share, Change)
    assert inspector.row("share").findChild(QWidget, "change") is not None


def test_an_option_begins_on_the_day_that_is_typed_under_more(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    key = "later"
    later = {key: Option(name="Later")}
    document.edit_scenario("option", lambda scenario: scenario.model_copy(update={"options": later}))
    inspector.open(Subject("scenario", ("options", key)))
    assert not inspector.row("begins").isVisible()
    qtbot.mouseClick(inspector.findChild(QToolButton, "more"), Qt.MouseButton.LeftButton)
    type_over(qtbot, inspector.row("begins").findChild(Line), "1 October 2026")
    assert document.scenario.options[key].begins == dt.date(2026, 10, 1)


def test_a_rate_of_arrivals_is_typed_as_before_and_may_change_at_a_date(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    key = next(iter(document.pathway.entry_points))
    document.select([key])
    rate = inspector.row("arrivals").findChild(QWidget, "rate")
    type_over(qtbot, rate.findChild(Line), "40")
    before = document.pathway.entry_points[key].arrivals.rate
    assert before.value == 40
    qtbot.mouseClick(rate.findChild(QPushButton, "dated"), Qt.MouseButton.LeftButton)
    change = rate.findChild(QWidget, "change")
    type_over(qtbot, change.findChild(QWidget, "to").findChild(Line), "60")
    type_over(qtbot, change.findChild(QWidget, "starts").findChild(Line), "1 October 2026")
    after = before.model_copy(update={"value": 60})
    assert document.pathway.entry_points[key].arrivals.rate == PlainChange[Rate](
        before=before, after=after, starts=dt.date(2026, 10, 1)
    )
