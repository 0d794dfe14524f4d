"""What the system's cost covers: which costs were entered, and how much of the price they make up.

A price is meant to cover the whole cost of a contact. Where only some of it was entered, such as the staff of
a clinic and no building, a saving of cost is a saving of that part alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import ratios
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.words.sentences import listed, plural, quoted

Floats = npt.NDArray[np.float64]

_NAMED = 3
"""Pools that are named; of more the number is told."""


@dataclass(frozen=True)
class Coverage:
    """What the system's cost covers.

    Attributes:
        entered: the costs that were entered, in words.
        share: of what commissioners are billed, with its interval (Fieller's); may be above 1.
    """

    entered: tuple[str, ...]
    share: Interval

    @property
    def sentence(self) -> str:
        """The same as a sentence; without the share where nothing is billed, "" where nothing was entered."""
        if not self.entered:
            return ""
        said = f"The system cost covers what was entered: {listed(list(self.entered))}"
        if np.isnan(self.share.mean):
            return f"{said}."
        ends = ""
        if self.share.low < self.share.high:
            ends = f" (95% interval {self.share.low:.0%} to {self.share.high:.0%})"
        return f"{said}. It comes to {self.share.mean:.0%}{ends} of what commissioners are billed."


def coverage(pathway: Pathway, bill: Floats, cost: Floats) -> Coverage:
    """Returns what the system's cost of a variant covers.

    Args:
        pathway: as it was run.
        bill: pounds over the period, one a replication.
        cost: the same of the system's cost, without spending on people outside the pathway.
    """
    found = ratios(cost[None, :], bill[None, :])
    share = Interval(float(found.mean[0]), float(found.low[0]), float(found.high[0]), int(found.n[0]))
    return Coverage(tuple(_entered(pathway)), share)


def _entered(pathway: Pathway) -> Iterator[str]:
    """Yields the costs of a pathway that are above nothing, in words."""
    pools = [pool.name for pool in pathway.pools.values() if pool.cost and pool.cost.amount.value > 0]
    if pools:
        named = (
            listed([quoted(name) for name in pools]) if len(pools) <= _NAMED else plural(len(pools), "pool")
        )
        yield f"capacity of {named}"
    varied = [each.variable_cost for each in pathway.activities.values() if each.variable_cost is not None]
    if any(money.value > 0 for each in varied for money in every_value(each)):
        yield "variable cost of contacts"
    if any(each.fixed_cost and each.fixed_cost.value > 0 for each in pathway.providers.values()):
        yield "providers' fixed cost"
