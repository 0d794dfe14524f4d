"""What is said of money that an option would make vanish: early shifts, lower prices, fixed cost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.shifts.cheaper import lowered


def money(value: float, year: str = "2024/25") -> dict[str, Any]:
    return {"value": value, "price_year": year}


BASELINE: dict[str, Any] = {
    "entry_points": {
        "in": {"name": "In", "arrivals": {"kind": "random", "rate": {"value": 1, "unit": "per day"}}}
    },
    "activities": {
        "stay": {
            "name": "Stay",
            "needs": {"beds": 1},
            "service_time": {"kind": "fixed", "value": 1, "unit": "days"},
            "price": money(300),
            "variable_cost": {"by": "need_tier", "values": {"tip": money(50)}, "otherwise": money(20)},
        }
    },
    "exit_points": {"out": {"name": "Out"}},
    "transitions": {"a": {"from": "in", "to": "stay"}, "b": {"from": "stay", "to": "out"}},
    "pools": {
        "beds": {"name": "Beds", "units": 4, "payer": "nhs", "cost": {"amount": money(100), "per": "day"}}
    },
    "need_tiers": {
        "tip": {
            "name": "Tip",
            "level": 1,
            "spending": {"gp": {"name": "GP", "setting": "primary care", "amount": money(80)}},
        }
    },
    "payers": {"nhs": {"name": "NHS"}},
    "providers": {"trust": {"name": "Trust", "fixed_cost": money(1000)}},
}


def scenario(
    patch: dict[str, Any], shift: dict[str, Any] | None = None, warm_up: float = 30, **settings: Any
) -> Scenario:
    shifts = {"s": {"name": "S", "from": "beds", "amount": money(36525), **shift}} if shift else {}
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "T",
            "baseline": BASELINE,
            "options": {"near": {"name": "Near", "patch": patch, "shifts": shifts}},
            "run": {
                "start_date": dt.date(2025, 4, 1),
                "warm_up": {"value": warm_up, "unit": "days"},
                "duration": {"value": 365, "unit": "days"},
            },
            "money": settings,
        }
    )


def said(of: Scenario) -> list[tuple[str, str]]:
    return [(each.place, each.what) for each in check(of) if each.variant == "near"]


def test_a_shift_that_begins_before_counting_is_warned_of() -> None:
    early = scenario({}, {"starts": "2025-04-11", "set_up": money(1), "exit_cost": money(1)})
    ((place, what),) = said(early)
    assert place == "/options/near/shifts/s/starts"
    assert what == (
        "it begins on 11 April 2025, before counting begins on 1 May 2025: of its set-up cost and exit cost "
        "what falls before is counted in the first month"
    )
    ((_, without),) = said(scenario({}, {"starts": "2025-03-01"}, warm_up=0))
    assert without.endswith("before counting begins on 1 April 2025: what it moves before is not counted")
    assert said(scenario({}, {"starts": "2025-05-01", "set_up": money(1)})) == []


@pytest.mark.parametrize(
    ("patch", "place", "name"),
    [
        ({"pools": {"beds": {"cost": {"amount": {"value": 99}}}}}, "pools/beds/cost", 'a unit of "Beds"'),
        ({"activities": {"stay": {"price": {"value": 1}}}}, "activities/stay/price", 'the price of "Stay"'),
        (
            {"activities": {"stay": {"variable_cost": {"values": {"tip": {"value": 49}}}}}},
            "activities/stay/variable_cost",
            'the variable cost of "Stay"',
        ),
        (
            {"need_tiers": {"tip": {"spending": {"gp": {"amount": {"value": 79}}}}}},
            "need_tiers/tip/spending/gp/amount",
            'the spending on "GP" for each person of "Tip"',
        ),
    ],
)
def test_a_lower_price_is_no_saving_of_the_pathway(patch: dict[str, Any], place: str, name: str) -> None:
    ((pointer, what),) = said(scenario(patch))
    assert pointer == f"/options/near/patch/{place}"
    assert name in what
    assert what.endswith("is lower than under the baseline: a price is changed and no capacity")


@pytest.mark.parametrize("trust", [None, {"fixed_cost": None}, {"fixed_cost": {"value": 999}}])
def test_fixed_cost_goes_on_being_charged(trust: dict[str, Any] | None) -> None:
    ((pointer, what),) = said(scenario({"providers": {"trust": trust}}))
    assert pointer.startswith("/options/near/patch/providers/trust")
    assert what == (
        'the fixed cost of "Trust" is lower than under the baseline, whose fixed cost goes on being charged'
    )


def test_prices_of_another_year_are_compared_in_the_same_pounds() -> None:
    """£103 of 2025/26 are £100 of 2024/25 at 3%: no less; without the index nobody can tell."""
    base = Pathway.model_validate(BASELINE)
    document = {**BASELINE, "pools": {"beds": {**BASELINE["pools"]["beds"]}}}
    for value, index, less in ((103, {"2025/26": 0.03}, 0), (102, {"2025/26": 0.03}, 1), (50, {}, 0)):
        document["pools"]["beds"]["cost"] = {"amount": money(value, "2025/26"), "per": "day"}
        assert len(list(lowered(base, Pathway.model_validate(document), index))) == less


@pytest.mark.parametrize(
    ("kind", "own", "says"),
    [
        ("children's services", {}, None),
        ("schools", {"schools": {"name": "Schools"}}, None),
        ("schools", {"colleges": {"name": "Colleges"}}, "Use "),
        ("council adult", {}, 'Did you mean "council adult care"?'),
    ],
)
def test_a_payer_is_of_a_known_kind_or_of_one_of_the_scenarios_own(
    kind: str, own: dict[str, Any], says: str | None
) -> None:
    payers = {"nhs": {"name": "NHS", "kind": kind}}
    given = {**BASELINE, "payers": payers, "payer_kinds": own}
    found = check(Scenario.model_validate({**scenario({}).model_dump(), "baseline": given}))
    mends = [each.mend for each in found if each.place == "/baseline/payers/nhs/kind"]
    assert [mend[: len(says)] for mend in mends if says] == ([says] if says else [])
    assert bool(mends) == bool(says)
