"""The tornado: what it says, what it draws, and which ranges come first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathway_modeller.experiment.hangs_on.value import HangsOn, OptionHangsOn, Range, Swing, Turn
from pathway_modeller.report.catalogue import offered
from pathway_modeller.report.charts.tornado import tornado
from pathway_modeller.report.findings import Findings
from tests.report.results_by_hand import make_results, make_scenario, whole

RANGES = {
    "cost": Range("cost", "Cost of a visit", "£ a visit", 0, 5, 30, recounted=True),
    "slot": Range("slot", "Length of a slot", "minutes", 15, 20, 40, recounted=False),
    "none": Range("none", "Colour of the door", "", 1, 2, 3, recounted=False),
}
SWINGS = {
    "cash": (
        Swing("cost", -2000.0, 1000.0, 40_000.0),
        Swing("slot", 1500.0, 1000.0, -500.0),
        Swing("none", 1000.0, 1000.0, 1000.0),
    ),
    "care": (Swing("cost", 0.0, 0.0, 0.0), Swing("slot", 0.0, 0.0, 2.5), Swing("none", 0.0, 0.0, 0.0)),
}
SAVES = Turn("cost", "saves", holds=True, at=7.5, end=30, confirmed=True)


@pytest.fixture
def findings() -> Findings:
    results = make_results({"baseline": whole(80, 150_000), "near": whole(70, 140_000)})
    return Findings(results, make_scenario({"near": "Near home"}))


def with_it(findings: Findings, *turns: Turn) -> Findings:
    """Returns findings with what their answers hang on."""
    mine = OptionHangsOn(findings.options[0], SWINGS, turns)  # type: ignore[arg-type]
    outcomes = {"cash": ("System cash saved a year", "GBP"), "care": ("People without care", "patients")}
    return replace(findings, hangs_on=HangsOn((mine,), RANGES, (), outcomes, 3, 30))  # type: ignore[arg-type]


def test_it_is_offered_only_once_it_is_known(findings: Findings) -> None:
    before, after = ([kind.id for kind in offered(each)] for each in (findings, with_it(findings)))
    assert "tornado" not in before
    assert after == [*before, "tornado"]
    assert tornado(findings).table.empty


def test_its_headline_names_what_turns_and_where(findings: Findings) -> None:
    chart = tornado(with_it(findings, SAVES))
    assert chart.headline.startswith("Cost of a visit: “")
    assert chart.headline.endswith("saves from £7.50 a visit up")
    assert "first 3 replications of the 30 compared" in chart.subtitle


def test_its_headline_says_where_nothing_turns(findings: Findings) -> None:
    assert tornado(with_it(findings)).headline.startswith("No range that was tried turns what is said of “")


def test_bars_reach_from_the_central_value_to_both_ends_the_farthest_first(findings: Findings) -> None:
    chart = tornado(with_it(findings, SAVES))
    bars = [patch for axes in chart.figure.axes for patch in axes.patches if patch.get_width()]
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    assert ends == [(1000, -2000), (1000, 40_000), (1000, 1500), (1000, -500)]
    assert bars[0].get_y() < bars[2].get_y()
    assert "Colour of the door" not in chart.alternative
    assert "£30 a visit: +£40,000" in chart.alternative


def test_its_table_has_every_outcome_and_range(findings: Findings) -> None:
    table = tornado(with_it(findings, SAVES)).table
    assert len(table) == 6
    row = table[(table["measure"] == "System cash saved a year") & (table["of"] == "Cost of a visit")].iloc[0]
    assert (row["range_low"], row["at_low"], row["at_high"]) == (0, -2000, 40_000)
    assert row["turns"] == "saves from £7.50 a visit up"


def test_another_outcome_can_be_asked_for(findings: Findings) -> None:
    chart = tornado(with_it(findings), outcome="care")
    assert "People without care" in chart.subtitle
    assert chart.alternative.count("Length of a slot") == 1
    assert "Cost of a visit" not in chart.alternative
