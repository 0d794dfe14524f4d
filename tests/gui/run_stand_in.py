"""Functions that stand in for an engine in tests of the window; spawned processes import this module."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from pathway_modeller.experiment.answers.monthly import months
from pathway_modeller.experiment.results.vectors import Plan, Vectors
from pathway_modeller.experiment.runs.replicate import Cancelled, Task, replicate
from pathway_modeller.simulation.model.errors import Cancelled as WasCancelled
from pathway_modeller.simulation.model.errors import SimulationStopped
from tests.vectors_by_hand import vectors


def quick(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Finds a mean wait that depends on the replication alone."""
    wait = {("wait.mean", "days"): 1.0 + task.replication}
    return vectors(wait, element="clinic", series={0.0: 1.0}, levels=[0.0, 1.0])


def endless(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Finishes the first replication, then goes on until told to stop."""
    if task.replication == 0:
        return quick(task, cancelled)
    while cancelled is None or not cancelled():
        time.sleep(0.01)
    raise WasCancelled


def deaf(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Goes on for a minute, whatever it is told."""
    time.sleep(60)
    return quick(task, cancelled)


def stuck(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Cannot go on."""
    raise SimulationStopped("Nobody can move in the clinic.")


def faulty(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Has a programmer's mistake."""
    raise ZeroDivisionError("one over nothing")


def paying(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Simulates, but keeps books of its own: £1,000 a month under the baseline.

    An option whose id begins with "dear" costs £100 a month more throughout; any other costs £100 more in
    its first two months and £200 less from then on.
    """
    from pathway_modeller.experiment.results.results import Provenance

    run = task.run
    horizon = months(Provenance("", "", 1, "", "", run.warm_up.days, run.duration.days, 1, run.start_date))
    found = replicate(task, cancelled)
    assert isinstance(found.plan, Plan)
    lines = []
    for place, month in enumerate(horizon):
        more = 0 if task.variant == "baseline" else 100
        if more and place >= 2 and not task.variant.startswith("dear"):
            more = -200
        for view, kind in (("cost", "variable"), ("bill", "bill")):
            labels = {"month": month.name, "view": view, "kind": kind}
            lines.append((found.plan.lines.code(labels), 100 * (1000 + more)))
    codes, pence = np.array(sorted(lines)).T
    return replace(found, lines=codes, pence=pence, missing={})
