"""Where patients go from state to state, held by the ways that there are, and the flows that come of it.

Drawn pathways are long and thin: from each state few ways lead on. The equations ``x = a + P' x`` are solved
by taking out one state after another, the one with the fewest ways in and out first (Markowitz, Management
Science 3, 1957), for all groups of patients at once. No pivots are sought: where nobody is made on the way,
none are needed (Funderlic and Plemmons, Linear Algebra and its Applications 41, 1981).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Way = tuple[int, int]
"""From which state, to which."""

_TINY = 1e-6
_LARGEST_FLOW = 1e12
_CROWDED = 200
"""Ways that taking out a state would make, from which on what is left is solved as one full matrix."""


@dataclass(frozen=True)
class Links:
    """The ways between states, with the share of those who leave a state that take each.

    Attributes:
        size: the number of states.
        blocks: the number of groups of patients, each with shares of its own.
        shares: by way, the share of each block, (blocks,).
    """

    size: int
    blocks: int
    shares: Mapping[Way, Array]

    def scaled(self, factors: Array) -> Links:
        """Returns links with each state's shares multiplied by its factors, (blocks, states)."""
        columns = np.ascontiguousarray(factors.T)
        found = {way: share * columns[way[0]] for way, share in self.shares.items()}
        return Links(self.size, self.blocks, found)

    def with_more(self, more: Iterable[tuple[Way, Array]]) -> Links:
        """Returns links with further shares, added to those of ways that there are already."""
        found = dict(self.shares)
        for way, share in more:
            found[way] = found[way] + share if way in found else share
        return Links(self.size, self.blocks, found)

    def turned(self) -> Links:
        """Returns every way the other way round."""
        turned = {(there, here): share for (here, there), share in self.shares.items()}
        return Links(self.size, self.blocks, turned)

    def full(self) -> Array:
        """Returns the shares of all pairs of states, (blocks, states, states)."""
        found = np.zeros((self.blocks, self.size, self.size))
        for (here, there), share in self.shares.items():
            found[:, here, there] = share
        return found

    def flows(self, outside: Array) -> Array:
        """Returns x of ``x = outside + P' x``, (blocks, states), where P holds the shares.

        Raises:
            numpy.linalg.LinAlgError: there is no finite answer.
        """
        if not outside.size:
            return outside
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            found = _Elimination(self, outside).solved()
        if not np.all(np.isfinite(found)) or np.any(found < -_TINY) or np.any(found > _LARGEST_FLOW):
            raise np.linalg.LinAlgError
        return found

    def gathered(self, met: Array) -> Array:
        """Returns x of ``x = met + P x``: what is met on the way from each state, (blocks, states).

        Raises:
            numpy.linalg.LinAlgError: there is no finite answer.
        """
        return self.turned().flows(met)


class _Elimination:
    """The equations while states are taken out of them."""

    def __init__(self, links: Links, outside: Array) -> None:
        self._flow = np.ascontiguousarray(outside.T, dtype=np.float64).copy()
        self._into: list[dict[int, Array]] = [{} for _ in range(links.size)]
        self._out: list[dict[int, Array]] = [{} for _ in range(links.size)]
        self._around: dict[int, Array] = {}
        for (here, there), share in links.shares.items():
            self._add(here, there, share)

    def solved(self) -> Array:
        """Returns the flows, (blocks, states)."""
        waiting = [(self._ways_made(state), state) for state in range(len(self._into))]
        heapq.heapify(waiting)
        left, taken_out = set(range(len(self._into))), []
        while waiting:
            ways, state = heapq.heappop(waiting)
            if state not in left or ways != self._ways_made(state):
                continue
            if ways > _CROWDED:
                self._solve_rest(sorted(left))
                break
            left.remove(state)
            around = self._take_out(state)
            taken_out.append((state, around))
            for each in {*self._into[state], *self._out[state]}:
                heapq.heappush(waiting, (self._ways_made(each), each))
        for state, around in reversed(taken_out):
            flow = self._flow[state]
            for origin, share in self._into[state].items():
                flow += self._flow[origin] * share
            if around is not None:
                flow /= around
        return self._flow.T

    def _ways_made(self, state: int) -> int:
        """Returns how many ways taking out a state makes."""
        return len(self._into[state]) * len(self._out[state])

    def _add(self, here: int, there: int, share: Array) -> None:
        """Adds a share to a way."""
        if here == there:
            self._around[here] = self._around[here] + share if here in self._around else share
            return
        known = self._out[here].get(there)
        both = share if known is None else known + share
        self._out[here][there] = self._into[there][here] = both

    def _take_out(self, state: int) -> Array | None:
        """Leads every way through a state past it; returns what of its patients do not come back at once."""
        stay = self._around.get(state)
        around = None if stay is None else 1.0 - stay
        if around is not None and np.any(around == 0.0):
            raise np.linalg.LinAlgError
        for target, share in self._out[state].items():
            on = share if around is None else share / around
            self._flow[target] += self._flow[state] * on
            del self._into[target][state]
            for origin, come in self._into[state].items():
                self._add(origin, target, come * on)
        for origin in self._into[state]:
            del self._out[origin][state]
        return around

    def _solve_rest(self, left: list[int]) -> None:
        """Solves what is left as one full matrix for each block."""
        place = {state: row for row, state in enumerate(left)}
        matrix = np.zeros((self._flow.shape[1], len(left), len(left)))
        matrix[:] = np.eye(len(left))
        for state in left:
            for origin, share in self._into[state].items():
                matrix[:, place[state], place[origin]] -= share
            if state in self._around:
                matrix[:, place[state], place[state]] -= self._around[state]
        found = np.linalg.solve(matrix, self._flow[left].T[:, :, None])
        self._flow[left] = found[:, :, 0].T
