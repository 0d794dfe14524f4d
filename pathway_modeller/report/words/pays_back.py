"""When an option has paid for itself, in words: with its interval, discounted beside undiscounted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pathway_modeller.scenario.words.months import month_words

if TYPE_CHECKING:
    from pathway_modeller.analysis.statistics.pays_back import PaysBack
    from pathway_modeller.experiment.answers.answers import OptionAnswers
    from pathway_modeller.experiment.answers.claim import Claim


def pays_back_words(option: OptionAnswers, horizon: Sequence[str], span: str) -> str:
    """Returns from which month on an option has paid for itself, "never" and "not known" too.

    Args:
        option: its answers.
        horizon: the calendar months of the data collection period.
        span: its length in words ("the 3 years").
    """
    cost = option.views["cost"]
    real, discounted = cost.pays_back, cost.pays_back_discounted
    if real is None or discounted is None or cost.break_even is None:
        return "not known, as prices are missing"
    if not cost.break_even.changes:
        return "what the system pays does not change"
    if math.isinf(real.month) and not real.earliest < math.inf:
        return f"does not pay back within {span}"
    said = f"{_how(option.claim, real)} {_when(real, horizon)}"
    if (real.month, real.earliest, real.latest) != (
        discounted.month,
        discounted.earliest,
        discounted.latest,
    ):
        said = f"{said}, discounted {_when(discounted, horizon)}"
    return said


def _how(claim: Claim, found: PaysBack) -> str:
    """Whether it may be said to pay back."""
    if claim.claimed:
        return "pays back"
    if math.isinf(found.month):
        return "is not shown to pay back:"
    return "may pay back" if claim.verdict in ("unclear", "unknown") else "costs less, which is no saving,"


def _when(found: PaysBack, horizon: Sequence[str]) -> str:
    """A month with its interval: "from June 2025 (May 2025 to never)"."""
    at = "never" if math.isinf(found.month) else f"from {_month(found.month, horizon)}"
    if math.isnan(found.earliest) or found.earliest == found.month == found.latest:
        return at
    return f"{at} ({_month(found.earliest, horizon)} to {_month(found.latest, horizon)})"


def _month(month: float, horizon: Sequence[str]) -> str:
    """A month of the horizon by name."""
    return "never" if math.isinf(month) else month_words(horizon[int(month) - 1])
