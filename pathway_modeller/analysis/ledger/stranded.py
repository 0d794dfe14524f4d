"""Lines for capacity that an option has closed, or opens for fewer hours, and that is still paid for.

The baseline's own cuts are treated alike: what it had is the most that it has had so far, and leaves on the
same terms, so that notice and blocks do not depend on which of the two is called the baseline.

Hours matter for pools that cost by the open hour. Hours that the baseline opens and the option does not are
paid for until the notice of the pool, from the start date, has passed, and then in so far as the units that
lose them are no whole block. Hours that the option opens in their stead, of no more units than the baseline
has, count against them month by month: staff moved from mornings to evenings strand nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.ledger.capacity import open_on_top, pounds_a_day
from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.ledger.context import Books
from pathway_modeller.analysis.ledger.lines import Lines, Months, labels_of
from pathway_modeller.analysis.ledger.paid_units import held_units, opened_units
from pathway_modeller.analysis.ledger.release import (
    NOTHING,
    Closing,
    Terms,
    asked_about,
    closings,
    release,
    terms_of,
)
from pathway_modeller.analysis.ledger.scope import LedgerScope
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.levels import Floats, Level
from pathway_modeller.analysis.observed.steps import Steps, combine, together
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.shifts.whole_units import bodies_of
from pathway_modeller.simulation.trace import Legend


@dataclass(frozen=True, eq=False)
class _Body:
    """One body of the baseline's capacity beside the option's.

    Attributes:
        pool: its id.
        footprint: which footprint holds it, "" for all together.
        held, opened: units that the baseline has, and has open.
        option, option_opened: units that the option has, and has open.
        parts: the footprints whose units it is made of; None for all together.
    """

    pool: str
    footprint: str
    held: Steps
    opened: Steps
    option: Steps
    option_opened: Steps
    parts: tuple[str | None, ...]


@dataclass(frozen=True, eq=False)
class Changed:
    """A body of capacity that an option changes, with what of it does not depend on what happens.

    Attributes:
        pool: the baseline's.
        body: baseline and option beside each other.
        terms: on which closed units leave; None if none are closed.
        hours: lines for hours that the option no longer opens.
    """

    pool: Pool
    body: _Body
    terms: Terms | None
    hours: Lines


def changed_bodies(scope: LedgerScope) -> tuple[Changed, ...]:
    """Returns the bodies of capacity that an option changes."""
    legend, pathway, kept = scope.scope.legend, scope.scope.pathway, scope.kept
    found = []
    for name, pool in _changed(pathway, kept):
        for body in _bodies(legend, pathway, kept, name):
            hours = scope.no_lines()
            terms = terms_of(_closing(legend, kept, body), hours.months.since_start)
            _add_hours(hours, pool, pathway.pools.get(name), body)
            found.append(Changed(pool, body, terms, hours))
    return tuple(found)


def add_stranded(lines: Lines, facts: Facts, changed: Sequence[Changed]) -> dict[str, float]:
    """Adds what is paid for closed units, at the baseline's cost.

    Pools by the open hour cost the hours in which the baseline's timetable would have opened them.

    Returns:
        For each shift, the day on which the first cost of the pool it takes from left; absent if none did.
    """
    left: dict[str, float] = {}
    for each in changed:
        found = release(each.terms, _in_use(facts, each.body), lines.months.since_start[-1])
        for shift, day in found.left.items():
            left[shift] = min(day, left.get(shift, day))
        if np.any(found.stranded.values > 0):
            _add(lines, each.pool, each.body, found.stranded)
        lines.take_over(each.hours)
    return left


def looked_at(legend: Legend, pathway: Pathway, kept: Books) -> tuple[Floats, frozenset[str]]:
    """Returns what has to be known of units in use to tell what is released of closed units.

    Returns:
        Days from one of which to the next the most units in use are asked for, and the pools of which that
        is asked of all footprints together.
    """
    days, pools = [np.empty(0)], set()
    months = Months.of(legend).since_start
    for name, _ in _changed(pathway, kept):
        for body in _bodies(legend, pathway, kept, name):
            days.append(asked_about(_closing(legend, kept, body), months))
            if len(body.parts) > 1:
                pools.add(name)
    return np.unique(np.concatenate(days)), frozenset(pools)


def _changed(pathway: Pathway, kept: Books) -> list[tuple[str, Pool]]:
    """Returns the pools of the baseline that are not the same in the option, or that have steps."""
    pools = sorted(kept.baseline.pools.items())
    return [(name, pool) for name, pool in pools if pool.steps or pool != pathway.pools.get(name)]


def _most_so_far(held: Steps) -> Steps:
    """Returns the most units that there have been so far."""
    most = np.fmax.accumulate(np.append(held.before, held.values))
    return Steps(held.times, most[1:], held.before)


def _in_use(facts: Facts, body: _Body) -> Level:
    """Returns the units of a body that are in use in the option."""
    mine = [
        each.in_use
        for each in facts.levels.bodies
        if each.pool == body.pool and (each.footprint or None) in body.parts
    ]
    if len(mine) > 1:
        return facts.levels.together(body.pool)
    return mine[0] if mine else NOTHING


def _add_hours(lines: Lines, pool: Pool, now: Pool | None, body: _Body) -> None:
    """Adds what is paid for hours that the option no longer opens."""
    if now is None or any(each.cost is None or each.cost.per != "open hour" for each in (pool, now)):
        return
    notice, block = pool.notice.days if pool.notice else 0.0, pool.block or 1
    functions = (
        body.opened,
        body.option,
        body.option_opened,
        body.held,
        Steps(np.array([notice]), np.ones(1)),
    )
    instants, (base, has, opens, had, over) = combine(functions)
    cut = np.nan_to_num(np.maximum(np.minimum(base, has) - opens, 0.0))
    instead = np.nan_to_num(np.maximum(np.minimum(opens, had) - base, 0.0))
    still = np.where(over > 0, cut - np.floor(cut / block) * block, cut)
    paid, other = (lines.months.integrals(Steps(instants, units)) for units in (still, instead))
    if not np.any(paid > other):
        return
    labels = labels_of(pool) | {"pool": body.pool, "footprint": body.footprint}
    a_day = pounds_a_day(lines, pool, labels, needed=True)
    if a_day is not None:
        lines.add_months(COST, "stranded", np.maximum(paid - other, 0.0) * a_day, labels)


def _add(lines: Lines, pool: Pool, body: _Body, stranded: Steps) -> None:
    """Adds the lines of one body."""
    labels = labels_of(pool) | {"pool": body.pool, "footprint": body.footprint}
    a_day = pounds_a_day(lines, pool, labels, needed=True)
    if pool.cost is None or a_day is None:
        return
    by_hour = pool.cost.is_by_open_hour
    units = open_on_top(stranded, body.option, body.opened) if by_hour else stranded
    lines.add_months(COST, "stranded", lines.months.integrals(units) * a_day, labels)


def _bodies(legend: Legend, pathway: Pathway, kept: Books, name: str) -> Iterator[_Body]:
    """Yields the bodies of a pool of the baseline; one for all, if the option has it held otherwise."""
    base, now = kept.baseline.pools[name], pathway.pools.get(name)
    start, end = legend.start_date, legend.until
    holders = bodies_of(kept.baseline, base)
    holders_now = () if now is None else bodies_of(pathway, now)
    alike = now is None or now.per_footprint == base.per_footprint
    for parts in [(each,) for each in holders] if alike else [holders]:
        mine = parts if alike else holders_now
        there = [each for each in mine if each in holders_now and now]
        yield _Body(
            pool=name,
            footprint=(parts[0] or "") if alike else "",
            held=_most_so_far(together([held_units(base, each or "", start) for each in parts])),
            opened=together([opened_units(base, each or "", start, end) for each in parts]),
            option=together([held_units(now, each or "", start) for each in there if now]),
            option_opened=together([opened_units(now, each or "", start, end) for each in there if now]),
            parts=mine,
        )


def _closing(legend: Legend, kept: Books, body: _Body) -> Closing:
    """Returns what is closed of a body, and on what terms."""
    pool, start = kept.baseline.pools[body.pool], legend.start_date
    notice = pool.notice.days if pool.notice else 0.0
    shifts, notices = {}, {}
    for moved in kept.moves.of_pool(body.pool):
        days = sorted(day for part in body.parts for day in moved.days(start, part))
        if not moved.opens and days:
            own = kept.shifts[moved.shift].notice
            shifts[moved.shift] = closings(days)
            notices[moved.shift] = notice if own is None else own.days
    return Closing(body.held, body.option, pool.block or 1, notice, shifts, notices)
