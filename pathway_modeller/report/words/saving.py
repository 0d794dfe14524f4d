"""What is said of an option's cash: that it saves, or why that may not be said."""

from __future__ import annotations

import math
from typing import assert_never

from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.experiment.answers.cash_claim import LEAST
from pathway_modeller.report.words.rates import apart_words

_NAMED = 4
"""Reasons in a sentence, at most."""


def saving_sentence(option: OptionAnswers) -> str:
    """Returns the claim that an option saves, or why there is none, with its interval."""
    claim, found = option.claim, option.recurrent
    if found is None:
        names = claim.reservations
        rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        what = claim.name[:1].upper() + claim.name[1:]
        return f"{what} is not known, so no saving can be claimed: {'; '.join(names[:_NAMED])}{rest}."
    cash, gross, avoided = (found.whole[each] for each in ("cash_releasing", "gross", "avoided_growth"))
    apart = apart_words(found, lambda each: pounds(each * 100))
    apart = f": {apart}" if apart else ""
    less = f"{_pounds(gross)} less over {found.over} ({_interval(gross)}){apart}"
    more = Interval(0 - gross.mean, 0 - gross.high, 0 - gross.low, gross.n)
    dearer = f"{_pounds(more)} more over {found.over} ({_interval(more)}){apart}"
    match claim.verdict:
        case "better":
            ifs = f", if {' and '.join(claim.conditions[:_NAMED])}" if claim.conditions else ""
            return f"Saves {_pounds(cash)} over {found.over} in cash ({_interval(cash)}){apart}{ifs}."
        case "refused":
            because = ", because fewer are seen" if option.served.fewer and option.served.against else ""
            return f"No saving can be claimed: {_reasons(claim.reservations)}; costs {less}{because}."
        case "worse":
            return f"No saving: the system pays {dearer}."
        case "small":
            return f"No saving that matters: the system pays {less if gross.mean > 0 else dearer}."
        case "avoids":
            none = (
                "No cash leaves"
                if max(abs(cash.low), abs(cash.high)) < LEAST
                else _not_shown(cash, found.over)
            )
            return (
                f"{none}: growth of {_pounds(avoided)} over {found.over} is avoided ({_interval(avoided)})."
            )
        case "same":
            if gross.mean == 0:
                return "No saving: the system pays as much as under the baseline."
            return "No saving: the difference is less than £1 a year."
        case "unclear":
            return f"{_not_shown(cash, found.over)}."
        case "unknown":
            return "No saving can be shown: one replication has no interval."
        case _:
            assert_never(claim.verdict)


def no_saving(option: OptionAnswers) -> str:
    """Returns why an option may not be said to save, in a few words; "" if it may."""
    claim = option.claim
    if claim.claimed:
        return ""
    if claim.verdict == "refused":
        return claim.reservations[0].rstrip(".")
    return saving_sentence(option).rstrip(".")


def _reasons(reservations: tuple[str, ...]) -> str:
    """Reservations as part of a sentence."""
    return "; ".join(each.rstrip(".") for each in reservations[:_NAMED])


def _not_shown(cash: Interval, over: str) -> str:
    """Says that cash may leave or not."""
    return f"No saving can be shown in cash of {_pounds(cash)} over {over} ({_interval(cash)})"


def _pounds(value: Interval) -> str:
    """Pounds of an interval's mean."""
    return pounds(value.mean * 100)


def _interval(value: Interval) -> str:
    """An interval in words."""
    if math.isnan(value.low):
        return "one replication has no interval"
    if value.low == value.high:
        return "the same in every replication"
    return f"95% interval {pounds(value.low * 100)} to {pounds(value.high * 100)}"
