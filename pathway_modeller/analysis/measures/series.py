"""Queues, occupancy and the number inside over time, as means over equal steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.remembered import Remembered
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.rows import Column, Rows

Floats = npt.NDArray[np.float64]
Label = tuple[str, str, str, str]
"""Kind, element, pool and footprint of some rows."""

KEYS = ("kind", "element", "pool", "footprint")


@dataclass(frozen=True, eq=False)
class SeriesPlan:
    """The points of time series, the same in every replication.

    Attributes:
        scope: what the replications are about.
        edges: the instants between which means are taken.
    """

    scope: Scope
    edges: Floats

    @classmethod
    def of(cls, scope: Scope, step_days: float) -> SeriesPlan:
        """Returns the points of time series.

        Args:
            scope: what the replications are about.
            step_days: length of a step in days. A step shorter than a day shows nights and weekends.

        Raises:
            ValueError: the step is not above zero.
        """
        if not step_days > 0:
            raise ValueError(f"the step of a series must be above 0 days, not {step_days}")
        return cls(scope, edges_of(scope.end, step_days))

    @cached_property
    def _opened(self) -> Remembered[Floats]:
        """The means of open units, which follow a timetable."""
        return Remembered(lambda body: body.open_units.means_on(self.edges))

    @cached_property
    def rows(self) -> Rows:
        """What each figure is about: the day at which its step begins, and ``KEYS``.

        The kinds are "queue" by element, "occupancy" and "capacity" by pool and footprint, and "inside" for
        the whole pathway.
        """
        labels: list[Label] = [("queue", name, "", "") for name in self.scope.activities]
        for body in self.scope.legend.pools:
            labels += [(kind, "", body.pool, body.footprint or "") for kind in ("occupancy", "capacity")]
        labels.append(("inside", "", "", ""))
        steps = len(self.edges) - 1
        time = Column(np.tile(np.arange(steps, dtype=np.int32), len(labels)), tuple(self.edges[:-1].tolist()))
        columns = Rows.of(KEYS, labels).take(np.repeat(np.arange(len(labels)), steps)).columns
        return Rows({"time": time, **columns})

    def values(self, facts: Facts) -> Floats:
        """Returns the time-weighted mean over each step; the last may be shorter than the others.

        Open units of unlimited pools are missing (NaN).
        """
        found = facts.levels.means_on(self.edges)
        places = [facts.legend.elements.index(name) for name in self.scope.activities]
        opened = [self._opened.of(body) for body in facts.levels.bodies]
        units = np.stack((found.in_use, np.reshape(opened, found.in_use.shape)), axis=1)
        return np.concatenate((found.queues[places].ravel(), units.ravel(), found.inside))


def edges_of(end: float, step_days: float) -> npt.NDArray[np.float64]:
    """Returns the instants between which means are taken; the last is the end of the run."""
    inner = np.arange(0, np.ceil(end / step_days - 1e-9)) * step_days
    return np.append(inner, end)
