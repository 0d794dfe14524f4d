"""Putting replications together, always in the same order, whichever finished first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pathway_modeller.experiment.moments import TableMoments
from pathway_modeller.experiment.replicate import Reduced
from pathway_modeller.experiment.results import LABELS, Provenance, Results

_VALUE_COLUMNS = ["variant", "replication", *LABELS, "value"]


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
        self._measures: dict[str, list[pd.DataFrame]] = {variant: [] for variant in variants}
        self._series = {variant: TableMoments(absent="missing") for variant in variants}
        self._distributions = {variant: TableMoments(absent="zero") for variant in variants}

    @property
    def counted(self) -> int:
        """How many replications count so far, for each variant."""
        return self._counted

    def add(self, variant: str, replication: int, reduced: Reduced) -> None:
        """Takes in one finished replication of a variant."""
        self._early[replication, variant] = reduced
        while all((self._counted, each) in self._early for each in self._variants):
            for each in self._variants:
                self._count(each, self._early.pop((self._counted, each)))
            self._counted += 1

    def results(self, provenance: Provenance) -> Results:
        """Returns what counts so far."""
        return Results(
            provenance=provenance,
            values=self._values(),
            series=self._over_variants(self._series),
            distributions=self._over_variants(self._distributions),
        )

    def _count(self, variant: str, reduced: Reduced) -> None:
        """Adds one replication to a variant's figures."""
        measures = reduced.measures[[*LABELS, "value"]].copy()
        measures.insert(0, "replication", self._counted)
        for label in LABELS:
            measures[label] = measures[label].astype("category")
        self._measures[variant].append(measures)
        self._series[variant].add(reduced.series)
        self._distributions[variant].add(reduced.distributions)

    def _values(self) -> pd.DataFrame:
        """Returns every figure of every replication, by variant in the order asked for."""
        if not self._counted:
            return pd.DataFrame({column: [] for column in _VALUE_COLUMNS})
        parts = []
        for variant in self._variants:
            rows = _stacked(self._measures[variant])
            rows.insert(0, "variant", variant)
            parts.append(rows)
        values = _stacked(parts)
        values["variant"] = values["variant"].astype("category")
        return values

    def _over_variants(self, tables: dict[str, TableMoments]) -> pd.DataFrame:
        """Returns the tables of all variants one below another, with the variant as first column."""
        parts = []
        for variant in self._variants:
            table = tables[variant].table()
            table.insert(0, "variant", variant)
            parts.append(table)
        filled = [part for part in parts if len(part)]
        return pd.concat(filled, ignore_index=True) if filled else parts[0]


def _stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Returns tables one below another, labels as categories over all of them (they repeat so often)."""
    from pandas.api.types import union_categoricals

    stacked = {}
    for column in parts[0].columns:
        columns = [part[column] for part in parts]
        if column in LABELS:
            stacked[column] = pd.Series(union_categoricals(columns))
        else:
            stacked[column] = pd.concat(columns, ignore_index=True)
    return pd.DataFrame(stacked)
