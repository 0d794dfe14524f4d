"""The value at a place among several rows of sorted values, without sorting them together.

Every s-th value of each row is taken as a sample. Of m rows, with c samples up to some value, between s c and
s c + m (s - 1) values lie up to it: so two samples can be named between which the value looked for lies, and
only what lies between them in each row need be looked at. With s the root of the mean length of a row, about
as much is sampled as is left to look at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_FEW = 2_000
"""As many values are rather sorted together."""


class Ordered:
    """Several rows of values, each in rising order, read as one."""

    def __init__(self, rows: Sequence[Floats]) -> None:
        """Takes the rows; none of them is empty."""
        self.size = sum(map(len, rows))
        if len(rows) > 1 and self.size <= _FEW:
            rows = [np.sort(np.concatenate(rows))]
        self._rows = rows
        self._each = max(1, math.isqrt(self.size // max(len(rows), 1)))
        samples = [row[self._each - 1 :: self._each] for row in rows] if len(rows) > 1 else [np.empty(0)]
        self._sample = np.sort(np.concatenate(samples))

    @property
    def longest(self) -> float:
        """The largest value; NaN without values."""
        return max((float(row[-1]) for row in self._rows), default=math.nan)

    def quantile(self, share: float) -> float:
        """Returns a quantile, interpolated between the two neighbouring values; NaN without values."""
        if not self.size:
            return math.nan
        place = (self.size - 1) * share
        below = math.floor(place)
        low, high = self._two(below, math.ceil(place))
        return low + (high - low) * (place - below)

    def _two(self, first: int, second: int) -> tuple[float, float]:
        """Returns the values at two places, the same or one after the other."""
        if len(self._rows) == 1:
            return float(self._rows[0][first]), float(self._rows[0][second])
        low, high = self._between(first, second)
        begins = [int(row.searchsorted(low, side="left")) for row in self._rows]
        ends = [int(row.searchsorted(high, side="right")) for row in self._rows]
        left = np.concatenate([row[a:b] for row, a, b in zip(self._rows, begins, ends, strict=True)])
        places = [first - sum(begins), second - sum(begins)]
        left.partition(sorted(set(places)))
        return float(left[places[0]]), float(left[places[1]])

    def _between(self, first: int, second: int) -> tuple[float, float]:
        """Returns two values, not above the value at the first place, and not below that at the second."""
        least = (first - len(self._rows) * (self._each - 1)) // self._each
        most = -(-(second + 1) // self._each) - 1
        low = self._sample[least] if least >= 0 else -math.inf
        high = self._sample[most] if most < len(self._sample) else math.inf
        return float(low), float(high)
