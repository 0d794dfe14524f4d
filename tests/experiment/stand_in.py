"""A small scenario, and functions that stand in for an engine; spawned processes import this module."""

from __future__ import annotations

import datetime as dt
import math
import os
import random
import time

import pandas as pd

from pathway_modeller.analysis.accounts.account import COUNTS
from pathway_modeller.analysis.ledger.ledger import Ledger
from pathway_modeller.experiment.results.results import LABELS, LINE
from pathway_modeller.experiment.runs.replicate import Cancelled, Reduced, Task
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import FORMAT, Option, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.errors import Cancelled as WasCancelled
from pathway_modeller.simulation.model.errors import SimulationStopped


def scenario(replications: int = 6) -> Scenario:
    """Returns a baseline with one pool of 2 units, and an option with 3."""
    return Scenario(
        format=FORMAT,
        name="Stand-in",
        baseline=Pathway(pools={"nurses": Pool(name="Nurses", units=2)}),
        options={"more": Option(name="One more nurse", patch={"pools": {"nurses": {"units": 3}}})},
        run=RunSettings(
            start_date=dt.date(2025, 4, 1),
            warm_up=Duration(value=10, unit="days"),
            duration=Duration(value=30, unit="days"),
            replications=replications,
            seed=7,
        ),
    )


def measures(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    """Returns a measure frame of (measure, unit, value)."""
    return pd.DataFrame(
        [(measure, "", "", "", "", "", unit, value) for measure, unit, value in rows],
        columns=[*LABELS, "value"],
    )


def quick(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Draws figures that depend on seed and replication alone, and shift with the units of the pool."""
    luck = random.Random(f"{task.run.seed}/{task.replication}")  # noqa: S311
    units = task.pathway.pools["nurses"].units or 0
    wait = luck.lognormvariate(2, 1) / units
    rows = [("wait", "days", wait), ("rare", "days", wait if task.replication % 2 else math.nan)]
    if units == 3:
        rows.append(("added", "count", 1.0))
    times = [0.0, task.step_days, 2 * task.step_days]
    series = pd.DataFrame(
        {
            "time": times,
            "kind": "queue",
            "element": "clinic",
            "pool": "",
            "footprint": "",
            "value": [luck.random() for _ in times],
        }
    )
    level = luck.randrange(3)
    distributions = pd.DataFrame(
        {"kind": "queue", "element": "clinic", "pool": "", "footprint": "", "level": [level], "value": 1.0}
    )
    return Reduced(
        measures(rows),
        series,
        distributions,
        books(task, luck),
        people(task, luck),
        account(luck.randrange(3)),
    )


def books(task: Task, luck: random.Random) -> Ledger:
    """Returns a ledger: two clinicians' pay a month, and a bill whose lines differ by luck."""
    units = task.pathway.pools["nurses"].units or 0
    lines = [("2025-04", "cost", "step", "", "nurses", 100_00 * units)]
    lines += [("2025-04", "bill", "bill", tier, "", luck.randrange(50_00)) for tier in ("low", "tip")]
    if task.replication % 2:
        lines.append(("2025-05", "bill", "bill", "tip", "", 7))
    blank = dict.fromkeys(LINE, "")
    names = ("month", "view", "kind", "need_tier", "pool", "pence")
    rows = [{**blank, **dict(zip(names, line, strict=True))} for line in lines]
    missing = {"cost": ("Room: cost",)} if task.variant == "more" and task.replication == 1 else {}
    return Ledger(pd.DataFrame(rows), missing)


def people(task: Task, luck: random.Random) -> pd.DataFrame:
    """Returns a population that grows by luck."""
    rows = [(year, "tip", "leigh", 100.0 + year * luck.random()) for year in (0, 1)]
    return pd.DataFrame(rows, columns=["year", "need_tier", "footprint", "people"])


def account(joins: int) -> pd.DataFrame:
    """Returns an account of those who joined and started."""
    counts = dict.fromkeys(COUNTS, 0) | {"joins": joins, "starts": joins}
    return pd.DataFrame([{"month": "2025-04", "element": "clinic", "need_tier": "tip", **counts}])


def uneven(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """As :func:`quick`, but early replications finish last."""
    time.sleep(0.05 * ((task.replication + len(task.variant)) % 3))
    return quick(task, cancelled)


def told_where(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Finds nothing but the number of the process it was done in."""
    return Reduced(measures([("process", "", float(os.getpid()))]), *_nothing(task))


def _nothing(task: Task) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns the series and distributions of :func:`quick`."""
    found = quick(task)
    return found.series, found.distributions


def stuck(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Stops from the third replication on, later ones sooner."""
    if task.replication >= 2:
        time.sleep(0.02 * (6 - task.replication))
        raise SimulationStopped(f"Nobody can move in {task.replication}.")
    return quick(task, cancelled)


def faulty(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Has a programmer's mistake."""
    raise ZeroDivisionError("one over nothing")


def killed(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Dies."""
    os._exit(1)


def endless(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Finishes the first two replications, then goes on until told to stop."""
    if task.replication < 2:
        return quick(task, cancelled)
    while cancelled is None or not cancelled():
        time.sleep(0.01)
    raise WasCancelled


def deaf(task: Task, _cancelled: Cancelled | None = None) -> Reduced:
    """Does not hear that it should stop, as a process that is still loading its libraries."""
    time.sleep(3600)
    return quick(task)
