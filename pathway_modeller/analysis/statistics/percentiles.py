"""Intervals of percentiles of all patients of all replications, and of their paired differences.

A replication's own percentile is not one of all patients: in a long queue a run has either long waits or
short ones. So bounds are found in the patients of all replications together, at the levels between which
the share of patients below the percentile may lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import Floats, IntervalColumns
from pathway_modeller.analysis.statistics.means import leaning
from pathway_modeller.analysis.statistics.moments import columns, divided, moments, t_quantile
from pathway_modeller.analysis.statistics.survival import PooledClocks

SHRINK = 15.0
"""How little the skewness of a percentile's changes is believed; see :func:`means.leaning`."""

LEAST = 3.0
"""Independent patients that have to lie beyond a percentile, or it has no bounds: so few cannot tell it."""


class Pool(Protocol):
    """Figures of patients of all replications; see :class:`pooled.PooledTimes`."""

    @property
    def patients(self) -> Floats:
        """Patients of each replication, shape (rows, replications)."""

    def point(self, level: float) -> Floats:
        """The percentile of each row, as exact as it is known; NaN for no patients; shape (rows,)."""

    def at(self, levels: Floats) -> Floats:
        """The figure at a level from 0 to 1 of each row, NaN for no patients; shapes (rows,)."""

    def up_to(self, values: Floats) -> Floats:
        """Patients of each replication with no more than a value of their row, shape (rows, replications)."""


@dataclass(frozen=True, eq=False)
class Around:
    """What is known around a percentile; columns of shape (rows,).

    Attributes:
        n: replications that have patients.
        point: the percentile of all patients.
        low, high: its bounds; NaN where there are too few patients beyond it.
        moves: how far each replication moves it, shape (rows, replications).
    """

    n: npt.NDArray[np.int64]
    point: Floats
    low: Floats
    high: Floats
    moves: Floats

    @classmethod
    def together(cls, parts: Sequence[Around]) -> Around:
        """Returns the rows of several, one after another, all of as many replications."""
        columns = ((getattr(each, name) for each in parts) for name in ("n", "point", "low", "high", "moves"))
        return cls(*(np.concatenate(list(column)) for column in columns))

    def take(self, rows: npt.NDArray[np.int64]) -> Around:
        """Returns some rows; all of a row -1 is missing."""
        gone = rows < 0
        missing = np.where(gone, np.nan, 0.0)
        return Around(
            np.where(gone, 0, self.n[rows]),
            self.point[rows] + missing,
            self.low[rows] + missing,
            self.high[rows] + missing,
            self.moves[rows] + missing[:, None],
        )

    def interval(self) -> IntervalColumns:
        """Returns the percentile of each row, and its interval."""
        return columns(self.point, self.low, self.high, self.n)


def around(pool: Pool, level: float) -> Around:
    """Returns a percentile of all patients of each row, its interval, and how replications move it.

    R. S. Woodruff, "Confidence intervals for medians and other position measures", J. Amer. Statist. Ass.
    1952; 47: 635-646: the percentiles at level +- t e, where e is the standard error, over replications,
    of the share of patients with no more than the percentile (a ratio of two sums: Cochran, Sampling
    Techniques, 1977, section 6.3), and t Student's with n - 1 degrees of freedom. No bound lies beyond what
    patients had; there is none where fewer than ``LEAST`` independent ones lie beyond the percentile.

    Args:
        pool: figures of patients.
        level: 0.92 for the 92nd percentile.
    """
    point, patients = pool.point(level), pool.patients
    below, everyone = pool.up_to(point), patients.sum(axis=1)
    n, runs = (patients > 0).sum(axis=1).astype(np.int64), patients.shape[1]
    share = divided(below.sum(axis=1), everyone, np.nan)
    each = divided(np.ones(len(n)), everyone / max(runs, 1), np.nan)
    apart = (below - share[:, None] * patients) * each[:, None]
    error = np.sqrt((apart**2).sum(axis=1) / max(runs - 1, 1) / max(runs, 1))
    alone = np.sqrt(divided(np.full(len(n), level * (1 - level)), everyone, np.nan))
    return _bounded(pool, level, point, n, (apart, error, alone))


def around_clocks(pool: PooledClocks, level: float) -> Around:
    """Returns the same of times of which some were not seen to end.

    Bounds are found as by R. Brookmeyer and J. Crowley (Biometrics 1982; 38: 29-41), where the share that
    has ended may be the level; its standard error is that over replications, since clocks of one queue are
    not independent. Where the share of either bound is not reached, there are none.

    Args:
        pool: times of clocks.
        level: 0.5 for the median.
    """
    patients = pool.patients
    everyone, runs = patients.sum(axis=1), patients.shape[1]
    n, point = (patients > 0).sum(axis=1).astype(np.int64), pool.at(np.full(len(everyone), level))
    apart, greenwood = pool.spread(point, level)
    error = np.sqrt((apart**2).sum(axis=1) / max(runs - 1, 1) / max(runs, 1))
    alone = np.sqrt(divided(np.full(len(n), level * (1 - level)), everyone, np.nan))
    found = _bounded(pool, level, point, n, (apart, error, np.fmax(greenwood, alone)))
    missing = np.where(np.isnan(found.low + found.high + found.moves.sum(axis=1)), np.nan, 0.0)
    return replace(found, low=found.low + missing, high=found.high + missing)


class _Levels(Protocol):
    """Where figures at levels are looked up."""

    def at(self, levels: Floats) -> Floats:
        """The figure at a level of each row."""


def _bounded(
    pool: _Levels,
    level: float,
    point: Floats,
    n: npt.NDArray[np.int64],
    spread: tuple[Floats, Floats, Floats],
) -> Around:
    """Returns a percentile with the bounds that its level's standard error gives.

    Args:
        pool: where figures are looked up.
        level: of the percentile.
        point: the percentile.
        n: replications that have patients.
        spread: how far each replication moves the share up to the percentile; that share's standard error;
            and what it would be if patients were independent.
    """
    apart, error, alone = spread
    t = t_quantile(n - 1)
    worth = level * (1 - level) / np.maximum(error, alone) ** 2 * min(level, 1 - level)
    known = np.where(worth >= LEAST, 1.0, np.nan)
    # Bounds come from a grid, the percentile may be exact: it lies between them all the same.
    low = np.minimum(pool.at(level - t * error), point) * known
    high = np.maximum(pool.at(level + t * error), point) * known
    # A density is never taken from closer than independent patients would be: a few ranks say little of it.
    moves = -apart * _slopes(pool, level, point, t * np.maximum(error, alone), apart > 0)
    return Around(n, point, low, high, moves)


def percentile_differences(option: Around, baseline: Around, apart: Floats) -> IntervalColumns:
    """Returns the difference of two pooled percentiles, option minus baseline, and its interval.

    To the first order (R. R. Bahadur, Ann. Math. Statist. 1966; 37: 577-580) a replication moves a percentile
    by (level - its share up to it) / density. The density on either side is that between the percentile and
    Woodruff's bound. The difference of both moves is a figure a replication, with the interval of a mean.

    Few patients say little of a density. So the interval is never narrower, either way, than by sectioning
    (M. K. Nakayama, ACM Trans. Model. Comput. Simul. 2014; 24 (4): 19): t sqrt(sum (d_i - d)^2 / n / (n - 1))
    with d_i the difference of the replication's own percentiles. Nothing apart anywhere: no width.

    Args:
        option: percentiles.
        baseline: the same of the baseline, with the same rows and replications.
        apart: option minus baseline of each replication's own percentile, shape (rows, replications), NaN
            where either is missing.

    Raises:
        ValueError: the two have different rows or replications.
    """
    if option.moves.shape != baseline.moves.shape:
        raise ValueError(f"percentiles of {option.moves.shape} and {baseline.moves.shape} are not paired")
    below, above = leaning(moments(option.moves - baseline.moves), SHRINK)
    mean, n = option.point - baseline.point, np.minimum(option.n, baseline.n)
    known = np.where(np.isnan(option.low) | np.isnan(baseline.low), np.nan, 1.0)
    least = known * sectioned(mean, apart)
    return columns(mean, mean - np.fmax(below * known, least), mean + np.fmax(above * known, least), n)


def sectioned(point: Floats, own: Floats) -> Floats:
    """Returns half the width of an interval by sectioning, 0 where it is not known; shape (rows,).

    Args:
        point: of all patients of all replications, shape (rows,).
        own: the same of each replication alone, shape (rows, replications), NaN where missing.
    """
    there = ~np.isnan(own)
    n = there.sum(axis=1)
    squares = (np.where(there, own - point[:, None], 0.0) ** 2).sum(axis=1)
    half: Floats = np.nan_to_num(t_quantile(n - 1) * np.sqrt(divided(squares, (n - 1) * n, 0.0)))
    return half


def _slopes(pool: _Levels, level: float, point: Floats, reach: Floats, down: npt.NDArray[np.bool_]) -> Floats:
    """How fast the percentile moves with its level, below it where ``down``; shape (rows, replications)."""
    above, below = np.minimum(level + reach, 1.0), np.maximum(level - reach, 0.0)
    up = divided(pool.at(above) - point, above - level, np.nan)
    under = divided(point - pool.at(below), level - below, np.nan)
    slopes: Floats = np.where(down, under[:, None], up[:, None])
    return slopes
