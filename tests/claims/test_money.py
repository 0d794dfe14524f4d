"""What must be said of money, and what must not: whose money it is, a year of it, and what is paid once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pathway_modeller.cli.document import results_text
from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.experiment.answers.triangle import triangle
from pathway_modeller.report.charts.payer_provider import payer_provider
from pathway_modeller.report.charts.triangle import triangle_years, twin_triangle
from pathway_modeller.report.findings import Findings
from tests.claims.told import activity, clinic, found, pool, pounds, told

DAYS = {"warm_up": {"value": 0, "unit": "days"}}


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
    assert '"payer_provider"' in results_text(bill_falls)


def test_every_table_of_payers_and_providers_nets(bill_falls: Findings) -> None:
    settled = one(bill_falls).settled
    assert settled.total is not None
    gains = -sum(each.bill.change.mean for each in settled.payers)
    gains += sum(each.margin.change.mean for each in settled.providers)
    assert gains == pytest.approx(-settled.total.cost.change.mean)


# Recurrent and one-off -----------------------------------------------------------------------------------


def set_up_once(days: int) -> Findings:
    """Cheaper rooms from the first day on, for £6,000 that is paid once."""
    moves = {
        "name": "Rooms close",
        "from": "rooms",
        "amount": pounds(365_250),
        "starts": "2025-04-01",
        "set_up": pounds(6_000),
    }
    run = {**DAYS, "duration": {"value": days, "unit": "days"}, "replications": 2}
    option = {"close": {"name": "One room closed", "shifts": {"x": moves}}}
    return found(clinic(option, a_day=5, run=run))


@pytest.mark.parametrize(("days", "span"), [(365, "a year"), (730, "a year"), (180, "over the 180 days")])
def test_what_is_paid_once_is_no_part_of_a_year(days: int, span: str) -> None:
    """One of four rooms at £1,000 a day: £365,000 a year and £6,000 once, however long the period is."""
    told_of = one(set_up_once(days)).recurrent
    assert told_of is not None
    assert told_of.year.words == span
    assert told_of.freed["gross"].mean == 1_000 * min(days, 365)
    assert told_of.once.mean == 6_000


def test_a_yearly_figure_is_said_of_recurrent_money_alone() -> None:
    said = told(set_up_once(730))
    assert "£724,000 over the 2 years" in said["terminal"]
    assert "£365,000 a year less, £6,000 once" in said["terminal"]
    assert "£362,000" not in "".join(said.values())


def test_no_figure_of_a_shorter_period_is_called_a_year() -> None:
    said = told(set_up_once(180))
    assert "£174,000 over the 180 days" in said["terminal"]
    for where, text in said.items():
        assert not re.search(r"£(348|35\d|36\d),\d{3}", text), where


# One figure for one thing --------------------------------------------------------------------------------


def test_a_period_of_a_year_has_one_figure() -> None:
    """365 days: what is saved over the period and a year is one figure, in every chart and sentence."""
    run = {**DAYS, "duration": {"value": 365, "unit": "days"}, "replications": 2}
    fewer = {"fewer": {"name": "One room fewer", "patch": {"pools": {"rooms": {"units": 3}}}}}
    findings = found(clinic(fewer, a_day=5, run=run))
    said = "".join(told(findings).values())
    assert "£365,000" in said
    assert "£365,250" not in said
    assert '"a year"' in results_text(findings)


# The triangle --------------------------------------------------------------------------------------------


def tiers(option: dict[str, Any], **run: Any) -> Findings:
    """Two need tiers, of which the higher uses a room for three times as long."""
    lengths = {"low": 0.05, "high": 0.15}
    times = {name: {"kind": "fixed", "value": days, "unit": "days"} for name, days in lengths.items()}
    service = {"by": "need_tier", "values": times, "otherwise": times["low"]}
    return found(
        clinic(
            option,
            need_tiers={"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
            footprints={"ince": {"name": "Ince", "people": {"low": 9000, "high": 1000}}},
            entry_points={
                "in": {
                    "name": "Referral",
                    "arrivals": {
                        "kind": "random",
                        "rate_per_1000": {
                            "by": "need_tier",
                            "values": {"high": {"value": 6, "unit": "per day"}},
                            "otherwise": {"value": 1, "unit": "per day"},
                        },
                    },
                }
            },
            activities={"clinic": {**activity("rooms", 1), "service_time": service}},
            run={"replications": 3, **run},
        )
    )


def test_capacity_belongs_to_those_who_use_it() -> None:
    """6 a day for 0.15 days and 9 for 0.05: two thirds of what is used is the higher tier's."""
    findings = tiers(fewer_come())
    table = triangle(findings.results, findings.pathways)
    cost = table[(table["view"] == "cost")].set_index(["variant", "need_tier"])["pounds"]
    before, after = (cost[variant] for variant in ("baseline", "fewer"))
    assert before["high"] / (before["high"] + before["low"]) == pytest.approx(2 / 3, abs=0.03)
    assert before.sum() == after.sum() == pytest.approx(4 * 1000 * 120)
    assert before["(unused)"] == pytest.approx(480_000 * (1 - 1.35 / 4), rel=0.05)
    assert after["high"] == pytest.approx(0.75 * before["high"], rel=0.05)
    assert "Capacity that nobody used" in told(findings)["twin-triangle"]


def test_only_whole_years_are_drawn() -> None:
    """A year is counted after 60 days of warm-up: it is drawn, and no year of 60 days beside it."""
    findings = tiers({}, warm_up={"value": 60, "unit": "days"}, duration={"value": 365, "unit": "days"})
    assert triangle_years(findings) == (0,)
    assert "year 1, 31 May 2025 to 30 May 2026" in twin_triangle(findings).subtitle
    longer = tiers({}, warm_up={"value": 60, "unit": "days"}, duration={"value": 425, "unit": "days"})
    assert triangle_years(longer) == (0,)


def test_a_period_shorter_than_a_year_is_drawn_by_its_own_name() -> None:
    chart = twin_triangle(tiers({}))
    assert "120 days, 1 May 2025 to 28 August 2025" in chart.subtitle
    assert "a head over the 120 days" in chart.alternative
    assert "a head and year" not in chart.alternative


# Outcomes ------------------------------------------------------------------------------------------------


def test_a_unit_gained_is_priced_against_the_next_best_option() -> None:
    """Two rooms more shorten waits by little beyond one room more: not priced by the average of both."""
    options = {
        f"r{units}": {"name": f"{units} rooms", "patch": {"pools": {"rooms": {"units": units}}}}
        for units in (4, 5, 6)
    }
    scenario = clinic(options, units=3)
    waits = {"name": "Waiting", "measure": "wait.mean", "element": "clinic", "better": "lower"}
    scenario = scenario.model_validate({**scenario.model_dump(by_alias=True), "outcomes": {"w": waits}})
    findings = found(scenario)
    (table,) = findings.answers.next_best
    assert [(each.variant, each.against) for each in table.rows] == [
        ("baseline", ""),
        ("r4", "baseline"),
        ("r5", "r4"),
        ("r6", "r5"),
    ]
    ratios = [each.ratio for each in table.rows if each.ratio]
    assert [each.mean for each in ratios] == sorted(each.mean for each in ratios)
    said = told(findings)
    assert "the next best" in said["terminal"]
    for each in table.rows[1:]:
        assert not each.is_told or "95% interval" in each.sentence
    assert not re.search(r"£[\d,]+ over the period for each", "".join(said.values()))


# What the system cost covers -----------------------------------------------------------------------------


def test_the_system_cost_says_what_it_covers() -> None:
    """Four rooms for £40 a day each, 20 contacts at £100: 8% of what is billed."""
    findings = found(clinic(fewer_come(), pools={"rooms": pool(4, 40)}))
    assert findings.answers.covered is not None
    assert findings.answers.covered.share.mean == pytest.approx(0.08, abs=0.002)
    said = told(findings)
    assert 'The system cost covers what was entered: capacity of "Rooms". It comes to 8%' in said["terminal"]
    assert "8% of what commissioners are billed" in said["system-cost-by-setting"]


def test_pounds_are_called_nominal_only_where_inflation_was_entered() -> None:
    findings = found(clinic(fewer_come()))
    totals = one(findings).views["cost"].totals
    assert totals is not None
    assert totals.saved.nominal is None
    assert "nominal" not in told(findings)["terminal"]
