"""How figures are spread within groups: mean, percentiles, longest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.groups import Groups
from pathway_modeller.analysis.measures.order_statistics import Ordered
from pathway_modeller.simulation.tally.people_facts import Counted, Values

Floats = npt.NDArray[np.float64]

_SHARES = (0.5, 0.92)
"""The percentiles."""
_PLACES = np.array([*_SHARES, 1.0])


@dataclass(frozen=True, eq=False)
class Spread:
    """Figures of each group's values; NaN for a group without any. Each has shape (groups,)."""

    count: Floats
    mean: Floats
    median: Floats
    p92: Floats
    longest: Floats
    share_positive: Floats

    @property
    def all(self) -> list[Floats]:
        """Every figure, in order."""
        return [self.count, self.mean, self.median, self.p92, self.longest, self.share_positive]

    def some(self, *names: str) -> list[Floats]:
        """Returns some of the figures."""
        return [getattr(self, name) for name in names]


def spread(groups: Groups, values: Values) -> Spread:
    """Returns mean, median, 92nd percentile, largest value and share above zero of each group.

    Percentiles interpolate linearly between the two neighbouring values: of n values in rising order, the
    one at place 1 + (n - 1) p (definition 7 of Hyndman and Fan, American Statistician 1996; 50: 361-365).

    Args:
        groups: of the cells.
        values: by cell.
    """
    size = groups.totals(values.sizes)
    some = np.where(size > 0, size, np.nan)
    # What compiled functions have gathered they look through as well; where there are none, Python does.
    find = _found_compiled if isinstance(values, Counted) else _found
    median, p92, longest = find(groups, values, size)
    return Spread(
        count=size,
        mean=groups.totals(values.sums) / some,
        median=median,
        p92=p92,
        longest=longest,
        share_positive=groups.totals(values.positive) / some,
    )


def _found(groups: Groups, values: Values, _size: Floats) -> tuple[Floats, ...]:
    """Returns median, 92nd percentile and largest value of each group."""
    rows: list[list[Floats]] = [[] for _ in groups.keys]
    cells, codes = _filled(groups, values)
    bounds = zip(values.first[cells].tolist(), values.first[cells + 1].tolist(), strict=True)
    for group, (begin, end) in zip(codes.tolist(), bounds, strict=True):
        rows[group].append(values.values[begin:end])
    ordered = [Ordered(each) for each in rows]
    quantiles = (np.array([group.quantile(share) for group in ordered]) for share in _SHARES)
    return *quantiles, np.array([group.longest for group in ordered])


def _found_compiled(groups: Groups, values: Values, size: Floats) -> tuple[Floats, ...]:
    """Returns the same, all at once, of groups with so many values each."""
    from pathway_modeller.simulation.tally.selection import values_at

    cells, codes = _filled(groups, values)
    rows = np.searchsorted(codes, np.arange(len(groups) + 1))
    begin, end = values.first[cells], values.first[cells + 1]
    place = (size - 1)[:, np.newaxis] * _PLACES
    below = np.floor(place)
    whole = np.concatenate((below, np.ceil(place)), axis=1).astype(np.int64)
    found = values_at(values.values, begin, end, rows, whole)
    low, high = found[:, : place.shape[1]], found[:, place.shape[1] :]
    quantiles = np.where(size[:, np.newaxis] > 0, low + (high - low) * (place - below), np.nan)
    return tuple(quantiles.T)


def _filled(groups: Groups, values: Values) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Returns the cells that have values, group after group, and of which group each is."""
    cells, codes = groups.sorted
    filled = values.sizes[cells] > 0
    return cells[filled], codes[filled]
