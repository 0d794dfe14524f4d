"""Small scenarios that are really run, and everything that is said of them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import Any

from pathway_modeller.cli.tables import show_results
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.report.catalogue import CHARTS
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE

YEAR = "2024/25"


def pounds(value: float) -> dict[str, Any]:
    """Money in the prices of one year."""
    return {"value": value, "price_year": YEAR}


def activity(pool: str, days: float, *, price: float = 100, **more: Any) -> dict[str, Any]:
    """An activity that takes one unit of a pool for a while that varies; it costs nothing beyond capacity."""
    return {
        "name": f"Clinic of {pool}",
        "needs": {pool: 1},
        "service_time": {"kind": "exponential", "mean": days, "unit": "days"},
        "price": pounds(price),
        "variable_cost": pounds(0),
        "payer": "nhs",
        **more,
    }


def pool(units: int, each_day: float, **more: Any) -> dict[str, Any]:
    """Units that cost so many pounds a day each."""
    cost = {"amount": pounds(each_day), "per": "day"}
    return {"name": "Rooms", "units": units, "cost": cost, "payer": "nhs", **more}


def clinic(
    options: Mapping[str, Any],
    *,
    a_day: float = 20,
    units: int = 4,
    run: Mapping[str, Any] | None = None,
    **more: Any,
) -> Scenario:
    """A clinic to which patients of three places are referred.

    Args:
        options: by id.
        a_day: referrals.
        units: rooms of the clinic, each of which sees a patient in 0.12 days on average.
        run: run settings other than 30 days before 120 that count, 8 replications.
        more: other parts of the baseline; they replace what is there.
    """
    baseline = {
        "entry_points": {
            "in": {
                "name": "Referral",
                "arrivals": {"kind": "random", "rate": {"value": a_day, "unit": "per day"}},
            }
        },
        "activities": {"clinic": activity("rooms", 0.12, setting="hospital")},
        "exit_points": {"out": {"name": "Seen", "setting": "home"}},
        "transitions": {"a": {"from": "in", "to": "clinic"}, "b": {"from": "clinic", "to": "out"}},
        "pools": {"rooms": pool(units, 1000, setting="hospital")},
        "footprints": {
            name: {"name": name.title(), "people": {"all": 1000}} for name in ("ince", "leigh", "orrell")
        },
        "need_tiers": {"all": {"name": "All", "level": 1}},
        "payers": {"nhs": {"name": "NHS"}},
        **more,
    }
    settings = {
        "start_date": "2025-04-01",
        "warm_up": {"value": 30, "unit": "days"},
        "duration": {"value": 120, "unit": "days"},
        "replications": 8,
        "seed": 1,
        **(run or {}),
    }
    text = {"format": 1, "name": "Clinic", "baseline": baseline, "options": options, "run": settings}
    return Scenario.model_validate_json(json.dumps(text))


def found(scenario: Scenario) -> Findings:
    """Runs a scenario with all its options."""
    results = run_experiment(scenario, (BASELINE, *scenario.options), workers=1)
    return Findings(results, scenario)


def told(findings: Findings) -> dict[str, str]:
    """Everything that is said: headline and alternative text of each chart, and what the terminal prints."""
    said = {}
    for kind in CHARTS:
        chart = kind.build(findings)
        said[kind.id] = f"{chart.headline}\n{chart.alternative}"
    printed = io.StringIO()
    with redirect_stdout(printed):
        show_results(findings)
    return {**said, "terminal": " ".join(printed.getvalue().split())}
