"""The table of people: typing, pasting, refusing, undoing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.model import FAULT_ROLE
from pathway_modeller.scenario.edits.every_edit import add_option, rename_record
from pathway_modeller.scenario.options import BASELINE
from tests.gui.tables_person import CTRL, Clerk
from tests.gui.window_person import click, click_tab, find
from tests.gui.window_scenarios import small_scenario

TIERS = "Need tier\tNorth\tSouth\r\nMostly well\t1,200\t900\r\nLow need\t300\t\r\nTip\t13\t 8 \r\n"


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Clerk:
    return Clerk(qtbot, tmp_path, small_scenario())


@pytest.fixture
def beginner(qtbot: QtBot, tmp_path: Path) -> Clerk:
    return Clerk(qtbot, tmp_path)


def people(clerk: Clerk) -> dict[str, dict[str, float]]:
    """People by the names of footprint and tier."""
    pathway = clerk.document.pathway
    return {
        place.name: {pathway.need_tiers[tier].name: count for tier, count in place.people.items()}
        for place in pathway.footprints.values()
    }


def test_a_tier_table_is_entered_by_one_paste_and_ctrl_z_takes_it_back(beginner: Clerk) -> None:
    empty = find(beginner.page, QLabel, "empty-words")
    assert empty.isVisible()
    assert empty.text().startswith("No need tiers yet: paste a table from a spreadsheet")
    before = beginner.document.scenario
    beginner.click(0, 0)
    beginner.paste(TIERS)
    assert people(beginner) == {
        "North": {"Mostly well": 1200, "Low need": 300, "Tip": 13},
        "South": {"Mostly well": 900, "Tip": 8},
    }
    assert [tier.level for tier in beginner.document.pathway.need_tiers.values()] == [1, 2, 3]
    assert beginner.row_texts(1) == ["Mostly well", "1,200", "900", "", "2,100"]
    assert beginner.row_texts(2) == ["Low need", "300", "–", "", "300"], "blank is missing, never 0"
    assert beginner.row_texts(5)[1:] == ["1,513", "908", "", "2,421"]
    assert not empty.isVisible()
    beginner.undo()
    assert beginner.document.scenario is before
    assert not beginner.document.can_undo
    assert empty.isVisible()


def test_the_button_of_the_empty_table_pastes_too(qtbot: QtBot, beginner: Clerk) -> None:
    QGuiApplication.clipboard().setText(TIERS)
    click(qtbot, find(beginner.page, QPushButton, "step-paste"))
    assert people(beginner)["South"]["Tip"] == 8


def test_the_first_tier_is_typed_where_the_button_leads(qtbot: QtBot, beginner: Clerk) -> None:
    click(qtbot, find(beginner.page, QPushButton, "step-add"))
    qtbot.keyClicks(QApplication.focusWidget(), "Mostly well")
    beginner.key(Qt.Key.Key_Return)
    assert [tier.name for tier in beginner.document.pathway.need_tiers.values()] == ["Mostly well"]


def test_figures_are_pasted_on_the_cell_that_was_clicked(clerk: Clerk) -> None:
    clerk.click(1, 2)
    clerk.paste("1 500\n2,500\n")
    assert people(clerk)["South"] == {"Low need": 1500, "High need": 2500}
    assert people(clerk)["North"] == {"Low need": 1000, "High need": 100}


@pytest.mark.parametrize(
    ("at", "text", "sentence"),
    [
        (
            (1, 1),
            "5\tmany\n6\t7",
            "Low need, South (row 1, column 2 of what was pasted): “many” is not a whole number",
        ),
        (
            (1, 1),
            "5\t6\n7\t-8",
            "High need, South (row 2, column 2 of what was pasted): “-8” is not a number",
        ),
        (
            (1, 1),
            "5\t0,05",
            "Low need, South (row 1, column 2 of what was pasted): “0,05” can be read as 0.05 or as 5",
        ),
        ((1, 2), "5\t6\t7", "has 3 columns of figures, and there are 1 footprint from here on"),
        ((2, 1), "5\n6\n7", "has more rows than there are need tiers; begin in the column of names"),
        ((0, 0), "\tNorth\tTotal\nLow need\t1\t1", "A column is called “Total”"),
    ],
)
def test_a_paste_that_does_not_fit_changes_nothing_and_says_which_cell(
    clerk: Clerk, at: tuple[int, int], text: str, sentence: str
) -> None:
    before = clerk.document.scenario
    clerk.click(*at)
    clerk.paste(text)
    assert clerk.document.scenario is before
    assert sentence in clerk.said
    assert clerk.said.endswith("Nothing has been changed.")
    clerk.click(1, 1)
    clerk.paste("5")
    assert clerk.said == "", "the sentence goes once something fits"


def test_rows_in_another_order_go_to_their_own_tiers_and_new_ones_are_added(clerk: Clerk) -> None:
    clerk.click(0, 0)
    clerk.paste("\tSouth\tNorth\nHigh need\t1\t2\nLow need\t3\t4\nTip\t5\t6")
    assert people(clerk) == {
        "North": {"High need": 2, "Low need": 4, "Tip": 6},
        "South": {"High need": 1, "Low need": 3, "Tip": 5},
    }
    tiers = clerk.document.pathway.need_tiers
    assert (tiers["low"].name, tiers["high"].name, tiers["tip"].level) == ("Low need", "High need", 3)


def test_another_name_on_a_tier_that_is_not_pasted_renames_it(clerk: Clerk) -> None:
    clerk.click(1, 0)
    clerk.paste("Little need\nHigh need")
    assert {key: tier.name for key, tier in clerk.document.pathway.need_tiers.items()} == {
        "low": "Little need",
        "high": "High need",
    }


def test_people_that_are_not_whole_are_refused_with_what_may_be_meant(clerk: Clerk) -> None:
    before = clerk.document.scenario
    clerk.click(1, 1)
    clerk.type("9.757")
    assert "“9.757” is not a whole number: write 9,757" in clerk.said
    clerk.type("80.5")
    assert "“80.5” is not a whole number: write 80 or 81" in clerk.said
    assert clerk.document.scenario is before


def test_a_single_mistake_stays_at_its_cell_until_it_is_mended(clerk: Clerk) -> None:
    before = clerk.document.scenario
    clerk.click(1, 1)
    clerk.type("lots")
    index = clerk.page.model.index(1, 1)
    assert clerk.text(1, 1) == "lots"
    assert index.data(FAULT_ROLE)
    assert "“lots” is not a whole number" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "“lots” is not a whole number" in clerk.said
    assert clerk.document.scenario is before
    clerk.click(2, 2)
    clerk.type("91")
    assert clerk.said == ""
    clerk.click(1, 1)
    assert "“lots” is not a whole number" in clerk.said, "who comes back is told again"
    clerk.type("1,250")
    assert not index.data(FAULT_ROLE)
    assert people(clerk)["North"]["Low need"] == 1250
    assert clerk.document.undo_label == "change Low need, North"


def test_delete_takes_back_a_mistake_and_clears_a_figure(clerk: Clerk) -> None:
    clerk.click(1, 1)
    clerk.type("lots")
    clerk.click(1, 1)
    clerk.key(Qt.Key.Key_Delete)
    assert clerk.text(1, 1) == "1,000"
    clerk.key(Qt.Key.Key_Delete)
    assert clerk.text(1, 1) == "–"
    assert "Low need" not in people(clerk)["North"]


def test_names_cannot_be_cleared(clerk: Clerk) -> None:
    clerk.click(1, 0)
    clerk.key(Qt.Key.Key_Delete)
    assert "Low need, Need tier: a name cannot be empty" in clerk.said
    assert clerk.document.pathway.need_tiers["low"].name == "Low need"


def test_enter_goes_down_tab_goes_sideways_and_f2_keeps_what_stands_there(clerk: Clerk) -> None:
    clerk.click(1, 1)
    clerk.type("7", Qt.Key.Key_Tab)
    clerk.type("8")
    assert clerk.page.view.currentIndex().row() == 2
    assert clerk.page.view.currentIndex().column() == 2
    clerk.key(Qt.Key.Key_F2)
    clerk.key(Qt.Key.Key_End)
    clerk.qtbot.keyClicks(QApplication.focusWidget(), "5")
    clerk.key(Qt.Key.Key_Return)
    assert people(clerk) == {
        "North": {"Low need": 7, "High need": 100},
        "South": {"Low need": 8, "High need": 905},
    }
    assert clerk.page.view.hasFocus()


def test_escape_leaves_a_cell_as_it_was(clerk: Clerk) -> None:
    before = clerk.document.scenario
    clerk.click(1, 1)
    clerk.type("77", Qt.Key.Key_Escape)
    clerk.key(Qt.Key.Key_Escape)
    assert clerk.text(1, 1) == "1,000"
    assert clerk.document.scenario is before


def test_figures_typed_before_the_name_of_a_new_tier_wait_for_it(clerk: Clerk) -> None:
    before = clerk.document.scenario
    clerk.click(3, 1)
    clerk.type("42")
    assert clerk.text(3, 1) == "42"
    assert clerk.said == "Give the new need tier a name too."
    assert clerk.document.scenario is before
    clerk.click(3, 0)
    clerk.type("Tip")
    assert people(clerk)["North"]["Tip"] == 42
    assert clerk.document.undo_label == "add a need tier"
    clerk.undo()
    assert clerk.document.scenario is before


def test_a_footprint_is_added_and_renamed_in_the_row_of_names(clerk: Clerk) -> None:
    clerk.click(0, 3)
    clerk.type("West")
    assert clerk.row_texts(0) == ["Need tier", "North", "South", "West", "Add a footprint…", "All footprints"]
    clerk.click(0, 1)
    clerk.type("Far north")
    assert clerk.document.pathway.footprints["north"].name == "Far north"


def test_what_is_copied_pastes_back_as_the_same(clerk: Clerk) -> None:
    clerk.drag((0, 0), (2, 2))
    clerk.key(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert copied == "Need tier\tNorth\tSouth\nLow need\t1000\t900\nHigh need\t100\t90\n"
    before = clerk.document.scenario
    clerk.paste(copied)
    assert clerk.document.scenario is before


def test_one_figure_fills_what_is_selected(clerk: Clerk) -> None:
    clerk.drag((1, 1), (2, 2))
    clerk.paste("5")
    assert people(clerk) == {name: {"Low need": 5, "High need": 5} for name in ("North", "South")}
    clerk.undo()
    assert people(clerk)["North"]["Low need"] == 1000


def test_the_menu_pastes_into_the_table_and_not_into_the_drawing(clerk: Clerk) -> None:
    clerk.click(1, 1)
    QGuiApplication.clipboard().setText("77")
    menu = find(clerk.window, QMenu, "menu-edit")
    next(action for action in menu.actions() if action.text() == "&Paste").trigger()
    assert people(clerk)["North"]["Low need"] == 77


def test_a_deleted_row_goes_with_every_reference_in_one_step(qtbot: QtBot, clerk: Clerk) -> None:
    before = clerk.document.scenario
    clerk.click(2, 1)
    click(qtbot, find(clerk.page, QPushButton, "remove-row"))
    assert list(clerk.document.pathway.need_tiers) == ["low"]
    assert people(clerk)["North"] == {"Low need": 1000}
    clerk.undo()
    assert clerk.document.scenario is before


def test_an_option_keeps_its_own_figures_and_marks_them(clerk: Clerk) -> None:
    clerk.document.edit_scenario("add", lambda scenario: add_option(scenario, "Growth")[0])
    click_tab(clerk.qtbot, clerk.window, "Growth")
    clerk.click(1, 1)
    clerk.type("1100")
    assert clerk.text(1, 1) == "1,100 *"
    tip = str(clerk.page.model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert "Baseline: 1,000" in tip
    assert clerk.document.baseline.footprints["north"].people["low"] == 1000
    assert clerk.document.scenario.options["growth"].patch == {
        "footprints": {"north": {"people": {"low": 1100}}}
    }
    click_tab(clerk.qtbot, clerk.window, "Baseline")
    assert clerk.document.variant == BASELINE
    assert clerk.text(1, 1) == "1,000"


def test_ctrl_enter_opens_a_tier_in_the_inspector_beside_its_table(clerk: Clerk) -> None:
    clerk.click(2, 0)
    clerk.key(Qt.Key.Key_Return, CTRL)
    assert clerk.window.inspector.subject == Subject("pathway", ("need_tiers", "high"))
    assert clerk.page.view.isVisible()


def test_what_is_typed_counts_when_one_saves_without_leaving_the_cell(clerk: Clerk, tmp_path: Path) -> None:
    clerk.document.save(tmp_path / "small.json")
    clerk.click(1, 1)
    clerk.qtbot.keyClicks(clerk.page.view, "5")
    clerk.qtbot.keyClicks(QApplication.focusWidget(), "5")
    clerk.key(Qt.Key.Key_S, CTRL)
    assert people(clerk)["North"]["Low need"] == 55
    assert not clerk.window.isWindowModified()


def test_a_table_follows_what_happened_while_it_was_hidden(clerk: Clerk) -> None:
    clerk.key(Qt.Key.Key_1, CTRL, clerk.window)
    clerk.document.edit("rename", lambda each: rename_record(each, "need_tiers", "low", "Little need"))
    clerk.key(Qt.Key.Key_3, CTRL, clerk.window)
    assert clerk.text(1, 0) == "Little need"


def test_tab_leads_out_of_the_table_at_its_end(clerk: Clerk) -> None:
    clerk.click(4, 4)
    clerk.key(Qt.Key.Key_Tab)
    assert not clerk.page.view.hasFocus()


def test_every_page_fits_a_small_laptop(clerk: Clerk) -> None:
    assert clerk.window.minimumSizeHint().width() <= 1366
    assert clerk.window.minimumSizeHint().height() <= 700
    assert not find(clerk.window, QWidget, "tables").isHidden()


def test_long_names_show_whole(clerk: Clerk) -> None:
    clerk.click(0, 0)
    clerk.paste(
        "\tBristol, North Somerset and South Gloucestershire\nPeople whose needs nobody knows of yet\t1"
    )
    view = clerk.page.view
    for row, column in ((0, 3), (3, 0)):
        box = view.visualRect(clerk.page.model.index(row, column)).adjusted(3, 0, -3, 0)
        text = QFontMetrics(bold(view.font())).boundingRect(
            box, Qt.TextFlag.TextWordWrap, clerk.text(row, column)
        )
        assert text.width() <= box.width()
        assert text.height() <= box.height()


def bold(font: QFont) -> QFont:
    thick = QFont(font)
    thick.setBold(True)
    return thick
