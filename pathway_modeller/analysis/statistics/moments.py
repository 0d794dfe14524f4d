"""What every interval is made of: mean, spread and skewness over replications, and quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import LEVEL, Floats, IntervalColumns

NORMAL = 1.959963984540054
"""The two-sided quantile of the normal distribution at the level of every interval."""

TAIL = (1 - LEVEL) / 2
"""The chance that an interval leaves on either side."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Mean and spread of each row; every column but ``deviations`` has shape (rows,).

    Attributes:
        n: replications that have a value.
        mean: NaN for none; exact where all figures are equal.
        deviations: from the mean, shape (rows, replications); 0 where missing.
        spread: the standard deviation (divided by n - 1), NaN with fewer than two values.
        skewness: the third central moment over the second to the power of 3/2 (both divided by n); 0 where
            nothing varies.
    """

    n: npt.NDArray[np.int64]
    mean: Floats
    deviations: Floats
    spread: Floats
    skewness: Floats


def moments(values: Floats) -> Moments:
    """Returns the moments of each row of ``values``, shape (rows, replications), NaN where missing."""
    missing = np.isnan(values)
    n = (~missing).sum(axis=1).astype(np.int64)
    # Counted from a figure of the row, so that equal figures have a mean that is exactly theirs.
    start = np.fmin.reduce(values, axis=1, initial=np.nan)
    some = np.where(n > 0, n, np.nan)
    mean = start + np.where(missing, 0.0, values - start[:, None]).sum(axis=1) / some
    deviations = np.where(missing, 0.0, values - mean[:, None])
    squares = (deviations * deviations).sum(axis=1)
    spread = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
    cubes = (deviations * deviations * deviations).sum(axis=1)
    skewness = divided(cubes / some, (squares / some) ** 1.5, 0.0)
    return Moments(n, mean, deviations, spread, skewness)


def divided(over: npt.NDArray[Any], under: npt.NDArray[Any], otherwise: float) -> Floats:
    """Returns a quotient, and ``otherwise`` where nothing can be divided by."""
    fit = under > 0
    quotient: Floats = np.where(fit, over / np.where(fit, under, 1.0), otherwise)
    return quotient


def t_quantile(freedom: npt.NDArray[Any], level: float = LEVEL) -> Floats:
    """Returns the two-sided quantile of Student's t with these degrees of freedom, NaN below one."""
    from scipy.special import stdtrit

    if np.issubdtype(freedom.dtype, np.integer) and freedom.size > 1:
        # Whole numbers of replications are few, and the function takes a microsecond for each.
        distinct, place = np.unique(freedom, return_inverse=True)
        if len(distinct) < freedom.size:
            return t_quantile(distinct, level)[place.reshape(freedom.shape)]
    fit = freedom >= 1
    quantiles: Floats = np.where(fit, stdtrit(np.where(fit, freedom, 1.0), (1 + level) / 2), np.nan)
    return quantiles


def room(deviations: Floats, n: npt.NDArray[np.int64]) -> Floats:
    """Returns by how much a variance over replications is enlarged for being known from few: (t / 1.96)^2.

    Where one replication in ten has anything to tell, a variance rests on three figures, not on thirty.
    F. E. Satterthwaite (Biometrics Bulletin 1946; 2: 110-114) gives it the degrees of freedom of the
    chi-square variable with its coefficient of variation; with the fourth moment found from the sample,
    3 (sum d^2)^2 / sum d^4 - 1, about n - 1 for normal deviations. Never more than n - 1.

    Args:
        deviations: from the mean, shape (rows, replications).
        n: replications that have a value, shape (rows,).
    """
    squares = deviations * deviations
    effective = divided(squares.sum(axis=1) ** 2, (squares * squares).sum(axis=1), np.inf)
    quantiles = t_quantile(np.minimum(3 * effective - 1, n - 1.0)) / NORMAL
    return quantiles * quantiles


def columns(mean: Floats, low: Floats, high: Floats, n: npt.NDArray[np.int64]) -> IntervalColumns:
    """Returns intervals that have no bounds with fewer than two replications."""
    some = n > 1
    return IntervalColumns(mean, np.where(some, low, np.nan), np.where(some, high, np.nan), n)
