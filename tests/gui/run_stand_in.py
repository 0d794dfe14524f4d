"""Functions that stand in for an engine in tests of the window; spawned processes import this module."""

from __future__ import annotations

import time
from dataclasses import replace

import pandas as pd

from pathway_modeller.experiment.answers.monthly import months
from pathway_modeller.experiment.results.results import LABELS
from pathway_modeller.experiment.runs.replicate import Cancelled, Reduced, Task, replicate
from pathway_modeller.simulation.model.errors import Cancelled as WasCancelled
from pathway_modeller.simulation.model.errors import SimulationStopped


def quick(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Finds a mean wait that depends on the replication alone."""
    row = ("wait.mean", "clinic", "", "", "", "", "days", 1.0 + task.replication)
    measures = pd.DataFrame([row], columns=[*LABELS, "value"])
    keys = {"kind": "queue", "element": "clinic", "pool": "", "footprint": ""}
    series = pd.DataFrame([{"time": 0.0, **keys, "value": 1.0}])
    levels = pd.DataFrame([{**keys, "level": 1, "value": 1.0}])
    return Reduced(measures, series, levels)


def endless(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Finishes the first replication, then goes on until told to stop."""
    if task.replication == 0:
        return quick(task, cancelled)
    while cancelled is None or not cancelled():
        time.sleep(0.01)
    raise WasCancelled


def unhurried(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Keeps books, and takes its time."""
    time.sleep(0.4)
    return paying(task, cancelled)


def halting(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Is unhurried for three replications, then goes on until told to stop."""
    return unhurried(task, cancelled) if task.replication < 3 else endless(task, cancelled)


def deaf(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Goes on for a minute, whatever it is told."""
    time.sleep(60)
    return quick(task, cancelled)


def stuck(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Cannot go on."""
    raise SimulationStopped("Nobody can move in the clinic.")


def faulty(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Has a programmer's mistake."""
    raise ZeroDivisionError("one over nothing")


def paying(task: Task, cancelled: Cancelled | None = None) -> Reduced:
    """Simulates, but keeps books of its own: £1,000 a month under the baseline.

    An option whose id begins with "dear" costs £100 a month more throughout; any other costs £100 more in
    its first two months and £200 less from then on.
    """
    from pathway_modeller.analysis.ledger.lines import LEDGER, Ledger
    from pathway_modeller.experiment.results.results import Provenance

    run = task.run
    horizon = months(Provenance("", "", 1, "", "", run.warm_up.days, run.duration.days, 1, run.start_date))
    rows = []
    for place, month in enumerate(horizon):
        more = 0 if task.variant == "baseline" else 100
        if more and place >= 2 and not task.variant.startswith("dear"):
            more = -200
        for view, kind in (("cost", "variable"), ("bill", "bill")):
            labels = dict.fromkeys(LEDGER, "") | {"month": month.name, "view": view, "kind": kind}
            rows.append(labels | {"pence": 100 * (1000 + more)})
    lines = pd.DataFrame(rows, columns=list(LEDGER)).astype({"pence": "int64"})
    return replace(replicate(task, cancelled), ledger=Ledger(lines, {}))
