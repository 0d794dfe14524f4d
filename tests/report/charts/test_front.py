"""The first page as a picture: everything that it says is on it, and nothing overlaps."""

from __future__ import annotations

import pytest
from cared_for import found, scenario
from words_on_charts import assert_words_stand_apart

from pathway_modeller.report.charts.front import front
from pathway_modeller.report.drawing.style import PAGE, PROJECTOR, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.questions import COLUMNS


@pytest.fixture(scope="module")
def findings() -> Findings:
    return found(scenario())


@pytest.mark.parametrize("style", [PAGE, PROJECTOR])
def test_no_words_overlap_or_are_cut(findings: Findings, style: Style) -> None:
    assert_words_stand_apart(front(findings, style).figure)


def test_every_answer_is_drawn_and_in_the_table(findings: Findings) -> None:
    page, chart = first_page(findings), front(findings)
    drawn = " ".join(text.get_text() for axes in chart.figure.axes for text in axes.texts)
    letters = "".join(drawn.split())
    for row in page.rows:
        assert "".join(row.name.split()) in letters
        for column in COLUMNS:
            assert "".join(row.cells[column].words.split()) in letters
    for line in page.beside:
        assert "".join(line.split()) in letters
    assert chart.headline == page.headline
    assert len(chart.table) == len(page.rows) * len(COLUMNS)
