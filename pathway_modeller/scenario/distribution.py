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

from pathway_modeller.scenario.values import DAYS_PER, LONGEST_DAYS, Record, TimeUnit, too_long_words

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
    "empirical",
]

WAYS: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "fixed": (("value",),),
    "uniform": (("low", "high"), ("mean", "sd")),
    "triangular": (("low", "likely", "high"),),
    "exponential": (("mean",), ("median",), ("p90",), ("p95",)),
    "erlang": (("mean", "shape"),),
    "gamma": (("mean", "sd"), ("median", "p90"), ("median", "p95")),
    "lognormal": (("mean", "sd"), ("median", "p90"), ("median", "p95")),
    "weibull": (("mean", "sd"), ("median", "p90"), ("median", "p95")),
    "beta_pert": (("low", "likely", "high"),),
    "empirical": (("values",),),
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
    "empirical": "recorded values",
}
"""What each kind is called in the middle of a sentence."""

FIGURES = ("value", "mean", "sd", "median", "p90", "p95", "low", "likely", "high", "shape", "values")


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
    low: float | None = Field(default=None, ge=0, title="Lowest", description="The shortest possible.")
    likely: float | None = Field(default=None, ge=0, title="Most likely", description="The commonest.")
    high: float | None = Field(default=None, ge=0, title="Highest", description="The longest possible.")
    shape: int | None = Field(
        default=None, ge=1, le=1000, title="Stages", description="Number of equal exponential stages."
    )
    values: tuple[float, ...] | None = Field(
        default=None, title="Recorded values", description="Observed times, each equally likely."
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
        times = [getattr(self, name) for name in self.way if name not in ("shape", "values")]
        for time in (*times, *(self.values or ())):
            if time * DAYS_PER[self.unit] > LONGEST_DAYS:
                raise ValueError(too_long_words(time, self.unit))

    def _require_order(self) -> None:
        """Requires low <= likely <= high, median < percentile, and usable recorded values."""
        ladder = [name for name in ("low", "likely", "high") if getattr(self, name) is not None]
        for lower, upper in itertools.pairwise(ladder):
            if getattr(self, lower) > getattr(self, upper):
                raise ValueError(f"{lower} is above {upper}; put the figures in rising order")
        if self.low is not None and self.low == self.high:
            raise ValueError("low and high are equal; use a fixed time instead")
        top = self.p90 if self.p90 is not None else self.p95
        if self.median is not None and top is not None and top <= self.median:
            raise ValueError("the percentile is not above the median")
        spread = self.sd if self.kind == "uniform" and self.sd is not None else 0.0
        if self.mean is not None and self.mean < spread * math.sqrt(3):
            raise ValueError("with this spread a uniform time would be negative; lower sd or raise mean")
        if self.values is not None and (not self.values or min(self.values) < 0):
            raise ValueError("recorded values must be a non-empty list of times, none negative")
