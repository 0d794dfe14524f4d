"""Percentiles of times of which some were not seen to end: the product-limit estimate.

E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", J. Amer. Statist. Ass. 1958;
53: 457-481. Of those at risk at a time (their own is as long or longer, and they were watched by then) the
share that ends there is the hazard; the share that lasts longer is the product of what is left at each time.
Whoever was on the clock before watching began is at risk only from the time that they had reached by then
(delayed entry: J. P. Klein, M. L. Moeschberger, Survival Analysis, 2nd edition 2003, section 4.6), else long
times would count more often than they come.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.grid import STEPS, middles, steps_of
from pathway_modeller.analysis.statistics.pooled import Times, Way

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

KINDS = 3
"""What times are of, in the order in which their cells stand: of those whose end was seen; of those whose end
was not seen, until they were last seen; and of those of both who came under watch late, how far they were."""

EXACT = 10_000
"""So many times are kept as they are; more are counted on the grid, which moves them by 0.2% at most."""

FEW = 1_000
"""So many times of one replication are looked through one by one; more stand on the grid."""

ROUNDING = 1e-12
"""Shares this close are equal."""


@dataclass(frozen=True, eq=False)
class Curves:
    """Product-limit estimates of groups, on common times.

    Attributes:
        times: rising, shape (times,).
        ended: how many ended at each, shape (groups, times).
        unseen: how many were last seen there, the same shape.
        at_risk: how many were at risk there, the same shape.
    """

    times: Floats
    ended: Floats
    unseen: Floats
    at_risk: Floats

    @classmethod
    def of(cls, times: Floats, counts: Floats) -> Curves:
        """Returns the estimates.

        Args:
            times: rising.
            counts: of each kind at each time, shape (KINDS, groups, times).
        """
        ended, unseen, late = counts
        lasting = np.cumsum((ended + unseen)[:, ::-1], axis=1)[:, ::-1]
        later = np.cumsum(late[:, ::-1], axis=1)[:, ::-1] - late
        return cls(times, ended, unseen, lasting - later)

    @cached_property
    def surviving(self) -> Floats:
        """The share that lasts longer than each time, shape (groups, times)."""
        some = np.where(self.at_risk > 0, self.at_risk, 1.0)
        found: Floats = np.multiply.accumulate(1 - self.ended / some, axis=1)
        return found

    def at(self, levels: Floats) -> Floats:
        """Returns the first time by which a share has ended, NaN where it has not; shapes (groups,)."""
        found = np.full(len(levels), np.nan)
        if not len(self.times):
            return found  # no clock ran
        reached = self.surviving <= (1 - np.clip(levels, 0.0, 1.0))[:, np.newaxis] + ROUNDING
        known = reached.any(axis=1)
        found[known] = self.times[reached[known].argmax(axis=1)]
        return found

    def greenwood(self, until: Floats) -> Floats:
        """Returns Greenwood's sum of d / n (n - d) up to a time of each group, NaN times included as none."""
        left = self.at_risk - self.ended
        terms = np.where(left > 0, self.ended / np.where(left > 0, self.at_risk * left, 1.0), 0.0)
        found: Floats = (terms * self._up_to(until)).sum(axis=1)
        return found

    def _up_to(self, until: Floats) -> npt.NDArray[np.bool_]:
        """Tells which times are no later than one of each group."""
        within: npt.NDArray[np.bool_] = self.times <= until[:, np.newaxis]
        return within

    def apart(self, other: Curves, until: Floats) -> Floats:
        """Returns by how much more of a part of these ended up to a time than at the common hazard.

        It is the sum of (d' - n' d / n) / n, with d' and n' those of the part.
        """
        n = np.where(self.at_risk > 0, self.at_risk, 1.0)
        terms = np.where(self.at_risk > 0, (other.ended - other.at_risk * self.ended / n) / n, 0.0)
        found: Floats = (terms * self._up_to(until)).sum(axis=1)
        return found


def quantile(times: Times, ways: Sequence[Way], level: float) -> Floats:
    """Returns the time by which a share has ended in each group of one replication, NaN where not seen.

    Args:
        times: cells of each kind stand behind those of the one before.
        ways: to divide the cells of one kind.
        level: 0.5 for the median.
    """
    if len(times.days) > FEW:
        found = _Gathered((times,), tuple(ways), FEW)
        return found.all.at(np.full(found.groups, level))
    return np.array([_first_by(times, cells, level) for way in ways for cells in way.cells])


def _first_by(times: Times, cells: Ints, level: float) -> float:
    """Returns the time by which a share has ended in some cells of one kind, NaN where that is not seen.

    Those who end stand one by one, so that several who end at once lower what survives in several steps,
    which multiply to the one: (1 - 1/n)(1 - 1/(n - 1)) = (n - 2)/n.
    """
    apart = (len(times.first) - 1) // KINDS
    ended, unseen, late = (_rising(times, cells + kind * apart) for kind in range(KINDS))
    # Of those at one time: who comes under watch then is at risk already, who is last seen then is so still.
    lasting = np.arange(len(ended), 0, -1) + len(unseen) - unseen.searchsorted(ended, side="left")
    at_risk = lasting - len(late) + late.searchsorted(ended, side="right")
    reached = (1 - 1 / at_risk).cumprod() <= 1 - level + ROUNDING
    return float(ended[reached.argmax()]) if reached.any() else math.nan


def _rising(times: Times, cells: Ints) -> Floats:
    """Returns the times of some cells in rising order."""
    bounds = zip(times.first[cells].tolist(), times.first[cells + 1].tolist(), strict=True)
    parts = [times.days[begin:end] for begin, end in bounds if begin < end]
    if len(parts) < 2:
        return parts[0] if parts else times.days[:0]  # those of one cell rise
    found = np.concatenate(parts)
    found.sort()
    return found


class PooledClocks:
    """Times of groups of all replications together, some of them without an end; a row is a group."""

    def __init__(self, replications: tuple[Times, ...], ways: tuple[Way, ...]) -> None:
        """Takes the times of each replication."""
        self._gathered = _Gathered(replications, ways, EXACT)

    @property
    def patients(self) -> Floats:
        """Clocks of each replication, shape (rows, replications)."""
        parts = [each.ended.sum(axis=1) + each.unseen.sum(axis=1) for each in self._gathered.each]
        return np.array(parts).reshape(len(parts), self._gathered.groups).T

    def at(self, levels: Floats) -> Floats:
        """Returns the time by which a share has ended, NaN where it is not seen; shape (rows,)."""
        return self._gathered.all.at(levels)

    def spread(self, point: Floats, level: float) -> tuple[Floats, Floats]:
        """Returns how far replications move the share that has ended by a time, and the least standard error.

        Both follow from the hazards: the first, shape (rows, replications), as for observations that are
        alike within a replication (Z. Ying, L. J. Wei, J. Multivariate Anal. 1994; 50: 17-29); the second,
        shape (rows,), is Greenwood's, as if clocks were independent.
        """
        every, parts = self._gathered.all, self._gathered.each
        apart = np.array([every.apart(each, point) for each in parts]).reshape(len(parts), len(point)).T
        return apart * (1 - level) * len(parts), (1 - level) * np.sqrt(every.greenwood(point))


class _Gathered:
    """Times of some replications, counted by group at common times.

    Attributes:
        groups: how many there are.
    """

    def __init__(self, replications: tuple[Times, ...], ways: tuple[Way, ...], exact: int) -> None:
        """Takes the times of each replication; ``exact`` is how many are not put on the grid."""
        self.groups = sum(way.groups for way in ways)
        self._replications, self._ways = replications, ways
        if sum(len(each.days) for each in replications) > exact:
            found = [steps_of(each.days) for each in replications]
            taken = np.bincount(np.concatenate(found), minlength=STEPS) > 0
            place = np.cumsum(taken) - 1
            self._times: Floats = middles()[taken]
            self._places = [place[each] for each in found]
        else:
            self._times = np.unique(np.concatenate([np.zeros(0), *(each.days for each in replications)]))
            self._places = [np.searchsorted(self._times, each.days) for each in replications]

    @cached_property
    def each(self) -> list[Curves]:
        """The curves of each replication."""
        both = zip(self._replications, self._places, strict=True)
        return [Curves.of(self._times, self._counted(*each)) for each in both]

    @cached_property
    def all(self) -> Curves:
        """The curves of all together."""
        if len(self._replications) == 1:
            return self.each[0]
        ended, unseen, at_risk = (
            np.sum([getattr(each, name) for each in self.each], axis=0)
            for name in ("ended", "unseen", "at_risk")
        )
        return Curves(self._times, ended, unseen, at_risk)

    def _counted(self, times: Times, places: Ints) -> Floats:
        """Returns how many times of each kind each group has at each of the common times."""
        cells, width = (len(times.first) - 1) // KINDS, len(self._times)
        kinds = np.arange(KINDS)[:, np.newaxis]
        found = []
        for way in self._ways:
            # What is in no group is counted below the first place.
            base = np.where(way.codes < 0, -1, kinds * way.groups + way.codes).reshape(KINDS * cells) + 1
            rows = np.repeat(base * width, np.diff(times.first)) + places
            number = np.bincount(rows, times.patients, minlength=(KINDS * way.groups + 1) * width)
            found.append(number[width:].reshape(KINDS, way.groups, width))
        return np.concatenate(found, axis=1).astype(np.float64)
