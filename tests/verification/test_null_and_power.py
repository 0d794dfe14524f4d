"""Chance alone is seldom given a verdict, and an effect that matters is; see ``null_and_power``."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.verification.null_and_power import EFFECTS, SPEAKS, Effect, most, null

WRONG = {"better", "refused", "avoids"}
"""What must never be said of an option that is worse."""


def said(effect: Effect, times: float, comparisons: int) -> Counter[str]:
    """What is said of an effect, in so many comparisons."""
    return Counter(effect.verdict(times, seed) for seed in range(1, comparisons + 1))


def test_chance_is_seldom_given_a_verdict() -> None:
    for family, count in null(10).items():
        assert count <= most(10), family


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_an_effect_that_matters_is_told(effect: Effect) -> None:
    assert said(effect, 2.0, 2) == {"worse": 2}


@pytest.mark.minutes
def test_chance_is_given_a_verdict_in_a_twentieth_at_most() -> None:
    for family, count in null(1000).items():
        assert count <= most(1000), family


@pytest.mark.minutes
@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_effects_are_told_by_their_size_and_never_the_wrong_way(effect: Effect) -> None:
    large, small = said(effect, 2.0, 200), said(effect, 0.5, 200)
    assert large["worse"] >= 160
    assert small["worse"] <= 20
    assert not WRONG & {*large, *small}


@pytest.mark.minutes
@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_the_wrong_way_is_never_told(effect: Effect) -> None:
    assert not WRONG & set(said(effect, 2.0, 1000))
    assert SPEAKS > WRONG
