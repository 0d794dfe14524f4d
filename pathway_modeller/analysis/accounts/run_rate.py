"""Money a year, and money paid once: the recurrent and the one-off part of what an option changes.

"A year" is what recurs in the last full year of the period: from then on an option that has been set up,
and whose old capacity has left, goes on so. What is paid once (set-up, double running, exit) is no part of
it and is summed over the whole period. A period shorter than a year is not brought to one: what recurs is
then said of that period, by its own name. It is the division into recurrent and non-recurrent money by which
the accounts of the NHS and of councils are kept.

*Worked by hand* (``tests/analysis/accounts/test_run_rate.py``). Two years of £100 a month. Under the option
£80 a month from the seventh month on, £500 of set-up in the first month, and £30 of double running in each
of the months 4 to 6. In the last full year £240 less are paid: that is what it saves a year. Once, £590 are
paid. Over the two years 18 x 20 - 590 = £230 more are paid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Interval, PairedInterval, differences
from pathway_modeller.analysis.statistics.means import means, variance_reduction
from pathway_modeller.scenario.words.spans import span_words
from pathway_modeller.scenario.years import last_year_begins, years_in

Floats = npt.NDArray[np.float64]

ONE_OFF = ("set-up", "double running", "exit")
"""Kinds of lines that are paid once."""


@dataclass(frozen=True, eq=False)
class LastYear:
    """Of what recurrent money is said: the last full year of a period, or all of a shorter one.

    Attributes:
        first, last: its first and last day.
        is_year: whether it is a year; else it is the whole of a shorter period.
        shares: of each month of the period the share of its days that lies in it, shape (months,).
        words: how a sentence ends that says it: "a year", or "over the 180 days".
    """

    first: dt.date
    last: dt.date
    is_year: bool
    shares: Floats
    words: str

    def of(self, monthly: Floats) -> Floats:
        """Returns what falls into it of each replication.

        Args:
            monthly: shape (replications, months).
        """
        found: Floats = monthly @ self.shares
        return found


def last_year(first: dt.date, days: Sequence[float]) -> LastYear:
    """Returns the last full year of a period; a month that it cuts counts by its days.

    Args:
        first: the first day of the period.
        days: how many days of each calendar month are in it, in order.
    """
    edges = np.concatenate(([0.0], np.cumsum(np.asarray(days, dtype=np.float64))))
    whole = float(edges[-1])
    begins, is_year = last_year_begins(first, whole), years_in(first, whole) >= 1
    inside = np.clip(edges[1:] - np.maximum(edges[:-1], begins), 0.0, None)
    lengths = np.diff(edges)
    shares = inside / np.where(lengths > 0, lengths, 1.0)
    last = first + dt.timedelta(days=max(int(np.ceil(whole)) - 1, 0))
    words = "a year" if is_year else f"over {span_words(first, whole)}"
    return LastYear(first + dt.timedelta(days=int(begins)), last, is_year, shares, words)


@dataclass(frozen=True)
class MoneyChange:
    """What an option changes of one sum of money, in pounds; intervals over replications.

    Attributes:
        before, after: over the whole period, under baseline and option.
        change: option less baseline over the whole period.
        recurrent: the part of it that is not paid once, in the last full year (:class:`LastYear`).
        once: the part of it that is paid once, over the whole period.
    """

    before: Interval
    after: Interval
    change: PairedInterval
    recurrent: PairedInterval
    once: PairedInterval


@dataclass(frozen=True, eq=False)
class Monthly:
    """One sum of money of one variant, in pounds.

    Attributes:
        pounds: all of it, shape (replications, months).
        once: the part that is paid once, the same shape.
    """

    pounds: Floats
    once: Floats

    def plus(self, other: Monthly, sign: float = 1.0) -> Monthly:
        """Returns the sum with another, or the difference."""
        return Monthly(self.pounds + sign * other.pounds, self.once + sign * other.once)


def money_changes(pairs: Sequence[tuple[Monthly, Monthly]], year: LastYear) -> list[MoneyChange]:
    """Returns what an option changes of several sums of money, worked out at once.

    Args:
        pairs: each under the baseline and under the option, of the same replications.
        year: of what recurrent money is said.
    """
    if not pairs:
        return []
    whole, recurrent, once = (
        [np.stack([part(pair[side]) for pair in pairs]) for side in (0, 1)]
        for part in (
            lambda each: each.pounds.sum(axis=1),
            lambda each: year.of(each.pounds - each.once),
            lambda each: each.once.sum(axis=1),
        )
    )
    sides = [_intervals(each) for each in whole]
    changes = [_differences(after, before) for before, after in (whole, recurrent, once)]
    return [MoneyChange(*each) for each in zip(*sides, *changes, strict=True)]


def _intervals(values: Floats) -> list[Interval]:
    """The interval of each row."""
    found = means(values)
    columns = (found.mean.tolist(), found.low.tolist(), found.high.tolist(), found.n.tolist())
    return [Interval(*each) for each in zip(*columns, strict=True)]


def _differences(option: Floats, baseline: Floats) -> list[PairedInterval]:
    """The interval of the paired difference of each row."""
    found, reduced = means(differences(option, baseline)), variance_reduction(option, baseline)
    columns = (found.mean.tolist(), found.low.tolist(), found.high.tolist(), found.n.tolist())
    return [PairedInterval(*each) for each in zip(*columns, reduced.tolist(), strict=True)]
