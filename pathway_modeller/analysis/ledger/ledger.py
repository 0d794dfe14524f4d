"""The ledger: every pound of one replication, month by month, to the penny.

Two views are kept side by side and never added: the commissioner's "bill" (price times attended contacts, or
what a contract agrees on) and the "cost" of the system (what is paid for capacity, used or not, and beside
it). Each line is rounded to whole pence once, so that totals are sums of whole numbers. Pounds are real: of
the price base, neither inflated nor discounted. Lines cover the data collection period; the warm-up period is
left out by date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.analysis.ledger.bill import add_contacts
from pathway_modeller.analysis.ledger.context import Books, books, books_alone
from pathway_modeller.analysis.ledger.contracts import add_contracts
from pathway_modeller.analysis.ledger.lines import LEDGER, Ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.ledger.rest import add_other
from pathway_modeller.analysis.ledger.shifts import add_shifts
from pathway_modeller.analysis.ledger.stranded import add_stranded
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LEDGER", "Books", "Ledger", "books", "books_alone", "ledger", "total"]


def ledger(
    played: Trace | Tallied | Facts, pathway: Pathway, kept: Books, plan: LedgerPlan | None = None
) -> Ledger:
    """Returns every line of money of one replication.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out, with its shifts.
        kept: what it is kept against.
        plan: what of it is the same in every replication, if that is known.

    Returns:
        The lines, and for each view that is not known the names of what has no price or cost.
    """
    facts = facts_of(played, pathway)
    plan = plan or LedgerPlan(facts, kept)
    lines = plan.no_lines()
    if lines.months.names:
        add_contacts(lines, facts, plan.contact_prices)
        add_contracts(lines, facts, plan.contracts, plan.contact_prices.settled)
        for body in facts.levels.bodies:
            lines.take_over(plan.open_units(body))
        left = add_stranded(lines, facts, plan.changed)
        add_shifts(lines, facts, kept, left)
        lines.take_over(plan.fixed)
        add_other(lines, facts)
    return lines.ledger()


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
