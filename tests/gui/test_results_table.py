"""The table under a chart: sorted by figures, missing ones last, copied as a spreadsheet takes it."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.gui.results.table import FigureTable, shown


@pytest.fixture
def table(qtbot: QtBot) -> FigureTable:
    made = FigureTable()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show_frame(
        pd.DataFrame(
            {"of": ["Clinic", "Ward", "Home"], "mean_wait": [9.5, math.nan, 12000.25], "n": [3, 0, 3]}
        )
    )
    made.show()
    qtbot.waitExposed(made)
    return made


def column(table: FigureTable, place: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def click_header(qtbot: QtBot, table: FigureTable, place: int) -> None:
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(place) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_figures_are_read_with_thousands_and_a_dash_where_missing(table: FigureTable) -> None:
    assert column(table, 1) == ["9.50", "–", "12,000"]
    assert table.model().headerData(1, Qt.Orientation.Horizontal) == "Mean wait"


def test_a_click_on_a_title_sorts_by_figures(qtbot: QtBot, table: FigureTable) -> None:
    click_header(qtbot, table, 1)
    first = column(table, 1)
    click_header(qtbot, table, 1)
    assert [first, column(table, 1)] == [["–", "9.50", "12,000"], ["12,000", "9.50", "–"]]


def test_pounds_are_called_pounds_of_a_year(table: FigureTable) -> None:
    units = ["GBP 2024/25", "days", "GBP 2024/25 a year", "GBP a year for each head", "GBP"]
    table.show_frame(pd.DataFrame({"of": list("abcde"), "unit": units, "mean": [1.0] * 5}))
    assert column(table, 1) == [
        "£, 2024/25 prices",
        "days",
        "£ a year, 2024/25 prices",
        "£ a year for each head",
        "£",
    ]
    assert "GBP 2024/25" in table.text_to_copy()


def test_tab_leaves_the_figures_and_arrows_move_among_them(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    table, after = FigureTable(), QPushButton("after")
    table.show_frame(pd.DataFrame({"of": ["Clinic", "Ward"], "mean": [1.0, 2.0], "n": [3, 3]}))
    row = QHBoxLayout(around)
    row.addWidget(table)
    row.addWidget(after)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() > 0
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_ctrl_c_copies_all_figures_in_full(qtbot: QtBot, table: FigureTable) -> None:
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Of\tMean wait\tN\nClinic\t9.5\t3\nWard\t\t0\nHome\t12000.25\t3\n"
    )


def test_ctrl_c_copies_only_what_is_selected(qtbot: QtBot, table: FigureTable) -> None:
    rows = [table.visualRect(table.model().index(row, 1)).center() for row in (0, 2)]
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rows[0])
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, rows[1]
    )
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Mean wait\n9.5\n12000.25\n"


def test_measures_have_titles_and_shares_are_per_cent(table: FigureTable) -> None:
    shares = {"unit": ["share", "days"], "mean": [0.9056, 0.5], "variance_reduction": [0.8, 0.7]}
    table.show_frame(pd.DataFrame({"measure": ["standard.within", "wait.mean"], **shares}))
    assert column(table, 0) == ["Share within the standard", "Mean waiting time"]
    assert column(table, 2) == ["90.6%", "0.5000"]
    assert table.model().columnCount() == 3


def test_figures_of_the_money_charts_have_titles(table: FigureTable) -> None:
    names = ["payer.now", "shift.opened", "equity.cost"]
    table.show_frame(pd.DataFrame({"measure": names, "mean": [1.0, 2.0, 3.0]}))
    assert column(table, 0) == ["Pays now", "Capacity opened", "Cost for each need-weighted head"]


def test_a_difference_of_shares_is_in_percentage_points(table: FigureTable) -> None:
    figures = {"unit": ["share"], "baseline": [0.9], "option": [0.85], "mean": [-0.05]}
    table.show_frame(pd.DataFrame({"measure": ["standard.within.rtt"], **figures}))
    assert [column(table, place)[0] for place in range(5)] == [
        "Share within the standard",
        "%",
        "90.0%",
        "85.0%",
        "−5.0 % points",
    ]


def test_every_text_of_a_long_table_has_room_in_its_column(table: FigureTable) -> None:
    rows = 700
    table.show_frame(
        pd.DataFrame(
            {
                "of": ["Care navigator's call" if row % 9 == 0 else "GP" for row in range(rows)],
                "mean": [1234567.0 if row % 7 == 0 else 0.25 for row in range(rows)],
            }
        )
    )
    for place in range(2):
        room = table.columnWidth(place)
        texts = {table.horizontalHeader().model().headerData(place, Qt.Orientation.Horizontal)}
        texts |= set(column(table, place))
        assert all(table.fontMetrics().horizontalAdvance(str(text)) < room for text in texts)


def titles(table: FigureTable) -> list[str]:
    model = table.model()
    return [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())]


def test_titles_say_what_a_difference_and_an_interval_are(table: FigureTable) -> None:
    interval = {"mean": [-2.0], "low": [-3.0], "high": [-1.0]}
    table.show_frame(pd.DataFrame({"baseline": [9.0], "option": [7.0], **interval}))
    assert titles(table) == ["Baseline", "Option", "Difference", "95% low", "95% high"]
    table.show_frame(pd.DataFrame({"footprint": [""], "level": [2], **interval}))
    assert titles(table) == ["Units in use", "Mean", "95% low", "95% high"]


def test_a_long_name_is_shown_in_full_where_there_is_room(table: FigureTable) -> None:
    name = "Follow-ups near home, one hospital clinic closed, as planned"
    table.resize(900, 200)
    table.show_frame(pd.DataFrame({"variant": [name], "mean": [1.0]}))
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(name)
    table.resize(300, 200)
    table.show_frame(pd.DataFrame({"variant": [name], "mean": [1.0]}))
    assert table.columnWidth(0) < 300


def test_figures_that_are_all_times_have_their_unit_in_their_titles(qtbot: QtBot, table: FigureTable) -> None:
    table.show_frame(pd.DataFrame({"of": ["Clinic"], "unit": ["minutes"], "mean": [4.25], "n": [3]}))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Of\tUnit\tMean (minutes)\tN\nClinic\tminutes\t4.25\t3\n"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-0.04321, "−0.0432"),
        (123.456, "123.5"),
        (5.0, "5"),
        (None, "–"),
        (12345, "12,345"),
        (0.000951, "0.000951"),
        (-0.0019, "−0.00190"),
        (0.0, "0"),
        (1e-17, "0"),
        (-1e-17, "0"),
    ],
)
def test_one_figure(value: object, words: str) -> None:
    assert shown(value) == words


def test_months_are_read_as_people_write_them_sorted_by_time_and_copied_for_a_spreadsheet(
    qtbot: QtBot, table: FigureTable
) -> None:
    table.show_frame(pd.DataFrame({"of": ["2025-04", "2026-02", "from the start"], "mean": [1.0, 2.0, 3.0]}))
    assert column(table, 0) == ["Apr 2025", "Feb 2026", "from the start"]
    click_header(qtbot, table, 0)
    if column(table, 0)[0] != "Apr 2025":
        click_header(qtbot, table, 0)
    assert column(table, 0) == ["Apr 2025", "Feb 2026", "from the start"], "not by the alphabet"
    assert "2025-04\t1.0" in table.text_to_copy()
