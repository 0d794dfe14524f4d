"""Lines for contacts: the commissioner's bill and variable cost, price times attended contacts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger_lines import BILL, COST, Lines, labels_of
from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.reach import reachable
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.values import ByGroup, Money, every_value
from pathway_modeller.simulation.tally.cells import Cells

Ints = npt.NDArray[np.int64]


def add_contacts(lines: Lines, observed: Observed) -> None:
    """Adds a line for each month, activity, need tier and footprint in which contacts were attended."""
    contacts = _contacts(observed)
    reached = reachable(observed.pathway)
    for name in observed.activities:
        mine = contacts[contacts[:, 0] == observed.legend.elements.index(name), 1:]
        activity = observed.pathway.activities[name]
        needed = name in reached or len(mine) > 0
        for view, kind, field in ((BILL, "bill", "price"), (COST, "variable", "variable_cost")):
            varied: Money | ByGroup[Money] | None = getattr(activity, field)
            if varied is not None:
                _add(lines, observed, (name, activity, varied), (view, kind), mine)
            elif needed:
                what = f"{activity.name}: no {field.replace('_', ' ')}"
                lines.lacks(kind, what, labels_of(activity) | {"element": name})


def _contacts(observed: Observed) -> Ints:
    """Returns (element, month, need tier, footprint, contacts) of all that were attended in the period."""
    element, tier, footprint = Cells.of(observed.legend).columns()
    number = observed.events.contacts
    month, cell = np.nonzero(number)
    columns = (element[cell], month, tier[cell], footprint[cell], number[month, cell])
    table = np.stack(columns, axis=1).astype(np.int64)
    return table[np.lexsort(columns[3::-1])]


def _add(
    lines: Lines,
    observed: Observed,
    priced: tuple[str, Activity, Money | ByGroup[Money]],
    place: tuple[str, str],
    contacts: Ints,
) -> None:
    """Adds the lines of one activity in one view."""
    (name, activity, varied), (view, kind) = priced, place
    legend, labels = observed.legend, labels_of(activity) | {"element": name}
    if _not_told_apart(varied):
        what = f"{activity.name}: differs by {getattr(varied, 'by', '')}, which is not recorded"
        lines.lacks(kind, what, labels)
        return
    amounts = dict.fromkeys(every_value(varied))
    worth = {money: lines.pounds(kind, activity.name, money, labels) for money in amounts}
    for month, tier, footprint, count in contacts.tolist():
        named = {
            "need_tier": legend.need_tiers[tier] if tier >= 0 else "",
            "footprint": legend.footprints[footprint] if footprint >= 0 else "",
        }
        pounds = worth[_money_of(varied, named)]
        if pounds is not None:
            lines.add(view, kind, month, pounds * count, labels | named)


def _not_told_apart(varied: Money | ByGroup[Money]) -> bool:
    """Tells whether a price differs by an attribute that the trace does not record."""
    return (
        isinstance(varied, ByGroup)
        and varied.by not in ("need_tier", "footprint")
        and len({*varied.values.values(), varied.otherwise}) > 1
    )


def _money_of(varied: Money | ByGroup[Money], groups: dict[str, str]) -> Money:
    """Returns the price for a contact of some groups."""
    if isinstance(varied, Money):
        return varied
    return varied.values.get(groups.get(varied.by, ""), varied.otherwise)
