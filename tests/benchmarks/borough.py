"""The borough: 324,650 residents, five need tiers, seven footprints, about 2.5 million contacts a year.

Built in code from the tables of :mod:`tests.benchmarks.borough_care`. Rates are scaled to the contacts asked
for, and pools are sized from the static load that ``pathway-modeller check`` works out, so that queues are
stable. Print its file with ``python -m tests.benchmarks.borough > borough.json``.
"""

from __future__ import annotations

import json
import math
from typing import Any

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.network.offered_load import contacts_a_year, pool_loads
from pathway_modeller.scenario.network.open_units import average_open
from tests.benchmarks import borough_care as care

RESIDENTS = 324_650
CONTACTS = 2_500_000.0
PRICE_YEAR = "2024/25"
_HOURS_OF_DAY = {
    "practice": [0] * 8 + [14, 12, 10, 8, 7, 7, 7, 7, 6, 5, 2] + [0] * 5,
    "office": [0] * 9 + [1] * 8 + [0] * 7,
    "emergency": [3, 2, 2, 2, 2, 2, 3, 4, 6, 8, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 7, 6, 5, 4],
}
_DAYS_OF_WEEK = {
    "practice": [1.25, 1.05, 1.0, 0.95, 0.95, 0, 0],
    "office": [1, 1, 1, 1, 1, 0, 0],
    "emergency": [1.08, 1, 0.98, 0.98, 0.99, 0.98, 0.99],
}
_MONTHS = [1.04, 1.03, 1.02, 1.0, 0.99, 0.98, 0.97, 0.96, 1.0, 1.01, 1.0, 1.0]


def borough(years: float = 5.0, *, replications: int = 20, people: float = 1.0) -> Scenario:
    """Returns the borough with one option, in which part of hospital follow-ups are seen near home.

    Args:
        years: length of the run, of which the first three months are the warm-up period.
        replications: of each variant.
        people: so many times the residents, with as many times the contacts and the capacity.
    """
    run = {
        "start_date": "2025-04-01",
        "warm_up": {"value": 3, "unit": "months"},
        "duration": {"value": 12 * years - 3, "unit": "months"},
        "replications": replications,
        "seed": 2025,
    }
    settings = RunSettings.model_validate_json(json.dumps(run))
    document = _baseline(people)
    _scale(document, settings, people)
    document["pools"] = _pools(document, settings)
    return Scenario.model_validate_json(
        json.dumps(
            {
                "format": 1,
                "name": "A borough",
                "question": "What if part of hospital follow-ups were seen near home?",
                "description": "Made-up figures, for measuring speed.",
                "baseline": document,
                "options": {"near_home": _option()},
                "money": {"price_year": PRICE_YEAR},
                "run": run,
            }
        )
    )


def _pathway(document: dict[str, Any]) -> Pathway:
    """Returns the pathway of a document."""
    return Pathway.model_validate_json(json.dumps(document))


def _baseline(people: float) -> dict[str, Any]:
    """Returns the baseline's document, with pools of one unit and rates as in the tables."""
    return {
        "entry_points": {name: _entry(name) for name in care.ENTRIES},
        "activities": {name: _activity(name) for name in care.ACTIVITIES},
        "waits": {name: _wait(name) for name in care.WAITS},
        "exit_points": {name: {"name": _title(name), "setting": "home"} for name in care.EXITS},
        "transitions": _transitions(),
        "pools": {name: _pool(name, None, {}) for name in care.POOLS},
        "need_tiers": {
            tier: {"name": _title(tier), "level": level} for level, tier in enumerate(care.TIERS, start=1)
        },
        "footprints": {name: _footprint(name, people) for name in care.FOOTPRINTS},
        "moves": {name: _move(name) for name in care.MOVES},
        "preventions": {
            "checks": {
                "name": "Health checks",
                "slows": {"well_to_low": 0.10, "low_to_moderate": 0.05},
                "activity": "health_check",
                "lag": {"value": 3, "unit": "months"},
                "half_life": {"value": 4, "unit": "years"},
            }
        },
        "payers": {
            "nhs": {"name": "NHS commissioner"},
            "council": {"name": "Council", "kind": "council adult care"},
        },
        "providers": {"trust": {"name": "Hospital trust"}, "locality": {"name": "Community and practices"}},
        "standards": {
            "weeks_18": {
                "name": "First outpatient within 18 weeks",
                "starts_at": ["referral"],
                "stops_at": ["first_outpatient"],
                "limit": {"value": 18, "unit": "weeks"},
                "target": 0.92,
                "counts": "stock",
            },
            "two_weeks": {
                "name": "Routine GP appointment within two weeks",
                "starts_at": ["navigation"],
                "stops_at": ["routine_gp"],
                "limit": {"value": 2, "unit": "weeks"},
                "target": 0.9,
                "counts": "flow",
            },
        },
    }


def _title(name: str) -> str:
    """Returns a name that people call it."""
    return name.replace("_", " ").capitalize()


def _who(setting: str) -> dict[str, str]:
    """Returns who pays for and provides what is done in a setting."""
    return {
        "payer": "council" if setting == "social care" else "nhs",
        "provider": "trust" if setting == "hospital" else "locality",
    }


def _profile(kind: str) -> dict[str, Any]:
    """Returns how demand varies."""
    return {"months": _MONTHS, "weekdays": _DAYS_OF_WEEK[kind], "day": _HOURS_OF_DAY[kind]}


def _entry(name: str) -> dict[str, Any]:
    """Returns an entry point."""
    rates, profile, _ = care.ENTRIES[name]
    values = {
        tier: {"value": float(rate), "unit": "per year"} for tier, rate in zip(care.TIERS, rates, strict=True)
    }
    rate = {"by": "need_tier", "values": values, "otherwise": {"value": 0, "unit": "per year"}}
    arrivals = {"kind": "random", "rate_per_1000": rate, "profile": _profile(profile)}
    return {"name": _title(name), "setting": "home", "arrivals": arrivals}


def _time(kind: str, mean: float, sd: float, unit: str) -> dict[str, Any]:
    """Returns a service time."""
    if kind == "fixed":
        return {"kind": "fixed", "value": mean, "unit": unit}
    return {"kind": kind, "mean": mean, "sd": sd, "unit": unit}


def _activity(name: str) -> dict[str, Any]:
    """Returns an activity."""
    pools, kind, mean, sd, extra = care.ACTIVITIES[name]
    setting = care.POOLS[pools[0]][0]
    return {
        "name": _title(name),
        "setting": setting,
        "needs": dict.fromkeys(pools, 1),
        "service_time": _time(kind, mean, sd, "minutes"),
        "variable_cost": {"value": 4, "price_year": PRICE_YEAR},
        **_who(setting),
        **extra,
        **({"gives_up_to": "did_not_wait"} if "patience" in extra else {}),
    }


_FIGURES = {"uniform": ("low", "high"), "triangular": ("low", "likely", "high"), "fixed": ("value",)}


def _wait(name: str) -> dict[str, Any]:
    """Returns a planned interval."""
    kind, figures, unit = care.WAITS[name]
    names = _FIGURES.get(kind, ("mean", "sd"))
    time = {"kind": kind, "unit": unit, **dict(zip(names, figures, strict=True))}
    return {"name": _title(name), "setting": "home", "time": time}


def _transitions() -> dict[str, Any]:
    """Returns the arrows."""
    found = {f"from_{name}": {"from": name, "to": target} for name, (_, _, target) in care.ENTRIES.items()}
    for origin, shares in care.ROUTES.items():
        for target, share in shares.items():
            found[f"{origin}-{target}"] = {"from": origin, "to": target, "share": share}
    return found


def _footprint(name: str, times: float) -> dict[str, Any]:
    """Returns a footprint with its people: fewer in the base where more are in the upper tiers."""
    residents, tilt = care.FOOTPRINTS[name]
    base, *upper = care.TIERS
    people = {tier: float(round(times * residents * tilt * care.TIERS[tier])) for tier in upper}
    return {
        "name": _title(name),
        "people": {base: times * residents - math.fsum(people.values()), **people},
    }


def _move(name: str) -> dict[str, Any]:
    """Returns a move of people."""
    kind, origin, target, rate = care.MOVES[name]
    ends = {key: tier for key, tier in (("from", origin), ("to", target)) if tier is not None}
    return {"name": _title(name), "kind": kind, **ends, "per_person": rate}


def _pool(name: str, units: int | None, by_footprint: dict[str, int]) -> dict[str, Any]:
    """Returns a pool; ``units`` None for no limit."""
    setting, per_footprint, hours, kind, pounds, _ = care.POOLS[name]
    days, intervals = care.HOURS[hours]
    pool: dict[str, Any] = {
        "name": _title(name),
        "setting": setting,
        "kind": kind,
        "per_footprint": per_footprint,
        "units": None if by_footprint else units,
        "units_by_footprint": by_footprint,
        **_who(setting),
    }
    if pounds:
        amount = {"value": pounds, "price_year": PRICE_YEAR}
        pool["cost"] = {"amount": amount, "per": "open hour"}
    if units is not None and days:
        most = max(by_footprint.values(), default=units)
        opened = [
            {"opens": opens, "closes": closes}
            | ({"units": max(1, math.ceil(share * most))} if share < 1 else {})
            for opens, closes, share in intervals
        ]
        pool["timetable"] = dict.fromkeys(days, opened)
    if hours in ("practice", "office", "clinic"):
        pool["closed_on_bank_holidays"] = True
    return pool


def _scale(document: dict[str, Any], run: RunSettings, people: float) -> None:
    """Scales every rate so that the contacts a year come to what they should be."""
    found = contacts_a_year(_pathway(document), run)
    if found is None:
        raise ValueError("the contacts of the borough cannot be worked out")
    factor = people * CONTACTS / math.fsum(found.values())
    for entry in document["entry_points"].values():
        for rate in entry["arrivals"]["rate_per_1000"]["values"].values():
            rate["value"] = round(factor * rate["value"], 3)


def _pools(document: dict[str, Any], run: RunSettings) -> dict[str, Any]:
    """Returns the pools, each as large as its load asks for."""
    unlimited = {name: _pool(name, None, {}) for name in care.POOLS}
    offered: dict[str, dict[str | None, float]] = {}
    for load in pool_loads(_pathway({**document, "pools": unlimited}), run):
        offered.setdefault(load.pool, {})[load.footprint] = load.offered_units or 0.0
    made = {}
    for name, loads in offered.items():
        sizes = {place or "": _size(name, load, run) for place, load in loads.items()}
        by_footprint = {place: units for place, units in sizes.items() if place}
        made[name] = _pool(name, max(sizes.values()), by_footprint)
    return made


def _size(name: str, load: float, run: RunSettings) -> int:
    """Returns the fewest units of which the load takes no more than its share."""
    units = max(1, math.ceil(load))
    while True:
        pool = Pool.model_validate_json(json.dumps(_pool(name, units, {})))
        if load <= care.POOLS[name][5] * (average_open(pool, None, run) or 0.0):
            return units
        units += 1


def _option() -> dict[str, Any]:
    """Returns the option: half of the follow-ups near home, by nurses in each footprint."""
    nurse = {
        "name": "Follow-up near home",
        "setting": "community",
        "needs": {"near_home_nurses": 1},
        "service_time": _time("lognormal", 20, 7, "minutes"),
        "variable_cost": {"value": 4, "price_year": PRICE_YEAR},
        "did_not_attend": {"share": 0.04, "rebook": 0.8},
        **_who("community"),
    }
    pool = _pool("matrons", 2, {}) | {"name": "Nurses near home"}
    patch = {
        "activities": {"near_home": nurse},
        "pools": {"near_home_nurses": pool},
        "transitions": {
            "follow_up_interval-follow_up": {"share": 0.5},
            "follow_up_interval-near_home": {
                "from": "follow_up_interval",
                "to": "near_home",
                "share": 0.5,
            },
            "near_home-home": {"from": "near_home", "to": "home", "share": 0.45},
            "near_home-again": {"from": "near_home", "to": "follow_up_interval", "share": 0.55},
        },
    }
    return {"name": "Follow-ups near home", "patch": patch}


def main() -> None:
    """Prints the scenario's file."""
    print(borough().model_dump_json(by_alias=True, exclude_defaults=True, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
