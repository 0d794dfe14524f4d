"""Where patients go from state to state, held by the ways that there are, and the flows that come of it.

Drawn pathways are long and thin: from each state few ways lead on. The equations ``x = a + P' x`` of a large
one are solved as sparse systems by SciPy (SuperLU: Demmel, Eisenstat,
Gilbert, Li and Liu, SIAM Journal on Matrix Analysis and Applications 20, 1999); those of a small one as full
matrices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
States = tuple[int, int]
"""From which state, to which."""

_TINY = 1e-6
_LARGEST_FLOW = 1e12
_SMALL = 64
"""States up to which full matrices are quicker than loading the solver of sparse ones."""


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
    shares: Mapping[States, Array]

    def scaled(self, factors: Array) -> Links:
        """Returns links with each state's shares multiplied by its factors, (blocks, states)."""
        columns = np.ascontiguousarray(factors.T)
        found = {way: share * columns[way[0]] for way, share in self.shares.items()}
        return Links(self.size, self.blocks, found)

    def with_more(self, more: Iterable[tuple[States, Array]]) -> Links:
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
        if not outside.size or not self.shares:
            return outside
        found = self._solved(outside) if self.size <= _SMALL else self._solved_sparse(outside)
        if not np.all(np.isfinite(found)) or np.any(found < -_TINY) or np.any(found > _LARGEST_FLOW):
            raise np.linalg.LinAlgError
        return found

    def _solved(self, outside: Array) -> Array:
        """Returns the flows by one full matrix for each block."""
        matrix = np.eye(self.size) - self.full().transpose(0, 2, 1)
        return np.asarray(np.linalg.solve(matrix, outside[:, :, None])[:, :, 0], dtype=np.float64)

    def _solved_sparse(self, outside: Array) -> Array:
        """Returns the flows by one sparse matrix for each block; other threads go on between two of them."""
        from scipy.sparse import coo_array, eye_array
        from scipy.sparse.linalg import splu

        here, there = np.array(list(self.shares)).T
        shares, itself = np.array(list(self.shares.values())), eye_array(self.size)
        found = np.empty_like(outside, dtype=np.float64)
        for block in range(self.blocks):
            on = coo_array((shares[:, block], (there, here)), shape=(self.size, self.size))
            try:
                found[block] = splu((itself - on).tocsc()).solve(np.ascontiguousarray(outside[block]))
            except RuntimeError:  # a matrix without an inverse
                raise np.linalg.LinAlgError from None
        return found

    def gathered(self, met: Array) -> Array:
        """Returns x of ``x = met + P x``: what is met on the way from each state, (blocks, states).

        Raises:
            numpy.linalg.LinAlgError: there is no finite answer.
        """
        return self.turned().flows(met)
