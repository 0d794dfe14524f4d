"""How much longer a run takes: worked out from the replications that are finished, and put in words."""

from __future__ import annotations

import math


class Stopwatch:
    """Estimates the time left from the moments at which replications were finished.

    The first of them also paid for starting the processes, so that the pace is taken from the first to the
    last once there are enough.
    """

    ENOUGH = 4
    """So many finished replications tell their pace without the start."""

    def __init__(self, began: float) -> None:
        """Starts.

        Args:
            began: seconds on any clock that does not go back.
        """
        self._began = began
        self._first: tuple[float, int] | None = None

    def seconds_left(self, now: float, done: int, total: int) -> float:
        """Returns the seconds left, or NaN while nothing is known.

        Args:
            now: seconds on the same clock.
            done: replications finished, over all variants.
            total: replications asked for, over all variants.
        """
        if done >= total:
            return 0.0
        if done < 1:
            return math.nan
        if self._first is None:
            self._first = (now, done)
        since, before = self._first if done >= self._first[1] + self.ENOUGH else (self._began, 0)
        return (now - since) / (done - before) * (total - done)


def time_left(seconds: float) -> str:
    """Returns the time left in words, coarse enough to be true.

    Args:
        seconds: as estimated; NaN if nothing is known yet.
    """
    if math.isnan(seconds):
        return "working out the time left"
    if seconds < 1:
        return "nearly done"
    for limit, size, step, unit in _COARSENESS:
        if seconds < limit:
            count = max(1, round(seconds / size / step)) * step
            return f"about {count} {unit}{'' if count == 1 else 's'} left"
    return "more than two days left"


_COARSENESS = (
    (10, 1, 1, "second"),
    (57, 1, 5, "second"),
    (90 * 60, 60, 1, "minute"),
    (48 * 3600, 3600, 1, "hour"),
)
"""Below so many seconds: size of the unit in seconds, step, and name of the unit."""
