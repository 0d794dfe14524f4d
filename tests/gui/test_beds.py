"""The chance of delay by number of beds, asked for beside the charts of occupancy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.beds import BedsDialog
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.scenario.document import Scenario
from tests.gui.results_person import LONG, choose_chart, settle, type_file
from tests.gui.window_person import choose, click, find, when_asked
from tests.ward import erlang_b, ward

pytestmark = pytest.mark.xdist_group("results page")
OCCUPANCY = "Occupancy, by share of time"


def shown(qtbot: QtBot, document: Document, scenario: Scenario) -> Iterator[ResultsPage]:
    document.new(scenario)
    controller = RunController(document, workers=1)
    page = ResultsPage(document, controller)
    qtbot.addWidget(page, before_close_func=lambda each: each.close_desk())
    page.resize(1366, 660)
    page.show()
    controller._keep(run_experiment(scenario, ("baseline", "more"), workers=1), scenario)
    settle(qtbot, page)
    yield page
    controller.close()
    controller.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, empty_document: Document) -> Iterator[ResultsPage]:
    yield from shown(qtbot, empty_document, ward(14, replications=5, days=120))


def test_it_is_offered_beside_occupancy_and_shows_chart_and_figures(
    qtbot: QtBot, page: ResultsPage, tmp_path: Path
) -> None:
    button = find(page, QPushButton, "chance-of-delay")
    choose_chart(qtbot, page, "Mean waiting times")
    assert not button.isVisible()
    choose_chart(qtbot, page, OCCUPANCY)
    assert button.isVisible()
    said: list[str] = []
    rows: list[dict[str, str]] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BedsDialog)
        assert "Stroke beds alone has no limit" in find(dialog, QLabel, "beds-words").text()
        qtbot.waitUntil(lambda: not dialog.is_waiting, timeout=LONG)
        said.append(find(dialog, ChartView, "chart-area").accessibleDescription())
        assert dialog.findChild(QTableView).model().rowCount() > 20
        type_file(qtbot, tmp_path / "beds.csv")
        click(qtbot, find(dialog, QPushButton, "export-beds-table"))
        qtbot.waitUntil((tmp_path / "beds.csv").exists, timeout=LONG)
        settle(qtbot, page)
        with (tmp_path / "beds.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows.extend(csv.DictReader(lines))
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(act)
    click(qtbot, button)
    assert said[0].startswith("Stroke beds, alone without a limit: ")
    assert "Two more: " in said[0]
    (fourteen,) = (row for row in rows if row["units"] == "14" and row["variant"] == "Baseline")
    assert float(fourteen["low"]) < erlang_b(12, 14) < float(fourteen["high"])


def test_it_can_be_cancelled_and_ends(qtbot: QtBot, empty_document: Document) -> None:
    scenario = ward(14, replications=3, days=60)
    for page in shown(qtbot, empty_document, scenario):
        # What is played again is the scenario of the results, which would take very long now.
        many = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replications": 100_000})})
        page.reader._findings = type(page.reader._findings)(page.reader._findings.results, many)
        choose_chart(qtbot, page, OCCUPANCY)

        def act(dialog: QDialog) -> None:
            qtbot.waitUntil(lambda: dialog._bar.value() > 0, timeout=LONG)
            click(qtbot, dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel))

        when_asked(act)
        click(qtbot, find(page, QPushButton, "chance-of-delay"))
        (job,) = page.reader._jobs._begun
        qtbot.waitUntil(job.isFinished, timeout=LONG)
        assert job.is_cancelled


def test_a_pool_that_closes_is_refused_in_a_sentence(qtbot: QtBot, empty_document: Document) -> None:
    scenario = ward(14, replications=3, days=60)
    shut = scenario.baseline.pools["beds"].model_copy(update={"closed_on_bank_holidays": True})
    baseline = scenario.baseline.model_copy(update={"pools": {"beds": shut}})
    told: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        told.append(dialog.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    for page in shown(qtbot, empty_document, scenario.model_copy(update={"baseline": baseline})):
        choose_chart(qtbot, page, OCCUPANCY)
        choose(qtbot, find(page, QComboBox, "chart-of"), "Stroke beds")
        settle(qtbot, page)
        when_asked(act)
        click(qtbot, find(page, QPushButton, "chance-of-delay"))
    assert told[0].startswith("Stroke beds closes at times")
