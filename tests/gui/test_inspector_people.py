"""The inspector with people, moves, prevention, payers, shifts, displacements, outcomes and money."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Combo, Line
from pathway_modeller.gui.inspector.jump import target_of
from pathway_modeller.gui.inspector.panel import Inspector
from pathway_modeller.gui.inspector.references import LIST_MAPS
from pathway_modeller.gui.inspector.subjects import MONEY, SCENARIO, Subject
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.elements import add_element
from pathway_modeller.scenario.population import DemandChange, Move
from tests.gui.window_person import choose, type_over, when_asked
from tests.scenario.living_scenario import living

W = TypeVar("W", bound=QWidget)
SHIFT = Subject("scenario", ("options", "nearer", "shifts", "to_matrons"))
DISPLACEMENT = Subject("scenario", ("options", "nearer", "displacements", "follow_ups"))


@pytest.fixture
def document() -> Document:
    made = Document()
    made.new(living())
    return made


@pytest.fixture
def inspector(qtbot: QtBot, document: Document) -> Inspector:
    made = Inspector(document)
    qtbot.addWidget(made)
    made.resize(340, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def within(inspector: Inspector, field: str, kind: type[W], name: str = "") -> W:
    """Finds a widget inside a field's row."""
    row = inspector.row(field)
    found = row.findChild(kind, name) if name else row.findChild(kind)
    assert found is not None, f"{field} has no {kind.__name__} {name!r}"
    return found


def make_new(qtbot: QtBot, inspector: Inspector, kind: str, name: str) -> None:
    """Makes a new record of a list by its button, and gives it a name."""

    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        qtbot.keyClicks(dialog.findChild(QLineEdit), name)
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    when_asked(give_name)
    listed = inspector.findChild(QWidget, f"list-{kind}")
    qtbot.mouseClick(listed.findChild(QToolButton, "new"), Qt.MouseButton.LeftButton)


def test_a_tag_is_made_in_its_list_and_picked_at_an_activity_by_its_name(
    qtbot: QtBot, inspector: Inspector, document: Document
) -> None:
    make_new(qtbot, inspector, "tags", "Never alone")
    assert document.pathway.tags["never-alone"].name == "Never alone"
    inspector.open(Subject("pathway", ("activities", "matron")))
    choose(qtbot, within(inspector, "tags", Combo, "add"), "Never alone")
    assert document.pathway.activities["matron"].tags == ("never-alone",)
    inspector.open(Subject("scenario", ("options", "nearer")))
    choose(qtbot, within(inspector, "tags", Combo, "add"), "Never alone")
    assert set(document.scenario.options["nearer"].tags) == {"near", "never-alone"}


def test_the_fifths_of_deprivation_are_typed_as_shares_the_most_deprived_first(
    qtbot: QtBot, inspector: Inspector, document: Document
) -> None:
    inspector.open(Subject("pathway", ("footprints", "north")))
    qtbot.mouseClick(within(inspector, "imd", QPushButton), Qt.MouseButton.LeftButton)
    assert document.pathway.footprints["north"].imd == (0.2,) * 5
    for place, text in enumerate(("60%", "10%", "10%", "10%", "10%")):
        type_over(qtbot, inspector.row("imd").findChildren(Line)[place], text)
    assert document.pathway.footprints["north"].imd == (0.6, 0.1, 0.1, 0.1, 0.1)


def test_a_pool_is_put_into_a_setting_of_the_scenarios_own(
    qtbot: QtBot, inspector: Inspector, document: Document
) -> None:
    make_new(qtbot, inspector, "settings", "Police")
    inspector.open(Subject("pathway", ("pools", "beds")))
    combo = within(inspector, "setting", Combo)
    names = [combo.itemText(row) for row in range(combo.count())]
    assert names[2:6] == ["Community", "Schools", "Social care", "Police"], "in the order of the lanes"
    choose(qtbot, combo, "Police")
    assert document.pathway.pools["beds"].setting == "police"


def test_an_option_opens_from_its_list_as_a_form(
    qtbot: QtBot, inspector: Inspector, document: Document
) -> None:
    row = inspector.findChild(QWidget, "list-options").findChild(QPushButton, "nearer")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    type_over(qtbot, within(inspector, "short_name", Line), "Nearer")
    assert document.scenario.options["nearer"].short_name == "Nearer"


def test_a_contract_is_made_under_more_at_its_provider(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    """A block for the ward: nothing counts until the payer is chosen; then it is in the scenario."""
    inspector.open(Subject("pathway", ("providers", "trust")))
    row = inspector.row("contracts")
    more = inspector.findChild(QToolButton, "more")
    assert more.isVisible()
    assert not row.isVisible(), "few scenarios need it"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(within(inspector, "contracts", QPushButton, "add_text"), Qt.MouseButton.LeftButton)
    contract = within(inspector, "contracts", QWidget, "contract-1")
    assert document.pathway.providers["trust"].contracts == {}
    for field, words in (("payer", "NHS"), ("kind", "Block"), ("activities", "Ward")):
        choose(qtbot, contract.findChild(QWidget, field).findChild(Combo), words)
    amount = contract.findChild(QWidget, "amount")
    type_over(qtbot, next(each for each in amount.findChildren(Line) if each.isVisible()), "1,200,000")
    (made,) = document.pathway.providers["trust"].contracts.values()
    assert (made.kind, made.payer, made.activities) == ("block", "nhs", ("ward",))
    assert made.amount is not None
    assert (made.amount.value, made.amount.price_year) == (1_200_000, "2024/25")


def test_a_budget_is_given_for_a_financial_year_under_more(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("payers", "leisure")))
    qtbot.mouseClick(inspector.findChild(QToolButton, "more"), Qt.MouseButton.LeftButton)

    def give_year(dialog: QDialog) -> None:
        qtbot.keyClicks(dialog.findChild(QLineEdit), "2026/27")
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    when_asked(give_year)
    qtbot.mouseClick(within(inspector, "budget", QPushButton, "add_text"), Qt.MouseButton.LeftButton)
    row = within(inspector, "budget", QWidget, "2026/27")
    type_over(qtbot, next(each for each in row.findChildren(Line) if each.isVisible()), "1,200,000")
    (budget,) = document.pathway.payers["leisure"].budget.items()
    assert budget[0] == "2026/27"
    assert (budget[1].value, budget[1].price_year) == (1_200_000, "2024/25")


def test_lines_of_a_payer_are_aligned_by_themselves_under_more(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("payers", "nhs")))
    more = inspector.findChild(QToolButton, "more")
    if not more.isChecked():
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(within(inspector, "lines", QPushButton, "add_text"), Qt.MouseButton.LeftButton)
    line = within(inspector, "lines", QWidget, "line-1")
    choose(qtbot, line.findChild(QWidget, "provider").findChild(Combo), "Trust")
    (made,) = document.pathway.payers["nhs"].lines.values()
    assert (made.provider, made.setting, made.arrangement) == ("trust", None, "aligned")


def every_subject() -> list[Subject]:
    baseline = living().baseline
    listed = [Subject("pathway", (kind, key)) for kind in LIST_MAPS for key in getattr(baseline, kind)]
    return [*listed, SHIFT, DISPLACEMENT, Subject("scenario", ("outcomes", "wait"))]


@pytest.mark.parametrize("subject", every_subject(), ids=lambda subject: "/".join(subject.steps))
def test_every_listed_record_opens_within_the_panel_and_is_deleted_with_one_step_to_undo(
    qtbot: QtBot, document: Document, inspector: Inspector, subject: Subject
) -> None:
    document.set_variant("nearer")
    inspector.open(subject)
    assert inspector.subject == subject
    QApplication.processEvents()
    form = inspector.row("name").parentWidget()
    assert form.minimumSizeHint().width() <= 340 - 30, f"{subject.steps} is wider than the panel"
    qtbot.mouseClick(inspector.findChild(QPushButton, "delete"), Qt.MouseButton.LeftButton)
    assert inspector.subject == SCENARIO
    assert document.scenario != living()
    document.undo()
    assert document.scenario == living()


@pytest.mark.parametrize("key", ["front_door", "follow_up", "matron", "advised", "referrals"])
def test_what_happens_around_contacts_stays_within_the_panel(
    document: Document, inspector: Inspector, key: str
) -> None:
    document.select([key])
    QApplication.processEvents()
    form = inspector.row("name").parentWidget()
    assert form.minimumSizeHint().width() <= 340 - 30, f"{key} is wider than the panel"


def test_a_move_is_made_between_the_lowest_tiers_and_given_its_rate(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    make_new(qtbot, inspector, "moves", "Ageing")
    assert inspector.subject == Subject("pathway", ("moves", "ageing"))
    move = document.pathway.moves["ageing"]
    assert (move.origin, move.target, move.per_person, move.people) == ("low", "high", None, None)
    type_over(qtbot, within(inspector, "people", Line), "120")
    choose(qtbot, within(inspector, "kind", Combo), "Death")
    choose(qtbot, within(inspector, "to", Combo), "–")
    move = document.pathway.moves["ageing"]
    assert (move.kind, move.origin, move.target, move.people) == ("death", "low", None, 120)
    assert not [each for each in document.check_now() if "Ageing" in each.where]


def test_one_factor_over_many_entry_points_is_typed_in_an_option(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.edit("draw", lambda way: add_element(way, "entry_points", name="Self-referral")[0])
    document.set_variant("nearer")
    make_new(qtbot, inspector, "demand_changes", "Growth")
    assert inspector.subject == Subject("pathway", ("demand_changes", "growth"))
    change = within(inspector, "change", Line)
    type_over(qtbot, change, "5%")
    assert change.text() == "5%"
    assert document.pathway.demand_changes["growth"] == DemandChange(name="Growth", change=0.05)
    choose(qtbot, within(inspector, "entry_points", Combo, "add"), "Referrals")
    growth = document.pathway.demand_changes["growth"]
    assert growth.entry_points == ("referrals",)
    assert document.baseline.demand_changes == {}
    assert inspector.row("change").source.isVisible(), "the factor should have a source"


def test_a_move_needs_two_tiers_and_prevention_a_move(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.new()
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        dialog.accept()

    def give_name(dialog: QDialog) -> None:
        when_asked(read)
        qtbot.keyClicks(dialog.findChild(QLineEdit), "New")
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    for kind in ("moves", "preventions"):
        when_asked(give_name)
        listed = inspector.findChild(QWidget, f"list-{kind}")
        qtbot.mouseClick(listed.findChild(QToolButton, "new"), Qt.MouseButton.LeftButton)
    assert said == [
        "Make two need tiers first: people move from one to another.",
        "Make a move first: prevention slows moves between need tiers.",
    ]


def test_a_new_prevention_slows_a_move_up_the_triangle_not_a_birth(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    moves = {
        "births": Move.model_validate({"name": "Births", "kind": "birth", "to": "low", "per_person": 0.01})
    }
    document.edit("x", lambda each: each.model_copy(update={"moves": {**moves, **each.moves}}))

    def give_name(dialog: QDialog) -> None:
        qtbot.keyClicks(dialog.findChild(QLineEdit), "New")
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    when_asked(give_name)
    listed = inspector.findChild(QWidget, "list-preventions")
    qtbot.mouseClick(listed.findChild(QToolButton, "new"), Qt.MouseButton.LeftButton)
    assert document.pathway.preventions["new"].slows == {"up": 0.0}


def test_a_long_list_is_folded_until_it_is_asked_for(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    one = document.pathway.moves["up"]
    moves = {f"m{number:02}": one.model_copy(update={"name": f"Move {number:02}"}) for number in range(12)}
    document.edit("x", lambda each: each.model_copy(update={"moves": moves, "preventions": {}}))
    listed = inspector.findChild(QWidget, "list-moves")
    assert [listed.findChild(QPushButton, key) is not None for key in ("m07", "m08")] == [True, False]
    rest = listed.findChild(QToolButton, "rest")
    assert rest.text() == "Show 4 more…"
    qtbot.mouseClick(rest, Qt.MouseButton.LeftButton)
    assert listed.findChild(QPushButton, "m11").isVisible()
    assert rest.text() == "Show fewer"
    qtbot.mouseClick(rest, Qt.MouseButton.LeftButton)
    assert [listed.findChild(QPushButton, key).isVisible() for key in ("m07", "m08")] == [True, False]


def test_reductions_of_moves_do_not_have_to_add_up(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("preventions", "checks")))
    choose(qtbot, within(inspector, "slows", Combo, "add"), "Deaths")
    assert document.pathway.preventions["checks"].slows == {"up": 0.1, "die": 0.0}
    assert not within(inspector, "slows", QWidget, "sum").isVisible()


def test_a_trend_has_room_for_one_year_more(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    inspector.open(Subject("pathway", ("moves", "come")))
    years = within(inspector, "trend", QWidget, "by_year")
    type_over(qtbot, years.findChild(QWidget, "0").findChild(Line), "1.1")
    type_over(qtbot, years.findChild(QWidget, "1").findChild(Line), "1.2")
    trend = document.pathway.moves["come"].trend
    assert trend is not None
    assert trend.by_year == (1.1, 1.2)
    assert trend.yearly_change == 0.01
    type_over(qtbot, within(inspector, "trend", QWidget, "yearly_change").findChild(Line), "3")
    assert document.pathway.moves["come"].trend.yearly_change == 0.03


def test_an_option_lists_its_shifts_and_the_baseline_has_none(
    document: Document, inspector: Inspector
) -> None:
    listed = inspector.findChild(QWidget, "list-shifts")
    assert not listed.isVisible()
    document.set_variant("nearer")
    listed = inspector.findChild(QWidget, "list-shifts")
    assert listed.isVisible()
    row = listed.findChild(QPushButton, "to_matrons")
    assert row.accessibleName() == "From consultants to matrons: £300,000 a year"


def test_a_shift_is_made_in_the_option_shown(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    document.set_variant("nearer")
    make_new(qtbot, inspector, "shifts", "Second wave")
    assert inspector.subject == Subject("scenario", ("options", "nearer", "shifts", "second-wave"))
    choose(qtbot, within(inspector, "from", Combo), "Consultants")
    choose(qtbot, within(inspector, "to", Combo), "Matrons")
    type_over(qtbot, within(inspector, "amount", Line), "150,000")
    type_over(qtbot, within(inspector, "starts", Line), "1/4/2026")
    shift = document.scenario.options["nearer"].shifts["second-wave"]
    assert (shift.origin, shift.target, shift.amount.value) == ("consultants", "matrons", 150000)
    assert shift.amount.price_year == "2024/25"
    assert shift.starts.isoformat() == "2026-04-01"
    assert document.undo_label == "change starts of Second wave"


def test_a_shift_that_is_opened_shows_its_option(document: Document, inspector: Inspector) -> None:
    inspector.open(SHIFT)
    assert document.variant == "nearer"
    assert inspector.subject == SHIFT
    document.set_variant("baseline")
    assert inspector.subject == SCENARIO


def test_where_contacts_go_is_filled_in(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    inspector.open(DISPLACEMENT)
    type_over(qtbot, within(inspector, "unmet", Line), "5")
    type_over(
        qtbot, within(inspector, "to", QWidget, "matron").findChild(QWidget, "share").findChild(Line), "75"
    )
    displacement = document.scenario.options["nearer"].displacements["follow_ups"]
    assert (displacement.unmet, displacement.to["matron"].share) == (0.05, 0.75)
    assert document.check_now() == ()


def test_an_outcome_is_one_of_the_measures(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    make_new(qtbot, inspector, "outcomes", "Fewer admissions")
    choose(qtbot, within(inspector, "measure", Combo), "System cost")
    assert document.scenario.outcomes["fewer-admissions"].measure == "system_cost"


def test_money_settings_take_inflation_by_financial_year(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    def give_year(dialog: QDialog) -> None:
        qtbot.keyClicks(dialog.findChild(QLineEdit), "2025/26")
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    when_asked(give_year)
    qtbot.mouseClick(within(inspector, "index", QPushButton, "add_text"), Qt.MouseButton.LeftButton)
    type_over(qtbot, within(inspector, "index", QWidget, "2025/26").findChild(Line), "4.3")
    type_over(qtbot, within(inspector, "inflation", Line), "2.5")
    money = document.scenario.money
    assert (dict(money.index), money.inflation) == ({"2025/26": 0.043}, 0.025)
    type_over(qtbot, within(inspector, "inflation", Line), "-120")
    assert "cannot be -120%; give more than -100%" in inspector.row("inflation").mistake.text()


@pytest.mark.parametrize(
    ("place", "subject", "field"),
    [
        ("/options/nearer/shifts/to_matrons/amount", SHIFT, "amount"),
        ("/options/nearer/displacements/follow_ups", DISPLACEMENT, None),
        ("/outcomes/wait/measure", Subject("scenario", ("outcomes", "wait")), "measure"),
        ("/money/index", SCENARIO, "index"),
        ("/money", MONEY, None),
        ("/baseline/moves/up/per_person", Subject("pathway", ("moves", "up")), "per_person"),
    ],
)
def test_a_problem_leads_to_the_record_that_has_it(place: str, subject: Subject, field: str | None) -> None:
    target = target_of(place)
    assert (target.subject, target.field) == (subject, field)


def test_deleting_a_tier_says_what_goes_with_it(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("need_tiers", "high")))
    with qtbot.waitSignal(inspector.message) as said:
        qtbot.mouseClick(inspector.findChild(QPushButton, "delete"), Qt.MouseButton.LeftButton)
    (words,) = said.args
    assert words.startswith("High deleted, and with it ")
    assert "Low to high" in words
    assert "Health checks" in words
    assert isinstance(document.scenario, Scenario)
