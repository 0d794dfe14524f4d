"""What ways to find an interval have done, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pathway_modeller.analysis.statistics.intervals import IntervalColumns
from tests.verification.coverage_labels import BELOW, WIDE

LEAST: Mapping[int, float] = {5: 0.85, 10: 0.90, 30: 0.93}
"""What an interval has to cover, by replications."""

MOST = 0.975
"""What it may cover at 30 replications."""

MAY_COVER_MORE = {"count", "count difference", "share difference", "month"}
"""Kinds of figures in whole steps, whose intervals cannot cover just 95%."""

WIDEST = 1.5
"""How many times as wide as the narrowest way that covers."""

ENOUGH = 1000
"""Experiments that tell a narrow way that covers from one that only seems to."""


@dataclass
class Tried:
    """What one way to find an interval has done."""

    intervals: int = 0
    none: int = 0
    above: int = 0
    below: int = 0
    widths: float = 0.0
    bounded: int = 0

    def add(self, found: IntervalColumns, truth: float) -> None:
        """Counts some intervals: too high, too low, or none at all."""
        known = ~(np.isnan(found.low) | np.isnan(found.high))
        low, high = found.low[known], found.high[known]
        rounding = 1e-9 * abs(truth)
        self.intervals += len(low)
        self.none += int((~known).sum())
        self.above += int((low > truth + rounding).sum())
        self.below += int((high < truth - rounding).sum())
        finite = np.isfinite(low) & np.isfinite(high)
        self.widths += float((high[finite] - low[finite]).sum())
        self.bounded += int(finite.sum())

    @property
    def wrong(self) -> int:
        """Intervals that miss the truth."""
        return self.above + self.below

    @property
    def share(self) -> float:
        """The share of experiments that do not miss the truth."""
        return 1 - self.wrong / (self.intervals + self.none)

    @property
    def error(self) -> float:
        """Four standard errors of that share."""
        return 4 * float(np.sqrt(max(self.share * (1 - self.share), 1e-4) / (self.intervals + self.none)))

    @property
    def of_given(self) -> float:
        """The share of intervals that hold the truth, where there is one."""
        return 1 - self.wrong / max(self.intervals, 1)

    @property
    def width(self) -> float:
        """The mean width of those with an end on either side."""
        return self.widths / max(self.bounded, 1)

    @property
    def missing(self) -> float:
        """The share of experiments without an interval."""
        return self.none / (self.none + self.intervals)


@dataclass
class Cell:
    """One figure at one number of replications.

    Attributes:
        kind, name, runs, truth: what it is of.
        tried: every way, the chosen one first.
        fit: the ways that cover the figure at every number of replications: one that does at 10 and no longer
            at 30 is none to choose.
    """

    kind: str
    name: str
    runs: int
    truth: float
    tried: dict[str, Tried] = field(default_factory=dict)
    fit: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str, int]:
        """By which labels name it."""
        return self.kind, self.name, self.runs

    @property
    def chosen(self) -> Tried:
        """What the chosen way has done."""
        return next(iter(self.tried.values()))

    def covers(self, way: Tried) -> bool:
        """Whether a way may reach what has to be covered, within four standard errors."""
        return way.share + way.error >= LEAST[self.runs]

    @property
    def mostly_none(self) -> bool:
        """Whether too few replications for an interval are what it mostly finds."""
        return self.chosen.missing > 0.5

    @property
    def times(self) -> float:
        """The chosen way's mean width over that of the narrowest that is fit; 1 where none is."""
        widths = [way.width for name, way in self.tried.items() if name in self.fit]
        return self.chosen.width / min([*widths, self.chosen.width]) if self.chosen.width else 1.0

    def fault(self) -> str:
        """Returns what is wrong with it and not said by a label, if anything is."""
        if not self.covers(self.chosen) and self.key not in BELOW:
            return f"covers {self.chosen.share:.1%} only"
        more = self.runs == 30 and self.kind not in MAY_COVER_MORE and not self.mostly_none
        if more and self.chosen.share - self.chosen.error > MOST:
            return f"covers {self.chosen.share:.1%}"
        told = self.chosen.intervals + self.chosen.none >= ENOUGH
        wide = told and self.times > WIDEST and self.key not in WIDE and self.covers(self.chosen)
        return f"{self.times:.2f} times as wide as needed" if wide else ""
