"""Ways to find an interval that were tried and not chosen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Floats, IntervalColumns
from pathway_modeller.analysis.statistics.means import leaning
from pathway_modeller.analysis.statistics.moments import NORMAL, columns, moments, t_quantile
from pathway_modeller.analysis.statistics.percentiles import sectioned

Candidate = Callable[..., IntervalColumns]

NOBODY = np.zeros(0, dtype=np.int64)


def around(mean: Floats, low: Floats, high: Floats) -> IntervalColumns:
    """Returns intervals of which nobody asks the number of replications."""
    return IntervalColumns(mean, low, high, NOBODY)


def student(values: Floats) -> IntervalColumns:
    """Student's t interval of each row of ``values``, shape (rows, replications), NaN where missing."""
    found = moments(values)
    half = t_quantile(found.n - 1) * found.spread / np.sqrt(np.maximum(found.n, 1))
    return columns(found.mean, found.mean - half, found.mean + half, found.n)


def log_scale(values: Floats) -> IntervalColumns:
    """Student's t of a logarithm, by the delta method: m exp(+-t s / (m sqrt(n)))."""
    found = student(values)
    reach = (found.high - found.mean) / found.mean
    return around(found.mean, found.mean * np.exp(-reach), found.mean * np.exp(reach))


def johnson(values: Floats) -> IntervalColumns:
    """N. J. Johnson, J. Amer. Statist. Ass. 1978; 73: 536-544: t, moved by the third moment / (6 s^2 n)."""
    found, plain = moments(values), student(values)
    move = found.skewness * found.spread / (6 * found.n)
    return around(found.mean, plain.low + move, plain.high + move)


def hall(values: Floats) -> IntervalColumns:
    """Hall's transformation with the skewness as it was found."""
    found = moments(values)
    below, above = leaning(found, 0.0)
    return around(found.mean, found.mean - below, found.mean + above)


def of_difference(way: Candidate) -> Candidate:
    """Returns a way of means for paired differences."""
    return lambda option, baseline: way(option - baseline)


def garwood(values: Floats) -> IntervalColumns:
    """The exact interval of a Poisson total, as if nothing were over-dispersed."""
    from scipy.special import gammaincinv

    n, total = values.shape[1], values.sum(axis=1)
    low = np.where(total > 0, gammaincinv(np.maximum(total, 1), 0.025), 0.0)
    return around(total / n, low / n, gammaincinv(total + 1, 0.975) / n)


def recovered(way: Candidate) -> Candidate:
    """Returns a difference of two intervals by variance estimates recovery, with the correlation of pairs."""

    def difference(*figures: Floats) -> IntervalColumns:
        half = len(figures) // 2
        one, two = way(*figures[:half]), way(*figures[half:])
        first, second = (
            moments(each[0] / (each[1] if half > 1 else 1)) for each in (figures[:half], figures[half:])
        )
        products = (first.deviations * second.deviations).sum(axis=1)
        squares = (first.deviations**2).sum(axis=1) * (second.deviations**2).sum(axis=1)
        shared = np.where(squares > 0, products / np.sqrt(np.where(squares > 0, squares, 1)), 0)
        mean = one.mean - two.mean
        down = _reach(one.mean - one.low, two.high - two.mean, shared)
        return around(mean, mean - down, mean + _reach(one.high - one.mean, two.mean - two.low, shared))

    return difference


def _reach(one: Floats, two: Floats, shared: Floats) -> Floats:
    return np.sqrt(np.maximum(one * one + two * two - 2 * shared * one * two, 0))


def ratio_t(having: Floats, patients: Floats) -> IntervalColumns:
    """Student's t of a share as a ratio of two sums."""
    share = having.sum(axis=1) / patients.sum(axis=1)
    rest = (having - share[:, None] * patients) / patients.mean(axis=1)[:, None]
    found = student(rest + share[:, None])
    return around(share, found.low, found.high)


def wilson(having: Floats, patients: Floats) -> IntervalColumns:
    """Wilson's interval as if patients were independent."""
    n = patients.sum(axis=1)
    share, k = having.sum(axis=1) / n, NORMAL**2 / n
    half = np.sqrt(k * share * (1 - share) + k * k / 4)
    return around(share, (share + k / 2 - half) / (1 + k), (share + k / 2 + half) / (1 + k))


def share_changes(way: Candidate) -> Candidate:
    """Returns a way of means for what each replication moves a difference of two shares."""

    def difference(option: Floats, people: Floats, baseline: Floats, others: Floats) -> IntervalColumns:
        moved = np.zeros_like(option)
        for having, patients, sign in ((option, people, 1), (baseline, others, -1)):
            share = (having.sum(axis=1) / patients.sum(axis=1))[:, None]
            moved += sign * ((having - share * patients) / patients.mean(axis=1)[:, None] + share)
        return way(moved)

    return difference


def by_sections(point: Floats, owns: Floats) -> IntervalColumns:
    """Sectioning over replications, alone."""
    half = sectioned(point, owns)
    return around(point, point - half, point + half)


def by_sections_log(point: Floats, owns: Floats) -> IntervalColumns:
    """The same on a logarithmic scale."""
    reach = np.minimum(sectioned(point, owns) / np.where(point > 0, point, np.nan), 20)
    return around(point, point * np.exp(-reach), point * np.exp(reach))


def plain_months(totals: npt.NDArray[np.float64]) -> IntervalColumns:
    """The months at which Student's bounds of the totals cross zero."""
    found = student(totals.transpose(0, 2, 1).reshape(-1, totals.shape[1]))
    shape = (len(totals), totals.shape[2])
    return around(*(_stays(each.reshape(shape) > 0) for each in (found.mean, found.high, found.low)))


def _stays(above: npt.NDArray[np.bool_]) -> Floats:
    """The month from which each row is above, infinite for none."""
    last = above.shape[1] - np.argmax(~above[:, ::-1], axis=1)
    first = np.where(above.all(axis=1), 1, last + 1).astype(float)
    return np.where(first > above.shape[1], np.inf, first)


def linear_ratio(over: Floats, under: Floats) -> IntervalColumns:
    """Student's t of a ratio, by the delta method."""
    ratio = (over.mean(axis=1) / under.mean(axis=1))[:, None]
    return student(ratio + (over - ratio * under) / under.mean(axis=1)[:, None])
