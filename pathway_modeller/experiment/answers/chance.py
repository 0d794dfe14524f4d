"""How often something happened over replications, as a share with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pathway_modeller.analysis.statistics.intervals import LEVEL


@dataclass(frozen=True)
class Chance:
    """A share of replications with its 95% interval (Wilson's score interval).

    Attributes:
        count: replications in which it happened.
        replications: replications looked at.
        share: count by replications; NaN where none was looked at.
        low, high: ends of the interval, between 0 and 1; NaN where none was looked at.
    """

    count: int
    replications: int
    share: float
    low: float
    high: float


def chance(count: int, replications: int) -> Chance:
    """Returns a share of replications with Wilson's score interval.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212. It stays between 0
    and 1, and 0 of 30 is not taken for "never".

    Raises:
        ValueError: the count is not between 0 and the number of replications.
    """
    if not 0 <= count <= replications:
        raise ValueError(f"{count} of {replications} replications is no share")
    if not replications:
        return Chance(0, 0, math.nan, math.nan, math.nan)
    from scipy.special import ndtri

    z2 = float(ndtri((1 + LEVEL) / 2)) ** 2
    share = count / replications
    middle = (share + z2 / (2 * replications)) / (1 + z2 / replications)
    spread = share * (1 - share) / replications + z2 / (4 * replications**2)
    half = math.sqrt(z2 * spread) / (1 + z2 / replications)
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == replications else middle + half
    return Chance(count, replications, share, low, high)
