"""How figures are spread within groups: mean, percentiles, longest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.order_statistics import Ordered
from pathway_modeller.analysis.measures.rows import Grouping, totals
from pathway_modeller.simulation.tally.people_facts import Counted, Values

Floats = npt.NDArray[np.float64]

_SHARES = (0.5, 0.92)
_MANY = 4_000
"""So many figures are worth having compiled functions loaded."""


@dataclass(frozen=True, eq=False)
class Spread:
    """Figures of each group's values; NaN for a group without any. Each has shape (groups,)."""

    count: Floats
    mean: Floats
    median: Floats
    p92: Floats
    longest: Floats
    share_positive: Floats


def spread(grouping: Grouping, values: Values) -> Spread:
    """Returns mean, median, 92nd percentile, largest value and share above zero of each group.

    Percentiles interpolate linearly between the two neighbouring values: of n values in rising order, the
    one at place 1 + (n - 1) p (definition 7 of Hyndman and Fan, American Statistician 1996; 50: 361-365).

    Args:
        grouping: of the cells.
        values: by cell.
    """
    size = totals(grouping, values.sizes)
    some = np.where(size > 0, size, np.nan)
    find = _found_compiled if isinstance(values, Counted) and len(values.values) >= _MANY else _found
    median, p92, longest = find(grouping, values)
    return Spread(
        count=size,
        mean=totals(grouping, values.sums) / some,
        median=median,
        p92=p92,
        longest=longest,
        share_positive=totals(grouping, values.positive) / some,
    )


def _found(grouping: Grouping, values: Values) -> tuple[Floats, ...]:
    """Returns median, 92nd percentile and largest value of each group."""
    groups = _groups(grouping, values)
    quantiles = (np.array([group.quantile(share) for group in groups]) for share in _SHARES)
    return *quantiles, np.array([group.longest for group in groups])


def _found_compiled(grouping: Grouping, values: Values) -> tuple[Floats, ...]:
    """Returns the same; all at once and compiled, as many figures are worth."""
    from pathway_modeller.simulation.tally.selection import values_at

    cells = np.flatnonzero((values.sizes > 0) & (grouping.codes >= 0))
    cells = cells[np.argsort(grouping.codes[cells], kind="stable")]
    rows = np.searchsorted(grouping.codes[cells], np.arange(len(grouping.keys) + 1))
    begin, end = values.first[cells], values.first[cells + 1]
    size = np.diff(np.append(0, np.cumsum(end - begin))[rows])
    place = (size - 1)[:, np.newaxis] * np.array([*_SHARES, 1.0])
    whole = np.concatenate((np.floor(place), np.ceil(place)), axis=1).astype(np.int64)
    found = values_at(values.values, begin, end, rows, whole)
    low, high = found[:, : place.shape[1]], found[:, place.shape[1] :]
    quantiles = np.where(size[:, np.newaxis] > 0, low + (high - low) * (place - np.floor(place)), np.nan)
    return tuple(quantiles.T)


def _groups(grouping: Grouping, values: Values) -> list[Ordered]:
    """Returns each group's values."""
    rows: list[list[Floats]] = [[] for _ in grouping.keys]
    cells = np.flatnonzero((values.sizes > 0) & (grouping.codes >= 0))
    bounds = zip(values.first[cells].tolist(), values.first[cells + 1].tolist(), strict=True)
    for group, (begin, end) in zip(grouping.codes[cells].tolist(), bounds, strict=True):
        rows[group].append(values.values[begin:end])
    return [Ordered(each) for each in rows]
