"""The list of problems: it says what to mend, and leads there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.jump import target_of
from pathway_modeller.gui.inspector.subjects import SCENARIO, Subject
from pathway_modeller.gui.shell.problems_panel import count_words
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.edits.every_edit import set_value
from pathway_modeller.scenario.problems import Problem
from tests.gui.window_person import find, opened_window, texts
from tests.gui.window_scenarios import small_scenario


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = opened_window(qtbot, tmp_path)
    made.document.new(small_scenario())
    return made


def row_with(rows: QListWidget, words: str) -> int:
    return next(row for row, text in enumerate(texts(rows)) if words in text)


def press(qtbot: QtBot, rows: QListWidget, row: int) -> None:
    rows.scrollToItem(rows.item(row))
    place = rows.visualItemRect(rows.item(row)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_row_leads_to_its_element_and_field(qtbot: QtBot, window: MainWindow) -> None:
    document = window.document
    document.edit("take the time away", lambda p: set_value(p, "/activities/review/service_time", None))
    document.check_now()
    rows = find(window, QListWidget, "problems")
    press(qtbot, rows, row_with(rows, "Review"))
    assert document.selection == ("review",)
    assert window.inspector.row("service_time").isAncestorOf(QApplication.focusWidget())


def test_a_row_of_an_option_shows_that_option(qtbot: QtBot, window: MainWindow) -> None:
    from pathway_modeller.scenario.edits.every_edit import add_option

    document = window.document
    document.edit_scenario("add option", lambda s: add_option(s, "No time")[0])
    document.set_variant("no-time")
    document.edit("take the time away", lambda p: set_value(p, "/activities/review/service_time", None))
    document.set_variant("baseline")
    document.check_now()
    rows = find(window, QListWidget, "problems")
    press(qtbot, rows, row_with(rows, "Review"))
    assert document.variant == "no-time"
    assert document.selection == ("review",)


def test_names_in_problems_have_the_quotation_marks_of_the_rest_of_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    document = window.document
    document.edit("take the time away", lambda p: set_value(p, "/activities/review/service_time", None))
    document.check_now()
    said = texts(find(window, QListWidget, "problems"))
    assert any('"' in f"{problem.where} {problem.what} {problem.mend}" for problem in document.problems)
    assert any("“" in words for words in said)
    assert not [words for words in said if '"' in words]


def test_enter_leads_to_a_pool(qtbot: QtBot, window: MainWindow) -> None:
    document = window.document
    document.edit("close the pool", lambda p: set_value(p, "/pools/nurse/units", 0))
    document.check_now()
    rows = find(window, QListWidget, "problems")
    rows.setCurrentRow(row_with(rows, "Nurse"))
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert window.inspector.subject.steps[1] in {"nurse", "clinic", "review"}


def test_the_count_is_on_the_tab_and_in_the_status_bar_and_goes_when_mended(window: MainWindow) -> None:
    document = window.document
    document.edit("take the time away", lambda p: set_value(p, "/activities/review/service_time", None))
    found = document.check_now()
    count = find(window, QPushButton, "problem-count")
    assert found
    assert count.text() == count_words(found)
    assert "stop" in count.text()
    document.undo()
    assert not [problem for problem in document.check_now() if problem.severity == "error"]


@pytest.mark.parametrize(
    ("place", "variant", "drawn", "subject", "field"),
    [
        (
            "/baseline/activities/clinic/service_time/mean",
            "baseline",
            "clinic",
            Subject("pathway", ("activities", "clinic")),
            "service_time",
        ),
        ("/options/x/patch/pools/nurse", "x", None, Subject("pathway", ("pools", "nurse")), None),
        ("/options/x/name", "x", None, Subject("scenario", ("options", "x")), "name"),
        ("/assumptions/a/source", None, None, Subject("scenario", ("assumptions", "a")), "source"),
        ("/run/replications", None, None, SCENARIO, "replications"),
        ("/name", None, None, SCENARIO, "name"),
        ("/baseline/activities", "baseline", None, SCENARIO, None),
        ("", None, None, SCENARIO, None),
    ],
)
def test_every_place_of_a_file_has_somewhere_to_be_shown(
    place: str, variant: str | None, drawn: str | None, subject: Subject, field: str | None
) -> None:
    target = target_of(place)
    assert (target.variant, target.drawn, target.subject, target.field) == (variant, drawn, subject, field)


def test_the_count_is_said_in_words() -> None:
    stop = Problem("error", "", "File", "it is wrong", "Mend it")
    mind = Problem("warning", "", "File", "it is odd", "Look at it")
    assert count_words(()) == "No problems"
    assert count_words((stop,)) == "1 problem stops a run"
    assert count_words((stop, stop, mind)) == "2 problems stop a run, 1 warning"
