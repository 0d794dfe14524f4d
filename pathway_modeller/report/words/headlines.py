"""Headlines: at most 110 characters that name the option; what it rests on stands in the line below.

A headline has a verdict where a claim has one (:mod:`pathway_modeller.experiment.answers.claim`): of system
cash. Of every other difference it tells the figure with its interval, and leaves judging to the reader: a
chart shows dozens of differences, and one in twenty intervals leaves out zero by chance alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import pandas as pd

from pathway_modeller.report.drawing.scale import FIXED, Scale, is_fixed, scale_for
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.report.words.saving import no_saving
from pathway_modeller.scenario.words.sentences import elided

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import OptionAnswers
    from pathway_modeller.experiment.answers.claim import Verdict

LONGEST = 110
"""Characters of a headline, at most."""

_SHORTEST = 24
"""Characters to which the subject of a headline is cut before its figure is."""
_TOLD = 2
"""Reservations of an option that stand below a headline; its words on money have all."""


@dataclass(frozen=True)
class Change:
    """Option minus baseline of one figure.

    Attributes:
        option: its short name, in quotes.
        mean, low, high: NaN where missing.
        before, after: what baseline and option have themselves; NaN where not asked for.
    """

    option: str
    mean: float
    low: float
    high: float
    before: float = math.nan
    after: float = math.nan


def changes_of(
    findings: Findings, changes: pd.DataFrame, figures: pd.DataFrame | None = None
) -> list[Change]:
    """Returns the differences in a frame of changes, one an option.

    Args:
        findings: for the names.
        changes: as :meth:`Findings.changes` gives them.
        figures: the figures themselves, of the same measure and place, where a headline tells both.
    """
    own = {} if figures is None else {each.variant: each.mean for each in records(figures)}
    before = own.get(findings.variants[0], math.nan)
    return [
        Change(
            findings.short_name(each.variant),
            each.mean,
            each.low,
            each.high,
            before,
            own.get(each.variant, math.nan),
        )
        for each in records(changes)
    ]


def headline(what: str, changes: Sequence[Change], scale: Scale, *, over: str = "") -> str:
    """Returns the message of a chart that compares options with the baseline, as figures.

    Args:
        what: what is compared ("Mean wait for Clinic").
        changes: one an option.
        scale: how the differences are written.
        over: over how long something is counted ("the 8 weeks"); "" where the unit says it.
    """
    span = f" over {over}" if over else ""
    if len(changes) == 1:
        return _fitting(what, list(_one(changes[0], scale, span)))
    if not any(not math.isnan(each.mean) for each in changes):
        return _fitting(what, ["a figure is missing under every option"])
    if all(_is_nothing(each) for each in changes):
        return _fitting(what, ["no change under any option"])
    told = sorted((each for each in changes if not math.isnan(each.mean)), key=lambda each: -abs(each.mean))
    parts = [f"{_amount(each, scale)} under {each.option}" for each in told]
    return _telling_most(f"{what}{span}", parts)


def _telling_most(what: str, parts: Sequence[str]) -> str:
    """A subject, whole if it can be, and as many parts as there is room for."""
    ways = [", ".join(parts[:many]) for many in range(len(parts), 0, -1)]
    whole = (f"{what}: {each}" for each in ways)
    return next((each for each in whole if len(each) <= LONGEST), _fitting(what, ways))


def _fitting(what: str, said: Sequence[str]) -> str:
    """A subject and the first of some ways to say something of it that leaves room for the subject.

    Where none does, the subject is cut to what the shortest leaves.
    """
    for each in said:
        if len(what) + 2 + len(each) <= LONGEST:
            return f"{what}: {each}"
    return elided(f"{elided(what, max(LONGEST - len(said[-1]) - 2, _SHORTEST))}: {said[-1]}", LONGEST)


def joined(parts: Sequence[str], between: str = "; ") -> str:
    """Returns the parts for which there is room in a headline, in their order, the first of them always."""
    told = elided(parts[0], LONGEST)
    for each in parts[1:]:
        if len(more := f"{told}{between}{each}") <= LONGEST:
            told = more
    return told


def _is_nothing(change: Change) -> bool:
    """Whether a difference is nothing in every replication."""
    return change.mean == change.low == change.high == 0


def _amount(change: Change, scale: Scale) -> str:
    """A difference: signed, or for a share what it was and what it is."""
    if _is_nothing(change):
        return "no change"
    if scale.after == " percentage points" and not math.isnan(change.before + change.after):
        level = scale_for("share", ())
        return f"{level.text(change.before)} → {level.text(change.after)}"
    return scale.legible((change.mean,)).text(change.mean, signed=True)


def _one(change: Change, scale: Scale, span: str) -> Iterator[str]:
    """Ways to tell the only option, from the fullest to the shortest."""
    under = f"under {change.option}"
    if math.isnan(change.mean):
        yield f"a figure is missing {under}"
        return
    if _is_nothing(change):
        yield f"no change {under}"
        return
    scale = scale.legible((change.mean, change.low, change.high)).finer((change.high - change.low) / 4)
    said = f"{_amount(change, scale)}{span} {under}"
    if math.isnan(change.low) or math.isnan(change.high):
        yield f"{said} (one replication has no interval)"
    elif is_fixed(change.mean, change.low, change.high):
        yield f"{said} ({FIXED})"
    else:
        ends = scale.interval(change.low, change.high, signed=True)
        yield f"{said} (95% interval {ends})"
        yield f"{said} ({ends})"
    yield said
    yield f"{_amount(change, scale)} {under}"


# Cash ---------------------------------------------------------------------------------------------------


def cash_headline(findings: Findings) -> str:
    """Returns what may be said of the system's cash over the period under the options that were run."""
    every = findings.answers.options
    if len(every) == 1:
        return _cash_of_one(findings, every[0])
    saving = [each for each in every if each.claim.claimed]
    others = [each for each in every if not each.claim.claimed]
    over = findings.span
    if not saving:
        what = f"No option {'is shown to save' if is_unsure(others) else 'saves'} cash over {over}"
        if all(each.claim.verdict == "same" for each in others):
            return _fitting(what, ["it is the same under each"])
        parts = [f"{_cash(findings, each)} {findings.short_name(each.option)}" for each in _largest(others)]
        return _telling_most(what, parts)
    parts = [f"{findings.short_name(each.option)} {_cash(findings, each)}" for each in _largest(saving)]
    rest = [f"{findings.short_name(each.option)} {_cash(findings, each)}" for each in _largest(others)]
    ways = [
        "; ".join((", ".join(parts[:many]), *((f"none claimed: {', '.join(rest[:more])}",) if more else ())))
        for many in range(len(parts), 0, -1)
        for more in range(len(rest), -1, -1)
    ]
    return _fitting(f"Cash saved over {over}", ways)


def is_unsure(options: Sequence[OptionAnswers]) -> bool:
    """Returns whether one of some options may save, for all that is known: nobody may say that none does."""
    return any(each.claim.verdict in ("unclear", "unknown") for each in options)


def _largest(options: Sequence[OptionAnswers]) -> list[OptionAnswers]:
    """Options by how much their cash changes, those of which nothing is known last."""

    def order(option: OptionAnswers) -> tuple[bool, float]:
        size = option.claim.change.mean
        return math.isnan(size), -abs(size)

    return sorted(options, key=order)


def _cash(findings: Findings, option: OptionAnswers) -> str:
    """By how much more or less the system pays over the period."""
    if option.claim.verdict == "same":
        return "no change"
    if math.isnan(option.claim.change.mean):
        return "not known"
    # In one unit for all options: millions beside thousands are misread.
    every = [each.claim.change.mean for each in findings.answers.options]
    return scale_for(findings.price_unit, every).text(option.claim.change.mean, signed=True)


def _cash_of_one(findings: Findings, option: OptionAnswers) -> str:
    """What may be said of the cash of the only option."""
    claim, name = option.claim, findings.short_name(option.option)
    said = verdict_words(claim.verdict)
    if claim.verdict == "unknown" and math.isnan(claim.change.mean):
        return _fitting(f"{said} under {name}", [f"{claim.name} is not known"])
    ends = (claim.change.mean, claim.change.low, claim.change.high)
    change = Change(name, *ends)
    if claim.verdict == "same":
        return _fitting(f"{said} under {name}", [f"{claim.name} is as under the baseline"])
    scale = scale_for(findings.price_unit, (ends[0],))
    ways = [f"{claim.name} {each}" for each in _one(change, scale, f" over {findings.span}")]
    return _fitting(said, ways)


def verdict_words(verdict: Verdict) -> str:
    """Returns how a headline begins that tells of cash."""
    match verdict:
        case "better":
            return "Saves cash"
        case "worse" | "same":
            return "No saving"
        case "small":
            return "No saving that matters"
        case "refused":
            return "No saving can be claimed"
        case "avoids":
            return "Growth is avoided, no cash leaves"
        case "unclear" | "unknown":
            return "No saving is shown"
        case _:
            assert_never(verdict)


# The line below a headline ------------------------------------------------------------------------------


def below(findings: Findings, subtitle: str, *, money: bool = False, care: bool = True) -> str:
    """Returns a subtitle with what has to be told beside the figures put first.

    Args:
        findings: what was simulated.
        subtitle: measure, unit and period.
        money: whether the chart shows pounds: then with what a saving rests on, or why there is none.
        care: whether the chart shows waits or pounds: then with who goes without under an option.
    """
    if not findings.options or findings.so_far:
        return subtitle
    answers = findings.answers.options
    told = []
    for each in answers:
        said = list(dict.fromkeys(_beside(each, money=money, care=care)))
        if said:
            name = f"{findings.short_name(each.option)}: " if len(answers) > 1 else ""
            told.append(f"{name}{'; '.join(said)}")
    return ". ".join((*told, subtitle))


def _beside(option: OptionAnswers, *, money: bool, care: bool) -> Iterator[str]:
    """Yields what has to be told beside the figures of an option."""
    claim = option.claim
    if money and claim.verdict == "refused":
        yield f"no saving can be claimed: {no_saving(option)}"
    if money and claim.claimed:
        yield from (f"if {each}" for each in claim.conditions[:_TOLD])
        yield from (each.rstrip(".") for each in claim.reservations[:_TOLD])
    if care:
        yield from option.served.words[:_TOLD]
