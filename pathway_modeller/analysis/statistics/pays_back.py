"""From which month on a saving has paid for itself, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Floats
from pathway_modeller.analysis.statistics.means import means


@dataclass(frozen=True)
class PaysBack:
    """Months, counted from 1; infinite for never within the months given, NaN where it cannot be told.

    Attributes:
        month: from which on the mean running total stays above zero.
        earliest: the same of the upper bounds of the 95% intervals of the totals.
        latest: the same of the lower bounds: "between month 17 and never" has an infinite one.
    """

    month: float
    earliest: float
    latest: float


def pays_back(totals: Floats) -> PaysBack:
    """Returns the month of breaking even with its interval.

    The bounds of the totals, month by month, are followed to where they stay above zero: Fieller's way of
    turning round intervals of a line into one of the place where it crosses (J. R. Statist. Soc. B 1954;
    16: 175-185). The month is one month, so nothing has to be allowed for looking at many.

    Args:
        totals: running totals of a saving, money, shape (replications, months); NaN where missing.
    """
    columns = means(np.asarray(totals, dtype=np.float64).T)
    if not len(columns.n) or np.min(columns.n) < 1:
        return PaysBack(np.nan, np.nan, np.nan)
    month = _from(columns.mean > 0)
    if np.min(columns.n) < 2:
        return PaysBack(month, np.nan, np.nan)
    return PaysBack(month, _from(columns.high > 0), _from(columns.low > 0))


def _from(above: npt.NDArray[np.bool_]) -> float:
    """The first month from which all are above, counted from 1; infinite for none."""
    under = np.flatnonzero(~above)
    first = int(under[-1]) + 2 if len(under) else 1
    return float(first) if first <= len(above) else np.inf
