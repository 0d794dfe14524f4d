"""Lines for capacity that an option has closed and that is still paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.ledger_books import Books
from pathway_modeller.analysis.ledger_capacity import open_on_top, pounds_a_day
from pathway_modeller.analysis.ledger_lines import COST, Lines, labels_of
from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.occupancy import bodies
from pathway_modeller.analysis.paid_units import held_units, opened_units
from pathway_modeller.analysis.release import NOTHING, Closing, closings, release
from pathway_modeller.analysis.steps import Steps, combine
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.shift_moves import bodies_of


@dataclass(frozen=True, eq=False)
class _Body:
    """One body of the baseline's capacity beside the option's.

    Attributes:
        pool: its id.
        footprint: which footprint holds it, "" for all together.
        held, opened: units that the baseline has, and has open.
        option: units that the option has.
        in_use: units in use in the option.
        parts: the footprints whose units it is made of; None for all together.
    """

    pool: str
    footprint: str
    held: Steps
    opened: Steps
    option: Steps
    in_use: Steps
    parts: tuple[str | None, ...]


def add_stranded(lines: Lines, observed: Observed, kept: Books) -> dict[str, float]:
    """Adds what is paid for closed units, at the baseline's cost.

    Pools by the open hour cost the hours in which the baseline's timetable would have opened them.

    Returns:
        For each shift, the day on which the first cost of the pool it takes from left; absent if none did.
    """
    left: dict[str, float] = {}
    months = (0.0, *(edge for edge in lines.months.edges.tolist() if edge > 0))
    for name, pool in sorted(kept.baseline.pools.items()):
        if pool == observed.pathway.pools.get(name):
            continue
        for body in _bodies(observed, kept, name):
            found = release(_closing(observed, kept, body), months)
            for shift, day in found.left.items():
                left[shift] = min(day, left.get(shift, day))
            if np.any(found.stranded.values > 0):
                _add(lines, pool, body, found.stranded)
    return left


def _add(lines: Lines, pool: Pool, body: _Body, stranded: Steps) -> None:
    """Adds the lines of one body."""
    labels = labels_of(pool) | {"pool": body.pool, "footprint": body.footprint}
    a_day = pounds_a_day(lines, pool, labels, needed=True)
    if pool.cost is None or a_day is None:
        return
    by_hour = pool.cost.per == "open hour"
    units = open_on_top(stranded, body.option, body.opened) if by_hour else stranded
    lines.add_months(COST, "stranded", lines.months.integrals(units) * a_day, labels)


def _bodies(observed: Observed, kept: Books, name: str) -> Iterator[_Body]:
    """Yields the bodies of a pool of the baseline; one for all, if the option has it held otherwise."""
    base, now = kept.baseline.pools[name], observed.pathway.pools.get(name)
    start, end = observed.trace.legend.start_date, observed.end
    holders = bodies_of(kept.baseline, base)
    holders_now = () if now is None else bodies_of(observed.pathway, now)
    alike = now is None or now.per_footprint == base.per_footprint
    in_use = {body.footprint or None: body.in_use for body in bodies(observed) if body.pool == name}
    for parts in [(each,) for each in holders] if alike else [holders]:
        mine = parts if alike else holders_now
        yield _Body(
            pool=name,
            footprint=(parts[0] or "") if alike else "",
            held=_added([held_units(base, each or "", start) for each in parts]),
            opened=_added([opened_units(base, each or "", start, end) for each in parts]),
            option=_added(
                [held_units(now, each or "", start) for each in mine if each in holders_now and now]
            ),
            in_use=_added([in_use[each] for each in mine if each in in_use]),
            parts=mine,
        )


def _closing(observed: Observed, kept: Books, body: _Body) -> Closing:
    """Returns what is closed of a body, and on what terms."""
    pool, start = kept.baseline.pools[body.pool], observed.trace.legend.start_date
    notice = pool.notice.days if pool.notice else 0.0
    shifts, notices = {}, {}
    for moved in kept.moves.of_pool(body.pool):
        days = sorted(day for part in body.parts for day in moved.days(start, part))
        if not moved.opens and days:
            own = kept.shifts[moved.shift].notice
            shifts[moved.shift] = closings(days)
            notices[moved.shift] = notice if own is None else own.days
    return Closing(body.held, body.option, body.in_use, pool.block or 1, notice, shifts, notices)


def _added(parts: list[Steps]) -> Steps:
    """Returns the sum of functions of time; nothing if there are none."""
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    instants, values = combine(tuple(parts))
    return Steps(instants, np.sum(values, axis=0), sum(part.before for part in parts))
