"""What a payer is billed in a financial year beside its budget for it.

A budget is of a whole financial year, from April to March. Where only some of its days are counted, the bill
of those days stands beside their part of the budget. Both are in pounds of the price base. No word is said on
whether a budget will do: in how many runs the bill lies above it is luck from year to year, and no
probability that the option can be paid for.

*Worked by hand* (``tests/analysis/accounts/test_affordability.py``). A budget of £365,000 for 2025/26, of
which 200 days are counted: £200,000. The bill of these days is £190,000, £200,000 and £213,000 in three runs:
£201,000 in the mean, £1,000 above the budget, and above it in one run of three.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.wording import pounds, rounded_pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.scenario.words.sentences import plural, quoted

Floats = npt.NDArray[np.float64]

_APRIL = 4


@dataclass(frozen=True)
class BudgetYear:
    """One payer's bill and budget in one financial year under one variant, in pounds of the price base.

    Attributes:
        variant: its id.
        payer: the payer's id.
        name: what people call the payer.
        year: the financial year, as 2025/26.
        counted: how many of its days are counted.
        days: how many days it has.
        budget: the budget's part for the counted days.
        bill: what is billed in them, over replications.
        above: the bill less the budget, over replications.
        runs_above: in how many replications the bill lies above the budget.
        runs: how many replications there are.
    """

    variant: str
    payer: str
    name: str
    year: str
    counted: float
    days: int
    budget: float
    bill: Interval
    above: Interval
    runs_above: int
    runs: int

    @property
    def counted_words(self) -> str:
        """How many of the year's days are counted; "" where all are."""
        return "" if self.counted >= self.days else f"{self.counted:,.0f} of {self.days} days"

    @property
    def when(self) -> str:
        """The year, with how many of its days are counted where not all are."""
        return f"{self.year} ({self.counted_words})" if self.counted_words else self.year

    @property
    def sentence(self) -> str:
        """Bill and budget in words, without a verdict."""
        part = " for these days" if self.counted_words else ""
        return (
            f"In {self.when} {quoted(self.name)} is billed {rounded_pounds(self.bill)}; its budget{part} is "
            f"{pounds(self.budget * 100)}, and the bill lies above it in {self.runs_above} of "
            f"{plural(self.runs, 'run')}, which is luck from year to year."
        )


def financial_year(month: str) -> str:
    """Returns the financial year of a calendar month: 2025-04 is in 2025/26."""
    first = int(month[:4]) - (int(month[5:]) < _APRIL)
    return f"{first}/{(first + 1) % 100:02d}"


def days_of(year: str) -> int:
    """Returns how many days a financial year has."""
    first = int(year[:4])
    return (dt.date(first + 1, _APRIL, 1) - dt.date(first, _APRIL, 1)).days


def budget_year(
    variant: str,
    payer: tuple[str, str],
    year: str,
    months: Sequence[tuple[str, float]],
    budget: float,
    billed: Floats,
) -> BudgetYear | None:
    """Returns one payer's bill and budget in one financial year; None if none of its days are counted.

    Args:
        variant: its id.
        payer: id and name.
        year: the financial year.
        months: the calendar months that count, each with how many of its days do.
        budget: pounds for the whole year.
        billed: pounds, shape (replications, months).
    """
    mine = [place for place, (month, _) in enumerate(months) if financial_year(month) == year]
    counted, days = round(sum(months[place][1] for place in mine), 6), days_of(year)
    if not counted > 0:
        return None
    part, bill = budget * counted / days, billed[:, mine].sum(axis=1)
    return BudgetYear(
        variant=variant,
        payer=payer[0],
        name=payer[1],
        year=year,
        counted=counted,
        days=days,
        budget=part,
        bill=interval(bill),
        above=interval(bill - part),
        runs_above=int((np.rint(bill * 100) > np.rint(part * 100)).sum()),
        runs=len(bill),
    )
