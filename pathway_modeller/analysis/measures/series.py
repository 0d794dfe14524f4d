"""Queues, occupancy and the number inside over time, as means over equal steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.categories import as_categories
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

Floats = npt.NDArray[np.float64]
Label = tuple[str, str, str, str]
"""Kind, element, pool and footprint of some rows."""


def series_frame(played: Trace | Tallied | Facts, pathway: Pathway, step_days: float) -> pd.DataFrame:
    """Returns how the pathway filled and emptied, from time 0 (the warm-up period included) to the end.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out.
        step_days: length of a step in days. A step shorter than a day shows nights and weekends.

    Returns:
        One row a step: time (days at which the step begins), kind ("queue" by element, "occupancy" and
        "capacity" by pool and footprint, "inside" for the whole pathway), element, pool, footprint and
        value: the time-weighted mean over the step (the last step may be shorter). Open units of
        unlimited pools are missing (NaN).

    Raises:
        ValueError: the step is not above zero.
    """
    if not step_days > 0:
        raise ValueError(f"the step of a series must be above 0 days, not {step_days}")
    facts = facts_of(played, pathway)
    edges = edges_of(facts.end, step_days)
    levels, labels, values = facts.levels, list[Label](), list[Floats]()
    for name in facts.activities:
        labels.append(("queue", name, "", ""))
        values.append(levels.queue(name).means_on(edges))
    for body in levels.bodies:
        for kind, level in (("occupancy", body.in_use), ("capacity", body.open_units)):
            labels.append((kind, "", body.pool, body.footprint))
            values.append(level.means_on(edges))
    labels.append(("inside", "", "", ""))
    values.append(levels.inside.means_on(edges))
    frame = labelled(labels, [len(each) for each in values])
    frame.insert(0, "time", np.tile(edges[:-1], len(values)))
    frame["value"] = np.concatenate(values)
    return frame


def labelled(labels: Sequence[Label], numbers: Sequence[int]) -> pd.DataFrame:
    """Returns a frame of labels as categories, each in so many rows one below another.

    Args:
        labels: kind, element, pool and footprint.
        numbers: of rows of each.
    """
    columns = {}
    for name, each in zip(("kind", "element", "pool", "footprint"), zip(*labels, strict=True), strict=True):
        places = {label: place for place, label in enumerate(dict.fromkeys(each))}
        codes = np.repeat([places[label] for label in each], numbers)
        columns[name] = as_categories(codes, list(places))
    return pd.DataFrame(columns)


def edges_of(end: float, step_days: float) -> npt.NDArray[np.float64]:
    """Returns the instants between which means are taken; the last is the end of the run."""
    inner = np.arange(0, np.ceil(end / step_days - 1e-9)) * step_days
    return np.append(inner, end)
