"""What the answers hang on, in the window: worked out after a run, stopped, opened as a chart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.hanging import BEING_WORKED_OUT
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.report.words.questions import COLUMNS
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.reach import Replaces
from tests.gui.results_person import LONG, settle
from tests.gui.window_person import click, find
from tests.gui.window_scenarios import small_scenario

pytestmark = pytest.mark.xdist_group("results page")

TITLE = "What the answer hangs on"
COLUMN = 1 + list(COLUMNS).index("hangs on")


def with_range() -> Scenario:
    """Returns the small scenario with an option, and a range of how many patients come."""
    scenario = small_scenario()
    more = Option(name="Four nurses", patch={"pools": {"nurse": {"units": 4}}})
    nurses = Assumption(
        name="Nurses",
        places=("/options/many/patch/pools/nurse/units",),
        source="A guess",
        quality="illustrative",
        low=1,
        high=5,
        unit="nurses",
        reach=Replaces(kind="replaces"),
    )
    run = scenario.run.model_copy(update={"replications": 4})
    return scenario.model_copy(
        update={"run": run, "options": {"many": more}, "assumptions": {"nurses": nurses}}
    )


def fewer(scenario: Scenario) -> Scenario:
    """Returns a scenario that is run three times only."""
    run = scenario.run.model_copy(update={"replications": 3})
    return scenario.model_copy(update={"run": run})


@pytest.fixture
def page(qtbot: QtBot, empty_document: Document) -> Iterator[ResultsPage]:
    empty_document.new(with_range())
    controller = RunController(empty_document, workers=1)
    made = ResultsPage(empty_document, controller)
    qtbot.addWidget(made, before_close_func=lambda each: each.close_desk())
    made.resize(1366, 660)
    made.show()
    qtbot.waitExposed(made)
    yield made
    controller.close()


def run(qtbot: QtBot, page: ResultsPage) -> QTableWidget:
    """Runs everything as a person does, and returns the first page's table once it has answers."""
    click(qtbot, find(page, QPushButton, "run-first"))
    table = find(page, QTableWidget, "front-table")
    qtbot.waitUntil(table.isVisible, timeout=LONG)
    return table


def words(table: QTableWidget) -> str:
    """Returns what the option's answers hang on."""
    item = table.item(1, COLUMN)
    return "" if item is None else item.text()


def titles(page: QWidget) -> list[str]:
    """Returns the charts that are offered."""
    charts = find(page, ChartList, "charts")
    return [charts.item(place).text() for place in range(charts.count())]


def test_after_a_run_the_first_page_says_what_it_hangs_on_and_opens_the_chart(
    qtbot: QtBot, page: ResultsPage
) -> None:
    table = run(qtbot, page)
    assert words(table) == BEING_WORKED_OUT
    assert TITLE not in titles(page)
    qtbot.waitUntil(lambda: words(table) != BEING_WORKED_OUT, timeout=LONG)
    assert words(table).startswith("nurses")
    assert not find(page, QWidget, "hanging-strip").isVisible()
    assert titles(page)[-1] == TITLE
    settle(qtbot, page)
    cell = table.visualItemRect(table.item(1, COLUMN)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    settle(qtbot, page)
    charts = find(page, ChartList, "charts")
    assert charts.item(charts.currentRow()).text() == TITLE
    assert not page.reader.chart.image.isNull()
    qtbot.waitUntil(lambda: charts.message(charts.currentRow()) != "", timeout=LONG)


def test_it_can_be_stopped_and_nothing_is_told_then(qtbot: QtBot, page: ResultsPage) -> None:
    table = run(qtbot, page)
    click(qtbot, find(page, QPushButton, "stop-hanging"))
    assert not find(page, QWidget, "hanging-strip").isVisible()
    qtbot.waitUntil(lambda: words(table) == "not tried", timeout=LONG)
    settle(qtbot, page)
    assert TITLE not in titles(page)


def test_another_run_goes_before_it(qtbot: QtBot, page: ResultsPage, empty_document: Document) -> None:
    table = run(qtbot, page)
    assert words(table) == BEING_WORKED_OUT
    empty_document.edit_scenario("run fewer", fewer)
    click(qtbot, find(page, QPushButton, "run-again"))
    assert not find(page, QWidget, "hanging-strip").isVisible()
    qtbot.waitUntil(lambda: words(table) == BEING_WORKED_OUT and table.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: words(table) != BEING_WORKED_OUT, timeout=LONG)
