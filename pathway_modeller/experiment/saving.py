"""What an option frees, with intervals, and whether it may be called a saving at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pathway_modeller.analysis.intervals import Interval, interval
from pathway_modeller.analysis.savings import Savings, savings
from pathway_modeller.analysis.wording import pounds
from pathway_modeller.experiment.monthly import months
from pathway_modeller.experiment.results import Results
from pathway_modeller.experiment.sections import Compared, Displaced
from pathway_modeller.scenario.options import BASELINE

OF_CASH = ("gross", "cash_releasing", "avoided_growth", "capacity_releasing")
"""What is worked out from the cash of every replication."""

_NAMED = 4
"""Names in a sentence, at most."""


@dataclass(frozen=True, eq=False)
class Freed:
    """What an option frees against the baseline.

    Attributes:
        split: by month, in pence: means over replications.
        yearly: pounds a year of each of ``OF_CASH``, with the 95% interval over replications.
    """

    split: Savings
    yearly: Mapping[str, Interval]


@dataclass(frozen=True)
class SavingClaim:
    """Whether an option may be said to save.

    Attributes:
        claimed: whether cash is shown to leave, and every contact taken is accounted for.
        sentence: the claim, or why there is none; for a headline.
        reasons: what stands against it: prices missing, contacts found nowhere.
    """

    claimed: bool
    sentence: str
    reasons: tuple[str, ...] = ()


def freed(one: Compared) -> Freed | None:
    """Returns what an option frees; None if the system's cash is not known."""
    if one.cost_missing:
        return None
    days = {month.name: month.days for month in months(one.results.provenance)}
    mean = savings(*one.both_ledgers(), days, one.years, less_used(one.results, one.option))
    cash = [_by_replication(one.results, variant) for variant in (BASELINE, one.option)]
    nothing = pd.DataFrame({"month": [], "view": [], "kind": [], "pence": []})
    each = [
        savings(cash[0].get(number, nothing), cash[1].get(number, nothing), days, one.years)
        for number in range(one.results.provenance.replications)
    ]
    yearly = {
        column: interval(np.array([found.yearly(column) / 100 for found in each])) for column in OF_CASH
    }
    return Freed(mean, yearly)


def less_used(results: Results, option: str) -> dict[str, float]:
    """Returns by how much the utilisation of pools falls under an option; those that rise are left out."""
    falls = {}
    changes = results.differences(option)
    chosen = changes[(changes["measure"] == "pool.utilisation") & (changes["footprint"] == "")]
    for pool, mean in chosen[["pool", "mean"]].itertuples(index=False, name=None):
        if mean < 0:
            falls[str(pool)] = -float(mean)
    return falls


def saving_claim(one: Compared, found: Freed | None, gone: Displaced) -> SavingClaim:
    """Returns whether an option may be said to save: only cash that leaves, and only if no contact is lost.

    Args:
        one: the option beside the baseline.
        found: what it frees; None if the system's cash is not known.
        gone: where the contacts go that it takes away.
    """
    if found is None:
        names = one.cost_missing
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        said = f"System cash is not known, so no saving can be claimed: {'; '.join(names[:_NAMED])}{more}."
        return SavingClaim(False, said, names)
    claim = _of_cash(found.yearly["cash_releasing"], found.yearly["gross"])
    if gone.closes:
        return claim
    if claim.claimed:
        return SavingClaim(
            False, f"No saving can be claimed: {' '.join(gone.missing[:_NAMED])}", gone.missing
        )
    return replace(claim, reasons=gone.missing)


def _of_cash(cash: Interval, gross: Interval) -> SavingClaim:
    """The claim that cash allows."""
    if cash.mean == 0 and gross.mean == 0 and not (gross.low < 0 or gross.high > 0):
        return SavingClaim(False, "No saving: the system pays as much as under the baseline.")
    if math.isnan(cash.low):
        return SavingClaim(False, "No saving can be shown: one replication has no interval.")
    if cash.low > 0 and gross.low > 0:
        return SavingClaim(True, f"Saves {_yearly(cash)} a year in cash ({_interval(cash)}).")
    if gross.high < 0:
        more = Interval(-gross.mean, -gross.high, -gross.low, gross.n)
        return SavingClaim(
            False, f"No saving: the system pays {_yearly(more)} a year more ({_interval(more)})."
        )
    if gross.low > 0:
        return SavingClaim(
            False, f"No cash leaves: growth of {_yearly(gross)} a year is avoided ({_interval(gross)})."
        )
    return SavingClaim(False, f"No saving can be shown: {_yearly(cash)} a year in cash ({_interval(cash)}).")


def _by_replication(results: Results, variant: str) -> dict[int, pd.DataFrame]:
    """The cash of each replication of a variant."""
    rows = results.cash[results.cash["variant"] == variant][["replication", "month", "view", "kind", "pence"]]
    plain = rows.astype({"month": object, "view": object, "kind": object})
    return {int(str(number)): mine for number, mine in plain.groupby("replication", sort=True)}


def _yearly(value: Interval) -> str:
    """Pounds of an interval's mean."""
    return pounds(value.mean * 100)


def _interval(value: Interval) -> str:
    """An interval in words."""
    if value.low == value.high:
        return "the same in every replication"
    return f"95% interval {pounds(value.low * 100)} to {pounds(value.high * 100)}"
