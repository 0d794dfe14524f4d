"""The money of an option in sentences: whether it saves, when, what is stranded, and who pays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import click

from pathway_modeller.analysis.accounts.section75 import payer_sentences
from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.experiment.answers.break_even import BreakEven, FundingGap
from pathway_modeller.experiment.answers.chance import Chance
from pathway_modeller.experiment.answers.totals import Totals
from pathway_modeller.report.drawing.months import month_words
from pathway_modeller.report.drawing.scale import MISSING

_STRANDED = 0.5
"""Pounds a year below which nothing is stranded."""


def show_money(option: OptionAnswers) -> None:
    """Prints what an option does to the system's cash."""
    for number, line in enumerate(money_lines(option)):
        click.echo(f"  {'Money: ' if number == 0 else '  '}{line}")
    click.echo()


def money_lines(option: OptionAnswers) -> Iterator[str]:
    """Returns the sentences, the claim or its refusal first."""
    claim = option.claim
    yield claim.sentence
    if option.freed is not None:
        yield from _untold(claim.sentence, claim.reasons)
    yield from _untold(claim.sentence, option.displaced.sentences, claim.reasons)
    cost = option.views["cost"]
    if cost.break_even is None or cost.funding_gap is None or option.freed is None or cost.totals is None:
        return
    if cost.break_even.changes:
        yield break_even_words(option, cost.break_even)
        yield from _losing(cost.break_even)
        yield from _gap(cost.funding_gap)
        yield totals_words(option.spending, cost.totals)
    stranded = option.freed.yearly["capacity_releasing"]
    if stranded.mean >= _STRANDED:
        yield f"Stranded: {_pounds(stranded, ' a year')} is paid for capacity that is closed."
    avoided = option.freed.yearly["avoided_growth"]
    if avoided.mean >= _STRANDED:
        yield f"Avoided growth, which is no saving on what is spent now: {_pounds(avoided, ' a year')}."
    yield from _probabilities(option)
    if option.payers is not None:
        yield from payer_sentences(option.payers, option.freed.split.years, intervals=True)
    yield from (said for account in option.provided.accounts for said in account.sentences)
    yield from (low.sentence for low in option.provided.low_volumes)
    yield from (loser.sentence for loser in option.equity.losers)
    yield from (outcome.sentence for outcome in option.outcomes)


def _untold(sentence: str, more: Iterable[str], told: Iterable[str] = ()) -> Iterator[str]:
    """Returns the sentences that the claim does not hold already."""
    yield from (said for said in more if said.rstrip(".") not in sentence and said not in told)


def break_even_words(option: OptionAnswers, found: BreakEven) -> str:
    """Returns when an option breaks even, "not within the horizon" too, and whether it is no saving."""
    months = f"{found.horizon} month{'' if found.horizon == 1 else 's'}"
    when = found.median if not found.median[:1].isdigit() else f"from {month_words(found.median)}"
    bare = option.claim.claimed or not found.within.count
    no_saving = "" if bare else " It then costs less than doing nothing, but no saving can be claimed."
    return (
        f"Break-even of {option.spending} ({_prices(option)}, real, not discounted): {when} (median; horizon "
        f"{months}), within the horizon in {chance_words(found.within)}.{no_saving}"
    )


def _prices(option: OptionAnswers) -> str:
    """The price base in words."""
    totals = option.views["cost"].totals
    return f"{totals.price_year} prices" if totals is not None and totals.price_year else "prices as entered"


def _losing(found: BreakEven) -> Iterator[str]:
    """Says so where an option that has broken even costs more again in the end."""
    if found.within.count and found.loses_at_last:
        lost = Interval(-found.tail.mean, -found.tail.high, -found.tail.low, found.tail.n)
        months = "month" if found.tail_months == 1 else f"{found.tail_months} months"
        yield f"In the last {months} it costs {_pounds(lost)} more than doing nothing."


def totals_words(spending: str, found: Totals) -> str:
    """Returns what is spent over the horizon against doing nothing: real, nominal and discounted."""
    less = found.saved.real.mean >= 0
    year = f"{found.price_year} prices" if found.price_year else "prices as entered"
    real, nominal, discounted = (
        pounds((each.mean if less else -each.mean) * 100)
        for each in (found.saved.real, found.saved.nominal, found.saved.discounted)
    )
    return (
        f"Over the horizon {spending} is {'less' if less else 'more'} than by doing nothing by {real} real "
        f"({year}), {nominal} nominal (with inflation), {discounted} discounted."
    )


def chance_words(found: Chance) -> str:
    """Returns a share of replications in words, with its interval."""
    if math.isnan(found.share):
        return MISSING
    return (
        f"{found.count} of {found.replications} replications "
        f"(95% interval {found.low:.0%} to {found.high:.0%})"
    )


def _gap(found: FundingGap) -> Iterator[str]:
    """How far into deficit an option goes."""
    if found.when is not None:
        gap = f"{_pounds(found.pounds)}, in {month_words(found.when)}"
        yield f"Deepest funding gap (real, not discounted): {gap}."


def _probabilities(option: OptionAnswers) -> Iterator[str]:
    """How likely it is that cash is saved, and that nobody is worse off."""
    found, claim, less = option.probabilities, option.claim, option.views["cost"].saves
    if found.saves_cash is None:
        return
    if not claim.claimed and less is not None and less.count:
        none = "; no saving can be claimed" if claim.reasons else ""
        yield f"Costs less than doing nothing in {chance_words(less)}{none}."
    if claim.reasons and not claim.claimed and found.saves_cash.count:
        return
    yield f"Saves cash in {chance_words(found.saves_cash)}."
    if found.saves_and_none_worse is not None:
        told = " and ".join(
            f"no {what} worse off"
            for what, any_of in (("standard", found.standards), ("footprint", found.footprints))
            if any_of
        )
        yield f"Saves cash with {told} in {chance_words(found.saves_and_none_worse)}."


def _pounds(value: Interval, rate: str = "") -> str:
    """Pounds with their interval."""
    mean = f"{pounds(value.mean * 100)}{rate}"
    if math.isnan(value.low):
        return mean
    if value.low == value.high:
        return f"{mean} (the same in every replication)"
    return f"{mean} (95% interval {pounds(value.low * 100)} to {pounds(value.high * 100)})"
