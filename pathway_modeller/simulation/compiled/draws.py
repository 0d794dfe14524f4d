"""Addressed random numbers, times drawn with them, and values by group: the reference's arithmetic."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance import normal, samplers, ticks
from pathway_modeller.simulation.compiled.jit import cold, part, same_source
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.pointers import stretch
from pathway_modeller.simulation.compiled.numba_inside.simd import EIGHT, floor_of, not_above
from pathway_modeller.simulation.compiled.philox import two_uniforms, uniform
from pathway_modeller.simulation.model.table import between as _between

_MASK = 0xFFFFFFFF
GUIDE = 128
"""Equal shares of a day's demand: for each, it is said in which part of the day it begins."""

CHANGING = -2
"""Stands where a table says by what it differs, if it changes at a date: ``otherwise`` is then the day on
which it begins, and from ``start`` on, ``ix`` has the tables before and after, and the number of steps."""

_polynomial = same_source(normal._polynomial)
normal_quantile = same_source(normal.normal_quantile, _polynomial=_polynomial)
_triangular = same_source(samplers._triangular)
_tabulated = same_source(samplers._tabulated)
_normal = same_source(samplers._normal, normal_quantile=normal_quantile)
_weighted = same_source(samplers._weighted)
quantile = same_source(
    samplers.quantile,
    normal_quantile=normal_quantile,
    _triangular=_triangular,
    _tabulated=_tabulated,
    _normal=_normal,
    _weighted=_weighted,
)


ticks_of = same_source(ticks.ticks_of, floor=floor_of)
on_tick = same_source(ticks.on_tick, ticks_of=ticks_of)
between = same_source(_between)


@part
def drawn(w: World, purpose: int, key: int, p: int, visit: int) -> float:
    """Returns the uniform of a patient for a purpose."""
    identity = w.patients[p].identity
    u: float = uniform(w, key, identity >> 32, identity & _MASK, purpose, visit)
    return u


@part
def drawn_for_both(w: World, purpose: int, other: int, key: int, p: int, visit: int) -> tuple[float, float]:
    """Returns the uniforms of a patient for two purposes."""
    identity = w.patients[p].identity
    both: tuple[float, float] = two_uniforms(w, key, identity >> 32, identity & _MASK, purpose, other, visit)
    return both


@part
def group_of(w: World, p: int, group: int) -> int:
    """Returns a patient's place in a group: 0 is the need tier, 1 the footprint, then declared attributes."""
    if group == 0:
        return w.patients[p].tier
    return w.patients[p].footprint if group == 1 else w.groups[p, group - 2]


@part
def _made(w: World, table: int) -> float:
    """Returns the part of a change at a date that is made now."""
    t = w.tables[table]
    steps = w.ix[t.start + 2]
    return min(max(math.floor(w.state[0].now - t.otherwise) + 1, 0), steps) / steps


@part
def of(w: World, table: int, p: int) -> float:
    """Returns a table's value for a patient."""
    t = w.tables[table]
    if t.by < 0:
        return t.otherwise
    index = group_of(w, p, t.by)
    return t.otherwise if index < 0 else w.fx[t.start + index]


@cold
def _changing(w: World, table: int, p: int) -> float:
    """Returns what is in force now of a share that changes at a date."""
    start = w.tables[table].start
    return between(_made(w, table), of(w, w.ix[start], p), of(w, w.ix[start + 1], p))


@part
def share_now(w: World, table: int, p: int) -> float:
    """Returns a patient's share of a table that may change at a date."""
    t = w.tables[table]
    if t.by < 0:
        return t.otherwise if t.by != CHANGING else _changing(w, table, p)
    index = group_of(w, p, t.by)
    return t.otherwise if index < 0 else w.fx[t.start + index]


@part
def sample(w: World, sampler: int, u: float) -> float:
    """Returns the time in days of a sampler at a uniform."""
    x = w.samplers[sampler]
    return quantile(x.family, x.a, x.b, x.c, stretch(w.fx, x.start, x.length), u)


@cold
def _changing_duration(w: World, table: int, p: int, u: float) -> float:
    """Returns the time that something takes that begins now, of a time that changes at a date."""
    start = w.tables[table].start
    before = sample(w, int(of(w, w.ix[start], p)), u)
    return between(_made(w, table), before, sample(w, int(of(w, w.ix[start + 1], p)), u))


@part
def duration(w: World, table: int, p: int, u: float) -> float:
    """Returns the time in days that a patient takes from now on, of a table of samplers."""
    t = w.tables[table]
    if t.by < 0:
        return sample(w, int(t.otherwise), u) if t.by != CHANGING else _changing_duration(w, table, p, u)
    return sample(w, int(of(w, table, p)), u)


@part
def bisect_right(w: World, start: int, length: int, x: float) -> int:
    """Returns how many of a stretch of rising numbers are not above x."""
    low, high = 0, length
    while low < high:
        middle = (low + high) >> 1
        if x < w.fx[start + middle]:
            high = middle
        else:
            low = middle + 1
    return low


@part
def integral(w: World, profile: int, time: float) -> float:
    """Returns the integral of a profile to a time, as ``demand.Clock.integral`` does."""
    c = w.profiles[profile]
    if c.days_n == 0:
        return time
    day = min(int(time), c.factors_n - 1)
    place = (time - day) * (c.parts_n - 1)
    part = min(int(place), c.parts_n - 2)
    here, after = w.fx[c.parts + part], w.fx[c.parts + part + 1]
    inner = here + (place - part) * (after - here)
    return w.fx[c.days + day] + w.fx[c.factors + day] * inner


@part
def _day_of(w: World, profile: int, reached: float, near: float) -> int:
    """Returns the day on which a profile's integral is reached: looked for first in the week of a time."""
    c = w.profiles[profile]
    day = int(min(max(near, 0.0), c.factors_n - 1.0))
    if w.fx[c.days + day] <= reached < w.fx[c.days + day + 1]:
        return day
    day = max(min(day - 1, c.factors_n - EIGHT), 0)
    if c.factors_n >= EIGHT and w.fx[c.days + day] <= reached:
        later = not_above(w.fx, c.days + day + 1, reached)
        if later < EIGHT:
            return day + later
    return bisect_right(w, c.days, c.days_n, reached) - 1


@part
def time_of(w: World, profile: int, reached: float, near: float) -> float:
    """Returns when a profile's integral is reached, as ``demand.Clock.time`` does.

    It is found soonest if another time is near it.
    """
    c = w.profiles[profile]
    if c.days_n == 0:
        return reached
    day = _day_of(w, profile, reached, near)
    if day >= c.factors_n:
        return math.inf
    inner = (reached - w.fx[c.days + day]) / w.fx[c.factors + day]
    part = w.ix[c.guide + min(int(inner * GUIDE), GUIDE)]
    while part < c.parts_n - 2 and w.fx[c.parts + part + 1] <= inner:
        part += 1
    while w.fx[c.parts + part + 1] <= w.fx[c.parts + part]:
        part -= 1
    here, after = w.fx[c.parts + part], w.fx[c.parts + part + 1]
    share = (inner - here) / (after - here)
    return day + (part + share) / (c.parts_n - 1)
