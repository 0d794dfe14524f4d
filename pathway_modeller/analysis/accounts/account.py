"""The account of contacts: month by month, who joined each queue and what became of them.

For each month, activity and need tier, as long as the trace is sound:

    waiting_start + joins + changed_in
        = starts + missed + gave_up + turned_away + deteriorated + changed_out + waiting_end

Those who wait are counted by their own intervals, not as what is left over, so that the account can fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS
from pathway_modeller.analysis.months import month_starts
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.rows import Column, Rows
from pathway_modeller.scenario.document import Pathway

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class AccountPlan:
    """The lines of an account, the same in every replication.

    Attributes:
        scope: what the replications are about.
    """

    scope: Scope

    @cached_property
    def _elements(self) -> list[int]:
        """The places of the elements at which patients can be."""
        places = _places(self.scope.pathway)
        return [place for place, name in enumerate(self.scope.legend.elements) if name in places]

    @cached_property
    def rows(self) -> Rows:
        """What each line is about: month, element and need tier; need tier "" is for patients without one."""
        months = [name for name, _ in month_starts(self.scope.legend)]
        names = [self.scope.legend.elements[place] for place in self._elements]
        tiers = (*self.scope.legend.need_tiers, "")
        codes = np.indices((len(months), len(names), len(tiers)), dtype=np.int32).reshape(3, -1)
        columns = zip(ACCOUNT, codes, (months, names, tiers), strict=True)
        return Rows({name: Column(each, tuple(labels)) for name, each, labels in columns})

    def counts(self, facts: Facts) -> Ints:
        """Returns the counts of one replication in the order of ``COUNTS``, shape (counts, lines)."""
        counted = facts.account
        tables = dict(counted.counts)
        for name, stock in zip(("waiting", "present"), counted.stock, strict=True):
            tables[f"{name}_start"], tables[f"{name}_end"] = stock[:-1], stock[1:]
        found = np.stack([tables[name] for name in COUNTS])[:, :, self._elements, :]
        return found.reshape(len(COUNTS), -1).astype(np.int64, copy=False)


def whole_period(counts: Ints, months: int) -> Ints:
    """Returns an account over the whole period, shape (counts, lines of one month).

    What happened is added up over the months; those waiting or present at the start are of the first month,
    and those at the end of the last.

    Args:
        counts: as :meth:`AccountPlan.counts` returns them.
        months: how many months they cover.
    """
    by_month = counts.reshape(len(COUNTS), months, -1)
    whole: Ints = by_month.sum(axis=1)
    for row, name in enumerate(COUNTS):
        if name.endswith("_start"):
            whole[row] = by_month[row, 0]
        elif name.endswith("_end"):
            whole[row] = by_month[row, -1]
    return whole


def _places(pathway: Pathway) -> frozenset[str]:
    """Returns the elements at which a patient can be for any time."""
    left = {arrow.origin for arrow in pathway.transitions.values() if arrow.time is not None}
    return frozenset((*pathway.activities, *pathway.waits, *left))
