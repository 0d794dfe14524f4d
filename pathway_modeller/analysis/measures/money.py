"""Measures of money: sums of the ledger's lines, so that no figure differs from the books.

A figure that needs a price or cost nobody entered is missing, and so is every total that it belongs to: a
total without it would look like a saving. The same holds where pounds cannot be brought to one price base.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.ledger.lines import Gap, Ledger
from pathway_modeller.analysis.measures.rows import EVERYTHING, Key, Rows
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.scenario.values import SETTINGS

BILL = ("bill",)
VARIABLE = ("variable",)
CAPACITY = ("step", "stranded", "double running")
"""Kinds of lines: capacity that is paid for, whether it is open, used, both, or neither."""
SYSTEM = (*CAPACITY, *VARIABLE, "set-up", "exit", "fixed")
OTHER = ("other",)

_DIVIDED = ("kind", "payer", "setting", "need_tier", "footprint", "element", "pool")
"""The columns by which sums are divided."""

Flags = npt.NDArray[np.bool_]


def add_money(rows: Rows, facts: Facts, found: Ledger) -> None:
    """Adds the commissioner's bill, pool cost, variable cost, system cost and other spending."""
    measures = _Measures(rows, found)
    measures.add_activities("bill", BILL, facts)
    _add_payers(measures, facts)
    measures.add_activities("variable_cost", VARIABLE, facts)
    _add_pools(measures, found)
    measures.add_settings("system_cost", SYSTEM)
    measures.add("system_cost", SYSTEM, EVERYTHING)
    _add_other(measures, facts)
    _add_unpriced(rows, found)


class _Measures:
    """Adds sums of the ledger's lines to a measure frame."""

    def __init__(self, rows: Rows, found: Ledger) -> None:
        self._rows = rows
        self._gaps = found.gaps
        self._unit = f"GBP {found.year}" if found.year else "GBP"
        self._columns = {label: _Column.of(found.lines[label]) for label in _DIVIDED}
        self._pence = found.lines["pence"].to_numpy(dtype=np.int64)
        self._kept: dict[tuple[str, ...], tuple[Flags, list[Gap]]] = {}

    def add(self, measure: str, kinds: tuple[str, ...], key: Key) -> None:
        """Adds the sum of all lines of some kinds."""
        chosen, gaps = self._of(kinds)
        self.add_pounds(measure, key, math.nan if gaps else float(self._pence[chosen].sum()) / 100)

    def add_activities(self, measure: str, kinds: tuple[str, ...], facts: Facts) -> None:
        """Adds a sum by activity, by setting and in all."""
        pounds = self.by(kinds, "element")
        for name in facts.activities:
            self._rows.add(measure, self._unit, Key(element=name), pounds(name))
        self.add_settings(measure, kinds)
        self.add(measure, kinds, EVERYTHING)

    def add_settings(self, measure: str, kinds: tuple[str, ...]) -> None:
        """Adds a sum for each setting."""
        pounds = self.by(kinds, "setting")
        for setting in SETTINGS:
            self._rows.add(measure, self._unit, Key(setting=setting), pounds(setting))

    def add_pounds(self, measure: str, key: Key, pounds: float) -> None:
        """Adds a figure that was summed by a label."""
        self._rows.add(measure, self._unit, key, pounds)

    def by(self, kinds: tuple[str, ...], *columns: str) -> Callable[..., float]:
        """Returns what gives the pounds of the lines with some labels; NaN where one is missing."""
        chosen, gaps = self._of(kinds)
        divided = [self._columns[column] for column in columns]
        sizes = [len(column.places) for column in divided]
        numbers = np.ravel_multi_index([column.codes[chosen] for column in divided], sizes)
        # Sums of whole pence are exact in a double below 90 thousand billion pounds.
        sums = np.bincount(numbers, weights=self._pence[chosen], minlength=math.prod(sizes)).reshape(sizes)
        missing = {tuple(str(getattr(gap, column)) for column in columns) for gap in gaps}

        def pounds(*labels: str) -> float:
            if labels in missing:
                return math.nan
            places = [column.places.get(label) for column, label in zip(divided, labels, strict=True)]
            return 0.0 if None in places else float(sums[*places]) / 100

        return pounds

    def _of(self, kinds: tuple[str, ...]) -> tuple[Flags, list[Gap]]:
        """Returns the lines and the gaps of some kinds, which are looked for once."""
        if kinds not in self._kept:
            kind = self._columns["kind"]
            wanted = np.array([name in kinds for name in kind.places], dtype=bool)
            self._kept[kinds] = wanted[kind.codes], [gap for gap in self._gaps if gap.kind in kinds]
        return self._kept[kinds]


@dataclass(frozen=True, eq=False)
class _Column:
    """A column of labels.

    Attributes:
        codes: the number of each line's label.
        places: the labels with their numbers, in order.
    """

    codes: npt.NDArray[np.integer]
    places: Mapping[str, int]

    @classmethod
    def of(cls, column: pd.Series) -> _Column:
        """Returns a column of categories."""
        values = pd.Categorical(column.array)
        return cls(values.codes, {name: place for place, name in enumerate(values.categories)})


def _add_payers(measures: _Measures, facts: Facts) -> None:
    """Adds each payer's bill, and what has no payer."""
    payers = sorted(facts.pathway.payers)
    pounds = measures.by(BILL, "payer")
    for payer in payers:
        measures.add_pounds(f"bill.payer.{payer}", EVERYTHING, pounds(payer))
    if payers:
        named = {activity.payer or "" for activity in facts.pathway.activities.values()}
        nobody = math.fsum(pounds(payer) for payer in sorted(named.difference(payers)))
        measures.add_pounds("bill.no_payer", EVERYTHING, nobody)


def _add_pools(measures: _Measures, found: Ledger) -> None:
    """Adds pool cost by body, by pool, by setting and in all; also of pools that an option takes away."""
    each, whole = measures.by(CAPACITY, "pool", "footprint"), measures.by(CAPACITY, "pool")
    for pool, footprint in found.bodies:
        if footprint:
            measures.add_pounds("pool_cost", Key(pool=pool, footprint=footprint), each(pool, footprint))
    for pool in dict.fromkeys(pool for pool, _ in found.bodies):
        measures.add_pounds("pool_cost", Key(pool=pool), whole(pool))
    measures.add_settings("pool_cost", CAPACITY)
    measures.add("pool_cost", CAPACITY, EVERYTHING)


def _add_other(measures: _Measures, facts: Facts) -> None:
    """Adds spending outside the pathway by need tier and in all, if any was entered."""
    tiers = facts.pathway.need_tiers
    spent = [name for name in facts.legend.need_tiers if tiers[name].spending]
    pounds = measures.by(OTHER, "need_tier")
    for name in spent:
        measures.add_pounds("other_spending", Key(need_tier=name), pounds(name))
    if spent:
        measures.add("other_spending", OTHER, EVERYTHING)


def _add_unpriced(rows: Rows, found: Ledger) -> None:
    """Adds how many activities and pools have no price or cost, in all and by setting."""
    for measure, kinds, column, unit in (
        ("bill.unpriced", BILL, "element", "activities"),
        ("variable_cost.unpriced", VARIABLE, "element", "activities"),
        ("pool_cost.unpriced", CAPACITY, "pool", "pools"),
    ):
        without = {
            (getattr(gap, column), gap.setting) for gap in found.gaps if gap.unpriced and gap.kind in kinds
        }
        rows.add(measure, unit, EVERYTHING, len({name for name, _ in without}))
        for setting in SETTINGS:
            rows.add(measure, unit, Key(setting=setting), sum(where == setting for _, where in without))
