"""Functions that stand in for an engine in tests of the window; spawned processes import this module."""

from __future__ import annotations

import time

import pandas as pd

from pathway_modeller.experiment.replicate import Cancelled, Reduced, Task
from pathway_modeller.experiment.results import LABELS
from pathway_modeller.simulation.errors import Cancelled as WasCancelled
from pathway_modeller.simulation.errors import SimulationStopped


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
