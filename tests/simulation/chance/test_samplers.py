"""Samplers: quantiles, moments, monotony, remaining times and sentences, for every way of entry."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pathway_modeller.scenario.distribution import WAYS, Distribution
from pathway_modeller.scenario.values import DAYS_PER
from pathway_modeller.simulation.chance.samplers import make_sampler, residual_sampler, sentence

SHARES = np.concatenate([[1e-6, 1e-4], np.linspace(0.001, 0.999, 499), [0.9999, 0.999999]])


def _log(mean: float, sd: float) -> Any:
    """Returns SciPy's lognormal of a mean and standard deviation."""
    variance = math.log(1 + (sd / mean) ** 2)
    return stats.lognorm(math.sqrt(variance), scale=mean / math.sqrt(1 + (sd / mean) ** 2))


ENTERED: list[tuple[dict[str, Any], Any]] = [
    ({"kind": "uniform", "low": 2, "high": 7}, stats.uniform(2, 5)),
    ({"kind": "uniform", "mean": 10, "sd": 2}, stats.uniform(10 - 2 * 3**0.5, 4 * 3**0.5)),
    ({"kind": "triangular", "low": 1, "likely": 3, "high": 9}, stats.triang(0.25, 1, 8)),
    ({"kind": "triangular", "low": 1, "likely": 1, "high": 9}, stats.triang(0.0, 1, 8)),
    ({"kind": "triangular", "low": 1, "likely": 9, "high": 9}, stats.triang(1.0, 1, 8)),
    ({"kind": "exponential", "mean": 4}, stats.expon(scale=4)),
    ({"kind": "exponential", "median": 3}, stats.expon(scale=3 / math.log(2))),
    ({"kind": "exponential", "p90": 3}, stats.expon(scale=3 / math.log(10))),
    ({"kind": "exponential", "p95": 3}, stats.expon(scale=3 / math.log(20))),
    ({"kind": "erlang", "mean": 6, "shape": 3}, stats.gamma(3, scale=2)),
    ({"kind": "gamma", "mean": 6, "sd": 3}, stats.gamma(4, scale=1.5)),
    ({"kind": "lognormal", "mean": 7.4, "sd": 8.61}, _log(7.4, 8.61)),
    (
        {"kind": "lognormal", "median": 18, "p90": 34},
        stats.lognorm(math.log(34 / 18) / 1.2815515655446004, scale=18),
    ),
    (
        {"kind": "lognormal", "median": 18, "p95": 40},
        stats.lognorm(math.log(40 / 18) / 1.6448536269514722, scale=18),
    ),
    (
        {"kind": "lognormal", "median": 18, "mean": 25},
        stats.lognorm((2 * math.log(25 / 18)) ** 0.5, scale=18),
    ),
    ({"kind": "lognormal", "mu": 2.5, "sigma": 0.6}, stats.lognorm(0.6, scale=math.exp(2.5))),
    # Half of a normal distribution of standard deviation 3.
    (
        {"kind": "normal", "mean": 3 * (2 / math.pi) ** 0.5, "sd": 3 * (1 - 2 / math.pi) ** 0.5},
        stats.halfnorm(scale=3),
    ),
    ({"kind": "beta_pert", "low": 1, "likely": 3, "high": 9}, stats.beta(2, 4, 1, 8)),
]


@pytest.mark.parametrize(("figures", "known"), ENTERED)
@pytest.mark.parametrize("unit", ["minutes", "days"])
def test_quantiles_agree_with_scipy(figures: dict[str, Any], known: Any, unit: str) -> None:
    sampler = make_sampler(Distribution(unit=unit, **figures))
    days = DAYS_PER[unit]  # type: ignore[index]
    for u in SHARES:
        assert sampler.quantile(float(u)) == pytest.approx(known.ppf(u) * days, rel=1e-5), u
    assert sampler.mean == pytest.approx(known.mean() * days, rel=1e-9)
    assert sampler.sd == pytest.approx(known.std() * days, rel=1e-9)


PERCENTILES = [
    {"kind": kind, "median": 18.0, name: 40.0}
    for kind in ("gamma", "lognormal", "weibull")
    for name in ("p90", "p95")
]
MEANS = [{"kind": kind, "mean": 18.0, "p95": 40.0} for kind in ("gamma", "lognormal", "weibull")]


@pytest.mark.parametrize("figures", PERCENTILES)
def test_the_percentiles_entered_come_out_again(figures: dict[str, Any]) -> None:
    sampler = make_sampler(Distribution(unit="days", **figures))
    assert sampler.quantile(0.5) == pytest.approx(18.0, rel=1e-6)
    assert sampler.quantile(0.9 if "p90" in figures else 0.95) == pytest.approx(40.0, rel=1e-6)


@pytest.mark.parametrize("figures", MEANS)
def test_the_mean_and_percentile_entered_come_out_again(figures: dict[str, Any]) -> None:
    sampler = make_sampler(Distribution(unit="days", **figures))
    assert sampler.quantile(0.95) == pytest.approx(40.0, rel=1e-6)
    grid = np.linspace(0, 1, 100_001)
    middles = (grid[1:] + grid[:-1]) / 2
    assert np.mean([sampler.quantile(float(u)) for u in middles]) == pytest.approx(18.0, rel=1e-3)


@pytest.mark.parametrize("figures", [{"mean": 10.0, "sd": 4.0}, {"median": 18.0, "p90": 40.0}])
def test_weibull_agrees_with_scipy(figures: dict[str, float]) -> None:
    sampler = make_sampler(Distribution(kind="weibull", unit="days", **figures))
    known = stats.weibull_min(sampler.a, scale=sampler.b)
    for u in SHARES:
        assert sampler.quantile(float(u)) == pytest.approx(known.ppf(u), rel=1e-9)
    if "mean" in figures:
        assert (known.mean(), known.std()) == pytest.approx((10.0, 4.0), rel=1e-9)


def test_fixed_and_recorded_values() -> None:
    assert make_sampler(Distribution(kind="fixed", unit="hours", value=12)).quantile(0.3) == 0.5
    recorded = make_sampler(Distribution(kind="empirical", unit="days", values=(3, 1, 2, 2)))
    assert [recorded.quantile(u) for u in (0.1, 0.3, 0.6, 0.9)] == [1, 2, 2, 3]
    assert recorded.quantile(1 - 2**-53) == 3
    assert (recorded.mean, recorded.sd) == (2.0, pytest.approx(0.5**0.5))


def test_recorded_values_with_weights_divide_patients_by_their_weights() -> None:
    days = Distribution(kind="empirical", unit="days", values=(3, 1, 2, 9), weights=(1, 1, 2, 0))
    sampler = make_sampler(days)
    assert [sampler.quantile(u) for u in (0.1, 0.2499, 0.25, 0.7499, 0.75, 1 - 2**-53)] == [1, 1, 2, 2, 3, 3]
    plain = make_sampler(Distribution(kind="empirical", unit="days", values=(3, 1, 2, 2)))
    assert [sampler.quantile(u / 999) for u in range(1, 999)] == [
        plain.quantile(u / 999) for u in range(1, 999)
    ]


EXAMPLES: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {
    (figures["kind"], tuple(sorted(set(figures) - {"kind"}))): figures
    for figures in [
        *(entered for entered, _ in ENTERED),
        *PERCENTILES,
        *MEANS,
        {"kind": "fixed", "value": 3},
        {"kind": "empirical", "values": (1, 4, 4, 9)},
        {"kind": "empirical", "values": (9, 1, 4), "weights": (1, 2, 5)},
        {"kind": "weibull", "mean": 10, "sd": 4},
    ]
}


def test_every_way_of_entering_figures_is_among_the_examples() -> None:
    ways = {(kind, tuple(sorted(way))) for kind, each in WAYS.items() for way in each}
    assert ways == set(EXAMPLES)


EVERY = [Distribution(unit="days", **figures) for figures in EXAMPLES.values()]
INSIDE = st.floats(2**-53, 1 - 2**-53)


@pytest.mark.parametrize("distribution", EVERY, ids=lambda each: "-".join((each.kind, *each.way)))
@given(first=INSIDE, second=INSIDE)
def test_more_luck_never_gives_less_time(distribution: Distribution, first: float, second: float) -> None:
    sampler = make_sampler(distribution)
    low, high = sorted((first, second))
    assert 0.0 <= sampler.quantile(low) <= sampler.quantile(high) * (1 + 1e-12) < math.inf


@given(u=INSIDE, kind=st.sampled_from(["exponential", "gamma", "lognormal", "weibull", "erlang", "normal"]))
def test_a_longer_mean_never_gives_the_same_patient_a_shorter_time(u: float, kind: str) -> None:
    more = {"exponential": {}, "erlang": {"shape": 3}}
    times = [
        make_sampler(
            Distribution(kind=kind, unit="days", mean=mean, **more.get(kind, {"sd": mean / 2}))
        ).quantile(u)
        for mean in (1.0, 1.1, 2.0)
    ]
    assert times == sorted(times)


def test_remaining_time_of_an_exponential_is_as_long_as_the_whole() -> None:
    rest = residual_sampler(make_sampler(Distribution(kind="exponential", unit="days", mean=4)))
    for u in np.linspace(0.01, 0.99, 99):
        assert rest.quantile(float(u)) == pytest.approx(-4 * math.log(1 - u), rel=1e-4)


def test_remaining_time_of_a_fixed_time_is_even() -> None:
    rest = residual_sampler(make_sampler(Distribution(kind="fixed", unit="days", value=3)))
    for u in np.linspace(0.01, 0.99, 99):
        assert rest.quantile(float(u)) == pytest.approx(3 * u, rel=1e-5)


@pytest.mark.parametrize("distribution", EVERY, ids=lambda each: "-".join((each.kind, *each.way)))
def test_remaining_time_has_the_known_mean(distribution: Distribution) -> None:
    whole = make_sampler(distribution)
    rest = residual_sampler(whole)
    known = (whole.sd**2 + whole.mean**2) / (2 * whole.mean)
    assert rest.mean == pytest.approx(known)
    logits = np.linspace(-34, 34, 20_001)
    shares = 1 / (1 + np.exp(-logits))
    times = np.array([rest.quantile(float(u)) for u in shares])
    found = float(np.sum(times * shares * (1 - shares))) * (logits[1] - logits[0])
    assert found == pytest.approx(known, rel=1e-3)


def test_sentences_say_what_a_person_would() -> None:
    minutes = Distribution(kind="lognormal", unit="minutes", median=18, p90=34)
    assert sentence(minutes) == (
        "Half take less than 18 minutes; one in ten takes more than 34; the average is 20.4."
    )
    assert sentence(Distribution(kind="fixed", unit="hours", value=2)) == "It always takes 2 hours."
