"""Payer by provider and pounds for each unit of outcome, found in the window as a person would."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.report.findings import Findings
from tests.claims.told import activity, clinic, found, pool, pounds
from tests.gui.results_person import choose_chart, settle
from tests.gui.window_person import find

pytestmark = pytest.mark.xdist_group("results page")


@pytest.fixture(scope="module")
def findings() -> Findings:
    """One room more, at a trust that is paid by the contact."""
    options = {"more": {"name": "One room more", "patch": {"pools": {"rooms": {"units": 5}}}}}
    scenario = clinic(
        options,
        activities={"clinic": activity("rooms", 0.12, provider="trust")},
        pools={"rooms": pool(4, 1000, provider="trust")},
        providers={"trust": {"name": "Trust"}},
        payers={"nhs": {"name": "NHS", "budget": {"2025/26": pounds(365_000)}}},
        run={"replications": 3},
    )
    waits = {"name": "Waiting", "measure": "wait.mean", "element": "clinic", "better": "lower"}
    given = {**scenario.model_dump(by_alias=True), "outcomes": {"w": waits}}
    return found(scenario.model_validate(given))


@pytest.fixture
def page(qtbot: QtBot, qapp: QGuiApplication, findings: Findings) -> Iterator[ResultsPage]:
    document = Document()
    document.new(findings.scenario)
    controller = RunController(document, workers=1)
    made = ResultsPage(document, controller)
    made.resize(1366, 660)
    made.show()
    qtbot.waitExposed(made)
    controller._keep(findings.results, findings.scenario)
    settle(qtbot, made)
    yield made
    made.close_desk()
    controller.close()
    made.close()
    for each in (made, controller, document):
        each.deleteLater()


def test_a_click_shows_what_each_provider_is_left_with(qtbot: QtBot, page: ResultsPage) -> None:
    """120 days of a room for £1,000 a day are the trust's loss."""
    choose_chart(qtbot, page, "Who is billed, and margins")
    text = find(page, FigureTable, "figures").text_to_copy()
    margin = next(line for line in text.split("\n") if line.startswith("Margin: bill less cost"))
    assert "NHS to Trust" in margin
    cost = next(line for line in text.split("\n") if line.startswith("Costs"))
    assert "120000.0" in cost


def test_a_click_shows_each_bill_beside_its_budget(qtbot: QtBot, page: ResultsPage) -> None:
    """£1,000 a day is budgeted for the 120 days that are counted; some 20 patients a day are £2,000."""
    choose_chart(qtbot, page, "Bill beside budget")
    text = find(page, FigureTable, "figures").text_to_copy()
    lines = [line.split("\t") for line in text.split("\n")]
    budget = next(line for line in lines if line[0] == "Budget")
    assert "2025/26 (120 of 365 days)" in budget
    assert "120000.0" in budget
    runs = [line for line in lines if line[0] == "Runs with the bill above the budget"]
    assert {line[3] for line in runs} == {"Baseline", "One room more"}
    assert all("3.0" in line for line in runs)


def test_a_click_shows_what_a_unit_of_outcome_costs_against_the_next_best(
    qtbot: QtBot, page: ResultsPage
) -> None:
    choose_chart(qtbot, page, "Outcomes: what each unit gained costs")
    text = find(page, FigureTable, "figures").text_to_copy()
    unit = next(line for line in text.split("\n") if line.startswith("For each unit gained"))
    assert "One room more" in unit
    assert "Do nothing" in unit
