"""Solving the equations of planning mode between the days on which something changes."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.planning.contacts import Stream
from pathway_modeller.analysis.planning.moves import NOWHERE, Compartments, Flow
from pathway_modeller.analysis.planning.prevention import Slowing, coverage_factors
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.values import DAYS_PER

Floats = npt.NDArray[np.float64]

_HALF = math.log(2.0)
_PRECISE = 1e-8


class History(Protocol):
    """Tells the state at an earlier time."""

    def __call__(self, day: float, /) -> Floats:
        """Returns the state on a day."""


@dataclass(frozen=True)
class Equations:
    """All that changes the expected number of people; the state is the people, then those protected.

    Attributes:
        pathway: names preventions.
        compartments: the first part of the state.
        flows: moves.
        streams: entry points, if contacts matter.
        coverage: how programmes slow flows.
        contacts: how preventions by an activity slow flows.
        protecting: ids of preventions by an activity; each has one number a compartment in the state.
        uptake: for each of them the share of contacts taken up, (preventions, compartments).
        years: days of the anniversaries, 0 the first.
    """

    pathway: Pathway
    compartments: Compartments
    flows: tuple[Flow, ...]
    streams: tuple[Stream, ...]
    coverage: tuple[Slowing, ...]
    contacts: tuple[Slowing, ...]
    protecting: tuple[str, ...]
    uptake: Floats
    years: tuple[float, ...]

    @property
    def linear(self) -> bool:
        """Whether the equations are linear with constant coefficients between changes."""
        return not self.contacts

    def year(self, day: float) -> int:
        """Returns the year of a day, 0 for the first."""
        return int(np.searchsorted(self.years, day, side="right")) - 1

    def rates(self, day: float) -> tuple[Floats, Floats]:
        """Returns each flow's rate on a day, coverage included, and the change by contacts, (n, n + 1)."""
        year = self.year(day)
        rates = np.array([flow.rate(year) for flow in self.flows])
        change = np.zeros((len(self.compartments), len(self.compartments) + 1))
        for stream in self.streams:
            change += stream.factor(day, year) * stream.change
        return rates * coverage_factors(self.pathway, self.coverage, self.flows, day), change

    def matrix(self, rates: Floats, change: Floats) -> Floats:
        """Returns what each compartment gains a day, of each person of a compartment or (last) of none."""
        found = change.copy()
        for flow, rate in zip(self.flows, rates, strict=True):
            # Column -1, for a fixed number of people, is the last.
            if flow.source != NOWHERE:
                found[flow.source, flow.driver] -= rate
            if flow.target != NOWHERE:
                found[flow.target, flow.driver] += rate
        return found

    def reached(self, prevention: int, day: float, people: Floats) -> Floats:
        """Returns the people a day whom a prevention's activity reached on a day, and who took it up."""
        entered = self.pathway.preventions[self.protecting[prevention]]
        ends = math.inf if entered.ends_after is None else entered.ends_after.days
        if day < 0 or not entered.starts_after.days <= day < ends or entered.activity is None:
            return np.zeros(len(self.compartments))
        whole, year = np.append(people, 1.0), self.year(day)
        seen = np.zeros(len(self.compartments))
        for stream in self.streams:
            seen += stream.factor(day, year) * (stream.contacts[entered.activity] @ whole)
        found: Floats = seen * self.uptake[prevention]
        return found

    def slowed(self, rates: Floats, people: Floats, protected: Floats) -> Floats:
        """Returns rates slowed by those protected: min(protected, people) are slower by the reduction.

        A fixed number of people cannot leave where there are none: below one person it falls to 0 evenly.
        """
        found = rates.copy()
        for number, flow in enumerate(self.flows):
            if flow.driver == NOWHERE and flow.source != NOWHERE:
                found[number] *= min(max(float(people[flow.source]), 0.0), 1.0)
        for one in self.contacts:
            here = people[one.place]
            safe = protected[self.protecting.index(one.prevention), one.place]
            share = min(safe / here, 1.0) if here > 0 else 0.0
            found[one.flow] *= 1.0 - one.reduction * share
        return found


def solve(equations: Equations, start: Floats, changes: Sequence[float], asked: Sequence[float]) -> Floats:
    """Returns the people of each compartment on the days asked for, (days, compartments).

    Between changes the linear equations are solved exactly, by the exponential of their matrix with one more
    row and column for what does not depend on people (Van Loan, IEEE Transactions on Automatic Control 23,
    1978). Those with prevention by an activity, or in which a compartment would run out of people, are solved
    numerically (LSODA, relative error 1e-8), with the lag by the method of steps; over a lag shorter than a
    month the people are taken as they are now.

    Args:
        equations: what changes the people.
        start: the people on day 0.
        changes: days on which a rate changes, those of contacts later by the lag included.
        asked: rising days, the first of them 0.
    """
    edges = sorted({0.0, *asked, *(day for day in changes if 0 < day < asked[-1])})
    found = _exact(equations, start, edges) if equations.linear else []
    if not found or min(float(people.min()) for people in found) < 0:
        found = _numeric(equations, start, edges)
    return np.stack([found[edges.index(day)] for day in asked])


def _exact(equations: Equations, start: Floats, edges: Sequence[float]) -> list[Floats]:
    """Returns the people at every edge, by matrix exponentials."""
    from scipy.linalg import expm

    found = [start]
    size = len(start)
    for begins, ends in itertools.pairwise(edges):
        whole = np.zeros((size + 1, size + 1))
        whole[:size] = equations.matrix(*equations.rates((begins + ends) / 2))
        found.append((expm(whole * (ends - begins)) @ np.append(found[-1], 1.0))[:size])
    return found


def _numeric(equations: Equations, start: Floats, edges: Sequence[float]) -> list[Floats]:
    """Returns the people at every edge, by numerical integration."""
    from scipy.integrate import solve_ivp

    past = _Past()
    state = np.concatenate([start, np.zeros(len(start) * len(equations.protecting))])
    found = [start]
    for begins, ends in itertools.pairwise(edges):
        middle = (begins + ends) / 2
        slope = _Slope(equations, past, len(start), middle, *equations.rates(middle))
        for piece in _pieces(equations, begins, ends):
            solved = solve_ivp(
                slope, piece, state, method="LSODA", rtol=_PRECISE, atol=_PRECISE, dense_output=True
            )
            if not solved.success or solved.sol is None:
                raise ArithmeticError(solved.message)
            past.add(piece, solved.sol)
            state = solved.y[:, -1]
        found.append(state[: len(start)])
    return found


def _pieces(equations: Equations, begins: float, ends: float) -> list[tuple[float, float]]:
    """Returns an interval in pieces no longer than the shortest lag, but of a month at least."""
    lags = [equations.pathway.preventions[each].lag.days for each in equations.protecting]
    number = math.ceil((ends - begins) / max(min(lags), DAYS_PER["months"])) if lags else 1
    cuts = np.linspace(begins, ends, number + 1).tolist()
    return list(itertools.pairwise(cuts))


class _Past:
    """The people at earlier times, as far as they are solved."""

    def __init__(self) -> None:
        self._begins: list[float] = []
        self._states: list[History] = []
        self._solved_to = 0.0

    def add(self, piece: tuple[float, float], state: History) -> None:
        """Adds the next piece."""
        self._begins.append(piece[0])
        self._states.append(state)
        self._solved_to = piece[1]

    def people(self, day: float, present: Floats) -> Floats:
        """Returns the people on an earlier day; those of the present where that day is not solved yet."""
        if not 0 <= day <= self._solved_to or not self._begins:
            return present
        place = max(bisect_right(self._begins, day) - 1, 0)
        found: Floats = self._states[place](day)[: len(present)]
        return found


@dataclass(frozen=True)
class _Slope:
    """How fast the state changes between two days on which a rate changes.

    Attributes:
        equations: what changes it.
        past: the people before.
        size: the number of compartments.
        middle: a day between the two, on which rates are looked up.
        rates, change: as :meth:`Equations.rates` gives them.
    """

    equations: Equations
    past: _Past
    size: int
    middle: float
    rates: Floats
    change: Floats

    def __call__(self, day: float, state: Floats) -> Floats:
        """Returns the change a day of the people, then of those protected."""
        here = self.equations
        people = state[: self.size]
        protected = state[self.size :].reshape(len(here.protecting), self.size)
        moved = here.matrix(here.slowed(self.rates, people, protected), self.change) @ np.append(people, 1.0)
        return np.concatenate(
            [
                moved,
                *(self._gained(number, day, people, protected[number]) for number in range(len(protected))),
            ]
        )

    def _gained(self, number: int, day: float, people: Floats, protected: Floats) -> Floats:
        """Returns the change a day of those whom one prevention protects."""
        prevention = self.equations.pathway.preventions[self.equations.protecting[number]]
        lag, half_life = prevention.lag.days, prevention.half_life
        then = people if lag == 0 else self.past.people(day - lag, people)
        lost = 0.0 if half_life is None else _HALF / half_life.days
        found: Floats = self.equations.reached(number, self.middle - lag, then) - lost * protected
        return found
