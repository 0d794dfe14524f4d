"""What is to be counted while a replication is played, in plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.tally.level_request import LevelsWanted
from pathway_modeller.simulation.trace import Legend

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ClockWanted:
    """A standard whose clocks are to be kept.

    Attributes:
        starts: for each element of the legend, whether reaching it starts a clock.
        stops: the same for stopping.
        again: for each element, whether reaching it is a new referral, once the clock was stopped.
        carried: for each element, what of the clock those carry who wait there at time 0:
            :data:`pathway_modeller.simulation.tally.people_facts.CARRY_RUNNING`, ``CARRY_STOPPED``, or 0.
        limit: days that are within the standard.
        instants: rising days at which running clocks are looked at.
    """

    starts: Flags
    stops: Flags
    again: Flags
    carried: npt.NDArray[np.int8]
    limit: float
    instants: Floats


@dataclass(frozen=True, eq=False)
class Wanted:
    """Everything that is to be counted.

    Attributes:
        legend: of the replication; gives its length and the warm-up period.
        edges: days at which the months of the data collection period begin, the first not before it; and
            its end.
        clocks: the standards, in order of id.
        pauses: for each element of the legend, whether clocks stand still there.
        levels: what is wanted of levels.
    """

    legend: Legend
    edges: Floats
    clocks: tuple[ClockWanted, ...]
    pauses: Flags
    levels: LevelsWanted
