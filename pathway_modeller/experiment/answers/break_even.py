"""When an option has paid for itself, and how far into deficit it goes before: never an average hiding never.

Of each replication, cumulative saving is the running sum over months of baseline minus option. The
break-even month is the first from which cumulative saving is at or above 0 and stays there to the horizon.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.chance import Chance, chance
from pathway_modeller.experiment.answers.monthly import Month, Pence

FROM_THE_START = "from the start"
NOT_WITHIN = "not within the horizon"

LEAST = 1.0
"""Pounds below which nothing is lost."""

LAST_MONTHS = 12
"""Months at the end that are looked at on their own; a third of the horizon where that is less."""


@dataclass(frozen=True)
class BreakEvenCount:
    """How many replications break even at one time.

    Attributes:
        when: ``"from the start"``, a month as 2025-04, or ``"not within the horizon"``.
        month: 0 from the start; 1 for the first month of the horizon, and so on; None if not within.
        replications: how many.
    """

    when: str
    month: int | None
    replications: int


@dataclass(frozen=True)
class BreakEven:
    """When an option breaks even, as a distribution over replications.

    Attributes:
        counts: from the earliest to "not within the horizon"; times at which none does are left out.
        median: when more than half of the replications have broken even for good; those that do not
            within the horizon stay in it, so that it may be "not within the horizon".
        median_month: its month, as in :class:`BreakEvenCount`.
        within: the share of replications that break even within the horizon.
        horizon: how many calendar months the data collection period touches.
        changes: whether cumulative saving is ever other than 0; an option that changes no pound breaks even
            "from the start" and saves nothing.
        tail_months: how many months at the end of the horizon are looked at on their own.
        tail: pounds saved in them, mean over replications with its 95% interval; below 0 where the option
            costs more than doing nothing by then, whatever it saved before.
    """

    counts: tuple[BreakEvenCount, ...]
    median: str
    median_month: int | None
    within: Chance
    horizon: int
    changes: bool
    tail_months: int
    tail: Interval

    @property
    def loses_at_last(self) -> bool:
        """Whether the option is shown to cost more than doing nothing in the last months of the horizon."""
        return self.tail.mean <= -LEAST and (math.isnan(self.tail.high) or self.tail.high < 0)


@dataclass(frozen=True)
class FundingGap:
    """The most by which an option has cost more than it saved, at any month's end.

    Attributes:
        pounds: mean over replications of the deepest cumulative deficit, with its 95% interval; 0 in a
            replication that is never in deficit.
        when: the month of the deepest deficit, the middle one of those replications that have one (of
            two middles the later); None if none has.
        gaps: the share of replications that have one.
    """

    pounds: Interval
    when: str | None
    gaps: Chance


def break_even_months(saved: Pence) -> list[int | None]:
    """Returns the break-even month of each replication: 0 from the start, 1 the first, None not within.

    Args:
        saved: baseline minus option in pence, shape (replications, months).
    """
    found: list[int | None] = []
    for path in np.cumsum(saved, axis=1):
        below = np.flatnonzero(path < 0)
        # The month after the last one below: from then on it stays at or above 0.
        month = 0 if not len(below) else int(below[-1]) + 2
        found.append(month if month <= len(path) else None)
    return found


def break_even(saved: Pence, months: Sequence[Month]) -> BreakEven:
    """Returns when an option breaks even.

    Args:
        saved: baseline minus option in pence, shape (replications, months).
        months: the months of the horizon.
    """
    found = break_even_months(saved)
    counted = Counter(found)
    order = sorted((month for month in counted if month is not None), key=int)
    keys: list[int | None] = [*order, None] if counted[None] else [*order]
    median = _upper_median(found)
    last = max(1, min(LAST_MONTHS, len(months) // 3))
    return BreakEven(
        counts=tuple(BreakEvenCount(_when(key, months), key, counted[key]) for key in keys),
        median=_when(median, months),
        median_month=median,
        within=chance(len(found) - counted[None], len(found)),
        horizon=len(months),
        changes=bool(np.any(np.cumsum(saved, axis=1) != 0)),
        tail_months=last,
        tail=interval(saved[:, -last:].sum(axis=1) / 100),
    )


def funding_gap(saved: Pence, months: Sequence[Month]) -> FundingGap:
    """Returns the deepest cumulative deficit; arguments as of :func:`break_even`."""
    path = np.cumsum(saved, axis=1)
    deepest = np.maximum(-path.min(axis=1, initial=0), 0)
    deep = deepest > 0
    places: list[int | None] = [int(place) + 1 for place in path[deep].argmin(axis=1)] if deep.any() else []
    pounds = interval(deepest / 100)
    return FundingGap(
        # A deficit is never below 0, whatever the width of its interval.
        pounds=replace(pounds, low=max(pounds.low, 0.0)),
        when=_when(_upper_median(places), months) if places else None,
        gaps=chance(int(deep.sum()), len(deep)),
    )


def _upper_median(found: Sequence[int | None]) -> int | None:
    """The middle of the months in rising order, None the last; of two middles the later, which is safer."""
    if not found:
        return None
    ordered = sorted(found, key=lambda month: (month is None, month or 0))
    return ordered[len(ordered) // 2]


def _when(month: int | None, months: Sequence[Month]) -> str:
    """A break-even month in words."""
    if month is None:
        return NOT_WITHIN
    return months[month - 1].name if month else FROM_THE_START
