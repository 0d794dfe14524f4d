"""All words and figures of every chart and its table, kept beside this file: what changes can be read.

Other tests ask for the sentence that a case is about; people read axes, keys, marks and the table,
too. Accept new ones with ``pytest tests/report/charts/test_words_of_charts.py --regen-all``, and read
``git diff``.
"""

from __future__ import annotations

import pytest
from cared_for import found, scenario
from matplotlib.text import Text
from pytest_regressions.file_regression import FileRegressionFixture

from pathway_modeller.report.build import ChartKind
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.chart import Chart
from pathway_modeller.report.drawing.style import PAGE
from pathway_modeller.report.findings import Findings
from tests.report.money_by_hand import cheaper, dearer, money_findings
from tests.report.results_by_hand import OPTION, make_results, make_scenario, whole

MOST_ROWS = 20
"""Of a table that are kept: one of weeks goes on for long."""


@pytest.fixture(scope="module")
def findings() -> dict[str, Findings]:
    """A baseline alone, options that are compared, options whose money is known, and options of a ward."""
    baseline, near = whole(80, 140_000), whole(70, 139_000, hospital=600)
    compared = make_results({"baseline": baseline, "near": near, "other": whole(80, 140_100)})
    return {
        "alone": Findings(make_results({"baseline": baseline}), make_scenario({})),
        "compared": Findings(compared, make_scenario({"near": OPTION, "other": "As evidenced"})),
        "money": money_findings({"near": dearer(), "other": cheaper()}, {"near": OPTION, "other": "Sooner"}),
        "ward": found(scenario()),
    }


def kept(chart: Chart) -> list[str]:
    """Returns what can be read of a chart but for its source, which names a version and a digest."""
    drawn = [text.get_text() for text in chart.figure.findobj(Text) if text.get_visible()]
    table = chart.table.head(MOST_ROWS).to_csv(index=False, lineterminator="\n", float_format="%.6g")
    return [
        *(text.replace("\n", " ") for text in drawn if text.strip() and not text.startswith("Source: ")),
        chart.alternative,
        table,
    ]


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_a_chart_says_what_it_said(
    findings: dict[str, Findings], kind: ChartKind, file_regression: FileRegressionFixture
) -> None:
    charts = ((name, kind.build(each, PAGE)) for name, each in findings.items() if name != "alone")
    first = next(((name, chart) for name, chart in charts if not chart.table.empty), None)
    lines = [kind.title]
    for name, chart in (("alone", kind.build(findings["alone"], PAGE)), *([first] if first else [])):
        lines += ["", f"# {name}", *kept(chart)]
    file_regression.check("\n".join(lines), basename=kind.id, encoding="utf-8", newline="\n")
