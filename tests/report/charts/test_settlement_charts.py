"""Payer by provider, and outcomes against the next best: read from real runs, and drawn without overlaps."""

from __future__ import annotations

import pytest
from words_on_charts import assert_words_stand_apart

from pathway_modeller.report.charts.outcomes import outcomes
from pathway_modeller.report.charts.payer_provider import payer_provider
from pathway_modeller.report.drawing.style import PAGE, PROJECTOR, Style
from pathway_modeller.report.findings import Findings
from tests.claims.told import activity, clinic, found, pool

NARROW = Style(width=5.0, height=2.6)
LONG = "Fewer rooms at the hospital, and a nurse at every practice of the borough"


@pytest.fixture(scope="module")
def several() -> Findings:
    """Rooms that are fewer or more, of a trust whose name is long."""
    options = {
        f"r{units}": {"name": f"{LONG} ({units})", "patch": {"pools": {"rooms": {"units": units}}}}
        for units in (3, 5, 6)
    }
    scenario = clinic(
        options,
        activities={"clinic": activity("rooms", 0.12, provider="trust")},
        pools={"rooms": pool(4, 1000, provider="trust")},
        providers={"trust": {"name": "The hospitals of the borough and its two neighbours"}},
        run={"replications": 4},
    )
    waits = {"name": "Waiting for the clinic", "measure": "wait.mean", "element": "clinic", "better": "lower"}
    given = {**scenario.model_dump(by_alias=True), "outcomes": {"w": waits}}
    return found(scenario.model_validate(given))


@pytest.mark.parametrize("build", [payer_provider, outcomes])
@pytest.mark.parametrize("style", [PAGE, PROJECTOR, NARROW], ids=["page", "projector", "narrow"])
def test_nothing_is_clipped_and_no_words_overlap(several, build, style) -> None:
    assert_words_stand_apart(build(several, style).figure)


@pytest.mark.parametrize("build", [payer_provider, outcomes])
def test_a_headline_names_the_option_and_fits(several, build) -> None:
    chart = build(several)
    assert len(chart.headline) <= 110
    assert "nan" not in chart.alternative
    assert not chart.table.empty


def test_without_providers_or_outcomes_the_next_step_is_told() -> None:
    findings = found(clinic({"same": {"name": "The same", "patch": {}}}, run={"replications": 2}))
    assert "no provider is named; name those" in payer_provider(findings).headline
    assert payer_provider(findings).table.empty
    assert "say what the scenario is judged by" in outcomes(findings).headline
    assert outcomes(findings).table.empty
