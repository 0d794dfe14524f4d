"""Units of capacity that are paid for over time, used or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.observed.levels import UNLIMITED, Body, Floats, Level, OverTime
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.observed.steps import Steps, combine, levels
from pathway_modeller.scenario.capacity import Per, Pool
from pathway_modeller.scenario.shifts.dated_units import dated_units
from pathway_modeller.scenario.values import DAYS_PER_YEAR
from pathway_modeller.simulation.model.dates import capacity_changes

COST_DAYS: Mapping[Per, float] = {"open hour": 1 / 24, "day": 1.0, "week": 7.0, "year": DAYS_PER_YEAR}
"""How many days of one unit a pool's cost pays for."""


@dataclass(frozen=True, eq=False)
class PaidUnits:
    """Units that are paid for over time, of which integrals and means can be had.

    Attributes:
        limited: units open or held, 0 while there is no limit.
        free: units in use while there is none, else 0.
    """

    limited: Steps
    free: OverTime

    def integral(self, start: float, end: float) -> float:
        """Returns units times days between two times; NaN where it is not known how many are open."""
        return self.limited.integral(start, end) + self.free.integral(start, end)

    def means_on(self, edges: Floats) -> Floats:
        """Returns the time-weighted mean between each two neighbouring edges, shape (len(edges) - 1,)."""
        return self.limited.means_on(edges) + self.free.means_on(edges)


def paid_units(scope: Scope, body: Body[Level]) -> OverTime:
    """Returns the units of a body that are paid for: open or held, or in use while there is no limit.

    By the open hour, a unit costs while it is open; by the day, week or year it costs on every calendar
    day, whatever its timetable. Units kept in use beyond closing time are not charged again.
    """
    pool = scope.pathway.pools[body.pool]
    by_hour = pool.cost is not None and pool.cost.is_by_open_hour
    paid = body.open_units if by_hour else _held_in_run(scope, pool, body.footprint)
    if not body.unlimited:
        return paid
    instants, (opened, units) = combine((body.open_units, paid))
    return PaidUnits(Steps(instants, np.where(np.isnan(opened), 0.0, units), paid.before), body.free)


def held_units(pool: Pool, footprint: str, start: dt.date) -> Steps:
    """Returns the units that a body has, whatever the timetable, from before the start date on.

    Where a pool gives no units of its own, its timetable does: held are the most that any interval opens.
    NaN says that there is no limit.
    """
    _, first = (found := dated_units(pool, footprint or None, start))[0]
    most = _most_in_timetable(pool)
    limits = [float(most or np.nan) if units == UNLIMITED else float(units) for _, units in found]
    before = float(most or np.nan) if first == UNLIMITED else float(first)
    return levels(np.array([time for time, _ in found[1:]]), limits[1:], before)


def opened_units(pool: Pool, footprint: str, start: dt.date, until: float) -> Steps:
    """Returns the units of a body that are open by its timetable from the start date on; NaN for no limit."""
    changes = capacity_changes(pool, footprint or None, start, until)
    times, units = np.array(changes, dtype=np.float64).T
    return levels(times, np.where(units == UNLIMITED, np.nan, units))


def _held_in_run(scope: Scope, pool: Pool, footprint: str) -> Steps:
    """Units in force during a run, whatever the timetable; where there is no limit, the most it opens."""
    always = pool.model_copy(update={"timetable": {}, "closed_on_bank_holidays": False})
    found = opened_units(always, footprint, scope.legend.start_date, scope.end)
    return Steps(
        found.times, np.where(np.isnan(found.values), _most_in_timetable(pool), found.values), found.before
    )


def _most_in_timetable(pool: Pool) -> int:
    """The most units that an interval of the timetable names."""
    return max((hours.units or 0 for day in pool.timetable.values() for hours in day), default=0)
