"""A chart is offered where it has something to show, and only there: in the window as among files."""

from __future__ import annotations

import pytest
from cared_for import found, scenario

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.report.catalogue import CHARTS, offered
from pathway_modeller.report.drawing.style import PAGE
from pathway_modeller.report.findings import Findings
from tests.claims.told import clinic
from tests.gui.shift_scenarios import shift_scenario

SHORT = {"kind": "exponential", "mean": 0.12, "unit": "days"}
MORE = {"more": {"name": "More", "patch": {"pools": {"rooms": {"units": 5}}}}}


def assert_offered_where_filled(findings: Findings) -> None:
    names = {kind.id for kind in offered(findings)}
    for kind in CHARTS:
        if kind.id == "tornado":
            continue  # it takes what the answers hang on
        if kind.id == "providers" and "payer-provider" in names:
            continue  # that one has it all
        empty = kind.build(findings, PAGE).table.empty
        assert empty != (kind.id in names), f"{kind.id} is {'empty' if empty else 'filled'}"


def test_of_a_clinic_without_money_people_or_standards() -> None:
    bare = clinic(
        MORE,
        activities={"clinic": {"name": "Clinic", "needs": {"rooms": 1}, "service_time": SHORT}},
        pools={"rooms": {"name": "Rooms", "units": 4}},
        footprints={},
        need_tiers={},
        payers={},
    )
    findings = found(bare)
    assert_offered_where_filled(findings)
    names = {kind.id for kind in offered(findings)}
    assert not names & {"standards", "waits-by-footprint", "shift", "twin-triangle", "equity", "payers"}


def test_of_a_ward_with_nearly_everything() -> None:
    assert_offered_where_filled(found(scenario()))


def test_of_a_baseline_alone() -> None:
    plain = clinic(MORE)
    findings = Findings(run_experiment(plain, ("baseline",), workers=1), plain)
    assert_offered_where_filled(findings)
    assert not {kind.id for kind in offered(findings)} & {"differences", "bridge", "break-even"}


@pytest.mark.parametrize("named", [True, False])
def test_of_shifts_with_and_without_payers(named: bool) -> None:
    given = shift_scenario()
    if not named:
        given = given.model_copy(update={"options": {}})
    assert_offered_where_filled(found(given))
