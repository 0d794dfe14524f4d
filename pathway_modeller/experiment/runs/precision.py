"""How many replications a wanted precision needs, judged from a pilot run."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import LEVEL

MOST = 100_000
"""More replications than anyone would run."""


def replications_needed(pilot: npt.ArrayLike, half_width: float) -> int:
    """Returns the least number of replications whose 95% interval should be no wider.

    The smallest n with t(n - 1) s / sqrt(n) <= half width, where s is the pilot's standard deviation
    (Law, Simulation Modeling and Analysis, section 9.4.1). A small pilot may misjudge s: run what is
    needed, then look again.

    Args:
        pilot: one figure a replication, or one paired difference; NaN where missing.
        half_width: what may stand after the plus-minus sign, in the figure's unit.

    Returns:
        At least 2, at most ``MOST`` (which then may not be enough).

    Raises:
        ValueError: fewer than two figures in the pilot, or a half width that is not above zero.
    """
    from scipy.special import stdtrit

    figures = np.asarray(pilot, dtype=np.float64)
    figures = figures[~np.isnan(figures)]
    if len(figures) < 2:
        raise ValueError("a pilot needs at least two replications that have the figure")
    if not half_width > 0:
        raise ValueError("the half width must be above zero")
    spread = float(figures.std(ddof=1))
    if spread == 0:
        return 2
    low, high = 1, MOST
    while high - low > 1:
        middle = (low + high) // 2
        reached = stdtrit(middle - 1, (1 + LEVEL) / 2) * spread / math.sqrt(middle) <= half_width
        low, high = (low, middle) if reached else (middle, high)
    return high
