"""The first page in the window, as a person uses it: read, opened into charts, and come back to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.front import FrontPage
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.report.words.questions import COLUMNS, Cell, FirstPage, Row
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.values import Duration
from tests.gui import run_stand_in
from tests.gui.results_person import LONG, choose_chart, hand_over, settle, type_file
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.window_person import click, find

pytestmark = pytest.mark.xdist_group("first page")
PLACES = {column: place for place, column in enumerate(COLUMNS, 1)}
TITLES = {
    "cash": "Bridge from baseline to option",
    "back": "Break-even and funding gap",
    "wait": "Mean waiting times",
    "losers": "Cost, contacts and waits by footprint and need",
}


def scenario_with(**options: str) -> Scenario:
    """A scenario of six months, with these options by name."""
    scenario = shift_scenario()
    run = scenario.run.model_copy(update={"duration": Duration(value=6, unit="months")})
    laid = {key: Option(name=name) for key, name in options.items()}
    return scenario.model_copy(update={"run": run, "options": laid})


@pytest.fixture(scope="module")
def after_a_run(qapp: QGuiApplication, request: pytest.FixtureRequest) -> Iterator[ResultsPage]:
    """A page after Run was pressed; drawing every chart takes seconds."""
    document, person = Document(), QtBot(request)
    document.new(scenario_with(dear="Dear", nearer="Nearer"))
    controller = RunController(document, workers=1, replication=run_stand_in.paying)
    page = ResultsPage(document, controller)
    page.resize(1366, 660)
    page.show()
    person.waitExposed(page)
    with person.waitSignal(controller.finished, timeout=LONG):
        click(person, find(page, QPushButton, "run-first"))
    settle(person, page)
    yield page
    page.close_desk()
    controller.close()
    page.close()
    for each in (page, controller, document):
        each.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, after_a_run: ResultsPage) -> ResultsPage:
    """The page, with the first page on show as after a run."""
    if not find(after_a_run, QWidget, "front-page").isVisible():
        click(qtbot, find(after_a_run, QPushButton, "to-front"))
    settle(qtbot, after_a_run)
    return after_a_run


def rows(page: ResultsPage) -> dict[str, list[str]]:
    """What the table says, by the name of the row."""
    table = find(page, QTableWidget, "front-table")
    texts = [
        [table.item(row, at).text() for at in range(table.columnCount())] for row in range(table.rowCount())
    ]
    return {name: answers for name, *answers in texts}


def is_first_page(page: ResultsPage) -> bool:
    """Whether the first page lies upon the charts."""
    return find(page, QWidget, "front-page").isVisible()


def click_cell(qtbot: QtBot, page: ResultsPage, row: int, column: str) -> None:
    """Clicks on an answer."""
    table = find(page, QTableWidget, "front-table")
    item = table.item(row, PLACES[column])
    table.scrollToItem(item)
    middle = table.visualItemRect(item).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def shown_chart(page: ResultsPage) -> str:
    """The title of the present chart."""
    item = find(page, ChartList, "charts").currentItem()
    return "" if item is None else item.text()


def test_after_a_run_the_first_page_is_on_show(page: ResultsPage) -> None:
    assert is_first_page(page)
    found = rows(page)
    assert list(found) == ["Baseline", "Dear", "Nearer"]
    assert found["Baseline"][0] == "costs £6,000 over the 183 days"
    assert found["Dear"][0] == "no, £600 more over the 183 days"
    assert found["Dear"][1] == "not within the 183 days"
    assert found["Nearer"][0].startswith("yes, £600 less over the 183 days")
    assert found["Nearer"][1] == "from July 2025"
    headline = find(page, QLabel, "message").text()
    assert headline.startswith("“Nearer” saves cash over ")
    assert headline.endswith(".")
    assert "4 replications" in find(page, QLabel, "front-basis").text()


def test_a_cell_says_all_where_it_is_pointed_at(page: ResultsPage) -> None:
    table = find(page, QTableWidget, "front-table")
    tip = table.item(1, PLACES["cash"]).toolTip()
    assert tip.startswith("No saving: the system pays £600 more over the 183 days")
    assert tip.endswith("Click to see the chart.")
    for column in ("hangs on", "payers"):  # nobody has tried, and no payer is named: there is no chart
        assert "chart" not in table.item(1, PLACES[column]).toolTip()
    assert table.item(1, PLACES["cash"]).foreground() != table.item(2, PLACES["cash"]).foreground()


@pytest.mark.parametrize("column", TITLES)
def test_a_click_on_an_answer_opens_its_chart(qtbot: QtBot, page: ResultsPage, column: str) -> None:
    click_cell(qtbot, page, 2, column)
    settle(qtbot, page)
    assert not is_first_page(page)
    assert shown_chart(page) == TITLES[column]
    assert find(page, ChartView, "chart-area").isEnabled()
    click(qtbot, find(page, QPushButton, "to-front"))
    assert is_first_page(page)


def test_enter_on_an_answer_opens_its_chart(qtbot: QtBot, page: ResultsPage) -> None:
    table = find(page, QTableWidget, "front-table")
    click_cell(qtbot, page, 1, "hangs on")
    assert is_first_page(page), "there is no chart of what was not tried"
    table.setFocus()
    for _ in range(PLACES["hangs on"] - PLACES["wait"]):
        qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert not is_first_page(page)
    assert shown_chart(page) == TITLES["wait"]


@pytest.mark.parametrize("width", [420, 560, 700, 1000, 1600])
def test_no_word_of_an_answer_is_cut_however_narrow_the_window(qtbot: QtBot, width: int) -> None:
    answers = {
        "cash": "costs £286.16m a year",
        "payers": "NHS commissioner for Gloucestershire +£2.58m",
        "losers": "nobody is shown to lose",
    }
    cells = {column: Cell(answers.get(column, "not within the 3 years")) for column in COLUMNS}
    rows = tuple(Row(name, name, cells) for name in ("Baseline", "Patient-initiated follow-up"))
    front = FrontPage()
    qtbot.addWidget(front)
    front.resize(width, 500)
    front.show()
    qtbot.waitExposed(front)
    front.show_page(FirstPage("Clinic", "Nothing", "3 years", rows, (), ""), ())
    table = find(front, QTableWidget, "front-table")
    header = table.horizontalHeader()
    for column in range(table.columnCount()):
        assert table.columnWidth(column) >= header.sectionSizeHint(column)
        for row in range(table.rowCount()):
            item = table.item(row, column)
            words = QFontMetrics(item.font() if item.font().bold() else table.font())
            longest = max(words.horizontalAdvance(word) for word in item.text().split())
            assert longest < table.columnWidth(column) - 12, item.text()
    moves = table.horizontalScrollBar().maximum() > 0
    assert moves or width > 420, "what has no room side by side can be reached"
    assert not moves or width < 1000
    assert header.length() <= table.viewport().width() or moves


def test_a_click_in_the_list_opens_the_chart_though_it_is_the_present_one(
    qtbot: QtBot, page: ResultsPage
) -> None:
    title = shown_chart(page)
    choose_chart(qtbot, page, title)
    assert not is_first_page(page)
    assert shown_chart(page) == title


def test_an_arrow_in_the_list_leaves_the_first_page(qtbot: QtBot, page: ResultsPage) -> None:
    charts = find(page, ChartList, "charts")
    charts.setFocus()
    qtbot.keyClick(charts, Qt.Key.Key_Down if charts.currentRow() < charts.count() - 1 else Qt.Key.Key_Up)
    settle(qtbot, page)
    assert not is_first_page(page)


def test_tab_does_not_reach_the_charts_beneath_the_first_page(qtbot: QtBot, page: ResultsPage) -> None:
    covered = (find(page, ChartView, "chart-area"), find(page, FigureTable, "figures"))
    with qtbot.waitActive(page.window()):
        page.window().activateWindow()
    find(page, ChartList, "charts").setFocus()
    reached: list[QWidget] = []
    while (one := QApplication.focusWidget()) is not None and one not in reached:
        reached.append(one)
        qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert find(page, QTableWidget, "front-table") in reached
    assert find(page, QPushButton, "to-front") in reached
    for each in covered:
        assert not [one for one in reached if one is each or each.isAncestorOf(one)]
    choose_chart(qtbot, page, "Mean waiting times")
    assert all(each.isEnabled() for each in covered)


def test_a_chart_that_was_chosen_stays_after_another_run_and_so_does_the_first_page(
    qtbot: QtBot, page: ResultsPage
) -> None:
    controller = page._controller
    for chosen in (True, False):
        if chosen:
            choose_chart(qtbot, page, "Queue over time")
        else:
            click(qtbot, find(page, QPushButton, "to-front"))
        with qtbot.waitSignal(controller.finished, timeout=LONG):
            controller.start(controller.every_variant())
        settle(qtbot, page)
        assert is_first_page(page) != chosen
        assert not chosen or shown_chart(page) == "Queue over time"
    assert list(rows(page)) == ["Baseline", "Dear", "Nearer"]


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_what_is_exported_from_the_first_page_is_the_first_page(
    qtbot: QtBot, page: ResultsPage, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"page{ending}"
    proposed = type_file(qtbot, path)
    hand_over(qtbot, page, "export-chart")
    settle(qtbot, page)
    assert "First page" in proposed[0]
    assert path.stat().st_size > 2000
    if ending == ".svg":
        drawn = path.read_text(encoding="utf-8")
        assert "Saves cash? yes, £600 less over the 183 days" in drawn, "the page in words"


def test_the_table_of_the_first_page_has_its_answers(qtbot: QtBot, page: ResultsPage, tmp_path: Path) -> None:
    path = tmp_path / "page.csv"
    type_file(qtbot, path)
    hand_over(qtbot, page, "export-table")
    settle(qtbot, page)
    table = pd.read_csv(path)
    assert list(table["option"].unique()) == ["Baseline", "Dear", "Nearer"]
    mine = table[(table["option"] == "Dear") & (table["question"] == "Saves cash?")]
    assert mine["answer"].tolist() == ["no, £600 more over the 183 days"]


def test_the_first_page_is_what_is_copied_from_it(qtbot: QtBot, page: ResultsPage) -> None:
    hand_over(qtbot, page, "copy-figures")
    assert QGuiApplication.clipboard().text().splitlines()[2].startswith("Dear\tno, £600 more")
    hand_over(qtbot, page, "copy-picture")
    settle(qtbot, page)
    assert QGuiApplication.clipboard().image().width() > 1000


def test_without_options_there_is_no_first_page(
    qtbot: QtBot, empty_document: Document, request: pytest.FixtureRequest
) -> None:
    empty_document.new(scenario_with())
    controller = RunController(empty_document, workers=1, replication=run_stand_in.quick)
    page = ResultsPage(empty_document, controller)
    qtbot.addWidget(page, before_close_func=lambda each: each.close_desk())
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        click(qtbot, find(page, QPushButton, "run-first"))
    settle(qtbot, page)
    assert not is_first_page(page)
    assert not find(page, QPushButton, "to-front").isVisible()
    assert not find(page, QPushButton, "money-words").isVisible()
    assert find(page, ChartList, "charts").isVisible()
    controller.close()
    controller.deleteLater()
