"""Two views of money: what the commissioner is billed, and what the system costs.

Pounds of different price years are never added. A figure that needs a price or cost nobody entered is
missing, and so is every total that it belongs to: a total without it would look like a saving.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.occupancy import Body, bodies
from pathway_modeller.analysis.paid_units import COST_DAYS, paid_units
from pathway_modeller.analysis.reach import reachable, used_pools
from pathway_modeller.analysis.rows import EVERYTHING, Key, Rows
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.prices import unit_moneys
from pathway_modeller.scenario.values import SETTINGS, ByGroup, Money
from pathway_modeller.simulation.trace import Event

GBP = "GBP"
"""The unit of money whose price year is not known, or of several years that cannot be added."""


@dataclass(frozen=True)
class Amount:
    """Pounds by price year.

    Attributes:
        pounds: for each price year; NaN where something of that year is missing.
        missing: whether a price or cost that is needed was not entered.
    """

    pounds: dict[str, float] = field(default_factory=dict)
    missing: bool = False


MISSING = Amount(missing=True)
NOTHING = Amount()


def together(amounts: Iterable[Amount]) -> Amount:
    """Returns the sum of amounts, price year by price year; missing if one of them is."""
    pounds: dict[str, list[float]] = {}
    missing = False
    for amount in amounts:
        missing |= amount.missing
        for year, value in amount.pounds.items():
            pounds.setdefault(year, []).append(value)
    return Amount({year: math.fsum(values) for year, values in pounds.items()}, missing)


def add_money(rows: Rows, observed: Observed) -> None:
    """Adds the commissioner's bill, pool cost, variable cost and system cost."""
    contacts = _contacts(observed)
    years = price_years(observed)
    bill = {name: _activity_amount(observed, contacts, name, "price") for name in observed.activities}
    variable = {
        name: _activity_amount(observed, contacts, name, "variable_cost") for name in observed.activities
    }
    pools = _pool_amounts(observed)
    _add_activity_view(rows, observed, "bill", bill, years)
    _add_payers(rows, observed, bill, years)
    _add_activity_view(rows, observed, "variable_cost", variable, years)
    _add_pool_view(rows, observed, pools, years)
    for key, amount in _system_cost(observed, variable, pools):
        _add_amount(rows, "system_cost", key, amount, years)
    _add_gaps(rows, observed, bill, variable, pools)


def price_years(observed: Observed) -> tuple[str, ...]:
    """Returns every price year of the pathway's prices and costs, in order."""
    return tuple(sorted({money.price_year for money in unit_moneys(observed.pathway)}))


def _add_amount(rows: Rows, measure: str, key: Key, amount: Amount, years: Sequence[str]) -> None:
    """Adds an amount: one row where it has one price year, else a row a year and a missing total."""
    mine = sorted(amount.pounds) or (list(years) if len(years) == 1 else [])
    for year in mine:
        value = math.nan if amount.missing else amount.pounds.get(year, 0.0)
        rows.add(measure, f"{GBP} {year}", key, value)
    if len(mine) != 1:
        nothing = not mine and not amount.missing and not years
        rows.add(measure, GBP, key, 0.0 if nothing else math.nan)


def _contacts(observed: Observed) -> np.ndarray[tuple[int, int, int], np.dtype[np.int64]]:
    """Attended contacts in the period, by element, need tier and footprint (the last place is "none")."""
    trace, legend = observed.trace, observed.trace.legend
    chosen = observed.counted & (trace.event == Event.START)
    shape = (len(legend.elements), len(legend.need_tiers) + 1, len(legend.footprints) + 1)
    table = np.zeros(shape, dtype=np.int64)
    np.add.at(table, (trace.element[chosen], trace.need_tier[chosen], trace.footprint[chosen]), 1)
    return table


def _activity_amount(
    observed: Observed,
    contacts: np.ndarray[tuple[int, int, int], np.dtype[np.int64]],
    name: str,
    kind: str,
) -> Amount:
    """Price (or variable cost) times attended contacts of one activity."""
    activity: Activity = observed.pathway.activities[name]
    varied: Money | ByGroup[Money] | None = getattr(activity, kind)
    mine = contacts[observed.trace.legend.elements.index(name)]
    if varied is None:
        return MISSING if name in reachable(observed.pathway) else NOTHING
    if isinstance(varied, Money):
        return Amount({varied.price_year: varied.value * int(mine.sum())})
    return _varied_amount(observed, varied, mine)


def _varied_amount(
    observed: Observed, varied: ByGroup[Money], mine: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> Amount:
    """Price by group times contacts of each group; missing for groups that the trace does not tell apart."""
    legend = observed.trace.legend
    if varied.by == "need_tier":
        labels, numbers = legend.need_tiers, mine.sum(axis=1)
    elif varied.by == "footprint":
        labels, numbers = legend.footprints, mine.sum(axis=0)
    elif len({(money.value, money.price_year) for money in (*varied.values.values(), varied.otherwise)}) == 1:
        return Amount({varied.otherwise.price_year: varied.otherwise.value * int(mine.sum())})
    else:
        return MISSING
    parts = [
        Amount({money.price_year: money.value * int(number)})
        for money, number in zip(
            [*(varied.values.get(label, varied.otherwise) for label in labels), varied.otherwise],
            numbers,
            strict=True,
        )
    ]
    return together(parts)


def _pool_amounts(observed: Observed) -> dict[Body, Amount]:
    """The cost of every body of capacity over the period."""
    used = used_pools(observed.pathway)
    return {body: _body_amount(observed, body, body.pool in used) for body in bodies(observed)}


def _body_amount(observed: Observed, body: Body, used: bool) -> Amount:
    """The cost of one body: units open or held, used or not; while there is no limit, the units in use."""
    pool: Pool = observed.pathway.pools[body.pool]
    if pool.cost is None:
        return MISSING if used else NOTHING
    days = paid_units(observed, body).integral(observed.start, observed.end)
    money = pool.cost.amount
    return Amount({money.price_year: money.value * days / COST_DAYS[pool.cost.per]})


def _add_activity_view(
    rows: Rows, observed: Observed, measure: str, amounts: dict[str, Amount], years: Sequence[str]
) -> None:
    """Adds a view by activity, by setting and in all."""
    for name, amount in amounts.items():
        _add_amount(rows, measure, Key(element=name), amount, years)
    for setting in SETTINGS:
        mine = [
            amount for name, amount in amounts.items() if observed.pathway.activities[name].setting == setting
        ]
        _add_amount(rows, measure, Key(setting=setting), together(mine), years)
    _add_amount(rows, measure, EVERYTHING, together(amounts.values()), years)


def _add_payers(rows: Rows, observed: Observed, bill: dict[str, Amount], years: Sequence[str]) -> None:
    """Adds each payer's bill, and what has no payer."""
    activities = observed.pathway.activities
    for payer in sorted(observed.pathway.payers):
        mine = [amount for name, amount in bill.items() if activities[name].payer == payer]
        _add_amount(rows, f"bill.payer.{payer}", EVERYTHING, together(mine), years)
    nobody = [
        amount for name, amount in bill.items() if activities[name].payer not in observed.pathway.payers
    ]
    if observed.pathway.payers:
        _add_amount(rows, "bill.no_payer", EVERYTHING, together(nobody), years)


def _add_pool_view(rows: Rows, observed: Observed, pools: dict[Body, Amount], years: Sequence[str]) -> None:
    """Adds pool cost by body, by pool, by setting and in all."""
    for body, amount in pools.items():
        _add_amount(rows, "pool_cost", Key(pool=body.pool, footprint=body.footprint), amount, years)
    for pool in dict.fromkeys(body.pool for body in pools if body.footprint):
        mine = [amount for body, amount in pools.items() if body.pool == pool]
        _add_amount(rows, "pool_cost", Key(pool=pool), together(mine), years)
    for setting in SETTINGS:
        _add_amount(
            rows, "pool_cost", Key(setting=setting), together(_pools_in(observed, pools, setting)), years
        )
    _add_amount(rows, "pool_cost", EVERYTHING, together(pools.values()), years)


def _pools_in(observed: Observed, pools: dict[Body, Amount], setting: str) -> list[Amount]:
    """The costs of the pools in a setting."""
    return [amount for body, amount in pools.items() if observed.pathway.pools[body.pool].setting == setting]


def _system_cost(
    observed: Observed, variable: dict[str, Amount], pools: dict[Body, Amount]
) -> Iterable[tuple[Key, Amount]]:
    """Pool cost plus variable cost, by setting and in all."""
    for setting in SETTINGS:
        spent = [
            amount
            for name, amount in variable.items()
            if observed.pathway.activities[name].setting == setting
        ]
        yield Key(setting=setting), together([*spent, *_pools_in(observed, pools, setting)])
    yield EVERYTHING, together([*variable.values(), *pools.values()])


def _add_gaps(
    rows: Rows,
    observed: Observed,
    bill: dict[str, Amount],
    variable: dict[str, Amount],
    pools: dict[Body, Amount],
) -> None:
    """Adds how many prices and costs are missing."""
    for measure, missing in (
        ("bill.unpriced", [name for name, amount in bill.items() if amount.missing]),
        ("variable_cost.unpriced", [name for name, amount in variable.items() if amount.missing]),
    ):
        rows.add(measure, "activities", EVERYTHING, len(missing))
        for setting in SETTINGS:
            mine = [name for name in missing if observed.pathway.activities[name].setting == setting]
            rows.add(measure, "activities", Key(setting=setting), len(mine))
    without = {body.pool for body, amount in pools.items() if amount.missing}
    rows.add("pool_cost.unpriced", "pools", EVERYTHING, len(without))
    for setting in SETTINGS:
        here = [pool for pool in without if observed.pathway.pools[pool].setting == setting]
        rows.add("pool_cost.unpriced", "pools", Key(setting=setting), len(here))
