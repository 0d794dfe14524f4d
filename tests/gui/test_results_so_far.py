"""Results while a run goes on and after it was stopped: figures with intervals, and no verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.runs.replicate import Replicate
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results import tempo
from pathway_modeller.gui.results.chart_list import ChartList
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.gui.results.so_far import Turns
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.scenario.document import Option
from pathway_modeller.scenario.edits.every_edit import rename_element, set_scenario_value
from tests.gui import run_stand_in
from tests.gui.results_person import LONG, choose_chart, messages, settle
from tests.gui.window_person import click, find
from tests.gui.window_scenarios import small_scenario

VERDICT = re.compile(
    r"sav(es?|ed|ing)|worse|better|lower|higher|longer|shorter|no option|no difference", re.I
)

Make = Callable[[Replicate], tuple[ResultsPage, RunController]]


@pytest.fixture
def document(empty_document: Document) -> Document:
    scenario = set_scenario_value(small_scenario(), "run", {"replications": 4})
    week = scenario.run.duration.model_copy(update={"value": 7.0})
    option = Option(name="Four nurses", patch={"pools": {"nurse": {"units": 4}}})
    run = scenario.run.model_copy(update={"duration": week})
    empty_document.new(scenario.model_copy(update={"options": {"many": option}, "run": run}))
    return empty_document


@pytest.fixture
def make(qtbot: QtBot, document: Document) -> Iterator[Make]:
    made: list[RunController] = []

    def page(replication: Replicate) -> tuple[ResultsPage, RunController]:
        controller = RunController(document, workers=2, replication=replication)
        made.append(controller)
        shown = ResultsPage(document, controller)
        qtbot.addWidget(shown, before_close_func=lambda each: each.close_desk())
        shown.resize(1366, 660)
        shown.show()
        qtbot.waitExposed(shown)
        return shown, controller

    yield page
    for each in made:
        each.close()
        each.deleteLater()


def said(page: ResultsPage) -> str:
    """Returns all that the page says, but for what the list says of charts that cannot be chosen."""
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*labels, *messages(page), find(page, ChartView, "chart-area").accessibleDescription()])


def run_until_answered(qtbot: QtBot, page: ResultsPage, controller: RunController) -> None:
    with qtbot.waitSignal(controller.answered, timeout=LONG):
        click(qtbot, find(page, QPushButton, "run-first"))
    settle(qtbot, page)


def test_a_first_answer_shows_figures_and_no_verdict_and_so_does_a_run_that_was_stopped(
    qtbot: QtBot, make: Make
) -> None:
    page, controller = make(run_stand_in.halting)
    run_until_answered(qtbot, page, controller)
    assert controller.is_running
    assert find(page, QLabel, "message").text() == "3 of 4, provisional"
    chart, figures = find(page, ChartView, "chart-area"), find(page, FigureTable, "figures")
    assert chart.accessibleDescription().startswith("3 of 4, provisional. Option minus baseline")
    assert figures.model().rowCount() > 0
    assert not VERDICT.search(said(page))
    for words in ("front-page", "to-front"):
        assert not find(page, QWidget, words).isVisible(), "the first page judges"
    charts = find(page, ChartList, "charts")
    plain = {kind.title: kind.is_plain for kind in CHARTS}
    for place in range(charts.count()):
        item = charts.item(place)
        assert bool(item.flags() & Qt.ItemFlag.ItemIsEnabled) == plain[item.text()]
    choose_chart(qtbot, page, "Mean waiting times")
    assert chart.accessibleDescription().startswith("3 of 4, provisional. Mean waiting time")
    with qtbot.waitSignal(controller.cancelled, timeout=LONG):
        controller.cancel()
    settle(qtbot, page)
    assert find(page, QLabel, "message").text() == "Stopped at 3 of 4"
    assert charts.currentItem().text() == "Mean waiting times"
    assert chart.accessibleDescription().startswith("Stopped at 3 of 4. Mean waiting time")
    assert not VERDICT.search(said(page))


def test_the_last_replication_brings_the_verdict_and_moves_nothing(qtbot: QtBot, make: Make) -> None:
    page, controller = make(run_stand_in.unhurried)
    finished: list[object] = []
    controller.finished.connect(finished.append)
    run_until_answered(qtbot, page, controller)
    choose_chart(qtbot, page, "Mean waiting times")
    charts, chart = find(page, ChartList, "charts"), find(page, ChartView, "chart-area")
    place = chart.geometry()
    qtbot.waitUntil(lambda: bool(finished), timeout=LONG)
    assert not chart.image.isNull()
    assert not chart.is_dimmed, "what was shown stays until the last word is drawn"
    settle(qtbot, page)
    assert charts.currentItem().text() == "Mean waiting times"
    assert not find(page, QWidget, "front-page").isVisible(), "a chart that was chosen stays"
    assert find(page, QPushButton, "to-front").isVisible()
    assert find(page, QLabel, "caveat").isVisible()
    assert "4 replications" in find(page, QLabel, "provenance").text(), "the foot is of the chart shown"
    assert chart.height() + find(page, QLabel, "caveat").height() >= place.height() - 4, (
        "only the caveat is new"
    )
    assert "provisional" not in said(page)
    assert VERDICT.search(said(page))
    assert all(charts.item(place).flags() & Qt.ItemFlag.ItemIsEnabled for place in range(charts.count()))


def test_after_a_cancelled_run_whole_results_of_the_same_scenario_come_back(
    qtbot: QtBot, document: Document, make: Make
) -> None:
    page, controller = make(run_stand_in.unhurried)
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        controller.start(controller.every_variant())
    whole = controller.results
    controller._replication = run_stand_in.halting
    for change, stays in ((None, True), ("Other clinic", False)):
        if change is not None:
            document.edit("rename", lambda way, name=change: rename_element(way, "clinic", name))
        with qtbot.waitSignal(controller.answered, timeout=LONG):
            controller.start(controller.every_variant())
        with qtbot.waitSignal(controller.cancelled, timeout=LONG):
            controller.cancel()
        assert (controller.results is whole) == stays
        assert controller.so_far is None
    assert controller.results is not None
    assert not controller.results.complete
    assert not controller.is_stale
    settle(qtbot, page)


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_run_goes_on_once_its_first_answer_is_drawn_or_nobody_looks(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make: Make, is_seen: bool
) -> None:
    monkeypatch.setattr(tempo, "LONGEST_PAUSE", 10 * LONG / 1000)
    page, controller = make(run_stand_in.unhurried)
    page.setVisible(is_seen)
    answers: list[object] = []
    controller.answered.connect(lambda: answers.append(controller.so_far))
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        controller.start(controller.every_variant())
    assert answers
    settle(qtbot, page)


@pytest.mark.draws_ahead
def test_charts_that_nobody_waits_for_are_drawn_before_a_run_or_after_it(qtbot: QtBot, make: Make) -> None:
    page, controller = make(run_stand_in.quick)
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        controller.start(controller.every_variant())
    controller._replication = run_stand_in.endless
    controller.start(controller.every_variant())
    settle(qtbot, page)
    assert not all(messages(page))
    with qtbot.waitSignal(controller.cancelled, timeout=LONG):
        controller.cancel()
    settle(qtbot, page)
    assert all(messages(page))


def test_answers_come_from_three_replications_and_a_second_on_and_ever_more_rarely() -> None:
    now = 0.0
    turns = Turns(30, lambda: now)
    told = []
    for counted in range(31):
        now += 0.25
        if turns.is_due(counted):
            told.append((counted, now))
    assert told == [(3, 1.0), (11, 3.0), (22, 5.75)]
