"""What is said of an option's money, in the window and on the terminal: the claim, break-even, who pays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.report.drawing.scale import FIXED, MISSING, is_fixed
from pathway_modeller.report.words.saving import saving_sentence
from pathway_modeller.scenario.words.months import month_words
from pathway_modeller.scenario.words.sentences import listed, plural, typeset

if TYPE_CHECKING:
    from pathway_modeller.analysis.statistics.intervals import Interval
    from pathway_modeller.experiment.answers.answers import Answers, OptionAnswers
    from pathway_modeller.experiment.answers.break_even import BreakEven, FundingGap
    from pathway_modeller.experiment.answers.chance import Chance
    from pathway_modeller.experiment.answers.recurrent import Recurrent
    from pathway_modeller.experiment.answers.totals import Totals

_STRANDED = 0.5
"""Pounds below which nothing is stranded."""
_NOTE = (
    "A replication breaks even in the first month from which the system has paid no more than under the "
    "baseline, in real pounds that are not discounted, and stays so to the end of the data collection "
    "period. Counts are of replications, each compared with the baseline's on common random numbers."
)


def _tail(found: BreakEven) -> str:
    """Returns what an option costs in the end, once it has broken even: "month it costs £1,200"."""
    months = "month" if found.tail_months == 1 else f"{found.tail_months} months"
    return f"{months} it costs {pounds(-found.tail.mean * 100)}"


def _when(when: str) -> str:
    """Returns a month such as 2025-04 as people read it; other words stay as they are."""
    return month_words(when) if when[:1].isdigit() else when


def _likely(option: OptionAnswers) -> str:
    """Returns how likely it is that an option saves, and that nobody is worse off."""
    likely, less = option.probabilities, option.views["cost"].saves
    if likely.saves_cash is None:
        return ""
    if _refused(option) and less is not None:
        return f"Costs less than doing nothing in {chance_words(less)}; no saving can be claimed."
    said = f"By year-to-year luck cash leaves in {chance_words(likely.saves_cash)}"
    if likely.saves_and_none_worse is None:
        return f"{said}."
    judged = (("no standard", likely.standards), ("no footprint", likely.footprints))
    told = " and ".join(what for what, any_of in judged if any_of)
    return f"{said}; with {told} worse in {chance_words(likely.saves_and_none_worse)}."


def _refused(option: OptionAnswers) -> bool:
    """Whether cash leaves and yet no saving can be claimed."""
    likely = option.probabilities.saves_cash
    refused = option.claim.verdict in ("small", "refused")
    return refused and likely is not None and likely.count > 0


# All of it --------------------------------------------------------------------------------------------


def money_page(answers: Answers) -> str:
    """Returns all that is said of the money of every option, as Markdown."""
    parts = ["# Money in words"]
    for each in answers.options:
        claim, *more = (typeset(said) for said in money_sentences(each))
        parts += [f"## {each.name}", claim, "\n".join(f"- {said}" for said in more)]
    covered = "" if answers.covered is None else typeset(answers.covered.sentence)
    return "\n\n".join(each for each in (*parts, covered, _NOTE) if each)


def money_sentences(option: OptionAnswers) -> Iterator[str]:
    """Yields all that is said of an option's money, the claim or its refusal first."""
    # Comes with pandas: the window is there before it.
    from pathway_modeller.analysis.accounts.payer_provider import settled_sentence
    from pathway_modeller.analysis.accounts.section75 import payer_sentences

    claim, cost = option.claim, option.views["cost"]
    said = saving_sentence(option)
    yield said
    if option.freed is not None:
        yield from _untold(said, claim.reservations)
    yield from _untold(said, option.displaced.sentences, claim.reservations)
    if cost.break_even is None or cost.funding_gap is None or option.freed is None or cost.totals is None:
        number = len(cost.missing)
        prices = "price is" if number == 1 else "prices are"
        yield f"Break-even is not known: {number} {prices} missing: {listed(cost.missing)}."
        return
    if cost.break_even.changes:
        yield from _break_even(option, cost.break_even, cost.totals.price_year)
        yield _gap(cost.funding_gap, cost.totals.price_year)
        yield _over_the_horizon(option.spending, cost.totals)
    if option.recurrent is not None:
        yield from _not_saved(option.recurrent)
    yield from _chances(option)
    if option.payers is not None:
        yield from payer_sentences(option.payers, option.settled.over, intervals=True)
    if said := settled_sentence(option.settled):
        yield said
    yield from (said for account in option.provided.accounts for said in account.sentences)
    yield from (low.sentence for low in option.provided.low_volumes)
    yield from (loser.sentence for loser in option.equity.losers)
    yield from (outcome.sentence for outcome in option.outcomes)


def _not_saved(found: Recurrent) -> Iterator[str]:
    """Yields what is freed and is no cash: capacity that is closed and still paid for, and avoided growth."""
    over = f" over {found.over}"
    stranded, avoided = (found.whole[each] for each in ("capacity_releasing", "avoided_growth"))
    if stranded.mean >= _STRANDED:
        yield f"Stranded: {_pounds(stranded, over)} is paid for capacity that is closed."
    if avoided.mean >= _STRANDED:
        yield f"Avoided growth, which is no saving on what is spent now: {_pounds(avoided, over)}."


def _untold(sentence: str, more: Iterable[str], told: Iterable[str] = ()) -> Iterator[str]:
    """Yields the sentences that the claim does not hold already."""
    yield from (said for said in more if said.rstrip(".") not in sentence and said not in told)


def _break_even(option: OptionAnswers, found: BreakEven, price_year: str | None) -> Iterator[str]:
    """Yields when an option breaks even, "not within the horizon" too, and whether it is no saving."""
    prices = f"{price_year} prices" if price_year else "prices as entered"
    when = f"from {_when(found.median)}" if found.median[:1].isdigit() else found.median
    bare = option.claim.claimed or not found.within.count
    no_saving = "" if bare else " It then costs less than doing nothing, but no saving can be claimed."
    yield (
        f"Break-even of {option.spending} ({prices}, real, not discounted): {when} (median; horizon "
        f"{plural(found.horizon, 'month')}), within the horizon in {chance_words(found.within)}.{no_saving}"
    )
    if found.within.count and found.loses_at_last:
        sure = spread(-found.tail.high, -found.tail.low)
        yield f"In the last {_tail(found)}{sure} more than doing nothing."


def _gap(found: FundingGap, price_year: str | None) -> str:
    """Returns how far into deficit an option goes before it pays."""
    if found.when is None:
        return "No month ends in deficit."
    prices = f" in {price_year} prices" if price_year else ""
    return (
        f"Deepest funding gap: {_pounds(found.pounds, prices)}, in {_when(found.when)}; "
        f"there is one in {chance_words(found.gaps)}."
    )


def _over_the_horizon(spending: str, found: Totals) -> str:
    """Returns what is spent over the horizon against doing nothing: real, and else where it differs.

    Without inflation nothing is nominal, and nothing is discounted within the first year.
    """
    less = found.saved.real.mean >= 0
    real = pounds(abs(found.saved.real.mean) * 100)
    others = [
        f"{pounds((each.mean if less else -each.mean) * 100)} {what}"
        for each, what in (
            (found.saved.nominal, "nominal (with inflation)"),
            (found.saved.discounted, "discounted"),
        )
        if each is not None and each.mean != found.saved.real.mean
    ]
    ends = (found.saved.real.low, found.saved.real.high)
    sure = spread(*(ends if less else (-ends[1], -ends[0])))
    chance = "; that may be chance" if ends[0] < 0 < ends[1] else ""
    return (
        f"Over the horizon {spending} is {'less' if less else 'more'} than by doing nothing by "
        f"{', '.join((f'{real} real{sure}', *others))}{chance}."
    )


def _chances(option: OptionAnswers) -> Iterator[str]:
    """Yields how likely it is that cash is saved, and that nobody is worse off."""
    likely, less = option.probabilities, option.views["cost"].saves
    if likely.saves_cash is None:
        return
    if not option.claim.claimed and not _refused(option) and less is not None and less.count:
        yield f"Costs less than doing nothing in {chance_words(less)}."
    yield _likely(option)
    for chance, words in (
        (likely.no_standard_worse, "No waiting-time standard is worse"),
        (likely.no_footprint_worse, "No footprint is worse off"),
    ):
        if chance is not None:
            yield f"{words} in {chance_words(chance)}."


def chance_words(found: Chance) -> str:
    """Returns a share with its interval: "3 of 30 replications (95% interval 3% to 26%)"."""
    if math.isnan(found.share):
        return MISSING
    every = plural(found.replications, "replication")
    return f"{found.count} of {every} (95% interval {found.low:.0%} to {found.high:.0%})"


def _pounds(value: Interval, of: str = "") -> str:
    """Returns pounds with their interval, and what they are of in between."""
    return f"{pounds(value.mean * 100)}{of}{spread(value.low, value.high)}"


def spread(low: float, high: float) -> str:
    """Returns an interval in pounds, in brackets; "" where one replication has none."""
    if math.isnan(low) or math.isnan(high):
        return ""
    if is_fixed(high, low, high):
        return f" ({FIXED})"
    return f" (95% interval {pounds(low * 100)} to {pounds(high * 100)})"
