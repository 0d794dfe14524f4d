"""What a person types is read the same way in every field, cell and form; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.inspector.editors.inputs import Combo, Line, Prose, ReadLine, WholeNumber
from pathway_modeller.gui.inspector.subjects import Subject
from pathway_modeller.gui.shell.runs import attach_runs
from pathway_modeller.gui.shifts.form import ShiftForm
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.file.open_save import dump, load
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.values import Duration, Money, Rate
from tests.gui.tables_person import CTRL, Clerk
from tests.gui.window_person import choose, click, find, type_over, when_asked
from tests.gui.window_scenarios import small_scenario

W = TypeVar("W", bound=QWidget)

SHIFT = Shift(
    name="Nearer home", amount=Money(value=250_000, price_year="2024/25"), starts=dt.date(2025, 4, 1)
)

HOSTILE = ("x" * 140_000, "1e999", "1e9999999", "1/6/0025")


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """Lets the computer speak German, in which a comma is the decimal one."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Clerk:
    """Somebody at a window with a small scenario that has a file."""
    path = tmp_path / "small.json"
    path.write_text(dump(small_scenario()), encoding="utf-8")
    made = Clerk(qtbot, tmp_path)
    made.document.open(path)
    return made


def field(person: Clerk, key: str, kind: type[W], name: str = "") -> W:
    """Finds a widget inside a field's row of the inspector."""
    row = person.window.inspector.row(key)
    found = row.findChild(kind, name) if name else row.findChild(kind)
    assert found is not None, f"{key} has no {kind.__name__} {name!r}"
    return found


def mistake(person: Clerk, key: str) -> str:
    """Returns the sentence under a field, or at the box inside it; nothing while none is shown."""
    QApplication.processEvents()
    here = person.window.inspector.findChild(QLabel, "mistake_here")
    label = person.window.inspector.row(key).mistake if here is None else here
    return label.text() if label.isVisibleTo(person.window) else ""


def told() -> str:
    """Returns what a field says that it understood."""
    return html.unescape(QToolTip.text().removeprefix("<qt>").removesuffix("</qt>"))


def paste(person: Clerk, into: QWidget, text: str) -> None:
    """Pastes a text over what a field holds."""
    into.setFocus()
    QTest.keyClick(into, Qt.Key.Key_A, CTRL)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(into, Qt.Key.Key_V, CTRL)


# The inspector ---------------------------------------------------------------------------------------


def test_a_rate_with_a_comma_is_refused_with_both_readings_and_stays_typed(
    qtbot: QtBot, person: Clerk
) -> None:
    person.document.select(["referral"])
    rate = field(person, "arrivals", QWidget, "rate").findChild(Line)
    assert rate is not None
    type_over(qtbot, rate, "12,5")
    assert "“12,5” can be read as 12.5 or as 125: write 12.5 or 125" in mistake(person, "arrivals")
    assert rate.text() == "12,5"
    arrivals = person.document.pathway.entry_points["referral"].arrivals
    assert getattr(arrivals, "rate", None) == Rate(value=6, unit="per day")
    type_over(qtbot, rate, "1,250")
    arrivals = person.document.pathway.entry_points["referral"].arrivals
    assert getattr(arrivals, "rate", None) == Rate(value=1250, unit="per day")
    assert rate.text() == "1,250", "it is shown back with its thousands"
    type_over(qtbot, rate, "12 a week")
    arrivals = person.document.pathway.entry_points["referral"].arrivals
    assert getattr(arrivals, "rate", None) == Rate(value=12, unit="per week")
    assert rate.text() == "12"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0,5", "can be read as 0.5% or as 5%: write 0.5% or 5%"),
        ("5,3", "can be read as 5.3% or as 53%: write 5.3% or 53%"),
        ("0.05", "can be read as 0.05% or as 5%: write 0.05% or 5%"),
    ],
)
def test_a_share_that_may_be_two_is_refused(qtbot: QtBot, person: Clerk, typed: str, says: str) -> None:
    person.document.select(["a"])
    share = field(person, "share", Line)
    assert share.text() == "100%"
    type_over(qtbot, share, typed)
    assert says in mistake(person, "share")
    assert person.document.pathway.transitions["a"].share == 1
    type_over(qtbot, share, "5%")
    assert person.document.pathway.transitions["a"].share == 0.05
    assert not mistake(person, "share")


def test_recorded_times_with_a_comma_inside_are_refused(qtbot: QtBot, person: Clerk) -> None:
    pathway = person.document.pathway
    clinic = pathway.activities["clinic"].model_copy(
        update={"service_time": Distribution(kind="empirical", unit="minutes", values=(10.0, 20.0))}
    )
    person.document.edit(
        "record times",
        lambda now: now.model_copy(update={"activities": {**now.activities, "clinic": clinic}}),
    )
    person.document.select(["clinic"])
    values = field(person, "service_time", Prose, "values")
    assert values.toPlainText() == "10, 20"
    paste(person, values, "1,250")
    click(qtbot, field(person, "name", Line))
    assert "“1,250” can be read as 1250 or as 1, 250: write 1250 or 1, 250" in mistake(person, "service_time")
    assert person.document.pathway.activities["clinic"].service_time == clinic.service_time
    paste(person, values, "1250\n17.5\n20")
    click(qtbot, field(person, "name", Line))
    time = person.document.pathway.activities["clinic"].service_time
    assert isinstance(time, Distribution)
    assert time.values == (1250, 17.5, 20)


def test_recorded_times_are_given_weights(qtbot: QtBot, person: Clerk) -> None:
    person.document.select(["clinic"])
    choose(qtbot, field(person, "service_time", Combo, "kind"), "Recorded values")
    qtbot.wait(1)  # fields of the shapes passed through go away
    paste(person, field(person, "service_time", Prose, "values"), "10\n20\n45")
    choose(qtbot, field(person, "service_time", Combo, "way"), "Recorded values and weights")
    qtbot.wait(1)  # the new fields are shown
    time = person.document.pathway.activities["clinic"].service_time
    assert isinstance(time, Distribution)
    assert (time.values, time.weights) == ((10, 20, 45), (1, 1, 1))
    paste(person, field(person, "service_time", Prose, "weights"), "6, 3")
    click(qtbot, field(person, "name", Line))
    assert "3 recorded values and 2 weights" in mistake(person, "service_time")
    paste(person, field(person, "service_time", Prose, "weights"), "6, 3, 1")
    click(qtbot, field(person, "name", Line))
    assert not mistake(person, "service_time")
    time = person.document.pathway.activities["clinic"].service_time
    assert isinstance(time, Distribution)
    assert time.weights == (6, 3, 1)
    said = field(person, "service_time", QLabel, "sentence").text()
    assert said == "Half take less than 10 minutes; one in ten takes more than 45 minutes. Mean 16.5 minutes."


def test_a_normal_time_is_typed_and_told(qtbot: QtBot, person: Clerk) -> None:
    person.document.select(["clinic"])
    choose(qtbot, field(person, "service_time", Combo, "kind"), "Normal cut at 0")
    qtbot.wait(1)  # fields of the shapes passed through go away
    type_over(qtbot, field(person, "service_time", Line, "mean"), "30")
    type_over(qtbot, field(person, "service_time", Line, "sd"), "30")
    assert "normal time cut at 0 cannot have a spread as large" in mistake(person, "service_time")
    type_over(qtbot, field(person, "service_time", Line, "sd"), "20")
    said = field(person, "service_time", QLabel, "sentence").text()
    assert (
        said == "Half take less than 27.1 minutes; one in ten takes more than 57.8 minutes. Mean 30 minutes."
    )
    time = person.document.pathway.activities["clinic"].service_time
    assert isinstance(time, Distribution)
    assert (time.kind, time.mean, time.sd) == ("normal", 30, 20)


def test_turning_to_mu_and_sigma_keeps_the_times(qtbot: QtBot, person: Clerk) -> None:
    person.document.select(["clinic"])
    choose(qtbot, field(person, "service_time", Combo, "way"), "mu and sigma")
    time = person.document.pathway.activities["clinic"].service_time
    assert isinstance(time, Distribution)
    assert time.way == ("mu", "sigma")
    assert field(person, "service_time", QLabel, "sentence").text().endswith("Mean 20 minutes.")


@pytest.mark.parametrize("typed", ["1/4/26", "1 Apr 2026", "2026-04-01", "01.04.2026"])
def test_the_start_date_is_read_as_people_mean_it(qtbot: QtBot, person: Clerk, typed: str) -> None:
    start = field(person, "start_date", Line)
    type_over(qtbot, start, typed)
    assert person.document.scenario.run.start_date == dt.date(2026, 4, 1)
    assert start.text() == "01/04/2026"


@pytest.mark.parametrize("typed", ["2/6/0025", "0025-06-02", "2/6/9999"])
def test_a_year_that_nobody_means_is_refused_where_it_is_typed(
    qtbot: QtBot, person: Clerk, typed: str
) -> None:
    before = person.document.scenario.run
    type_over(qtbot, field(person, "start_date", Line), typed)
    assert "lies outside the years 1990 to 2100" in mistake(person, "start_date")
    assert person.document.scenario.run == before


def test_a_file_that_starts_in_the_year_25_is_refused_with_place_and_mend(
    qtbot: QtBot, person: Clerk, tmp_path: Path
) -> None:
    document = json.loads(dump(small_scenario()))
    document["run"]["start_date"] = "0025-06-02"
    path = tmp_path / "old.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        text = dialog.findChild(QPlainTextEdit)
        seen.append(text.toPlainText() if text is not None else "")
        dialog.reject()

    when_asked(look)
    person.window.files.open(path)
    assert "Run settings › start date: 0025-06-02 lies outside the years 1990 to 2100" in seen[0]
    assert "Write 2025-06-02, if that is meant" in seen[0]


def test_a_length_of_time_may_be_typed_with_its_unit(qtbot: QtBot, person: Clerk) -> None:
    length = field(person, "duration", Line)
    type_over(qtbot, length, "8 weeks")
    assert person.document.scenario.run.duration == Duration(value=8, unit="weeks")
    assert length.text() == "8"
    type_over(qtbot, length, "3m")
    assert "can be read as 3 minutes or as 3 months" in mistake(person, "duration")


def test_a_smallest_difference_is_in_per_cent_with_its_sign(qtbot: QtBot, person: Clerk) -> None:
    least = field(person, "wait_percent", Line)
    assert least.text() == "1%"
    type_over(qtbot, least, "2,5")
    assert "can be read as 2.5% or as 25%" in mistake(person, "wait_percent")
    type_over(qtbot, least, "2.5")
    assert person.document.scenario.matters.wait_percent == 2.5
    assert least.text() == "2.5%"


def test_pounds_are_shown_back_with_their_thousands_and_pence(qtbot: QtBot, person: Clerk) -> None:
    person.document.select(["clinic"])
    click(qtbot, field(person, "price", QPushButton, "set"))
    price = field(person, "price", Line)
    type_over(qtbot, price, "1250000.5")
    money = person.document.pathway.activities["clinic"].price
    assert getattr(money, "value", None) == 1_250_000.5
    assert price.text() == "£1,250,000.50"
    type_over(qtbot, price, "£12,5")
    assert "can be read as £12.50 or as £125" in mistake(person, "price")


def test_a_field_says_what_it_understood_while_it_is_typed(qtbot: QtBot, person: Clerk) -> None:
    person.document.select(["referral"])
    rate = field(person, "arrivals", QWidget, "rate").findChild(Line)
    assert rate is not None
    type_over(qtbot, rate, "12.5", enter=False)
    assert told() == "= 12.5 per day"
    type_over(qtbot, rate, "12,5", enter=False)
    assert told().startswith("“12,5” can be read as 12.5")
    qtbot.keyClick(rate, Qt.Key.Key_Escape)
    start_date = field(person, "name", Line)
    type_over(qtbot, start_date, "<b>Bold</b>", enter=False)
    assert "Bold" not in told(), "a name says itself"


# Tables ----------------------------------------------------------------------------------------------


def test_a_cell_is_read_as_a_field_is(person: Clerk) -> None:
    person.key(Qt.Key.Key_3, CTRL, person.window)
    person.click(1, 1)
    before = person.document.scenario
    person.type("0,125")
    assert "“0,125” can be read as 0.125 or as 125: write 0.125 or 125" in person.said
    assert person.document.scenario is before
    person.click(1, 1)
    person.type("1,250")
    assert person.text(1, 1) == "1,250"


def test_a_cell_says_what_it_understood_while_it_is_typed(person: Clerk) -> None:
    person.key(Qt.Key.Key_3, CTRL, person.window)
    person.click(1, 1)
    person.qtbot.keyClicks(person.page.view, "1")
    person.qtbot.keyClicks(QApplication.focusWidget(), "250")
    assert told() == "= 1,250"
    person.turn_to("Moves", person.window.tables.moves)
    person.click(1, 2)
    person.qtbot.keyClicks(person.page.view, "2")
    person.qtbot.keyClicks(QApplication.focusWidget(), "%")
    assert told() == "= 0.02 a year for each person, 2% of them"
    person.key(Qt.Key.Key_Return)
    assert person.text(1, 2) == "0.02"


# The run bar -----------------------------------------------------------------------------------------


def test_replications_are_read_as_every_number_is(person: Clerk) -> None:
    attach_runs(person.window)
    number = find(person.window, WholeNumber, "replications")
    line = number.findChild(QLineEdit)
    assert line is not None
    type_over(person.qtbot, line, "1,250")
    assert person.document.scenario.run.replications == 1250
    assert line.text() == "1,250"
    type_over(person.qtbot, line, "12,5")
    assert person.document.scenario.run.replications == 1250
    assert line.text() == "12,5", "what cannot be read stays, and says why"
    assert number.mistake == "“12,5” can be read as 12.5 or as 125: write 12.5 or 125."
    person.qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "1,250"
    assert not number.mistake


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("amount", "£12,5", "Pounds a year: “£12,5” can be read as £12.50 or as £125"),
        ("amount", "$5", "is in another currency"),
        ("starts", "1/4/0025", "lies outside the years 1990 to 2100: write 1/4/2025"),
        ("ramp", "3m", "can be read as 3 minutes or as 3 months"),
        ("ramp", "1,5 years", "can be read as 1.5 years or as 15 years"),
    ],
)
def test_a_shift_form_refuses_what_may_be_two(qtbot: QtBot, key: str, typed: str, says: str) -> None:
    form = ShiftForm()
    qtbot.addWidget(form)
    form.changed.connect(lambda: form.show_told(None, form.draft().faults))
    form.show_shift(SHIFT, [], "2024/25", new=True)
    form.show()
    line = find(form, ReadLine, f"shift-{key}")
    type_over(qtbot, line, typed, enter=False)
    assert says in form.told_words()
    assert says.rpartition(": “")[2] in told()
    assert form.draft().shift is None


def test_a_shift_form_reads_as_every_field_does(qtbot: QtBot) -> None:
    form = ShiftForm()
    qtbot.addWidget(form)
    form.show_shift(SHIFT, [], "2024/25", new=True)
    form.show()
    for key, typed, understood in (
        ("amount", "1.25m", "= £1,250,000 (2024/25)"),
        ("starts", "1/4/26", "= Wednesday 1 April 2026"),
        ("ramp", "1 year 6 months", "= 18 months"),
    ):
        type_over(qtbot, find(form, ReadLine, f"shift-{key}"), typed, enter=False)
        assert told() == understood
    shift = form.draft().shift
    assert shift is not None
    assert (shift.amount.value, shift.starts) == (1_250_000, dt.date(2026, 4, 1))
    assert shift.ramp == Duration(value=18, unit="months")


# Nothing keeps Save from working ---------------------------------------------------------------------


def saved(person: Clerk) -> None:
    """Saves by keys; the file holds what the window shows, and opens."""
    path = person.document.path
    assert path is not None
    person.key(Qt.Key.Key_S, CTRL, person.window)
    assert not person.document.is_dirty
    assert load(path) == person.document.scenario


def test_whatever_is_pasted_into_fields_the_scenario_is_saved_and_opens(person: Clerk) -> None:
    person.window.inspector.open(Subject("pathway", ("pools", "nurse")))
    for text in HOSTILE:
        for key in ("units", "notice", "timetable"):
            for line in person.window.inspector.row(key).findChildren(Line):
                paste(person, line, text)
        saved(person)


def test_whatever_is_pasted_into_cells_and_the_run_bar_the_scenario_is_saved(person: Clerk) -> None:
    attach_runs(person.window)
    person.key(Qt.Key.Key_3, CTRL, person.window)
    for text in HOSTILE:
        for words, page in (("People", person.window.tables.people), ("Moves", person.window.tables.moves)):
            person.turn_to(words, page)
            person.click(1, 2)
            person.paste(text)
            person.key(Qt.Key.Key_F2, on=person.page.view)
            line = QApplication.focusWidget()
            assert isinstance(line, ReadLine)
            paste(person, line, text)
        paste(person, find(person.window, WholeNumber, "replications"), text)
        saved(person)
