"""What an option frees: cash, capacity, or growth that does not come; only the first is a saving.

For each month, with the cost of the system under the baseline and the option:

- *gross* is baseline less option.
- *growth* is by how much the baseline's month costs more than the same calendar month of its first year, by
  the day: there is none in the first twelve months, and none in a period of a year or less. A first month of
  which fewer than 15 days are counted is too short to compare with: the mean day of the first year stands in.
- *avoided growth* is the lesser of gross and growth, each summed over a year of the run (the mean over
  replications), and none where either is below 0 or where growth is within chance: money never spent so far.
- *cash-releasing* is the rest of the gross: money that leaves. Where the option costs more it is negative.
- *capacity-releasing* is what the option has closed and still pays for (stranded).
- *freed but open* is capacity that is open and paid for, and used less than under the baseline.

The last two are no part of the gross: they are still paid.

*Worked by hand* (``tests/analysis/accounts/test_savings.py``).
The baseline costs £310 in each of twelve months of 31
days, £10 a day, and £400 in a thirteenth month of 30 days, £300 + £100 of growth. The option costs £290 in
each of the twelve and £250 in the thirteenth, of which £30 are stranded. Gross 12 x 20 + 150 = £390, of which
avoided growth £100 (thirteenth month); cash-releasing 12 x 20 + 50 = £290; capacity-releasing £30.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.statistics.means import interval

Floats = npt.NDArray[np.float64]

COLUMNS = ("gross", "cash_releasing", "avoided_growth", "capacity_releasing", "freed_but_open")

YEAR = 12
"""Months of a year of the run."""

ONE_YEAR = 366.0
"""Days of the longest period in which nothing can be said of growth."""

SHORT = 15.0
"""Days of a first month below which other years' months are not compared with it."""

NOTHING = 100.0
"""Pence a year below which a difference is none: a pound."""


@dataclass(frozen=True, eq=False)
class Savings:
    """What an option frees against the baseline.

    Attributes:
        lines: ``month`` and ``COLUMNS``, in pence.
        years: length of the period in years.
    """

    lines: pd.DataFrame
    years: float

    def total(self, column: str) -> float:
        """Returns a column over the whole period, in pence."""
        return float(self.lines[column].sum())

    def yearly(self, column: str) -> float:
        """Returns a column in pence a year."""
        return self.total(column) / self.years if self.years > 0 else float("nan")


@dataclass(frozen=True)
class Avoided:
    """What part of the gross is avoided growth, year by year of the run.

    Attributes:
        years: for each year ``"none"``, ``"growth"`` (all of the growth) or ``"gross"`` (all of the gross, of
            which there is less).
    """

    years: tuple[str, ...]

    def of(self, before: Floats, after: Floats, days: Mapping[str, float]) -> Floats:
        """Returns avoided growth by month, in pence; it may be below 0 in a month, for a year's sum counts.

        Args:
            before: pence of the baseline by month.
            after: the same of the option.
            days: days of every month.
        """
        found = np.zeros(len(before))
        parts = {"growth": _growth(before, days), "gross": before - after}
        for year, what in enumerate(self.years):
            if what in parts:
                span = slice(year * YEAR, (year + 1) * YEAR)
                found[span] = parts[what][span]
        return found


def avoided_growth(before: Floats, after: Floats, days: Mapping[str, float]) -> Avoided:
    """Decides in which years of the run growth is avoided, and how much of it.

    Args:
        before: pence of the baseline, shape (replications, months).
        after: the same of the option.
        days: days of every month of the period, in order.
    """
    gross = before - after
    growth = np.array([_growth(each, days) for each in before])
    years = []
    for begins in range(0, before.shape[1], YEAR):
        span = slice(begins, begins + YEAR)
        grown = interval(growth[:, span].sum(axis=1))
        freed = float(gross[:, span].sum(axis=1).mean())
        # With one replication there is no telling growth from chance.
        shown = grown.mean > 0 and not grown.low <= 0
        years.append("none" if not shown or freed <= 0 else "growth" if grown.mean < freed else "gross")
    return Avoided(tuple(years))


def _growth(before: Floats, days: Mapping[str, float]) -> Floats:
    """Returns by how much each month costs more than the same one of the first year, by the day."""
    length = np.array(list(days.values()), dtype=np.float64)
    found = np.zeros(len(length))
    if length.sum() <= ONE_YEAR:
        return found
    a_day = before[:YEAR] / np.where(length[:YEAR] > 0, length[:YEAR], 1.0)
    if length[0] < SHORT:
        a_day[0] = before[:YEAR].sum() / length[:YEAR].sum()
    for month in range(YEAR, len(length)):
        found[month] = before[month] - a_day[month % YEAR] * length[month]
    return found


def split(
    before: Floats, after: Floats, stranded: Floats, days: Mapping[str, float], rule: Avoided
) -> dict[str, Floats]:
    """Splits what an option frees in each replication, in pence, shapes (replications, months).

    Args:
        before: what the system pays under the baseline.
        after: the same under the option.
        stranded: the part of it that is for closed capacity.
        days: days of every month of the period, in order.
        rule: in which years of the run growth is avoided.
    """
    gross = before - after
    avoided = np.array([rule.of(*pair, days) for pair in zip(before, after, strict=True)])
    avoided = avoided.reshape(gross.shape)
    return {
        "gross": gross,
        "cash_releasing": gross - avoided,
        "avoided_growth": avoided,
        "capacity_releasing": stranded,
    }


def savings(
    baseline: pd.DataFrame,
    option: pd.DataFrame,
    days: Mapping[str, float],
    years: float,
    less_used: Mapping[str, float] | None = None,
    rule: Avoided | None = None,
) -> Savings:
    """Splits what an option frees into cash, avoided growth and capacity, month by month.

    Args:
        baseline: ledger lines of the baseline (one replication, or means over them).
        option: the same of the option; both need ``month``, ``view``, ``kind`` and ``pence``, and ``pool``
            where ``less_used`` is given.
        days: days of every month of the period, in order.
        years: length of the period in years.
        less_used: for each pool, by how much its utilisation falls under the option, as a share of the units
            open (0.1 is from 0.85 to 0.75); pools that rise, or are not known, do not count.
        rule: in which years of the run growth is avoided, decided over replications; from these lines alone
            if not given.
    """
    cost = _cost(option)
    before: Floats = np.asarray(_monthly(_cost(baseline), days), dtype=np.float64)
    after: Floats = np.asarray(_monthly(cost, days), dtype=np.float64)
    stranded: Floats = np.asarray(_monthly(cost[cost["kind"] == "stranded"], days), dtype=np.float64)
    rule = avoided_growth(before[None, :], after[None, :], days) if rule is None else rule
    found = split(before[None, :], after[None, :], stranded[None, :], days, rule)
    columns = {name: figures[0] for name, figures in found.items()}
    columns["freed_but_open"] = _freed_but_open(cost, days, less_used or {}).to_numpy()
    table = pd.DataFrame({"month": list(days), **columns}, columns=["month", *COLUMNS])
    return Savings(table, years)


def _cost(lines: pd.DataFrame) -> pd.DataFrame:
    """Returns the lines of what the system pays."""
    return lines[lines["view"] == "cost"]


def _monthly(lines: pd.DataFrame, days: Mapping[str, float]) -> pd.Series[float]:
    """Returns pence by month, 0 for months without a line."""
    return (
        lines.groupby("month", observed=True)["pence"].sum().reindex(list(days), fill_value=0).astype(float)
    )


def _freed_but_open(
    cost: pd.DataFrame, days: Mapping[str, float], less_used: Mapping[str, float]
) -> pd.Series[float]:
    """Returns the cost of capacity that is open under the option and used less than under the baseline."""
    total = pd.Series(0.0, index=list(days))
    for pool, fall in sorted(less_used.items()):
        if fall > 0:
            mine = cost[(cost["kind"] == "step") & (cost["pool"] == pool)]
            total = total + _monthly(mine, days) * fall
    return total


def headline(found: Savings) -> str:
    """Returns what the option does to money in one sentence; only cash that leaves is called a saving."""
    cash, gross, avoided = (found.yearly(each) for each in ("cash_releasing", "gross", "avoided_growth"))
    freed = _freed(found)
    if gross < -NOTHING:
        more = f"Costs {pounds(-gross)} a year more than the baseline"
        return f"{more}, and frees capacity worth {pounds(freed)} a year." if freed > NOTHING else f"{more}."
    if cash > NOTHING:
        return f"Saves {pounds(cash)} a year in cash."
    if avoided > NOTHING:
        return f"Avoids growth of {pounds(avoided)} a year; no cash leaves."
    if freed > NOTHING:
        return f"Frees capacity worth {pounds(freed)} a year; no cash leaves."
    return "Costs as much as the baseline."


def _freed(found: Savings) -> float:
    """Returns pence a year of capacity that is freed and still paid for."""
    return found.yearly("capacity_releasing") + found.yearly("freed_but_open")
