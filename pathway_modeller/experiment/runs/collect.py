"""Putting replications together, always in the same order, whichever finished first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pathway_modeller.analysis.accounts.account import whole_period
from pathway_modeller.analysis.columns import ACCOUNT, COUNTS, LINE
from pathway_modeller.analysis.ledger.codes import added_up, distinct, sums
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.analysis.statistics.percentiles import Around, around, around_clocks
from pathway_modeller.analysis.statistics.pooled import Pool
from pathway_modeller.analysis.statistics.survival import PooledClocks
from pathway_modeller.experiment.results.moments import LevelMoments, Means, Moments
from pathway_modeller.experiment.results.results import CASH, Provenance, Results
from pathway_modeller.experiment.results.tables import stacked
from pathway_modeller.experiment.results.vectors import Floats, Ints, Vectors

if TYPE_CHECKING:
    import pandas as pd


class Collector:
    """Takes in replications as they finish and adds them up in order.

    A replication counts once all variants have finished it and all earlier replications count. So results
    do not depend on who finished first, differences are paired, and a run that is stopped gives what a
    shorter run would have given (not the replications that happened to be quick).
    """

    def __init__(self, variants: Sequence[str]) -> None:
        """Starts with no replication of any of the variants."""
        self._variants = tuple(variants)
        self._early: dict[tuple[int, str], Vectors] = {}
        self._counted = 0
        self._gathered: dict[str, _Gathered] = {}

    @property
    def counted(self) -> int:
        """How many replications count so far, for each variant."""
        return self._counted

    @property
    def waiting(self) -> int:
        """How many finished units of work wait for others before they count."""
        return len(self._early)

    def add(self, variant: str, replication: int, found: Vectors) -> None:
        """Takes in one finished replication of a variant, whose plan it has."""
        self._early[replication, variant] = found
        while all((self._counted, each) in self._early for each in self._variants):
            for each in self._variants:
                vectors = self._early.pop((self._counted, each))
                if each not in self._gathered:
                    self._gathered[each] = _Gathered(vectors)
                self._gathered[each].add(vectors)
            self._counted += 1

    def results(self, provenance: Provenance) -> Results:
        """Returns what counts so far."""
        of = self._gathered
        if not of:
            return Results(provenance=provenance, measures={})
        return Results(
            provenance=provenance,
            measures={name: each.measures() for name, each in of.items()},
            series=stacked({name: each.over_time() for name, each in of.items()}),
            distributions=stacked({name: each.at_levels() for name, each in of.items()}),
            cash=stacked({name: each.cash() for name, each in of.items()}),
            ledger=stacked({name: each.ledger() for name, each in of.items()}),
            population=stacked({name: each.population() for name, each in of.items()}),
            account_totals=stacked({name: each.account_totals() for name, each in of.items()}),
            account=stacked({name: each.account() for name, each in of.items()}),
            missing={name: each.missing for name, each in of.items() if each.missing},
        )


class _Gathered:
    """What is kept of the replications of one variant.

    Attributes:
        missing: for each view of money that is not known, the prices that nobody entered.
    """

    def __init__(self, first: Vectors) -> None:
        """Starts with no replication; the first one's plan is that of all."""
        self._plan = first.known_plan
        self._measures: list[Floats] = []
        self._patients: list[Floats] = []
        self._pools = [Pool(len(begins) - 1) for _, begins in first.lists]
        self._series, self._levels, self._people = Moments(), LevelMoments(), Moments()
        self._lines: Ints = np.zeros(0, dtype=np.int64)
        self._pence: Ints = np.zeros(0, dtype=np.int64)
        self._cash: list[tuple[Ints, Ints]] = []
        self._seen = self._cash_lines = self._cash_of = self._lines
        self._account: Ints = np.zeros_like(first.account)
        self._totals: list[Ints] = []
        self._months = max(len(self._plan.account.columns["month"].labels), 1)
        self.missing: Mapping[str, tuple[str, ...]] = {}

    def add(self, found: Vectors) -> None:
        """Adds the next replication."""
        self._measures.append(found.measures)
        self._patients.append(found.patients)
        for pool, each in zip(self._pools, found.lists, strict=True):
            pool.add(*each)
        self._series.add(found.series)
        self._levels.add(found.levels)
        self._people.add(found.people)
        self._add_lines(found.lines, found.pence)
        self._account = self._account + found.account
        self._totals.append(whole_period(found.account, self._months))
        self._add_missing(found.missing)

    def _add_lines(self, lines: Ints, pence: Ints) -> None:
        """Adds the ledger of the next replication; sums of whole pence are exact."""
        if np.array_equal(lines, self._lines):
            self._pence = self._pence + pence
        else:
            both = np.concatenate((self._lines, lines)), np.concatenate((self._pence, pence))
            self._lines, self._pence = added_up(*both)
        # Most replications have the same lines as the one before.
        if not np.array_equal(lines, self._seen):
            self._seen = lines
            self._cash_lines, self._cash_of = distinct(self._plan.lines.only(lines, CASH))
        self._cash.append((self._cash_lines, sums(self._cash_of, pence, len(self._cash_lines))))

    def _add_missing(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        """Adds the prices that the next replication misses."""
        if missing == self.missing:
            return
        self.missing = {
            view: tuple(sorted({*self.missing.get(view, ()), *missing.get(view, ())}))
            for view in sorted({*self.missing, *missing})
            if self.missing.get(view) or missing.get(view)
        }

    def measures(self) -> Measured:
        """Returns the figures of every replication."""
        kinds, places, found = self._plan.kinds, list[Ints](), list[Around]()
        for pool, each in zip(self._pools, kinds.pooled, strict=True):
            places += list(each.places)
            if each.of_clocks:
                clocks = PooledClocks(pool.replications, each.ways)
                found += [around_clocks(clocks, level) for level in each.levels]
            else:
                rows = pool.rows(each.ways, each.levels)
                found += [around(rows, level) for level in each.levels]
        return Measured(
            self._plan.measures,
            np.column_stack(self._measures),
            kinds.counts,
            (kinds.shares, np.column_stack(self._patients)),
            (np.concatenate(places), Around.together(found)) if found else None,
        )

    def over_time(self) -> pd.DataFrame:
        """Returns time series."""
        return _with_means(self._plan.series, self._series.found())

    def at_levels(self) -> pd.DataFrame:
        """Returns the share of time spent at each level."""
        of, level, means = self._levels.found()
        table = _with_means(self._plan.distributions.take(of), means)
        table.insert(len(self._plan.distributions.columns), "level", level)
        return table

    def population(self) -> pd.DataFrame:
        """Returns people over the years."""
        return _with_means(self._plan.people, self._people.found())

    def cash(self) -> pd.DataFrame:
        """Returns the cash of every replication."""
        import pandas as pd

        replication = np.repeat(np.arange(len(self._cash)), [len(lines) for lines, _ in self._cash])
        lines = np.concatenate([lines for lines, _ in self._cash])
        labels = self._plan.lines.rows(lines, CASH).categories()
        pence = np.concatenate([pence for _, pence in self._cash])
        return pd.DataFrame({"replication": replication, **labels, "pence": pence})

    def ledger(self) -> pd.DataFrame:
        """Returns the mean of every ledger line, in rising order of labels."""
        import pandas as pd

        labels = self._plan.lines.rows(self._lines, LINE).texts()
        return pd.DataFrame({**labels, "pence": self._pence / len(self._measures)})

    def account(self) -> pd.DataFrame:
        """Returns the mean of every line of the account, in rising order of labels."""
        import pandas as pd

        order = self._plan.account.in_order()
        means = self._account[:, order] / len(self._measures)
        labels = self._plan.account.take(order).texts()
        return pd.DataFrame({**labels, **dict(zip(COUNTS, means, strict=True))})

    def account_totals(self) -> pd.DataFrame:
        """Returns the account over the whole period of every replication."""
        import pandas as pd

        lines, replications = self._totals[0].shape[1], len(self._totals)
        rows = self._plan.account.take(np.tile(np.arange(lines), replications)).categories()
        labels = {name: rows[name] for name in ACCOUNT[1:]}
        counts = np.concatenate(self._totals, axis=1)
        replication = np.repeat(np.arange(replications), lines)
        return pd.DataFrame({"replication": replication, **labels, **dict(zip(COUNTS, counts, strict=True))})


def _with_means(rows: Rows, means: Means) -> pd.DataFrame:
    """Returns labels with the columns mean, low and high."""
    import pandas as pd

    return pd.DataFrame({**rows.texts(), "mean": means.mean, "low": means.low, "high": means.high})
