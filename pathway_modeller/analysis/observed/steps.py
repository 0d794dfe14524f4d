"""Functions of time that keep their value between instants: queue length, units in use, units open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Steps:
    """A right-continuous step function of time in days.

    What happens within one instant is netted: the function takes the value that holds after the instant.

    Attributes:
        times: strictly rising instants at which the value changes, shape (n,).
        values: the value from each instant until the next, shape (n,).
        before: the value before the first instant.
    """

    times: Floats
    values: Floats
    before: float = 0.0

    def at(self, instants: Floats) -> Floats:
        """Returns the value that holds after each instant, same shape as ``instants``."""
        place = np.searchsorted(self.times, instants, side="right")
        return np.concatenate(([self.before], self.values))[place]

    def pieces(self, start: float, end: float) -> tuple[Floats, Floats]:
        """Returns the values between two times and how many days each holds, both of shape (m,)."""
        if end <= start:
            return np.empty(0), np.empty(0)
        inner = self.times[(self.times > start) & (self.times < end)]
        edges = np.concatenate(([start], inner, [end]))
        return self.at(edges[:-1]), np.diff(edges)

    def integral(self, start: float, end: float) -> float:
        """Returns the value times days between two times; NaN where the value is NaN."""
        values, days = self.pieces(start, end)
        return float(np.dot(values, days))

    def mean(self, start: float, end: float) -> float:
        """Returns the time-weighted mean between two times, NaN if no time lies between."""
        return self.integral(start, end) / (end - start) if end > start else float("nan")

    def peak(self, start: float, end: float) -> float:
        """Returns the largest value that held for any time between two times, NaN if no time lies between."""
        values, _ = self.pieces(start, end)
        return float(np.max(values)) if len(values) else float("nan")

    def peaks(self, instants: Floats, end: float) -> Floats:
        """Returns the largest value from each of some rising instants to the next, the last to the end."""
        inner = self.times[(self.times > instants[0]) & (self.times < end)]
        knots = np.union1d(instants, inner)
        peaks: Floats = np.maximum.reduceat(self.at(knots), np.searchsorted(knots, instants))
        return peaks

    def shares(self, start: float, end: float) -> Floats:
        """Returns the share of the time between two times that each whole number from 0 on held."""
        values, days = self.pieces(start, end)
        held = np.bincount(np.rint(values).astype(np.int64), weights=days)
        return held.astype(np.float64) / (end - start if len(values) else 1.0)

    def means_on(self, edges: Floats) -> Floats:
        """Returns the time-weighted mean between each two neighbouring edges, shape (len(edges) - 1,)."""
        knots = np.union1d(self.times[(self.times > edges[0]) & (self.times < edges[-1])], edges)
        area = np.concatenate(([0.0], np.cumsum(self.at(knots[:-1]) * np.diff(knots))))
        at_edges = area[np.searchsorted(knots, edges)]
        means: Floats = np.diff(at_edges) / np.diff(edges)
        return means


def counting(times: Floats, changes: npt.ArrayLike) -> Steps:
    """Returns the running sum of changes, netted within each instant.

    Args:
        times: instants in days, any order, shape (n,).
        changes: what is added at each, shape (n,).
    """
    order = np.argsort(times, kind="stable")
    instants, first = np.unique(times[order], return_index=True)
    if not len(instants):
        return Steps(np.empty(0), np.empty(0))
    net = np.add.reduceat(np.asarray(changes, dtype=np.float64)[order], first)
    return Steps(instants, np.cumsum(net))


def levels(times: Floats, values: npt.ArrayLike, before: float = float("nan")) -> Steps:
    """Returns a function that is set to new values; the last one set within an instant holds.

    Args:
        times: instants in days in rising order, shape (n,).
        values: the value set at each, shape (n,).
        before: the value before the first; NaN says that it is not known.
    """
    instants = np.asarray(times, dtype=np.float64)
    last = np.append(np.diff(instants) > 0, True)[: len(instants)]
    return Steps(instants[last], np.asarray(values, dtype=np.float64)[last], before)


def combine(functions: Sequence[Steps]) -> tuple[Floats, tuple[Floats, ...]]:
    """Returns all instants of several functions and the values of each at every one of them."""
    instants = np.unique(np.concatenate([function.times for function in functions]))
    return instants, tuple(function.at(instants) for function in functions)


def together(functions: Sequence[Steps]) -> Steps:
    """Returns the sum of functions of time; 0 at all times if there are none."""
    if not functions:
        return Steps(np.empty(0), np.empty(0))
    if len(functions) == 1:
        return functions[0]
    instants, values = combine(functions)
    return Steps(instants, np.sum(values, axis=0), sum(function.before for function in functions))


def overlap(first: Steps, second: Steps) -> tuple[Steps, Steps]:
    """Returns the smaller of two functions, and by how much the first exceeds the second."""
    instants, (one, two) = combine((first, second))
    over = np.maximum(one - two, 0.0)
    before = max(first.before - second.before, 0.0) if second.before == second.before else float("nan")
    return Steps(instants, np.minimum(one, two), min(first.before, second.before)), Steps(
        instants, over, before
    )
