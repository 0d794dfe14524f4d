"""People read titles in the tables of charts, and a chart without figures says so."""

from __future__ import annotations

import dataclasses

import pytest

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.charts.activity import activity_by_setting
from pathway_modeller.report.charts.break_even import break_even
from pathway_modeller.report.charts.bridge import bridge
from pathway_modeller.report.charts.equity import equity
from pathway_modeller.report.charts.payers import payers
from pathway_modeller.report.charts.shifts import shift
from pathway_modeller.report.drawing.forest import forest
from pathway_modeller.report.drawing.scale import Scale
from pathway_modeller.report.drawing.style import PAGE
from pathway_modeller.report.words.measure_titles import TITLES
from tests.report.money_by_hand import cheaper, dearer, money_findings
from tests.vectors_by_hand import measured_of


@pytest.mark.parametrize("chart", [payers, equity, shift, bridge, break_even])
def test_every_figure_of_a_money_chart_has_a_title(chart):
    table = chart(money_findings({"near": cheaper(), "far": dearer()})).table
    assert len(table)
    assert set(table["measure"]) <= set(TITLES)


def test_no_rows_are_said_to_be_nothing():
    heading = Heading("Headline", "Subtitle", "Source")
    figure = forest(PAGE, heading, [], "Axis", Scale(1, 1, "", "", ""))
    assert [text.get_text() for text in figure.axes[0].texts] == ["Nothing to show: no figure is known."]


def test_contacts_that_nobody_counted_are_no_error():
    findings = money_findings({"near": cheaper()})
    values = findings.results.values
    none = dataclasses.replace(
        findings.results, measures=measured_of(values[values["measure"] != "contacts"])
    )
    chart = activity_by_setting(dataclasses.replace(findings, results=none))
    assert chart.headline.startswith("No contacts can be shown")
