"""The chance of delay by number of beds, from how many are in use where there is no limit.

Where nobody ever waits for a bed the number in use, N, is that which patients ask for. Had there been b beds
and had patients who found none gone elsewhere, the chance that a bed is wanted while none is free would be
P(N = b) / P(N <= b): Erlang's loss formula where arrivals are random, whatever the lengths of stay (A. K.
Erlang, 1917; B. A. Sevastyanov, Theory Probab. Appl. 1957; 2: 104-112). T. Monks, D. Worthington, M. Allen,
M. Pitt, K. Stein and M. A. James, "A modelling tool for capacity planning in acute and community stroke
services", BMC Health Serv. Res. 2016; 16: 530, plan the beds of stroke wards by it, and call it the
probability of delay. Patients who take k beds at once need k free ones: P(b - k < N <= b) / P(N <= b) (J. S.
Kaufman, IEEE Trans. Commun. 1981; 29: 1474-1481).

It says nothing of a pool that has a limit: there waits have bent how many are in use.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import IntervalColumns
from pathway_modeller.analysis.statistics.shares import shares_of_time

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ChanceOfDelay:
    """The chance of delay at numbers of beds; columns of shape (numbers,).

    Attributes:
        units: numbers of beds, rising by one; from the least with which anybody might not be delayed to the
            most that were ever in use.
        chance: share of patients who would be delayed, with its interval over replications.
        in_use: share of time in which exactly so many are in use without a limit.
        at_most: share of time in which no more are.
    """

    units: Ints
    chance: IntervalColumns
    in_use: Floats
    at_most: Floats

    def at(self, units: int) -> tuple[float, float, float]:
        """Returns the chance with its interval at a number of beds, NaN beyond those that tell anything.

        With fewer beds than :attr:`units` begins with everybody is delayed: 1, without an interval.
        """
        if not len(self.units) or units < self.units[0]:
            return 1.0, np.nan, np.nan
        place = units - int(self.units[0])
        if place >= len(self.units):
            return np.nan, np.nan, np.nan
        found = self.chance
        return float(found.mean[place]), float(found.low[place]), float(found.high[place])

    def fewest(self, chance: float) -> int | None:
        """Returns the fewest beds with no more than this chance of delay; None if none of them is enough."""
        enough = np.flatnonzero(self.chance.mean <= chance)
        return int(self.units[enough[0]]) if len(enough) else None


def chance_of_delay(shares: Floats, taken: int = 1) -> ChanceOfDelay:
    """Returns the chance of delay by number of beds.

    Args:
        shares: of the time in which 0, 1, 2, ... were in use without a limit, shape (replications, levels).
        taken: beds that a patient takes at once.

    Raises:
        ValueError: nobody takes a bed.
    """
    if taken < 1:
        raise ValueError(f"a patient takes one unit or more, not {taken}")
    upto = np.cumsum(shares, axis=1)
    before = np.concatenate((np.zeros((len(shares), taken)), upto), axis=1)[:, : shares.shape[1]]
    # Below the first of these everybody would be delayed, whatever happens.
    units = np.flatnonzero(before.sum(axis=0) > 0)
    having, time = (upto - before)[:, units].T, upto[:, units].T
    return ChanceOfDelay(
        units.astype(np.int64),
        shares_of_time(having, time),
        shares[:, units].mean(axis=0),
        upto[:, units].mean(axis=0),
    )
