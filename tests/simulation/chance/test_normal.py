"""The normal quantile against the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from pathway_modeller.simulation.chance.normal import normal_quantile


def test_agrees_with_the_standard_library_at_100_000_points() -> None:
    inverse = NormalDist().inv_cdf
    points = 100_000
    for number in range(points):
        p = (number + 0.5) / points
        assert math.isclose(normal_quantile(p), inverse(p), rel_tol=1e-14, abs_tol=1e-15)


@pytest.mark.parametrize("exponent", range(3, 300, 7))
def test_agrees_far_out_in_the_tail(exponent: int) -> None:
    p = 10.0**-exponent
    assert normal_quantile(p) == pytest.approx(NormalDist().inv_cdf(p), rel=1e-13)


def test_is_odd_about_the_middle() -> None:
    assert normal_quantile(0.5) == 0.0
    for p in (0.001, 0.1, 0.3, 0.45):
        assert normal_quantile(p) == pytest.approx(-normal_quantile(1 - p), rel=1e-12)
