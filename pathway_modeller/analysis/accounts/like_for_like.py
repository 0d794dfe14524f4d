"""Waits and contacts of a footprint under an option, beside those that they stand for in the baseline.

A mean over all activities is diluted by whatever short contact an option adds, and rises where one that is
short goes. So activities are compared with themselves, or together with those at which their contacts are
declared to be found, and the comparisons are added up by the baseline's contacts (direct standardisation;
K. J. Rothman, *Modern Epidemiology*, chapter on standardised measures). Activities that only one of the two
has are left out unless contacts are declared to move to them.

A wait is the days waited in the period over those who joined the queue: whoever still waits, or gave up, is
in it. Contacts that an option declares to be no longer needed are not counted as fewer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.scenario.money import Displacement

Floats = npt.NDArray[np.float64]
Both = tuple[Floats, Floats]
"""A figure of baseline and option, one a replication."""

_JOINED = ("wait.patients", "still_waiting.patients", "gave_up", "deteriorated")
"""Measures that together count those whose wait was in the period."""


@dataclass(frozen=True)
class Likes:
    """What is compared with what.

    Attributes:
        groups: activities of which the contacts stand for each other.
        avoided: of each activity the share of the contacts taken that is declared to be no longer needed.
    """

    groups: tuple[tuple[str, ...], ...]
    avoided: Mapping[str, float]


def likes(activities: Iterable[str], declared: Mapping[str, Displacement]) -> Likes:
    """Returns what is compared with what.

    Args:
        activities: of the baseline.
        declared: where an option says the contacts of an activity are found.
    """
    group = {each: {each} for each in activities}
    for each in declared.values():
        together = set().union(*(group.get(name, {name}) for name in (each.activity, *each.to)))
        group |= dict.fromkeys(together, together)
    found = dict.fromkeys(tuple(sorted(together)) for together in group.values())
    return Likes(tuple(found), {each.activity: each.avoided for each in declared.values() if each.avoided})


def waits(sides: tuple[Measured, Measured], like: Likes, footprint: str, days: float) -> Both:
    """Returns the mean wait for a contact of the baseline, in days; NaN where nobody waited or came.

    Args:
        sides: baseline and option.
        like: what is compared with what.
        footprint: its id; "" for all.
        days: length of the data collection period.
    """
    number = min(side.values.shape[1] for side in sides)
    weights, columns = list[float](), list[Both]()
    for group in like.groups:
        before, after = (_days_each(side, group, footprint, days)[:number] for side in sides)
        weight = np.nan_to_num(_sum(sides[0], ("wait.patients",), group, footprint)).mean()
        # What can be compared in no replication says nothing; in one alone, the others go on without it.
        if weight > 0 and not np.isnan(before).all() and not np.isnan(after).all():
            weights.append(float(weight))
            columns.append((before, after))
    if not weights:
        none = np.full(number, np.nan)
        return none, none
    share = np.array(weights) / sum(weights)
    return share @ np.array([each for each, _ in columns]), share @ np.array([each for _, each in columns])


@dataclass(frozen=True, eq=False)
class Seen:
    """Attended contacts, one figure a replication.

    Attributes:
        both: under baseline and option.
        spared: of those that the option has fewer, how many are declared to be no longer needed.
    """

    both: Both
    spared: Floats


def contacts(sides: tuple[Measured, Measured], like: Likes, footprint: str) -> Seen:
    """Returns attended contacts, and those that nobody needs any longer.

    Args:
        sides: baseline and option.
        like: what is compared with what.
        footprint: its id; "" for all.
    """
    number = min(side.values.shape[1] for side in sides)
    before, after = (_sum(side, ("contacts",), ("",), footprint)[:number] for side in sides)
    spared = np.zeros(number)
    for activity, share in like.avoided.items():
        had, has = (_sum(side, ("contacts",), (activity,), footprint)[:number] for side in sides)
        spared += share * np.maximum(np.nan_to_num(had) - np.nan_to_num(has), 0.0)
    return Seen((before, after), spared)


def _days_each(side: Measured, group: Sequence[str], footprint: str, days: float) -> Floats:
    """Returns days waited over those who joined, one a replication; NaN where nobody did."""
    waited = np.nan_to_num(_sum(side, ("queue.mean",), group, footprint)) * days
    joined = np.nan_to_num(_sum(side, _JOINED, group, footprint))
    found: Floats = waited / np.where(joined > 0, joined, np.nan)
    return found


def _sum(side: Measured, measures: Sequence[str], group: Sequence[str], footprint: str) -> Floats:
    """Returns the sum of measures over activities, one a replication; NaN where there is none of them."""
    labels = {"footprint": footprint} if footprint else {}
    rows = [side.of(measure, element=each, **labels) for measure in measures for each in group]
    every = np.concatenate(rows)
    if not len(every):
        return np.full(side.values.shape[1], np.nan)
    return np.where(np.isnan(every).all(axis=0), np.nan, np.nansum(every, axis=0))


def mean_of_known(values: Floats) -> float:
    """Returns the mean of the figures that are there; NaN for none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan
