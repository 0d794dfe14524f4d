"""Break-even, funding gap and shares of replications, each against a case worked by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from scipy.stats import binomtest

from pathway_modeller.experiment.answers.break_even import break_even, break_even_months, funding_gap
from pathway_modeller.experiment.answers.chance import chance
from pathway_modeller.experiment.answers.monthly import months, whole_years
from pathway_modeller.experiment.results.results import Provenance

PROVENANCE = Provenance(
    scenario_hash="0" * 64,
    scenario_name="Months",
    seed=1,
    engine="simpy",
    version="0",
    warm_up_days=30,
    collection_days=150,
    replications=5,
    start_date=dt.date(2025, 4, 1),
)
MONTHS = months(PROVENANCE)
SAVED = np.array(
    [
        [-100, 40, 60, -5, 20],  # -100 -60 0 -5 15: back at 0 in month 3 but below again; for good from 5
        [-100, 100, 0, 0, 0],  # -100 0 0 0 0: from month 2
        [5, 5, 5, 5, 5],  # never below: from the start
        [-100, 0, 0, 0, 99],  # -1 at the end: not within the horizon
        [1, -9, 0, 0, 0],  # -8 to the end: not within the horizon
    ]
)


def test_the_horizon_is_the_calendar_months_that_are_counted() -> None:
    # 1 April 2025 and 30 days is 1 May; 150 days on is 28 September, which still counts.
    assert [month.name for month in MONTHS] == [f"2025-{number:02}" for number in range(5, 10)]
    assert {month.year for month in MONTHS} == {0}
    assert whole_years(dt.date(2025, 4, 1), dt.date(2027, 3, 31)) == 1
    assert whole_years(dt.date(2025, 4, 1), dt.date(2027, 4, 1)) == 2
    assert whole_years(dt.date(2024, 2, 29), dt.date(2025, 2, 28)) == 0


def test_break_even_is_the_month_from_which_saving_stays() -> None:
    assert break_even_months(SAVED) == [5, 2, 0, None, None]


def test_those_who_never_break_even_stay_in_the_distribution_and_the_median() -> None:
    found = break_even(SAVED, MONTHS)
    assert [(each.when, each.month, each.replications) for each in found.counts] == [
        ("from the start", 0, 1),
        ("2025-06", 2, 1),
        ("2025-09", 5, 1),
        ("not within the horizon", None, 2),
    ]
    # In order: start, 2, 5, never, never. The middle is month 5; without the two it would be month 2.
    assert (found.median, found.median_month) == ("2025-09", 5)
    assert found.within.share == 0.6
    assert break_even(SAVED[[2, 3, 4]], MONTHS).median == "not within the horizon"
    # Half and half: more than half have not broken even, so the later is said.
    assert break_even(SAVED[[1, 3]], MONTHS).median == "not within the horizon"


def test_no_pound_changed_is_told_from_a_saving() -> None:
    still = break_even(np.zeros((3, 5), dtype=np.int64), MONTHS)
    assert (still.median, still.changes) == ("from the start", False)
    assert break_even(SAVED, MONTHS).changes


def test_the_funding_gap_is_the_deepest_deficit() -> None:
    gap = funding_gap(SAVED, MONTHS)
    # Deepest: 100, 100, 0, 100 and 8 pence.
    assert gap.pounds.mean == pytest.approx(3.08 / 5)
    assert gap.gaps.count == 4
    # At months 1, 1, 1 and 2; of the two middles (1 and 1) the later.
    assert gap.when == "2025-05"
    none = funding_gap(SAVED[[2]], MONTHS)
    assert (none.pounds.mean, none.when, none.gaps.share) == (0, None, 0)


@pytest.mark.parametrize(("count", "replications"), [(0, 30), (30, 30), (1, 2), (27, 30), (500, 1000)])
def test_the_interval_of_a_share_is_wilsons(count: int, replications: int) -> None:
    found = chance(count, replications)
    expected = binomtest(count, replications).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_share_of_nothing_is_missing() -> None:
    assert np.isnan(chance(0, 0).share)
    with pytest.raises(ValueError, match="no share"):
        chance(3, 2)
