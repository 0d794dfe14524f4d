"""Percentiles of all patients of all replications: exact while few, on a fixed grid when many."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.statistics import pooled
from pathway_modeller.analysis.statistics.grid import ERROR
from pathway_modeller.analysis.statistics.pooled import EXACT, Pool, PooledTimes, Way

CELLS = 12
SHARES = (0.0, 0.5, 0.92, 1.0)
WAYS = (
    Way(np.zeros(CELLS, dtype=np.int64), 1),
    Way(np.arange(CELLS) // 4, 3),
    Way(np.arange(CELLS) // 4 * 2 + np.arange(CELLS) % 2, 6),
    Way(np.where(np.arange(CELLS) == 3, 0, -1), 2),
)
"""All, three groups, the same divided further, and one cell beside a group without any."""


@pytest.fixture(params=[pooled.MOST, 12_000], autouse=True)
def most(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All times are kept, or those of cells with many are counted."""
    monkeypatch.setattr(pooled, "MOST", request.param)


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


def together(replications: Drawn) -> PooledTimes:
    """Returns the times of all groups of all replications."""
    pool = Pool(CELLS)
    for times, first in replications:
        pool.add(times, first)
    return pool.rows(WAYS, SHARES)


def quantiles(replications: Drawn) -> np.ndarray:
    """Returns quantiles of all groups."""
    found = together(replications)
    return np.array([found.point(share) for share in SHARES])


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
    np.testing.assert_allclose(quantiles(replications), expected, rtol=1e-12, atol=0)


def test_many_are_within_the_error_that_is_stated_and_few_beside_them_exact() -> None:
    replications = drawn(5_000, 9)
    expected, numbers = by_numpy(replications)
    found, many = quantiles(replications), numbers >= EXACT
    assert many.any()
    assert (~many & (numbers > 0)).any()
    np.testing.assert_allclose(found[:, ~many], expected[:, ~many], rtol=1e-12, atol=0)
    np.testing.assert_allclose(found[:, many], expected[:, many], rtol=ERROR, atol=0)


def test_the_order_of_replications_changes_no_bit() -> None:
    replications = drawn(5_000, 9)
    one, other = quantiles(replications), quantiles(replications[::-1])
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("each", [1_500, 5_000])
def test_patients_up_to_a_time_are_counted_for_each_replication(each: int) -> None:
    replications = drawn(each, 9)
    found, groups = together(replications), range(1, 4)
    days = np.array([np.nan if number == 11 else 7.0 + number for number in range(12)])
    for place, (times, first) in enumerate(replications):
        cells = np.repeat(np.arange(CELLS), np.diff(first))
        for group in groups:
            mine = times[cells // 4 == group - 1]
            assert found.patients[group, place] == len(mine)
            assert found.up_to(days)[group, place] == pytest.approx(
                (mine <= days[group]).sum(), abs=each / 250
            )
    few = found.patients.sum(axis=1) < EXACT
    exact = [
        (times[np.repeat(np.arange(CELLS), np.diff(first)) // 4 == 1] <= days[2]).sum()
        for times, first in replications
    ]
    if few[2]:
        np.testing.assert_array_equal(found.up_to(days)[2], exact)


@pytest.mark.parametrize("day", [-1.0, 2.0**16 * 1.01, np.inf])
def test_what_is_beyond_the_grid_is_refused(day: float) -> None:
    pool = Pool(1)
    pool.add(np.array([day]), np.array([0, 1]))
    with pytest.raises(ValueError, match="stand on the grid"):
        pool.rows([Way(np.zeros(1, dtype=np.int64), 1)], (0.5,))
