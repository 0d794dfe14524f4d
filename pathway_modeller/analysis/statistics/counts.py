"""Intervals of counts a replication, and of paired differences of counts.

A rare event that no replication has seen may still happen: an interval of a count is never without width.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Floats, IntervalColumns, differences
from pathway_modeller.analysis.statistics.means import means
from pathway_modeller.analysis.statistics.moments import (
    TAIL,
    Moments,
    columns,
    divided,
    moments,
    room,
)

MANY = 5.0
"""From as many events a replication on, a count is like any other mean: it may vary less than by chance."""


def counts(values: Floats) -> IntervalColumns:
    """Returns the mean count a replication of each row and its interval.

    Below ``MANY`` events a replication: the exact interval of a Poisson total (F. Garwood, Biometrika 1936;
    28: 437-442), low = chi2(0.025; 2T) / 2 and high = chi2(0.975; 2T + 2) / 2, with T and both bounds in
    units of the dispersion, variance over mean, where that exceeds 1 (McCullagh and Nelder, Generalized
    Linear Models, 1989, section 6.2). No event in n replications: from 0 to 3.689 / n.

    Args:
        values: whole events, not rates, shape (rows, replications), NaN where missing.
    """
    found = moments(values)
    low, high = _garwood(found, _dispersed(found, False))
    many = means(values, 0.0)
    often = found.mean >= MANY
    return columns(found.mean, np.where(often, many.low, low), np.where(often, many.high, high), found.n)


def count_differences(option: Floats, baseline: Floats) -> IntervalColumns:
    """Returns the mean difference option minus baseline of each row and its interval; see :func:`net`.

    Args:
        option: whole events, shape (rows, replications); a pair counts where both have a value.
        baseline: the same of the baseline, in the same order.
    """
    return net(differences(option, baseline))


def net(changes: Floats, alike: bool = False) -> IntervalColumns:
    """Returns the mean of changes counted in events or patients, and an interval never without width.

    What pairs do not share is all that a difference rests on: the excess of replications with more, and the
    shortfall of those with fewer, each a count with its interval. They are taken from one another by the
    method of variance estimates recovery with their correlation r (G. Y. Zou and A. Donner, Statist. Med.
    2008; 27: 1693-1702): low = d - sqrt((e - e_low)^2 + (s_high - s)^2 - 2 r (e - e_low)(s_high - s)), and
    the same way up. No difference in n pairs: +-3.689 / n.

    Args:
        changes: shape (rows, replications), NaN where missing.
        alike: of patients who had the same queues, so that few replications may hold most changes; then
            dispersion has room for being known from few.
    """
    more, fewer = moments(np.maximum(changes, 0.0)), moments(np.maximum(-changes, 0.0))
    more_low, more_high = _garwood(more, _dispersed(more, alike))
    fewer_low, fewer_high = _garwood(fewer, _dispersed(fewer, alike))
    squares = (more.deviations**2).sum(axis=1) * (fewer.deviations**2).sum(axis=1)
    shared = divided((more.deviations * fewer.deviations).sum(axis=1), np.sqrt(squares), 0.0)
    mean = more.mean - fewer.mean
    low = mean - _combined(more.mean - more_low, fewer_high - fewer.mean, shared)
    high = mean + _combined(more_high - more.mean, fewer.mean - fewer_low, shared)
    return columns(mean, low, high, more.n)


def _combined(one: Floats, two: Floats, shared: Floats) -> Floats:
    """How far a difference reaches, from how far both reach and their correlation."""
    reach: Floats = np.sqrt(np.maximum(one * one + two * two - 2 * shared * one * two, 0.0))
    return reach


def _dispersed(found: Moments, alike: bool) -> Floats:
    """Variance over mean, at least 1 as for a Poisson variable; above that with room where ``alike``."""
    dispersion = divided(found.spread**2, found.mean, 1.0)
    larger = dispersion * room(found.deviations, found.n) if alike else dispersion
    least: Floats = np.where(dispersion > 1, larger, 1.0)
    return least


def _garwood(found: Moments, dispersion: Floats) -> tuple[Floats, Floats]:
    """The bounds of a mean count, each of shape (rows,)."""
    from scipy.special import gammaincinv

    n: npt.NDArray[np.int64] = np.maximum(found.n, 1)
    total = found.mean * n / dispersion
    low = np.where(total > 0, gammaincinv(np.where(total > 0, total, 1.0), TAIL), 0.0)
    return low * dispersion / n, gammaincinv(total + 1, 1 - TAIL) * dispersion / n
