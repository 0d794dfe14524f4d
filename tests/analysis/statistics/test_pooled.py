"""Percentiles of all patients of all replications: exact while few, on a fixed grid when many."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.pooled import ERROR, EXACT, Pool, Way

CELLS = 12
SHARES = (0.0, 0.5, 0.92, 1.0)
WAYS = (
    Way(np.zeros(CELLS, dtype=np.int64), 1),
    Way(np.arange(CELLS) // 4, 3),
    Way(np.arange(CELLS) // 4 * 2 + np.arange(CELLS) % 2, 6),
    Way(np.where(np.arange(CELLS) == 3, 0, -1), 2),
)
"""All, three groups, the same divided further, and one cell beside a group without any."""

Drawn = list[tuple[np.ndarray, np.ndarray]]


def drawn(each: int, replications: int) -> Drawn:
    """Returns times by cell, some of them 0, of which one cell has a third."""
    chance = np.random.default_rng(20)
    found: Drawn = []
    for _ in range(replications):
        cells = np.sort(np.where(chance.random(each) < 1 / 3, 3, chance.integers(0, CELLS, each)))
        times = chance.gamma(0.7, 40, each) * (chance.random(each) < 0.9)
        times = times[np.lexsort((times, cells))]
        found.append((times, np.searchsorted(cells, np.arange(CELLS + 1))))
    return found


def pooled(replications: Drawn) -> np.ndarray:
    """Returns quantiles of all groups."""
    pool = Pool(CELLS)
    for times, first in replications:
        pool.add(times, first)
    return pool.quantiles(WAYS, SHARES)


def by_numpy(replications: Drawn) -> tuple[np.ndarray, np.ndarray]:
    """Returns the same of all times sorted together, and how many each group has."""
    times = np.concatenate([each for each, _ in replications])
    cells = np.concatenate([np.repeat(np.arange(CELLS), np.diff(first)) for _, first in replications])
    groups = [times[way.codes[cells] == group] for way in WAYS for group in range(way.groups)]
    found = [np.quantile(each, SHARES) if len(each) else np.full(len(SHARES), np.nan) for each in groups]
    return np.array(found).T, np.array([len(each) for each in groups])


def test_few_are_exact() -> None:
    replications = drawn(1_500, 6)
    expected, numbers = by_numpy(replications)
    assert numbers.max() < EXACT
    np.testing.assert_allclose(pooled(replications), expected, rtol=1e-12, atol=0)


def test_many_are_within_the_error_that_is_stated_and_few_beside_them_exact() -> None:
    replications = drawn(5_000, 9)
    expected, numbers = by_numpy(replications)
    found, many = pooled(replications), numbers >= EXACT
    assert many.any()
    assert (~many & (numbers > 0)).any()
    np.testing.assert_allclose(found[:, ~many], expected[:, ~many], rtol=1e-12, atol=0)
    np.testing.assert_allclose(found[:, many], expected[:, many], rtol=ERROR, atol=0)


def test_the_order_of_replications_changes_no_bit() -> None:
    replications = drawn(5_000, 9)
    one, other = pooled(replications), pooled(replications[::-1])
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("day", [-1.0, 2.0**16 * 1.01, np.inf])
def test_what_is_beyond_the_grid_is_refused(day: float) -> None:
    pool = Pool(1)
    pool.add(np.array([day]), np.array([0, 1]))
    with pytest.raises(ValueError, match="can be pooled"):
        pool.quantiles([Way(np.zeros(1, dtype=np.int64), 1)], (0.5,))
