"""What of a variant's ledger is the same in every replication, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pathway_modeller.analysis.ledger.capacity import add_open_units
from pathway_modeller.analysis.ledger.contact_prices import ContactPrices, contact_prices
from pathway_modeller.analysis.ledger.contracts import Contracts
from pathway_modeller.analysis.ledger.lines import Lines
from pathway_modeller.analysis.ledger.rest import add_fixed
from pathway_modeller.analysis.ledger.scope import LedgerScope
from pathway_modeller.analysis.ledger.stranded import Changed, changed_bodies
from pathway_modeller.analysis.observed.levels import Body, Level
from pathway_modeller.analysis.observed.remembered import Remembered


@dataclass(frozen=True, eq=False)
class LedgerPlan(LedgerScope):
    """What of a ledger does not depend on what happens."""

    @cached_property
    def contact_prices(self) -> ContactPrices:
        """What contacts cost."""
        return contact_prices(self.scope, self.numbers, self.kept.prices)

    @cached_property
    def fixed(self) -> Lines:
        """Lines for providers' fixed cost."""
        lines = self.no_lines()
        add_fixed(lines, self.scope.pathway, self.kept.baseline)
        return lines

    @cached_property
    def contracts(self) -> Contracts:
        """What contracts pay for."""
        return Contracts.of(self)

    @cached_property
    def changed(self) -> tuple[Changed, ...]:
        """The bodies of capacity that an option changes."""
        return changed_bodies(self)

    @cached_property
    def _open(self) -> Remembered[Lines]:
        """Lines for the open units of bodies that always have a limit."""
        return Remembered(self._lines)

    def open_units(self, body: Body[Level]) -> Lines:
        """Returns lines for the open units of a body of capacity."""
        return self._lines(body) if body.unlimited else self._open.of(body)

    def _lines(self, body: Body[Level]) -> Lines:
        """Returns lines for the open units of a body of capacity."""
        lines = self.no_lines()
        add_open_units(lines, self, body)
        return lines
