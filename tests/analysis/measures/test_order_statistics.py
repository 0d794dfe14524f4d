"""The value at a place among several sorted rows is that of all of them sorted together."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.measures.groups import Groups, Key
from pathway_modeller.analysis.measures.order_statistics import Ordered
from pathway_modeller.analysis.measures.summary_statistics import Spread
from pathway_modeller.simulation.tally.people_facts import Counted, Values

SHARES = (0.0, 0.001, 0.25, 0.5, 0.92, 0.999, 1.0)


def made_up(sizes: list[int], kind: str) -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    rows = []
    for number, size in enumerate(sizes):
        if kind == "times":
            values = rng.exponential(30.0, size)
        elif kind == "many equal":
            values = rng.integers(0, 3, size).astype(np.float64)
        else:  # each row lies beyond the one before
            values = number * 100.0 + rng.random(size)
        rows.append(np.sort(values))
    return rows


@pytest.mark.parametrize("kind", ["times", "many equal", "apart"])
@pytest.mark.parametrize(
    "sizes",
    [[1], [3, 1], [5000], [2500, 2500], [9000, 1, 40, 700], [40] * 200, [1] * 3000, [30_000] + [1] * 50],
)
def test_quantiles_are_those_of_all_values_together(sizes: list[int], kind: str) -> None:
    rows = made_up(sizes, kind)
    ordered, together = Ordered(rows), np.sort(np.concatenate(rows))
    assert ordered.longest == together[-1]
    for share in SHARES:
        place = (len(together) - 1) * share
        low, high = together[math.floor(place)], together[math.ceil(place)]
        assert ordered.quantile(share) == low + (high - low) * (place - math.floor(place))


@pytest.mark.parametrize("kind", ["times", "many equal", "apart"])
def test_compiled_functions_find_the_same(kind: str) -> None:
    """Sixty thousand figures in cells of all sizes, one of them empty; groups of none, one and several."""
    pytest.importorskip("numba")
    sizes = [0, 30_000, 1, 700, 20_000, 40, 9_000, 1, 500]
    cells = [np.empty(0) if not size else made_up([size], kind)[0] for size in sizes]
    first = np.append(0, np.cumsum(sizes))
    keys = tuple(Key(element=name) for name in "abcde")
    groups = Groups.of([(keys, np.array([4, 0, 2, 2, 2, -1, 0, 3, 4]))])
    plain, counted = (kind(np.concatenate(cells), first) for kind in (Values, Counted))
    expected, found = Spread(groups, plain), Spread(groups, counted)
    assert math.isnan(expected.median[1])
    for figure in ("count", "mean", "median", "p92", "longest", "share_positive"):
        np.testing.assert_array_equal(getattr(found, figure), getattr(expected, figure))


def test_nothing_has_no_quantile() -> None:
    assert math.isnan(Ordered([]).quantile(0.5))
    assert math.isnan(Ordered([]).longest)
