"""Drawing an investment shift with the mouse and with keys, as a person does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.editors.inputs import Combo
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.gui.shifts.cards import cards
from pathway_modeller.gui.shifts.geometry import lay_out
from pathway_modeller.gui.shifts.months import LastUse, timeline
from pathway_modeller.gui.shifts.page import ShiftPage
from pathway_modeller.gui.shifts.paint import colour_of
from pathway_modeller.scenario.capacity import OpenHours, Pool
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.people import OwnSetting
from pathway_modeller.scenario.values import Duration, Money
from tests.gui.shift_scenarios import pounds, shift_scenario
from tests.gui.window_person import choose, click, click_tab, find, type_over, when_asked

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Drawer:
    """Somebody at the page of investment shifts of a window."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(Document(), settings)
        qtbot.addWidget(self.window, before_close_func=lambda each: each.document.new())
        self.window.resize(1366, 740)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.document.new(shift_scenario())
        qtbot.keyClick(self.window, Qt.Key.Key_4, CTRL)

    @property
    def page(self) -> ShiftPage:
        return self.window.shifts

    @property
    def shifts(self) -> list[Shift]:
        return list(self.window.document.scenario.options["nearer"].shifts.values())

    @property
    def said(self) -> str:
        return self.page.form.told_words()

    def line(self, field: str) -> QLineEdit:
        return find(self.page, QLineEdit, f"shift-{field}")

    def move(self, places: list[QPoint]) -> None:
        for place in places:
            self.qtbot.mouseMove(self.page.board, place)

    def draw(self, origin: str, target: str, *, let_go: bool = True) -> None:
        """Presses on a box, moves to another and releases."""
        board = self.page.board
        begin, end = board.box_point(origin), board.box_point(target)
        self.qtbot.mousePress(board, LEFT, pos=begin)
        self.move([(begin + end) / 2, end])
        if let_go:
            self.qtbot.mouseRelease(board, LEFT, pos=end)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, held)

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, CTRL)


def baseline_pools(drawer: Drawer) -> dict[str, Pool]:
    return dict(drawer.window.document.scenario.baseline.pools)


@pytest.fixture
def drawer(qtbot: QtBot, tmp_path: Path) -> Drawer:
    made = Drawer(qtbot, tmp_path)
    click_tab(qtbot, made.window, "Nearer home")
    return made


def test_a_shift_is_drawn_typed_and_kept_with_enter_as_one_step(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists")
    # The amount has the keyboard, with the cost of the block of ten beds in it.
    assert QApplication.focusWidget() is drawer.line("amount")
    assert drawer.line("amount").text() == "£600,000"
    drawer.qtbot.keyClicks(QApplication.focusWidget(), "£720,000")
    type_over(drawer.qtbot, drawer.line("ramp"), "6 months", enter=False)
    drawer.key(Qt.Key.Key_Return)
    (shift,) = drawer.shifts
    assert (shift.origin, shift.target) == ("ward", "specialists")
    assert shift.amount == pounds(720_000)
    assert shift.starts == dt.date(2025, 4, 1)
    assert shift.ramp == Duration(value=6, unit="months")
    assert shift.name == "Ward beds to Specialist nurses"
    drawer.undo()
    assert drawer.shifts == []
    drawer.key(Qt.Key.Key_Y, CTRL)
    assert drawer.shifts == [shift]


def test_what_a_shift_does_is_said_while_it_is_typed(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists")
    # £600,000 buys 12 nurses at £48,000, leaving £24,000; ten beds are a block, gone after three months.
    assert drawer.said == (
        "Opens 12 units of Specialist nurses in April 2025; closes 10 units of Ward beds in April 2025; "
        "their cost leaves in July 2025. £24,000 of the £600,000 a year opens no whole unit."
    )
    type_over(drawer.qtbot, drawer.line("amount"), "540000", enter=False)
    assert "closes 9 units of Ward beds" in drawer.said
    assert "their cost stays, since only whole blocks of 10 release their cost" in drawer.said
    type_over(drawer.qtbot, drawer.line("amount"), "lots", enter=False)
    assert "Pounds a year: “lots” is not an amount in pounds" in drawer.said
    assert not find(drawer.page, QPushButton, "shift-accept").isEnabled()


def test_boxes_and_arrow_follow_what_is_typed(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists")
    drawer.key(Qt.Key.Key_Return)
    assert drawer.page.board.card("specialists").units_words == "4 units, 16 after shifts"
    type_over(drawer.qtbot, drawer.line("amount"), "96000", enter=False)
    assert drawer.page.board.card("specialists").units_words == "4 units, 6 after shifts"
    drawer.key(Qt.Key.Key_Escape)
    assert drawer.page.board.card("specialists").units_words == "4 units, 16 after shifts"


def test_what_was_said_of_a_deletion_goes_with_it(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists")
    drawer.key(Qt.Key.Key_Return)
    click(drawer.qtbot, find(drawer.page, QPushButton, "shift-remove"))
    assert "deleted. Ctrl+Z takes it back" in drawer.window.statusBar().currentMessage()
    drawer.undo()
    assert len(drawer.shifts) == 1
    assert drawer.window.statusBar().currentMessage() == ""


def test_use_is_on_the_scale_of_capacity_for_a_pool_that_is_open_by_day() -> None:
    scenario = shift_scenario()
    hours = {"monday": (OpenHours(opens="09:00", closes="17:00"),)}
    clinics = scenario.baseline.pools["clinics"].model_copy(update={"timetable": hours})
    pools = {**scenario.baseline.pools, "clinics": clinics}
    scenario = scenario.model_copy(update={"baseline": scenario.baseline.model_copy(update={"pools": pools})})
    # Open a third of the day: of 6 units 2 are open in the mean over day and night, and 1.5 are in use.
    series = pd.DataFrame(
        [
            {"variant": "nearer", "time": 0.0, "kind": kind, "pool": "clinics", "footprint": "", "mean": mean}
            for kind, mean in (("capacity", 2.0), ("occupancy", 1.5))
        ]
    )
    shift = Shift(name="x", origin="clinics", amount=pounds(150_000), starts=dt.date(2027, 3, 1))
    last = LastUse(series, "nearer", scenario, is_stale=False)
    shown = timeline("x", {"x": shift}, scenario.baseline, scenario.money, scenario.run, last)
    assert shown.use[0].values[0] == pytest.approx(4.5)
    assert shown.capacity[0].values[0] == 6


def test_with_one_pool_another_is_offered(drawer: Drawer) -> None:
    scenario = drawer.window.document.scenario
    ward = {"ward": baseline_pools(drawer)["ward"]}
    pathway = scenario.baseline.model_copy(update={"pools": ward})
    drawer.window.document.new(scenario.model_copy(update={"baseline": pathway}))
    drawer.key(Qt.Key.Key_4, CTRL)
    click_tab(drawer.qtbot, drawer.window, "Nearer home")

    def give_name(dialog: QDialog) -> None:
        drawer.qtbot.keyClicks(dialog.findChild(QLineEdit), "Virtual beds")
        drawer.qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)

    when_asked(give_name)
    click(drawer.qtbot, find(drawer.page, QPushButton, "make-pool"))
    assert [pool.name for pool in drawer.window.document.pathway.pools.values()] == [
        "Ward beds",
        "Virtual beds",
    ]
    assert drawer.window.inspector.row("units").isVisible()
    assert not find(drawer.page, QPushButton, "make-pool").isVisible()


def test_escape_gives_up_the_arrow_and_the_form(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists", let_go=False)
    assert drawer.page.board.is_drawing
    drawer.key(Qt.Key.Key_Escape)
    assert not drawer.page.board.is_drawing
    drawer.qtbot.mouseRelease(drawer.page.board, LEFT, pos=drawer.page.board.box_point("specialists"))
    assert not drawer.page.form.isVisible()
    drawer.draw("ward", "specialists")
    drawer.key(Qt.Key.Key_Escape)
    assert not drawer.page.form.isVisible()
    assert drawer.shifts == []
    assert not drawer.window.document.can_undo


def test_a_shift_is_made_by_keys_alone(drawer: Drawer) -> None:
    drawer.page.board.setFocus()
    drawer.key(Qt.Key.Key_Right)
    assert drawer.page.board.chosen_pool == "ward"
    drawer.key(Qt.Key.Key_Right)
    assert drawer.page.board.chosen_pool == "clinics"
    drawer.key(Qt.Key.Key_S)
    target = find(drawer.page, QComboBox, "shift-to")
    assert QApplication.focusWidget() is target
    choose(drawer.qtbot, target, "GPs")
    assert drawer.line("name").text() == "Consultant clinics to GPs"
    assert drawer.line("amount").text() == "£150,000"
    drawer.key(Qt.Key.Key_Tab)
    drawer.key(Qt.Key.Key_Return)
    assert [(each.origin, each.target) for each in drawer.shifts] == [("clinics", "gps")]


def test_an_arrow_is_as_wide_as_its_amount_and_is_edited_and_deleted(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists")
    drawer.key(Qt.Key.Key_Return)
    drawer.draw("clinics", "gps")
    drawer.key(Qt.Key.Key_Return)
    wide, narrow = (
        drawer.page.board.arrow_width(key) for key in drawer.window.document.scenario.options["nearer"].shifts
    )
    assert wide > 2 * narrow
    first = next(iter(drawer.window.document.scenario.options["nearer"].shifts))
    click(drawer.qtbot, drawer.page.board, drawer.page.board.arrow_point(first))
    type_over(drawer.qtbot, drawer.line("double_running"), "3 months")
    assert drawer.shifts[0].double_running == Duration(value=3, unit="months")
    click(drawer.qtbot, drawer.page.board, drawer.page.board.arrow_point(first))
    drawer.qtbot.keyClick(drawer.page.board, Qt.Key.Key_Delete)
    assert [each.origin for each in drawer.shifts] == ["clinics"]
    drawer.undo()
    assert [each.origin for each in drawer.shifts] == ["ward", "clinics"]


def test_the_timeline_shows_cost_capacity_and_asks_for_a_run(drawer: Drawer) -> None:
    drawer.draw("ward", "specialists")
    type_over(drawer.qtbot, drawer.line("double_running"), "3 months")
    shown = drawer.page.strips.shown
    assert shown.months[:2] == ("2025-04", "2025-05")
    assert [(line.name, line.values[0], line.values[-1]) for line in shown.capacity] == [
        ("Specialist nurses", 16, 16),
        ("Ward beds", 20, 10),
    ]
    assert shown.costs is not None
    # Ten beds at £60,000 a year are kept open for the 30 days of April, then stand closed and paid for.
    assert shown.costs["double_running"][0] == pytest.approx(600_000 * 30 / 365.25)
    assert shown.costs["stranded"][3] > 0
    assert shown.costs["left"][3] == 0
    assert shown.no_use == "Run the comparison to see use (F5)"
    assert "Ward beds from 20 to 10 units" in drawer.page.strips.accessibleDescription()


def test_money_found_elsewhere_needs_only_one_pool(drawer: Drawer) -> None:
    drawer.draw("", "specialists")
    assert drawer.line("amount").text() == "£48,000"
    drawer.key(Qt.Key.Key_Return)
    assert [(each.origin, each.target, each.name) for each in drawer.shifts] == [
        (None, "specialists", "New money for Specialist nurses")
    ]


def test_a_pool_without_cost_leads_to_its_field_in_the_baseline_and_back(drawer: Drawer) -> None:
    drawer.draw("ward", "nurse")
    assert "Give what a unit of the pool costs" in drawer.said
    type_over(drawer.qtbot, drawer.line("amount"), "90000", enter=False)
    button = find(drawer.page, QPushButton, "form-cost")
    assert button.text() == "Give the cost of Nurse"
    click(drawer.qtbot, button)
    # The cost is open, in view and with the keyboard: type what a nurse costs and go on.
    assert drawer.window.document.variant == "baseline"
    row = drawer.window.inspector.row("cost")
    typed = QApplication.focusWidget()
    assert row.isAncestorOf(typed)
    drawer.qtbot.waitUntil(lambda: not typed.visibleRegion().isEmpty())
    drawer.qtbot.keyClicks(typed, "45000")
    choose(drawer.qtbot, row.findChild(QWidget, "per").findChild(Combo), "Year")
    cost = drawer.window.document.scenario.baseline.pools["nurse"].cost
    assert cost is not None
    assert (cost.amount, cost.per) == (pounds(45_000), "year")
    click(drawer.qtbot, find(drawer.page, QPushButton, "go-on"))
    assert drawer.window.document.variant == "nearer"
    assert drawer.line("amount").text() == "£90,000"
    assert "opens 2 units of nurse" in drawer.said.lower()


def test_in_a_new_file_pounds_are_of_the_year_of_the_start(drawer: Drawer) -> None:
    priceless = {key: pool.model_copy(update={"cost": None}) for key, pool in baseline_pools(drawer).items()}
    scenario = drawer.window.document.scenario
    bare = {
        key: tier.model_copy(update={"spending": {}}) for key, tier in scenario.baseline.need_tiers.items()
    }
    pathway = scenario.baseline.model_copy(update={"pools": priceless, "need_tiers": bare})
    drawer.window.document.new(scenario.model_copy(update={"baseline": pathway, "money": MoneySettings()}))
    drawer.key(Qt.Key.Key_4, CTRL)
    click_tab(drawer.qtbot, drawer.window, "Nearer home")
    drawer.draw("ward", "nurse")
    assert find(drawer.page, QLabel, "shift-prices").text() == "taken as 2025/26 prices"
    type_over(drawer.qtbot, drawer.line("amount"), "100000")
    assert [each.amount for each in drawer.shifts] == [Money(value=100_000, price_year="2025/26")]


def test_a_shift_begins_where_counting_does(drawer: Drawer) -> None:
    scenario = drawer.window.document.scenario
    run = scenario.run.model_copy(update={"warm_up": Duration(value=6, unit="weeks")})
    drawer.window.document.new(scenario.model_copy(update={"run": run}))
    drawer.key(Qt.Key.Key_4, CTRL)
    click_tab(drawer.qtbot, drawer.window, "Nearer home")
    drawer.draw("ward", "specialists")
    drawer.key(Qt.Key.Key_Return)
    assert [each.starts for each in drawer.shifts] == [dt.date(2025, 5, 13)]


def test_the_baseline_says_that_shifts_belong_to_options(drawer: Drawer) -> None:
    click_tab(drawer.qtbot, drawer.window, "Baseline")
    assert not drawer.page.board.isVisible()
    click(drawer.qtbot, find(drawer.page, QPushButton, "show-nearer"))
    assert drawer.window.document.variant == "nearer"
    assert drawer.page.board.isVisible()
    click_tab(drawer.qtbot, drawer.window, "Baseline")
    click(drawer.qtbot, find(drawer.page, QPushButton, "make-option"))
    drawer.key(Qt.Key.Key_Return)
    assert len(drawer.window.document.scenario.options) == 2
    assert drawer.page.board.isVisible()


def test_the_page_is_reached_from_an_options_menu_and_gives_the_panels_back(drawer: Drawer) -> None:
    assert not drawer.window.inspector.isVisible()
    drawer.qtbot.keyClick(drawer.window, Qt.Key.Key_1, CTRL)
    assert drawer.window.inspector.isVisible()
    click(drawer.qtbot, find(drawer.window, QToolButton, "option-menu"))
    menu = find(drawer.window, QMenu, "option-actions")
    action = next(each for each in menu.actions() if each.text() == "Draw investment shifts")
    click(drawer.qtbot, menu, menu.actionGeometry(action).center())
    assert drawer.page.isVisible()
    assert find(drawer.window, QToolButton, "button-show_shifts").isChecked()


def test_pools_of_an_own_setting_have_a_column_with_its_name() -> None:
    given = shift_scenario()
    lane = {"day": OwnSetting(name="Day unit", order=6, kind="in hospital")}
    key, pool = next(iter(given.baseline.pools.items()))
    pools = {**given.baseline.pools, key: pool.model_copy(update={"setting": "day"})}
    pathway = given.baseline.model_copy(update={"settings": lane, "pools": pools})
    laid = lay_out(cards(pathway, {}, given.money, given.run), 900, 600)
    assert laid.columns[0][0] == "Day unit", "it lies beyond hospital, which is at the left"
    assert QColor(colour_of("day")).isValid()
