"""A small ward with a single point of contact before it and a caseload after it, really run."""

from __future__ import annotations

import json
from typing import Any

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE


def pounds(value: float) -> dict[str, Any]:
    return {"value": value, "price_year": "2024/25"}


def each_day(value: float) -> dict[str, Any]:
    return {"amount": pounds(value), "per": "day"}


def lasts(days: float) -> dict[str, Any]:
    return {"kind": "exponential", "mean": days, "unit": "days"}


ACTIVITIES = {
    "call": {
        "name": "Call",
        "setting": "primary care",
        "service_time": {"kind": "fixed", "value": 10, "unit": "minutes"},
        "needs": {"lines": 1},
        "single_point": {"advice_only": 0.25},
        "price": pounds(10),
        "variable_cost": pounds(1),
        "provider": "trust",
    },
    "ward": {
        "name": "Ward",
        "service_time": lasts(2),
        "needs": {"beds": 1},
        "release": "when next can take",
        "deterioration": {
            "worse": {
                "name": "Emergency",
                "kind": "emergency",
                "rate_per_1000": {"value": 20, "unit": "per day"},
            }
        },
        "minimum_volume": 2000,
        "price": pounds(900),
        "variable_cost": pounds(50),
        "provider": "trust",
    },
    "team": {
        "name": "Community team",
        "setting": "community",
        "service_time": {"kind": "fixed", "value": 1, "unit": "hours"},
        "needs": {"nurses": 1},
        "caseload": {
            "pool": "places",
            "interval": {"kind": "fixed", "value": 3, "unit": "days"},
            "length": {"kind": "fixed", "value": 12, "unit": "days"},
        },
        "price": pounds(40),
        "variable_cost": pounds(4),
        "provider": "community",
    },
}
ARROWS = (("in", "call"), ("call", "ward"), ("ward", "team"), ("team", "out"))


def scenario(**more: Any) -> Scenario:
    """The ward, against one with more places on the caseload behind it.

    Args:
        more: other members of the file.
    """
    baseline = {
        "entry_points": {
            "in": {
                "name": "Referral",
                "arrivals": {"kind": "random", "rate": {"value": 5, "unit": "per day"}},
            }
        },
        "activities": ACTIVITIES,
        "exit_points": {"out": {"name": "Well", "setting": "home"}},
        "transitions": {f"to_{end}": {"from": start, "to": end} for start, end in ARROWS},
        "pools": {
            "lines": {"name": "Lines", "units": 2, "cost": each_day(20)},
            "beds": {"name": "Beds", "kind": "beds", "units": 9, "cost": each_day(300)},
            "nurses": {"name": "Nurses", "units": 3, "cost": each_day(200)},
            "places": {"name": "Places", "kind": "caseload places", "units": 42, "cost": each_day(0)},
        },
        "providers": {"trust": {"name": "Trust"}, "community": {"name": "Community services"}},
    }
    text = {
        "format": 1,
        "name": "Ward",
        "baseline": baseline,
        "options": {"wider": {"name": "More places", "patch": {"pools": {"places": {"units": 60}}}}},
        "outcomes": {
            "harm": {"name": "Emergencies while waiting", "measure": "deteriorated", "better": "lower"}
        },
        "run": {
            "start_date": "2025-04-01",
            "warm_up": {"value": 30, "unit": "days"},
            "duration": {"value": 120, "unit": "days"},
            "replications": 6,
            "seed": 4,
        },
        **more,
    }
    return Scenario.model_validate_json(json.dumps(text))


def found(of: Scenario) -> Findings:
    """Runs a scenario with all its options."""
    return Findings(run_experiment(of, (BASELINE, *of.options), workers=1), of)
