"""What is known of a replication before it is played: who and what there is, and what time counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.trace import Legend


@dataclass(frozen=True, eq=False)
class Scope:
    """What the figures of a replication are about.

    Attributes:
        legend: what the indices of elements, pools, need tiers and footprints stand for.
        pathway: the pathway that is played out.
    """

    legend: Legend
    pathway: Pathway

    @property
    def start(self) -> float:
        """The first moment that counts, in days: the end of the warm-up period."""
        return self.legend.warm_up

    @property
    def end(self) -> float:
        """The end of the run, in days; what happens at this moment no longer counts."""
        return self.legend.until

    @property
    def period(self) -> float:
        """The length of the data collection period, in days; NaN where there is none to divide by."""
        return self.end - self.start if self.end > self.start else math.nan

    @cached_property
    def activities(self) -> tuple[str, ...]:
        """The ids of the pathway's activities that the trace knows, in the legend's order."""
        return tuple(name for name in self.legend.elements if name in self.pathway.activities)
