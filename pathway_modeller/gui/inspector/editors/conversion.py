"""The same times entered in another way: figures of one distribution, worked out from another."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pathway_modeller.gui.inspector.kinds import Json
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.values import DAYS_PER

_EDGE = 0.005
_STEPS = 20
_MIDDLES = [(step + 0.5) / _STEPS for step in range(_STEPS)]
"""At which of the shares of patients recorded values are made up."""


def converted(distribution: Distribution, way: tuple[str, ...], unit: str) -> Iterator[tuple[str, Json]]:
    """Yields the figures of a way that fit a distribution, to three significant digits (six of logarithms).

    Args:
        distribution: the present times.
        way: the figures wanted, as in ``WAYS``.
        unit: the unit of time they are wanted in.
    """
    from pathway_modeller.simulation.chance.samplers import make_sampler

    days = next(length for name, length in DAYS_PER.items() if name == unit)
    sampler = make_sampler(distribution)
    mean, sd = sampler.mean / days, (sampler.sd or sampler.mean / 2) / days
    variance = math.log1p((sd / mean) ** 2) if mean > 0 else 1.0
    recorded = distribution.values or [_rounded(sampler.quantile(u) / days) for u in _MIDDLES]
    values = {
        "value": mean,
        "mean": mean,
        "sd": sd,
        "median": sampler.quantile(0.5) / days,
        "p90": sampler.quantile(0.9) / days,
        "p95": sampler.quantile(0.95) / days,
        "mu": math.log(mean) - variance / 2 if mean > 0 else 0.0,
        "sigma": math.sqrt(variance),
        "low": sampler.quantile(_EDGE) / days,
        "likely": sampler.quantile(0.5) / days,
        "high": sampler.quantile(1 - _EDGE) / days,
    }
    fixed = sampler.sd == 0
    for figure in way:
        given = getattr(distribution, figure)
        if figure == "shape":
            yield figure, given or max(1, min(1000, round((mean / sd) ** 2)))
        elif figure == "values":
            yield figure, list(recorded)
        elif figure == "weights":
            yield figure, list(given or [1] * len(recorded))
        elif isinstance(given, int | float):
            yield figure, given
        else:
            spread = _SPREAD.get(figure, 1.0) if fixed else 1.0
            digits = 6 if figure in _LOGARITHMS else 3
            yield figure, _rounded(values[figure] * spread, digits)


_LOGARITHMS = frozenset({"mu", "sigma"})
"""Figures of which a small step is a large one of the time."""
_SPREAD = {"low": 0.5, "high": 1.5, "p90": 1.5, "p95": 1.6, "sd": 0.5}
"""How far figures are set apart when a time that was always the same begins to vary."""


def _rounded(value: float, digits: int = 3) -> float:
    """Returns a value to some significant digits."""
    return float(f"{value:.{digits}g}")
