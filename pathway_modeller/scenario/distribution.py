"""Distributions, entered the way people know them.

A distribution is one flat record: its kind, its unit, and one of the sets of figures in ``WAYS``. Working
out internal parameters, quantiles and previews is the job of
:mod:`pathway_modeller.simulation.chance.samplers`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from pathway_modeller.scenario.values import (
    DAYS_PER,
    LONGEST_DAYS,
    MOST_PEOPLE,
    Record,
    TimeUnit,
    too_long_words,
)

Kind = Literal[
    "fixed",
    "uniform",
    "triangular",
    "exponential",
    "erlang",
    "gamma",
    "lognormal",
    "weibull",
    "beta_pert",
    "normal",
    "empirical",
]

WAYS: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "fixed": (("value",),),
    "uniform": (("low", "high"), ("mean", "sd")),
    "triangular": (("low", "likely", "high"),),
    "exponential": (("mean",), ("median",), ("p90",), ("p95",)),
    "erlang": (("mean", "shape"),),
    "gamma": (("mean", "sd"), ("mean", "p95"), ("median", "p90"), ("median", "p95")),
    "lognormal": (
        ("mean", "sd"),
        ("mean", "p95"),
        ("median", "p90"),
        ("median", "p95"),
        ("median", "mean"),
        ("mu", "sigma"),
    ),
    "weibull": (("mean", "sd"), ("mean", "p95"), ("median", "p90"), ("median", "p95")),
    "beta_pert": (("low", "likely", "high"),),
    "normal": (("mean", "sd"),),
    "empirical": (("values",), ("values", "weights")),
}
"""The sets of figures with which each kind may be entered."""

KIND_WORDS: Mapping[Kind, str] = {
    "fixed": "fixed",
    "uniform": "uniform",
    "triangular": "triangular",
    "exponential": "exponential",
    "erlang": "Erlang",
    "gamma": "gamma",
    "lognormal": "lognormal",
    "weibull": "Weibull",
    "beta_pert": "beta-PERT",
    "normal": "normal cut at 0",
    "empirical": "recorded values",
}
"""What each kind is called in the middle of a sentence."""

FIGURES = (
    "value",
    "mean",
    "sd",
    "median",
    "p90",
    "p95",
    "mu",
    "sigma",
    "low",
    "likely",
    "high",
    "shape",
    "values",
    "weights",
)
LISTS = frozenset({"values", "weights"})
"""Those figures that are lists of numbers."""
_NO_TIMES = frozenset({"shape", "mu", "sigma", "weights"})
"""Those figures that are no times in the unit of the distribution."""
_MOST_LOGARITHM = 50.0
"""Of a time in whatever unit: e^50 seconds are longer, and e^-50 years shorter, than anything timed."""


class Distribution(Record):
    """How long something takes, and how much that varies from patient to patient."""

    kind: Kind = Field(title="Shape", description="The family of the distribution.")
    unit: TimeUnit = Field(title="Unit", description="The unit of the figures below.")
    value: float | None = Field(default=None, ge=0, title="Always", description="The fixed time.")
    mean: float | None = Field(default=None, gt=0, title="Mean", description="The average.")
    sd: float | None = Field(default=None, gt=0, title="Standard deviation", description="The spread.")
    median: float | None = Field(default=None, gt=0, title="Median", description="Half take less than this.")
    p90: float | None = Field(
        default=None, gt=0, title="90th percentile", description="Nine in ten take less than this."
    )
    p95: float | None = Field(
        default=None, gt=0, title="95th percentile", description="Nineteen in twenty take less than this."
    )
    mu: float | None = Field(
        default=None,
        ge=-_MOST_LOGARITHM,
        le=_MOST_LOGARITHM,
        title="mu",
        description="The mean of the natural logarithm of the time in the unit.",
    )
    sigma: float | None = Field(
        default=None,
        gt=0,
        le=_MOST_LOGARITHM,
        title="sigma",
        description="The standard deviation of that logarithm; it is the same in any unit.",
    )
    low: float | None = Field(default=None, ge=0, title="Lowest", description="The shortest possible.")
    likely: float | None = Field(default=None, ge=0, title="Most likely", description="The commonest.")
    high: float | None = Field(default=None, ge=0, title="Highest", description="The longest possible.")
    shape: int | None = Field(
        default=None, ge=1, le=1000, title="Stages", description="Number of equal exponential stages."
    )
    values: tuple[float, ...] | None = Field(
        default=None,
        title="Recorded values",
        description="Observed times, each equally likely unless they have weights.",
    )
    weights: tuple[float, ...] | None = Field(
        default=None,
        title="Weights",
        description="How often each recorded value was seen, in the same order.",
    )

    @property
    def way(self) -> tuple[str, ...]:
        """The names of the figures that are given, in the order of ``FIGURES``."""
        return tuple(name for name in FIGURES if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _figures_fit_the_kind(self) -> Distribution:
        """Requires one of the ways of its kind, with figures in the right order."""
        ways = {frozenset(way) for way in WAYS[self.kind]}
        if frozenset(self.way) not in ways:
            wanted = "; or ".join(" and ".join(way) for way in WAYS[self.kind])
            given = " and ".join(self.way) or "nothing"
            raise ValueError(
                f"a {self.kind.replace('_', '-')} distribution needs {wanted}; it was given {given}"
            )
        self._require_order()
        self._require_times_that_can_be()
        return self

    def _require_times_that_can_be(self) -> None:
        """Requires that no figure is longer than anything that is known of."""
        times = [getattr(self, name) for name in self.way if name not in _NO_TIMES | LISTS]
        for time in (*times, *(self.values or ())):
            if time * DAYS_PER[self.unit] > LONGEST_DAYS:
                raise ValueError(too_long_words(time, self.unit))

    def _require_order(self) -> None:
        """Requires low <= likely <= high, a median or mean below what must lie above it, and usable lists."""
        ladder = [name for name in ("low", "likely", "high") if getattr(self, name) is not None]
        for lower, upper in itertools.pairwise(ladder):
            if getattr(self, lower) > getattr(self, upper):
                raise ValueError(f"{lower} is above {upper}; put the figures in rising order")
        if self.low is not None and self.low == self.high:
            raise ValueError("low and high are equal; use a fixed time instead")
        top = self.p90 if self.p90 is not None else self.p95
        if self.median is not None and top is not None and top <= self.median:
            raise ValueError("the percentile is not above the median")
        if self.mean is not None and self.p95 is not None and self.p95 <= self.mean:
            raise ValueError("the 95th percentile is not above the mean")
        if self.median is not None and self.mean is not None and self.mean <= self.median:
            raise ValueError("the mean of a lognormal time is always above its median; raise mean")
        if self.kind == "normal" and self.mean is not None and self.sd is not None and self.sd >= self.mean:
            raise ValueError(
                "a normal time cut at 0 cannot have a spread as large as its mean; lower sd, or use a "
                "lognormal or gamma time with these figures"
            )
        spread = self.sd if self.kind == "uniform" and self.sd is not None else 0.0
        if self.mean is not None and self.mean < spread * math.sqrt(3):
            raise ValueError("with this spread a uniform time would be negative; lower sd or raise mean")
        if self.values is not None and (not self.values or min(self.values) < 0):
            raise ValueError("recorded values must be a non-empty list of times, none negative")
        if self.weights is not None:
            self._require_weights(self.weights)

    def _require_weights(self, weights: tuple[float, ...]) -> None:
        """Requires a weight for each recorded value, and some of them above 0."""
        values = len(self.values or ())
        if len(weights) != values:
            raise ValueError(
                f"there are {values} recorded values and {len(weights)} weights; give one for each"
            )
        if min(weights) < 0 or max(weights) <= 0 or max(weights) > MOST_PEOPLE:
            raise ValueError(f"weights must be from 0 to {MOST_PEOPLE:,}, some above 0")
