"""What an option changes about people, harm, reviews, payers and money, in words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.words.changes import changes, option_changes
from pathway_modeller.scenario.words.people import activity_shift_words
from tests.scenario.living_scenario import living, living_document


def with_patch(patch: dict[str, Any]) -> Scenario:
    """Returns the living scenario with an option that makes one change and no more."""
    document = living_document()
    document["options"] = {"one": {"name": "One", "patch": patch}}
    return Scenario.model_validate(document)


MATRON = 'Activity "Community matron"'
FOLLOW_UP = 'Activity "Hospital follow-up"'
CASES: list[tuple[dict[str, Any], str]] = [
    (
        {"moves": {"up": {"per_person": 0.015}}},
        'Move "Low to high": rate per person changed from 0.02 to 0.015 a year',
    ),
    (
        {"moves": {"down": {"per_person": {"values": {"north": 0.08}}}}},
        'Move "High to low": rate per person for footprint "North" changed from 0.06 to 0.08 a year',
    ),
    (
        {"moves": {"up": {"to": "low", "from": "high"}}},
        'Move "Low to high": now begins at "High" instead of "Low"',
    ),
    ({"moves": {"come": {"people": 150}}}, 'Move "Moving in": people a year changed from 200 to 150'),
    (
        {
            "providers": {
                "trust": {
                    "contracts": {
                        "deal": {
                            "name": "Ward",
                            "kind": "fixed and marginal",
                            "payer": "nhs",
                            "activities": ["ward"],
                            "amount": {"value": 1000000, "price_year": "2024/25"},
                            "planned": {"ward": 500},
                            "rate_over": 0.6,
                        }
                    }
                }
            }
        },
        (
            'Provider "Trust": contracts added: "Ward" fixed and marginal, £1,000,000 (2024/25 prices) a '
            'year, 500 contacts a year planned of "Ward", 60% of the price for each contact over '
            'plan, for "Ward", paid by "NHS"'
        ),
    ),
    (
        {"payers": {"nhs": {"lines": {"a": {"name": "Beds", "provider": "trust", "setting": "hospital"}}}}},
        'Payer "NHS": lines arranged otherwise added: "Beds" aligned, of "Trust", hospital',
    ),
    (
        {"moves": {"come": {"trend": {"yearly_change": -0.02}}}},
        'Move "Moving in": trend changed from 1% more each year to 2% less each year',
    ),
    (
        {
            "moves": {
                "out": {"name": "Moving out", "kind": "migration out", "from": "high", "per_person": 0.01}
            }
        },
        'Move "Moving out" is added: from "High"; kind migration out; rate per person 0.01 a year',
    ),
    (
        {"footprints": {"north": {"imd": [0.5, 0.5, 0, 0, 0]}}},
        'Footprint "North": deprivation added: 50%, 50%, 0%, 0% and 0%',
    ),
    (
        {"payers": {"council": {"kind": "schools"}}},
        'Payer "Council": kind changed from council adult care to Schools and colleges',
    ),
    (
        {"preventions": {"checks": {"slows": {"up": 0.2}}}},
        'Prevention "Health checks": slows of move "Low to high" changed from 10% to 20%',
    ),
    (
        {"preventions": {"checks": {"half_life": None}}},
        'Prevention "Health checks": half-life taken out (it was 3 years)',
    ),
    (
        {"activities": {"matron": {"caseload": {"interval": {"value": 6}}}}},
        f"{MATRON}: caseload, review interval changed from always 4 weeks to always 6 weeks",
    ),
    (
        {"activities": {"matron": {"caseload": None}}},
        (
            f'{MATRON}: caseload taken out (it was places "Matrons\' caseload", review interval always '
            "4 weeks, time on it exponential, mean 1 years)"
        ),
    ),
    (
        {"activities": {"follow_up": {"deterioration": {"admitted": {"rate_per_1000": {"value": 6}}}}}},
        (
            f'{FOLLOW_UP}: deterioration "Emergency admission", rate per 1,000 people '
            "changed from 4 per week to 6 per week"
        ),
    ),
    (
        {"activities": {"follow_up": {"deterioration": {"worse": None}}}},
        (
            f'{FOLLOW_UP}: deterioration taken out (it was "Gets worse" (change of need, '
            '2 per week for every 1,000 who wait, need tier after "High"))'
        ),
    ),
    (
        {"activities": {"follow_up": {"did_not_attend": {"by_wait": None}}}},
        f"{FOLLOW_UP}: did not attend, after longer waits taken out (it was 8% after 1 week or more)",
    ),
    (
        {
            "activities": {
                "ward": {
                    "pressure": {
                        "pool": "beds",
                        "steps": [{"full": 0.85, "factor": 0.9}, {"full": 1.0, "factor": 0.8}],
                    }
                }
            }
        },
        (
            'Activity "Ward": reaction to pressure added: 0.9 times as long from 85% of "Beds" in use and '
            "0.8 times from 100%; not a forecast of behaviour"
        ),
    ),
    (
        {
            "activities": {
                "ward": {
                    "deterioration": {
                        "fall": {
                            "name": "Fall",
                            "kind": "emergency",
                            "rate_per_1000": {"value": 450, "unit": "per year"},
                            "during": "service",
                            "if_good": 0.6,
                        }
                    }
                }
            }
        },
        (
            'Activity "Ward": deterioration added: "Fall" (emergency, 450 per year for every 1,000 in care, '
            "0.6 times where quality is good)"
        ),
    ),
    (
        {"pools": {"beds": {"quality": {"good": 0.55}}}},
        'Capacity pool "Beds": quality added: 55% good',
    ),
    (
        {"activities": {"follow_up": {"changes_need": None}}},
        f'{FOLLOW_UP}: effect on need taken out (it was 10% from "High" to "Low" (better))',
    ),
    (
        {"activities": {"front_door": {"single_point": {"advice_only": 0.3}}}},
        'Activity "Front door": single point of contact, advice only changed from 20% to 30%',
    ),
    (
        {"need_tiers": {"high": {"spending": {"drugs": {"amount": {"value": 500}}}}}},
        (
            'Need tier "High": other spending per head "Medicines", pounds a year changed from '
            "£400 (2024/25 prices) to £500 (2024/25 prices)"
        ),
    ),
    ({"need_tiers": {"high": {"age_band": None}}}, 'Need tier "High": age band taken out (it was "Adults")'),
    ({"payers": {"nhs": {"risk_share": 0.6}}}, 'Payer "NHS": risk share changed from 70% to 60%'),
    (
        {"payers": {"council": {"arrangement": "aligned"}}},
        'Payer "Council": arrangement changed from pooled to aligned',
    ),
    (
        {"providers": {"trust": {"payer": "council"}}},
        'Provider "Trust": payer changed from "NHS" to "Council"',
    ),
    (
        {"entry_points": {"referrals": {"arrivals": {"trend": None}}}},
        (
            'Entry point "Referrals": arrivals, trend taken out (it was 1 and 1.05 times in the first years, '
            "then 2% more each year)"
        ),
    ),
]


@pytest.mark.parametrize(("patch", "sentence"), CASES, ids=[each[1][:70] for each in CASES])
def test_each_change_is_a_sentence(patch: dict[str, Any], sentence: str) -> None:
    found = [each.text for each in option_changes(with_patch(patch), "one")]
    assert sentence in found


def test_nothing_is_said_in_ids_or_braces() -> None:
    for each in changes(Pathway(), living().baseline):
        assert not set("{}[]=_") & set(each.text), each.text
        assert 'kind "' not in each.text


def test_shifts_and_displacements_are_changes_of_their_option() -> None:
    found = {each.map: each for each in option_changes(living(), "nearer")}
    shift, displacement = found["shifts"], found["displacements"]
    assert shift.text == (
        'Investment shift "From consultants to matrons" is added: £300,000 (2024/25 prices) a year from '
        '"Consultants" to "Matrons" from 1 October 2025; growing over 6 months; recruitment lag 3 months; '
        'double running 3 months; set-up cost £20,000 (2024/25 prices); paid by "NHS"'
    )
    assert (shift.pool, shift.key) == ("matrons", "to_matrons")
    assert displacement.text == (
        'Displacement "Follow-ups" is added: contacts taken from "Hospital follow-up" are 70%, 3 for each at '
        '"Community matron", 20% no longer needed and 10% unmet need'
    )


def test_an_option_of_shifts_alone_changes_something() -> None:
    document = living_document()
    document["options"]["nearer"]["patch"] = {}
    del document["options"]["nearer"]["displacements"]
    (only,) = option_changes(Scenario.model_validate(document), "nearer")
    assert only.map == "shifts"


def test_a_shift_of_activity_is_read_back_whole() -> None:
    given = {
        "name": "Nearer home",
        "from": "follow_up",
        "to": "matron",
        "eligible": {"by": "need_tier", "values": {"high": 0.6, "low": 0.2}, "otherwise": 0},
        "uptake": {"by": "need_tier", "values": {"high": 0.4}, "otherwise": 0.1},
        "phased_in": {"starts": "2026-04-01", "ramp": {"value": 6, "unit": "months"}},
        "footprints": ["north"],
    }
    scenario = living()
    shift = ActivityShift.model_validate_json(json.dumps(given))
    assert activity_shift_words(scenario.baseline, shift) == (
        'from 1 April 2026, rising over 6 months, 40% of contacts of need tier "High" and 10% of all other '
        'contacts at "Hospital follow-up" go to "Community matron"; eligible, drawn once for each: '
        '60% of patients of need tier "High" and 20% of patients of need tier "Low"; open to "North"'
    )
    plain = shift.model_copy(update={"eligible": 0.6, "uptake": 0.4, "phased_in": None, "footprints": ()})
    assert activity_shift_words(scenario.baseline, plain) == (
        '40% of contacts at "Hospital follow-up" go to "Community matron"; '
        "eligible, drawn once for each: 60% of patients"
    )
