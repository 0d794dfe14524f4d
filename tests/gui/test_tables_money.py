"""The tables of payers, providers, spending per head and investment shifts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.editors.inputs import Combo
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.tables.model import FAULT_ROLE
from pathway_modeller.scenario.edits.every_edit import add_option, add_record
from pathway_modeller.scenario.money import MoneySettings
from pathway_modeller.scenario.values import Duration, Money
from tests.gui.tables_person import CTRL, Clerk
from tests.gui.window_person import click, find
from tests.gui.window_scenarios import small_scenario

SHIFT = (
    "Name\tFrom pool\tTo pool\tPounds a year\tStarts\tRamp\tRecruitment lag\n"
    "To the community\tNurse\tDay unit\t£250,000\t01/04/2026\t6 months\t3 months\n"
)


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Clerk:
    scenario = small_scenario()
    baseline, _ = add_record(scenario.baseline, "pools", "Day unit", {"units": 2})
    money = MoneySettings(price_year="2024/25")
    return Clerk(qtbot, tmp_path, scenario.model_copy(update={"baseline": baseline, "money": money}))


def with_option(clerk: Clerk) -> None:
    clerk.document.edit_scenario("add", lambda scenario: add_option(scenario, "Shifted")[0])
    clerk.document.set_variant("shifted")
    clerk.turn_to("Investment shifts", clerk.window.tables.shifts)


# Payers and providers --------------------------------------------------------------------------------


def test_payers_are_pasted_with_pounds_and_per_cent(clerk: Clerk) -> None:
    clerk.turn_to("Payers and providers", clerk.window.tables.payers)
    clerk.click(0, 0)
    clerk.paste("ICB\tNHS\tPooled\t£1,200,000\t60%\nCouncil\tcouncil adult care\tpooled\t800000\t40\n")
    icb, council = clerk.document.pathway.payers.values()
    assert (icb.name, icb.kind, icb.arrangement, icb.risk_share) == ("ICB", "NHS", "pooled", 0.6)
    assert icb.contribution == Money(value=1_200_000, price_year="2024/25")
    assert (council.kind, council.risk_share) == ("council adult care", 0.4)
    assert clerk.row_texts(1) == ["Council", "Council adult care", "Pooled", "£800,000", "40%"]
    clerk.undo()
    assert clerk.document.pathway.payers == {}


def test_a_payer_may_be_of_a_kind_of_the_scenarios_own(clerk: Clerk) -> None:
    clerk.document.edit("add", lambda pathway: add_record(pathway, "payer_kinds", "Schools and colleges")[0])
    clerk.turn_to("Payers and providers", clerk.window.tables.payers)
    clerk.click(0, 0)
    clerk.paste("Trust\tSchools and colleges\nCouncil\tChildren's services\n")
    kinds = [payer.kind for payer in clerk.document.pathway.payers.values()]
    assert kinds == ["schools-and-colleges", "children's services"]
    assert clerk.row_texts(0)[:2] == ["Trust", "Schools and colleges"]


def test_a_kind_is_chosen_from_a_list_by_keys(clerk: Clerk) -> None:
    clerk.turn_to("Payers and providers", clerk.window.tables.payers)
    clerk.click(0, 0)
    clerk.type("Council", Qt.Key.Key_Tab)
    clerk.click(0, 1)
    clerk.key(Qt.Key.Key_F2)
    combo = QApplication.focusWidget()
    assert isinstance(combo, Combo)
    clerk.key(Qt.Key.Key_Down)
    clerk.key(Qt.Key.Key_Return)
    assert clerk.document.pathway.payers["council"].kind == "council adult care"


def test_a_share_that_may_mean_two_things_is_refused_at_its_cell(clerk: Clerk) -> None:
    clerk.turn_to("Payers and providers", clerk.window.tables.payers)
    clerk.click(0, 0)
    clerk.type("ICB")
    clerk.click(0, 4)
    clerk.type("0.4")
    assert clerk.page.model.index(0, 4).data(FAULT_ROLE)
    assert "can be read as 0.4% or as 40%" in clerk.said
    assert clerk.document.pathway.payers["icb"].risk_share is None


def test_a_provider_is_charged_to_a_payer_by_name_and_opens_in_the_inspector(clerk: Clerk) -> None:
    clerk.document.edit("add", lambda pathway: add_record(pathway, "payers", "ICB")[0])
    clerk.turn_to("Payers and providers", clerk.window.tables.providers)
    clerk.click(0, 0)
    clerk.paste("Trust\t£3m\ticb")
    trust = clerk.document.pathway.providers["trust"]
    assert (trust.fixed_cost, trust.payer) == (Money(value=3e6, price_year="2024/25"), "icb")
    clerk.click(0, 0)
    clerk.key(Qt.Key.Key_Return, CTRL)
    assert clerk.window.inspector.subject == Subject("pathway", ("providers", "trust"))


def test_too_many_columns_change_nothing(clerk: Clerk) -> None:
    clerk.turn_to("Payers and providers", clerk.window.tables.providers)
    before = clerk.document.scenario
    clerk.click(0, 1)
    clerk.paste("1\t\t5")
    assert clerk.document.scenario is before
    assert "has 3 columns, and there are 2 from “Fixed cost (2024/25)” on" in clerk.said


# Spending --------------------------------------------------------------------------------------------


def test_spending_is_pasted_by_tier_with_who_pays(clerk: Clerk) -> None:
    clerk.document.edit("add", lambda pathway: add_record(pathway, "payers", "ICB")[0])
    clerk.turn_to("Spending per head", clerk.window.tables.spending)
    clerk.click(0, 0)
    clerk.paste("\tGP\tHospital\nPayer\tICB\t\nHigh need\t£210.50\t1,900\nLow need\t82\t\n")
    assert clerk.said == ""
    low, high = (clerk.document.pathway.need_tiers[key].spending for key in ("low", "high"))
    assert {key: (cost.name, cost.amount.value, cost.payer) for key, cost in high.items()} == {
        "gp": ("GP", 210.5, "icb"),
        "hospital": ("Hospital", 1900, None),
    }
    assert list(low) == ["gp"]
    assert clerk.row_texts(5) == ["High need", "£210.50", "£1,900", "", "£2,110.50"]
    clerk.undo()
    assert not clerk.document.pathway.need_tiers["low"].spending


def test_a_new_kind_of_spending_waits_for_its_pounds(clerk: Clerk) -> None:
    clerk.turn_to("Spending per head", clerk.window.tables.spending)
    clerk.click(0, 1)
    clerk.type("GP")
    assert "Type the pounds below “GP” too" in clerk.said
    assert clerk.text(0, 1) == "GP"
    clerk.click(4, 1)
    clerk.type("82")
    (cost,) = clerk.document.pathway.need_tiers["low"].spending.values()
    assert (cost.name, cost.amount) == ("GP", Money(value=82, price_year="2024/25"))


def test_where_no_price_is_known_pounds_are_of_the_year_of_the_start_and_the_table_says_so(
    clerk: Clerk,
) -> None:
    clerk.document.edit_scenario("x", lambda each: each.model_copy(update={"money": MoneySettings()}))
    clerk.turn_to("Spending per head", clerk.window.tables.spending)
    assert "taken as 2025/26 prices" in clerk.page.model.sheet.hint
    clerk.click(0, 1)
    clerk.paste("GP\n\n\n\n82")
    assert clerk.text(4, 1) == "£82"
    (cost,) = clerk.document.pathway.need_tiers["low"].spending.values()
    assert cost.amount == Money(value=82, price_year="2025/26")


def test_among_several_years_of_prices_pounds_need_theirs(clerk: Clerk) -> None:
    clerk.document.edit_scenario("x", lambda each: each.model_copy(update={"money": MoneySettings()}))
    clerk.turn_to("Spending per head", clerk.window.tables.spending)
    clerk.click(0, 1)
    clerk.paste("GP\tBeds\n\n\n\n82 (2023/24)\t90 (2024/25)")
    clerk.click(5, 1)
    clerk.type("70")
    assert "“70” has no year of prices" in clerk.said


# Shifts ----------------------------------------------------------------------------------------------


def test_on_the_baseline_the_page_offers_an_option(qtbot: QtBot, clerk: Clerk) -> None:
    clerk.turn_to("Investment shifts", clerk.window.tables.shifts)
    assert "belong to options" in find(clerk.page, QLabel, "empty-words").text()
    assert not clerk.page.view.isVisible()
    click(qtbot, find(clerk.page, QPushButton, "step-option"))
    line = find(clerk.window, QLineEdit, "option-name")
    qtbot.keyClicks(line, "Shifted")
    clerk.key(Qt.Key.Key_Return, on=line)
    assert clerk.document.variant == "shifted"
    assert clerk.page.view.isVisible()


def test_a_shift_is_pasted_with_its_titles_and_taken_back(clerk: Clerk) -> None:
    with_option(clerk)
    before = clerk.document.scenario
    clerk.click(0, 0)
    clerk.paste(SHIFT)
    (shift,) = clerk.document.scenario.options["shifted"].shifts.values()
    assert (shift.origin, shift.target) == ("nurse", "day-unit")
    assert shift.amount == Money(value=250_000, price_year="2024/25")
    assert shift.starts == dt.date(2026, 4, 1)
    assert (shift.ramp, shift.recruitment_lag) == (
        Duration(value=6, unit="months"),
        Duration(value=3, unit="months"),
    )
    assert clerk.row_texts(0)[:6] == [
        "To the community",
        "Nurse",
        "Day unit",
        "£250,000",
        "01/04/2026",
        "6 months",
    ]
    clerk.undo()
    assert clerk.document.scenario is before


def test_a_shift_typed_cell_by_cell_is_kept_once_it_is_whole(clerk: Clerk) -> None:
    with_option(clerk)
    clerk.click(0, 0)
    clerk.type("To the community")
    assert "Pounds a year is needed. Starts is needed." in clerk.said
    assert not clerk.page.model.index(0, 0).data(FAULT_ROLE), "it is unfinished, not mistaken"
    clerk.click(0, 3)
    clerk.type("250k")
    assert not clerk.document.scenario.options["shifted"].shifts
    clerk.click(0, 4)
    clerk.type("1/4/2026")
    (shift,) = clerk.document.scenario.options["shifted"].shifts.values()
    assert (shift.name, shift.amount.value) == ("To the community", 250_000)
    assert clerk.said == ""


def test_a_shift_from_a_pool_that_is_not_there_is_refused(clerk: Clerk) -> None:
    with_option(clerk)
    clerk.click(0, 0)
    clerk.paste(SHIFT.replace("Nurse", "Doctors"))
    assert "there is no pool called “Doctors”" in clerk.said
    assert "row 2, column 2 of what was pasted" in clerk.said
    assert not clerk.document.scenario.options["shifted"].shifts


def test_a_shift_opens_in_the_inspector_and_is_deleted_by_its_row(qtbot: QtBot, clerk: Clerk) -> None:
    with_option(clerk)
    clerk.click(0, 0)
    clerk.paste(SHIFT)
    clerk.click(0, 1)
    clerk.key(Qt.Key.Key_Return, CTRL)
    key = next(iter(clerk.document.scenario.options["shifted"].shifts))
    assert clerk.window.inspector.subject == Subject("scenario", ("options", "shifted", "shifts", key))
    click(qtbot, find(clerk.page, QPushButton, "remove-row"))
    assert not clerk.document.scenario.options["shifted"].shifts
    clerk.undo()
    assert key in clerk.document.scenario.options["shifted"].shifts


# The way in ------------------------------------------------------------------------------------------


def test_the_overview_leads_to_the_tables_and_the_drawing_comes_back(qtbot: QtBot, clerk: Clerk) -> None:
    clerk.key(Qt.Key.Key_1, CTRL, clerk.window)
    assert clerk.window.view.isVisible()
    click(qtbot, find(clerk.window.inspector, QPushButton, "show-tables"))
    assert clerk.window.tables.isVisible()
    assert not clerk.window.view.isVisible()
    assert not clerk.window.palette_list.isVisible()
    QGuiApplication.clipboard().clear()
    clerk.paste("")
    assert clerk.said.startswith("There is nothing to paste")
