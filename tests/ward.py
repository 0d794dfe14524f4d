"""A ward to which patients come at random: with so many beds, or with as many as they ask for."""

from __future__ import annotations

import json
from typing import Any

from pathway_modeller.scenario.document import Scenario

A_DAY, STAY = 3.0, 4.0
LOAD = A_DAY * STAY
"""Beds in use on average, where there is no limit."""


def ward(units: int | None = 12, *, replications: int = 20, days: float = 300, **more: Any) -> Scenario:
    """Returns a scenario of one ward, with an option that has two more beds.

    Args:
        units: beds.
        replications: independent runs.
        days: that count.
        more: fields of the activity.
    """
    pool = {"name": "Stroke beds", "kind": "beds"} | ({} if units is None else {"units": units})
    document = {
        "format": 1,
        "name": "Stroke ward",
        "baseline": {
            "entry_points": {
                "in": {
                    "name": "Admission",
                    "arrivals": {"kind": "random", "rate": {"value": A_DAY, "unit": "per day"}},
                }
            },
            "activities": {
                "ward": {
                    "name": "Acute stroke ward",
                    "needs": {"beds": 1},
                    "service_time": {"kind": "lognormal", "mean": STAY, "sd": STAY, "unit": "days"},
                    **more,
                }
            },
            "exit_points": {"out": {"name": "Home"}},
            "transitions": {"a": {"from": "in", "to": "ward"}, "b": {"from": "ward", "to": "out"}},
            "pools": {"beds": pool},
        },
        "options": {"more": {"name": "Two more", "patch": {"pools": {"beds": {"units": (units or 0) + 2}}}}},
        "run": {
            "start_date": "2026-01-05",
            "warm_up": {"value": 60, "unit": "days"},
            "duration": {"value": days, "unit": "days"},
            "replications": replications,
            "seed": 11,
        },
    }
    return Scenario.model_validate_json(json.dumps(document), strict=True)


def erlang_b(load: float, beds: int) -> float:
    """Returns Erlang's loss formula by its recursion."""
    blocked = 1.0
    for number in range(1, beds + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked
