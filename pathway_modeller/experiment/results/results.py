"""What an experiment found: every replication's measures, and what they say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS, LINE, PEOPLE
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.experiment.results.tables import plain, stacked
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    import pandas as pd

CASH = ("month", "view", "kind", "payer", "provider", "setting", "shift")
"""The columns that divide the cash kept of every replication."""


_KEYS = ("kind", "element", "pool", "footprint")
_INTERVAL = ("mean", "low", "high")


def _without_rows(*columns: str) -> Callable[[], pd.DataFrame]:
    """Returns what makes an empty table with these columns."""

    def empty() -> pd.DataFrame:
        from pathway_modeller.experiment.results.tables import no_rows

        return no_rows(*columns)

    return empty


@dataclass(frozen=True)
class Provenance:
    """Where figures come from, enough to get the same ones again.

    Attributes:
        scenario_hash: see :func:`pathway_modeller.experiment.results.fingerprint.scenario_hash`.
        scenario_name: what people call the scenario.
        seed: names the random numbers.
        engine: which engine simulated.
        version: of this program.
        warm_up_days: run before anything was counted.
        collection_days: run and counted.
        replications: how many are behind the figures, for each variant.
        start_date: day 0.
        finished: False if the run was stopped before all replications that were asked for.
        asked: how many replications were asked for; 0 if that is not known.
    """

    scenario_hash: str
    scenario_name: str
    seed: int
    engine: str
    version: str
    warm_up_days: float
    collection_days: float
    replications: int
    start_date: dt.date
    finished: bool = True
    asked: int = 0


Table = Literal["series", "cash", "ledger", "population", "account", "account_totals"]
"""The tables of results that have a row for each variant and something else."""


@dataclass(frozen=True, eq=False)
class Results:
    """The outcome of an experiment.

    Attributes:
        provenance: where the figures come from.
        measures: the figures of each variant, in the order asked for.
        series: ``variant``, ``time`` (days), ``kind``, ``element``, ``pool``, ``footprint`` and the
            ``mean``, ``low`` and ``high`` (95% confidence interval) over replications.
        distributions: ``variant``, the columns that say which distribution and level, and the ``mean``,
            ``low`` and ``high`` over replications of the share of time spent at that level.
        cash: one row for each variant, replication and sum of money: ``variant``, ``replication``, the
            columns in ``CASH`` and ``pence`` (whole).
        ledger: one row for each variant and ledger line: ``variant``, the columns of
            ``LINE`` and ``pence``, the mean over replications.
        population: ``variant``, the columns in ``PEOPLE`` and the ``mean``, ``low`` and ``high``
            number of people over replications.
        account: ``variant``, the columns in ``ACCOUNT``, and the mean over replications of each of
            :data:`pathway_modeller.analysis.columns.COUNTS`.
        account_totals: one row for each variant, replication, element and need tier: the same counts over
            the whole period.
        missing: for each variant and view of money that is not known, the prices that nobody entered.
    """

    provenance: Provenance
    measures: Mapping[str, Measured]
    series: pd.DataFrame = field(default_factory=_without_rows("variant", "time", *_KEYS, *_INTERVAL))
    distributions: pd.DataFrame = field(default_factory=_without_rows("variant", *_KEYS, "level", *_INTERVAL))
    cash: pd.DataFrame = field(default_factory=_without_rows("variant", "replication", *CASH, "pence"))
    ledger: pd.DataFrame = field(default_factory=_without_rows("variant", *LINE, "pence"))
    population: pd.DataFrame = field(default_factory=_without_rows("variant", *PEOPLE, *_INTERVAL))
    account: pd.DataFrame = field(default_factory=_without_rows("variant", *ACCOUNT, *COUNTS))
    account_totals: pd.DataFrame = field(
        default_factory=_without_rows("variant", "replication", *ACCOUNT[1:], *COUNTS)
    )
    missing: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """Leaves behind what can be worked out anew where it is wanted."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def complete(self) -> bool:
        """Whether every replication that was asked for is behind the figures."""
        return self.provenance.finished

    @cached_property
    def values(self) -> pd.DataFrame:
        """One row for each variant, replication and figure: ``variant``, labels and ``value``."""
        return stacked({variant: found.table() for variant, found in self.measures.items()})

    @cached_property
    def _summaries(self) -> dict[str, pd.DataFrame]:
        """What :meth:`summary` has returned: several ask for it."""
        return {}

    @cached_property
    def _differences(self) -> dict[str, pd.DataFrame]:
        """What :meth:`differences` has returned."""
        return {}

    @cached_property
    def _rows(self) -> dict[tuple[Table, str], pd.DataFrame]:
        """What :meth:`rows` has returned."""
        return {}

    @cached_property
    def _plain_rows(self) -> dict[tuple[Table, str], pd.DataFrame]:
        """What :meth:`plain_rows` has returned."""
        return {}

    def rows(self, table: Table, variant: str) -> pd.DataFrame:
        """Returns the rows of a table that are about one variant, looked up once; not to be written to."""
        found = self._rows.get((table, variant))
        if found is None:
            whole: pd.DataFrame = getattr(self, table)
            found = self._rows[table, variant] = whole[whole["variant"] == variant]
        return found

    def plain_rows(self, table: Table, variant: str) -> pd.DataFrame:
        """Returns what :meth:`rows` does, with labels that are plain text, not categories; made once."""
        found = self._plain_rows.get((table, variant))
        if found is None:
            found = self._plain_rows[table, variant] = plain(self.rows(table, variant))
        return found

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants that were run, in the order asked for."""
        return tuple(self.measures) if self.provenance.replications else ()

    @property
    def options(self) -> tuple[str, ...]:
        """The options that were run, in the order asked for."""
        return tuple(variant for variant in self.variants if variant != BASELINE)

    def summary(self, variant: str) -> pd.DataFrame:
        """Returns the figures of one variant: ``LABELS``, mean, low, high, replications.

        The interval is the 95% confidence interval of the mean over replications. ``replications``
        counts those that have the figure; where none has, the mean is NaN.

        Raises:
            KeyError: the variant was not run.
        """
        if variant not in self._summaries:
            self._summaries[variant] = self._of(variant).summary()
        return self._summaries[variant].copy(deep=False)

    def differences(self, option: str) -> pd.DataFrame:
        """Returns option minus baseline, replication by replication, on common random numbers.

        Columns: ``LABELS``, mean, low, high (95% confidence interval of the mean difference),
        replications, variance_reduction (1 is all, 0 is none, NaN is unknown).

        Raises:
            KeyError: the option or the baseline was not run.
        """
        if option not in self._differences:
            self._differences[option] = self._of(option).less(self._of(BASELINE))
        return self._differences[option].copy(deep=False)

    def _of(self, variant: str) -> Measured:
        """Returns the figures of one variant."""
        if variant not in self.variants:
            raise KeyError(variant)
        return self.measures[variant]
