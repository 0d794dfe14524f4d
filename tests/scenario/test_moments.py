"""Means, spreads and natural parameters, against scipy's own distributions and textbook values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.moments import mean_days, parameters, sd_days, shares_of_values


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
    if d.kind == "normal":
        return stats.truncnorm(-p[0] / p[1], math.inf, loc=p[0], scale=p[1])
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
    made("lognormal", median=18, mean=25),
    made("lognormal", mean=18, p95=44),
    made("lognormal", mean=18, p95=18 * 3.86),
    made("gamma", mean=4, p95=11),
    made("gamma", mean=4, p95=22),
    made("weibull", mean=4, p95=11),
    made("weibull", mean=4, p95=18),
    made("normal", mean=30, sd=3),
    made("normal", mean=30, sd=20),
    made("normal", mean=30, sd=29.5),
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


def test_recorded_values_count_as_often_as_their_weights_say() -> None:
    d = made("empirical", values=[3, 1, 2], weights=[1, 1, 2])
    assert parameters(d) == (1, 2, 3)
    assert shares_of_values(d) == (0.25, 0.5, 0.25)
    assert mean_days(d) == 2
    assert sd_days(d) == pytest.approx(math.sqrt(0.5))


def test_mu_and_sigma_are_of_the_time_in_its_unit() -> None:
    # The mean of a lognormal time is exp(mu + sigma^2 / 2): exp(3.125) minutes.
    d = made("lognormal", "minutes", mu=3, sigma=0.5)
    assert mean_days(d) == pytest.approx(math.exp(3.125) / 1440)
    assert parameters(d) == pytest.approx((3 - math.log(1440), 0.5))


def test_a_normal_time_cut_at_0_has_the_half_normal_as_a_case() -> None:
    # Half a normal of standard deviation 1 has mean sqrt(2 / pi) and variance 1 - 2 / pi.
    d = made("normal", mean=math.sqrt(2 / math.pi), sd=math.sqrt(1 - 2 / math.pi))
    assert parameters(d) == pytest.approx((0, 1, 0.5), abs=1e-9)


@pytest.mark.parametrize(
    ("kind", "figures", "phrase"),
    [
        ("normal", {"mean": 3, "sd": 3}, "cannot have a spread as large as its mean"),
        ("lognormal", {"median": 3, "mean": 3}, "always above its median"),
        ("gamma", {"mean": 3, "p95": 3}, "not above the mean"),
        ("empirical", {"values": [1, 2], "weights": [1]}, "2 recorded values and 1 weights"),
        ("empirical", {"values": [1, 2], "weights": [0, 0]}, "some above 0"),
        ("empirical", {"values": [1, 2], "weights": [2, -1]}, "weights must be from 0"),
        ("empirical", {"weights": [2, 1]}, "needs values; or values and weights; it was given weights"),
        ("gamma", {"mu": 1, "sigma": 1}, "it was given mu and sigma"),
    ],
)
def test_figures_that_do_not_fit_are_refused_when_read(
    kind: str, figures: dict[str, object], phrase: str
) -> None:
    with pytest.raises(ValueError, match=phrase):
        made(kind, **figures)


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
        (made("lognormal", mean=1, p95=3.9), "too far out"),
        (made("gamma", mean=1, p95=5.9), "too far out"),
        (made("weibull", mean=1, p95=4.7), "too far out"),
        (made("normal", mean=1, sd=0.9999), "too far out"),
        (made("normal", mean=1, sd=1e-9), "almost no spread"),
        (made("lognormal", "years", mu=20, sigma=3), "longer than 200 million years"),
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
        "lognormal-mean",
        "gamma-mean",
        "weibull-mean",
        "normal-wide",
        "normal-narrow",
        "lognormal-mu",
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
