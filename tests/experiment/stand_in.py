"""A small scenario, and functions that stand in for an engine; spawned processes import this module."""

from __future__ import annotations

import datetime as dt
import math
import os
import random
import time

from pathway_modeller.analysis.ledger.codes import LineCodes
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.replicate import Cancelled, Task
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import FORMAT, Option, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.errors import Cancelled as WasCancelled
from pathway_modeller.simulation.model.errors import SimulationStopped
from tests.vectors_by_hand import vectors


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


def quick(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Draws figures that depend on seed and replication alone, and shift with the units of the pool."""
    luck = random.Random(f"{task.run.seed}/{task.replication}")  # noqa: S311
    units = task.pathway.pools["nurses"].units or 0
    wait = luck.lognormvariate(2, 1) / units
    measures = {("wait", "days"): wait, ("rare", "days"): wait if task.replication % 2 else math.nan}
    if units == 3:
        measures["added", "count"] = 1.0
    series = {time: luck.random() for time in (0.0, task.step_days, 2 * task.step_days)}
    level = luck.randrange(3)
    lines, missing = books(task, luck)
    people = {(year, "tip", "leigh"): 100.0 + year * luck.random() for year in (0, 1)}
    joins = luck.randrange(3)
    return vectors(
        measures,
        series=series,
        levels=[0.0] * level + [1.0],
        lines=lines,
        numbers=LINES,
        people=people,
        account={"joins": joins, "starts": joins},
        missing=missing,
    )


LINES = LineCodes.of(
    {
        "month": ("2025-04", "2025-05"),
        "view": ("bill", "cost"),
        "kind": ("bill", "step"),
        "need_tier": ("low", "tip"),
        "pool": ("nurses",),
    }
)
"""What ledger lines may be about."""


def books(
    task: Task, luck: random.Random
) -> tuple[list[tuple[dict[str, str], int]], dict[str, tuple[str, ...]]]:
    """Returns two clinicians' pay a month, a bill whose lines differ by luck, and what is missing."""
    units = task.pathway.pools["nurses"].units or 0
    lines = [("2025-04", "cost", "step", "", "nurses", 100_00 * units)]
    lines += [("2025-04", "bill", "bill", tier, "", luck.randrange(50_00)) for tier in ("low", "tip")]
    if task.replication % 2:
        lines.append(("2025-05", "bill", "bill", "tip", "", 7))
    names = ("month", "view", "kind", "need_tier", "pool")
    missing = {"cost": ("Room: cost",)} if task.variant == "more" and task.replication == 1 else {}
    return [(dict(zip(names, line[:-1], strict=True)), int(line[-1])) for line in lines], missing


def uneven(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """As :func:`quick`, but early replications finish last."""
    time.sleep(0.05 * ((task.replication + len(task.variant)) % 3))
    return quick(task, cancelled)


def told_where(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Finds nothing but the number of the process it was done in."""
    return vectors({("process", ""): float(os.getpid())})


def stuck(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Stops from the third replication on, later ones sooner."""
    if task.replication >= 2:
        time.sleep(0.02 * (6 - task.replication))
        raise SimulationStopped(f"Nobody can move in {task.replication}.")
    return quick(task, cancelled)


def faulty(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Has a programmer's mistake."""
    raise ZeroDivisionError("one over nothing")


def killed(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Dies."""
    os._exit(1)


def endless(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Finishes the first two replications, then goes on until told to stop."""
    if task.replication < 2:
        return quick(task, cancelled)
    while cancelled is None or not cancelled():
        time.sleep(0.01)
    raise WasCancelled


def deaf(task: Task, _cancelled: Cancelled | None = None) -> Vectors:
    """Does not hear that it should stop, as a process that is still loading its libraries."""
    time.sleep(3600)
    return quick(task)
