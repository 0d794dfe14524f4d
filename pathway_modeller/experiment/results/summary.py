"""Figures over replications: means with intervals, and paired differences, one row for each figure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.statistics.intervals import IntervalColumns, interval_columns, paired_columns
from pathway_modeller.experiment.results.results import LABELS
from pathway_modeller.experiment.results.row_numbers import Ints, RowNumbers

Floats = npt.NDArray[np.float64]


def summarise(rows: pd.DataFrame) -> pd.DataFrame:
    """Returns ``LABELS``, mean, low, high and replications from one variant's rows of values."""
    labels, matrix = _matrix(rows, _replications(rows))
    return _with_intervals(labels, interval_columns(matrix))


def subtract(option: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Returns the paired differences option minus baseline, with the variance reduction.

    A figure that only one of the two has (an element that the option adds) has no difference: its mean
    is NaN, over 0 replications.
    """
    replications = np.intersect1d(_replications(option), _replications(baseline))
    labels_after, after = _matrix(option, replications)
    labels_before, before = _matrix(baseline, replications)
    both = pd.concat([labels_before, labels_after], ignore_index=True).drop_duplicates(ignore_index=True)
    intervals, reduction = paired_columns(
        _aligned(after, labels_after, both), _aligned(before, labels_before, both)
    )
    return _with_intervals(both, intervals).assign(variance_reduction=reduction)


def _with_intervals(labels: pd.DataFrame, intervals: IntervalColumns) -> pd.DataFrame:
    """Returns labels with the columns mean, low, high and replications."""
    return labels.assign(
        mean=intervals.mean, low=intervals.low, high=intervals.high, replications=intervals.n
    )


def _replications(rows: pd.DataFrame) -> Ints:
    """Returns the replications in rising order."""
    return np.unique(rows["replication"].to_numpy()).astype(np.int64)


def _matrix(rows: pd.DataFrame, replications: Ints) -> tuple[pd.DataFrame, Floats]:
    """Returns the labels in order of first appearance, and values as label x replication."""
    rows = rows[rows["replication"].isin(replications)]
    figures = RowNumbers(LABELS)
    numbers = figures.of(rows)
    matrix = np.full((len(figures), len(replications)), np.nan)
    matrix[numbers, np.searchsorted(replications, rows["replication"].to_numpy())] = rows["value"].to_numpy(
        dtype=float
    )
    labels = {name: column.astype(object) for name, column in figures.plain(np.arange(len(figures))).items()}
    return pd.DataFrame(labels), matrix


def _aligned(matrix: Floats, labels: pd.DataFrame, wanted: pd.DataFrame) -> Floats:
    """Returns the rows of a matrix in the order of other labels; NaN where it has none."""
    place = pd.MultiIndex.from_frame(labels).get_indexer(pd.MultiIndex.from_frame(wanted))
    aligned = matrix[place]
    aligned[place < 0] = np.nan
    return aligned
