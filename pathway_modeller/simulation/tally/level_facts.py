"""What is known of levels over time: queues, units in use and open, the number inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LevelFact:
    """One level over time.

    Attributes:
        areas: value times days of each span between two knots.
        peaks: the highest value that held for any time within each span.
        days: days of the data collection period at each level, from 0 on.
    """

    areas: Floats
    peaks: npt.NDArray[np.int32]
    days: Floats


@dataclass(frozen=True, eq=False)
class BodyFact:
    """One body of capacity over time.

    Attributes:
        in_use: units in use.
        free_areas: units in use times days of each span, while open units were unlimited or not known.
        within: units in use of those open, times days, over the data collection period.
        beyond: the same of those above the open ones.
        times: days at which its open units changed.
        units: units open from then on, -1 for no limit.
    """

    in_use: LevelFact
    free_areas: Floats
    within: float
    beyond: float
    times: Floats
    units: Ints


@dataclass(frozen=True, eq=False)
class LevelFacts:
    """Levels over time.

    Attributes:
        knots: rising days between which spans lie; the last is the end of the run.
        areas: value times days of every level and span: by element of the legend, the number inside, by body,
            and bodies taken together; shape (levels, spans).
        highest: the highest values that held in each, the same shape.
        queues: who waits, by element of the legend.
        inside: patients on the pathway.
        bodies: in the legend's order.
        together: units in use of bodies taken together, by their places in the legend.
        waiting: days waited within the data collection period, by cell (see
            :class:`pathway_modeller.simulation.tally.cells.Cells`) of those who wait.
        kept_units: unit-days kept during waits and moves, by body; see
            :mod:`pathway_modeller.analysis.observed.delays`.
        kept_elements: the same by the element that took the units; the last for none.
        kept_patients: patient-days, by cell of the element waited for or moved to.
    """

    knots: Floats
    areas: Floats
    highest: npt.NDArray[np.int32]
    queues: tuple[LevelFact, ...]
    inside: LevelFact
    bodies: tuple[BodyFact, ...]
    together: dict[tuple[int, ...], LevelFact]
    waiting: Floats
    kept_units: Floats
    kept_elements: Floats
    kept_patients: Floats
