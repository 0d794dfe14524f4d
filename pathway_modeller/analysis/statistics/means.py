"""Intervals of means over replications, skewed or not, of their differences, and of ratios of two means."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import (
    LEVEL,
    Floats,
    Interval,
    IntervalColumns,
    PairedInterval,
    differences,
)
from pathway_modeller.analysis.statistics.moments import Moments, columns, divided, moments, t_quantile

SHRINK = 3.0
"""Replications' worth of belief that a figure is not skewed: the skewness found counts n / (n + 3)."""


def interval(values: npt.ArrayLike) -> Interval:
    """Returns the mean of independent replications and its interval.

    Args:
        values: one figure a replication, shape (replications,); NaN where missing.
    """
    found = means(np.asarray(values, dtype=np.float64).reshape(1, -1))
    return Interval(float(found.mean[0]), float(found.low[0]), float(found.high[0]), int(found.n[0]))


def paired(option: npt.ArrayLike, baseline: npt.ArrayLike, *, among: int = 1) -> PairedInterval:
    """Returns the interval of the paired difference option minus baseline.

    Args:
        option: one figure a replication, shape (replications,); NaN where missing.
        baseline: the same of the baseline, in the same order.
        among: how many differences are judged together: then all of their intervals hold at once with 95%
            (Bonferroni).

    Raises:
        ValueError: the two have different lengths.
    """
    one = np.asarray(option, dtype=np.float64).reshape(1, -1)
    two = np.asarray(baseline, dtype=np.float64).reshape(1, -1)
    if one.shape != two.shape:
        raise ValueError(f"paired figures need equal numbers of replications, not {one.size} and {two.size}")
    found = means(differences(one, two), level=1 - (1 - LEVEL) / among)
    reduced = float(variance_reduction(one, two)[0])
    return PairedInterval(
        float(found.mean[0]), float(found.low[0]), float(found.high[0]), int(found.n[0]), reduced
    )


def means(values: Floats, lowest: float | Floats = -np.inf, level: float = LEVEL) -> IntervalColumns:
    """Returns the mean of each row and its interval, which leans to where the figures have their tail.

    Student's t where nothing is skewed; see :func:`leaning` for the rest.

    Args:
        values: one figure a replication, shape (rows, replications), NaN where missing.
        lowest: what no figure can be below (0 for a wait), one number or shape (rows,).
        level: of the interval.
    """
    found = moments(values)
    below, above = leaning(found, SHRINK, level)
    return columns(found.mean, np.maximum(found.mean - below, lowest), found.mean + above, found.n)


def variance_reduction(option: Floats, baseline: Floats) -> Floats:
    """Returns how much of the variance of an unpaired difference pairing removed: :class:`PairedInterval`.

    Args:
        option: shape (rows, replications); a pair counts where both have a value.
        baseline: the same of the baseline.
    """
    both = ~(np.isnan(option) | np.isnan(baseline))
    one, two = np.where(both, option, np.nan), np.where(both, baseline, np.nan)
    spreads = [moments(each).spread for each in (differences(one, two), one, two)]
    paired_variance, *unpaired = (each * each for each in spreads)
    return 1 - divided(paired_variance, unpaired[0] + unpaired[1], np.nan)


def interval_about(n: npt.NDArray[np.int64], squares: Floats, cubes: Floats) -> tuple[Floats, Floats]:
    """Returns how far an interval reaches below and above each mean; NaN with fewer than two figures.

    Args:
        n: how many figures each mean is of.
        squares: the sum of squares of their deviations from it.
        cubes: the sum of the cubes.
    """
    some = np.maximum(n, 1)
    spread = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
    skewness = divided(cubes / some, (squares / some) ** 1.5, 0.0)
    nothing = np.zeros((len(n), 0))
    return leaning(Moments(n, nothing, nothing, spread, skewness), SHRINK)


def leaning(found: Moments, shrink: float, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Returns how far an interval of a mean reaches below and above it, each of shape (rows,).

    P. Hall, "On the removal of skewness by transformation", J. R. Statist. Soc. B 1992; 54: 221-228: with
    u = (mean - truth) / s and skewness g, the cubic u + g u^2 / 3 + g^2 u^3 / 27 + g / (6 n) is free of
    skewness to the second order; it is set to +-t / sqrt(n) and solved for the truth. His g is taken times
    n / (n + shrink), since from few replications it is uncertain, and the cubic makes much of it.
    """
    n = np.maximum(found.n, 1).astype(np.float64)
    skewness = found.skewness * n / (n + shrink)
    reach = t_quantile(found.n - 1, level) / np.sqrt(n)
    return found.spread * _solved(reach, skewness, n), -found.spread * _solved(-reach, skewness, n)


def _solved(cubic: Floats, skewness: Floats, n: Floats) -> Floats:
    """The u at which Hall's cubic has a value."""
    some = np.abs(skewness) > 1e-9
    g = np.where(some, skewness, 1.0)
    inside = g * (cubic - g / (6 * n))
    # log1p keeps the digits of a small skewness that 1 + x would lose.
    near = np.expm1(np.log1p(np.where(inside > -0.5, inside, 0.0)) / 3)
    root = np.where(inside > -0.5, near, np.cbrt(1 + inside) - 1)
    solved: Floats = np.where(some, 3 * root / g, cubic)
    return solved


def ratios(over: Floats, under: Floats) -> IntervalColumns:
    """Returns the ratio of two means over replications and its interval.

    E. C. Fieller, "Some problems in interval estimation", J. R. Statist. Soc. B 1954; 16: 175-185: all
    ratios r for which the mean of over - r under does not differ from zero, with Student's t and n - 1
    degrees of freedom. Where the lower mean itself may be zero, that set has no end: then both bounds are
    NaN, and the ratio cannot be told from these replications.

    Args:
        over: shape (rows, replications); a pair counts where both have a value.
        under: the same of what it is divided by.
    """
    both = ~(np.isnan(over) | np.isnan(under))
    one, two = moments(np.where(both, over, np.nan)), moments(np.where(both, under, np.nan))
    scale = t_quantile(one.n - 1) ** 2 / (np.maximum(one.n, 2) - 1) / np.maximum(one.n, 1)
    a = two.mean**2 - scale * (two.deviations**2).sum(axis=1)
    b = one.mean * two.mean - scale * (one.deviations * two.deviations).sum(axis=1)
    c = one.mean**2 - scale * (one.deviations**2).sum(axis=1)
    bounded = a > 0
    root = np.sqrt(np.maximum(np.where(bounded, b * b - a * c, np.nan), 0.0))
    a = np.where(bounded, a, np.nan)
    ratio = one.mean / np.where(two.mean != 0, two.mean, np.nan)
    return columns(ratio, (b - root) / a, (b + root) / a, one.n)
