"""Levels over time, worked out from a trace."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.delays import kept_from, waiting
from pathway_modeller.analysis.observed.levels import UNLIMITED, Body, EveryLevel, Floats, Kept
from pathway_modeller.analysis.observed.steps import Steps, combine, counting, levels, overlap, together
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.trace import Event

if TYPE_CHECKING:
    from pathway_modeller.analysis.observed.episodes import Episodes


class TracedLevels:
    """The levels of a replication whose trace was kept."""

    def __init__(self, traced: Traced) -> None:
        self._traced = traced

    def means_on(self, edges: Floats) -> EveryLevel:
        """Returns the time-weighted means of all levels between each two neighbouring edges."""
        return self._every(lambda level: level.means_on(edges), len(edges) - 1)

    def peaks(self, start: float, end: float) -> EveryLevel:
        """Returns the largest values that held between two times, NaN if no time lies between."""
        return self._every(lambda level: level.peak(start, end))

    def integrals(self, start: float, end: float) -> EveryLevel:
        """Returns the values times days between two times."""
        return self._every(lambda level: level.integral(start, end))

    def _every(self, figure: Callable[[Steps], npt.ArrayLike], *shape: int) -> EveryLevel:
        """Returns a figure of all levels."""
        elements, bodies = self._traced.legend.elements, self.bodies
        queues = np.array([figure(self.queue(element)) for element in elements], dtype=np.float64)
        in_use = np.array([figure(body.in_use) for body in bodies], dtype=np.float64)
        return EveryLevel(
            queues.reshape(len(elements), *shape),
            in_use.reshape(len(bodies), *shape),
            np.asarray(figure(self.inside), dtype=np.float64),
        )

    def queue(self, element: str) -> Steps:
        """Returns the number of patients who wait for an activity, blocked in no other place."""
        waits = waiting(self._traced)
        return _numbers(waits.where(waits.element == self._traced.legend.elements.index(element)))

    @property
    def inside(self) -> Steps:
        """The number of patients on the pathway."""
        return _numbers(self._traced.inside)

    @cached_property
    def bodies(self) -> tuple[Body[Steps], ...]:
        """Every body of capacity in the legend's order."""
        trace = self._traced.trace
        use = np.flatnonzero(np.isin(trace.event, (Event.ACQUIRE, Event.RELEASE)))
        sign = np.where(trace.event[use] == Event.ACQUIRE, 1.0, -1.0) * trace.units[use]
        changes = np.flatnonzero(trace.event == Event.CAPACITY)
        found = []
        for index in range(len(trace.legend.pools)):
            mine, opened = trace.pool[use] == index, changes[trace.pool[changes] == index]
            in_use = counting(trace.time[use[mine]], sign[mine])
            found.append(self._body(index, in_use, trace.time[opened], trace.units[opened]))
        return tuple(found)

    def _body(self, index: int, in_use: Steps, times: Floats, units: Floats) -> Body[Steps]:
        """Returns one body of capacity."""
        key, start, end = self._traced.legend.pools[index], self._traced.start, self._traced.end
        opened = levels(times, np.where(units == UNLIMITED, np.nan, units))
        busy, over = overlap(in_use, opened)
        instants, (used, limit) = combine((in_use, opened))
        return Body(
            pool=key.pool,
            footprint=key.footprint or "",
            in_use=in_use,
            open_units=opened,
            unlimited=bool((units == UNLIMITED).any()),
            free=Steps(instants, np.where(np.isnan(limit), used, 0.0)),
            within=busy.integral(start, end),
            beyond=over.integral(start, end),
        )

    def together(self, pool: str) -> Steps:
        """Returns the units in use of all bodies of a pool taken together."""
        return together([body.in_use for body in self.bodies if body.pool == pool])

    @cached_property
    def waiting(self) -> Floats:
        """Days waited within the data collection period, by cell."""
        waits, cells = waiting(self._traced), Cells.of(self._traced.legend)
        ends, begins = np.minimum(waits.finish, self._traced.end), waits.begin
        days = np.clip(ends - np.maximum(begins, self._traced.start), 0, None)
        code = cells.code(waits.element, waits.group)
        return np.bincount(code, weights=days, minlength=len(cells)).astype(np.float64)

    @cached_property
    def kept(self) -> Kept:
        """Units kept during waits and moves."""
        return kept_from(self._traced)


def _numbers(found: Episodes) -> Steps:
    """Returns how many of some intervals go on over time."""
    ended = found.outcome >= 0
    times = np.concatenate((found.begin, found.finish[ended]))
    return counting(times, np.concatenate((np.ones(len(found)), -np.ones(int(ended.sum())))))


def levels_from(traced: Traced) -> TracedLevels:
    """Returns the levels of a replication whose trace was kept."""
    return TracedLevels(traced)
