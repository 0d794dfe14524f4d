"""What a variant's ledger is about: months, what lines may be about, pools that are needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pathway_modeller.analysis.ledger.codes import LineCodes, codes_of
from pathway_modeller.analysis.ledger.context import Books
from pathway_modeller.analysis.ledger.lines import Lines, Months
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.network.waiting import used_pools
from pathway_modeller.scenario.shifts.whole_units import bodies_of


@dataclass(frozen=True, eq=False)
class LedgerScope:
    """What of a ledger is known before anything is played.

    Attributes:
        scope: what the replications are about.
        kept: what the ledger is kept against.
    """

    scope: Scope
    kept: Books

    @cached_property
    def months(self) -> Months:
        """The calendar months that count."""
        return Months.of(self.scope.legend)

    @cached_property
    def numbers(self) -> LineCodes:
        """The numbers of lines."""
        return codes_of(self.scope.legend, self.months.names, self.scope.pathway, self.kept)

    @cached_property
    def used_pools(self) -> frozenset[str]:
        """The pools that patients need."""
        return used_pools(self.scope.pathway)

    @cached_property
    def bodies(self) -> tuple[tuple[str, str], ...]:
        """Pool and footprint of all capacity of variant and baseline, each once; "" for all together."""
        return tuple(
            dict.fromkeys(
                (name, footprint or "")
                for pathway in (self.scope.pathway, self.kept.baseline)
                for name, pool in sorted(pathway.pools.items())
                for footprint in bodies_of(pathway, pool)
            )
        )

    def no_lines(self) -> Lines:
        """Returns a ledger's lines before any is added."""
        return Lines(self.numbers, self.months, self.kept.prices)
