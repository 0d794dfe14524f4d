"""Confidence intervals over replications, and paired differences on common random numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEVEL = 0.95
"""The level of every interval."""

ROUNDING = 1e-12
"""A difference smaller than this share of the larger figure is rounding, and counts as none at all."""


@dataclass(frozen=True)
class Interval:
    """A mean over replications with its 95% confidence interval (Student's t).

    Attributes:
        mean: NaN where no replication has a value.
        low, high: NaN with fewer than two values.
        n: replications that have a value; those in which it is missing are left out, never taken as zero.
    """

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class PairedInterval:
    """The mean difference option minus baseline, replication by replication, with its 95% interval.

    Attributes:
        mean, low, high: as in :class:`Interval`.
        n: replications in which both have a value.
        variance_reduction: 1 - var(difference) / (var(option) + var(baseline)): the share of the variance of
            an unpaired difference that pairing removed. 0 says that pairing did not help, a negative
            figure that it harmed; NaN where neither varies.
    """

    mean: float
    low: float
    high: float
    n: int
    variance_reduction: float


@dataclass(frozen=True, eq=False)
class IntervalColumns:
    """Many intervals at once; see :class:`Interval`. Each column has shape (rows,)."""

    mean: Floats
    low: Floats
    high: Floats
    n: npt.NDArray[np.int64]


def interval(values: npt.ArrayLike) -> Interval:
    """Returns the mean of independent replications and its interval.

    Args:
        values: one figure a replication, shape (replications,); NaN where missing.
    """
    columns = interval_columns(np.asarray(values, dtype=np.float64).reshape(1, -1))
    return Interval(float(columns.mean[0]), float(columns.low[0]), float(columns.high[0]), int(columns.n[0]))


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
    differences, reduction = paired_columns(one, two)
    columns = interval_columns(differences, 1 - (1 - LEVEL) / among)
    return PairedInterval(
        float(columns.mean[0]),
        float(columns.low[0]),
        float(columns.high[0]),
        int(columns.n[0]),
        float(reduction[0]),
    )


def interval_columns(values: Floats, level: float = LEVEL) -> IntervalColumns:
    """Returns the interval of each row of ``values``, shape (rows, replications), NaN where missing."""
    n = np.count_nonzero(~np.isnan(values), axis=1)
    mean = _mean(values, n)
    half = _t_quantile(n, level) * np.sqrt(_variance(values, mean, n) / np.maximum(n, 1))
    return IntervalColumns(mean, mean - half, mean + half, n.astype(np.int64))


def paired_columns(option: Floats, baseline: Floats) -> tuple[Floats, Floats]:
    """Returns the differences and the variance reduction of each row.

    Args:
        option: shape (rows, replications); a pair counts where both have a value. Two that differ by
            no more than rounding (``ROUNDING``) are equal.
        baseline: the same of the baseline.
    """
    both = ~(np.isnan(option) | np.isnan(baseline))
    one, two = np.where(both, option, np.nan), np.where(both, baseline, np.nan)
    n = np.count_nonzero(both, axis=1)
    unpaired = _variance(one, _mean(one, n), n) + _variance(two, _mean(two, n), n)
    difference = differences(one, two)
    with np.errstate(invalid="ignore", divide="ignore"):
        reduction = 1 - _variance(difference, _mean(difference, n), n) / unpaired
    return difference, np.where(unpaired > 0, reduction, np.nan)


def differences(option: Floats, baseline: Floats) -> Floats:
    """Returns option minus baseline: NaN where either is missing, 0 where only rounding tells them apart."""
    rounding = np.abs(option - baseline) <= ROUNDING * np.fmax(np.abs(option), np.abs(baseline))
    apart: Floats = np.where(rounding, 0.0, option - baseline)
    return apart


def _mean(values: Floats, n: npt.NDArray[np.int64]) -> Floats:
    """The mean of each row over what is there, NaN for none; exact where all figures are equal."""
    first = _first(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        means: Floats = first + np.nansum(values - first[:, None], axis=1) / np.where(n > 0, n, np.nan)
    return means


def _first(values: Floats) -> Floats:
    """The first figure of each row that is not missing, NaN for none."""
    if not values.shape[1]:
        return np.full(values.shape[0], np.nan)
    place = np.argmax(~np.isnan(values), axis=1)
    first: Floats = values[np.arange(len(values)), place]
    return first


def _variance(values: Floats, mean: Floats, n: npt.NDArray[np.int64]) -> Floats:
    """The sample variance of each row, NaN with fewer than two values."""
    squares = np.nansum((values - mean[:, None]) ** 2, axis=1)
    variance: Floats = squares / np.where(n > 1, n - 1, np.nan)
    return variance


def _t_quantile(n: npt.NDArray[np.int64], level: float = LEVEL) -> Floats:
    """The two-sided quantile of Student's t with n - 1 degrees of freedom, NaN below two values."""
    from scipy.special import stdtrit

    freedom = np.where(n > 1, n - 1, 1).astype(np.float64)
    quantiles: Floats = np.where(n > 1, stdtrit(freedom, (1 + level) / 2), np.nan)
    return quantiles
