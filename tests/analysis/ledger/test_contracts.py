"""What contracts pay, worked out by hand: blocks, marginal rates, capitation; the system cost stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from pathway_modeller.analysis.ledger.contracts import ContractYears
from pathway_modeller.analysis.ledger.ledger import Books, Ledger, ledger, total
from pathway_modeller.analysis.ledger.lines import Months
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings
from pathway_modeller.scenario.values import Duration
from tests.analysis.hand_made import Row, figure, make_pathway, make_trace, opened, visit
from tests.frames import measure_frame

APRIL = dt.date(2025, 4, 1)
"""Day 0: April has days 0 to 29, May 30 to 60, June 61 to 90; 1 April 2026 is day 365."""


def pounds(value: float) -> dict[str, Any]:
    return {"value": value, "price_year": "2024/25"}


def clinic(contract: dict[str, Any] | None, price: Any = None, **more: Any) -> Pathway:
    """A clinic at £100 a contact and £20 of drugs, with a room at £10 a day, and a scan at £50."""
    contracts = {} if contract is None else {"deal": {"name": "Deal", "payer": "nhs", **contract}}
    paid = {"payer": "nhs", "provider": "trust", "variable_cost": pounds(20)}
    return make_pathway(
        entry_points={"in": {"name": "In"}},
        activities={
            "clinic": {
                "name": "Clinic",
                "needs": {"room": 1},
                "setting": "hospital",
                "price": pounds(100) if price is None else price,
                **paid,
            },
            "scan": {"name": "Scan", "setting": "community", "price": pounds(50), **paid},
        },
        exit_points={"out": {"name": "Out"}},
        transitions={
            "a": {"from": "in", "to": "clinic"},
            "b": {"from": "clinic", "to": "scan"},
            "c": {"from": "scan", "to": "out"},
        },
        pools={"room": {"name": "Room", "units": 1, "cost": {"amount": pounds(10), "per": "day"}}},
        payers={"nhs": {"name": "NHS"}},
        providers={"trust": {"name": "Trust", "contracts": contracts}},
        **more,
    )


def kept(
    pathway: Pathway,
    clinics: Sequence[float],
    scans: Sequence[float] = (),
    *,
    days: float = 61,
    warm_up: float = 0,
) -> Ledger:
    """The ledger of contacts that start on these days, one patient each."""
    rows: list[Row] = [opened("room", 1)]
    for place, day in enumerate(clinics):
        rows += visit(place, "clinic", day, day, day + 0.001, ("room", 1))
    for place, day in enumerate(scans):
        rows += visit(10_000 + place, "scan", day, day, day + 0.001)
    trace = make_trace(rows, pathway, until=days, start_date=APRIL, warm_up=warm_up)
    run = RunSettings(start_date=APRIL, duration=Duration(value=days, unit="days"))
    return ledger(trace, pathway, Books(MoneySettings(), pathway, pathway, run))


def months(found: Ledger, **where: str) -> dict[str, float]:
    """Pounds by month of the lines with these labels."""
    lines = found.lines
    for column, label in where.items():
        lines = lines[lines[column] == label]
    return {str(month): pence / 100 for month, pence in lines.groupby("month")["pence"].sum().items()}


def spread(number: int, days: float = 61) -> list[float]:
    """So many days, evenly over the period."""
    return [(each + 0.5) * days / number for each in range(number)]


BLOCK = {"kind": "block", "amount": pounds(365_000), "activities": ["clinic"]}
MARGINAL = {
    "kind": "fixed and marginal",
    "amount": pounds(365_000),
    "planned": {"clinic": 730},
    "rate_over": 0.6,
    "rate_under": 0.2,
    "activities": ["clinic"],
}


def test_a_contract_for_each_case_is_the_price_of_each_contact():
    with_it = kept(clinic({"kind": "cost per case"}), [1, 2, 40], [5])
    assert with_it.lines.equals(kept(clinic(None), [1, 2, 40], [5]).lines)
    assert months(with_it, view="bill") == {"2025-04": 250, "2025-05": 100}


def test_a_block_is_paid_by_the_days_of_each_month_whoever_comes():
    """£365,000 over 365 days is £1,000 a day; the scan, which is not in it, is £50 as before."""
    for number in (0, 3):
        found = kept(clinic(BLOCK), spread(number) if number else [], [5])
        assert months(found, kind="contract", element="clinic", setting="hospital", payer="nhs") == {
            "2025-04": 30_000,
            "2025-05": 31_000,
        }
        assert months(found, kind="bill") == {"2025-04": 50}
        assert found.missing == {}


def test_the_system_pays_the_same_under_any_contract():
    costs = [
        kept(clinic(each), spread(5)).lines.query("view == 'cost'")["pence"].sum()
        for each in (None, BLOCK, MARGINAL)
    ]
    assert costs == [(61 * 10 + 5 * 20) * 100] * 3


@pytest.mark.parametrize("amount", [1_000_000, 100, 999_999.99])
def test_the_months_of_a_year_come_to_the_amount_to_the_penny(amount):
    contract = {**BLOCK, "amount": pounds(amount)}
    found = kept(clinic(contract), [], days=365 + 365)
    for year in ("2025", "2026"):
        mine = [f"{year}-{month:02d}" for month in range(4, 13)]
        mine += [f"{int(year) + 1}-{month:02d}" for month in range(1, 4)]
        lines = found.lines[found.lines["month"].isin(mine) & (found.lines["view"] == "bill")]
        assert int(lines["pence"].sum()) == round(amount * 100)


def test_contacts_over_the_plan_are_settled_at_the_end_at_their_rate():
    """122 are planned for 61 of 365 days; 142 come: 20 x £100 x 60% = £1,200, in May."""
    found = kept(clinic(MARGINAL), spread(142))
    assert months(found, kind="contract") == {"2025-04": 30_000, "2025-05": 31_000}
    assert months(found, kind="settlement", element="clinic") == {"2025-05": 1_200}
    assert total(found.lines, view="bill") == 6_220_000


def test_contacts_under_the_plan_are_taken_off_at_their_own_rate():
    """112 come: 10 x £100 x 20% = £200 less. If nobody comes: 122 x £100 x 20% = £2,440 less."""
    assert months(kept(clinic(MARGINAL), spread(112)), kind="settlement") == {"2025-05": -200}
    assert months(kept(clinic(MARGINAL), []), kind="settlement") == {"2025-05": -2_440}


def test_each_year_is_settled_in_its_last_month_by_its_own_contacts():
    """730 contacts are planned a year. Of 760 in the first, 30 are over; the second, 30 days, has none of 60.

    30 x £100 x 60% = £1,800 in March 2026; 730 x 30 / 365 = 60, x £100 x 20% = £1,200 off in April.
    """
    found = kept(clinic(MARGINAL), spread(760, 365), days=395)
    assert months(found, kind="settlement") == {"2026-03": 1_800, "2026-04": -1_200}


def test_what_comes_before_counting_begins_is_neither_planned_nor_settled():
    """Counted from 1 May: 31 days, of a year that runs from May to April: 62 are planned, 50 come."""
    found = kept(clinic(MARGINAL), [10.0] * 40 + [35.0] * 50, warm_up=30)
    assert months(found, kind="contract") == {"2025-05": 31_000}
    assert months(found, kind="settlement") == {"2025-05": -12 * 100 * 0.2}


def test_each_activity_of_a_contract_is_settled_apart():
    """122 clinics and 61 scans are planned; 132 and 51 come: 10 x £100 x 60% more, 10 x £50 x 20% less."""
    both = {**MARGINAL, "activities": [], "planned": {"clinic": 730, "scan": 365}}
    found = kept(clinic(both), spread(132), spread(51))
    assert months(found, kind="settlement", element="clinic", setting="hospital") == {"2025-05": 600}
    assert months(found, kind="settlement", element="scan", setting="community") == {"2025-05": -100}
    assert months(found, kind="contract", element="", setting="") == {"2025-04": 30_000, "2025-05": 31_000}


def test_contacts_of_several_prices_are_settled_at_the_mean_of_those_who_came():
    """Ten over plan, 66 patients at £100 and 66 at £200: 10 x £150 x 60% = £900."""
    price = {"by": "need_tier", "values": {"high": pounds(200)}, "otherwise": pounds(100)}
    tiers = {"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}}
    pathway = clinic(MARGINAL, price, need_tiers=tiers, footprints={"here": {"name": "Here"}})
    rows: list[Row] = [opened("room", 1)]
    for place, day in enumerate(spread(132)):
        rows += visit(place, "clinic", day, day, day + 0.001, ("room", 1))
    groups = {place: (("low", "high")[place % 2], "here") for place in range(132)}
    trace = make_trace(rows, pathway, until=61, start_date=APRIL, groups=groups)
    run = RunSettings(start_date=APRIL, duration=Duration(value=61, unit="days"))
    found = ledger(trace, pathway, Books(MoneySettings(), pathway, pathway, run))
    assert months(found, kind="settlement") == {"2025-05": 900}


def test_a_capitation_pays_for_each_person_of_a_tier_and_footprint():
    """100 people at £365 and 10 at £3,650 are £100 and £100 a day; those of no listed tier cost nothing."""
    tiers = {key: {"name": key, "level": place} for place, key in enumerate(("well", "low", "high"), 1)}
    people = {"here": {"name": "Here", "people": {"well": 999, "low": 100, "high": 10}}}
    contract = {"kind": "capitation", "a_head": {"low": pounds(365), "high": pounds(3650)}}
    found = kept(clinic(contract, need_tiers=tiers, footprints=people), spread(50))
    for tier in ("low", "high"):
        assert months(found, kind="contract", need_tier=tier, footprint="here") == {
            "2025-04": 3_000,
            "2025-05": 3_100,
        }
    assert total(found.lines, view="bill") == (3_000 + 3_100) * 2 * 100


def test_a_block_needs_no_price_and_a_marginal_rate_does():
    for contract, missing in ((BLOCK, {}), (MARGINAL, {"bill": ("Clinic: no price",)})):
        document = clinic(contract).model_dump(by_alias=True, exclude_defaults=True)
        document["activities"]["clinic"].pop("price")
        assert kept(Pathway.model_validate(document), spread(3)).missing == missing


def test_measures_of_the_bill_hold_what_contracts_pay():
    def frame(contract: dict[str, Any]) -> Any:
        pathway = clinic(contract)
        rows: list[Row] = [opened("room", 1), *visit(1, "clinic", 1, 1, 2, ("room", 1))]
        trace = make_trace(rows, pathway, until=61, start_date=APRIL)
        run = RunSettings(start_date=APRIL, duration=Duration(value=61, unit="days"))
        return measure_frame(trace, pathway, Books(MoneySettings(), pathway, pathway, run))

    alone = frame(BLOCK)
    for key in ({"element": "clinic"}, {"setting": "hospital"}, {}):
        assert figure(alone, "bill", **key) == 61_000
    together = frame({**BLOCK, "activities": ["clinic", "scan"]})
    assert figure(together, "bill") == figure(together, "bill.payer.nhs") == 61_000
    for key in (
        {"setting": "hospital"},
        {"setting": "community"},
        {"element": "clinic"},
        {"element": "scan"},
    ):
        assert np.isnan(figure(together, "bill", **key))
    assert figure(together, "bill", setting="home") == 0


def test_years_of_contracts_are_twelve_calendar_months_each():
    """From 15 February 2023: the first year ends with January 2024, the second has 29 February."""
    names = tuple(f"{2023 + (month + 1) // 12}-{(month + 1) % 12 + 1:02d}" for month in range(14))
    edges = np.cumsum([14, 14, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31])
    years = ContractYears.of(Months(names, edges.astype(float)))
    assert years.number.tolist() == [0] * 12 + [1, 1]
    assert years.days.tolist() == [365] * 12 + [366] * 2
    assert years.shares[0] == 14 / 365
    assert years.shares[12] == 29 / 366
