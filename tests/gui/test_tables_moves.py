"""The matrix of moves: rates, people a year, the diagonal, and what the inspector must show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.model import FAULT_ROLE
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.population import Move, Prevention, Trend
from pathway_modeller.scenario.values import ByGroup
from tests.gui.tables_person import Clerk
from tests.gui.window_person import click, find
from tests.gui.window_scenarios import small_scenario

LOW, HIGH, BIRTHS, MIGRATION_IN = 1, 2, 3, 4
OUT, DEATHS = 3, 4


def with_moves(**moves: Move) -> Scenario:
    scenario = small_scenario()
    return scenario.model_copy(update={"baseline": scenario.baseline.model_copy(update={"moves": moves})})


def at_moves(qtbot: QtBot, folder: Path, scenario: Scenario) -> Clerk:
    clerk = Clerk(qtbot, folder, scenario)
    clerk.turn_to("Moves", clerk.window.tables.moves)
    return clerk


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Clerk:
    return at_moves(qtbot, tmp_path, small_scenario())


def moves(clerk: Clerk) -> dict[tuple[str, str | None, str | None], tuple[object, float | None]]:
    return {
        (move.kind, move.origin, move.target): (move.per_person, move.people)
        for move in clerk.document.pathway.moves.values()
    }


def test_a_matrix_with_its_names_is_pasted_whole(clerk: Clerk) -> None:
    before = clerk.document.scenario
    clerk.click(0, 0)
    clerk.paste(
        "\tLow need\tHigh need\tMigration out\tDeaths\n"
        "Low need\t\t2%\t\t0.004\n"
        "High need\t0.1\t\t\t12 people\n"
        "Births\t30\t\t\t\n"
        "Migration in\t0.01 per person\t4\t\t"
    )
    assert clerk.said == ""
    assert moves(clerk) == {
        ("move", "low", "high"): (0.02, None),
        ("death", "low", None): (0.004, None),
        ("move", "high", "low"): (0.1, None),
        ("death", "high", None): (None, 12),
        ("birth", None, "low"): (None, 30),
        ("migration in", None, "low"): (0.01, None),
        ("migration in", None, "high"): (None, 4),
    }
    assert clerk.row_texts(HIGH) == ["High need", "0.1", "", "–", "12 people"]
    assert clerk.row_texts(BIRTHS)[:3] == ["Births", "30 people", "–"]
    assert clerk.row_texts(MIGRATION_IN)[:3] == ["Migration in", "0.01 per person", "4 people"]
    names = {move.name for move in clerk.document.pathway.moves.values()}
    assert {"Low need to High need", "Deaths: Low need", "Births: Low need"} <= names
    clerk.undo()
    assert clerk.document.scenario is before


def test_nobody_moves_to_their_own_tier(clerk: Clerk) -> None:
    clerk.click(LOW, 1)
    clerk.type("5")
    assert clerk.document.pathway.moves == {}
    clerk.click(LOW, 1)
    clerk.paste("0.2\t0.3\n0.1\t0.1")
    assert "nobody moves to the tier they are in" in clerk.said
    assert clerk.document.pathway.moves == {}


def test_a_diagonal_that_only_balances_is_left_out_and_that_is_said(clerk: Clerk) -> None:
    clerk.click(LOW, 1)
    clerk.paste("-0.3\t0.3\n0.1\t-0.1")
    assert moves(clerk) == {("move", "low", "high"): (0.3, None), ("move", "high", "low"): (0.1, None)}
    assert clerk.said == "The figures on the diagonal were left out: they only balance their rows."


def test_a_name_that_is_no_tier_is_refused(clerk: Clerk) -> None:
    clerk.click(0, 0)
    clerk.paste("\tLow need\tHigh need\nLow need\t\t0.1\nMiddle\t0.1\t")
    assert "there is no “Middle” here; tiers are named on the page People" in clerk.said
    assert clerk.document.pathway.moves == {}


def test_a_rate_keeps_its_unit_and_is_taken_away_by_delete(qtbot: QtBot, tmp_path: Path) -> None:
    clerk = at_moves(
        qtbot, tmp_path, with_moves(worse=Move(name="Worse", origin="low", target="high", people=120))
    )
    clerk.click(LOW, HIGH)
    clerk.type("130")
    assert clerk.document.pathway.moves["worse"].people == 130
    clerk.click(LOW, HIGH)
    clerk.type("0.05 per person")
    assert clerk.document.pathway.moves["worse"].people is None
    assert clerk.document.pathway.moves["worse"].per_person == 0.05
    clerk.click(LOW, HIGH)
    clerk.key(Qt.Key.Key_Delete)
    assert clerk.document.pathway.moves == {}
    assert clerk.text(LOW, HIGH) == "–"


def test_a_rate_by_footprint_is_marked_and_opens_in_the_inspector(qtbot: QtBot, tmp_path: Path) -> None:
    rate = ByGroup[float](by="footprint", values={"north": 0.03}, otherwise=0.01)
    scenario = with_moves(worse=Move(name="Worse", origin="low", target="high", per_person=rate))
    clerk = at_moves(qtbot, tmp_path, scenario)
    assert clerk.text(LOW, HIGH) == "0.01 to 0.03 ▸"
    clerk.click(LOW, HIGH)
    clerk.paste("0.5\t0.1")
    assert "this is several rates in one; open it in the inspector" in clerk.said.lower()
    assert clerk.document.scenario is scenario
    clerk.key(Qt.Key.Key_Return)
    assert clerk.window.inspector.subject == Subject("pathway", ("moves", "worse"))


def test_a_trend_is_marked_kept_and_opens_in_the_inspector(qtbot: QtBot, tmp_path: Path) -> None:
    trend = Trend(yearly_change=0.02)
    move = Move(name="Worse", origin="low", target="high", per_person=0.01, trend=trend)
    clerk = at_moves(qtbot, tmp_path, with_moves(worse=move))
    assert clerk.text(LOW, HIGH) == "0.01 ▸"
    clerk.click(LOW, HIGH)
    clerk.type("0.02")
    assert clerk.document.pathway.moves["worse"].per_person == 0.02
    assert clerk.document.pathway.moves["worse"].trend == trend
    clerk.click(LOW, HIGH)
    clerk.key(Qt.Key.Key_F2)
    assert clerk.window.inspector.subject == Subject("pathway", ("moves", "worse"))


def test_a_move_that_is_slowed_is_not_taken_away(qtbot: QtBot, tmp_path: Path) -> None:
    scenario = with_moves(worse=Move(name="Worse", origin="low", target="high", per_person=0.01))
    slowing = Prevention(name="Walking", slows={"worse": 0.1}, coverage=0.5)
    baseline = scenario.baseline.model_copy(update={"preventions": {"walking": slowing}})
    clerk = at_moves(qtbot, tmp_path, scenario.model_copy(update={"baseline": baseline}))
    clerk.click(LOW, HIGH)
    clerk.key(Qt.Key.Key_Delete)
    assert "“Walking” slows this move" in clerk.said
    assert "worse" in clerk.document.pathway.moves


def test_a_mistaken_rate_stays_at_its_cell(clerk: Clerk) -> None:
    clerk.click(LOW, DEATHS)
    clerk.type("-0.1")
    assert clerk.page.model.index(LOW, DEATHS).data(FAULT_ROLE)
    assert "less than nothing" in clerk.said
    assert clerk.document.pathway.moves == {}


def test_without_tiers_the_page_leads_to_people(qtbot: QtBot, tmp_path: Path) -> None:
    clerk = Clerk(qtbot, tmp_path)
    clerk.turn_to("Moves", clerk.window.tables.moves)
    assert find(clerk.page, QLabel, "empty-words").text().startswith("No need tiers yet")
    assert not clerk.page.view.isVisible()
    click(qtbot, find(clerk.page, QPushButton, "step-people"))
    assert clerk.window.tables.people.view.isVisible()
