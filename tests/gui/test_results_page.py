"""The results page: what it says, what it shows, and how its charts are handed over."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.gui.charts.view import ChartView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.chart_list import ChartList, cut_lines
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.gui.results.table import FigureTable
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.result_folder import LIST
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.scenario.document import Option, Scenario
from pathway_modeller.scenario.edits.every_edit import rename_element
from tests.gui.results_person import LONG, choose_chart, hand_over, messages, settle, type_file
from tests.gui.window_person import choose, click, find, read_message, when_asked
from tests.gui.window_scenarios import small_scenario

pytestmark = [pytest.mark.xdist_group("results page"), pytest.mark.draws_ahead]
SIZE = (1366, 660)
"""Of the page, in pixels."""


def compared(options: dict[str, int]) -> Scenario:
    """Returns the small scenario, run three times for a week, with options that have other nurses."""
    scenario = small_scenario()
    run = scenario.run.model_copy(
        update={"replications": 3, "duration": scenario.run.duration.model_copy(update={"value": 7.0})}
    )
    laid = {
        name: Option(name=f"{units} nurses", patch={"pools": {"nurse": {"units": units}}})
        for name, units in options.items()
    }
    return scenario.model_copy(update={"run": run, "options": laid})


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return compared({"few": 1, "many": 4})


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> Results:
    return run_experiment(scenario, ("baseline", "few", "many"), workers=1)


@pytest.fixture
def controller(empty_document: Document, scenario: Scenario) -> Iterator[RunController]:
    empty_document.new(scenario)
    made = RunController(empty_document, workers=1)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, empty_document: Document, controller: RunController) -> ResultsPage:
    made = ResultsPage(empty_document, controller)
    qtbot.addWidget(made, before_close_func=lambda each: each.close_desk())
    made.resize(*SIZE)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture(scope="module")
def read_by_many(qapp: QGuiApplication, found: Results, scenario: Scenario) -> Iterator[ResultsPage]:
    """A page with results that tests only read and choose on: to say what every chart says takes seconds."""
    document = Document()
    document.new(scenario)
    controller = RunController(document, workers=1)
    page = ResultsPage(document, controller)
    page.resize(*SIZE)
    page.show()
    controller._keep(found, scenario)
    yield page
    page.close_desk()
    controller.close()
    page.close()
    for each in (page, controller, document):
        each.deleteLater()


@pytest.fixture
def filled(qtbot: QtBot, read_by_many: ResultsPage) -> ResultsPage:
    """The page that tests share, with everything chosen as after a run."""
    read_by_many.resize(*SIZE)
    find(read_by_many, QComboBox, "shown-options").setCurrentIndex(0)
    find(read_by_many, ChartList, "charts").setCurrentRow(0)
    settle(qtbot, read_by_many)
    return read_by_many


def test_before_the_first_run_it_says_what_to_do_and_no_more_while_it_runs(
    qtbot: QtBot, page: ResultsPage, controller: RunController
) -> None:
    assert "Run the scenario to see" in find(page, QLabel, "empty-words").text()
    with qtbot.waitSignal(controller.finished, timeout=LONG):
        click(qtbot, find(page, QPushButton, "run-first"))
        assert "Run the scenario" not in find(page, QLabel, "empty-words").text()
        assert not find(page, QPushButton, "run-first").isVisible()
    settle(qtbot, page)
    assert find(page, ChartList, "charts").isVisible()


def test_what_was_shown_of_earlier_results_goes_when_others_come(
    qtbot: QtBot, filled: ResultsPage, found: Results, scenario: Scenario
) -> None:
    chart, figures = find(filled, ChartView, "chart-area"), find(filled, FigureTable, "figures")
    assert not chart.image.isNull()
    assert figures.text_to_copy().count("\n") > 2
    filled._controller._keep(found, scenario)
    assert chart.image.isNull()
    assert chart.accessibleDescription() == "The chart is being drawn…"
    assert not figures.text_to_copy().strip()
    settle(qtbot, filled)
    assert not chart.image.isNull()
    assert figures.text_to_copy().count("\n") > 2


def test_every_chart_has_its_message_and_the_page_has_an_honest_one(filled: ResultsPage) -> None:
    charts = find(filled, ChartList, "charts")
    offered = [charts.item(place).text() for place in range(charts.count())]
    assert offered == [kind.title for kind in CHARTS if kind.title in offered]
    assert "Caseloads and their places" not in offered, "what the scenario has none of is not offered"
    assert all(messages(filled))
    summary = find(filled, QLabel, "message").text()
    assert re.match("Whether .* saves cash is not known", summary)
    assert len(summary) <= LONGEST + 1


def pointed_at(widget: QWidget, place: QPoint) -> str:
    """Rests the mouse on a place of a list or table; returns what the tool tip says."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    return QToolTip.text()


def test_pointing_at_a_measure_says_what_it_counts_and_whom(qtbot: QtBot, filled: ResultsPage) -> None:
    choose_chart(qtbot, filled, "Mean waiting times")
    figures, charts = find(filled, FigureTable, "figures"), find(filled, ChartList, "charts")
    cell = figures.visualRect(figures.model().index(0, 0)).center()
    said = pointed_at(figures.viewport(), cell)
    assert "Mean waiting time" in said
    assert "Flow: patients who were started and attended" in said
    assert "warm-up period do not count" in said
    entry = charts.visualItemRect(charts.currentItem()).center()
    said = pointed_at(charts.viewport(), entry)
    assert messages(filled)[1] in said
    assert "From joining the queue of an activity to its start" in said


def test_what_a_chart_counts_is_read_by_keyboard(qtbot: QtBot, filled: ResultsPage) -> None:
    choose_chart(qtbot, filled, "Occupancy over time")
    button = find(filled, QPushButton, "counted")
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        said.append(dialog.findChild(QTextBrowser).toPlainText())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(read)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert "What is counted: Occupancy over time" in said[0]
    assert "work after closing included" in said[0]


def test_a_baseline_alone_opens_with_figures(
    qtbot: QtBot, page: ResultsPage, controller: RunController, scenario: Scenario
) -> None:
    controller._keep(run_experiment(scenario, ("baseline",), workers=1), scenario)
    settle(qtbot, page)
    assert find(page, FigureTable, "figures").model().rowCount() > 0
    shown = find(page, ChartList, "charts").currentItem()
    assert shown is not None
    assert shown.text() == "Mean waiting times"
    assert find(page, QLabel, "message").text() == messages(page)[0]


def test_an_empty_chart_is_not_in_the_list(filled: ResultsPage) -> None:
    charts = find(filled, ChartList, "charts")
    titles = [charts.item(place).text() for place in range(charts.count())]
    assert "Mean waiting times" in titles
    assert "Waiting-time standards" not in titles
    assert "Investment shift: flow and timeline" not in titles


def test_where_the_figures_come_from_is_on_the_page(filled: ResultsPage, found: Results) -> None:
    words = find(filled, QLabel, "provenance").text()
    given = found.provenance
    for part in (given.scenario_hash[:12], "seed 1", "3 replications", "warm-up 0 days", "engine compiled"):
        assert part in words
    assert find(filled, QPushButton, "inputs").text() == "Illustrative inputs: 1 of 1 – list"


def test_few_replications_are_warned_of(filled: ResultsPage) -> None:
    caveat = find(filled, QLabel, "caveat")
    assert caveat.isVisible()
    assert caveat.text() == ("Only 3 replications: intervals are very wide and not to be relied on; run 30.")


def test_the_list_of_inputs_names_what_is_illustrative(qtbot: QtBot, filled: ResultsPage) -> None:
    read: list[str] = []

    def look(dialog: QDialog) -> None:
        browser = dialog.findChild(QTextBrowser)
        assert browser is not None
        read.append(browser.toPlainText())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(look)
    click(qtbot, find(filled, QPushButton, "inputs"))
    assert "Illustrative (1)" in read[0]
    assert "Three nurses. A guess." in read[0]


def test_a_click_on_a_chart_shows_it_with_its_figures_and_its_words(
    qtbot: QtBot, filled: ResultsPage, found: Results
) -> None:
    choose_chart(qtbot, filled, "Mean waiting times")
    table = find(filled, FigureTable, "figures").model()
    titles = [str(table.headerData(place, Qt.Orientation.Horizontal)) for place in range(table.columnCount())]
    rows = {
        (
            str(table.index(row, titles.index("Of")).data()),
            str(table.index(row, titles.index("Variant")).data()),
        ): table.index(row, titles.index("Mean (minutes)")).data()
        for row in range(table.rowCount())
    }
    assert set(rows) == {
        (of, who) for of in ("Clinic", "Review") for who in ("Baseline", "1 nurses", "4 nurses")
    }
    chart = find(filled, ChartView, "chart-area")
    assert not chart.image.isNull()
    assert "Clinic" in chart.accessibleDescription()
    assert chart.image.deviceIndependentSize().width() <= chart.width()


def test_a_chart_that_was_drawn_is_there_at_once(qtbot: QtBot, filled: ResultsPage) -> None:
    """After a run every chart is drawn in the background; a chosen one is shown as it was kept."""
    charts, chart = find(filled, ChartList, "charts"), find(filled, ChartView, "chart-area")
    charts.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        before = chart.image
        qtbot.keyClick(charts, key)
        QApplication.processEvents()
        assert chart.image != before
        assert not chart.is_dimmed
        shown = chart.image
        qtbot.waitUntil(lambda: not filled.is_busy)  # a longer message leaves another height to the chart
        assert chart.image == shown, "nothing is drawn again"
        assert charts.message(charts.currentRow()) in chart.accessibleDescription()


def test_memory_is_given_back_once_after_all_charts(
    qtbot: QtBot, page: ResultsPage, controller: RunController, found: Results, scenario: Scenario
) -> None:
    """To look for rubbish takes a moment in which the window stands still: not after each chart."""
    given = list[bool]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "pathway_modeller.gui.results.reader.give_back", lambda: given.append(page.desk.is_busy)
        )
        with qtbot.waitSignal(page.reader.shown, timeout=LONG):
            controller._keep(found, scenario)
        settle(qtbot, page)
        assert len(messages(page)) > 5
        assert all(messages(page))
    assert given == [False]


def test_a_chart_that_is_not_drawn_yet_is_the_next_and_the_old_one_faint_meanwhile(
    qtbot: QtBot, page: ResultsPage, controller: RunController, found: Results, scenario: Scenario
) -> None:
    charts, chart = find(page, ChartList, "charts"), find(page, ChartView, "chart-area")
    with qtbot.waitSignal(page.reader.shown, timeout=LONG):
        controller._keep(found, scenario)
    free = Event()
    page.desk.ask(lambda: free.wait(LONG / 1000), lambda _: None, is_awaited=True)
    last = charts.item(charts.count() - 1)
    charts.scrollToItem(last)
    before = chart.image
    qtbot.mouseClick(charts.viewport(), Qt.MouseButton.LeftButton, pos=charts.visualItemRect(last).center())
    QApplication.processEvents()
    assert chart.is_dimmed
    assert chart.image == before
    assert chart.accessibleDescription() == "The chart is being drawn…"
    assert not find(page, FigureTable, "figures").isEnabled()
    with qtbot.waitSignal(page.reader.shown, timeout=LONG):
        free.set()
    assert not chart.is_dimmed
    assert messages(page)[-1] in chart.accessibleDescription()
    assert messages(page).count("") >= charts.count() - 3, "it went before the others"
    settle(qtbot, page)
    assert all(messages(page))


def test_a_chart_is_drawn_again_for_another_size(qtbot: QtBot, filled: ResultsPage) -> None:
    chart = find(filled, ChartView, "chart-area")
    before = chart.image.width()
    filled.resize(1000, 560)
    qtbot.waitUntil(lambda: chart.image.width() < before and not filled.is_busy, timeout=LONG)
    assert chart.image.deviceIndependentSize().width() <= chart.width()


def test_a_chart_can_be_of_another_activity(qtbot: QtBot, filled: ResultsPage) -> None:
    choose_chart(qtbot, filled, "Queue over time")
    combo = find(filled, QComboBox, "chart-of")
    own = messages(filled)
    choose(qtbot, combo, "Review")
    settle(qtbot, filled)
    assert "Review" in find(filled, ChartView, "chart-area").accessibleDescription()
    assert messages(filled) == own, "the list keeps what each chart says of itself"
    choose_chart(qtbot, filled, "Mean waiting times")
    assert not combo.isVisible()


def test_one_option_alone(qtbot: QtBot, filled: ResultsPage) -> None:
    choose_chart(qtbot, filled, "Mean waiting times")
    choose(qtbot, find(filled, QComboBox, "shown-options"), "Only “4 nurses”")
    settle(qtbot, filled)
    words = find(filled, ChartView, "chart-area").accessibleDescription()
    assert "4 nurses" in words
    assert "1 nurses" not in words
    assert all(messages(filled))


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_chart_is_saved_as_a_file(qtbot: QtBot, filled: ResultsPage, tmp_path: Path, suffix: str) -> None:
    choose_chart(qtbot, filled, "Differences from the baseline")
    path = tmp_path / f"waits{suffix}"
    proposed = type_file(qtbot, path)
    with qtbot.waitSignal(filled.message, timeout=LONG) as told:
        hand_over(qtbot, filled, "export-chart")
    assert proposed[0] == "Small - Differences from the baseline.png"
    assert told.args == [f"Saved waits{suffix} in {tmp_path}"]
    begins = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}
    assert path.read_bytes().startswith(begins[suffix])


def test_a_name_without_suffix_gets_the_one_offered(
    qtbot: QtBot, filled: ResultsPage, tmp_path: Path
) -> None:
    choose_chart(qtbot, filled, "Differences from the baseline")
    type_file(qtbot, tmp_path / "figures")
    with qtbot.waitSignal(filled.message, timeout=LONG):
        hand_over(qtbot, filled, "export-table")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"variant", "unit", "mean", "low", "high"} <= set(rows[0])
    assert {row["unit"] for row in rows if row["measure"] == "wait.mean"} == {"days"}


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(
    qtbot: QtBot, filled: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_chart(qtbot, filled, "Differences from the baseline")
    nowhere = tmp_path / "no folder" / "waits.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(nowhere), ""))
    said = read_message(qtbot)
    hand_over(qtbot, filled, "export-chart")
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert said == ["waits.png could not be written: no such file or directory. Choose another folder."]


def test_all_charts_go_into_a_folder(
    qtbot: QtBot, filled: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    with qtbot.waitSignal(
        filled.message, timeout=LONG, check_params_cb=lambda words: words.startswith("Saved ")
    ) as said:
        hand_over(qtbot, filled, "export-all")
    assert (tmp_path / "03 Mean waiting times.svg").is_file()
    assert (tmp_path / "01 First page.svg").is_file()
    files = [each for each in tmp_path.iterdir() if each.name != LIST]
    assert said.args == [f"Saved {len(files)} files in {tmp_path}"]
    # Of charts that have nothing to show there is no file: this scenario moves no money.
    assert 3 * 10 < len(files) <= 3 * len(CHARTS)
    assert not [file for file in files if "Investment shift" in file.name]


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_exporting_under_a_name_whose_ending_is_added_asks_before_it_replaces(
    qtbot: QtBot, filled: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    there = tmp_path / "waits.png"
    there.write_bytes(b"somebody's picture")
    chosen = (str(tmp_path / "waits"), "PNG picture (*.png)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    said: list[str] = []

    def reply(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        click(qtbot, find(dialog, QPushButton, answer))

    when_asked(reply)
    hand_over(qtbot, filled, "export-chart")
    assert said == ["“waits.png” is there already."]
    if answer == "yes":
        qtbot.waitUntil(lambda: there.read_bytes() != b"somebody's picture", timeout=LONG)
    else:
        assert there.read_bytes() == b"somebody's picture"


def test_all_charts_replace_nobody_s_files_unasked(
    qtbot: QtBot, filled: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "03 Mean waiting times.csv"
    there.write_text("somebody's figures", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    said: list[str] = []

    def keep(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(dialog.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    when_asked(keep)
    hand_over(qtbot, filled, "export-all")
    assert said == [f"Files of one chart are in “{tmp_path.name}” already."]
    assert [each.name for each in tmp_path.iterdir()] == [there.name]
    assert there.read_text("utf-8") == "somebody's figures"


def test_a_chart_is_copied_as_a_picture(qtbot: QtBot, filled: ResultsPage) -> None:
    choose_chart(qtbot, filled, "Differences from the baseline")
    hand_over(qtbot, filled, "copy-picture")
    image = QGuiApplication.clipboard().image()
    assert image.size() == find(filled, ChartView, "chart-area").image.size()


def test_results_of_an_earlier_state_are_called_so(filled: ResultsPage) -> None:
    notice, document = find(filled, QWidget, "stale"), filled._document
    assert not notice.isVisible()
    document.edit("rename", lambda way: rename_element(way, "clinic", "Other clinic"))
    assert notice.isVisible()
    words = find(filled, QLabel, "stale-words").text()
    mark = filled._controller.results.provenance.scenario_hash[:8]
    assert words == f"These results are of scenario {mark}, as it was before your last change."
    document.undo()
    assert not notice.isVisible()


def test_long_messages_are_cut_after_three_lines(qapp: QGuiApplication) -> None:
    lines = cut_lines("many words " * 40, qapp.font(), 200)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert cut_lines("few words", qapp.font(), 200) == ["few words"]
    assert cut_lines("", qapp.font(), 200) == []


def test_no_line_of_a_message_ends_between_a_sign_and_its_figure(qapp: QGuiApplication) -> None:
    for number in range(3, 40):
        for sign in "+−":
            lines = cut_lines(f"{'cash ' * (number % 7)}{'a' * number}: {sign}£2.58m", qapp.font(), 200)
            assert not any(line.endswith(sign) for line in lines)


def test_nothing_heavy_is_loaded_before_the_first_run() -> None:
    code = (
        "import sys\n"
        "import pathway_modeller.gui.shell.runs, pathway_modeller.gui.shell.window\n"
        "print(sorted({'matplotlib', 'pandas', 'scipy', 'simpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
