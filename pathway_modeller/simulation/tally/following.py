"""Levels as rows go by: how long each value held, and how high it was.

A value counts only once time has passed in it, so that what happens within one instant is netted. Rows of
times below 0, which stand in no order, change values before any time counts.
"""

from __future__ import annotations

import math
from typing import Any

from pathway_modeller.simulation.compiled.jit import rare, woven
from pathway_modeller.simulation.tally.level_book import LevelBook


@woven
def rise(b: LevelBook, number: int, time: float, by: int) -> bool:
    """Raises a level, and the one it is part of, if there is room to note how long they hold; tells so."""
    k = b.tracks[number]
    if k.value + by >= k.room:
        return False
    if k.also >= 0 and b.tracks[k.also].value + by >= b.tracks[k.also].room:
        return False
    change(b, number, time, by)
    return True


@woven
def change(b: LevelBook, number: int, time: float, by: int) -> None:
    """Changes a level, and the one it is part of."""
    k = b.tracks[number]
    pass_time(b, number, k, time)
    k.value += by
    if k.also >= 0:
        _change_whole(b, k.also, time, by)


@rare
def _change_whole(b: LevelBook, number: int, time: float, by: int) -> None:
    """Changes a level of which another is part."""
    whole = b.tracks[number]
    pass_time(b, number, whole, time)
    whole.value += by


@rare
def open_units(b: LevelBook, body: int, time: float, units: int) -> None:
    """Changes the units that are open of a body."""
    number = b.numbers[0].inside + 1 + body
    k = b.tracks[number]
    pass_time(b, number, k, time)
    _free(k)
    k.unlimited, k.opened = units < 0, math.inf if units < 0 else float(units)


@woven
def pass_time(b: LevelBook, number: int, k: Any, time: float) -> None:
    """Counts a level's value, of which ``k`` is the record, as having held until now.

    Whether time has passed cannot be foreseen, so nothing is jumped over: no days more change no figure.
    """
    if k.next <= time:
        _end_spans(b, number, time)
    last = k.last
    days = max(time - last, 0.0)
    _hold(b, k, days)
    k.last = max(time, last)


@woven
def _hold(b: LevelBook, k: Any, days: float) -> None:
    """Counts a level's value as having held for some days."""
    value = k.value
    k.area += value * days
    k.peak = max(k.peak, value if days > 0 else -1)
    if value >= 0:  # below 0 only if an engine gave back what nobody took
        b.days[k.first + value] += days
    if value > k.opened:
        k.beyond += (value - k.opened) * days


@rare
def _free(k: Any) -> None:
    """Counts what was added to a level's area since this was done last, if its open units had no limit."""
    if k.unlimited:
        k.free += k.area - k.settled
    k.settled = k.area


@rare
def _end_spans(b: LevelBook, number: int, time: float) -> None:
    """Notes what was found between any two knots that have passed, and goes on to the next."""
    k, body = b.tracks[number], number - b.numbers[0].inside - 1
    while k.next <= time:
        _hold(b, k, k.next - k.last)
        _free(k)
        b.areas[number, k.span], b.peaks[number, k.span] = k.area, k.peak
        if 0 <= body < len(b.kept_units):
            b.free[body, k.span] = k.free
        k.area, k.free, k.settled, k.peak = 0.0, 0.0, 0.0, -1
        k.span += 1
        k.last = k.next if k.span + 1 < len(b.knots) else math.inf
        k.next = b.knots[k.span + 1] if k.span + 1 < len(b.knots) else math.inf
        if k.span == b.numbers[0].counted:
            _begin_period(b, k)


@rare
def _begin_period(b: LevelBook, k: Any) -> None:
    """Forgets what was before the data collection period."""
    k.beyond = 0.0
    for level in range(k.room):
        b.days[k.first + level] = 0.0
