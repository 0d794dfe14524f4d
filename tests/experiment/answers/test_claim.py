"""How a difference is judged: beyond chance, and no smaller than what matters."""

from __future__ import annotations

import dataclasses
import math

import pytest

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.claim import Claim, Verdict, judged

NAN = math.nan


@pytest.mark.parametrize(
    ("change", "shown", "verdict"),
    [
        (Interval(-5, -6, -4, 10), True, "better"),
        (Interval(5, 4, 6, 10), True, "worse"),
        (Interval(-5, -6, -4, 10), False, "unclear"),
        (Interval(-5, -11, 1, 10), False, "unclear"),
        (Interval(-0.5, -0.6, -0.4, 10), True, "small"),
        (Interval(0.5, 0.4, 0.6, 10), True, "small"),
        (Interval(-1, -1.5, -0.5, 10), True, "better"),  # as much as matters
        (Interval(0, 0, 0, 10), False, "same"),
        (Interval(0, NAN, NAN, 1), False, "same"),
        (Interval(-5, NAN, NAN, 1), False, "unknown"),
        (Interval(NAN, NAN, NAN, 0), False, "unknown"),
    ],
)
def test_a_verdict_takes_a_difference_that_is_shown_and_matters(
    change: Interval, shown: bool, verdict: Verdict
) -> None:
    assert judged(change, 1.0, shown=shown) == verdict


def test_more_may_be_better() -> None:
    more = Interval(5, 4, 6, 10)
    assert judged(more, 1.0, shown=True, lower_is_better=False) == "better"
    assert judged(more, 1.0, shown=True) == "worse"


@pytest.mark.parametrize(
    ("verdict", "claimed"),
    [
        ("better", True),
        *((each, False) for each in ("worse", "refused", "avoids", "small", "unclear", "same", "unknown")),
    ],
)
def test_only_what_is_better_may_be_said(verdict: Verdict, claimed: bool) -> None:
    claim = Claim(
        option="near",
        subject="wait",
        of="rtt",
        name="Referral to treatment",
        unit="days",
        baseline=80,
        change=Interval(-5, -6, -4, 10),
        least=1,
        verdict="better",
        family="primary outcomes",
        among=1,
    )
    assert dataclasses.replace(claim, verdict=verdict).claimed == claimed
