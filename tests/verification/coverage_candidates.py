"""Ways to find an interval of each kind of figure: the one chosen first, then those it was chosen among."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.counts import count_differences, counts
from pathway_modeller.analysis.statistics.intervals import Floats, IntervalColumns
from pathway_modeller.analysis.statistics.means import means, ratios
from pathway_modeller.analysis.statistics.pays_back import pays_back
from pathway_modeller.analysis.statistics.percentiles import around as around_level
from pathway_modeller.analysis.statistics.percentiles import percentile_differences
from pathway_modeller.analysis.statistics.shares import share_differences, shares
from tests.verification.coverage_waits import Sample
from tests.verification.coverage_ways import (
    Candidate,
    around,
    by_sections,
    by_sections_log,
    garwood,
    hall,
    johnson,
    linear_ratio,
    log_scale,
    of_difference,
    plain_months,
    ratio_t,
    recovered,
    share_changes,
    student,
    wilson,
)
from tests.verification.pooled_values import PooledValues


def months(totals: npt.NDArray[np.float64]) -> IntervalColumns:
    """The month of breaking even of each experiment."""
    found = [pays_back(each) for each in totals]
    return around(*(np.array([getattr(f, name) for f in found]) for name in ("month", "earliest", "latest")))


def pooled(waits: Floats) -> PooledValues:
    """Returns waits of shape (experiments, replications, patients), pooled."""
    rows, runs, patients = waits.shape
    flat = waits.reshape(rows, -1)
    order = np.argsort(flat, axis=1)
    first = np.arange(rows + 1, dtype=np.int64) * runs * patients
    values = np.take_along_axis(flat, order, axis=1).ravel()
    return PooledValues(values, first, (order // patients).ravel(), np.full((rows, runs), float(patients)))


WAYS: Mapping[str, Candidate] = {
    "t": student,
    "log scale": log_scale,
    "Johnson": johnson,
    "Hall": hall,
}
"""Ways for means that were not chosen."""

CANDIDATES: Mapping[str, Mapping[str, Candidate]] = {
    "mean": {"Hall, skewness shrunk": lambda values: means(values, 0.0), **WAYS},
    "mean difference": {
        "Hall, skewness shrunk": of_difference(means),
        **{name: of_difference(way) for name, way in WAYS.items() if name != "log scale"},
    },
    "share": {"Wilson, design effect": shares, "Wilson": wilson, "t": ratio_t},
    "share difference": {
        "excess and shortfall": share_differences,
        "t": share_changes(student),
        "Hall": share_changes(hall),
        "Wilson recovered": recovered(shares),
    },
    "count": {"Garwood, dispersion": counts, "Garwood": garwood, "t": student, "Hall": hall},
    "count difference": {
        "excess and shortfall": count_differences,
        "t": of_difference(student),
        "Hall": of_difference(hall),
        "Garwood recovered": recovered(counts),
    },
    "ratio": {"Fieller": ratios, "t of the ratio": linear_ratio},
    "month": {"bounds of totals": months, "t": plain_months},
}
"""Every way by kind of figure; percentiles stand in :func:`of_percentile`."""


def of_percentile(sample: Sample, runs: int) -> dict[str, IntervalColumns]:
    """Returns the intervals of a percentile, or of a difference of two, by every way."""
    waits = [each[:, :runs] for each in sample.arrays]
    pools = [pooled(each) for each in waits]
    owns = [np.quantile(each, sample.level, axis=2) for each in waits]
    points = [pool.at(np.full(len(owns[0]), sample.level)) for pool in pools]
    if len(pools) == 1:
        return {
            "Woodruff": around_level(pools[0], sample.level).interval(),
            "sectioned": by_sections(points[0], owns[0]),
            "sectioned, log scale": by_sections_log(points[0], owns[0]),
            "t of own": student(owns[0]),
        }
    apart, change = owns[0] - owns[1], points[0] - points[1]
    return {
        "moves or sections": percentile_differences(
            *(around_level(pool, sample.level) for pool in pools[:2]), apart
        ),
        "sectioned": by_sections(change, apart),
        "t of own": student(apart),
    }


def intervals_of(sample: Sample, runs: int) -> dict[str, IntervalColumns]:
    """Returns the intervals of a sample by every way, the chosen one first."""
    if sample.kind.startswith("percentile"):
        return of_percentile(sample, runs)
    with np.errstate(invalid="ignore", divide="ignore"):
        figures = [each[:, :runs] for each in sample.arrays]
        return {name: way(*figures) for name, way in CANDIDATES[sample.kind].items()}
