"""What figures ask of levels over time: who waits, who is inside, which units are in use and open.

Levels come from a trace (:mod:`pathway_modeller.analysis.observed.traced_levels`), or were followed while a
replication was played (:mod:`pathway_modeller.analysis.observed.tallied_levels`); then only those times can
be asked about that were known before. What happens within one instant is netted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.steps import Steps

UNLIMITED = -1
"""The number of open units by which the trace says that a pool has no limit."""

Floats = npt.NDArray[np.float64]


class OverTime(Protocol):
    """Something of which means over time can be had."""

    def integral(self, start: float, end: float) -> float:
        """Returns the value times days between two times; NaN where the value is NaN."""

    def means_on(self, edges: Floats) -> Floats:
        """Returns the time-weighted mean between each two neighbouring edges, shape (len(edges) - 1,)."""


class Level(OverTime, Protocol):
    """A whole number that keeps its value between instants."""

    def peak(self, start: float, end: float) -> float:
        """Returns the largest value that held for any time between two times, NaN if no time lies between."""

    def peaks(self, instants: Floats, end: float) -> Floats:
        """Returns the largest value from each of some rising instants to the next, the last to the end."""

    def shares(self, start: float, end: float) -> Floats:
        """Returns the share of the time between two times that each value from 0 on held."""


L = TypeVar("L", bound=Level, covariant=True)


@dataclass(frozen=True, eq=False)
class Body(Generic[L]):
    """One body of capacity over the whole run.

    Attributes:
        pool: id of the pool.
        footprint: the footprint that holds it, "" where all share it.
        in_use: units in use.
        open_units: units open; NaN while unlimited or not known.
        unlimited: whether it was ever without a limit.
        free: units in use while the open ones were unlimited or not known, else 0.
        within: units in use of those open, times days, over the data collection period; NaN where the open
            ones were unlimited or not known at any time of it.
        beyond: the same of those in use above the open ones.
    """

    pool: str
    footprint: str
    in_use: L
    open_units: Steps
    unlimited: bool
    free: OverTime
    within: float
    beyond: float


@dataclass(frozen=True, eq=False)
class Kept:
    """Time in which patients kept units that did not do what they are for, within the period.

    Attributes:
        units: unit-days by body of the legend.
        elements: unit-days by the element of the legend that took the units.
        patients: patient-days by cell of the element waited for or moved to (see
            :class:`pathway_modeller.simulation.tally.cells.Cells`).
    """

    units: Floats
    elements: Floats
    patients: Floats


@dataclass(frozen=True, eq=False)
class EveryLevel:
    """The same figure of all levels.

    Attributes:
        queues: who waits, by element of the legend, shape (elements, ...).
        in_use: units in use, by body of the legend, shape (bodies, ...).
        inside: patients on the pathway.
    """

    queues: Floats
    in_use: Floats
    inside: Floats


class Levels(Protocol):
    """The levels of one replication."""

    def means_on(self, edges: Floats) -> EveryLevel:
        """Returns the time-weighted means of all levels between each two neighbouring edges."""

    def peaks(self, start: float, end: float) -> EveryLevel:
        """Returns the largest values that held between two times, NaN if no time lies between."""

    def integrals(self, start: float, end: float) -> EveryLevel:
        """Returns the values times days between two times."""

    @property
    def inside(self) -> Level:
        """The number of patients on the pathway."""

    @property
    def bodies(self) -> tuple[Body[Level], ...]:
        """Every body of capacity in the legend's order."""

    @property
    def waiting(self) -> Floats:
        """Days waited within the data collection period, by cell."""

    @property
    def kept(self) -> Kept:
        """Units kept during waits and moves."""

    def queue(self, element: str) -> Level:
        """Returns the number of patients who wait for an activity."""

    def together(self, pool: str) -> Level:
        """Returns the units in use of all bodies of a pool taken together."""
