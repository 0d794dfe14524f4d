"""How an option's account of contacts differs from the baseline's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS

Floats = npt.NDArray[np.float64]

TOLERANCE = 0.01
"""The share of the contacts taken that may be missing before an account is said not to close."""


@dataclass(frozen=True, eq=False)
class Change:
    """How an option differs from the baseline, contact by contact.

    Attributes:
        counts: option minus baseline, means over replications: the columns ``COUNTS`` by month, element and
            need tier (index levels ``ACCOUNT``).
        before: the baseline's counts, with the same index.
        totals: the same difference over the whole period for each replication (index: replication, element,
            need tier); None where it is not known.
        baseline_totals: the baseline's counts with the index of ``totals``.
    """

    counts: pd.DataFrame
    before: pd.DataFrame
    totals: pd.DataFrame | None = None
    baseline_totals: pd.DataFrame | None = None

    @cached_property
    def newly_joined(self) -> pd.DataFrame | None:
        """By how many more join for the first time over the period: a row for each element and need tier.

        A column is a replication. None where ``totals`` is not known.
        """
        if self.totals is None:
            return None
        return (self.totals["joins"] - self.totals["rejoined"]).unstack("replication", fill_value=0)

    @cached_property
    def months(self) -> list[str]:
        """The months, in order."""
        return sorted(str(month) for month in self.counts.index.unique("month"))

    @cached_property
    def tiers(self) -> list[str]:
        """The need tiers."""
        return sorted(str(tier) for tier in self.counts.index.unique("need_tier"))

    def rise(self, element: str, *columns: str) -> Floats:
        """Returns the sum of columns at an element, shape (months, tiers); 0 where neither variant has it."""
        counts = self._by_element.get(element)
        if counts is None:
            return np.zeros((len(self.months), len(self.tiers)))
        names = list(self.counts.columns)
        total: Floats = counts[[names.index(name) for name in columns]].sum(axis=0)
        return total

    @cached_property
    def _by_element(self) -> dict[str, Floats]:
        """The counts of each element, shape (counts, months, tiers); 0 for lines that neither variant has."""
        elements = sorted(str(element) for element in self.counts.index.unique("element"))
        whole = pd.MultiIndex.from_product([elements, self.months, self.tiers])
        table = self.counts.reorder_levels(["element", "month", "need_tier"]).reindex(whole, fill_value=0.0)
        shape = len(self.counts.columns), len(elements), len(self.months), len(self.tiers)
        dense = table.to_numpy(dtype=np.float64).T.reshape(shape)
        return {element: dense[:, place] for place, element in enumerate(elements)}


def change_between(
    baseline: pd.DataFrame,
    option: pd.DataFrame,
    totals: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> Change:
    """Returns how an option's account of contacts differs from the baseline's.

    Args:
        baseline: account frame (means over replications, or one replication).
        option: the same of the option.
        totals: accounts over the whole period (as ``account_totals`` gives) of baseline and option, with a
            column ``replication``; without them chance cannot be told from loss, but by Poisson's law.
    """
    index = [*ACCOUNT]
    one, two = (frame.set_index(index)[list(COUNTS)].astype(float) for frame in (baseline, option))
    counts = two.sub(one, fill_value=0.0)
    if totals is None:
        return Change(counts, one.reindex(counts.index, fill_value=0.0))
    by = ["replication", "element", "need_tier"]
    first, second = (frame.set_index(by)[list(COUNTS)].astype(float) for frame in totals)
    both = first.index.unique("replication").intersection(second.index.unique("replication"))
    first, second = first.loc[both], second.loc[both]
    each = second.sub(first, fill_value=0.0)
    before = first.reindex(each.index, fill_value=0.0)
    return Change(counts, one.reindex(counts.index, fill_value=0.0), each, before)
