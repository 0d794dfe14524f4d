"""Lines for contacts: the commissioner's bill and variable cost, price times attended contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.lines import BILL, COST, Lines, labels_of
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.reach import reachable
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.values import ByGroup, Money, every_value
from pathway_modeller.simulation.tally.cells import Cells

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def add_contacts(lines: Lines, facts: Facts) -> None:
    """Adds a line for each month, activity, need tier and footprint in which contacts were attended."""
    contacts = _contacts(facts)
    reached = reachable(facts.pathway)
    for name in facts.activities:
        mine = contacts[contacts[:, 0] == facts.legend.elements.index(name), 1:]
        activity = facts.pathway.activities[name]
        needed = name in reached or len(mine) > 0
        for view, kind, field in ((BILL, "bill", "price"), (COST, "variable", "variable_cost")):
            varied: Money | ByGroup[Money] | None = getattr(activity, field)
            if varied is not None:
                _add(lines, facts, (name, activity, varied), (view, kind), mine)
            elif needed:
                what = f"{activity.name}: no {field.replace('_', ' ')}"
                lines.lacks(kind, what, labels_of(activity) | {"element": name})


def _contacts(facts: Facts) -> Ints:
    """Returns (element, month, need tier, footprint, contacts) of all that were attended in the period."""
    element, tier, footprint = Cells.of(facts.legend).columns()
    number = facts.events.contacts
    month, cell = np.nonzero(number)
    columns = (element[cell], month, tier[cell], footprint[cell], number[month, cell])
    table = np.stack(columns, axis=1).astype(np.int64)
    return table[np.lexsort(columns[3::-1])]


def _add(
    lines: Lines,
    facts: Facts,
    priced: tuple[str, Activity, Money | ByGroup[Money]],
    place: tuple[str, str],
    contacts: Ints,
) -> None:
    """Adds the lines of one activity in one view."""
    (name, activity, varied), (view, kind) = priced, place
    legend, labels = facts.legend, labels_of(activity) | {"element": name}
    if _not_told_apart(varied):
        what = f"{activity.name}: differs by {getattr(varied, 'by', '')}, which is not recorded"
        lines.lacks(kind, what, labels)
        return
    amounts = dict.fromkeys(every_value(varied))
    worth = {money: lines.pounds(kind, activity.name, money, labels) for money in amounts}
    month, tier, footprint, count = contacts.T
    groups = {"need_tier": (legend.need_tiers, tier), "footprint": (legend.footprints, footprint)}
    price = _prices(varied, worth, groups, len(contacts))
    known = ~np.isnan(price)
    each = {"month": (lines.months.names, month), **groups}
    each = {column: (names, places[known]) for column, (names, places) in each.items()}
    lines.add_each(view, kind, price[known] * count[known], labels, each)


def _prices(
    varied: Money | ByGroup[Money],
    worth: Mapping[Money, float | None],
    groups: Mapping[str, tuple[Sequence[str], Ints]],
    size: int,
) -> Floats:
    """Returns the pounds of each of some contacts; NaN where they cannot be had.

    Args:
        varied: the price, or the price by group.
        worth: the pounds of each price.
        groups: the groups' names, and the place of each contact's among them, -1 for none.
        size: how many contacts.
    """
    pounds = {money: np.nan if each is None else each for money, each in worth.items()}
    if isinstance(varied, Money):
        return np.full(size, pounds[varied])
    if varied.by not in groups:
        return np.full(size, pounds[varied.otherwise])
    names, places = groups[varied.by]
    of_groups = [pounds[varied.values.get(name, varied.otherwise)] for name in (*names, "")]
    return np.array(of_groups)[places]


def _not_told_apart(varied: Money | ByGroup[Money]) -> bool:
    """Tells whether a price differs by an attribute that the trace does not record."""
    return (
        isinstance(varied, ByGroup)
        and varied.by not in ("need_tier", "footprint")
        and len({*varied.values.values(), varied.otherwise}) > 1
    )
