"""The money of an option in sentences: whether it saves, when, what is stranded, and who pays."""

from __future__ import annotations

import math
from collections.abc import Iterator

import click

from pathway_modeller.analysis.intervals import Interval
from pathway_modeller.analysis.section75 import payer_sentences
from pathway_modeller.analysis.wording import pounds
from pathway_modeller.experiment.answers import OptionAnswers
from pathway_modeller.experiment.break_even import BreakEven, FundingGap
from pathway_modeller.experiment.chance import Chance
from pathway_modeller.report.scale import MISSING

_STRANDED = 0.5
"""Pounds a year below which nothing is stranded."""


def show_money(option: OptionAnswers) -> None:
    """Prints what an option does to the system's cash."""
    for number, line in enumerate(money_lines(option)):
        click.echo(f"  {'Money: ' if number == 0 else '  '}{line}")
    click.echo()


def money_lines(option: OptionAnswers) -> Iterator[str]:
    """Returns the sentences, the claim or its refusal first."""
    yield option.claim.sentence
    if option.freed is not None:
        yield from (reason for reason in option.claim.reasons if reason not in option.claim.sentence)
    cost = option.views["cost"]
    if cost.break_even is None or cost.funding_gap is None or option.freed is None:
        return
    if cost.break_even.changes:
        yield break_even_words(cost.break_even)
        yield from _gap(cost.funding_gap)
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


def break_even_words(found: BreakEven) -> str:
    """Returns when an option breaks even, "not within the horizon" among the answers."""
    months = f"{found.horizon} month{'' if found.horizon == 1 else 's'}"
    when = found.median if not found.median[:1].isdigit() else f"from {found.median}"
    return (
        f"Break-even: {when} (median; horizon {months}), within the horizon in {chance_words(found.within)}."
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
        yield f"Deepest funding gap: {_pounds(found.pounds)}, in {found.when}."


def _probabilities(option: OptionAnswers) -> Iterator[str]:
    """How likely it is that cash is saved, and that nobody is worse off."""
    found = option.probabilities
    if found.saves_cash is None or found.saves_and_none_worse is None:
        return
    yield f"Saves cash in {chance_words(found.saves_cash)}."
    if found.standards or found.footprints:
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
