"""Levels as rows go by: how long each value held, and how high it was.

A value counts only once time has passed in it, so that what happens within one instant is netted. Rows of
times below 0, which stand in no order, change values before any time counts.
"""

from __future__ import annotations

import math
from typing import Any

from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.tally.level_book import LevelBook


@always_inlined
def rise(b: LevelBook, number: int, time: float, by: int) -> bool:
    """Raises a level, and the one it is part of, if there is room to note how long they hold; tells so."""
    k = b.tracks[number]
    if k.value + by >= k.room:
        return False
    if k.whole >= 0 and b.tracks[k.whole].value + by >= b.tracks[k.whole].room:
        return False
    change(b, number, time, by)
    return True


@always_inlined
def change(b: LevelBook, number: int, time: float, by: int) -> None:
    """Changes a level, and the one it is part of."""
    k = b.tracks[number]
    pass_time(b, k, time)
    k.value += by
    if k.whole >= 0:
        _change_whole(b, k.whole, time, by)


@part
def _change_whole(b: LevelBook, number: int, time: float, by: int) -> None:
    """Changes a level of which another is part."""
    whole = b.tracks[number]
    pass_time(b, whole, time)
    whole.value += by


@cold
def open_units(b: LevelBook, body: int, time: float, units: int) -> None:
    """Changes the units that are open of a body."""
    k = b.tracks[b.numbers[0].inside + 1 + body]
    pass_time(b, k, time)
    _free(k)
    k.opened = math.inf if units < 0 else float(units)


@always_inlined
def pass_time(b: LevelBook, k: Any, time: float) -> None:
    """Counts a level's value, of which ``k`` is the record, as having held until now, in one span.

    Whether time has passed cannot be foreseen, so nothing is jumped over: no days more change no figure.
    """
    last = k.last
    _hold(b, k, max(time - last, 0.0))
    k.last = max(time, last)


@always_inlined
def _hold(b: LevelBook, k: Any, days: float) -> None:
    """Counts a level's value as having held for some days."""
    value = k.value
    k.area += value * days
    if value >= 0:  # below 0 only if an engine gave back what nobody took
        b.days[k.first + value] += days
    if value > k.opened:
        k.beyond += (value - k.opened) * days


@cold
def _free(k: Any) -> None:
    """Counts what was added to a level's area since this was done last, if its open units had no limit."""
    if k.opened == math.inf:
        k.free += k.area - k.settled
    k.settled = k.area


@cold
def end_spans(b: LevelBook, time: float) -> None:
    """Goes on to the span of a time, once what was found between any two knots before it is noted."""
    n = b.numbers[0]
    while n.span_end <= time:
        after = b.knots[n.span + 2] if n.span + 2 < len(b.knots) else math.inf
        for number in range(len(b.tracks)):
            _end_span(b, number, n.span_end if after < math.inf else math.inf)
        n.span += 1
        n.span_end = after


@cold
def _end_span(b: LevelBook, number: int, begin: float) -> None:
    """Notes what was found of a level in a span; the next begins at a time, at infinity if there is none."""
    n, k = b.numbers[0], b.tracks[number]
    body = number - n.inside - 1
    _hold(b, k, n.span_end - k.last)
    _free(k)
    b.areas[number, n.span], b.peaks[number, n.span] = k.area, _peak(b, k)
    if 0 <= body < len(b.kept_units):
        b.free[body, n.span] = k.free
    k.area, k.free, k.settled, k.last = 0.0, 0.0, 0.0, begin
    if n.span + 1 == n.counted:
        _begin_period(b, k)


@cold
def _peak(b: LevelBook, k: Any) -> int:
    """Returns the highest value that held within the span that ends, -1 for none, and begins another.

    A value has held if its days have changed: two times that differ at all differ by enough to change a sum
    of days that is no larger than they are.
    """
    level = k.room - 1
    while level >= 0 and b.days[k.first + level] == b.days_before[k.first + level]:
        level -= 1
    for lower in range(level + 1):
        b.days_before[k.first + lower] = b.days[k.first + lower]
    return int(level)


@cold
def _begin_period(b: LevelBook, k: Any) -> None:
    """Forgets what was before the data collection period."""
    k.beyond = 0.0
    for level in range(k.room):
        b.days[k.first + level] = b.days_before[k.first + level] = 0.0
