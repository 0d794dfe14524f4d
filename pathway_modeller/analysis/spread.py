"""How figures are spread within groups: mean, percentiles, longest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.order_statistics import Ordered
from pathway_modeller.analysis.rows import Grouping, totals
from pathway_modeller.simulation.tally.people_facts import Values

Floats = npt.NDArray[np.float64]


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
    groups = _groups(grouping, values)
    return Spread(
        count=size,
        mean=totals(grouping, values.sums) / some,
        median=np.array([group.quantile(0.5) for group in groups]),
        p92=np.array([group.quantile(0.92) for group in groups]),
        longest=np.array([group.longest for group in groups]),
        share_positive=totals(grouping, values.positive) / some,
    )


def _groups(grouping: Grouping, values: Values) -> list[Ordered]:
    """Returns each group's values."""
    rows: list[list[Floats]] = [[] for _ in grouping.keys]
    cells = np.flatnonzero((values.sizes > 0) & (grouping.codes >= 0))
    bounds = zip(values.first[cells].tolist(), values.first[cells + 1].tolist(), strict=True)
    for group, (begin, end) in zip(grouping.codes[cells].tolist(), bounds, strict=True):
        rows[group].append(values.values[begin:end])
    return [Ordered(each) for each in rows]
