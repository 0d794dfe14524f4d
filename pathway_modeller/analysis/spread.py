"""How figures are spread within groups: mean, percentiles, longest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.rows import Grouping, totals
from pathway_modeller.simulation.tally.people_facts import Values

Ints = npt.NDArray[np.int64]
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
    joined = _joined(grouping, values)
    return Spread(
        count=size,
        mean=totals(grouping, values.sums) / some,
        median=_quantile(joined, 0.5),
        p92=_quantile(joined, 0.92),
        longest=_quantile(joined, 1.0),
        share_positive=totals(grouping, values.positive) / some,
    )


def _joined(grouping: Grouping, values: Values) -> list[Floats]:
    """Returns each group's values."""
    order = np.argsort(grouping.codes, kind="stable")
    bounds = np.searchsorted(grouping.codes[order], np.arange(len(grouping.keys) + 1))
    found = []
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        cells = [cell for cell in order[begin:end].tolist() if values.first[cell + 1] > values.first[cell]]
        parts = [values.values[values.first[cell] : values.first[cell + 1]] for cell in cells]
        found.append(np.sort(np.concatenate(parts)) if len(parts) > 1 else parts[0] if parts else np.empty(0))
    return found


def _quantile(joined: list[Floats], share: float) -> Floats:
    """A quantile of each group of values in rising order."""
    found = np.full(len(joined), np.nan)
    for group, ordered in enumerate(joined):
        if len(ordered):
            place = (len(ordered) - 1) * share
            below, above = int(np.floor(place)), int(np.ceil(place))
            low, high = ordered[below], ordered[above]
            found[group] = low + (high - low) * (place - below)
    return found
