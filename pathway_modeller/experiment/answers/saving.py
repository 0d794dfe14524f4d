"""What an option frees, with intervals: cash, capacity and avoided growth, kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway_modeller.analysis.accounts.savings import Savings, avoided_growth, savings, split
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import months, spent
from pathway_modeller.experiment.answers.sections import Compared
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.options import BASELINE

OF_CASH = ("gross", "cash_releasing", "avoided_growth", "capacity_releasing")
"""What is worked out from the cash of every replication."""


@dataclass(frozen=True, eq=False)
class Freed:
    """What an option frees against the baseline.

    Attributes:
        split: by month, in pence: means over replications.
        yearly: pounds a year of each of ``OF_CASH``, with the 95% interval over replications.
        cash: pounds a year of cash that leaves, one a replication.
        gross: pounds a year by which less is paid, one a replication.
    """

    split: Savings
    yearly: Mapping[str, Interval]
    cash: tuple[float, ...]
    gross: tuple[float, ...]


def freed(one: Compared) -> Freed | None:
    """Returns what an option frees; None if the system's cash is not known."""
    if one.cost_missing:
        return None
    days = {month.name: month.days for month in months(one.results.provenance)}
    before, after = (spent(one.results, each, "cost").astype(float) for each in (BASELINE, one.option))
    rule = avoided_growth(before, after, days)
    mean = savings(*one.both_ledgers(), days, one.years, less_used(one.results, one.option), rule)
    stranded = spent(one.results, one.option, "cost", "stranded").astype(float)
    each = split(before, after, stranded, days, rule)
    yearly = {name: each[name].sum(axis=1) / one.years / 100 for name in OF_CASH}
    return Freed(
        split=mean,
        yearly={name: interval(figures) for name, figures in yearly.items()},
        cash=tuple(yearly["cash_releasing"].tolist()),
        gross=tuple(yearly["gross"].tolist()),
    )


def less_used(results: Results, option: str) -> dict[str, float]:
    """Returns by how much the utilisation of pools falls under an option; those that rise are left out."""
    falls = {}
    changes = results.differences(option)
    chosen = changes[(changes["measure"] == "pool.utilisation") & (changes["footprint"] == "")]
    for pool, mean in chosen[["pool", "mean"]].itertuples(index=False, name=None):
        if mean < 0:
            falls[str(pool)] = -float(mean)
    return falls
