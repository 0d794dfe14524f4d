"""What the results page says of money: the claim, when an option breaks even, how likely it saves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.charts.render import Room, drawn
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results import drawings
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.money import spread
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.chart import Chart
from pathway_modeller.report.drawing.style import Style
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.values import Duration
from tests.gui import run_stand_in
from tests.gui.results_person import LONG, choose_chart, settle
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.window_person import choose, click, find, when_asked


def scenario_with(*options: str) -> Scenario:
    """A scenario of six months, with these options."""
    scenario = shift_scenario()
    run = scenario.run.model_copy(update={"duration": Duration(value=6, unit="months")})
    laid = {key: Option(name=key.title()) for key in options}
    return scenario.model_copy(update={"run": run, "options": laid})


@pytest.fixture
def controller(empty_document: Document) -> Iterator[RunController]:
    made = RunController(empty_document, workers=1, replication=run_stand_in.paying)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, empty_document: Document, controller: RunController) -> ResultsPage:
    made = ResultsPage(empty_document, controller)
    qtbot.addWidget(made, before_close_func=lambda each: each.close_desk())
    made.resize(1366, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


Compare = Callable[..., str]


@pytest.fixture
def compare(qtbot: QtBot, page: ResultsPage, controller: RunController, empty_document: Document) -> Compare:
    """Presses Run where nothing has been run, and reads what is said of money."""

    def work(*options: str) -> str:
        empty_document.new(scenario_with(*options))
        with qtbot.waitSignal(controller.finished, timeout=LONG):
            click(qtbot, find(page, QPushButton, "run-first"))
        settle(qtbot, page)
        label = find(page, QLabel, "money")
        assert label.isVisible()
        return label.text()

    return work


@pytest.mark.parametrize("size", [(1366, 660), (1920, 960)])
def test_every_chart_is_drawn_once_whatever_else_appears_round_it(
    qtbot: QtBot,
    page: ResultsPage,
    controller: RunController,
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
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        controller.start(controller.every_variant())
    settle(qtbot, page)
    assert not made, "while nobody sees the page, nobody knows how large the chart will be"
    page.show()
    settle(qtbot, page)
    assert find(page, QLabel, "money").isVisible()
    assert find(page, QLabel, "message").text()
    shown = find(page, ChartView, "chart-area")
    full = [chart.subtitle for chart in made if not chart.table.empty]
    assert len(full) == len(set(full)), "but for empty ones, which make room for a button that fills them"
    assert len({chart.subtitle for chart in made}) == len(CHARTS)
    assert shown.image.deviceIndependentSize().height() <= shown.height(), "nothing has to be scrolled"
    choose_chart(qtbot, page, "Queue over time")
    assert find(page, QComboBox, "chart-of").isVisible()
    assert shown.image.deviceIndependentSize().height() <= shown.height()
    again = [chart.subtitle for chart in made if not chart.table.empty]
    assert again == full, "the choice above the chart had its room before"


def test_an_option_that_never_pays_says_so_of_every_replication(compare: Compare) -> None:
    said = compare("dear")
    assert "No break-even within the horizon in any of 4 replications." in said
    assert said.startswith("No saving: the system pays £1,200 a year more")
    assert "Saves cash in 0 of 4 replications (95% interval 0% to 49%)" in said


def test_an_option_that_pays_back_says_from_which_month(compare: Compare) -> None:
    # £100 more in April and May, £200 less from June: level at the end of June.
    said = compare("nearer")
    assert "Breaks even: June 2025 in 4 of 4 replications." in said


def test_an_option_shown_alone_speaks_for_itself_and_all_is_said_on_demand(
    qtbot: QtBot, page: ResultsPage, compare: Compare
) -> None:
    said = compare("dear", "nearer", "third")
    assert said == (
        "“Dear” – no break-even within the horizon in any of 4 replications; “Nearer” and “Third” – "
        "breaks even: June 2025 in 4 of 4 replications."
    )
    choose(qtbot, find(page, QComboBox, "shown-options"), "Only “Nearer”")
    settle(qtbot, page)
    alone = find(page, QLabel, "money").text()
    assert "June 2025 in 4 of 4" in alone
    assert "Dear" not in alone
    read: list[str] = []

    def look(dialog: QDialog) -> None:
        browser = dialog.findChild(QTextBrowser)
        assert browser is not None
        read.append(browser.toPlainText())
        dialog.reject()

    when_asked(look)
    click(qtbot, find(page, QPushButton, "money-words"))
    assert "Peak funding gap: £200 in 2024/25 prices" in read[0]
    assert "(the same in every replication), in May 2025; there is one in 4 of 4" in read[0]
    assert (
        "Over the horizon the system cost is more than by doing nothing by £600 real "
        "(the same in every replication), £"
    ) in read[0]
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
