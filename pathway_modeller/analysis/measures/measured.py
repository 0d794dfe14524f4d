"""The measures of one variant, replication by replication: one row a figure, one column a replication."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.catalogue import SIGNED
from pathway_modeller.analysis.rows import Ints, Rows
from pathway_modeller.analysis.statistics.counts import count_differences, counts
from pathway_modeller.analysis.statistics.intervals import IntervalColumns, differences
from pathway_modeller.analysis.statistics.means import means, variance_reduction
from pathway_modeller.analysis.statistics.percentiles import Around, percentile_differences
from pathway_modeller.analysis.statistics.shares import share_differences, shares

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


def _none() -> Ints:
    """Returns no places."""
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Measured:
    """The measures of one variant.

    Attributes:
        rows: what each figure is about.
        values: shape (figures, replications); NaN where missing.
        counts: the places of whole numbers of events.
        shares: the places of shares of patients, and of how many patients each is, shape (shares,
            replications); None for none.
        percentiles: the places of percentiles of all patients of all replications, and these; None for none.
    """

    rows: Rows
    values: Floats
    counts: Ints = field(default_factory=_none)
    shares: tuple[Ints, Floats] | None = None
    percentiles: tuple[Ints, Around] | None = None

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
        return self.values[self.places(measure, **labels)]

    def places(self, measure: str, **labels: str) -> list[int]:
        """Returns the places of the figures that :meth:`of` returns."""
        asked = {**self._undivided, "measure": measure, **labels}
        return self._by_label.get(tuple(asked.values()), [])

    @cached_property
    def _undivided(self) -> dict[str, str]:
        """The labels of a figure of everything."""
        return dict.fromkeys(self.rows.columns, "")

    @cached_property
    def _intervals(self) -> IntervalColumns:
        """The figure of all replications, and its interval, of each kind as befits it."""
        lowest = np.where(np.fmin.reduce(self.values, axis=1, initial=np.nan) < 0, -np.inf, 0.0)
        for measure in SIGNED:
            lowest[self.rows.where(measure=measure)] = -np.inf
        found = means(self.values, lowest)
        of_shares = self.rows.where(unit="share")
        found.high[of_shares] = np.minimum(found.high[of_shares], 1.0)
        _put(found, self.counts, counts(self.values[self.counts]))
        if self.shares is not None:
            places, patients = self.shares
            _put(found, places, shares(self.values[places] * patients, patients))
        if self.percentiles is not None:
            _put(found, self.percentiles[0], self.percentiles[1].interval())
        return found

    def summary(self) -> pd.DataFrame:
        """Returns labels, mean, low, high and replications.

        The mean of a share is that of all patients of all replications, and so is a percentile.
        """
        return _frame(self.rows, self._intervals)

    def less(self, other: Measured) -> pd.DataFrame:
        """Returns labels, paired differences from another variant, and the variance reduction.

        A figure that only one of the two has (an element that an option adds) has no difference: its mean is
        NaN, over 0 replications.
        """
        added = [row for row in self.rows.tuples if row not in other._places]
        both = Rows.of(tuple(self.rows.columns), [*other.rows.tuples, *added]) if added else other.rows
        mine = np.array([self._places.get(row, -1) for row in both.tuples], dtype=np.int64)
        theirs = np.concatenate((np.arange(len(other.rows)), np.full(len(added), -1)))
        number = min(self.values.shape[1], other.values.shape[1])
        one, two = _aligned(self.values[:, :number], mine), _aligned(other.values[:, :number], theirs)
        apart = differences(one, two)
        found = means(apart)
        rows = other.counts
        _put(found, rows, count_differences(one[rows], two[rows]))
        if other.shares is not None and self.shares is not None:
            rows, patients = other.shares
            own = _aligned(self.shares[1][:, :number], self._ranks(mine[rows], self.shares[0]))
            sides = (one[rows] * own, own, two[rows] * patients[:, :number], patients[:, :number])
            _put(found, rows, share_differences(*sides))
        if other.percentiles is not None and self.percentiles is not None:
            rows, before = other.percentiles
            after = self.percentiles[1].take(self._ranks(mine[rows], self.percentiles[0]))
            _put(found, rows, percentile_differences(after, before, apart[rows]))
        still = _unchanged(both, one, two) & ~np.isnan(found.mean)
        found.low[still] = found.high[still] = 0.0  # there is nothing that a rare event could come from
        return _frame(both, found).assign(variance_reduction=variance_reduction(one, two))

    def _ranks(self, places: Ints, among: Ints) -> Ints:
        """Returns which of some figures each of others is, -1 for none of them."""
        ranks: Ints = np.full(len(self.rows) + 1, -1, dtype=np.int64)  # the last one is that of -1
        ranks[among] = np.arange(len(among))
        return ranks[places]

    def table(self) -> pd.DataFrame:
        """Returns one row for each replication and figure: replication, labels as categories, value."""
        import pandas as pd

        figures, replications = self.values.shape
        labels = self.rows.take(np.tile(np.arange(figures), replications)).categories()
        replication = np.repeat(np.arange(replications), figures)
        return pd.DataFrame({"replication": replication, **labels, "value": self.values.T.ravel()})


def _put(found: IntervalColumns, places: Ints, others: IntervalColumns) -> None:
    """Puts intervals of another kind in their places."""
    found.mean[places], found.low[places], found.high[places] = others.mean, others.low, others.high
    found.n[places] = others.n


def _unchanged(rows: Rows, one: Floats, two: Floats) -> npt.NDArray[np.bool_]:
    """Returns of which figures nothing that they rest on differs: all that was measured of an element."""
    same = ((one == two) | (np.isnan(one) & np.isnan(two))).all(axis=1)
    column = rows.columns["element"]
    every, some = np.ones(len(column.labels), dtype=np.bool_), np.zeros(len(column.labels), dtype=np.bool_)
    np.logical_and.at(every, column.codes, same)
    np.logical_or.at(some, column.codes, (np.nan_to_num(one) != 0).any(axis=1))
    whole = [label == "" for label in column.labels]
    every[whole] = same.all()
    unchanged: npt.NDArray[np.bool_] = (every & some)[column.codes]
    return unchanged


def _aligned(values: Floats, places: Ints) -> Floats:
    """Returns rows in another order; NaN where there is none (-1)."""
    if not len(values):
        return np.full((len(places), values.shape[1]), np.nan)
    aligned = values[places]
    aligned[places < 0] = np.nan
    return aligned


def _frame(rows: Rows, intervals: IntervalColumns) -> pd.DataFrame:
    """Returns labels with the columns mean, low, high and replications."""
    import pandas as pd

    figures = {"mean": intervals.mean, "low": intervals.low, "high": intervals.high}
    return pd.DataFrame({**rows.texts(), **figures, "replications": intervals.n})
