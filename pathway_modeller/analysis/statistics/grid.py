"""A fixed grid of times, on which many are counted.

The place of a time is made of the exponent and the first eight binary digits of its float64, so that a step
is at most 1/256 of what stands there, and its middle at most 1/512 away.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ERROR = 2.0**-9
"""By how much of itself a time may be moved by the grid: at most 0.2%."""

_SHIFT = 52 - 8
_LEAST, _MOST = 2.0**-27, 2.0**16  # days: less than a millisecond, and 179 years
_BELOW = (int(np.float64(_LEAST).view(np.int64)) >> _SHIFT) - 1
STEPS = (int(np.float64(_MOST).view(np.int64)) >> _SHIFT) - _BELOW
"""How many steps there are; the first is of 0 alone."""


def steps_of(times: Floats) -> Ints:
    """Returns at which step each time stands.

    Raises:
        ValueError: a time is negative, or too long.
    """
    steps: Ints = np.where(times == 0, 0, (times.view(np.int64) >> _SHIFT) - _BELOW)
    if len(steps) and (steps.min() < 0 or steps.max() >= STEPS):
        raise ValueError(f"0 to {_MOST:.0f} days stand on the grid, not {times.min()} to {times.max()}")
    return steps


def middles() -> Floats:
    """Returns the time in the middle of each step."""
    edges = ((np.arange(1, STEPS + 1) + _BELOW) << _SHIFT).view(np.float64)
    found: Floats = np.append(0.0, (edges[:-1] + edges[1:]) / 2)
    return found
