"""Means, spreads and natural parameters, against scipy's own distributions and textbook values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.moments import mean_days, parameters, sd_days


def made(kind: str, unit: str = "days", **figures: object) -> Distribution:
    return Distribution.model_validate({"kind": kind, "unit": unit, **figures})


def frozen(d: Distribution) -> stats.rv_continuous:
    """Returns scipy's distribution with our parameters."""
    p = parameters(d)
    if d.kind == "exponential":
        return stats.expon(scale=p[0])
    if d.kind in {"gamma", "erlang"}:
        return stats.gamma(p[0], scale=p[1])
    if d.kind == "lognormal":
        return stats.lognorm(p[1], scale=math.exp(p[0]))
    if d.kind == "weibull":
        return stats.weibull_min(p[0], scale=p[1])
    if d.kind == "uniform":
        return stats.uniform(p[0], p[1] - p[0])
    low, likely, high = p
    if d.kind == "triangular":
        return stats.triang((likely - low) / (high - low), low, high - low)
    alpha = 1 + 4 * (likely - low) / (high - low)
    return stats.beta(alpha, 6 - alpha, low, high - low)


CASES = [
    made("uniform", low=2, high=5),
    made("uniform", mean=10, sd=3),
    made("triangular", low=1, likely=2, high=9),
    made("triangular", low=0, likely=0, high=9),
    made("beta_pert", low=1, likely=2, high=9),
    made("exponential", mean=3),
    made("exponential", median=3),
    made("exponential", p90=3),
    made("exponential", p95=3),
    made("erlang", mean=6, shape=4),
    made("gamma", mean=4, sd=3),
    made("gamma", median=4, p90=11),
    made("gamma", median=4, p95=30),
    made("gamma", median=4, p95=4.02),
    made("lognormal", mean=4, sd=6),
    made("lognormal", median=18, p90=34),
    made("lognormal", median=18, p95=70),
    made("weibull", mean=4, sd=1),
    made("weibull", mean=4, sd=20),
    made("weibull", median=4, p90=11),
    made("weibull", median=4, p95=11),
]


@pytest.mark.parametrize("d", CASES, ids=lambda d: f"{d.kind}-{'-'.join(d.way)}")
def test_the_figures_entered_come_back(d: Distribution) -> None:
    theory = frozen(d)
    assert mean_days(d) == pytest.approx(theory.mean(), rel=1e-8)
    assert sd_days(d) == pytest.approx(theory.std(), rel=1e-8)
    for name, probability in (("median", 0.5), ("p90", 0.9), ("p95", 0.95)):
        if getattr(d, name) is not None:
            assert theory.ppf(probability) == pytest.approx(getattr(d, name), rel=1e-8)


def test_figures_are_turned_into_days() -> None:
    assert mean_days(made("fixed", "minutes", value=36)) == pytest.approx(0.025)
    assert mean_days(made("lognormal", "hours", mean=12, sd=6)) == pytest.approx(0.5)
    assert sd_days(made("lognormal", "hours", mean=12, sd=6)) == pytest.approx(0.25)
    assert mean_days(made("exponential", "months", mean=12)) == pytest.approx(365.25)


def test_recorded_values() -> None:
    d = made("empirical", values=[3, 1, 2, 2])
    assert parameters(d) == (1, 2, 2, 3)
    assert mean_days(d) == 2
    assert sd_days(d) == pytest.approx(math.sqrt(0.5))


def test_fixed_has_no_spread() -> None:
    assert (mean_days(made("fixed", value=7)), sd_days(made("fixed", value=7))) == (7, 0)


@pytest.mark.parametrize(
    ("d", "phrase"),
    [
        (made("weibull", mean=1, sd=1e-9), "almost no spread"),
        (made("weibull", mean=1e-9, sd=1), "too far out"),
        (made("gamma", median=1e-300, p90=300), "too far out"),
        (made("gamma", median=1, p90=math.nextafter(1, 2)), "almost no spread"),
        (made("gamma", mean=1, sd=1e-9), "almost no spread"),
        (made("lognormal", median=1e-300, p90=300), "longer than 200 million years"),
        (made("weibull", median=1e-3, p90=1e5), "longer than 200 million years"),
        (made("gamma", mean=1e-6, sd=1e5), "longer than 200 million years"),
    ],
    ids=[
        "weibull-narrow",
        "weibull-wide",
        "gamma-wide",
        "gamma-narrow",
        "gamma-narrow-sd",
        "lognormal-median",
        "weibull-median",
        "gamma-sd",
    ],
)
def test_figures_that_no_distribution_has_are_refused_in_words(d: Distribution, phrase: str) -> None:
    with pytest.raises(ValueError, match=phrase):
        parameters(d)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["gamma", "lognormal", "weibull"]),
    median=st.floats(0.01, 100),
    ratio=st.floats(1.01, 20),
    name=st.sampled_from(["p90", "p95"]),
)
def test_any_median_and_percentile_come_back(kind: str, median: float, ratio: float, name: str) -> None:
    d = made(kind, median=median, **{name: median * ratio})
    theory = frozen(d)
    assert theory.ppf(0.5) == pytest.approx(median, rel=1e-6)
    assert theory.ppf(0.9 if name == "p90" else 0.95) == pytest.approx(median * ratio, rel=1e-6)
