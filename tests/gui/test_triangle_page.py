"""The triangle of need in the window, turned year by year."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.population import Move
from tests.gui.shift_scenarios import shift_scenario
from tests.gui.window_person import click, click_tab, find, opened_window

CTRL = Qt.KeyboardModifier.ControlModifier
LONG = 60_000


def moving_scenario() -> Scenario:
    """One in a hundred of low need becomes high need each year."""
    scenario = shift_scenario()
    move = Move.model_validate({"name": "Getting worse", "from": "low", "to": "high", "per_person": 0.01})
    baseline = scenario.baseline.model_copy(update={"moves": {"worse": move}})
    return scenario.model_copy(update={"baseline": baseline})


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = opened_window(qtbot, tmp_path)
    made.document.new(moving_scenario())
    return made


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.triangle.is_busy, timeout=LONG)


def text(window: MainWindow, name: str) -> str:
    return find(window.triangle, QLabel, name).text()


def people(window: MainWindow, tier: str) -> list[str]:
    """Returns how many people the picture shows of a tier, a variant each."""
    sheet = window.triangle.picture.sheet
    assert sheet is not None
    row = next(row for row in sheet.rows if row.label == tier)
    return [bars.amounts[0].text for bars in row.bars if bars.amounts[0] is not None]


def test_arrow_keys_turn_the_years_and_people_move(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_5, CTRL)
    settle(qtbot, window)
    slider = find(window.triangle, QSlider, "year-slider")
    slider.setFocus()
    assert text(window, "year-shown") == "Start: 1 April 2025"
    assert people(window, "Low need") == ["50,000"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert text(window, "year-shown") == "After 1 year: 1 April 2026"
    # 50,000 x exp(-0.01 x 365 / 365.25)
    assert people(window, "Low need") == ["49,503"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert text(window, "year-shown") == "After 20 years: 1 April 2045"
    assert "without patients" in text(window, "triangle-subtitle")


def test_both_kinds_of_money_are_always_there_and_the_option_lies_beside(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_5, CTRL)
    settle(qtbot, window)
    assert "Choose an option above" in text(window, "triangle-note")
    click_tab(qtbot, window, "Nearer home")
    settle(qtbot, window)
    sheet = window.triangle.picture.sheet
    assert sheet is not None
    assert sheet.columns == ("People", "Spending in total", "Spending per head and year")
    assert [name for _, name in sheet.heading.key] == ["Baseline", "Nearer home"]
    assert people(window, "High need") == ["1,900", "1,900"]
    assert "High need" in window.triangle.picture.accessibleDescription()


def test_the_slider_turns_without_lag(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_5, CTRL)
    settle(qtbot, window)
    slider = find(window.triangle, QSlider, "year-slider")
    spent = []
    for year in range(1, 11):
        began = time.process_time()
        qtbot.keyClick(slider, Qt.Key.Key_Right)
        window.triangle.picture.repaint()
        spent.append(time.process_time() - began)
        assert slider.value() == year
    assert sorted(spent)[len(spent) // 2] < 0.1


def test_without_people_the_page_leads_to_the_tables(qtbot: QtBot, window: MainWindow) -> None:
    window.document.new()
    qtbot.keyClick(window, Qt.Key.Key_5, CTRL)
    assert "Enter need tiers and footprints" in text(window, "triangle-empty")
    click(qtbot, find(window.triangle, QPushButton, "enter-people"))
    assert window.tables.isVisible()


def test_an_option_that_changes_nobody_says_that_both_triangles_are_the_same(
    qtbot: QtBot, window: MainWindow
) -> None:
    click_tab(qtbot, window, "Nearer home")
    qtbot.keyClick(window, Qt.Key.Key_5, CTRL)
    settle(qtbot, window)
    assert "“Nearer home” changes neither people nor spending" in text(window, "triangle-note")
    footprints = dict(window.document.pathway.footprints)
    fewer = footprints["north"].model_copy(update={"people": {"low": 20_000, "high": 1_000}})
    window.document.edit(
        "x", lambda each: each.model_copy(update={"footprints": {**footprints, "north": fewer}})
    )
    settle(qtbot, window)
    assert "changes neither" not in text(window, "triangle-note")
