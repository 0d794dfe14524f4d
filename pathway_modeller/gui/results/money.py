"""What the results page says of money, in words: the claim, the break-even month, the probabilities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pathway_modeller.report.drawing.scale import FIXED, is_fixed
from pathway_modeller.scenario.words.sentences import listed, plural

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import Answers, OptionAnswers
    from pathway_modeller.experiment.answers.break_even import BreakEven
    from pathway_modeller.experiment.answers.chance import Chance

MOST_WHOLE = 2
"""Options of which everything is said; of more, only when they break even."""
_LONGEST = 200
"""Letters of a line that names every option; longer ones count them."""
_MOST_TIMES = 3
"""Break-even months that are named one by one."""
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def money_lines(answers: Answers, only: str = "") -> tuple[str, ...]:
    """Returns what is said of each option, a line each.

    Args:
        answers: of the experiment.
        only: the option shown alone; "" for all.
    """
    shown = [each for each in answers.options if only in ("", each.option)]
    if len(shown) > MOST_WHOLE:
        return (_grouped(shown),)
    return tuple(
        f"{f'“{each.name}”: ' if len(answers.options) > 1 else ''}{each.claim.sentence} "
        f"{break_even_words(each)}. {chances_words(each)}".strip()
        for each in shown
    )


def _grouped(shown: list[OptionAnswers]) -> str:
    """Returns when many options break even, those alike together; by name where there is room for it."""
    groups: dict[str, list[str]] = {}
    for each in shown:
        groups.setdefault(break_even_words(each), []).append(f"“{each.name}”")
    named = "; ".join(f"{listed(names)} – {_lower(words)}" for words, names in groups.items())
    if len(named) <= _LONGEST:
        return f"{named}."
    number = len(shown)
    if len(groups) == 1:
        return f"Every option: {_lower(next(iter(groups)))}."
    counted = (f"{len(names)} of {number} options – {_lower(words)}" for words, names in groups.items())
    return f"{'; '.join(counted)}."


def _lower(text: str) -> str:
    """Returns text that goes on in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def break_even_words(option: OptionAnswers) -> str:
    """Returns when an option's system cost breaks even, in how many replications."""
    found = option.views["cost"].break_even
    if found is None:
        number = len(option.views["cost"].missing)
        return f"Break-even is not known: {number} {'price is' if number == 1 else 'prices are'} missing"
    if not found.changes:
        return "No pound changes"
    if not found.within.count:
        return f"No break-even within the horizon in any of {_replications(found)}"
    if option.claim.claimed:
        return f"Breaks even: {_times(found)}{_losing(found)}"
    return f"Costs no more than doing nothing, which is no saving: {_times(found)}{_losing(found)}"


def _losing(found: BreakEven) -> str:
    """Says so where an option that has broken even costs more again in the end."""
    if not found.within.count or not found.loses_at_last:
        return ""
    months = "month" if found.tail_months == 1 else f"{found.tail_months} months"
    return f"; in the last {months} it costs £{-found.tail.mean:,.0f} more than doing nothing"


def _times(found: BreakEven) -> str:
    """Returns the break-even months with their counts."""
    every = _replications(found)
    if len(found.counts) <= _MOST_TIMES:
        each = [f"{when_words(one.when)} in {one.replications} of {every}" for one in found.counts]
        return listed(each)
    within = [one.when for one in found.counts if one.month is not None]
    span = f"between {when_words(within[0])} and {when_words(within[-1])}"
    said = f"median {when_words(found.median)}, {span} in {found.within.count} of {every}"
    never = found.within.replications - found.within.count
    return f"{said}, not within the horizon in {never} of {every}" if never else said


def _replications(found: BreakEven) -> str:
    """Returns of how many replications something is said."""
    return plural(found.within.replications, "replication")


def when_words(when: str) -> str:
    """Returns a month such as 2025-04 as people read it; other words stay as they are."""
    year, _, month = when.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if year.isdigit() and month.isdigit() else when


def chances_words(option: OptionAnswers) -> str:
    """Returns how likely it is that an option saves, and that nobody is worse off."""
    likely, less = option.probabilities, option.views["cost"].saves
    if likely.saves_cash is None:
        return ""
    if _refused(option) and less is not None:
        return f"Costs less than doing nothing in {chance_words(less)}; no saving can be claimed."
    said = f"Saves cash in {chance_words(likely.saves_cash)}"
    if likely.saves_and_none_worse is None:
        return f"{said}."
    judged = (("no standard", likely.standards), ("no footprint", likely.footprints))
    told = " and ".join(what for what, any_of in judged if any_of)
    return f"{said}; with {told} worse in {chance_words(likely.saves_and_none_worse)}."


def _refused(option: OptionAnswers) -> bool:
    """Whether cash leaves and yet no saving can be claimed."""
    likely = option.probabilities.saves_cash
    return bool(option.claim.reasons) and not option.claim.claimed and likely is not None and likely.count > 0


def chance_words(chance: Chance) -> str:
    """Returns a share with its interval: "3 of 30 replications (95% interval 3% to 26%)"."""
    every = plural(chance.replications, "replication")
    return f"{chance.count} of {every} (95% interval {100 * chance.low:.0f}% to {100 * chance.high:.0f}%)"


def money_page(answers: Answers) -> str:
    """Returns all that is said of money, as Markdown."""
    parts = ["# Money in words"]
    for each in answers.options:
        parts += [f"## {each.name}", each.claim.sentence]
        parts += [f"- {reason}" for reason in each.claim.reasons]
        parts.append(f"{break_even_words(each)}.")
        parts += _gap(each)
        parts += _sums(each)
        parts += _chances(each)
        parts += [f"- {said}" for said in each.displaced.sentences if said not in each.claim.reasons]
    parts.append(
        "A replication breaks even in the first month from which the system has paid no more than under the "
        "baseline, in real pounds that are not discounted, and stays so to the end of the data collection "
        "period. Counts are of replications, each compared with the baseline's replication of the same luck."
    )
    return "\n\n".join(parts)


def _gap(option: OptionAnswers) -> list[str]:
    """Returns how far into deficit an option goes before it pays."""
    gap = option.views["cost"].funding_gap
    if gap is None:
        return [f"Prices missing: {listed(list(option.views['cost'].missing))}."]
    if gap.when is None:
        return ["No month ends in deficit."]
    year = option.views["cost"].totals
    prices = f" in {year.price_year} prices" if year is not None and year.price_year else ""
    return [
        (
            f"Peak funding gap: £{gap.pounds.mean:,.0f}{prices}"
            f"{spread(gap.pounds.low, gap.pounds.high)}, in {when_words(gap.when)}; "
            f"there is one in {chance_words(gap.gaps)}."
        )
    ]


def _sums(option: OptionAnswers) -> list[str]:
    """Returns what is spent over the horizon against doing nothing: real, nominal and discounted."""
    found = option.views["cost"].totals
    if found is None:
        return []
    less = found.saved.real.mean >= 0
    real, nominal, discounted = (
        f"£{each.mean if less else -each.mean:,.0f}"
        for each in (found.saved.real, found.saved.nominal, found.saved.discounted)
    )
    ends = (found.saved.real.low, found.saved.real.high)
    sure = spread(*(ends if less else (-ends[1], -ends[0])))
    chance = "; that may be chance" if ends[0] < 0 < ends[1] else ""
    return [
        (
            f"Over the horizon {option.spending} is {'less' if less else 'more'} than by doing nothing by "
            f"{real} real{sure}, {nominal} nominal (with inflation), {discounted} discounted{chance}."
        )
    ]


def spread(low: float, high: float) -> str:
    """Returns an interval in pounds, in brackets; "" where one replication has none."""
    if math.isnan(low) or math.isnan(high):
        return ""
    if is_fixed(high, low, high):
        return f" ({FIXED})"
    ends = (f"{'−' if end < 0 else ''}£{abs(end):,.0f}" for end in (low, high))
    return f" (95% interval {' to '.join(ends)})"


def _chances(option: OptionAnswers) -> list[str]:
    """Returns the probabilities, a line each."""
    likely, refused = option.probabilities, _refused(option)
    lines = []
    for chance, words in (
        (None if option.claim.claimed else option.views["cost"].saves, "Costs less than doing nothing"),
        (None if refused else likely.saves_cash, "Saves cash"),
        (likely.no_standard_worse, "No waiting-time standard is worse"),
        (likely.no_footprint_worse, "No footprint is worse off"),
        (None if refused else likely.saves_and_none_worse, _together(option)),
    ):
        if chance is not None:
            lines.append(f"- {words} in {chance_words(chance)}")
    return ["\n".join(lines)]


def _together(option: OptionAnswers) -> str:
    """How saving and whatever is judged beside it are named together."""
    likely = option.probabilities
    return "All three together" if likely.standards and likely.footprints else "Both together"
