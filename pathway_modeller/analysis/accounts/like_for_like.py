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


@dataclass(frozen=True, eq=False)
class Seen:
    """Attended contacts, one figure a replication.

    Attributes:
        both: under baseline and option.
        spared: of those that the option has fewer, how many are declared to be no longer needed.
    """

    both: Both
    spared: Floats


class Beside:
    """Waits and contacts of footprints under baseline and option, each worked out once."""

    def __init__(self, before: Measured, after: Measured, like: Likes, days: float) -> None:
        """Takes the figures of both.

        Args:
            before: of the baseline.
            after: of the option.
            like: what is compared with what.
            days: length of the data collection period.
        """
        self._sides = before, after
        self._number = min(side.values.shape[1] for side in self._sides)
        self._like, self._days = like, days
        self._waits: dict[str, Both] = {}
        self._contacts: dict[str, Seen] = {}

    def waits(self, footprint: str) -> Both:
        """Returns the mean wait for a contact of the baseline, in days; NaN where nobody waited or came.

        Args:
            footprint: its id; "" for all.
        """
        if footprint not in self._waits:
            self._waits[footprint] = self._waited(footprint)
        return self._waits[footprint]

    def contacts(self, footprint: str) -> Seen:
        """Returns attended contacts, and those that nobody needs any longer.

        Args:
            footprint: its id; "" for all.
        """
        if footprint not in self._contacts:
            self._contacts[footprint] = self._seen(footprint)
        return self._contacts[footprint]

    def _waited(self, footprint: str) -> Both:
        """Works out waits."""
        weights, columns = list[float](), list[Both]()
        for group in self._like.groups:
            came = _sum(self._sides[0], ("wait.patients",), group, footprint)
            weight = float(np.nan_to_num(came).mean())
            if weight <= 0:
                continue
            before, after = (self._days_each(side, group, footprint) for side in self._sides)
            # What can be compared in no replication says nothing; the others go on without it.
            if not np.isnan(before).all() and not np.isnan(after).all():
                weights.append(weight)
                columns.append((before, after))
        if not weights:
            none = np.full(self._number, np.nan)
            return none, none
        share = np.array(weights) / sum(weights)
        return share @ np.array([each for each, _ in columns]), share @ np.array(
            [each for _, each in columns]
        )

    def _seen(self, footprint: str) -> Seen:
        """Works out contacts."""
        before, after = (_sum(side, ("contacts",), ("",), footprint)[: self._number] for side in self._sides)
        spared = np.zeros(self._number)
        for activity, share in self._like.avoided.items():
            had, has = (_sum(side, ("contacts",), (activity,), footprint) for side in self._sides)
            number = min(len(had), len(has))
            fewer = np.maximum(np.nan_to_num(had)[:number] - np.nan_to_num(has)[:number], 0.0)
            spared += share * fewer
        return Seen((before, after), spared)

    def _days_each(self, side: Measured, group: Sequence[str], footprint: str) -> Floats:
        """Returns days waited over those who joined, one a replication; NaN where nobody did."""
        waited = np.nan_to_num(_sum(side, ("queue.mean",), group, footprint)) * self._days
        joined = np.nan_to_num(_sum(side, _JOINED, group, footprint))
        found: Floats = waited / np.where(joined > 0, joined, np.nan)
        return found[: self._number]


def _sum(side: Measured, measures: Sequence[str], group: Sequence[str], footprint: str) -> Floats:
    """Returns the sum of measures over activities, one a replication; NaN where there is none of them."""
    places = [
        place
        for measure in measures
        for each in group
        for place in side.places(measure, element=each, footprint=footprint)
    ]
    every = side.values[places]
    missing = np.isnan(every)
    return np.where(missing.all(axis=0), np.nan, np.where(missing, 0.0, every).sum(axis=0))


def mean_of_known(values: Floats) -> float:
    """Returns the mean of the figures that are there; NaN for none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan
