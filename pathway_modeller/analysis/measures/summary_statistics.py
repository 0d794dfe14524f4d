"""How figures are spread within groups: mean, percentiles, longest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.groups import Groups
from pathway_modeller.analysis.measures.order_statistics import Ordered
from pathway_modeller.simulation.tally.people_facts import Counted, Values

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SHARES = (0.5, 0.92)
"""The percentiles."""
_PLACES = np.array([*_SHARES, 1.0])


@dataclass(frozen=True, eq=False)
class Spread:
    """Figures of each group's values, each worked out when it is asked for.

    All have shape (groups,); NaN for a group without any value. Percentiles interpolate linearly between the
    two neighbouring values: of n values in rising order, the one at place 1 + (n - 1) p (definition 7 of
    Hyndman and Fan, American Statistician 1996; 50: 361-365).

    Attributes:
        groups: of the cells.
        values: by cell.
    """

    groups: Groups
    values: Values

    @property
    def all(self) -> list[Floats]:
        """Every figure: count, mean, median, 92nd percentile, longest, share above zero."""
        return [self.count, self.mean, self.median, self.p92, self.longest, self.share_positive]

    def some(self, *names: str) -> list[Floats]:
        """Returns some of the figures."""
        return [getattr(self, name) for name in names]

    @cached_property
    def count(self) -> Floats:
        """How many there are."""
        return self.groups.totals(self.values.sizes)

    @cached_property
    def _some(self) -> Floats:
        """How many there are, to divide by."""
        return np.where(self.count > 0, self.count, np.nan)

    @property
    def mean(self) -> Floats:
        """Their mean."""
        return self.groups.totals(self.values.sums) / self._some

    @property
    def share_positive(self) -> Floats:
        """The share above zero."""
        return self.groups.totals(self.values.positive) / self._some

    @property
    def median(self) -> Floats:
        """The middle one."""
        return self._quantiles[0]

    @property
    def p92(self) -> Floats:
        """The 92nd percentile."""
        return self._quantiles[1]

    @property
    def longest(self) -> Floats:
        """The largest."""
        if "_quantiles" in vars(self):  # where percentiles were looked for, it has been found as well
            return self._quantiles[2]
        cells, codes = self._filled
        found = np.full(len(self.groups), np.nan)
        if len(cells):
            first = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))
            last = self.values.values[self.values.first[cells + 1] - 1]
            found[codes[first]] = np.maximum.reduceat(last, first)
        return found

    @cached_property
    def _filled(self) -> tuple[Ints, Ints]:
        """The cells that have values, group after group, and of which group each is."""
        cells, codes = self.groups.sorted
        filled = self.values.sizes[cells] > 0
        return cells[filled], codes[filled]

    @cached_property
    def _quantiles(self) -> tuple[Floats, ...]:
        """Median, 92nd percentile and largest."""
        # What compiled functions have gathered they look through as well; where there are none, Python does.
        return self._found_compiled() if isinstance(self.values, Counted) else self._found()

    def _found(self) -> tuple[Floats, ...]:
        """Returns percentiles and largest value of each group."""
        rows: list[list[Floats]] = [[] for _ in self.groups.keys]
        cells, codes = self._filled
        bounds = zip(self.values.first[cells].tolist(), self.values.first[cells + 1].tolist(), strict=True)
        for group, (begin, end) in zip(codes.tolist(), bounds, strict=True):
            rows[group].append(self.values.values[begin:end])
        ordered = [Ordered(each) for each in rows]
        quantiles = (np.array([group.quantile(share) for group in ordered]) for share in _SHARES)
        return *quantiles, np.array([group.longest for group in ordered])

    def _found_compiled(self) -> tuple[Floats, ...]:
        """Returns the same, all at once."""
        from pathway_modeller.simulation.tally.selection import values_at

        cells, codes = self._filled
        rows = np.searchsorted(codes, np.arange(len(self.groups) + 1))
        begin, end = self.values.first[cells], self.values.first[cells + 1]
        place = (self.count - 1)[:, np.newaxis] * _PLACES
        below = np.floor(place)
        whole = np.concatenate((below, np.ceil(place)), axis=1).astype(np.int64)
        found = values_at(self.values.values, begin, end, rows, whole)
        low, high = found[:, : len(_PLACES)], found[:, len(_PLACES) :]
        between = low + (high - low) * (place - below)
        return tuple(np.where(self.count[:, np.newaxis] > 0, between, np.nan).T)


def spread(groups: Groups, values: Values) -> Spread:
    """Returns how values are spread within groups."""
    return Spread(groups, values)
