"""Lines for capacity that is open: what is meant, and what runs double because a shift closes it later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.ledger.lines import Lines, labels_of
from pathway_modeller.analysis.ledger.paid_units import COST_DAYS, held_units, paid_units
from pathway_modeller.analysis.ledger.release import closings
from pathway_modeller.analysis.ledger.scope import LedgerScope
from pathway_modeller.analysis.observed.levels import Body, Level
from pathway_modeller.analysis.observed.steps import Steps, combine
from pathway_modeller.scenario.capacity import Pool


def add_open_units(lines: Lines, plan: LedgerScope, body: Body[Level]) -> None:
    """Adds the cost of the open units of a body of capacity.

    Of a body that always has a limit, its open units decide it, which follow a timetable.
    """
    pool = plan.scope.pathway.pools[body.pool]
    labels = labels_of(pool) | {"pool": body.pool, "footprint": body.footprint}
    a_day = pounds_a_day(lines, pool, labels, needed=body.pool in plan.used_pools)
    if a_day is None:
        return
    pounds = lines.months.integrals(paid_units(plan.scope, body)) * a_day
    if np.isnan(pounds).any():
        lines.lacks("step", f"{pool.name}: how many units are open was not recorded", labels)
        return
    for shift, units in _double_running(plan, body):
        double = lines.months.integrals(units) * a_day
        lines.add_months(COST, "double running", double, labels | {"shift": shift})
        pounds = pounds - double
    lines.add_months(COST, "step", pounds, labels)


def pounds_a_day(lines: Lines, pool: Pool, labels: Mapping[str, str], *, needed: bool) -> float | None:
    """Returns what a unit costs for each day that it is paid for, in base prices; notes if it is missing.

    Args:
        lines: where what is missing is noted.
        pool: the pool.
        labels: of the lines that are missing then.
        needed: whether a cost that was not entered is missed.
    """
    if pool.cost is None:
        if needed:
            lines.lacks("step", f"{pool.name}: no cost", labels)
        return None
    pounds = lines.pounds("step", pool.name, pool.cost.amount, labels)
    return None if pounds is None else pounds / COST_DAYS[pool.cost.per]


def open_on_top(units: Steps, rest: Steps, opened: Steps) -> Steps:
    """Returns how many of some units are open, counted on top of the others of their body.

    Args:
        units: the units asked about.
        rest: the other units.
        opened: how many are open by the timetable, of all together.
    """
    instants, (some, others, most) = combine((units, rest, opened))
    return Steps(instants, np.nan_to_num(np.minimum(most, others + some) - np.minimum(most, others)))


def _double_running(plan: LedgerScope, body: Body[Level]) -> Iterator[tuple[str, Steps]]:
    """Yields the units of a body that are open only because a shift closes them later than money moves."""
    pool, start = plan.scope.pathway.pools[body.pool], plan.scope.legend.start_date
    for moved in plan.kept.moves.of_pool(body.pool):
        footprint = body.footprint or None
        if moved.opens or moved.meant == moved.dates or footprint not in moved.footprints:
            continue
        due, done = closings(moved.meant_days(start, footprint)), closings(moved.days(start, footprint))
        instants, (should, does) = combine((due, done))
        units = Steps(instants, should - does)
        if pool.cost is not None and pool.cost.is_by_open_hour:
            rest = _less(held_units(pool, body.footprint, start), units)
            units = open_on_top(units, rest, body.open_units)
        yield moved.shift, units


def _less(one: Steps, other: Steps) -> Steps:
    """Returns the difference of two functions of time."""
    instants, (more, fewer) = combine((one, other))
    return Steps(instants, more - fewer, one.before - other.before)
