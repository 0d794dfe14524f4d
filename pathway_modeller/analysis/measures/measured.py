"""The measures of one variant, replication by replication: one row a figure, one column a replication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.rows import Ints, Rows
from pathway_modeller.analysis.statistics.intervals import (
    IntervalColumns,
    interval_columns,
    paired_columns,
    sectioned_columns,
)

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Measured:
    """The measures of one variant.

    Attributes:
        rows: what each figure is about.
        values: shape (figures, replications); NaN where missing.
        percentiles: of each percentile that of all patients of all replications, shape (figures,); NaN for
            other figures; None if there are none.
    """

    rows: Rows
    values: Floats
    percentiles: Floats | None = None

    @cached_property
    def _pooled(self) -> Floats:
        """The percentile of all patients of all replications, or NaN, of each figure."""
        return np.full(len(self.rows), np.nan) if self.percentiles is None else self.percentiles

    @cached_property
    def _places(self) -> dict[tuple[Any, ...], int]:
        """The place of each figure."""
        return {row: place for place, row in enumerate(self.rows.tuples)}

    @cached_property
    def _by_label(self) -> dict[tuple[Any, ...], list[int]]:
        """The places of the figures that have the same labels but for the unit."""
        unit = list(self.rows.columns).index("unit")
        found: dict[tuple[Any, ...], list[int]] = {}
        for place, row in enumerate(self.rows.tuples):
            found.setdefault((*row[:unit], "", *row[unit + 1 :]), []).append(place)
        return found

    def of(self, measure: str, **labels: str) -> Floats:
        """Returns the figures of a measure, shape (figures, replications).

        Args:
            measure: as in the column ``measure``.
            labels: of the other columns but the unit; those not named are "".
        """
        asked = {**dict.fromkeys(self.rows.columns, ""), "measure": measure, **labels}
        return self.values[self._by_label.get(tuple(asked.values()), [])]

    def summary(self) -> pd.DataFrame:
        """Returns labels, mean, low, high and replications."""
        return _frame(self.rows, _intervals(self.values, self._pooled))

    def less(self, other: Measured) -> pd.DataFrame:
        """Returns labels, paired differences from another variant, and the variance reduction.

        A figure that only one of the two has (an element that an option adds) has no difference: its mean is
        NaN, over 0 replications.
        """
        added = [row for row in self.rows.tuples if row not in other._places]
        both = Rows.of(tuple(self.rows.columns), [*other.rows.tuples, *added])
        mine = np.array([self._places.get(row, -1) for row in both.tuples], dtype=np.int64)
        theirs = np.concatenate((np.arange(len(other.rows)), np.full(len(added), -1)))
        replications = min(self.values.shape[1], other.values.shape[1])
        differences, reduction = paired_columns(
            _aligned(self.values[:, :replications], mine), _aligned(other.values[:, :replications], theirs)
        )
        found = _intervals(differences, _aligned(self._pooled, mine) - _aligned(other._pooled, theirs))
        return _frame(both, found).assign(variance_reduction=reduction)

    def table(self) -> pd.DataFrame:
        """Returns one row for each replication and figure: replication, labels as categories, value."""
        import pandas as pd

        figures, replications = self.values.shape
        labels = self.rows.take(np.tile(np.arange(figures), replications)).categories()
        replication = np.repeat(np.arange(replications), figures)
        return pd.DataFrame({"replication": replication, **labels, "value": self.values.T.ravel()})


def _intervals(values: Floats, pooled: Floats) -> IntervalColumns:
    """Returns intervals of means, and about what is pooled where anything is."""
    of_means, of_pooled = interval_columns(values), sectioned_columns(pooled, values)
    known = ~np.isnan(pooled)
    return IntervalColumns(
        np.where(known, of_pooled.mean, of_means.mean),
        np.where(known, of_pooled.low, of_means.low),
        np.where(known, of_pooled.high, of_means.high),
        of_means.n,
    )


def _aligned(values: Floats, places: Ints) -> Floats:
    """Returns rows in another order; NaN where there is none (-1)."""
    aligned = values[places]
    aligned[places < 0] = np.nan
    return aligned


def _frame(rows: Rows, intervals: IntervalColumns) -> pd.DataFrame:
    """Returns labels with the columns mean, low, high and replications."""
    import pandas as pd

    figures = {"mean": intervals.mean, "low": intervals.low, "high": intervals.high}
    return pd.DataFrame({**rows.texts(), **figures, "replications": intervals.n})
