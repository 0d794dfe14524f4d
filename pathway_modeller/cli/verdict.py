"""What a difference says, in a plain sentence that can say no."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.cli.figures import scale_for


@dataclass(frozen=True)
class Difference:
    """Option minus baseline of one figure.

    Attributes:
        title: what the figure is called.
        unit: as in the column ``unit``.
        better: which direction is better.
        mean, low, high: paired difference and its 95% confidence interval; NaN where missing.
        replications: pairs behind it.
    """

    title: str
    unit: str
    better: Literal["lower", "higher", "neither"]
    mean: float
    low: float
    high: float
    replications: int


def verdict(difference: Difference) -> str:
    """Returns what a difference shows, or that it shows nothing."""
    money = difference.unit.startswith("GBP")
    what = difference.title[:1].lower() + difference.title[1:]
    if math.isnan(difference.mean):
        return f"Nothing can be said about {what}: a figure that it needs is missing."
    if difference.mean == difference.low == difference.high == 0:
        return f"{'No saving' if money else 'No change'}: {what} is the same in every replication."
    if math.isnan(difference.low):
        return f"Nothing can be shown about {what} with {_pairs(difference.replications)}; run more."
    scale = scale_for(difference.unit, (difference.mean,))
    ends = scale.interval(difference.low, difference.high, signed=True)
    if difference.low <= 0 <= difference.high:
        nothing = "No saving can be shown" if money else "No change can be shown"
        mean = scale.text(difference.mean, signed=True)
        return f"{nothing}: {what} differs by {mean}, and the 95% interval ({ends}) includes no change."
    direction = "lower" if difference.mean < 0 else "higher"
    amount = scale.text(abs(difference.mean))
    sense = _sense(money=money, direction=direction, better=difference.better)
    return f"{sense}: {what} is {direction} by {amount} (95% interval {ends})."


def _sense(*, money: bool, direction: str, better: str) -> str:
    """Returns the word that begins a sentence about a change that is shown."""
    if money:
        return "Saves" if direction == "lower" else "No saving"
    if better == "neither":
        return "Changes"
    return "Better" if direction == better else "Worse"


def _pairs(count: int) -> str:
    """Returns a number of replications in words."""
    return "one replication" if count == 1 else f"{count} replications"
