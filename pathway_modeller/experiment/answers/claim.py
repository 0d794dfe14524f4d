"""A claim: what may be said of an option. Worked out once; every sentence, chart and table words it.

A verdict is given to three families of figures only, each with 5% to be wrong by chance: the primary outcomes
of all options together (Holm; :mod:`pathway_modeller.experiment.answers.judging`), and footprints and payers
within one measure and option (Bonferroni). Everything else is told as figures, without a verdict.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.analysis.statistics.intervals import Interval, PairedInterval

Subject = Literal["cash", "wait", "care", "footprint wait", "footprint contacts", "payer"]
"""What a claim is about; the first three are the primary outcomes."""

Family = Literal["primary outcomes", "footprints", "payers"]
"""What is judged together."""

Verdict = Literal["better", "worse", "refused", "avoids", "small", "unclear", "same", "unknown"]
"""How a difference is judged:

better, worse: shown, and no smaller than what matters;
refused: it looks better, and may not be said, for its reservations;
avoids: of cash: growth is avoided, and none leaves;
small: shown, and smaller than what matters;
unclear: no difference is shown;
same: nothing that it rests on differs in any replication;
unknown: a figure is missing, or one replication has no interval.
"""


@dataclass(frozen=True)
class Claim:
    """What may be said of one figure of an option, against the baseline.

    Attributes:
        option: its id.
        subject: what it is about.
        of: id of the standard, footprint or payer; "" for the whole pathway.
        name: what people call it.
        unit: of the figures: "GBP" over the period, "days", "patients".
        baseline: the baseline's figure, mean over replications; NaN where missing.
        change: option minus baseline, with its 95% interval; as it stands, not widened for its family.
        least: the smallest difference that matters.
        verdict: how it is judged.
        family: what it is judged together with.
        among: how many are.
        conditions: what it rests on, in sentences without a full stop.
        reservations: what speaks against it, or has to be told beside it, in sentences.
    """

    option: str
    subject: Subject
    of: str
    name: str
    unit: str
    baseline: float
    change: Interval
    least: float
    verdict: Verdict
    family: Family
    among: int
    conditions: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()

    @property
    def claimed(self) -> bool:
        """Whether it may be said that the option does better."""
        return self.verdict == "better"


def as_interval(change: PairedInterval | Interval) -> Interval:
    """Returns a difference as an interval alone."""
    return Interval(change.mean, change.low, change.high, change.n)


def judged(change: Interval, least: float, *, shown: bool, lower_is_better: bool = True) -> Verdict:
    """Returns how a difference is judged by itself.

    Args:
        change: option minus baseline.
        least: the smallest difference that matters.
        shown: whether it is shown, together with all of its family.
        lower_is_better: whether less is better.
    """
    if math.isnan(change.low) or math.isnan(change.high):
        return "same" if change.n and change.mean == 0 else "unknown"
    if change.low == change.high == 0:
        return "same"
    if not shown:
        return "unclear"
    if abs(change.mean) < least:
        return "small"
    return "better" if (change.mean < 0) == lower_is_better else "worse"
