"""Putting replications together, always in the same order, whichever finished first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS, LINE
from pathway_modeller.experiment.results.moments import TableMoments
from pathway_modeller.experiment.results.per_replication import KeptAccount, KeptCash, KeptMeasures
from pathway_modeller.experiment.results.results import CASH, LABELS, PEOPLE, Provenance, Results
from pathway_modeller.experiment.results.summed import SummedTable, no_rows, stacked
from pathway_modeller.experiment.runs.replicate import Reduced

_INTERVAL = ("mean", "low", "high")


class Collector:
    """Takes in replications as they finish and adds them up in order.

    A replication counts once all variants have finished it and all earlier replications count. So results
    do not depend on who finished first, differences are paired, and a run that is stopped gives what a
    shorter run would have given (not the replications that happened to be quick).
    """

    def __init__(self, variants: Sequence[str]) -> None:
        """Starts with no replication of any of the variants."""
        self._variants = tuple(variants)
        self._early: dict[tuple[int, str], Reduced] = {}
        self._counted = 0
        self._gathered = {variant: _Gathered() for variant in variants}

    @property
    def counted(self) -> int:
        """How many replications count so far, for each variant."""
        return self._counted

    @property
    def waiting(self) -> int:
        """How many finished units of work wait for others before they count."""
        return len(self._early)

    def add(self, variant: str, replication: int, reduced: Reduced) -> None:
        """Takes in one finished replication of a variant."""
        self._early[replication, variant] = reduced
        while all((self._counted, each) in self._early for each in self._variants):
            for each in self._variants:
                self._gathered[each].add(self._early.pop((self._counted, each)))
            self._counted += 1

    def results(self, provenance: Provenance) -> Results:
        """Returns what counts so far."""
        of, n = self._gathered, self._counted
        return Results(
            provenance=provenance,
            values=_named({name: each.measures.table() for name, each in of.items()}, *_VALUES),
            series=_below({name: each.series.table() for name, each in of.items()}),
            distributions=_below({name: each.distributions.table() for name, each in of.items()}),
            cash=_named({name: each.cash.table() for name, each in of.items()}, *_CASH),
            ledger=_named({name: each.ledger.means(n) for name, each in of.items()}, *_LEDGER),
            population=_named({name: each.population.table() for name, each in of.items()}, *_POPULATION),
            account_totals=_named({name: each.totals.table() for name, each in of.items()}, *_TOTALS),
            account=_named({name: each.account.means(n) for name, each in of.items()}, *_ACCOUNT),
            missing={name: each.missing for name, each in of.items() if each.missing},
        )


_VALUES = ("replication", *LABELS, "value")
_CASH = ("replication", *CASH, "pence")
_LEDGER = (*LINE, "pence")
_POPULATION = (*PEOPLE, *_INTERVAL)
_ACCOUNT = (*ACCOUNT, *COUNTS)
_TOTALS = ("replication", *ACCOUNT[1:], *COUNTS)


class _Gathered:
    """What is kept of the replications of one variant."""

    def __init__(self) -> None:
        self.measures = KeptMeasures()
        self.cash = KeptCash()
        self.totals = KeptAccount()
        self.series = TableMoments(absent="missing")
        self.distributions = TableMoments(absent="zero")
        self.population = TableMoments(absent="missing")
        self.ledger = SummedTable(LINE, ("pence",))
        self.account = SummedTable(ACCOUNT, COUNTS)
        self.missing: Mapping[str, tuple[str, ...]] = {}

    def add(self, reduced: Reduced) -> None:
        """Adds the next replication."""
        self.measures.add_measures(reduced.measures)
        self.series.add(reduced.series)
        self.distributions.add(reduced.distributions)
        if reduced.ledger is not None:
            self.ledger.add(reduced.ledger.lines)
            self.cash.add_lines(reduced.ledger.lines)
            self._add_missing(reduced.ledger.missing)
        if reduced.population is not None:
            self.population.add(reduced.population)
        if reduced.account is not None:
            self.account.add(reduced.account)
            self.totals.add_account(reduced.account)

    def _add_missing(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        """Adds the prices that the next replication misses."""
        self.missing = {
            view: tuple(sorted({*self.missing.get(view, ()), *missing.get(view, ())}))
            for view in sorted({*self.missing, *missing})
            if self.missing.get(view) or missing.get(view)
        }


def _named(tables: Mapping[str, pd.DataFrame], *columns: str) -> pd.DataFrame:
    """Returns the tables of variants one below another, with the variant as first column.

    Args:
        tables: for each variant its table; a variant without rows may be left out.
        columns: the columns, for when there is no row at all.
    """
    parts = []
    for variant, table in tables.items():
        if len(table):
            labelled = table.copy()
            labelled.insert(0, "variant", variant)
            parts.append(labelled)
    if not parts:
        return no_rows("variant", *columns)
    whole = stacked(parts)
    return whole.assign(variant=whole["variant"].astype("category"))


def _below(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Returns the tables of variants one below another, with the variant as first column, as plain text."""
    parts = [table.assign(variant=variant) for variant, table in tables.items()]
    parts = [part[["variant", *(name for name in part.columns if name != "variant")]] for part in parts]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]
