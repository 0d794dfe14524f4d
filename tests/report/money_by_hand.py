"""Results with money put together by hand: every pound on a chart is known.

The period is 13 calendar months (29 April 2025 to 27 April 2026). Hospital clinics cost the baseline £40,000
in each of them, paid by the health service. Under an option they cost £40,000 less what it releases, and the
community team costs what it is given, paid by the council.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd

from pathway_modeller.experiment.results.results import CASH, LINE
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.document import Scenario
from tests.report.results_by_hand import REPLICATIONS, WOBBLE, figure, make_results, money, waited, whole

MONTHS = [f"{2025 + (3 + number) // 12}-{(3 + number) % 12 + 1:02d}" for number in range(13)]
PLACES = {"east": 900.0, "west": 1100.0}
CLINIC = 4_000_000
"""Pence a month of the hospital clinics under the baseline."""


def scenario(names, *, shift=True, payers=True):
    """Returns a scenario with two pools and a shift from the first to the second under its first option."""
    by = {"payer": "nhs"} if payers else {}
    to = {"payer": "council"} if payers else {}
    shifts = {
        "near": {
            "name": "Clinics to community",
            "from": "clinics",
            "to": "community",
            "amount": money(120_000),
            "starts": "2025-07-01",
            "recruitment_lag": {"value": 2, "unit": "months"},
            "double_running": {"value": 3, "unit": "months"},
            "set_up": money(20_000),
        }
    }
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "Outpatient follow-up in Wigan",
            "baseline": {
                "entry_points": {"referral": {"name": "Referral"}},
                "activities": {"clinic": {"name": "Clinic", "needs": {"clinics": 1}}},
                "pools": {
                    "clinics": {
                        "name": "Hospital clinics",
                        "units": 4,
                        "cost": {"amount": money(120_000), "per": "year"},
                        "notice": {"value": 2, "unit": "months"},
                        **by,
                    },
                    "community": {
                        "name": "Community team",
                        "units": 1,
                        "cost": {"amount": money(60_000), "per": "year"},
                        **to,
                    },
                },
                "payers": {
                    "nhs": {"name": "Health service", "kind": "NHS", "arrangement": "aligned"},
                    "council": {"name": "Council", "kind": "council adult care", "arrangement": "aligned"},
                }
                if payers
                else {},
                "need_tiers": {"all": {"name": "Everybody", "level": 1, "need_weight": 1.0}},
                "footprints": {key: {"name": key.title(), "people": {"all": n}} for key, n in PLACES.items()},
            },
            "options": {
                key: {"name": name, "shifts": shifts if shift and number == 0 else {}}
                for number, (key, name) in enumerate(names.items())
            },
            "run": {"start_date": dt.date(2025, 4, 1), "duration": {"value": 364, "unit": "days"}},
        }
    )


def rows(payer, kind, monthly, *, pool="clinics", stray=0.0, shift=""):
    """Cash of every replication: a figure in pence for each month, straying by some pence a month."""
    found = []
    for replication in range(REPLICATIONS):
        for month, pence in zip(MONTHS, monthly, strict=True):
            labels = dict.fromkeys(LINE, "") | {"month": month, "view": "cost", "kind": kind, "payer": payer}
            labels |= {"pool": pool, "shift": shift}
            pence_here = round(pence + stray * WOBBLE[replication])
            if pence_here:
                found.append({"replication": replication, **labels, "pence": pence_here})
    return found


def baseline():
    """Returns £40,000 a month."""
    return rows("nhs", "step", [CLINIC] * 13)


def cheaper(early=1_000_000, late=-600_000, stray=0.0):
    """Returns an option that costs more in its first 3 months (by default £10,000) and then less (£6,000)."""
    clinics = [CLINIC + early] * 3 + [CLINIC + late - 400_000] * 10
    return [
        *rows("nhs", "step", clinics, stray=stray),
        *rows("council", "step", [0] * 3 + [400_000] * 10, pool="community"),
    ]


def dearer():
    """Returns an option that costs £5,000 a month more, £3,000 of it for beds that are closed."""
    return [
        *rows("nhs", "step", [CLINIC - 300_000] * 13),
        *rows("nhs", "stranded", [300_000] * 13),
        *rows("nhs", "double running", [100_000] * 13, shift="near"),
        *rows("council", "step", [400_000] * 13, pool="community"),
        *rows("council", "set-up", [2_000_000, *[0] * 12], pool="community", shift="near"),
    ]


def figures(wait, contacts):
    """The figures of one variant by footprint, besides those of every chart: contacts in the period."""
    found = whole(wait["east"], 140_000)
    for place in PLACES:
        found += waited(wait[place], 0.1, place)
        found.append(figure("contacts", "contacts", contacts[place], 1.0, footprint=place))
    return found


SAME = {"east": 20.0, "west": 20.0}
SEEN = {"east": 900.0, "west": 1100.0}


def money_findings(options, names=None, *, missing=None, waits=None, contacts=None, **kept):
    """Findings of a baseline and some options.

    Args:
        options: by id the rows of cash.
        names: by id.
        missing: by variant and view the prices missing.
        waits: days by option and footprint, where they differ from the baseline's.
        contacts: the same of contacts in the period.
        kept: arguments of the scenario.
    """
    cash = {"baseline": baseline(), **options}
    values = {"baseline": figures(SAME, SEEN)} | {
        key: figures((waits or {}).get(key, SAME), (contacts or {}).get(key, SEEN)) for key in options
    }
    frame = pd.concat(
        [pd.DataFrame(mine).assign(variant=key) for key, mine in cash.items()], ignore_index=True
    )
    every = ["variant", *LINE]
    ledger = frame.groupby(every, sort=False)["pence"].sum().div(REPLICATIONS).reset_index()
    people = [
        {
            "variant": key,
            "year": float(year),
            "need_tier": "all",
            "footprint": place,
            "mean": n,
            "low": n,
            "high": n,
        }
        for key in cash
        for year in range(3)
        for place, n in PLACES.items()
    ]
    results = dataclasses.replace(
        make_results(values),
        series=make_units(list(cash)),
        cash=frame.groupby(["variant", "replication", *CASH], sort=False)["pence"].sum().reset_index(),
        ledger=ledger,
        population=pd.DataFrame(people),
        missing=missing or {},
    )
    named = names or {key: key.title() for key in options}
    return Findings(results, scenario(named, **kept))


def make_units(variants):
    """Units open and in use by the week: 4 and 1 open, 3 and 0.5 in use; one of each moves in October."""
    time = np.arange(56) * 7.0
    parts = []
    for variant in variants:
        moved = (time >= 183) & (variant != "baseline")
        for kind, pool, mean in (
            ("capacity", "clinics", 4.0 - moved),
            ("occupancy", "clinics", 3.0 - 0.5 * moved),
            ("capacity", "community", 1.0 + moved),
            ("occupancy", "community", 0.5 + 0.5 * moved),
        ):
            part = {
                "variant": variant,
                "time": time,
                "kind": kind,
                "element": "",
                "pool": pool,
                "footprint": "",
            }
            parts.append(pd.DataFrame({**part, "mean": mean, "low": mean * 0.95, "high": mean * 1.05}))
    return pd.concat(parts, ignore_index=True)
