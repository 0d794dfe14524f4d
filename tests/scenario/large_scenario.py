"""A scenario of any size, drawn as rows of elements side by side, for measuring how work grows with it."""

from __future__ import annotations

import json
from typing import Any

from pathway_modeller.scenario.document import Scenario
from tests.scenario.living_scenario import fixed, pounds

TIERS = 5
FOOTPRINTS = 7
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_STEPS = ("activities", "activities", "decisions", "activities", "waits", "activities", "activities")
"""What follows the entry point of a row, over and over, up to its exit point."""


def large_scenario(rows: int = 20, length: int = 25, years: int = 5) -> Scenario:
    """Returns a scenario with rows x length elements, need tiers, footprints, moves, money and one option.

    Every row begins with an entry point and ends with an exit point; a decision sends one patient in ten to
    the next row. Nothing is wrong with it.

    Args:
        rows: how many rows.
        length: elements in each, at least 4.
        years: of 365.25 days, the data collection period.
    """
    document = {
        "format": 1,
        "name": f"{rows * length} elements",
        "baseline": _baseline(rows, length),
        "options": {"nearer": _option()},
        "run": {
            "start_date": "2025-04-01",
            "duration": {"value": round(years * 365.25), "unit": "days"},
            "replications": 20,
        },
    }
    return Scenario.model_validate_json(json.dumps(document), strict=True)


def _baseline(rows: int, length: int) -> dict[str, Any]:
    """Returns the pathway."""
    tiers = range(1, TIERS + 1)
    found: dict[str, Any] = {
        "need_tiers": {
            f"tier{n}": {"name": f"Tier {n}", "level": n, "spending": _spending(n)} for n in tiers
        },
        "footprints": {
            f"place{n}": {
                "name": f"Place {n}",
                "people": {f"tier{tier}": 24000 // tier**2 + 100 * n for tier in tiers},
            }
            for n in range(1, FOOTPRINTS + 1)
        },
        "moves": {
            f"tier{one}_to_tier{other}": {
                "name": f"Tier {one} to {other}",
                "from": f"tier{one}",
                "to": f"tier{other}",
                "per_person": 0.02 / abs(one - other),
            }
            for one in tiers
            for other in tiers
            if one != other
        },
        "payers": {"nhs": {"name": "NHS"}, "council": {"name": "Council", "kind": "council adult care"}},
        "providers": {"trust": {"name": "Trust"}, "practices": {"name": "Practices"}},
        "entry_points": {},
        "activities": {},
        "waits": {},
        "decisions": {},
        "exit_points": {},
        "transitions": {},
        "pools": {},
    }
    for row in range(rows):
        _draw_row(found, row, rows, length)
    return found


def _spending(tier: int) -> dict[str, Any]:
    """Returns what is spent on one person of a need tier outside the pathway."""
    return {"hospital": {"name": "Hospital care", "amount": pounds(100.0 * tier), "payer": "nhs"}}


def _draw_row(found: dict[str, Any], row: int, rows: int, length: int) -> None:
    """Adds one row of elements with its arrows and pools."""
    kinds = ["entry_points", *(_STEPS[n % len(_STEPS)] for n in range(length - 2)), "exit_points"]
    if kinds[-2] == "decisions":
        kinds[-2] = "activities"
    names = [f"{kind[:3]}_{row}_{place}" for place, kind in enumerate(kinds)]
    for place, (kind, name) in enumerate(zip(kinds, names, strict=True)):
        given: dict[str, Any] = {
            "name": f"{kind[:-1].replace('_', ' ').capitalize()} {row + 1}.{place + 1}",
            "position": {"x": 200.0 * place, "y": 120.0 * row},
        }
        if kind == "entry_points":
            given["arrivals"] = _arrivals()
        elif kind == "waits":
            given["time"] = {"kind": "triangular", "low": 1, "likely": 2, "high": 4, "unit": "weeks"}
        elif kind == "activities":
            given |= _activity(name)
            found["pools"][f"pool_{name}"] = _pool(given["name"], per_footprint=place % 3 == 0)
        found[kind][name] = given
        if kind == "decisions":
            share = {"by": "need_tier", "values": {"tier5": 0.8}, "otherwise": 0.9}
            away = {"by": "need_tier", "values": {"tier5": 0.2}, "otherwise": 0.1}
            across = f"{kinds[place + 1][:3]}_{(row + 1) % rows}_{place + 1}"
            found["transitions"][f"on_{name}"] = {"from": name, "to": names[place + 1], "share": share}
            found["transitions"][f"away_{name}"] = {"from": name, "to": across, "share": away}
        elif place < length - 1:
            found["transitions"][f"on_{name}"] = {"from": name, "to": names[place + 1]}


def _arrivals() -> dict[str, Any]:
    """Returns arrivals by need tier on working days."""
    per_year = {f"tier{n}": {"value": 8.0 * n, "unit": "per year"} for n in range(1, TIERS + 1)}
    return {
        "kind": "random",
        "rate_per_1000": {
            "by": "need_tier",
            "values": per_year,
            "otherwise": {"value": 8, "unit": "per year"},
        },
        "profile": {"weekdays": [1, 1, 1, 1, 1, 0, 0]},
    }


def _activity(name: str) -> dict[str, Any]:
    """Returns what an activity holds besides its name."""
    return {
        "needs": {f"pool_{name}": 1},
        "service_time": {
            "by": "need_tier",
            "values": {"tier5": {"kind": "lognormal", "mean": 40, "sd": 10, "unit": "minutes"}},
            "otherwise": fixed(30, "minutes"),
        },
        "did_not_attend": {"share": 0.05, "rebook": 0.5},
        "payer": "nhs",
        "provider": "trust",
        "price": pounds(60),
        "variable_cost": pounds(5),
    }


def _pool(name: str, *, per_footprint: bool) -> dict[str, Any]:
    """Returns a pool that is open on working days, large enough for what comes."""
    return {
        "name": f"Staff of {name}",
        "units": 4 if per_footprint else 20,
        "per_footprint": per_footprint,
        "timetable": {day: [{"opens": "09:00", "closes": "17:00"}] for day in _WEEK},
        "closed_on_bank_holidays": True,
        "payer": "nhs",
        "provider": "trust",
        "cost": {"amount": pounds(40), "per": "open hour"},
    }


def _option() -> dict[str, Any]:
    """Returns an option that changes a few elements and moves money from one pool to another."""
    return {
        "name": "Nearer home",
        "patch": {
            "activities": {"act_0_1": {"service_time": {"otherwise": {"value": 20}}, "setting": "community"}},
            "transitions": {
                "on_dec_0_3": {"share": {"otherwise": 0.8}},
                "away_dec_0_3": {"share": {"otherwise": 0.2}},
            },
        },
        "shifts": {
            "staff": {
                "name": "Staff move",
                "from": "pool_act_0_1",
                "to": "pool_act_0_2",
                "amount": pounds(200000),
                "starts": "2025-06-01",
                "ramp": {"value": 3, "unit": "months"},
                "recruitment_lag": {"value": 3, "unit": "months"},
                "payer": "nhs",
            }
        },
    }
