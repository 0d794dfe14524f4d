"""What must be said of money, and what must not: whose money it is, a year of it, and what is paid once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pathway_modeller.cli.document import results_text
from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.report.charts.payer_provider import payer_provider
from pathway_modeller.report.findings import Findings
from tests.claims.told import activity, clinic, found, pool, told


def one(findings: Findings) -> OptionAnswers:
    """The answers for the only option."""
    (option,) = findings.answers.options
    return option


def fewer_come() -> dict[str, Any]:
    """An option under which a quarter of all patients no longer need the clinic, which stays as it is."""
    patch = {
        "decisions": {"asks": {"name": "Asks?"}},
        "transitions": {
            "a": {"to": "asks"},
            "y": {"from": "asks", "to": "clinic", "share": 0.75},
            "n": {"from": "asks", "to": "out", "share": 0.25},
        },
    }
    declared = {"x": {"name": "Not needed", "activity": "clinic", "avoided": 1}}
    return {"fewer": {"name": "A quarter fewer", "patch": patch, "displacements": declared}}


# Payer by provider ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bill_falls() -> Findings:
    """A trust is paid by the contact, and its clinic costs as much for three quarters of the contacts."""
    return found(
        clinic(
            fewer_come(),
            activities={"clinic": activity("rooms", 0.12, provider="trust")},
            pools={"rooms": pool(4, 1000, provider="trust")},
            providers={"trust": {"name": "Trust"}},
        )
    )


def test_what_a_commissioner_no_longer_pays_its_provider_loses(bill_falls: Findings) -> None:
    settled = one(bill_falls).settled
    (payer,), (trust,) = settled.payers, settled.providers
    contacts = bill_falls.results.measures
    fewer = contacts["baseline"].of("contacts").mean() - contacts["fewer"].of("contacts").mean()
    assert payer.bill.change.mean == pytest.approx(-100 * fewer)
    assert trust.margin.change == payer.bill.change
    assert payer.bill.change.low < payer.bill.change.high < 0
    assert settled.total is not None
    assert settled.total.cost.change.mean == 0


def test_who_gains_and_who_loses_is_said_where_people_look(bill_falls: Findings) -> None:
    said = told(bill_falls)
    sentence = r'"NHS" is billed £[\d,]+ \(.*?\) less over the 120 days; "Trust" has £[\d,]+'
    assert re.search(sentence, said["terminal"])
    assert "Payer by provider, over the 120 days" in said["terminal"]
    headline = said["payer-provider"].split("\n")[0]
    assert headline.startswith("Under “A quarter fewer” payers are billed £")
    assert len(headline) <= 110
    table = payer_provider(bill_falls).table
    assert set(table["measure"]) == {"settled.bill", "settled.cost", "settled.margin"}
    assert table[["low", "high"]].notna().all(axis=None)
    assert '"payer_provider"' in results_text(bill_falls.results, bill_falls.scenario, differences=True)


def test_every_table_of_payers_and_providers_nets(bill_falls: Findings) -> None:
    settled = one(bill_falls).settled
    assert settled.total is not None
    gains = -sum(each.bill.change.mean for each in settled.payers)
    gains += sum(each.margin.change.mean for each in settled.providers)
    assert gains == pytest.approx(-settled.total.cost.change.mean)
