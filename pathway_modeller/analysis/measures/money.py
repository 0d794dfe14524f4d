"""Measures of money: sums of the ledger's lines, so that no figure differs from the books.

A figure that needs a price or cost nobody entered is missing, and so is every total that it belongs to: a
total without it would look like a saving. The same holds where pounds cannot be brought to one price base.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.codes import BILLED, LineCodes
from pathway_modeller.analysis.ledger.lines import Gap, Ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.groups import EVERYTHING, Key
from pathway_modeller.analysis.measures.measure import Listed, Measure, among
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.scenario.values import Setting

_LEDGER = "The sum of the ledger's lines: pounds of the price base, neither inflated nor discounted."
_STRICT = (
    "Missing if a price or cost that it needs was not entered, or cannot be brought to the price base; "
    "enter 0 where nothing is paid."
)

_CONTACTS = "Flow: contacts started and attended in the data collection period."

# The records below stand as in a table, several fields to a line.
# fmt: off
MONEY = (
    Measure(
        "bill", "Commissioner's bill", "GBP", _CONTACTS, "lower",
        "Price times attended contacts, or what a contract pays instead. Missing for an activity or setting "
        "that a contract pays for together with others. "
        f"{_LEDGER} {_STRICT}",
    ),
    Measure(
        "bill.payer", "Commissioner's bill, by payer", "GBP", _CONTACTS,
        "lower", f"The part of the bill that one payer pays. {_STRICT}", of=("payer",),
    ),
    Measure(
        "bill.no_payer", "Commissioner's bill without a payer", "GBP",
        _CONTACTS, "lower",
        f"The part of the bill for activities that name no payer. {_STRICT}",
    ),
    Measure(
        "bill.unpriced", "Activities without a price", "activities", "Activities that patients can reach.",
        "lower", "While there are any, the bill they belong to is missing.",
    ),
    Measure(
        "pool_cost", "Cost of capacity", "GBP",
        "Capacity paid for over the data collection period, used or not.", "lower",
        "Open units by the hour; units held by the calendar day, week or year, whatever the "
        "timetable; units in use while the pool is unlimited. Capacity that an option closes counts for "
        f"as long as it is still paid for (stranded). Overrun is not charged. {_LEDGER} {_STRICT}",
    ),
    Measure(
        "pool_cost.unpriced", "Pools without a cost", "pools",
        "Pools that reachable activities or stays use.", "lower",
        "While there are any, the system cost is missing.",
    ),
    Measure(
        "variable_cost", "Variable cost", "GBP", _CONTACTS, "lower",
        f"What each contact costs beyond capacity, times attended contacts. {_LEDGER} {_STRICT}",
    ),
    Measure(
        "variable_cost.unpriced", "Activities without a variable cost", "activities",
        "Activities that patients can reach.", "lower", "While there are any, the system cost is missing.",
    ),
    Measure(
        "system_cost", "System cost", "GBP",
        "Capacity paid for, and contacts started, in the data collection period.", "lower",
        "Cost of capacity paid for, used or not, plus variable cost, set-up and exit costs of shifts and "
        "providers' fixed cost, which is of no setting. Spending on people outside the pathway is not in "
        f"it (see other spending). {_LEDGER} {_STRICT}",
    ),
    Measure(
        "other_spending", "Other spending", "GBP",
        "Everybody who lives in the footprints, over the data collection period.", "lower",
        "Spending on each person outside the pathway, times the time people spend in each need tier; it is "
        f"in the ledger beside the system cost. Only where any was entered. {_LEDGER} {_STRICT}",
    ),
)
# fmt: on


BILL = BILLED
VARIABLE = ("variable",)
CAPACITY = ("step", "stranded", "double running")
"""Kinds of lines: capacity that is paid for, whether it is open, used, both, or neither."""
SYSTEM = (*CAPACITY, *VARIABLE, "set-up", "exit", "fixed")
OTHER = ("other",)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Pounds = Callable[["_Sums"], Sequence[float] | Floats]


def money(plan: LedgerPlan) -> Iterator[Listed]:
    """Yields the commissioner's bill, pool cost, variable cost, system cost and other spending."""
    activities = plan.scope.activities
    yield from _by_activity(plan, "bill", BILL, activities)
    yield from _payers(plan)
    yield from _by_activity(plan, "variable_cost", VARIABLE, activities)
    yield from _pools(plan)
    yield from _by_setting(plan, "system_cost", SYSTEM)
    yield from _other(plan)
    yield from _unpriced(plan)


def _listed(plan: LedgerPlan, name: str, keys: Sequence[Key], pounds: Pounds, *of: str) -> Listed:
    """Returns figures of one measure of pounds."""
    (measure,) = among(MONEY, name)
    year = plan.kept.prices.year
    unit = f"{measure.unit} {year}" if year else measure.unit

    def work(_: Facts, found: Ledger) -> Floats:
        return np.asarray(pounds(_sums(found)), dtype=np.float64)

    return Listed(tuple((measure.name(*of), unit, key) for key in keys), work)


def _by_activity(
    plan: LedgerPlan, name: str, kinds: tuple[str, ...], activities: Sequence[str]
) -> Iterator[Listed]:
    """Yields a sum by activity, by setting and in all."""
    labels = [(each,) for each in activities]
    keys = [Key(element=each) for each in activities]
    apart = _apart(plan, kinds, "element", activities)
    yield _listed(plan, name, keys, lambda sums: sums.by(kinds, ("element",), labels) + apart)
    yield from _by_setting(plan, name, kinds)


def _apart(plan: LedgerPlan, kinds: tuple[str, ...], column: str, names: Sequence[str]) -> Floats:
    """Returns NaN for what a contract pays for together with others, which none has apart; else 0."""
    joint = plan.contracts.joint[column] if kinds == BILL else frozenset()
    return np.array([math.nan if name in joint else 0.0 for name in names])


def _by_setting(plan: LedgerPlan, name: str, kinds: tuple[str, ...]) -> Iterator[Listed]:
    """Yields a sum for each setting and in all."""
    settings = plan.scope.pathway.setting_order()
    labels = [(each,) for each in settings]
    keys = [*(Key(setting=each) for each in settings), EVERYTHING]
    apart = _apart(plan, kinds, "setting", settings)

    def pounds(sums: _Sums) -> Floats:
        return np.append(sums.by(kinds, ("setting",), labels) + apart, sums.whole(kinds))

    yield _listed(plan, name, keys, pounds)


def _payers(plan: LedgerPlan) -> Iterator[Listed]:
    """Yields each payer's bill, and what has no payer."""
    pathway = plan.scope.pathway
    payers = sorted(pathway.payers)
    for payer in payers:
        yield _listed(plan, "bill.payer", [EVERYTHING], partial(_Sums.by_payer, payer=payer), payer)
    if payers:
        named = {activity.payer or "" for activity in pathway.activities.values()}
        others = [(payer,) for payer in sorted(named.difference(payers))]

        def nobody(sums: _Sums) -> Sequence[float]:
            return [math.fsum(sums.by(BILL, ("payer",), others))]

        yield _listed(plan, "bill.no_payer", [EVERYTHING], nobody)


def _pools(plan: LedgerPlan) -> Iterator[Listed]:
    """Yields pool cost by body, by pool, by setting and in all; also of pools that an option takes away."""
    parts = [(pool, footprint) for pool, footprint in plan.bodies if footprint]
    whole = [(pool,) for pool in dict.fromkeys(pool for pool, _ in plan.bodies)]
    keys = [
        *(Key(pool=pool, footprint=place) for pool, place in parts),
        *(Key(pool=pool) for (pool,) in whole),
    ]

    def pounds(sums: _Sums) -> Floats:
        both = sums.by(CAPACITY, ("pool", "footprint"), parts), sums.by(CAPACITY, ("pool",), whole)
        return np.concatenate(both)

    yield _listed(plan, "pool_cost", keys, pounds)
    yield from _by_setting(plan, "pool_cost", CAPACITY)


def _other(plan: LedgerPlan) -> Iterator[Listed]:
    """Yields spending outside the pathway by need tier and in all, if any was entered."""
    tiers = plan.scope.pathway.need_tiers
    spent = [(name,) for name in plan.scope.legend.need_tiers if tiers[name].spending]
    keys = [*(Key(need_tier=name) for (name,) in spent), EVERYTHING]

    def pounds(sums: _Sums) -> Floats:
        return np.append(sums.by(OTHER, ("need_tier",), spent), sums.whole(OTHER))

    if spent:
        yield _listed(plan, "other_spending", keys, pounds)


def _unpriced(plan: LedgerPlan) -> Iterator[Listed]:
    """Yields how many activities and pools have no price or cost, in all and by setting."""
    settings = plan.scope.pathway.setting_order()
    keys = (EVERYTHING, *(Key(setting=setting) for setting in settings))
    for name, kinds, column in (
        ("bill.unpriced", BILL, "element"),
        ("variable_cost.unpriced", VARIABLE, "element"),
        ("pool_cost.unpriced", CAPACITY, "pool"),
    ):
        (measure,) = among(MONEY, name)
        figures = tuple((measure.id, measure.unit, key) for key in keys)
        yield Listed(figures, partial(_count, kinds=kinds, column=column, settings=settings))


def _count(
    _: Facts, found: Ledger, *, kinds: tuple[str, ...], column: str, settings: tuple[Setting, ...]
) -> list[float]:
    """Returns how many things without a price or cost there are, in all and by setting."""
    gaps = [gap for gap in found.gaps if gap.unpriced and gap.kind in kinds]
    without = {(getattr(gap, column), gap.setting) for gap in gaps}
    by_setting = (sum(where == setting for _, where in without) for setting in settings)
    return [float(len({name for name, _ in without})), *map(float, by_setting)]


@lru_cache(maxsize=4)
def _sums(found: Ledger) -> _Sums:
    """Returns the sums of a ledger's lines; kept, since many measures ask for them one after another."""
    return _Sums(found)


@lru_cache(maxsize=32)
def _layout(numbers: LineCodes, codes: bytes) -> _Layout:
    """Returns where lines stand; kept, since most replications of a variant have the same lines."""
    return _Layout(numbers, np.frombuffer(codes, dtype=np.int64))


class _Layout:
    """Which lines of a ledger are of some kinds, and where their sums belong."""

    def __init__(self, numbers: LineCodes, codes: Ints) -> None:
        self._numbers, self._codes = numbers, codes
        self._kind = numbers.places(codes, "kind")
        self._chosen: dict[tuple[str, ...], Ints] = {}
        self._places: dict[tuple[tuple[str, ...], tuple[str, ...]], Ints] = {}

    def of(self, kinds: tuple[str, ...]) -> Ints:
        """Returns which lines are of some kinds."""
        if kinds not in self._chosen:
            self._chosen[kinds] = np.flatnonzero(self._numbers.are_of(kinds)[self._kind])
        return self._chosen[kinds]

    def places(self, kinds: tuple[str, ...], columns: tuple[str, ...]) -> Ints:
        """Returns the place of each of them among all labels that columns can have together."""
        if (kinds, columns) not in self._places:
            codes, sizes = self._codes[self.of(kinds)], [len(self._numbers.labels[each]) for each in columns]
            each = [self._numbers.places(codes, column) for column in columns]
            self._places[kinds, columns] = np.asarray(np.ravel_multi_index(each, sizes), dtype=np.int64)
        return self._places[kinds, columns]


class _Sums:
    """Sums of the lines of a ledger."""

    def __init__(self, found: Ledger) -> None:
        self._found = found
        self._layout = _layout(found.numbers, found.codes.tobytes())

    def whole(self, kinds: tuple[str, ...]) -> float:
        """Returns the pounds of all lines of some kinds; NaN where any is missing."""
        if self._gaps(kinds):
            return math.nan
        return float(self._found.pence[self._layout.of(kinds)].sum()) / 100

    def by(
        self, kinds: tuple[str, ...], columns: tuple[str, ...], labels: Sequence[tuple[str, ...]]
    ) -> Floats:
        """Returns the pounds of the lines with some labels; NaN where one is missing."""
        numbers, pence = self._found.numbers, self._found.pence[self._layout.of(kinds)]
        number = math.prod(len(numbers.labels[column]) for column in columns)
        # Sums of whole pence are exact in a double below 90 thousand billion pounds.
        sums = np.bincount(self._layout.places(kinds, columns), weights=pence, minlength=number)
        pounds = sums[numbers.combined(columns, tuple(labels))] / 100
        if gaps := self._gaps(kinds):
            missing = {tuple(getattr(gap, column) for column in columns) for gap in gaps}
            pounds[[place for place, each in enumerate(labels) if each in missing]] = math.nan
        return pounds

    def by_payer(self, payer: str) -> Floats:
        """Returns the bill of one payer."""
        return self.by(BILL, ("payer",), [(payer,)])

    def _gaps(self, kinds: tuple[str, ...]) -> list[Gap]:
        """Returns the gaps of some kinds."""
        return [gap for gap in self._found.gaps if gap.kind in kinds]
