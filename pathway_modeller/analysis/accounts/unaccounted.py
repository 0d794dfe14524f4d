"""Activities that lose contacts under an option which says nothing about where they go."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.analysis.accounts.contact_change import TOLERANCE, Change, Floats
from pathway_modeller.analysis.accounts.wording import rounded
from pathway_modeller.analysis.statistics.means import paired
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.money import Displacement
from pathway_modeller.scenario.words.sentences import quoted


@dataclass(frozen=True)
class Unaccounted:
    """An activity that loses contacts under an option which declares nothing about where they go.

    Attributes:
        activity: its id.
        contacts: fewer contacts a year.
        low, high: 95% confidence interval; NaN with fewer than two replications.
        sentence: the same in words.
    """

    activity: str
    contacts: float
    low: float
    high: float
    sentence: str


def unaccounted(
    change: Change, declared: Mapping[str, Displacement], pathways: tuple[Pathway, Pathway], years: float
) -> tuple[Unaccounted, ...]:
    """Returns the activities that lose contacts beyond chance without any declared displacement.

    A loss counts if it is more than 1% of the baseline's contacts and the interval of the paired difference
    leaves out 0; with fewer than two replications, if it is more than four standard deviations of a Poisson
    count of both variants' contacts together.

    Args:
        change: how the option differs from the baseline.
        declared: the option's displacements.
        pathways: baseline and option.
        years: length of the period in years.
    """
    known = {each.activity for each in declared.values()}
    found = []
    for activity in sorted(set(pathways[0].activities) - known):
        before, (mean, low, high) = _loss(change, activity)
        beyond_chance = low > 0 if not math.isnan(low) else mean > 4 * math.sqrt(max(2 * before - mean, 0.0))
        if mean > TOLERANCE * before and beyond_chance:
            name = quoted(pathways[0].activities[activity].name)
            said = f"{rounded(mean / years)} contacts a year fewer at {name} are not accounted for."
            found.append(Unaccounted(activity, mean / years, low / years, high / years, said))
    return tuple(found)


def _loss(change: Change, activity: str) -> tuple[float, tuple[float, float, float]]:
    """Returns the baseline's contacts and how many fewer there are, with the interval."""
    totals, before = change.totals, change.baseline_totals
    if totals is not None and before is not None:
        fewer, had = (_by_replication(frame, activity) for frame in (totals, before))
        if len(fewer) > 1:
            loss = paired(had, had + fewer)
            return float(had.mean()), (loss.mean, loss.low, loss.high)
    mine = change.before.index.get_level_values("element") == activity
    had_new = change.before.loc[mine, "joins"] - change.before.loc[mine, "rejoined"]
    fewer_new = change.counts.loc[mine, "joins"] - change.counts.loc[mine, "rejoined"]
    return float(had_new.sum()), (-float(fewer_new.sum()), math.nan, math.nan)


def _by_replication(frame: pd.DataFrame, activity: str) -> Floats:
    """Returns an activity's contacts, those booked again left out, for each replication."""
    by_activity = (frame["joins"] - frame["rejoined"]).groupby(level=["replication", "element"]).sum()
    new = by_activity.unstack("element")
    return new[activity].fillna(0.0).to_numpy(dtype=np.float64) if activity in new else np.empty(0)
