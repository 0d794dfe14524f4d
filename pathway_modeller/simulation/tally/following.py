"""Levels as rows go by: how long each value held, and how high it was.

A value counts only once time has passed in it, so that what happens within one instant is netted. Rows of
times below 0, which stand in no order, change values before any time counts.
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.compiled.jit import woven
from pathway_modeller.simulation.tally.level_book import LevelBook


@woven
def has_room(b: LevelBook, number: int, more: int) -> bool:
    """Tells whether there is room to note how long a level holds once it has risen."""
    k = b.tracks[number]
    enough = k.value + more < k.room
    if enough and k.also >= 0:
        enough = b.tracks[k.also].value + more < b.tracks[k.also].room
    return bool(enough)


@woven
def change(b: LevelBook, number: int, time: float, by: int) -> None:
    """Changes a level, and the one it is part of."""
    pass_time(b, number, time)
    k = b.tracks[number]
    k.value += by
    if k.also >= 0:
        pass_time(b, k.also, time)
        b.tracks[k.also].value += by


@woven
def open_units(b: LevelBook, body: int, time: float, units: int) -> None:
    """Changes the units that are open of a body."""
    number = b.numbers[0].inside + 1 + body
    pass_time(b, number, time)
    b.tracks[number].opened = math.nan if units < 0 else float(units)


@woven
def pass_time(b: LevelBook, number: int, time: float) -> None:
    """Counts a level's value as having held until now."""
    k = b.tracks[number]
    while k.next <= time:
        _hold(b, number, k.next - k.last)
        _end_span(b, number)
    if time > k.last and k.next < math.inf:
        _hold(b, number, time - k.last)
        k.last = time


@woven
def _hold(b: LevelBook, number: int, days: float) -> None:
    """Counts a level's value as having held for some days."""
    k = b.tracks[number]
    k.area += k.value * days
    k.peak = max(k.peak, k.value)
    counts = k.span >= b.numbers[0].counted
    if counts and k.value >= 0:  # below 0 only if an engine gave back what nobody took
        b.days[k.first + k.value] += days
    if math.isnan(k.opened):
        k.free += k.value * days
    elif counts and k.opened >= 0:
        k.within += min(float(k.value), k.opened) * days
        k.beyond += max(k.value - k.opened, 0.0) * days


@woven
def _end_span(b: LevelBook, number: int) -> None:
    """Notes what was found between two knots, and goes on to the next."""
    k = b.tracks[number]
    b.areas[number, k.span], b.peaks[number, k.span] = k.area, k.peak
    body = number - b.numbers[0].inside - 1
    if 0 <= body < len(b.kept_units):
        b.free[body, k.span] = k.free
    k.area, k.free, k.peak = 0.0, 0.0, -1
    k.last = k.next
    k.span += 1
    k.next = b.knots[k.span + 1] if k.span + 1 < len(b.knots) else math.inf
