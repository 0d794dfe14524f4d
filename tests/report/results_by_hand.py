"""Results put together by hand, so that every figure on a chart is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pathway_modeller.analysis.accounts.account import COUNTS
from pathway_modeller.analysis.columns import ACCOUNT, LABELS, LINE, PEOPLE
from pathway_modeller.experiment.results.results import CASH, Provenance, Results
from pathway_modeller.scenario.document import Scenario
from tests.vectors_by_hand import measured_of

LONG = "Patient-initiated follow-up at a practice in Tyldesley, Atherton, Boothstown and Astley"
OPTION = "Follow-ups near home in all seven service delivery footprints, as planned"
FOOTPRINTS = {"leigh": "Leigh", "hindley": "Hindley", "taba": "Tyldesley, Atherton, Boothstown and Astley"}
REPLICATIONS = 10
PERIOD = 364.0
WOBBLE = np.linspace(-1, 1, REPLICATIONS)
"""Deviations of replications from their mean, which is 0."""


def money(pounds: float) -> dict[str, Any]:
    return {"value": pounds, "price_year": "2024/25"}


def make_scenario(options: Mapping[str, str], *, footprints: bool = True) -> Scenario:
    """A scenario with a clinic in hospital and a long-named follow-up in primary care."""
    baseline = {
        "entry_points": {"referral": {"name": "Referral"}},
        "activities": {
            "clinic": {"name": "Clinic", "needs": {"consultant": 1}, "price": money(120)},
            "follow_up": {"name": LONG, "setting": "primary care", "price": money(60)},
        },
        "pools": {"consultant": {"name": "Consultant", "units": 3}},
        "standards": {
            "rtt": {
                "name": "Referral to treatment",
                "starts_at": ["referral"],
                "stops_at": ["clinic"],
                "limit": {"value": 18, "unit": "weeks"},
                "target": 0.92,
                "counts": "flow",
            }
        },
        "footprints": {key: {"name": name} for key, name in FOOTPRINTS.items()} if footprints else {},
    }
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "Outpatient follow-up in Wigan",
            "baseline": baseline,
            "options": {key: {"name": name} for key, name in options.items()},
            "run": {"start_date": dt.date(2025, 4, 1), "duration": {"value": 364, "unit": "days"}},
        }
    )


def figure(measure: str, unit: str, mean: float, spread: float, **key: str) -> dict[str, Any]:
    """One measure over all replications: its mean, and how far replications stray."""
    labels = dict.fromkeys(LABELS, "") | {"measure": measure, "unit": unit} | key
    return {**labels, "values": mean + spread * WOBBLE}


def waited(days: float, spread: float, footprint: str, element: str = "clinic") -> list[dict[str, Any]]:
    """The figures by which a footprint's 100 patients have waited so many days each."""
    place = {"element": element, "footprint": footprint}
    return [
        figure("wait.patients", "patients", 100, 0, **place),
        figure("queue.mean", "patients", days * 100 / PERIOD, spread * 100 / PERIOD, **place),
    ]


def make_values(figures: Mapping[str, list[dict[str, Any]]]) -> pd.DataFrame:
    """The values of each variant's figures, one row a replication."""
    rows = []
    for variant, mine in figures.items():
        for each in mine:
            labels = {name: each[name] for name in LABELS}
            for replication, value in enumerate(each["values"]):
                rows.append({"variant": variant, "replication": replication, **labels, "value": value})
    return pd.DataFrame(rows)


def whole(wait: float, bill: float, *, spread: float = 1.0, hospital: float = 900.0) -> list[dict[str, Any]]:
    """The figures of one variant.

    Args:
        wait: mean wait for the clinic in days.
        bill: the commissioner's bill in pounds.
        spread: how far replications stray, in days of waiting.
        hospital: contacts in hospital.
    """
    pounds = "GBP 2024/25"
    found = [
        figure(f"wait.{name}", "days", factor * wait, spread, element="clinic")
        for name, factor in (("mean", 1.0), ("median", 0.8), ("p92", 2.0))
    ]
    found += [
        figure(f"wait.{name}", "days", 0.5, 0.01, element="follow_up") for name in ("mean", "median", "p92")
    ]
    found += [
        figure("wait.mean", "days", wait / 2, spread),
        figure("wait.mean", "days", wait - 3, spread, element="clinic", footprint="leigh"),
        figure("wait.mean", "days", wait, spread, element="clinic", footprint="hindley"),
        figure("wait.mean", "days", wait + 5, spread, element="clinic", footprint="taba"),
        figure("standard.within.rtt", "share", 1 - wait / 400, 0.001),
        figure("queue.mean", "patients", wait * 3, spread, element="clinic"),
        figure("pool.utilisation", "share", 0.9, 0.01, pool="consultant"),
        figure("pool.occupancy", "units", 2.7, 0.03, pool="consultant"),
        figure("pathway_time.mean", "days", wait + 30, spread),
        figure("contacts", "contacts", hospital + 500, 10),
        figure("contacts", "contacts", hospital, 10, setting="hospital"),
        figure("contacts", "contacts", 500, 10, setting="primary care"),
        figure("contacts", "contacts", 0, 0, setting="home"),
        figure("bill", pounds, bill, 500),
        figure("bill", pounds, bill - 30_000, 500, setting="hospital"),
        figure("bill", pounds, 30_000, 0, setting="primary care"),
        figure("bill.unpriced", "activities", 0, 0),
        figure("pool_cost", pounds, float("nan"), 0),
        figure("pool_cost", pounds, float("nan"), 0, setting="hospital"),
        figure("system_cost", pounds, float("nan"), 0),
        figure("system_cost", pounds, float("nan"), 0, setting="hospital"),
        figure("variable_cost.unpriced", "activities", 2, 0),
        figure("variable_cost.unpriced", "activities", 2, 0, setting="hospital"),
        figure("pool_cost.unpriced", "pools", 1, 0),
        figure("pool_cost.unpriced", "pools", 1, 0, setting="hospital"),
    ]
    return found


def make_series(variants: list[str]) -> pd.DataFrame:
    """A queue that grows and a pool in use, by the week."""
    parts = []
    for number, variant in enumerate(variants):
        time = np.arange(56) * 7.0
        for kind, element, pool, mean in (
            ("queue", "clinic", "", 100 + time * (2 - number)),
            ("occupancy", "", "consultant", 2.5 + 0.3 * np.sin(time / 60)),
            ("capacity", "", "consultant", np.full(56, 3.0)),
        ):
            parts.append(
                pd.DataFrame(
                    {
                        "variant": variant,
                        "time": time,
                        "kind": kind,
                        "element": element,
                        "pool": pool,
                        "footprint": "",
                        "mean": mean,
                        "low": mean * 0.95,
                        "high": mean * 1.05,
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def make_distributions(variants: list[str]) -> pd.DataFrame:
    """Units in use: none 10%, one 20%, two 25%, three 45% of the time."""
    share = np.array([0.10, 0.20, 0.25, 0.45])
    labels = {"kind": "occupancy", "element": "", "pool": "consultant", "footprint": ""}
    figures = {"level": np.arange(4), "mean": share, "low": share - 0.02, "high": share + 0.02}
    return pd.concat(
        [pd.DataFrame({"variant": variant, **labels, **figures}) for variant in variants], ignore_index=True
    )


def make_results(figures: Mapping[str, list[dict[str, Any]]]) -> Results:
    """Results of some variants."""
    variants = list(figures)
    return Results(
        provenance=Provenance(
            scenario_hash="0123456789abcdef" * 4,
            scenario_name="Outpatient follow-up in Wigan",
            seed=7,
            engine="simpy",
            version="0.1.0",
            warm_up_days=28.0,
            collection_days=PERIOD,
            replications=REPLICATIONS,
            start_date=dt.date(2025, 4, 1),
        ),
        measures=measured_of(make_values(figures)),
        series=make_series(variants),
        distributions=make_distributions(variants),
        missing={variant: {"cost": ('the cost of pool "Consultant"',)} for variant in variants},
    )


MONTHS = (
    "2025-04",
    *(f"2025-{number:02}" for number in range(5, 13)),
    *(f"2026-{n:02}" for n in range(1, 5)),
)
"""The calendar months of the data collection period: 29 April 2025 to 27 April 2026."""
DAYS = (2, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 27)
"""How many days of each month are counted; 364 together."""


def line(
    pounds: float | Sequence[float], view: str = "cost", spread: float = 0.0, **labels: str
) -> dict[str, Any]:
    """A ledger line of every month.

    Args:
        pounds: each month, or month by month.
        view: bill or cost.
        spread: how far replications stray, in pounds a month.
        labels: kind, payer, provider, setting, need_tier, footprint, element, pool, shift.
    """
    monthly = [float(pounds)] * len(MONTHS) if isinstance(pounds, int | float) else list(pounds)
    kind = {"bill": "bill", "cost": "step"}[view]
    return {
        **dict.fromkeys(LINE, ""),
        "view": view,
        "kind": kind,
        **labels,
        "pounds": monthly,
        "spread": spread,
    }


def with_money(
    results: Results,
    lines: Mapping[str, Sequence[dict[str, Any]]],
    *,
    people: Mapping[tuple[str, str], float] | None = None,
    contacts: Mapping[str, Mapping[str, float]] | None = None,
    missing: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
) -> Results:
    """Results with ledger and cash, people who stay as many as they are, and contacts.

    Args:
        results: as :func:`make_results` gives them.
        lines: the lines of each variant, as :func:`line` gives them.
        people: by need tier and footprint, the same in all variants and years.
        contacts: for each variant and activity, how many join and are seen in each month.
        missing: for each variant and view the prices that nobody entered.
    """
    rows = [
        {**each, "variant": variant, "replication": replication, "month": month}
        | {"pence": round(100 * (each["pounds"][number] + each["spread"] * WOBBLE[replication]))}
        for variant, mine in lines.items()
        for each in mine
        for replication in range(REPLICATIONS)
        for number, month in enumerate(MONTHS)
    ]
    ledger = pd.DataFrame(rows, columns=["variant", "replication", *LINE, "pence"])
    ledger = ledger[ledger["pence"] != 0]
    mean = ledger.groupby(["variant", *LINE], sort=True)["pence"].sum().reset_index()
    account = _contacts(contacts or {})
    totals = (
        account.groupby(["variant", "element", "need_tier"], sort=False)[list(COUNTS)].sum().reset_index()
    )
    each_one = [totals.assign(replication=number) for number in range(REPLICATIONS)]
    return replace(
        results,
        cash=ledger.groupby(["variant", "replication", *CASH], sort=True)["pence"].sum().reset_index(),
        ledger=mean.assign(pence=mean["pence"] / REPLICATIONS),
        population=_people(list(lines), people or {}),
        account=account,
        account_totals=pd.concat(each_one)[["variant", "replication", "element", "need_tier", *COUNTS]],
        missing=missing or {},
    )


def _people(variants: list[str], people: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    """People who stay as many as they are."""
    rows = [
        (variant, year, tier, footprint, number, number, number)
        for variant in variants
        for year in (0.0, 1.0, 1.07)
        for (tier, footprint), number in people.items()
    ]
    return pd.DataFrame(rows, columns=["variant", *PEOPLE, "mean", "low", "high"])


def _contacts(contacts: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """An account of contacts in which everybody who joins is seen."""
    rows = [
        {
            **dict.fromkeys(COUNTS, 0.0),
            "variant": variant,
            "month": month,
            "element": element,
            "need_tier": "",
        }
        | {"joins": number, "starts": number}
        for variant, mine in contacts.items()
        for element, number in mine.items()
        for month in MONTHS
    ]
    return pd.DataFrame(rows, columns=["variant", *ACCOUNT, *COUNTS])
