"""Intervals of shares of patients, pooled over replications, and of their paired differences.

Patients of one replication have met the same queues, so that they tell less than as many apart would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.counts import net
from pathway_modeller.analysis.statistics.intervals import Floats, IntervalColumns
from pathway_modeller.analysis.statistics.moments import NORMAL, columns, divided, room


@dataclass(frozen=True, eq=False)
class _Pooled:
    """Shares of all patients of all replications; columns of shape (rows,).

    Attributes:
        n: replications that have patients.
        patients: of all replications.
        share: NaN without patients.
        rest: having - share x patients, shape (rows, replications): how far each replication is from all.
    """

    n: npt.NDArray[np.int64]
    patients: Floats
    share: Floats
    rest: Floats


def shares(having: Floats, patients: Floats) -> IntervalColumns:
    """Returns the share of all patients of all replications of each row, and its interval, within 0 to 1.

    E. B. Wilson's interval (J. Amer. Statist. Ass. 1927; 22: 209-212) with the number of patients divided by
    the design effect: the variance of the share as a ratio of two sums over replications, which may have
    different numbers of patients (W. G. Cochran, Sampling Techniques, 1977, section 6.3), over its
    variance if patients were independent. A design effect below 1 is taken as 1; being known from few
    replications, it is given room by :func:`moments.room`. Where all patients or none have it, nothing
    varies that it could be found from: then the interval says no more than that as many independent
    patients were alike.

    Args:
        having: patients that have it, shape (rows, replications), NaN where missing.
        patients: patients of each replication; without any it tells nothing.
    """
    pool = _pooled(having, patients)
    binomial = pool.share * (1 - pool.share) * pool.patients
    effect = np.maximum(divided(_variance(pool), binomial, 1.0), 1.0)
    effect = np.where(binomial > 0, effect * room(pool.rest, pool.n), 1.0)
    return _wilson(pool, divided(effect, pool.patients, np.nan))


def shares_of_time(having: Floats, time: Floats) -> IntervalColumns:
    """Returns the share of all time of all replications of each row, and its interval, within 0 to 1.

    As :func:`shares`, but time is no number of patients: how many of them it is worth follows from how far
    replications differ, and from nothing else.

    Args:
        having: time in which it holds, shape (rows, replications), NaN where missing.
        time: of each replication, in the same unit; without any it tells nothing.
    """
    pool = _pooled(having, time)
    binomial = pool.share * (1 - pool.share) * pool.patients
    effect = divided(_variance(pool), binomial, 0.0) * room(pool.rest, pool.n)
    return _wilson(pool, divided(effect, pool.patients, np.nan))


def _variance(pool: _Pooled) -> Floats:
    """The variance of what all replications have beyond their share, added up."""
    variance: Floats = (pool.rest**2).sum(axis=1) * divided(pool.n, pool.n - 1, np.nan)
    return variance


def _wilson(pool: _Pooled, variance: Floats) -> IntervalColumns:
    """Wilson's interval, given the variance of a share over share x (1 - share)."""
    k = NORMAL**2 * variance
    half = np.sqrt(k * pool.share * (1 - pool.share) + k * k / 4)
    low, high = (pool.share + k / 2 - half) / (1 + k), (pool.share + k / 2 + half) / (1 + k)
    return columns(pool.share, np.maximum(low, 0.0), np.minimum(high, 1.0), pool.n)


def share_differences(
    option: Floats, option_patients: Floats, baseline: Floats, baseline_patients: Floats
) -> IntervalColumns:
    """Returns the difference of two pooled shares, option minus baseline, and its interval.

    How far each replication moves the difference, in patients (of the harmonic mean of both numbers a
    replication), is a change with excess and shortfall; see :func:`counts.net`. So where both
    have everybody, or nobody, the interval still has a width: one patient more or less cannot be excluded.

    Args:
        option: patients that have it, shape (rows, replications); a pair counts where both have patients.
        option_patients: patients of each replication.
        baseline: the same of the baseline, in the same order.
        baseline_patients: the same of the baseline.
    """
    both = (option_patients > 0) & (baseline_patients > 0) & ~np.isnan(option) & ~np.isnan(baseline)
    one = _pooled(np.where(both, option, np.nan), option_patients)
    two = _pooled(np.where(both, baseline, np.nan), baseline_patients)
    first, second = divided(one.patients, one.n, np.nan), divided(two.patients, two.n, np.nan)
    unit = 2 / (1 / first + 1 / second)
    mean = one.share - two.share
    moved = one.rest / first[:, None] - two.rest / second[:, None] + mean[:, None]
    found = net(np.where(both, moved * unit[:, None], np.nan), alike=True)
    return columns(mean, np.maximum(found.low / unit, -1.0), np.minimum(found.high / unit, 1.0), found.n)


def _pooled(having: Floats, patients: Floats) -> _Pooled:
    """The share over all replications, and each replication's distance from it."""
    some = (patients > 0) & ~np.isnan(having)
    with_it, people = np.where(some, having, 0.0), np.where(some, patients, 0.0)
    everyone = people.sum(axis=1)
    share = divided(with_it.sum(axis=1), everyone, np.nan)
    rest = with_it - share[:, None] * people
    return _Pooled(some.sum(axis=1).astype(np.int64), everyone, share, rest)
