"""A commissioner's whole tasks, by mouse and keys: draw and run; lay an option against it; take all back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.inspector.editors.inputs import Prose
from pathway_modeller.scenario.edits.every_edit import rename_element
from pathway_modeller.scenario.file.open_save import dump
from tests.gui.results_person import LONG, choose_chart, hand_over, messages, settle, type_file
from tests.gui.task_person import Commissioner, line_of
from tests.gui.window_person import click, click_tab, find, when_asked
from tests.gui.window_scenarios import small_scenario

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Commissioner:
    return Commissioner(qtbot, tmp_path)


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """A file as somebody else's program writes it: other spaces, so that only its own bytes are its own."""
    scenario = small_scenario()
    short = scenario.run.model_copy(
        update={"duration": scenario.run.duration.model_copy(update={"value": 7.0}), "replications": 3}
    )
    path = tmp_path / "small.json"
    path.write_text(dump(scenario.model_copy(update={"run": short})).replace("  ", "   "), encoding="utf-8")
    return path


def draw_three_activities(person: Commissioner) -> None:
    """Draws referral, triage, clinic, review and home in a row, from the palette."""
    person.place("entry_points", "primary care", 90, "Referral")
    person.place("activities", "primary care", 290, "Triage")
    person.place("activities", "hospital", 440, "Clinic")
    person.place("activities", "hospital", 640, "Review")
    person.place("exit_points", "home", 640, "Home")
    for origin, target in (
        ("referral", "triage"),
        ("triage", "clinic"),
        ("clinic", "review"),
        ("review", "home"),
    ):
        person.connect(origin, target)


def test_draw_a_pathway_give_it_figures_run_it_and_read_a_wait(qtbot: QtBot, person: Commissioner) -> None:
    draw_three_activities(person)
    person.click("referral")
    person.press_set("arrivals")
    person.amount("arrivals", "8", "Per day", part="rate")
    person.new_pool("Nurse", "1")
    for key, mean, sd in (("triage", "10", "4"), ("clinic", "60", "20"), ("review", "30", "10")):
        person.give_service_time(key, mean, sd)
        person.need(key, "Nurse")
    person.show_scenario()
    person.amount("duration", "2", "Weeks")
    person.replications("2")
    pathway = person.document.pathway
    assert {key: (dict(a.needs), a.service_time.mean) for key, a in pathway.activities.items()} == {
        "triage": ({"nurse": 1}, 10),
        "clinic": ({"nurse": 1}, 60),
        "review": ({"nurse": 1}, 30),
    }
    person.run()
    assert person.runs.page.isVisible(), "the results come forward by themselves"
    choose_chart(qtbot, person.runs.page, "Mean waiting times")
    unit = person.cell("Unit", Of="Clinic", Variant="Baseline")
    wait = float(person.cell(f"Mean ({unit})", Of="Clinic", Variant="Baseline"))
    assert (
        f"Mean waiting time by activity, {unit};"
        in find(person.runs.page, ChartView, "chart-area").accessibleDescription()
    )
    summary = person.runs.controller.results.summary("baseline")
    found = summary[(summary["measure"] == "wait.mean") & (summary["element"] == "clinic")]
    whole = found[(found["need_tier"] == "") & (found["footprint"] == "") & (found["pool"] == "")]
    in_a_day = {"minutes": 1440, "hours": 24, "days": 1}[unit]
    assert wait == pytest.approx(in_a_day * float(whole["mean"].iloc[0]), abs=0.05)
    assert wait > 0
    person.qtbot.keyClick(person.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    overlay = person.view.pathway_scene.boxes["clinic"].overlay
    assert overlay is not None
    assert overlay.queue.endswith("waiting")
    assert 0 < overlay.utilisation < 1


def test_make_an_option_change_a_capacity_compare_and_export_the_chart(
    qtbot: QtBot, person: Commissioner, small_file: Path, tmp_path: Path
) -> None:
    person.window.files.read(small_file)
    person.new_option("One nurse")
    person.open_pool("nurse")
    person.fill(line_of(person.window.inspector.row("units")), "1")
    assert person.document.baseline.pools["nurse"].units == 3
    person.run()
    page = person.runs.page
    assert "One nurse" in find(page, QLabel, "message").text()
    choose_chart(qtbot, page, "Mean waiting times")
    unit = person.cell("Unit", Of="Clinic", Variant="Baseline")
    waits = [person.cell(f"Mean ({unit})", Of="Clinic", Variant=who) for who in ("Baseline", "One nurse")]
    assert float(waits[1]) > float(waits[0]), "fewer nurses, longer waits"
    path = tmp_path / "waits.svg"
    type_file(qtbot, path)
    with qtbot.waitSignal(page.message, timeout=LONG):
        hand_over(qtbot, page, "export-chart")
    assert "One nurse" in find(page, ChartView, "chart-area").accessibleDescription()
    assert path.read_text(encoding="utf-8").startswith("<?xml")
    type_file(qtbot, tmp_path / "waits.csv")
    with qtbot.waitSignal(page.message, timeout=LONG):
        hand_over(qtbot, page, "export-table")
    with (tmp_path / "waits.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["variant"] for row in csv.DictReader(file)} == {"Baseline", "One nurse"}


def test_undo_everything_and_get_the_opened_bytes(
    qtbot: QtBot, person: Commissioner, small_file: Path
) -> None:
    before = small_file.read_bytes()
    person.window.files.read(small_file)
    person.click("clinic")
    person.fill(find(person.window.inspector.row("service_time"), QWidget, "mean"), "45")
    person.drag(person.view.screen_point("review"), person.spot("community", 500))
    person.new_option("One nurse")
    person.open_pool("nurse")
    person.fill(line_of(person.window.inspector.row("units")), "1")
    click_tab(qtbot, person.window, "Baseline")
    person.click("review")
    person.key(Qt.Key.Key_Delete)
    person.place("activities", "hospital", 640, "Call")
    person.connect("clinic", "call")
    person.replications("2")
    person.document.save()
    assert small_file.read_bytes() != before
    for _ in range(30):
        qtbot.keyClick(person.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert person.tabs() == ["Baseline"]
    assert not person.document.can_undo
    qtbot.keyClick(person.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert small_file.read_bytes() == before


def test_ctrl_z_takes_an_edit_back_wherever_the_keyboard_is(
    qtbot: QtBot, person: Commissioner, small_file: Path
) -> None:
    person.window.files.read(small_file)
    field = find(person.window, QSpinBox, "replications")
    person.replications("9")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert person.document.scenario.run.replications == 3
    qtbot.keyClick(field, Qt.Key.Key_Y, CTRL)
    assert person.document.scenario.run.replications == 9
    qtbot.keyClicks(field, "1")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert person.document.scenario.run.replications == 9, "letters go first while one is typing"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    when_asked(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    person.window.show_about()
    person.window.activateWindow()
    qtbot.waitUntil(person.window.isActiveWindow)
    assert QApplication.focusWidget() is field, "the keyboard is where it was before the dialog"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert person.document.scenario.run.replications == 3
    person.show_scenario()
    question = person.window.inspector.row("question").findChild(Prose)
    assert isinstance(question, Prose)
    click(qtbot, question)
    qtbot.keyClicks(question, "Does it pay?")
    qtbot.keyClick(question, Qt.Key.Key_Tab)
    asked = person.document.scenario.question
    assert asked.endswith("Does it pay?") or asked.startswith("Does it pay?")
    click(qtbot, question)
    qtbot.keyClick(question, Qt.Key.Key_Z, CTRL)
    assert "Does it pay?" not in person.document.scenario.question


def test_a_run_that_problems_stop_leads_to_their_list(qtbot: QtBot, person: Commissioner) -> None:
    draw_three_activities(person)
    click(qtbot, find(person.window, QPushButton, "run"))
    assert not person.runs.controller.is_running
    assert person.window.problems.isVisible()
    assert "problems stop a run" in person.window.statusBar().currentMessage()


@pytest.mark.draws_ahead
def test_cancel_by_escape_and_run_again(qtbot: QtBot, person: Commissioner, small_file: Path) -> None:
    person.window.files.read(small_file)
    with qtbot.waitSignal(person.runs.controller.cancelled, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
        assert find(person.window, QPushButton, "cancel-run").isVisible()
        qtbot.keyClick(person.window, Qt.Key.Key_Escape)
    assert find(person.window, QPushButton, "run").isVisible()
    person.run()
    page = person.runs.page
    person.document.edit("rename", lambda way: rename_element(way, "clinic", "Other clinic"))
    with qtbot.waitSignal(person.runs.controller.finished, timeout=LONG):
        click(qtbot, find(page, QPushButton, "run-again"))
    settle(qtbot, page)
    assert not find(page, QWidget, "stale").isVisible()
    assert any("Other clinic" in words for words in messages(page))


def test_closing_the_window_ends_a_run(qtbot: QtBot, person: Commissioner, small_file: Path) -> None:
    person.window.files.read(small_file)
    qtbot.keyClick(person.window, Qt.Key.Key_F5)
    assert person.runs.controller.is_running
    person.window.close()
    assert not person.runs.controller.is_running
