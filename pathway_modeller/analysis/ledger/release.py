"""When the cost of closed capacity leaves: after its notice, by whole blocks, and only if use would fit.

A body of capacity of an option is compared with the same body of the baseline. At a time t it has closed

    closed(t) = min(baseline units, the most units had so far) - option units, never below 0

where "had so far" begins with the baseline's units on the start date: growth that an option never opens
costs nothing, and so strands nothing. Cost may leave for units that have been closed for the whole of their
notice, by whole blocks. It does leave for as many blocks as let the most units in use, in each part of a
calendar month in which nothing else changes, fit into what remains. What is closed and has not left is
stranded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.levels import Level
from pathway_modeller.analysis.observed.steps import Steps, combine, counting

Floats = npt.NDArray[np.float64]

NOTHING = Steps(np.empty(0), np.empty(0))
"""No units at any time."""

_HAIR = 1e-9


@dataclass(frozen=True, eq=False)
class Closing:
    """What is closed of one body of capacity, and on what terms.

    Attributes:
        baseline: units of the baseline; NaN for no limit.
        option: units of the option.
        block: units that can only be given up together.
        notice: days from closing to the cost leaving, for closings that no shift makes.
        shifts: for each shift that closes units here, how many it has closed over time.
        notices: for each of them its own notice in days.
    """

    baseline: Steps
    option: Steps
    block: int
    notice: float
    shifts: Mapping[str, Steps]
    notices: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Release:
    """What becomes of closed units from the start date to the end of the run.

    Attributes:
        closed: units closed.
        released: those whose cost has left.
        stranded: those still paid for.
        left: for each shift, the day on which the first cost of its units left, 0 where that was before the
            run; absent if none did.
    """

    closed: Steps
    released: Steps
    stranded: Steps
    left: Mapping[str, float]


def release(terms: Terms | None, in_use: Level, end: float) -> Release:
    """Works out when the cost of closed units leaves.

    Args:
        terms: of one body of capacity, as :func:`terms_of` returns them.
        in_use: units in use in the option.
        end: of the run, days.
    """
    if terms is None:
        return Release(NOTHING, NOTHING, NOTHING, {})
    instants, now = terms.instants, terms.closed.at(terms.instants)
    free = (*terms.parts.values(), terms.rest)
    may_leave = np.minimum(np.sum([each.at(instants) for each in free], axis=0), now)
    unused = np.maximum(terms.had.at(instants) - in_use.peaks(instants, end), 0.0)
    left = np.minimum(_blocks(may_leave, terms.block), _blocks(unused, terms.block))
    released = Steps(instants, left)
    firsts = {name: _first(steps, released) for name, steps in terms.parts.items()}
    return Release(
        closed=Steps(instants, now),
        released=released,
        stranded=Steps(instants, now - left),
        left={name: day for name, day in firsts.items() if day is not None},
    )


def asked_about(closing: Closing, months: Sequence[float]) -> Floats:
    """Returns the times between which the most units in use decide what is released; none if none can be."""
    terms = terms_of(closing, months)
    return np.empty(0) if terms is None else terms.instants


@dataclass(frozen=True, eq=False)
class Terms:
    """What is known of closed units before anything is played.

    Attributes:
        closed: units closed.
        had: units there would be if none were.
        parts: for each shift, the units that it has closed for the whole of its notice.
        rest: the same of units that no shift closes.
        instants: when any of it changes, and the beginnings of months.
        block: units that leave together.
    """

    closed: Steps
    had: Steps
    parts: Mapping[str, Steps]
    rest: Steps
    instants: Floats
    block: int


def terms_of(closing: Closing, months: Sequence[float]) -> Terms | None:
    """Returns what is known of closed units before anything is played; None if none are closed.

    Args:
        closing: one body of capacity.
        months: the start date (0), the beginnings of calendar months after it, and the end of the run, days.
    """
    closed, had = _closed(closing)
    if not np.any(closed.values > 0):
        return None
    parts = {name: sustained(steps, closing.notices[name]) for name, steps in closing.shifts.items()}
    rest = sustained(_rest(closed, closing.shifts), closing.notice)
    edges = np.asarray(months, dtype=np.float64)
    changes = (closed, had, *parts.values(), rest)
    instants = _within(np.concatenate((edges, *(each.times for each in changes))), edges)
    return Terms(closed, had, parts, rest, instants, closing.block)


def sustained(level: Steps, notice: float) -> Steps:
    """Returns the least value that has held over the whole of the notice (in days) before each time."""
    if notice <= 0 or not len(level.times):
        return level
    instants = np.unique(np.concatenate((level.times, level.times + notice)))
    start = level.at(instants - notice + _HAIR)
    first = np.searchsorted(level.times, instants - notice + _HAIR, side="right")
    last = np.searchsorted(level.times, instants, side="right")
    least = [min((at, *level.values[low:high])) for at, low, high in zip(start, first, last, strict=True)]
    return Steps(instants, np.array(least), level.before)


def _closed(closing: Closing) -> tuple[Steps, Steps]:
    """Returns the units closed over time, and the units there would be if none were; 0 without a limit."""
    instants = np.unique(np.concatenate((closing.baseline.times, closing.option.times, [0.0])))
    base, option = closing.baseline.at(instants), closing.option.at(instants)
    most = np.fmax.accumulate(np.concatenate(([closing.option.before], option)))[1:]
    at_start = closing.baseline.at(np.zeros(1))
    had = np.minimum(base, np.where(instants >= 0, np.fmax(most, at_start), most))
    closed = np.nan_to_num(np.maximum(had - option, 0.0))
    return Steps(instants, closed), Steps(instants, np.nan_to_num(had))


def _rest(closed: Steps, shifts: Mapping[str, Steps]) -> Steps:
    """Returns the units closed that no shift closes."""
    instants, (total, *parts) = combine((closed, *shifts.values()))
    return Steps(instants, np.maximum(total - np.sum(parts, axis=0), 0.0)) if parts else closed


def _within(times: Floats, edges: Floats) -> Floats:
    """Returns the distinct times from the first edge on and before the last."""
    return np.unique(times[(times >= edges[0]) & (times < edges[-1])])


def _blocks(units: Floats, block: int) -> Floats:
    """Returns the units in whole blocks."""
    whole: Floats = np.floor((units + _HAIR) / block) * block
    return whole


def _first(closed: Steps, released: Steps) -> float | None:
    """Returns when the cost of a shift's first unit leaves, 0 where it left before the run; None if never."""
    instants, (mine, left) = combine((closed, released))
    both = (mine > 0) & (left > 0) & (instants >= released.times[0])
    if not both.any():
        return None
    return float(instants[np.argmax(both)])


def closings(days: Sequence[float]) -> Steps:
    """Returns the number of units closed, one on each of some days."""
    return counting(np.asarray(days, dtype=np.float64), np.ones(len(days)))
