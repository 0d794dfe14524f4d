"""The ledger: every pound of one replication, month by month, to the penny.

Two views are kept side by side and never added: the commissioner's "bill" (price times attended contacts)
and the "cost" of the system (what is paid for capacity, used or not, and beside it). Each line is rounded to
whole pence once, so that totals are sums of whole numbers. Pounds are real: of the price base, neither
inflated nor discounted. Lines cover the data collection period; the warm-up period is left out by date.
"""

from __future__ import annotations

import pandas as pd

from pathway_modeller.analysis.ledger.bill import add_contacts
from pathway_modeller.analysis.ledger.capacity import add_capacity
from pathway_modeller.analysis.ledger.context import Books, books, books_alone
from pathway_modeller.analysis.ledger.lines import LEDGER, Ledger, Lines, Months
from pathway_modeller.analysis.ledger.rest import add_fixed, add_other
from pathway_modeller.analysis.ledger.shifts import add_shifts
from pathway_modeller.analysis.ledger.stranded import add_stranded
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.shifts.whole_units import bodies_of
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

__all__ = ["LEDGER", "Books", "Ledger", "books", "books_alone", "ledger", "total"]


def ledger(played: Trace | Tallied | Facts, pathway: Pathway, kept: Books) -> Ledger:
    """Returns every line of money of one replication.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out, with its shifts.
        kept: what it is kept against.

    Returns:
        The lines, and for each view that is not known the names of what has no price or cost.
    """
    facts = facts_of(played, pathway)
    lines = Lines(Months.of(facts.legend), kept.prices)
    if lines.months.names:
        add_contacts(lines, facts)
        add_capacity(lines, facts, kept)
        left = add_stranded(lines, facts, kept)
        add_shifts(lines, facts, kept, left)
        add_fixed(lines, pathway, kept.baseline)
        add_other(lines, facts)
    return lines.ledger(_bodies(pathway, kept.baseline))


def _bodies(*pathways: Pathway) -> tuple[tuple[str, str], ...]:
    """Returns pool and footprint of all capacity of pathways, each once; "" where it is of all together."""
    return tuple(
        dict.fromkeys(
            (name, footprint or "")
            for pathway in pathways
            for name, pool in sorted(pathway.pools.items())
            for footprint in bodies_of(pathway, pool)
        )
    )


def total(lines: pd.DataFrame, **where: str) -> int:
    """Returns the sum of the lines that have these labels, in pence.

    Args:
        lines: lines of a ledger.
        where: column and label, such as ``view="cost", payer="nhs"``.
    """
    chosen = lines
    for column, label in where.items():
        chosen = chosen[chosen[column] == label]
    return int(chosen["pence"].sum())
