"""What an interval over replications is, and what a paired difference on common random numbers is."""

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


def differences(option: Floats, baseline: Floats) -> Floats:
    """Returns option minus baseline: NaN where either is missing, 0 where only rounding tells them apart."""
    rounding = np.abs(option - baseline) <= ROUNDING * np.fmax(np.abs(option), np.abs(baseline))
    apart: Floats = np.where(rounding, 0.0, option - baseline)
    return apart
