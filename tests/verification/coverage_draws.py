"""Figures of which the truth is known, drawn many times over: what intervals are asked to cover.

Every experiment has 30 replications; the first 5 and 10 of them are the smaller experiments. Truth is by
formula, or from 20,000 replications of the same kind with other random numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from tests.verification.coverage_waits import RUNS, Sample, Source, few_patients, queue


def figures(experiments: int, behind: int, seed: int) -> Iterator[Sample]:
    """Yields means and ratios of drawn figures."""
    rng = np.random.default_rng([seed, 5])
    shape = (experiments, RUNS[-1])
    yield Sample("mean", "normal", 3.0, (rng.normal(3, 1, shape),))
    yield Sample("mean", "exponential", 1.0, (rng.exponential(size=shape),))
    yield Sample("mean", "lognormal, sigma 1", float(np.exp(0.5)), (rng.lognormal(0, 1, shape),))
    apart = rng.exponential(size=shape), rng.exponential(size=shape)
    yield Sample("mean difference", "independent exponentials", 0.0, apart)
    under = rng.gamma(4, 0.25, shape)
    yield Sample(
        "ratio", "gammas that go together", 1.0, (0.5 * under + 0.5 * rng.gamma(4, 0.25, shape), under)
    )
    yield Sample("ratio", "exponential over gamma", 1.0, (rng.exponential(size=shape), under))


def patients_alike(experiments: int, behind: int, seed: int) -> Iterator[Sample]:
    """Yields shares of patients, with replications of different sizes, alone and alike within replications.

    The option helps one in ten of those who do not have it.
    """
    rng = np.random.default_rng([seed, 6])
    for share in (0.84, 0.99):
        for size, alike in ((12, 0.0), (100, 0.05)):
            people = np.maximum(rng.poisson(size, (experiments, RUNS[-1])), 1)
            chance = np.full(people.shape, share)
            if alike:
                chance = rng.beta(share * (1 / alike - 1), (1 - share) * (1 / alike - 1), people.shape)
            base = rng.binomial(people, chance)
            more = base + rng.binomial(people - base, 0.1)
            name = f"{share:.0%}, {size} patients, correlation {alike}"
            one, two, n = base.astype(float), more.astype(float), people.astype(float)
            yield Sample("share", name, share, (one, n))
            yield Sample("share difference", name, (1 - share) / 10, (two, n, one, n))


def events(experiments: int, behind: int, seed: int) -> Iterator[Sample]:
    """Yields counts: Poisson and of three times that variance; the option prevents a fifth of the events."""
    rng = np.random.default_rng([seed, 7])
    shape = (experiments, RUNS[-1])
    for mean in (0.1, 1.0, 10.0):
        for variance in (1, 3):
            base = (
                rng.poisson(mean, shape) if variance == 1 else rng.negative_binomial(mean / 2, 1 / 3, shape)
            )
            name = f"{mean:g} a run, variance {variance} x mean"
            left, counted = rng.binomial(base, 0.8).astype(float), base.astype(float)
            yield Sample("count", name, mean, (counted,))
            yield Sample("count difference", name, -mean / 5, (left, counted))
    one, two = rng.poisson(1.0, shape).astype(float), rng.poisson(1.0, shape).astype(float)
    yield Sample("count difference", "1 a run, unrelated", 0.0, (one, two))
    yield Sample("count", "10 a run, variance 0.3 x mean", 9.8, (rng.binomial(14, 0.7, shape).astype(float),))


def savings(experiments: int, behind: int, seed: int) -> Iterator[Sample]:
    """Yields running totals of a saving over 48 months, spread evenly or with a tail."""
    rng = np.random.default_rng([seed, 8])
    expected = np.cumsum(np.linspace(-1, 1.2, 48))
    truth = float(np.flatnonzero(expected <= 0)[-1] + 2)
    shape = (experiments, RUNS[-1], 48)
    for name, draw in (
        ("normal", rng.standard_normal),
        ("exponential", lambda size: rng.exponential(size=size) - 1),
    ):
        totals = expected + np.cumsum(2 * draw(shape), axis=2) + 3 * draw(shape[:2])[..., None]
        yield Sample("month", f"{name} savings", truth, (totals,))


SOURCES: Mapping[str, Source] = {
    "figures": figures,
    "shares": patients_alike,
    "counts": events,
    "months": savings,
    "few patients, 5": few_patients(5),
    "few patients, 20": few_patients(20),
    "queue 0.67, 10": queue(0.67, patients=10, only_percentiles=True),
    "queue 0.67": queue(0.67),
    "queue 0.91": queue(0.91),
}
"""Everything that is drawn."""
