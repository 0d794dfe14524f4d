"""Lines for what a shift costs once: its set-up on the first day, and its exit when the first cost leaves.

What falls before the data collection period is charged to its first month, so that no cost is lost.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.ledger.context import Books
from pathway_modeller.analysis.ledger.lines import Lines, labels_of
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.values import Money


def add_shifts(lines: Lines, facts: Facts, kept: Books, left: Mapping[str, float]) -> None:
    """Adds set-up and exit costs whose day does not lie after the data collection period.

    Args:
        lines: where to.
        facts: the replication.
        kept: has the shifts.
        left: for each shift, the day on which the first cost of the pool it takes from left.
    """
    start = facts.legend.start_date
    for key, shift in sorted(kept.shifts.items()):
        begins = float((shift.starts - start).days)
        _add(lines, kept, (key, shift), ("set-up", shift.set_up, begins))
        _add(lines, kept, (key, shift), ("exit", shift.exit_cost, left.get(key)))


def _add(
    lines: Lines, kept: Books, named: tuple[str, Shift], due: tuple[str, Money | None, float | None]
) -> None:
    """Adds one line, charged to the pool set up or left, unless the shift names a payer."""
    (key, shift), (kind, money, day) = named, due
    month = None if day is None else lines.months.place(max(day, float(lines.months.edges[0])))
    if money is None or month is None:
        return
    either = (shift.target, shift.origin) if kind == "set-up" else (shift.origin, shift.target)
    pool = next((each for each in either if each is not None and each in kept.option.pools), "")
    labels = labels_of(kept.option.pools[pool]) if pool else {}
    if shift.payer is not None:
        labels["payer"] = shift.payer
    labels["pool"], labels["shift"] = pool, key
    pounds = lines.pounds(kind, shift.name, money, labels)
    if pounds is not None:
        lines.add(COST, kind, month, pounds, labels)
