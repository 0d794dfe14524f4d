"""Money on the first page: what the baseline costs, whether an option saves cash, and when it pays back."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway_modeller.analysis.accounts.wording import short_pounds
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.pays_back import pays_back_words
from pathway_modeller.report.words.questions import CELL, Cell, tone_of
from pathway_modeller.report.words.rates import short_words
from pathway_modeller.report.words.saving import no_saving, saving_sentence
from pathway_modeller.scenario.words.sentences import elided

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import OptionAnswers

_LEAST = 0.5
"""Pounds below which nothing is paid."""


def costs_cell(option: OptionAnswers) -> Cell:
    """Returns what the baseline costs; what is spent on people outside the pathway stands apart."""
    found = option.recurrent
    if found is None:
        return Cell("not known")
    level, year = found.level[0].mean, found.year.words
    if not found.outside:
        return Cell(f"costs {short_pounds(level)} {year}")
    outside = f"{short_pounds(found.outside)} {year}"
    if level - found.outside < _LEAST:
        return Cell(f"{outside} outside the pathway, which costs nothing")
    words = f"costs {short_pounds(level - found.outside)} {year} in the pathway"
    return Cell(words, f"Beside it {outside} is spent outside the pathway, on the same people.")


def cash_cell(option: OptionAnswers) -> Cell:
    """Returns whether an option saves cash."""
    claim, full = option.claim, saving_sentence(option)
    size = "" if option.recurrent is None else short_words(option.recurrent, short_pounds)
    match claim.verdict:
        case "better":
            words = f"yes, {size}{', if' if claim.conditions else ''}"
            words = f"{words} {claim.conditions[0]}" if claim.conditions else words
        case "worse":
            words = f"no, {size}"
        case "refused":
            words = f"no: {size}, but {no_saving(option)[:1].lower()}{no_saving(option)[1:]}"
        case "avoids":
            words = _avoided(option)
        case "small":
            words = f"no, {size}: less than matters"
        case "unclear":
            words = f"not shown: {size}, may be none"
        case "same":
            words = "no change"
        case "unknown":
            words = "not known"
        case _:
            assert_never(claim.verdict)
    return Cell(elided(words, CELL), full, tone_of(claim.verdict))


def _avoided(option: OptionAnswers) -> str:
    """Says that growth is avoided, and how much of it where that is known."""
    found = option.recurrent
    if found is None:
        return "no cash: growth is avoided"
    return (
        f"no cash: growth of {short_pounds(found.whole['avoided_growth'].mean)} over {found.over} is avoided"
    )


def back_cell(findings: Findings, option: OptionAnswers) -> Cell:
    """Returns when an option pays back."""
    words = pays_back_words(option, findings.answers.horizon, findings.span)
    claim = option.claim
    condition = f", if {'; '.join(claim.conditions)}" if claim.conditions and claim.claimed else ""
    short = words.removeprefix("does not pay back ").removeprefix("pays back ")
    if words.startswith("does not pay back"):
        short = f"not {short}"
    cost = option.views["cost"].break_even
    if cost is not None and not cost.changes:
        short = "no change"
    return Cell(elided(short, CELL), f"{words[:1].upper()}{words[1:]}{condition}.", "plain")
