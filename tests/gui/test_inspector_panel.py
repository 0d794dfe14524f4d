"""The inspector as a person uses it: typing, choosing, mistaking, undoing."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Combo, Line, Prose
from pathway_modeller.gui.inspector.panel import Inspector
from pathway_modeller.gui.inspector.source_dialog import SourceDialog
from pathway_modeller.gui.inspector.subjects import SCENARIO, Subject
from pathway_modeller.scenario.capacity import OpenHours, Quality
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.edits.values import set_value
from pathway_modeller.scenario.elements import (
    Decision,
    Pressure,
    PressureStep,
    RandomArrivals,
    Transition,
)
from pathway_modeller.scenario.reach import NotVaried, Replaces
from pathway_modeller.scenario.values import ByGroup, Money, Position
from tests.gui.window_person import choose, type_over, when_asked
from tests.gui.window_scenarios import small_scenario

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def document() -> Document:
    made = Document()
    made.new(small_scenario())
    return made


@pytest.fixture
def inspector(qtbot: QtBot, document: Document) -> Inspector:
    made = Inspector(document)
    qtbot.addWidget(made)
    made.resize(350, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def within(inspector: Inspector, field: str, kind: type[W], name: str = "") -> W:
    """Finds a widget inside a field's row."""
    row = inspector.row(field)
    found = row.findChild(kind, name) if name else row.findChild(kind)
    assert found is not None, f"{field} has no {kind.__name__} {name!r}"
    return found


def test_a_new_mean_changes_the_scenario_and_the_sentence_in_one_step(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    sentence = within(inspector, "service_time", QLabel, "sentence")
    before = sentence.text()
    assert "Mean 20 minutes" in before
    type_over(qtbot, within(inspector, "service_time", Line, "mean"), "40")
    assert document.pathway.activities["clinic"].service_time == Distribution(
        kind="lognormal", unit="minutes", mean=40, sd=8
    )
    assert "Mean 40 minutes" in sentence.text()
    assert document.undo_label == "change service time of Clinic"
    document.undo()
    assert sentence.text() == before
    assert not document.can_undo


def test_leaving_a_field_commits_and_an_unchanged_field_does_not(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    name = within(inspector, "name", Line)
    type_over(qtbot, name, "Hospital clinic", enter=False)
    assert document.pathway.activities["clinic"].name == "Clinic"
    qtbot.mouseClick(within(inspector, "room", Line), Qt.MouseButton.LeftButton)
    assert document.pathway.activities["clinic"].name == "Hospital clinic"
    document.undo()
    qtbot.keyClick(within(inspector, "room", Line), Qt.Key.Key_Return)
    assert document.can_redo, "an unchanged field must not make a step"


def test_a_bad_value_is_named_under_its_field_and_stays_typed(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    mean = within(inspector, "service_time", Line, "mean")
    type_over(qtbot, mean, "soon")
    mistake = inspector.row("service_time").mistake
    assert mistake.isVisible()
    assert "“soon” is not a number: write one" in mistake.text()
    assert mistake.text().startswith("✖"), "colour alone must not tell"
    assert mean.text() == "soon"
    type_over(qtbot, within(inspector, "room", Line), "12")
    assert mean.text() == "soon", "another edit must not take away what was typed"
    assert document.pathway.activities["clinic"].room == 12
    type_over(qtbot, mean, "25")
    assert not mistake.isVisible()
    assert document.pathway.activities["clinic"].service_time.mean == 25


@pytest.mark.parametrize(
    ("field", "name", "typed", "said"),
    [
        ("service_time", "mean", "999,999,999,999", "is longer than 1,000 years"),
        ("room", "", "999,999,999,999", "must be at most 1,000,000,000"),
        ("priority", "", "2,000,000", "must be at most 1,000,000"),
    ],
)
def test_a_figure_beyond_its_bounds_is_named_under_its_field_as_in_the_check(
    qtbot: QtBot, document: Document, inspector: Inspector, field: str, name: str, typed: str, said: str
) -> None:
    document.select(["clinic"])
    before = document.pathway
    line = within(inspector, field, Line, name)
    type_over(qtbot, line, typed)
    assert said in inspector.row(field).mistake.text()
    assert document.pathway is before
    assert line.text() == typed


@pytest.mark.parametrize("sd", ["0.001", "400,000,000"])
def test_figures_that_no_distribution_has_are_left_to_the_check(
    qtbot: QtBot, document: Document, inspector: Inspector, sd: str
) -> None:
    document.select(["clinic"])
    choose(qtbot, within(inspector, "service_time", Combo, "kind"), "Weibull")
    qtbot.wait(1)  # fields of the shapes passed through go away
    type_over(qtbot, within(inspector, "service_time", Line, "sd"), sd)
    assert document.pathway.activities["clinic"].service_time.sd == float(sd.replace(",", ""))
    assert within(inspector, "service_time", QLabel, "sentence").text() == ""


def test_escape_takes_back_what_was_typed(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    document.select(["clinic"])
    name = within(inspector, "name", Line)
    type_over(qtbot, name, "Wrong", enter=False)
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "Clinic"
    assert not document.is_dirty


def test_turning_to_another_way_keeps_the_times(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    choose(qtbot, within(inspector, "service_time", Combo, "way"), "Median and 90th percentile")
    changed = document.pathway.activities["clinic"].service_time
    assert changed.way == ("median", "p90")
    assert changed.median == pytest.approx(20 / (1 + 0.4**2) ** 0.5, rel=0.005)
    choose(qtbot, within(inspector, "service_time", Combo, "kind"), "Gamma")
    assert document.pathway.activities["clinic"].service_time.kind == "gamma"
    assert not inspector.row("service_time").mistake.isVisible()


def test_a_time_that_differs_by_need_tier_has_a_row_for_each_tier(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    choose(qtbot, within(inspector, "service_time", Combo, "by"), "Differs by need tier")
    divided = document.pathway.activities["clinic"].service_time
    assert isinstance(divided, ByGroup)
    assert divided.values == {}
    high = within(inspector, "service_time", QWidget, "high")
    qtbot.mouseClick(high.findChild(QPushButton, "set"), Qt.MouseButton.LeftButton)
    type_over(qtbot, high.findChild(Line, "mean"), "35")
    divided = document.pathway.activities["clinic"].service_time
    assert divided.values["high"].mean == 35
    assert divided.otherwise.mean == 20
    choose(qtbot, within(inspector, "service_time", Combo, "by"), "The same for all")
    assert document.pathway.activities["clinic"].service_time.mean == 20


def test_a_pool_can_be_made_where_it_is_needed(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])

    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        qtbot.keyClicks(dialog.findChild(QLineEdit), "Room")
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    add = within(inspector, "needs", Combo, "add")
    when_asked(give_name)
    choose(qtbot, add, "New pool…")
    assert document.pathway.pools["room"].name == "Room"
    assert document.pathway.activities["clinic"].needs == {"nurse": 1, "room": 1}
    assert document.pathway.pools["room"].setting == "hospital"
    document.undo()
    assert document.scenario == small_scenario(), "pool and need are one step to undo"
    assert not document.can_undo


def test_a_new_pool_stands_where_its_activity_does_and_says_it_is_unlimited(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    choose(qtbot, within(inspector, "setting", Combo), "Primary care")

    def give_name(dialog: QDialog) -> None:
        qtbot.keyClicks(dialog.findChild(QLineEdit), "Room")
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    assert within(inspector, "room", Line).placeholderText() == "no limit"
    when_asked(give_name)
    choose(qtbot, within(inspector, "needs", Combo, "add"), "New pool…")
    assert document.pathway.pools["room"].setting == "primary care"
    inspector.open(Subject("pathway", ("pools", "room")))
    assert within(inspector, "units", Line).placeholderText() == "unlimited"


def test_walking_through_a_list_adds_nothing_until_return(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    add = within(inspector, "timetable", Combo, "add")
    add.setFocus()
    qtbot.keyClick(add, Qt.Key.Key_Down)
    assert add.view().isVisible()
    qtbot.keyClick(add.view(), Qt.Key.Key_Down)
    qtbot.keyClick(add.view(), Qt.Key.Key_Down)
    qtbot.keyClick(add.view(), Qt.Key.Key_Escape)
    assert not document.is_dirty
    choose(qtbot, add, "Friday")
    assert list(document.pathway.pools["nurse"].timetable) == ["friday"]


def test_shares_show_their_sum_and_say_when_it_is_not_whole(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["referral"])
    row = within(inspector, "arrivals", QWidget, "need_tiers")
    choose(qtbot, row.findChild(Combo, "add"), "Low need")
    assert document.pathway.entry_points["referral"].arrivals.need_tiers == {"low": 1.0}
    low = row.findChild(QWidget, "low").findChild(Line)
    type_over(qtbot, low, "70")
    assert row.findChild(QLabel, "sum").text() == "⚠ Total 70%: shares should add up to 100%"
    choose(qtbot, row.findChild(Combo, "add"), "High need")
    assert document.pathway.entry_points["referral"].arrivals.need_tiers == {"low": 0.7, "high": 0.3}
    assert row.findChild(QLabel, "sum").text() == "Total 100%"


def test_money_has_the_price_year_of_the_start_unless_another_is_typed(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    qtbot.mouseClick(within(inspector, "price", QPushButton, "set"), Qt.MouseButton.LeftButton)
    type_over(qtbot, within(inspector, "price", QWidget, "value").findChild(Line), "148")
    assert document.pathway.activities["clinic"].price == Money(value=148, price_year="2025/26")
    type_over(qtbot, within(inspector, "price", QWidget, "price_year").findChild(Line), "2024/25")
    assert document.pathway.activities["clinic"].price == Money(value=148, price_year="2024/25")


def test_hours_of_a_weekday_are_copied_to_the_next(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    row = inspector.row("timetable")
    choose(qtbot, row.findChild(Combo, "add"), "Monday")
    assert document.pathway.pools["nurse"].timetable == {
        "monday": (OpenHours(opens="09:00", closes="17:00"),)
    }
    assert [label.text() for label in row.findChildren(QLabel)][2:5] == ["From", "To", "Units"]
    monday = row.findChild(QWidget, "monday")
    opens, closes = (monday.findChild(QWidget, name).findChild(Line) for name in ("opens", "closes"))
    type_over(qtbot, opens, "8am")
    assert opens.text() == "08:00"
    type_over(qtbot, closes, "16.30")
    choose(qtbot, row.findChild(Combo, "add"), "Tuesday")
    hours = (OpenHours(opens="08:00", closes="16:30"),)
    assert document.pathway.pools["nurse"].timetable == {"monday": hours, "tuesday": hours}
    remove = row.findChild(QWidget, "tuesday").findChild(QToolButton, "remove")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert document.pathway.pools["nurse"].timetable == {"monday": hours}


def test_the_working_week_is_opened_in_one_step(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    add = within(inspector, "timetable", Combo, "add")
    choose(qtbot, add, "Monday to Friday")
    hours = (OpenHours(opens="09:00", closes="17:00"),)
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert document.pathway.pools["nurse"].timetable == dict.fromkeys(days, hours)
    assert add.findText("Monday to Friday") < 0
    document.undo()
    assert not document.can_undo


def test_a_day_without_hours_can_be_removed(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    closed = document.pathway.pools["nurse"].model_copy(update={"timetable": {"monday": ()}})
    document.edit("close", lambda pathway: pathway.model_copy(update={"pools": {"nurse": closed}}))
    inspector.open(Subject("pathway", ("pools", "nurse")))
    remove = within(inspector, "timetable", QToolButton, "remove")
    assert remove.isVisible()
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert document.pathway.pools["nurse"].timetable == {}


def test_nothing_is_said_before_the_next_box_could_be_typed(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.activateWindow()
    qtbot.waitUntil(inspector.isActiveWindow)
    inspector.open(Subject("pathway", ("pools", "nurse")))
    row = inspector.row("steps")
    qtbot.mouseClick(row.findChild(QPushButton, "add"), Qt.MouseButton.LeftButton)
    date, units = (row.findChild(QWidget, name).findChild(Line) for name in ("date", "units"))
    type_over(qtbot, date, "01/06/2025", enter=False)
    qtbot.keyClick(date, Qt.Key.Key_Tab)
    assert not row.mistake.isVisible()
    assert units.hasFocus()
    qtbot.mouseClick(within(inspector, "block", Line), Qt.MouseButton.LeftButton)
    assert "Units is needed" in row.mistake.text()
    type_over(qtbot, units, "4")
    assert document.pathway.pools["nurse"].steps[0].units == 4


def test_a_transition_takes_a_condition(qtbot: QtBot, document: Document, inspector: Inspector) -> None:
    document.select(["b"])
    qtbot.mouseClick(within(inspector, "when", QPushButton, "set"), Qt.MouseButton.LeftButton)
    choose(qtbot, within(inspector, "when", Combo, "kind"), "Queue is at least")
    assert "needed" in inspector.row("when").mistake.text()
    activity = within(inspector, "when", QWidget, "activity").findChild(Combo)
    choose(qtbot, activity, "Review")
    type_over(qtbot, within(inspector, "when", QWidget, "at_least").findChild(Line), "5")
    condition = document.pathway.transitions["b"].when
    assert (condition.kind, condition.activity, condition.at_least) == ("queue", "review", 5)


def test_what_counts_as_a_difference_is_set_beside_the_run(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select([])
    type_over(qtbot, within(inspector, "cost_percent", Line), "2")
    assert document.scenario.matters.cost_percent == 2
    document.undo()
    assert document.scenario.matters.cost_percent == 0.1


def test_without_a_selection_the_scenario_and_its_lists_are_shown(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    type_over(qtbot, within(inspector, "replications", Line), "10")
    assert document.scenario.run.replications == 10
    pools = inspector.findChild(QWidget, "list-pools")
    assert pools.findChild(QPushButton, "nurse").accessibleName() == "Nurse: 3 units"
    qtbot.mouseClick(pools.findChild(QPushButton, "nurse"), Qt.MouseButton.LeftButton)
    assert inspector.subject == Subject("pathway", ("pools", "nurse"))
    type_over(qtbot, within(inspector, "units", Line), "5")
    assert document.pathway.pools["nurse"].units == 5
    qtbot.mouseClick(inspector.findChild(QToolButton, "back"), Qt.MouseButton.LeftButton)
    assert inspector.row("question").isVisible()


def test_deleting_a_pool_takes_its_uses_along_in_one_step(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    with qtbot.waitSignal(inspector.message) as said:
        qtbot.mouseClick(inspector.findChild(QPushButton, "delete"), Qt.MouseButton.LeftButton)
    assert said.args == ["Nurse deleted; Clinic and Review no longer need it. Ctrl+Z takes it back."]
    assert document.pathway.pools == {}
    assert document.pathway.activities["clinic"].needs == {}
    document.undo()
    assert document.scenario == small_scenario()


def test_a_figure_shows_how_far_it_can_be_relied_upon(document: Document, inspector: Inspector) -> None:
    inspector.open(Subject("pathway", ("pools", "nurse")))
    source = inspector.row("units").source
    assert source.text() == "⚠ Illustrative"
    assert "A guess" in source.toolTip()
    assert inspector.row("block").source.text() == "Source…"


def test_a_source_is_written_down_for_a_figure(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, SourceDialog)
        save = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
        assert "Source is needed" in dialog.findChild(QLabel, "mistake").text()
        row = dialog.findChild(QWidget, "source-editor")
        qtbot.keyClicks(row.findChild(Prose), "Clinic audit")
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)

    when_asked(fill_in)
    qtbot.mouseClick(inspector.row("service_time").source, Qt.MouseButton.LeftButton)
    made = next(a for a in document.scenario.assumptions.values() if a.source == "Clinic audit")
    assert made.places == ("/baseline/activities/clinic/service_time",)
    assert inspector.row("service_time").source.text() == "⚠ Illustrative"


def test_a_range_is_told_how_it_reaches_its_figures(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("scenario", ("assumptions", "nurses")))
    qtbot.mouseClick(within(inspector, "reach", QPushButton, "set"), Qt.MouseButton.LeftButton)
    assert document.scenario.assumptions["nurses"].reach == Replaces(kind="replaces")
    choose(qtbot, within(inspector, "reach", Combo, "kind"), "Is not varied")
    type_over(qtbot, within(inspector, "reach", QWidget, "because").findChild(Line), "the contract fixes it")
    assert document.scenario.assumptions["nurses"].reach == NotVaried(
        kind="not varied", because="the contract fixes it"
    )
    type_over(qtbot, within(inspector, "unit", Line), "nurses")
    assert document.scenario.assumptions["nurses"].unit == "nurses"


def test_a_mistake_in_a_long_field_is_told_at_its_box_and_in_view(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["referral"])
    inspector.resize(350, 420)
    box = within(inspector, "arrivals", QWidget, "rate").findChild(Line)
    type_over(qtbot, box, "many")
    told = inspector.findChild(QLabel, "mistake_here")
    assert told.text() == "✖ Rate: “many” is not a rate: write one such as 12 a week."
    qtbot.waitUntil(lambda: told.visibleRegion().boundingRect().height() >= told.height() > 0)
    assert (
        0
        <= told.mapTo(inspector, told.rect().topLeft()).y()
        - box.mapTo(inspector, box.rect().bottomLeft()).y()
        < 30
    )
    assert "border" in box.styleSheet()
    type_over(qtbot, box, "7")
    assert box.styleSheet() == ""
    assert not told.isVisible()
    assert document.pathway.entry_points["referral"].arrivals.rate.value == 7


def test_the_keyboard_stays_in_the_inspector_on_the_way_back(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    pools = inspector.findChild(QWidget, "list-pools")
    qtbot.mouseClick(pools.findChild(QPushButton, "nurse"), Qt.MouseButton.LeftButton)
    back = inspector.findChild(QToolButton, "back")
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Space)
    assert inspector.subject == SCENARIO
    assert isinstance(inspector.focusWidget(), QScrollArea)


def test_a_decision_lists_its_shares_with_their_sum(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    def divide(pathway: Pathway) -> Pathway:
        return pathway.model_copy(
            update={
                "decisions": {"fork": Decision(name="Fork", position=Position(x=700, y=300))},
                "transitions": {
                    **pathway.transitions,
                    "again": Transition(origin="fork", target="clinic", share=0.25),
                    "out": Transition(origin="fork", target="home", share=0.7),
                },
            }
        )

    document.edit("divide", divide)
    document.select(["fork"])
    listed = inspector.findChild(QWidget, "outgoing")
    words = [button.accessibleName() for button in listed.findChildren(QPushButton)]
    assert words == ["Clinic: 25%", "Home: 70%"]
    assert listed.findChild(QLabel, "outgoing_sum").text() == "⚠ Total 95%: shares should add up to 100%"
    qtbot.mouseClick(listed.findChild(QPushButton, "again"), Qt.MouseButton.LeftButton)
    assert inspector.findChild(QLabel, "word").text() == "Arrow (transition)"
    type_over(qtbot, within(inspector, "share", Line), "30")
    qtbot.mouseClick(inspector.findChild(QToolButton, "back"), Qt.MouseButton.LeftButton)
    document.select(["fork"])
    assert inspector.findChild(QLabel, "outgoing_sum").text() == "Total 100%"


def test_an_option_is_named_and_its_changes_show_what_the_baseline_has(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    def add(scenario: Scenario) -> Scenario:
        return scenario.model_copy(update={"options": {"more": Option(name="More nurses")}})

    document.edit_scenario("add", add)
    document.set_variant("more")
    inspector.open(Subject("pathway", ("pools", "nurse")))
    assert inspector.findChild(QLabel, "word").text() == "Capacity pool, in option “More nurses”"
    note = inspector.row("units").baseline
    assert not note.isVisible()
    type_over(qtbot, within(inspector, "units", Line), "5")
    assert note.isVisible()
    assert note.text() == "Baseline: 3"
    document.set_variant("baseline")
    assert not inspector.row("units").baseline.isVisible()


def test_what_was_typed_is_taken_in_though_the_window_is_not_active(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic"])
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    name = within(inspector, "name", Line)
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Hospital clinic")
    assert QApplication.focusWidget() is not name
    assert document.typed.take_in() == ()
    assert document.pathway.activities["clinic"].name == "Hospital clinic"


def test_a_long_note_is_shown_without_a_bar_on_its_words(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    note = within(inspector, "description", Prose)
    note.setPlainText("Nine words that are long enough to be broken. " * 6)
    assert not note.verticalScrollBar().isVisible()
    assert note.document().size().height() <= 10
    note.setPlainText("Nine words that are long enough to be broken. " * 30)
    qtbot.waitUntil(note.verticalScrollBar().isVisible)
    assert not note.horizontalScrollBar().isVisible()
    assert note.document().size().width() <= note.viewport().width()


def test_several_elements_show_how_many_and_what_can_be_done(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["clinic", "review", "b"])
    assert inspector.findChild(QLabel, "name").text() == "3 elements selected"
    with qtbot.waitSignal(inspector.action_wanted, check_params_cb=lambda key: key == "delete"):
        qtbot.mouseClick(inspector.findChild(QPushButton, "delete"), Qt.MouseButton.LeftButton)


def test_every_field_of_every_kind_of_element_is_shown_without_being_cut_off(
    qtbot: QtBot, document: Document, inspector: Inspector, tmp_path: Path
) -> None:
    for key in ("clinic", "referral", "home", "a"):
        document.select([key])
        inspector.resize(340, 700)
        QApplication.processEvents()
        page = inspector.findChild(QWidget, "name-editor") or inspector.findChild(QWidget, "from-editor")
        assert page is not None
        form = inspector.row("name" if key != "a" else "from").parentWidget()
        assert form.minimumSizeHint().width() <= 340 - 30, f"{key} is wider than the panel"


def test_fields_that_few_need_are_folded_under_more(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("activities", "clinic")))
    row = inspector.row("minimum_volume")
    more = next(each for each in inspector.findChildren(QToolButton, "more") if each.isVisible())
    assert not row.isVisible()
    assert inspector.row("priority").isVisible()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert row.isVisible()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    assert not row.isVisible()


def test_a_reaction_to_pressure_is_typed_under_more(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("activities", "clinic")))
    more = next(each for each in inspector.findChildren(QToolButton, "more") if each.isVisible())
    row = inspector.row("pressure")
    assert not row.isVisible()
    assert "not a forecast of behaviour" in row.findChild(QPushButton, "set").toolTip()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.findChild(QPushButton, "set"), Qt.MouseButton.LeftButton)
    choose(qtbot, within(inspector, "pressure", QWidget, "pool").findChild(Combo), "Nurse")
    qtbot.mouseClick(within(inspector, "pressure", QPushButton, "add"), Qt.MouseButton.LeftButton)
    type_over(qtbot, within(inspector, "pressure", QWidget, "full").findChild(Line), "85%")
    type_over(qtbot, within(inspector, "pressure", QWidget, "factor").findChild(Line), "0.9")
    assert not row.mistake.isVisible(), row.mistake.text()
    pressure = document.pathway.activities["clinic"].pressure
    assert pressure == Pressure(pool="nurse", steps=(PressureStep(full=0.85, factor=0.9),))
    assert row.source.isVisible(), "the factors should have a source"


def test_what_happens_during_care_is_chosen_and_quality_is_typed_under_more(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("activities", "clinic")))
    qtbot.mouseClick(within(inspector, "deterioration", QPushButton, "add_text"), Qt.MouseButton.LeftButton)
    during = within(inspector, "deterioration", QWidget, "during")
    type_over(qtbot, within(inspector, "deterioration", QWidget, "name").findChild(Line), "Emergency")
    choose(qtbot, within(inspector, "deterioration", QWidget, "kind").findChild(Combo), "Emergency")
    choose(qtbot, during.findChild(Combo), "Service, stay or caseload")
    helps = [each.toolTip() for each in inspector.row("deterioration").findChildren(QLabel)]
    assert any("while being seen or staying here" in each for each in helps)
    type_over(qtbot, within(inspector, "deterioration", QWidget, "if_good").findChild(Line), "0.6")
    row = inspector.row("deterioration")
    assert not row.mistake.isVisible(), row.mistake.text()
    (harm,) = document.pathway.activities["clinic"].deterioration.values()
    assert (harm.during, harm.if_good) == ("service", 0.6)
    inspector.open(Subject("pathway", ("pools", "nurse")))
    more = next(each for each in inspector.findChildren(QToolButton, "more") if each.isVisible())
    quality = inspector.row("quality")
    assert not quality.isVisible()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(quality.findChild(QPushButton, "set"), Qt.MouseButton.LeftButton)
    type_over(qtbot, within(inspector, "quality", QWidget, "good").findChild(Line), "55%")
    assert not quality.mistake.isVisible(), quality.mistake.text()
    assert document.pathway.pools["nurse"].quality == Quality(good=0.55)


def test_a_rate_for_each_hour_is_typed_hour_by_hour(
    qtbot: QtBot, document: Document, inspector: Inspector
) -> None:
    document.select(["referral"])
    arrivals = inspector.row("arrivals")
    hourly = within(inspector, "arrivals", QWidget, "hourly")
    assert "24 figures, from midnight" in hourly.toolTip()
    rate = within(inspector, "arrivals", QWidget, "rate").findChild(Line)
    rate.selectAll()
    qtbot.keyClick(rate, Qt.Key.Key_Delete)
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    qtbot.mouseClick(hourly.findChild(QPushButton, "set"), Qt.MouseButton.LeftButton)
    type_over(qtbot, hourly.findChild(QWidget, "9").findChild(Line), "2.5")
    assert not arrivals.mistake.isVisible(), arrivals.mistake.text()
    coming = document.pathway.entry_points["referral"].arrivals
    assert isinstance(coming, RandomArrivals)
    assert (coming.rate, coming.hourly) == (None, (*[1.0] * 9, 2.5, *[1.0] * 14))


def test_a_field_that_is_used_or_asked_for_is_not_folded_away(
    document: Document, inspector: Inspector
) -> None:
    inspector.open(Subject("pathway", ("activities", "clinic")))
    inspector.reveal("pauses_clocks")
    assert inspector.row("pauses_clocks").isVisible()
    inspector.open(SCENARIO)
    document.edit("least", lambda way: set_value(way, ("activities", "clinic", "minimum_volume"), 500.0))
    inspector.open(Subject("pathway", ("activities", "clinic")))
    assert inspector.row("minimum_volume").isVisible()
