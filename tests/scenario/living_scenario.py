"""A scenario with every kind of record about people, harm, reviews, payers and shifts; it has no problems."""

from __future__ import annotations

import copy
import json
from typing import Any

from pathway_modeller.scenario.document import Scenario


def pounds(value: float, year: str = "2024/25") -> dict[str, Any]:
    """Returns an amount of money as the file holds it."""
    return {"value": value, "price_year": year}


def fixed(value: float, unit: str) -> dict[str, Any]:
    """Returns a time that is always the same."""
    return {"kind": "fixed", "value": value, "unit": unit}


_BASELINE: dict[str, Any] = {
    "entry_points": {
        "referrals": {
            "name": "Referrals",
            "setting": "primary care",
            "arrivals": {
                "kind": "random",
                "rate_per_1000": {
                    "by": "need_tier",
                    "values": {"high": {"value": 40, "unit": "per year"}},
                    "otherwise": {"value": 10, "unit": "per year"},
                },
                "trend": {"by_year": [1, 1.05], "yearly_change": 0.02},
            },
        }
    },
    "activities": {
        "front_door": {
            "name": "Front door",
            "setting": "community",
            "needs": {"coordinators": 1},
            "service_time": fixed(30, "minutes"),
            "single_point": {"advice_only": 0.2, "advice_to": "advised", "team": ["follow_up"]},
        },
        "follow_up": {
            "name": "Hospital follow-up",
            "needs": {"consultants": 1},
            "service_time": fixed(20, "minutes"),
            "payer": "nhs",
            "provider": "trust",
            "price": pounds(150),
            "variable_cost": pounds(20),
            "minimum_volume": 100,
            "tags": ["near"],
            "did_not_attend": {
                "share": 0.02,
                "by_wait": [{"waited": {"value": 1, "unit": "weeks"}, "share": 0.08}],
                "rebook": 0.5,
            },
            "deterioration": {
                "admitted": {
                    "name": "Emergency admission",
                    "kind": "emergency",
                    "rate_per_1000": {"value": 4, "unit": "per week"},
                    "goes_to": "ward",
                },
                "worse": {
                    "name": "Gets worse",
                    "kind": "need",
                    "rate_per_1000": {"value": 2, "unit": "per week"},
                    "to_tier": "high",
                },
                "dies": {
                    "name": "Dies",
                    "kind": "death",
                    "time": {"kind": "exponential", "mean": 20, "unit": "years"},
                },
            },
            "changes_need": [{"from": "high", "to": "low", "share": 0.1, "cause": "better"}],
        },
        "matron": {
            "name": "Community matron",
            "setting": "community",
            "needs": {"matrons": 1},
            "service_time": fixed(1, "hours"),
            "payer": "nhs",
            "provider": "community_trust",
            "caseload": {
                "pool": "caseload",
                "interval": fixed(4, "weeks"),
                "length": {"kind": "exponential", "mean": 1, "unit": "years"},
            },
        },
        "ward": {
            "name": "Ward",
            "needs": {"beds": 1},
            "service_time": {"kind": "exponential", "mean": 5, "unit": "days"},
            "payer": "nhs",
            "provider": "trust",
        },
    },
    "exit_points": {
        "home": {"name": "Home", "setting": "home"},
        "advised": {"name": "Advised", "setting": "home", "changes_need": [{"to": "low", "share": 0.01}]},
    },
    "transitions": {
        "in": {"from": "referrals", "to": "front_door"},
        "to_hospital": {"from": "front_door", "to": "follow_up", "share": 0.8},
        "to_matron": {"from": "front_door", "to": "matron", "share": 0.2},
        "out": {"from": "follow_up", "to": "home"},
        "off_caseload": {"from": "matron", "to": "home"},
        "discharge": {"from": "ward", "to": "home"},
    },
    "pools": {
        "coordinators": {"name": "Coordinators", "units": 2, "setting": "school"},
        "consultants": {
            "name": "Consultants",
            "units": 4,
            "payer": "nhs",
            "provider": "trust",
            "cost": {"amount": pounds(150000), "per": "year"},
            "notice": {"value": 6, "unit": "months"},
        },
        "matrons": {
            "tags": ["early"],
            "name": "Matrons",
            "units": 4,
            "setting": "community",
            "payer": "nhs",
            "provider": "community_trust",
            "cost": {"amount": pounds(60000), "per": "year"},
        },
        "caseload": {
            "name": "Matrons' caseload",
            "kind": "caseload places",
            "units": 300,
            "setting": "community",
        },
        "beds": {"name": "Beds", "kind": "beds", "units": 28},
    },
    "age_bands": {"adults": {"name": "Adults", "from_age": 18}},
    "need_tiers": {
        "low": {"name": "Low", "level": 1, "age_band": "adults"},
        "high": {
            "name": "High",
            "level": 2,
            "age_band": "adults",
            "need_weight": 8,
            "spending": {
                "drugs": {
                    "name": "Medicines",
                    "amount": pounds(400),
                    "payer": "nhs",
                    "provider": "trust",
                }
            },
        },
    },
    "footprints": {
        "north": {"name": "North", "people": {"low": 20000, "high": 2000}},
        "south": {"name": "South", "people": {"low": 25000, "high": 4000}},
    },
    "moves": {
        "up": {"name": "Low to high", "from": "low", "to": "high", "per_person": 0.02},
        "down": {
            "name": "High to low",
            "from": "high",
            "to": "low",
            "per_person": {"by": "footprint", "values": {"north": 0.06}, "otherwise": 0.05},
        },
        "born": {"name": "Coming of age", "kind": "birth", "to": "low", "per_person": 0.01},
        "come": {
            "name": "Moving in",
            "kind": "migration in",
            "to": "low",
            "people": 200,
            "footprints": {"north": 0.5, "south": 0.5},
            "trend": {"yearly_change": 0.01},
        },
        "die": {"name": "Deaths", "kind": "death", "from": "high", "per_person": 0.03},
    },
    "preventions": {
        "checks": {
            "name": "Health checks",
            "slows": {"up": 0.1},
            "coverage": 0.4,
            "uptake": {"by": "footprint", "values": {"north": 0.6}, "otherwise": 0.5},
            "ramp": {"value": 6, "unit": "months"},
            "half_life": {"value": 3, "unit": "years"},
        },
        "reviews": {"name": "Matron's reviews", "slows": {"die": 0.05}, "activity": "matron"},
    },
    "payers": {
        "nhs": {
            "name": "NHS",
            "arrangement": "pooled",
            "contribution": pounds(900000),
            "risk_share": 0.7,
        },
        "council": {
            "name": "Council",
            "kind": "council adult care",
            "arrangement": "pooled",
            "contribution": pounds(400000),
            "risk_share": 0.3,
        },
        "leisure": {"name": "Leisure", "kind": "leisure"},
        "schools": {"name": "Academy trust", "kind": "schools"},
    },
    "payer_kinds": {"schools": {"name": "Schools and colleges"}},
    "providers": {
        "trust": {"name": "Trust", "fixed_cost": pounds(2000000), "payer": "nhs"},
        "community_trust": {"name": "Community trust"},
    },
    "settings": {"school": {"name": "Schools", "order": 3.5}},
    "tags": {
        "early": {"name": "Found early"},
        "near": {"name": "Near home"},
        "young": {"name": "A good start"},
    },
}

LIVING: dict[str, Any] = {
    "format": 1,
    "name": "Living population",
    "baseline": _BASELINE,
    "options": {
        "nearer": {
            "name": "Nearer home",
            "tags": ["near"],
            "patch": {
                "transitions": {"to_hospital": {"share": 0.5}, "to_matron": {"share": 0.5}},
                "pools": {"caseload": {"units": 600}},
            },
            "shifts": {
                "to_matrons": {
                    "name": "From consultants to matrons",
                    "from": "consultants",
                    "to": "matrons",
                    "amount": pounds(300000),
                    "starts": "2025-10-01",
                    "ramp": {"value": 6, "unit": "months"},
                    "recruitment_lag": {"value": 3, "unit": "months"},
                    "double_running": {"value": 3, "unit": "months"},
                    "set_up": pounds(20000),
                    "payer": "nhs",
                }
            },
            "displacements": {
                "follow_ups": {
                    "name": "Follow-ups",
                    "activity": "follow_up",
                    "to": {"matron": {"share": 0.7, "contacts": 3}},
                    "avoided": 0.2,
                    "unmet": 0.1,
                }
            },
        }
    },
    "money": {"price_year": "2024/25", "inflation": 0.02},
    "outcomes": {
        "wait": {
            "name": "Shorter waits",
            "aim": "Seen sooner",
            "measure": "wait.mean",
            "element": "follow_up",
            "need_tier": "high",
            "better": "lower",
        }
    },
    "run": {
        "start_date": "2025-04-01",
        "warm_up": {"value": 90, "unit": "days"},
        "duration": {"value": 2, "unit": "years"},
        "replications": 2,
    },
}


def living_document() -> dict[str, Any]:
    """Returns the scenario as the document of its file; a new one each time."""
    return copy.deepcopy(LIVING)


def living() -> Scenario:
    """Returns the scenario."""
    return Scenario.model_validate_json(json.dumps(LIVING), strict=True)
