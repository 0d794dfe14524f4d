"""The run settings by mouse and keys: engine, place, what is refused, and what the next run makes of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.cluster import cluster
from pathway_modeller.experiment.runs import preparation
from pathway_modeller.experiment.runs.run_target import RunPlace
from pathway_modeller.gui.run_settings.button import PlaceButton
from pathway_modeller.gui.run_settings.store import PlaceStore
from pathway_modeller.scenario.edits.every_edit import set_scenario_value
from pathway_modeller.scenario.file.open_save import dump
from pathway_modeller.simulation.model.errors import ModelError
from tests.gui.task_person import Commissioner
from tests.gui.window_person import click, find, when_asked
from tests.gui.window_scenarios import small_scenario

LONG = 60_000
"""Milliseconds after which a test gives up; nothing is timed by it."""

NOBODY = "tcp://127.0.0.1:9"
"""An address at which no scheduler answers."""


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Commissioner:
    person = Commissioner(qtbot, tmp_path)
    week = {"value": 7.0, "unit": "days"}
    scenario = set_scenario_value(small_scenario(), "run", {"replications": 2, "duration": week})
    person.document.new(scenario)
    return person


def in_dialog(qtbot: QtBot, act: Callable[[QDialog], None]) -> None:
    """Does something in the next dialog, once it has the keyboard."""

    def begin(dialog: QDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        act(dialog)

    when_asked(begin)


def ask(qtbot: QtBot, person: Commissioner) -> None:
    """Clicks on the button beside Run, and comes back to the window when the dialog is closed."""
    click(qtbot, find(person.window, QToolButton, "run-settings"))
    person.window.activateWindow()
    qtbot.waitUntil(person.window.isActiveWindow)


def press(qtbot: QtBot, dialog: QDialog, which: str) -> None:
    """Clicks on a button at the bottom of a dialog."""
    button = QDialogButtonBox.StandardButton[which]
    click(qtbot, dialog.findChild(QDialogButtonBox).button(button))


def words(person: Commissioner) -> str:
    """Returns what stands beside Run."""
    return find(person.window, PlaceButton, "run-settings").text()


def choose_radio(qtbot: QtBot, dialog: QDialog, name: str) -> None:
    """Clicks on the circle of a choice."""
    button = find(dialog, QRadioButton, name)
    at = button.rect().center()
    at.setX(8)
    click(qtbot, button, at)


def type_address(qtbot: QtBot, dialog: QDialog, address: str) -> QLineEdit:
    """Types an address, which chooses the cluster at it."""
    line = find(dialog, QLineEdit, "address")
    click(qtbot, line)
    line.selectAll()
    qtbot.keyClicks(line, address)
    return line


def test_simpy_is_chosen_and_named_in_the_results(qtbot: QtBot, person: Commissioner) -> None:
    before = dump(person.document.scenario)

    def act(dialog: QDialog) -> None:
        choose_radio(qtbot, dialog, "simpy")
        press(qtbot, dialog, "Ok")

    assert words(person) == ""
    in_dialog(qtbot, act)
    ask(qtbot, person)
    assert words(person) == "SimPy"
    with qtbot.waitSignal(person.runs.controller.finished, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not person.runs.page.is_busy, timeout=LONG)
    assert "engine simpy" in find(person.runs.page, QLabel, "provenance").text()
    assert dump(person.document.scenario) == before
    assert not person.document.is_dirty


def test_another_window_of_this_computer_has_the_same_settings(
    qtbot: QtBot, person: Commissioner, tmp_path: Path
) -> None:
    def act(dialog: QDialog) -> None:
        choose_radio(qtbot, dialog, "local")
        workers = find(dialog, QSpinBox, "workers")
        workers.setFocus()
        qtbot.keyClick(workers, Qt.Key.Key_Up)
        qtbot.keyClick(workers, Qt.Key.Key_Up)
        press(qtbot, dialog, "Ok")

    in_dialog(qtbot, act)
    ask(qtbot, person)
    again = Commissioner(qtbot, tmp_path)
    assert words(again) == "cluster on this computer, 2 workers"
    again.window.resize(700, 600)
    qtbot.waitUntil(lambda: words(again) == "local cluster")
    assert again.runs.controller.place == RunPlace(workers=2, cluster="local")
    tip = find(again.window, PlaceButton, "run-settings").toolTip()
    assert tip.startswith("The next run: cluster on this computer, 2 workers. ")


def test_what_is_no_address_is_refused_in_a_sentence_and_escape_leaves_all_as_it_was(
    qtbot: QtBot, person: Commissioner
) -> None:
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        line = type_address(qtbot, dialog, "the big computer")
        assert find(dialog, QRadioButton, "away").isChecked()
        qtbot.keyClick(line, Qt.Key.Key_Return)
        said.append(find(dialog, QLabel, "mistake").text())
        assert dialog.isVisible()
        assert line.hasFocus()
        qtbot.keyClick(line, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    in_dialog(qtbot, act)
    ask(qtbot, person)
    assert said[0].startswith("✖ “the big computer” is not the address of a Dask scheduler; give one such as")
    assert words(person) == ""
    assert not person.runs.controller.place.is_away


def test_a_cluster_that_does_not_answer_refuses_the_run_and_nothing_is_lost(
    qtbot: QtBot, person: Commissioner
) -> None:
    pytest.importorskip("distributed")
    controller = person.runs.controller
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
    earlier = controller.results

    def act(dialog: QDialog) -> None:
        type_address(qtbot, dialog, NOBODY)
        press(qtbot, dialog, "Ok")

    in_dialog(qtbot, act)
    ask(qtbot, person)
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    in_dialog(qtbot, read)
    with qtbot.waitSignal(controller.failed, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert said[0].startswith(f"No Dask scheduler answered at {NOBODY}")
    assert said[0].endswith("Or run on this computer instead: choose it in Run > Run settings… (Ctrl+R).")
    assert person.window.statusBar().currentMessage() == "The run stopped; earlier results stay."
    assert controller.results is earlier
    assert not controller.is_running
    person.window.activateWindow()
    qtbot.waitUntil(person.window.isActiveWindow)
    with qtbot.waitSignal(controller.cancelled, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
        assert person.window.statusBar().currentMessage() == ""
        qtbot.keyClick(person.window, Qt.Key.Key_Escape)
    assert person.window.statusBar().currentMessage() == "The run was cancelled; earlier results stay."


def test_a_first_run_that_is_cancelled_promises_no_earlier_results(
    qtbot: QtBot, person: Commissioner
) -> None:
    with qtbot.waitSignal(person.runs.controller.cancelled, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
        qtbot.keyClick(person.window, Qt.Key.Key_Escape)
    assert person.window.statusBar().currentMessage() == "The run was cancelled."
    assert person.window.statusBar().toolTip() == "The run was cancelled."


def test_a_cluster_can_be_tried_before_it_is_used(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def found(where: str) -> cluster.ClusterFound:
        asked.append(where)
        if len(asked) == 1:
            raise cluster.ClusterError("Nobody is there.")
        return cluster.ClusterFound(workers=2, at_once=8)

    monkeypatch.setattr(cluster, "check_cluster", found)
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        type_address(qtbot, dialog, "tcp://10.0.0.5:8786")
        button, line = find(dialog, QPushButton, "try-cluster"), find(dialog, QLabel, "trial")
        for _ in range(2):
            click(qtbot, button)
            qtbot.waitUntil(button.isEnabled, timeout=LONG)
            said.append(line.text())
        qtbot.keyClicks(find(dialog, QLineEdit, "address"), "7")
        assert line.isHidden()
        press(qtbot, dialog, "Cancel")

    in_dialog(qtbot, act)
    ask(qtbot, person)
    assert asked == ["tcp://10.0.0.5:8786"] * 2
    assert said == ["✖ Nobody is there.", "✔ The cluster answers: 2 workers, 8 replications at a time."]


def test_what_a_trial_and_ok_say_is_said_once_and_never_cut_off(qtbot: QtBot, person: Commissioner) -> None:
    long = "the " + "very " * 60 + "big computer"

    def act(dialog: QDialog) -> None:
        line = type_address(qtbot, dialog, long)
        tried, refused = find(dialog, QLabel, "trial"), find(dialog, QLabel, "mistake")
        click(qtbot, find(dialog, QPushButton, "try-cluster"))
        assert tried.isVisible()
        assert tried.height() >= tried.heightForWidth(tried.width())
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert refused.isVisible()
        assert refused.height() >= refused.heightForWidth(refused.width())
        assert tried.isHidden()
        press(qtbot, dialog, "Cancel")

    in_dialog(qtbot, act)
    ask(qtbot, person)


@pytest.mark.parametrize("how", ["OK", "Return"])
def test_what_is_said_to_who_never_tried_is_not_cut_off_either(
    qtbot: QtBot, person: Commissioner, how: str
) -> None:
    long = "the " + "very " * 60 + "big computer"

    def act(dialog: QDialog) -> None:
        line = type_address(qtbot, dialog, long)
        if how == "OK":
            press(qtbot, dialog, "Ok")
        else:
            qtbot.keyClick(line, Qt.Key.Key_Return)
        refused = find(dialog, QLabel, "mistake")
        assert refused.isVisible()
        assert refused.height() >= refused.heightForWidth(refused.width())
        buttons = dialog.findChild(QDialogButtonBox)
        assert dialog.rect().contains(buttons.geometry())
        assert line.hasFocus()
        assert line.selectedText() == long
        press(qtbot, dialog, "Cancel")

    in_dialog(qtbot, act)
    ask(qtbot, person)


def test_who_tries_by_keyboard_keeps_the_button_and_cannot_leave_by_mistake(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    def found(_where: str) -> cluster.ClusterFound:
        answered.wait(LONG / 1000)
        return cluster.ClusterFound(workers=2, at_once=8)

    monkeypatch.setattr(cluster, "check_cluster", found)

    def act(dialog: QDialog) -> None:
        type_address(qtbot, dialog, "tcp://10.0.0.5:8786")
        button = find(dialog, QPushButton, "try-cluster")
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert not button.isEnabled()
        assert not find(dialog, QPushButton, "show-scenario-settings").hasFocus()
        answered.set()
        qtbot.waitUntil(button.isEnabled, timeout=LONG)
        assert button.hasFocus()
        press(qtbot, dialog, "Cancel")

    in_dialog(qtbot, act)
    ask(qtbot, person)


def test_everything_can_be_reached_and_set_by_keyboard(qtbot: QtBot, person: Commissioner) -> None:
    passed: list[str] = []

    def act(dialog: QDialog) -> None:
        start = QApplication.focusWidget()
        while (here := QApplication.focusWidget()) is not None and len(passed) < 20:
            passed.append(here.objectName() or getattr(here, "text", str)())
            qtbot.keyClick(here, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is start:
                break
        qtbot.keyClick(find(dialog, QRadioButton, "compiled"), Qt.Key.Key_Down)
        assert find(dialog, QRadioButton, "simpy").isChecked()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    in_dialog(qtbot, act)
    qtbot.keyClick(person.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert passed[:2] == ["compiled", "here"]
    assert {"address", "workers", "show-scenario-settings", "OK", "Cancel"} <= set(passed)
    assert words(person) == "SimPy"


def test_where_there_is_no_compiled_engine_the_run_settings_say_so(
    qtbot: QtBot, person: Commissioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> bool:
        raise ModelError("The compiled engine needs Numba, which is not here; choose the engine simpy.")

    monkeypatch.setattr(preparation, "load_kept", missing)
    with qtbot.waitSignal(person.runs.controller.finished, timeout=LONG):
        qtbot.keyClick(person.window, Qt.Key.Key_F5)
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        said.append(find(dialog, QLabel, "engines-hint").text())
        press(qtbot, dialog, "Cancel")

    in_dialog(qtbot, act)
    ask(qtbot, person)
    assert said[0].startswith(
        "The compiled engine needs Numba, which is not here. Whichever is chosen, SimPy "
    )


def test_the_usual_comes_back_with_restore_defaults(qtbot: QtBot, person: Commissioner) -> None:
    store = PlaceStore(person.window.settings)
    store.keep(RunPlace(engine="simpy", cluster="tcp://10.0.0.5:8786"))

    def act(dialog: QDialog) -> None:
        assert find(dialog, QLineEdit, "address").text() == "tcp://10.0.0.5:8786"
        press(qtbot, dialog, "RestoreDefaults")
        press(qtbot, dialog, "Ok")

    in_dialog(qtbot, act)
    ask(qtbot, person)
    assert store.place() == RunPlace()
    assert person.runs.controller.place == RunPlace(workers=1)


def test_what_belongs_to_the_scenario_is_one_click_away(qtbot: QtBot, person: Commissioner) -> None:
    when_asked(lambda dialog: click(qtbot, find(dialog, QPushButton, "show-scenario-settings")))
    ask(qtbot, person)
    row = person.window.inspector.row("warm_up")
    qtbot.waitUntil(lambda: row.isAncestorOf(QApplication.focusWidget()))


@pytest.mark.parametrize(
    "kept",
    [{"engine": "abacus"}, {"workers": "many"}, {"workers": -4}, {"cluster": "the big computer"}],
    ids=json.dumps,
)
def test_settings_that_cannot_be_are_the_usual_ones(tmp_path: Path, kept: dict[str, object]) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key, value in kept.items():
        settings.setValue(f"run_place/{key}", value)
    assert PlaceStore(settings).place() == RunPlace()
