"""What the results page says of money: the claim, when an option breaks even, how likely it saves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton, QTableWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.charts.render import Room, drawn
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results import drawings
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.report.chart import Chart
from pathway_modeller.report.drawing.style import Style
from pathway_modeller.report.words.money import spread
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.values import Duration
from tests.gui import run_stand_in
from tests.gui.results_person import LONG, choose_chart, settle
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.window_person import click, find, when_asked

pytestmark = pytest.mark.xdist_group("money on the results page")


def scenario_with(*options: str) -> Scenario:
    """A scenario of six months, with these options."""
    scenario = shift_scenario()
    run = scenario.run.model_copy(update={"duration": Duration(value=6, unit="months")})
    laid = {key: Option(name=key.title()) for key in options}
    return scenario.model_copy(update={"run": run, "options": laid})


@contextmanager
def page_of(document: Document) -> Iterator[ResultsPage]:
    """Shows a page on which runs cost what the stand-in says."""
    controller = RunController(document, workers=1, replication=run_stand_in.paying)
    made = ResultsPage(document, controller)
    made.resize(1366, 660)
    made.show()
    yield made
    made.close_desk()
    controller.close()
    made.close()
    for each in (made, controller):
        each.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, empty_document: Document) -> Iterator[ResultsPage]:
    with page_of(empty_document) as made:
        qtbot.waitExposed(made)
        yield made


@pytest.fixture(scope="module")
def after_a_run(qapp: QGuiApplication, request: pytest.FixtureRequest) -> Iterator[ResultsPage]:
    """The page after Run was pressed; tests only choose and read, as drawing every chart takes seconds."""
    document, person = Document(), QtBot(request)
    document.new(scenario_with("dear", "nearer", "third"))
    with page_of(document) as made:
        with person.waitSignal(made._controller.finished, timeout=LONG):
            click(person, find(made, QPushButton, "run-first"))
        settle(person, made)
        yield made
    document.deleteLater()


@pytest.mark.parametrize("size", [(1366, 660), pytest.param((1920, 960), marks=pytest.mark.long)])
@pytest.mark.draws_ahead
def test_every_chart_is_drawn_once_whatever_else_appears_round_it(
    qtbot: QtBot,
    page: ResultsPage,
    empty_document: Document,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    made: list[Chart] = []

    def noting(build: Callable[[Style], Chart], room: Room) -> tuple[Chart, QImage]:
        chart, image = drawn(build, room)
        made.append(chart)
        return chart, image

    monkeypatch.setattr(drawings, "drawn", noting)
    page.resize(*size)
    empty_document.new(scenario_with("dear", "nearer"))
    page.hide()
    controller = page._controller
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        controller.start(controller.every_variant())
    settle(qtbot, page)
    assert not made, "while nobody sees the page, nobody knows how large the chart will be"
    page.show()
    settle(qtbot, page)
    assert find(page, QTableWidget, "front-table").isVisible()
    assert find(page, QLabel, "message").text()
    shown = find(page, ChartView, "chart-area")
    full = [chart.subtitle for chart in made if not chart.table.empty]
    assert len(full) == len(set(full)), "but for empty ones, which make room for a button that fills them"
    assert len({chart.subtitle for chart in made}) == find(page, ChartList, "charts").count()
    assert shown.image.deviceIndependentSize().height() <= shown.height(), "nothing has to be scrolled"
    choose_chart(qtbot, page, "Queue over time")
    assert find(page, QComboBox, "chart-of").isVisible()
    assert shown.image.deviceIndependentSize().height() <= shown.height()
    again = [chart.subtitle for chart in made if not chart.table.empty]
    assert again == full, "the choice above the chart had its room before"


def test_all_that_is_said_of_money_is_there_on_demand(qtbot: QtBot, after_a_run: ResultsPage) -> None:
    read: list[str] = []

    def look(dialog: QDialog) -> None:
        browser = dialog.findChild(QTextBrowser)
        assert browser is not None
        read.append(browser.toPlainText())
        dialog.reject()

    when_asked(look)
    button = find(after_a_run, QPushButton, "money-words")
    assert button.isEnabled()
    click(qtbot, button)
    for words in (
        "No saving: the system pays £600 more over the 183 days",
        "not within the horizon (median; horizon 6 months), within the horizon in 0 of 4 replications",
        "By year-to-year luck cash leaves in 0 of 4 replications (95% interval 0% to 49%)",
        # £100 more in April and May, £200 less from June: level at the end of June.
        "from June 2025 (median; horizon 6 months), within the horizon in 4 of 4 replications",
        "Deepest funding gap: £200 in 2024/25 prices",
        "(the same in every replication), in May 2025; there is one in 4 of 4",
        "Over the horizon the system cost is more than by doing nothing by £600 real (the same in every",
    ):
        assert words in read[0]
    # The scenario has no waiting-time standard, so that nothing is said of one.
    assert "No waiting-time standard" not in read[0]


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((-50.4, 1250.0), " (95% interval −£50 to £1,250)"),
        ((7.0, 7.0), " (the same in every replication)"),
        ((math.nan, math.nan), ""),
    ],
)
def test_pounds_are_never_said_without_how_sure_they_are(ends: tuple[float, float], words: str) -> None:
    assert spread(*ends) == words
