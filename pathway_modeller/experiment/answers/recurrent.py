"""What an option changes of the system's money a year, what it pays once, and who settles it with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pathway_modeller.analysis.accounts.coverage import Coverage, coverage
from pathway_modeller.analysis.accounts.payer_provider import Settled, settled
from pathway_modeller.analysis.accounts.run_rate import (
    ONE_OFF,
    Floats,
    LastYear,
    MoneyChange,
    Monthly,
    last_year,
    money_changes,
)
from pathway_modeller.analysis.accounts.savings import avoided_growth, split
from pathway_modeller.analysis.measures.money import OTHER
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import (
    VIEWS,
    first_counted,
    grouped,
    month_places,
    months,
    prices_missing,
)
from pathway_modeller.experiment.answers.saving import OF_CASH
from pathway_modeller.experiment.answers.sections import Compared
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.options import BASELINE

BY = ("payer", "provider", "view", "kind")
"""The columns of cash that say who settles what with whom, and whether it is paid once."""


@dataclass(frozen=True, eq=False)
class Recurrent:
    """What an option changes of the system's cash, recurrent and one-off apart.

    Attributes:
        year: of what recurrent pounds are said.
        kinds: pounds by kind of cost, option less baseline.
        total: all kinds together.
        level: recurrent pounds in the last full year, under baseline and option.
        outside: those of them under the baseline that are spent on people outside the pathway, in the mean.
        freed: recurrent pounds of each of ``OF_CASH`` in the last full year, above 0 where less is paid.
        whole: pounds of each of ``OF_CASH`` over the whole period, what is paid once among them.
        over: the period in words, as "the 3 years".
    """

    year: LastYear
    kinds: Mapping[str, MoneyChange]
    total: MoneyChange
    level: tuple[Interval, Interval]
    outside: float
    freed: Mapping[str, Interval]
    whole: Mapping[str, Interval]
    over: str

    @property
    def once(self) -> Interval:
        """Pounds that an option pays once, over the whole period, beyond the baseline."""
        found = self.total.once
        return Interval(found.mean, found.low, found.high, found.n)


def counted_year(provenance: Provenance) -> LastYear:
    """Returns the last full year of the data collection period, or all of a shorter one."""
    return last_year(first_counted(provenance), [month.days for month in months(provenance)])


def monthly_by(results: Results, variant: str) -> dict[tuple[str, ...], Monthly]:
    """Returns a variant's pounds month by month, by the columns ``BY``."""
    rows = results.rows("cash", variant)
    shape = results.provenance.replications, len(months(results.provenance))
    groups, group = grouped(rows, BY)
    at = month_places(rows, results.provenance)
    cell = (group * shape[0] + rows["replication"].to_numpy(dtype=np.int64)) * shape[1] + at
    # Sums of whole pence are exact in a double below 90 thousand billion pounds.
    sums = np.bincount(cell, weights=rows["pence"], minlength=len(groups) * shape[0] * shape[1]) / 100
    found: dict[tuple[str, ...], Monthly] = {}
    for labels, pounds in zip(groups, sums.reshape(len(groups), *shape), strict=True):
        found[labels] = Monthly(pounds, pounds if labels[-1] in ONE_OFF else np.zeros(shape))
    return found


Sides = tuple[Mapping[tuple[str, ...], Monthly], Mapping[tuple[str, ...], Monthly]]
"""Pounds of baseline and option by the columns ``BY``."""


def recurrent(one: Compared, sides: Sides) -> Recurrent | None:
    """Returns what an option changes of the system's cash; None if that is not known."""
    if one.cost_missing:
        return None
    year = counted_year(one.results.provenance)
    nothing = _nothing(one.results)
    by_kind = [_summed(side, "kind", {"view": "cost"}) for side in sides]
    names = sorted({*by_kind[0], *by_kind[1]})
    both = [[side.get(name, nothing) for name in names] for side in by_kind]
    totals = [_sum(each, nothing) for each in both]
    days = {month.name: month.days for month in months(one.results.provenance)}
    recurring = [each.pounds - each.once for each in totals]
    stranded = by_kind[1].get("stranded", nothing).pounds

    def parts(before: Floats, after: Floats) -> dict[str, Floats]:
        """What is freed of these pounds."""
        return split(before, after, stranded, days, avoided_growth(before, after, days))

    yearly = parts(recurring[0], recurring[1])
    whole = parts(totals[0].pounds, totals[1].pounds)
    changes = money_changes([*zip(*both, strict=True), (totals[0], totals[1])], year)
    return Recurrent(
        year=year,
        kinds=dict(zip(names, changes[:-1], strict=True)),
        total=changes[-1],
        level=(interval(year.of(recurring[0])), interval(year.of(recurring[1]))),
        outside=sum(float(year.of(by_kind[0][kind].pounds).mean()) for kind in OTHER if kind in by_kind[0]),
        freed={name: interval(year.of(yearly[name])) for name in OF_CASH},
        whole={name: interval(whole[name].sum(axis=1)) for name in OF_CASH},
        over=one.over,
    )


def settled_with(one: Compared, sides: Sides) -> Settled:
    """Returns the table of payers and providers; without lines where a price of either view is missing."""
    missing = {name for view in VIEWS for name in prices_missing(one.results, (BASELINE, one.option), view)}
    if missing:
        return Settled((), (), (), None, tuple(sorted(missing)))
    before, after = (_settling(side) for side in sides)
    payers, providers = (
        {key: str(each.name) for way in one.pathways for key, each in getattr(way, what).items()}
        for what in ("payers", "providers")
    )
    found = settled(before, after, (payers, providers), counted_year(one.results.provenance))
    return replace(found, over=one.over)


def covered(results: Results, variant: str, pathway: Pathway) -> Coverage | None:
    """Returns what the system's cost of a variant covers; None if a price of either view is missing."""
    if any(prices_missing(results, (variant,), view) for view in VIEWS):
        return None
    found = {view: np.zeros(results.provenance.replications) for view in VIEWS}
    for (_, _, view, kind), each in monthly_by(results, variant).items():
        if kind not in OTHER:
            found["bill" if view == "bill" else "cost"] += each.pounds.sum(axis=1)
    return coverage(pathway, found["bill"], found["cost"])


def _settling(side: Mapping[tuple[str, ...], Monthly]) -> dict[tuple[str, str, str], Monthly]:
    """Pounds by payer, provider and view; what is spent on people outside the pathway is no contact's."""
    found: dict[tuple[str, str, str], Monthly] = {}
    for (payer, provider, view, kind), each in side.items():
        if kind not in OTHER:
            key = payer, provider, view
            found[key] = found[key].plus(each) if key in found else each
    return found


def _summed(
    side: Mapping[tuple[str, ...], Monthly], column: str, where: Mapping[str, str]
) -> dict[str, Monthly]:
    """Pounds by one column, of the lines with some labels."""
    found: dict[str, Monthly] = {}
    for key, each in side.items():
        labels = dict(zip(BY, key, strict=True))
        if all(labels[name] == label for name, label in where.items()):
            name = labels[column]
            found[name] = found[name].plus(each) if name in found else each
    return found


def _sum(parts: list[Monthly], nothing: Monthly) -> Monthly:
    """The sum of some, which may be none."""
    found = nothing
    for each in parts:
        found = found.plus(each)
    return found


def _nothing(results: Results) -> Monthly:
    """No pound in any month."""
    zeros = np.zeros((results.provenance.replications, len(months(results.provenance))))
    return Monthly(zeros, zeros)
