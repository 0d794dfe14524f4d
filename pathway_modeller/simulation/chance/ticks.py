"""Whole milliseconds: the instants at which anything can happen.

Times are float64 days, and 20 minutes is no exact binary fraction of a day. Without a grid, 24 slots of
20 minutes after 09:00 end a hair before 17:00, and a clinic sees a patient too many. Every time at which
something happens is therefore moved to the nearest millisecond, where equal clock times are equal numbers.
"""

from __future__ import annotations

from math import floor

TICKS_PER_DAY = 86_400_000.0
TICK = 1.0 / TICKS_PER_DAY
"""A millisecond in days: the shortest patience, so that nobody gives up who need not wait."""


def ticks_of(time: float) -> int:
    """Returns the whole milliseconds nearest to a time in days."""
    return floor(time * TICKS_PER_DAY + 0.5)


def on_tick(time: float) -> float:
    """Returns a time in days, moved to the nearest whole millisecond.

    A time that lies on a millisecond comes back unchanged. Exact for runs of up to 140,000 years.
    """
    return ticks_of(time) / TICKS_PER_DAY
