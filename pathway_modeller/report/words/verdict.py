"""What differences say, in headlines that can say no."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pathway_modeller.report.drawing.scale import FIXED, Scale, is_fixed
from pathway_modeller.report.findings import Figured, Findings, records
from pathway_modeller.scenario.words.sentences import listed, lower_first

Direction = Literal["lower", "higher", "same", "missing"]

_LONGEST = 170
"""Characters of a headline that names every option; longer ones count them."""


@dataclass(frozen=True)
class Difference:
    """Option minus baseline of one figure, with its 95% interval.

    Attributes:
        option: its name, as a headline writes it.
        mean, low, high: NaN where missing.
        unserved: clauses that say which patients go without under the option, more than in the baseline.
        least: the smallest difference that matters.
        no_saving: why a lower sum of money is no saving; "" where it is one, and for what is not money.
    """

    option: str
    mean: float
    low: float
    high: float
    unserved: tuple[str, ...] = ()
    least: float = 0.0
    no_saving: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves out zero."""
        return not self.low <= 0 <= self.high

    @property
    def direction(self) -> Direction:
        """Which way the figure is shown to differ; "same" where it is not, or by less than what matters."""
        if math.isnan(self.low) or math.isnan(self.high):
            return "missing"
        if not self.is_shown or abs(self.mean) < self.least:
            return "same"
        return "lower" if self.mean < 0 else "higher"


def to_judge(each: Figured) -> Difference:
    """Returns a row of a frame of differences, to be judged by itself."""
    return Difference("", each.mean, each.low, each.high, least=each.least)


def headline(
    what: str, differences: Sequence[Difference], scale: Scale, *, money: bool = False, over: str = ""
) -> str:
    """Returns the message of a chart that compares options with the baseline.

    Args:
        what: what is compared, as the subject of a sentence ("Mean wait for Clinic").
        differences: one an option.
        scale: how the differences are written.
        money: whether they are pounds: then a headline says first that no saving can be shown, if so.
        over: over how long pounds are counted ("the 8 weeks"); without it a yearly sum beside them misleads.
    """
    if len(differences) == 1:
        over = f" over {over}" if over else ""
        said = _one(what, differences[0], scale, over, money=money)
        return "; ".join((said, *differences[0].unserved))
    named = _several(what, differences, by_name=True)
    text = named if len(named) <= _LONGEST else _several(what, differences, by_name=False)
    lower = [each for each in differences if each.direction == "lower"]
    refused = [each.option for each in lower if each.no_saving]
    known = any(each.direction != "missing" for each in differences)
    if money and known and len(refused) == len(lower):
        return f"No saving can be {'claimed' if refused else 'shown'}: {lower_first(text)}"
    if money and refused:
        where = listed(refused) if len(text) < _LONGEST else f"{len(refused)} of {len(differences)} options"
        return f"{text}; no saving can be claimed for {where}"
    return text


def _one(what: str, difference: Difference, scale: Scale, over: str, *, money: bool) -> str:
    """The message about a single option."""
    under = f"under {difference.option}"
    if difference.direction == "missing":
        return f"Nothing can be shown about {lower_first(what)} {under}: {_why(difference)}"
    scale = scale.finer((difference.high - difference.low) / 4)
    how_sure = f"95% interval {scale.interval(difference.low, difference.high, signed=True)}"
    if is_fixed(difference.mean, difference.low, difference.high):
        how_sure = FIXED
    if difference.direction == "same":
        if difference.low == difference.high == 0:
            return f"{'No saving' if money else 'No change'}: {lower_first(what)} is the same {under}"
        if difference.is_shown:
            way = "lower" if difference.mean < 0 else "higher"
            said = f"{lower_first(what)} is {scale.text(abs(difference.mean))} {way}{over} ({how_sure})"
            return f"No {'saving' if money else 'difference'} that matters {under}: {said}"
        if money:
            return f"No saving can be shown {under}: {lower_first(what)} may be the same{over} ({how_sure})"
        return f"No difference in {lower_first(what)} can be shown {under} ({how_sure})"
    amount = scale.text(abs(difference.mean))
    said = f"{what} is {amount} {difference.direction}{over} {under} ({how_sure})"
    if money and difference.direction == "higher":
        return f"No saving can be shown: {lower_first(said)}"
    if difference.no_saving:
        return f"No saving can be claimed: {lower_first(said)}; {lower_first(difference.no_saving)}"
    return said


def _why(difference: Difference) -> str:
    """Why nothing can be shown: a mean without an interval is one replication's."""
    return (
        "a figure is missing" if math.isnan(difference.mean) else "one replication has no interval; run more"
    )


def _several(what: str, differences: Sequence[Difference], *, by_name: bool) -> str:
    """The message about several options: which are lower, higher, not shown to differ."""
    groups: dict[Direction, list[str]] = {"lower": [], "higher": [], "same": [], "missing": []}
    for difference in differences:
        groups[difference.direction].append(difference.option)
    number = len(differences)

    def options(names: list[str], every: str = "all options") -> str:
        if by_name:
            return listed(names)
        return every if len(names) == number else f"{len(names)} of {number} options"

    shown = (("lower", groups["lower"]), ("higher", groups["higher"]))
    parts = [f"{word} under {options(names)}" for word, names in shown if names]
    text = f"{what} is {' and '.join(parts)}" if parts else ""
    if groups["same"]:
        where = options(groups["same"], "any option")
        said = f"no difference can be shown for {where}"
        text = f"{text}; {said}" if text else f"No difference in {lower_first(what)} can be shown for {where}"
    if groups["missing"]:
        where = options(groups["missing"], "any option")
        said = f"nothing can be said for {where}"
        text = f"{text}; {said}" if text else f"Nothing can be said about {lower_first(what)} for {where}"
        if all(not math.isnan(each.mean) for each in differences if each.direction == "missing"):
            text = f"{text}: one replication has no interval; run more"
    if without := [each.option for each in differences if each.unserved]:
        where = options(without) if len(without) < number else "every option"
        text = f"{text}; more patients go without under {where}"
    return text


def differences_of(
    findings: Findings, changes: pd.DataFrame, *, unserved: bool = True, money: bool = False
) -> list[Difference]:
    """Returns the differences in a frame of changes, one an option.

    Args:
        findings: for the names.
        changes: as :meth:`Findings.changes` gives them.
        unserved: whether a better figure must be told with those who go without: waits, standards, money.
        money: whether it is a sum of money: then what is lower is told with why it is no saving.
    """
    return [
        Difference(
            f"“{findings.variant_name(each.variant)}”",
            each.mean,
            each.low,
            each.high,
            findings.unserved.get(each.variant, ()) if unserved else (),
            each.least,
            findings.no_saving(each.variant) if money and each.mean < 0 else "",
        )
        for each in records(changes)
    ]
