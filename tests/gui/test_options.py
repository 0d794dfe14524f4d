"""Options: made, named, changed, compared in words, deleted; each one step to undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QStyleOptionTab,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.options.tabs import shortened
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.document import Option
from pathway_modeller.scenario.edits.every_edit import connect, with_pathway
from pathway_modeller.scenario.options import apply_option
from tests.gui.window_person import click, click_element, click_tab, find, opened_window, texts, type_over
from tests.gui.window_scenarios import small_scenario
from tests.scenario.living_scenario import living


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = opened_window(qtbot, tmp_path)
    made.document.new(small_scenario())
    return made


def new_option(qtbot: QtBot, window: MainWindow, name: str) -> None:
    click(qtbot, find(window, QToolButton, "new-option"))
    line = find(window, QLineEdit, "option-name")
    qtbot.keyClicks(line, name)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def tab_texts(window: MainWindow) -> list[str]:
    bar = find(window, QTabBar, "variants")
    return [bar.tabText(i) for i in range(bar.count())]


def drawn(bar: QTabBar, index: int) -> str:
    option = QStyleOptionTab()
    bar.initStyleOption(option, index)
    return option.text


def menu_entry(qtbot: QtBot, window: MainWindow, words: str) -> None:
    click(qtbot, find(window, QToolButton, "option-menu"))
    menu = next(each for each in window.findChildren(QMenu, "option-actions") if each.isVisible())
    action = next(each for each in menu.actions() if each.text() == words)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_new_option_is_named_in_place_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Fewer nurses")
    assert tab_texts(window) == ["Baseline", "Fewer nurses"]
    assert window.document.variant == "fewer-nurses"
    assert window.document.pathway == window.document.baseline
    window.document.undo()
    assert tab_texts(window) == ["Baseline"]
    assert window.document.variant == "baseline"


def test_below_the_changes_stands_which_tags_the_option_touches(qtbot: QtBot, window: MainWindow) -> None:
    window.document.new(living())
    words = find(window, QLabel, "tags")
    assert words.isHidden(), "the baseline touches nothing"
    click_tab(qtbot, window, "Nearer home")
    assert not words.isHidden()
    assert words.text().replace("\u200b", "") == (
        "Tags: touches Found early (by “Matrons”); Near home (by the option itself and "
        "“Hospital follow-up”). Does not touch A good start."
    )


def test_names_that_begin_alike_can_be_told_apart_on_narrow_tabs(qtbot: QtBot, window: MainWindow) -> None:
    names = [f"Patient-initiated follow-up, as {how}" for how in ("evidenced", "planned", "it was", "agreed")]
    for name in names:
        new_option(qtbot, window, name)
    bar = find(window, QTabBar, "variants")
    seen = [drawn(bar, index) for index in range(1, 4)]
    for words, name in zip(seen, names, strict=False):
        assert words.endswith(f"…{name.rpartition(' as ')[2]}")
    assert drawn(bar, 0) == "Baseline"
    assert drawn(bar, 3).startswith("Pat")


def test_a_tab_shows_the_short_name_and_the_whole_one_where_it_is_pointed_at(
    qtbot: QtBot, window: MainWindow
) -> None:
    option = Option(name="Patient-initiated follow-up, as it was planned", short_name="PIFU as planned")
    window.document.new(window.document.scenario.model_copy(update={"options": {"pifu": option}}))
    bar = find(window, QTabBar, "variants")
    assert tab_texts(window) == ["Baseline", "PIFU as planned"]
    assert bar.tabToolTip(1) == option.name
    click(qtbot, bar, bar.tabRect(1).center())
    menu_entry(qtbot, window, "Rename")
    line = find(window, QLineEdit, "option-name")
    assert line.text() == option.name, "it is the whole name that gets another"
    line.selectAll()
    qtbot.keyClicks(line, "Another way")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert tab_texts(window) == ["Baseline", "Another way"]
    menu_entry(qtbot, window, "Duplicate")
    assert tab_texts(window) == ["Baseline", "Another way", "Another way (copy)"]


def test_names_that_end_alike_are_told_apart_by_what_differs() -> None:
    names = ["A clinic in the north of town", "A clinic in the south of town"]
    found = [
        shortened(name, [other], lambda words: len(words) <= 19, "") for name, other in (names, names[::-1])
    ]
    assert found == ["A cli…north of town", "A cli…south of town"]
    assert shortened("North", ["South"], lambda _words: True, "N…th") == "N…th"
    assert shortened(names[0], names[1:], lambda words: len(words) <= 10, "A…town") == "A…town"


def test_escape_makes_no_option(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, find(window, QToolButton, "new-option"))
    qtbot.keyClick(find(window, QLineEdit, "option-name"), Qt.Key.Key_Escape)
    assert tab_texts(window) == ["Baseline"]
    assert not window.document.is_dirty


def test_a_changed_capacity_is_listed_in_words_and_leads_to_its_pool(
    qtbot: QtBot, window: MainWindow
) -> None:
    new_option(qtbot, window, "Fewer nurses")
    pools = find(window.inspector, QWidget, "list-pools")
    click(qtbot, find(pools, QPushButton, "nurse"))
    type_over(qtbot, window.inspector.row("units").findChild(Line), "2")
    changes = find(window, QListWidget, "changes")
    (sentence,) = texts(changes)
    assert "Nurse" in sentence
    assert "3" in sentence
    assert "2" in sentence
    assert window.document.baseline.pools["nurse"].units == 3
    needing = [key for key, each in window.document.pathway.activities.items() if "nurse" in each.needs]
    assert needing
    assert {window.view.pathway_scene.boxes[key].mark for key in needing} == {"changed"}
    bottom = find(window, QTabWidget, "bottom")
    assert bottom.tabText(1) == "What changes (1)"
    click(qtbot, bottom.tabBar(), bottom.tabBar().tabRect(1).center())
    window.inspector.show_selection()
    click(qtbot, changes.viewport(), changes.visualItemRect(changes.item(0)).center())
    assert window.inspector.subject == Subject("pathway", ("pools", "nurse"))
    click_tab(qtbot, window, "Baseline")
    assert bottom.tabText(1) == "What changes (0)"
    assert window.document.pathway.pools["nurse"].units == 3


def test_a_change_of_the_drawing_leads_to_its_element(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Quicker")
    click_element(qtbot, window, "review")
    type_over(qtbot, find(window.inspector.row("service_time"), Line, "value"), "5")
    window.document.select(())
    changes = find(window, QListWidget, "changes")
    changes.setCurrentRow(0)
    qtbot.keyClick(changes, Qt.Key.Key_Return)
    assert window.document.selection == ("review",)


def test_shifts_and_people_are_among_the_changes_and_lead_to_their_records(
    qtbot: QtBot, window: MainWindow
) -> None:
    scenario = living()
    pathway = apply_option(scenario, "nearer")
    moves = {**pathway.moves, "up": pathway.moves["up"].model_copy(update={"per_person": 0.015})}
    pathway = pathway.model_copy(update={"moves": moves})
    window.document.new(with_pathway(scenario, "nearer", pathway))
    click_tab(qtbot, window, "Nearer home")
    changes = find(window, QListWidget, "changes")
    led_to = []
    for row in (
        next(row for row, text in enumerate(texts(changes)) if text.startswith(words))
        for words in ("Investment shift", "Displacement", "Move")
    ):
        changes.setCurrentRow(row)
        qtbot.keyClick(changes, Qt.Key.Key_Return)
        led_to.append(window.inspector.subject.steps)
    assert led_to == [
        ("options", "nearer", "shifts", "to_matrons"),
        ("options", "nearer", "displacements", "follow_ups"),
        ("moves", "up"),
    ]
    assert window.view.pathway_scene.boxes["follow_up"].mark != "added"


def test_an_option_is_renamed_duplicated_and_deleted(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Quicker")
    menu_entry(qtbot, window, "Rename")
    type_over(qtbot, find(window, QLineEdit, "option-name"), "Slower")
    assert tab_texts(window) == ["Baseline", "Slower"]
    menu_entry(qtbot, window, "Duplicate")
    assert tab_texts(window) == ["Baseline", "Slower", "Slower (copy)"]
    menu_entry(qtbot, window, "Delete")
    assert tab_texts(window) == ["Baseline", "Slower"]
    window.document.undo()
    assert tab_texts(window) == ["Baseline", "Slower", "Slower (copy)"]


def test_a_correction_of_the_baseline_reaches_the_option(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Quicker")
    click_element(qtbot, window, "review")
    type_over(qtbot, find(window.inspector.row("service_time"), Line, "value"), "5")
    click_tab(qtbot, window, "Baseline")
    click_element(qtbot, window, "clinic")
    type_over(qtbot, find(window.inspector.row("service_time"), Line, "mean"), "30")
    click_tab(qtbot, window, "Quicker")
    assert window.document.pathway.activities["clinic"].service_time.mean == 30
    assert window.document.pathway.activities["review"].service_time.value == 5


def test_leaving_an_option_that_adds_an_arrow_clears_its_mark(qtbot: QtBot, window: MainWindow) -> None:
    new_option(qtbot, window, "Short cut")
    window.document.edit("connect", lambda pathway: connect(pathway, "clinic", "home")[0])
    changes = find(window, QTabWidget, "bottom")
    qtbot.waitUntil(lambda: changes.tabText(1) != "What changes (0)")
    with qtbot.captureExceptions() as raised:
        click_tab(qtbot, window, "Baseline")
    assert raised == []
