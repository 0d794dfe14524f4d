"""A scenario that runs in a blink: one clinic, and an option with a second clinician."""

from __future__ import annotations

from pathlib import Path

from pathway_modeller.scenario.document import Scenario

_DAYS = "days"

SMALL = {
    "format": 1,
    "name": "Small clinic",
    "baseline": {
        "entry_points": {
            "referral": {
                "name": "Referral",
                "arrivals": {"kind": "random", "rate": {"value": 8, "unit": "per day"}},
            }
        },
        "activities": {
            "clinic": {
                "name": "Clinic",
                "needs": {"clinicians": 1},
                "service_time": {"kind": "exponential", "mean": 0.1, "unit": _DAYS},
                "payer": "nhs",
                "price": {"value": 50, "price_year": "2024/25"},
                "variable_cost": {"value": 2.5, "price_year": "2024/25"},
            }
        },
        "exit_points": {"home": {"name": "Home", "setting": "home"}},
        "transitions": {
            "referral_clinic": {"from": "referral", "to": "clinic"},
            "clinic_home": {"from": "clinic", "to": "home"},
        },
        "pools": {
            "clinicians": {
                "name": "Clinicians",
                "units": 1,
                "cost": {"amount": {"value": 300, "price_year": "2024/25"}, "per": "day"},
            }
        },
        "payers": {"nhs": {"name": "NHS"}},
    },
    "options": {
        "second": {"name": "A second clinician", "patch": {"pools": {"clinicians": {"units": 2}}}},
        "same": {"name": "Nothing changes", "patch": {}},
    },
    "run": {
        "start_date": "2025-04-01",
        "warm_up": {"value": 10, "unit": _DAYS},
        "duration": {"value": 20, "unit": _DAYS},
        "replications": 4,
        "seed": 3,
    },
}


def small() -> Scenario:
    """Returns the scenario."""
    import json

    return Scenario.model_validate_json(json.dumps(SMALL), strict=True)


def write_small(folder: Path, **changes: object) -> Path:
    """Writes the scenario, with other members at its top, and returns the file."""
    import json

    file = folder / "small.json"
    file.write_text(json.dumps({**SMALL, **changes}, indent=2), encoding="utf-8")
    return file
