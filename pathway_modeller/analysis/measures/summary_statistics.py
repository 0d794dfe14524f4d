"""How figures are spread within groups: mean, percentiles, longest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import Groups
from pathway_modeller.analysis.measures.measure import Block, Lists, Measure, block
from pathway_modeller.analysis.measures.order_statistics import Ordered
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.simulation.tally.people_facts import Counted, Values

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PERCENTILE = (
    "Of all patients of all replications together. Between two patients it is interpolated linearly; of "
    "10,000 patients or more it is at most 0.2% of itself away."
)
"""What is said of every percentile."""

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
        from pathway_modeller.simulation.tally.selection import quantiles

        cells, _ = self.groups.sorted
        return tuple(quantiles(self.values.values, self.values.first, cells, self.groups.begins, _PLACES))


def times(measures: Sequence[Measure], groups: Groups, lists: Lists, of: Sequence[str] = ()) -> Block:
    """Returns measures of how times are spread within groups, of which percentiles are of all replications.

    Args:
        measures: named after a dot as in :data:`_FIGURES`.
        groups: of the cells.
        lists: finds the times.
        of: what else names all of them.
    """
    figures = [_FIGURES[each.id.rpartition(".")[2]] for each in measures]

    def work(facts: Facts, _: Ledger) -> list[Floats]:
        found = Spread(groups, lists(facts))
        return [figure(found) for figure in figures]

    def patients(facts: Facts, _: Ledger) -> list[Floats]:
        return [groups.totals(lists(facts).sizes) for each in measures if each.interval == "share"]

    return block(measures, groups, work, of, lists=lists, patients=patients)


_FIGURES: Mapping[str, Callable[[Spread], Floats]] = {
    "patients": lambda found: found.count,
    "mean": lambda found: found.mean,
    "median": lambda found: found.median,
    "p92": lambda found: found.p92,
    "longest": lambda found: found.longest,
    "share_waiting": lambda found: found.share_positive,
}
"""What each measure is, by what its id ends with."""
