"""Product-limit estimates: textbook figures, small cases by hand, and intervals over replications."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.percentiles import around, around_clocks
from pathway_modeller.analysis.statistics.pooled import Pool, Times, Way
from pathway_modeller.analysis.statistics.survival import Curves, PooledClocks, quantile

EVERYBODY = (Way(np.array([0]), 1),)

MERCAPTOPURINE = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""Weeks in remission (E. J. Freireich and others, Blood 1963; 21: 699-716), in most textbooks of survival."""


def clocks(ended, unseen=(), late=()) -> Times:
    """Times of one group."""
    lists = [np.sort(np.array(each, dtype=np.float64)) for each in (ended, unseen, late)]
    return Times(np.concatenate(lists), np.cumsum([0, *map(len, lists)]))


def curve(*lists) -> Curves:
    """The estimate for one group."""
    times = np.unique(np.concatenate([np.array(each, dtype=np.float64) for each in lists]))
    counts = np.array([[[list(each).count(time) for time in times]] for each in lists], dtype=np.float64)
    return Curves.of(times, counts)


def median(*lists) -> float:
    (found,) = quantile(clocks(*lists), EVERYBODY, 0.5)
    return float(found)


def test_the_textbook_example() -> None:
    """R. G. Miller, Survival Analysis, 1981: 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448; median 23."""
    found = curve(MERCAPTOPURINE, STILL_WELL, [])
    places = np.searchsorted(found.times, [6, 7, 10, 13, 16, 22, 23])
    expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert found.surviving[0, places] == pytest.approx(expected, abs=0.0006)
    error = [found.surviving[0, place] * found.greenwood(found.times[[place]])[0] ** 0.5 for place in places]
    assert error == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=0.0001)
    assert median(MERCAPTOPURINE, STILL_WELL) == 23
    assert median(PLACEBO) == 8


def test_whoever_came_under_watch_late_was_at_risk_from_then_on() -> None:
    """Ended after 1, 4 and 10 days, the last two watched from day 3 and 8; two to day 2, and from 2 to 5.

    At risk on day 1 are two (1 and 2), on day 4 two (4 and 5), on day 10 one: a half, a quarter, none.
    """
    found = curve([1, 4, 10], [2, 5], [3, 8, 2])
    assert found.at_risk[0].tolist() == [2, 2, 2, 2, 1, 1, 1]
    assert found.surviving[0, np.searchsorted(found.times, [1, 4, 10])] == pytest.approx([0.5, 0.25, 0])
    assert median([1, 4, 10], [2, 5], [3, 8, 2]) == 1
    assert np.isnan(median([1], [2, 2, 2]))


def test_who_stops_at_the_instant_at_which_watching_begins_was_at_risk() -> None:
    """Five were watched from 140 on, of whom one stopped then: as in a list that is there today."""
    assert curve([140], [150] * 4, [140] * 5).surviving[0, 0] == pytest.approx(0.8)


def test_one_replication_and_all_of_them_agree() -> None:
    """One by one, at common times, and where many stand on the grid: the same time, moved by 0.2% at most."""
    rng = np.random.default_rng(1)
    ways = (*EVERYBODY, Way(np.array([0]), 1), Way(np.array([-1]), 1))
    for patients, within in ((40, 1e-12), (700, 1e-12), (3000, 2**-8)):
        waits, seen = rng.exponential(50, patients).round(1), rng.exponential(100, patients).round(1)
        late = (rng.random(patients) * np.minimum(waits, seen)).round(1)[::3]
        made = clocks(waits[waits <= seen], seen[seen < waits], late)
        alone = quantile(made, ways, 0.5)
        pool = Pool(3)
        pool.add(made.days, made.first)
        together = PooledClocks(pool.replications, ways).at(np.full(3, 0.5))
        assert alone[:2] == pytest.approx(together[:2], rel=within)
        assert np.isnan([alone[2], together[2]]).all()


def test_without_any_unseen_the_bounds_are_those_of_a_percentile() -> None:
    """Woodruff's, up to the interpolation between two patients."""
    rng = np.random.default_rng(2)
    runs = [rng.exponential(rng.gamma(20, 1), 2000) for _ in range(12)]
    pool, plain = Pool(3), Pool(1)
    for each in runs:
        made = clocks(each)
        pool.add(made.days, made.first)
        plain.add(made.days, made.first[[0, 1]])
    mine = around_clocks(PooledClocks(pool.replications, EVERYBODY), 0.5)
    theirs = around(plain.rows(EVERYBODY, [0.5]), 0.5)
    for name in ("point", "low", "high"):
        assert getattr(mine, name) == pytest.approx(getattr(theirs, name), rel=0.01)
    assert mine.moves == pytest.approx(theirs.moves, rel=0.05, abs=0.05)


def test_bounds_over_replications_cover_the_median() -> None:
    """Of 400 draws, between 92.5% and 98.5%: clocks of a replication share its pace, and a third are cut off.

    The times are exponential, their mean drawn for each replication; the truth is the median of the mixture.
    """
    rng = np.random.default_rng(3)
    truth = float(np.median(rng.exponential(rng.gamma(25, 2, 1_000_000))))
    covered = 0
    for _ in range(400):
        pool = Pool(3)
        for _ in range(20):
            waits, seen = rng.exponential(rng.gamma(25, 2), 60), rng.exponential(100, 60)
            made = clocks(waits[waits <= seen], seen[seen < waits])
            pool.add(made.days, made.first)
        found = around_clocks(PooledClocks(pool.replications, EVERYBODY), 0.5)
        covered += bool(found.low[0] <= truth <= found.high[0])
    assert 0.925 < covered / 400 < 0.985


def test_too_few_that_are_seen_to_stop_have_no_bounds() -> None:
    pool = Pool(3)
    for _ in range(3):
        made = clocks([1.0], [2.0])
        pool.add(made.days, made.first)
    found = around_clocks(PooledClocks(pool.replications, EVERYBODY), 0.5)
    assert found.point == [1.0]
    assert np.isnan(found.low[0])
    assert np.isnan(found.high[0])
