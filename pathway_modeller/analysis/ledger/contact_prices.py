"""What a contact costs by activity and patient group, worked out once for all replications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.codes import BILL, COST, LineCodes
from pathway_modeller.analysis.ledger.lines import Notes, labels_of
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.network.graph import reachable
from pathway_modeller.scenario.shifts.prices import PriceBase
from pathway_modeller.scenario.values import ByGroup, Money
from pathway_modeller.simulation.tally.cells import Cells

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_VIEWS = ((BILL, "bill", "price"), (COST, "variable", "variable_cost"))
"""View, kind of lines, and the field of an activity that says what a contact costs."""


@dataclass(frozen=True)
class Unpriced:
    """Something that has no price, which is missed only where there are contacts.

    Attributes:
        kind: of the lines that are missing.
        what: its name and what it lacks.
        labels: of the lines that are missing.
        cells: of its contacts.
    """

    kind: str
    what: str
    labels: Mapping[str, str]
    cells: Ints


@dataclass(frozen=True, eq=False)
class ContactPrices:
    """What contacts cost.

    Attributes:
        pounds: of one contact in each of the two views, by cell, shape (2, cells); NaN where there is none,
            or where a contract pays otherwise.
        settled: the price of a contact by which a contract settles what is over or under its plan, by cell;
            NaN elsewhere.
        codes: the numbers of the lines, without the month, the same shape.
        missing: what has no price that can be used, whether there are contacts or not.
        unpriced: what is missed where there are.
    """

    pounds: Floats
    settled: Floats
    codes: Ints
    missing: Notes
    unpriced: tuple[Unpriced, ...] = field(default=())


def contact_prices(scope: Scope, numbers: LineCodes, prices: PriceBase) -> ContactPrices:
    """Returns what contacts cost, in base prices."""
    legend, missing, unpriced = scope.legend, Notes(prices), list[Unpriced]()
    groups = legend.groups
    shape = len(legend.elements) + 1, len(groups)
    pounds, settled = np.full((len(_VIEWS), *shape), np.nan), np.full(shape, np.nan)
    codes = np.zeros((len(_VIEWS), *shape), dtype=np.int64)
    of_groups = np.zeros(len(groups), dtype=np.int64)
    for column, each in groups.codes.items():
        of_groups += numbers.parts(column, (*groups.labels[column], ""))[each]
    cells = np.arange(len(Cells.of(legend))).reshape(shape)
    reached = reachable(scope.pathway)
    for name in scope.activities:
        place, activity = legend.elements.index(name), scope.pathway.activities[name]
        labels = labels_of(activity) | {"element": name}
        contract = scope.pathway.contract_of(name)
        for row, (view, kind, attribute) in enumerate(_VIEWS):
            into = pounds[row]
            if view == BILL and contract is not None:
                if not contract.needs_prices:
                    continue
                kind, into = "settlement", settled
            codes[row, place] = numbers.code({"view": view, "kind": kind, **labels}) + of_groups
            varied: Money | ByGroup[Money] | None = getattr(activity, attribute)
            what = f"{activity.name}: no {attribute.replace('_', ' ')}"
            if varied is not None:
                into[place] = _priced(missing, scope, (activity, kind, labels), varied)
            elif name in reached:
                missing.lacks(kind, what, labels)
            else:
                unpriced.append(Unpriced(kind, what, labels, cells[place].ravel()))
    flat = len(_VIEWS), -1
    return ContactPrices(pounds.reshape(flat), settled.ravel(), codes.reshape(flat), missing, tuple(unpriced))


def _priced(
    missing: Notes,
    scope: Scope,
    priced: tuple[Activity, str, Mapping[str, str]],
    varied: Money | ByGroup[Money],
) -> Floats:
    """Returns the pounds of a contact by patient group; NaN where there are none."""
    (activity, kind, labels), groups = priced, scope.legend.groups
    divided = isinstance(varied, ByGroup) and varied.by in groups.labels
    if isinstance(varied, ByGroup) and not divided and len({*varied.values.values(), varied.otherwise}) > 1:
        what = f"{activity.name}: differs by {varied.by}, which is not recorded"
        missing.lacks(kind, what, labels)
        return np.full(len(groups), np.nan)
    worth = {money: missing.pounds(kind, activity.name, money, labels) for money in every_value(varied)}
    pounds = {money: np.nan if each is None else each for money, each in worth.items()}
    if isinstance(varied, Money):
        return np.full(len(groups), pounds[varied])
    if not divided:
        return np.full(len(groups), pounds[varied.otherwise])
    names = (*groups.labels[varied.by], "")
    of_labels = np.array([pounds[varied.values.get(name, varied.otherwise)] for name in names])
    return of_labels[groups.codes[varied.by]]
