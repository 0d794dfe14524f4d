"""Queues over time, units in use against units open, and days lost while units are kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import Groups, Key, by_cell
from pathway_modeller.analysis.measures.measure import Block, Floats, Measure, among, block
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.remembered import Remembered
from pathway_modeller.analysis.observed.scope import Scope

_PERIOD = (
    "All hours of the data collection period, nights and weekends included; the warm-up period is left out."
)

# The records below stand as in a table, several fields to a line.
# fmt: off
CAPACITY = (
    Measure(
        "queue.mean", "Mean number waiting", "patients", _PERIOD, "lower",
        "Time-weighted mean of the number in the queue, without those who are blocked in a bed or other "
        "units of another place meanwhile.",
    ),
    Measure(
        "queue.peak", "Longest queue", "patients", _PERIOD, "lower",
        "The most who waited at one time, without those who are blocked in another place.",
    ),
    Measure(
        "pool.occupancy", "Mean units in use", "units", _PERIOD, "neither",
        "Time-weighted mean, units kept by patients who wait to move on and work beyond closing time "
        "included.",
    ),
    Measure(
        "pool.peak", "Most units in use", "units", _PERIOD, "neither", "The most in use at one time.",
    ),
    Measure(
        "pool.open", "Mean units open", "units", _PERIOD, "neither",
        "Time-weighted mean of the units open; missing where the pool is unlimited.",
    ),
    Measure(
        "pool.utilisation", "Utilisation", "share",
        "Open hours of the data collection period; the warm-up period is left out.", "neither",
        "Units in use while open, units kept by patients who wait to move on (blocked) included, over units "
        "open. Work beyond closing time or beyond a cut in "
        "capacity is not in it (see overrun), so that it is never above 100%. Missing where the pool is "
        "unlimited or never open.",
    ),
    Measure(
        "pool.overrun", "Overrun", "unit-hours", _PERIOD, "lower",
        "Unit-hours in use beyond the units open: work finished after closing time or after a cut in "
        "capacity. Missing where the pool is unlimited.",
    ),
    Measure(
        "delay.unit_days", "Days lost to delay", "unit-days", _PERIOD, "lower",
        "Units of the pool times days kept by patients who wait in the queue of another activity, or "
        "who keep them during a move that takes time.",
    ),
    Measure(
        "delay.kept_days", "Days for which its units were kept", "unit-days", _PERIOD, "lower",
        "The same by the activity that took the units and could not give them back.",
    ),
    Measure(
        "delay.patient_days", "Days delayed for want of this activity", "patient-days", _PERIOD, "lower",
        "Days patients waited for the activity, or moved to it, while keeping units of any pool.",
    ),
)
# fmt: on


def queues(scope: Scope) -> Iterator[Block]:
    """Yields the time-weighted mean number waiting, and each activity's longest queue."""
    groups, period = by_cell(scope), scope.period
    places = [scope.legend.elements.index(name) for name in scope.activities]

    def mean(facts: Facts, _: Ledger) -> list[Floats]:
        return [groups.totals(facts.levels.waiting) / period]

    def longest(facts: Facts, _: Ledger) -> list[Floats]:
        return [facts.levels.peaks(scope.start, scope.end).queues[places]]

    yield block(among(CAPACITY, "queue.mean"), groups, mean)
    yield block(among(CAPACITY, "queue.peak"), _elements(scope), longest)


_USES = among(CAPACITY, "pool.occupancy", "pool.open", "pool.utilisation", "pool.overrun")


def pools(scope: Scope) -> Iterator[Block]:
    """Yields occupancy, open units, utilisation and overrun of each body, and of pools over footprints."""
    legend, together = scope.legend, _over_footprints(scope)
    opened = Remembered(lambda body: body.open_units.integral(scope.start, scope.end))
    bodies = Groups.listed(
        [Key(pool=body.pool, footprint=body.footprint or "") for body in legend.pools], apart=True
    )

    def each(facts: Facts, _: Ledger) -> Floats:
        peaks = facts.levels.peaks(scope.start, scope.end).in_use
        return np.vstack((_uses(scope, _parts(facts, opened)), peaks))

    def shared(facts: Facts, _: Ledger) -> Floats:
        parts = _parts(facts, opened)
        return _uses(
            scope, np.stack([parts[:, list(each)].sum(axis=1) for each in together.values()], axis=1)
        )

    yield block((*_USES, *among(CAPACITY, "pool.peak")), bodies, each)
    if together:
        yield block(_USES, Groups.listed([Key(pool=pool) for pool in together], apart=True), shared)


def _parts(facts: Facts, opened: Remembered[float]) -> Floats:
    """Returns units times days in use, open, in use of those open, and beyond these: shape (4, bodies)."""
    found = facts.levels.bodies
    used = facts.levels.integrals(facts.start, facts.end).in_use
    rest = np.array([(opened.of(body), body.within, body.beyond) for body in found], dtype=np.float64)
    return np.vstack((used, rest.reshape(len(found), 3).T))


def _uses(scope: Scope, parts: Floats) -> Floats:
    """Returns units in use and open, the share in use, and unit-hours beyond, of each column."""
    used, opened, within, beyond = parts
    period = scope.period
    share = within / np.where(opened > 0, opened, np.nan)
    return np.stack((used / period, opened / period, share, beyond * 24))


def delays(scope: Scope) -> Iterator[Block]:
    """Yields delayed days: unit-days kept by pool and activity, patient-days by the activity waited for."""
    legend, groups = scope.legend, by_cell(scope)
    together = _over_footprints(scope)
    bodies = [Key(pool=body.pool, footprint=body.footprint or "") for body in legend.pools]
    places = [legend.elements.index(name) for name in scope.activities]

    def units(facts: Facts, _: Ledger) -> list[Floats]:
        kept = facts.levels.kept.units
        return [np.array([*kept, *(kept[list(parts)].sum() for parts in together.values())])]

    def elements(facts: Facts, _: Ledger) -> list[Floats]:
        return [facts.levels.kept.elements[places]]

    keys = Groups.listed([*bodies, *(Key(pool=pool) for pool in together)])
    yield block(among(CAPACITY, "delay.unit_days"), keys, units)
    yield block(
        among(CAPACITY, "delay.patient_days"),
        groups,
        lambda facts, _: [groups.totals(facts.levels.kept.patients)],
    )
    yield block(among(CAPACITY, "delay.kept_days"), _elements(scope), elements)


def _elements(scope: Scope) -> Groups:
    """Returns the activities, one by one."""
    return Groups.listed([Key(element=name) for name in scope.activities])


def _over_footprints(scope: Scope) -> dict[str, tuple[int, ...]]:
    """Returns the places of the bodies of each pool that footprints hold."""
    pools = scope.legend.pools
    return {
        pool: tuple(place for place, body in enumerate(pools) if body.pool == pool)
        for pool in dict.fromkeys(body.pool for body in pools if body.footprint)
    }
