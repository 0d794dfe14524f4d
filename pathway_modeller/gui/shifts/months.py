"""The timeline of a shift: cost, capacity and use, month by month on one axis. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.gui.shifts.cards import units_on
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.prices import price_base
from pathway_modeller.scenario.shifts.shifts import ShiftError, played, with_shifts
from pathway_modeller.scenario.shifts.timeline import ShiftMonth, months_of, shift_account

if TYPE_CHECKING:
    import pandas as pd

COSTS: tuple[tuple[str, str], ...] = (
    ("opened", "Opened"),
    ("double_running", "Double running"),
    ("stranded", "Stranded"),
    ("once", "Set-up and exit"),
    ("left", "Left the books"),
)
"""What the cost of a month is made of, with its name; the last is money no longer paid."""


@dataclass(frozen=True)
class Line:
    """A figure by month.

    Attributes:
        name: of the pool.
        opens: whether money is put into it.
        values: one a month; NaN where missing.
    """

    name: str
    opens: bool
    values: tuple[float, ...]


@dataclass(frozen=True)
class Timeline:
    """What a shift does by month.

    Attributes:
        name: of the shift.
        months: as 2025-04.
        costs: pounds a month by the keys of ``COSTS``.
        capacity: units of both pools at the end of each month, all shifts of the option together.
        use: units in use while open, as last simulated: as many as capacity has at most.
        price_year: of the pounds.
        no_use: why no use can be shown; "" where it is.
        problem: why there is no timeline; "" where there is one.
    """

    name: str = ""
    months: tuple[str, ...] = ()
    costs: Mapping[str, tuple[float, ...]] | None = None
    capacity: tuple[Line, ...] = ()
    use: tuple[Line, ...] = ()
    price_year: str = ""
    no_use: str = ""
    problem: str = ""


@dataclass(frozen=True, eq=False)
class LastUse:
    """Use of capacity in the last run.

    Attributes:
        series: of the results: ``variant``, ``time``, ``kind``, ``pool`` and ``mean``.
        variant: the option that was run.
        scenario: as it was run.
        is_stale: whether the scenario has been changed since.
    """

    series: pd.DataFrame
    variant: str
    scenario: Scenario
    is_stale: bool


def timeline(
    key: str,
    shifts: Mapping[str, Shift],
    pathway: Pathway,
    money: MoneySettings,
    run: RunSettings,
    last: LastUse | None,
) -> Timeline:
    """Returns what one shift does, month by month.

    Args:
        key: id of the shift.
        shifts: every shift of the option, this one among them.
        pathway: the option's pathway, without its shifts.
        money: price base and index.
        run: start date and data collection period.
        last: use in the last run; None if the option was not run.
    """
    shift = shifts[key]
    try:
        account = shift_account(shift, pathway, run, money)
        together = with_shifts(pathway, shifts, money, run)
    except ShiftError as error:
        return Timeline(problem=str(error))
    ends = [(shift.target, True), (shift.origin, False)]
    pools = [(pool, opens) for pool, opens in ends if pool in pathway.pools and pool is not None]
    spans = [(start, end) for _, start, end in months_of(run)]
    use = () if last is None else _use(last, pools, spans)
    return Timeline(
        name=shift.name,
        months=tuple(each.month for each in account),
        costs=_costs(account),
        capacity=tuple(_capacity(pool, opens, together, run, spans) for pool, opens in pools),
        use=use,
        price_year=price_base(money, [pathway], shifts.values()).year or "",
        no_use=_no_use(last, use),
    )


def _costs(account: Sequence[ShiftMonth]) -> dict[str, tuple[float, ...]]:
    """Returns the pounds of each month by what they are."""
    return {
        "opened": tuple(each.opened for each in account),
        "double_running": tuple(each.double_running for each in account),
        "stranded": tuple(each.stranded for each in account),
        "once": tuple(each.set_up + each.exit for each in account),
        "left": tuple(-(each.closed - each.stranded) for each in account),
    }


def _capacity(
    pool: str, opens: bool, pathway: Pathway, run: RunSettings, spans: Sequence[tuple[float, float]]
) -> Line:
    """Returns the units of a pool at the end of each month."""
    found = [units_on(pathway, pathway.pools[pool], run, math.ceil(end) - 1) for _, end in spans]
    values = tuple(math.nan if units is None else float(units) for units in found)
    return Line(pathway.pools[pool].name, opens, values)


def _use(
    last: LastUse, pools: Sequence[tuple[str, bool]], spans: Sequence[tuple[float, float]]
) -> tuple[Line, ...]:
    """Returns the units in use of pools while they are open, in each month.

    A pool that is open by day stands at zero by night, and so does its use: the share of the open units that
    are in use, times the units there are, is on the scale of its capacity. A pool without a number of units
    is open always. Work that goes on after closing is counted too.
    """
    series = last.series[last.series["variant"] == last.variant]
    pathway, run = played(last.scenario, last.variant), last.scenario.run
    lines = []
    for pool, opens in pools:
        if pool not in pathway.pools:
            continue
        used, opened = (_steps_of(series, kind, pool) for kind in ("occupancy", "capacity"))
        if not used:
            continue
        values = []
        for start, end in spans:
            mean, there = _mean_between(used, start, end), _mean_between(opened, start, end)
            units = _mean_units(pathway, pool, run, start, end)
            values.append(mean if math.isnan(units) else mean / there * units if there > 0 else math.nan)
        lines.append(Line(pathway.pools[pool].name, opens, tuple(values)))
    return tuple(lines)


def _steps_of(series: pd.DataFrame, kind: str, pool: str) -> list[tuple[float, float]]:
    """Returns a series of a pool over all footprints: from when on how many."""
    rows = series[(series["kind"] == kind) & (series["pool"] == pool)]
    whole = rows.groupby("time")["mean"].sum(min_count=1).sort_index()
    return list(zip(whole.index, whole.to_numpy(dtype=float), strict=True))


def _mean_units(pathway: Pathway, pool: str, run: RunSettings, start: float, end: float) -> float:
    """Returns the mean units of a pool in a month, whether open or closed by its timetable."""
    days = range(math.floor(start), max(math.ceil(end), math.floor(start) + 1))
    found = [units_on(pathway, pathway.pools[pool], run, day) for day in days]
    known = [units for units in found if units is not None]
    return sum(known) / len(known) if len(known) == len(found) else math.nan


def _mean_between(steps: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """Returns the mean of a step function between two times, weighted by time; NaN where it says nothing."""
    total = weight = 0.0
    for place, (begins, value) in enumerate(steps):
        ends = steps[place + 1][0] if place + 1 < len(steps) else math.inf
        overlap = min(ends, end) - max(begins, start)
        if overlap > 0 and not math.isnan(value):
            total += overlap * value
            weight += overlap
    return total / weight if weight else math.nan


def _no_use(last: LastUse | None, use: Sequence[Line]) -> str:
    """Returns why no use can be shown, or what to know about it."""
    if last is None or not use:
        return "Run the comparison to see use (F5)"
    return "as run before your last change" if last.is_stale else ""
