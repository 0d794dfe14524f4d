"""No word of direction that leaves the program is wrong, held against figures worked out once more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from pathway_modeller.cli.document import results_text
from pathway_modeller.gui.results.front import FrontPage
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.chart_files import ChartFiles
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from tests.claims.second_calculation import Told, told_again
from tests.claims.test_nothing_contradicts import made_up
from tests.claims.told import clinic, found, told

SEEDS = (*range(100, 103), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(103, 140)))
"""Options that are made up; the first few run every time."""

UNSAID = (
    "No footprint is shown to wait longer or to have fewer contacts",
    "No option saves cash",
    "No footprint is worse off",
    "Saves cash?",
)
"""What holds a word of direction and says that there is none."""

WORDS = {
    ("wait", -1): r"shortens? waits|; shorter\)",
    ("wait", +1): r"lengthens? waits|; longer\)|waits? longer|wait [\d.]+ (days|hours|minutes) longer",
    ("cash", -1): r"\b[Ss]aves? (cash|£)|\byes, £|Cash saved",
    ("cash", +1): r"pays £[\d,]+ a year more|\bno, £[\d,]+k? a year more",
    ("care", +1): r"go without|more patients (die|become|move|leave|give up|find|miss|are left|still wait)",
}
"""What says that something differs, and which way."""


def directions(text: str) -> set[tuple[str, int]]:
    """Returns what a text says, and which way."""
    for each in UNSAID:
        text = text.replace(each, "")
    return {what for what, pattern in WORDS.items() if re.search(pattern, text)}


def truth(again: Told) -> dict[str, float]:
    """What the words are held against."""
    return {"wait": again.wait, "cash": again.pays, "care": again.unseen + again.waiting}


@pytest.fixture(scope="module", params=SEEDS)
def findings(request: pytest.FixtureRequest) -> Findings:
    """What one of the options does."""
    return found(clinic({"one": made_up(request.param)}, run={"replications": 6}))


def all_that_leaves(findings: Findings, front: FrontPage) -> Iterator[tuple[str, str]]:
    """Yields what the program says, by where it says it: charts, terminal, JSON, window."""
    yield from told(findings).items()
    document = json.loads(results_text(findings))
    yield "json", json.dumps({key: document[key] for key in ("first_page", "savings", "equity")})
    yield "labels", " ".join(label.text() for label in front.findChildren(QLabel))
    (table,) = front.findChildren(QTableWidget)
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            yield f"cell {row}, {column}", f"{item.text()} {item.toolTip()}"


def test_no_word_of_direction_is_wrong(qtbot: QtBot, findings: Findings) -> None:
    front = FrontPage()
    qtbot.addWidget(front)
    front.show_page(first_page(findings), [kind.id for kind in CHARTS])
    again = truth(told_again(findings.scenario, "one"))
    said: set[tuple[str, int]] = set()
    for where, text in all_that_leaves(findings, front):
        for what, way in directions(text):
            assert again[what] * way > 0, f"{where} says {what} {way:+}, and it is {again[what]}: {text}"
            said.add((what, way))
    for what in {what for what, _ in said}:
        assert len({way for each, way in said if each == what}) == 1, f"both ways are said of {what}"
    if not findings.scenario.options["one"].patch:
        assert not said
    lost = findings.answers.of("one").displaced
    if lost.missing or lost.deferred > 20:
        assert not {("wait", -1), ("cash", -1)} & said, "who is dropped or put off makes nothing better"


@pytest.mark.long
def test_no_word_in_a_picture_is_wrong(findings: Findings, tmp_path: Path) -> None:
    again = truth(told_again(findings.scenario, "one"))
    for file in ChartFiles(findings, tmp_path, None).finish():
        if file.suffix == ".svg":
            for what, way in directions(" ".join(re.findall(r">([^<>]+)<", file.read_text("utf-8")))):
                assert again[what] * way > 0, (file.name, what, way)
