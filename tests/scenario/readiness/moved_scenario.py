"""A clinic part of whose patients an option sends to a community team, without a word of what that means."""

from __future__ import annotations

import copy
from typing import Any

from pathway_modeller.scenario.document import Scenario

_COST = {"amount": {"value": 90_000, "price_year": "2024/25"}, "per": "year"}
_TEN = {"kind": "exponential", "mean": 10, "unit": "minutes"}

MOVED: dict[str, Any] = {
    "format": 1,
    "name": "Clinic to community",
    "baseline": {
        "entry_points": {
            "referral": {
                "name": "Referral",
                "arrivals": {"kind": "random", "rate": {"value": 10, "unit": "per day"}},
            }
        },
        "decisions": {"where": {"name": "Where next?"}},
        "activities": {
            "clinic": {"name": "Clinic", "needs": {"consultants": 1}, "service_time": _TEN},
            "team": {"name": "Team", "needs": {"nurses": 1}, "service_time": _TEN, "setting": "community"},
        },
        "exit_points": {"home": {"name": "Home", "setting": "home"}},
        "transitions": {
            "a": {"from": "referral", "to": "where"},
            "b": {"from": "where", "to": "clinic", "share": 0.6},
            "c": {"from": "where", "to": "team", "share": 0.4},
            "d": {"from": "clinic", "to": "home"},
            "e": {"from": "team", "to": "home"},
        },
        "pools": {
            "consultants": {"name": "Consultants", "units": 2, "payer": "icb", "cost": _COST},
            "nurses": {"name": "Nurses", "units": 2, "payer": "council", "cost": _COST},
        },
        "payers": {"icb": {"name": "ICB"}, "council": {"name": "Council", "kind": "council adult care"}},
    },
    "options": {
        "nearer": {
            "name": "Nearer home",
            "patch": {"transitions": {"b": {"share": 0.2}, "c": {"share": 0.8}}},
        }
    },
    "run": {
        "start_date": "2025-04-01",
        "duration": {"value": 8, "unit": "weeks"},
        "replications": 3,
    },
}


def moved(**baseline: Any) -> Scenario:
    """Returns the scenario, with other maps of its baseline where they are given."""
    document = copy.deepcopy(MOVED)
    document["baseline"].update(baseline)
    return Scenario.model_validate(document)
