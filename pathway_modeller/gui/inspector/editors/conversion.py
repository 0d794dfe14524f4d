"""The same times entered in another way: figures of one distribution, worked out from another."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.gui.inspector.kinds import Json
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.values import DAYS_PER

_EDGE = 0.005
_STEPS = 20


def converted(distribution: Distribution, way: tuple[str, ...], unit: str) -> Iterator[tuple[str, Json]]:
    """Yields the figures of a way that fit a distribution, to three significant digits.

    Args:
        distribution: the present times.
        way: the figures wanted, as in ``WAYS``.
        unit: the unit of time they are wanted in.
    """
    from pathway_modeller.simulation.chance.samplers import make_sampler

    days = next(length for name, length in DAYS_PER.items() if name == unit)
    sampler = make_sampler(distribution)
    mean, sd = sampler.mean / days, (sampler.sd or sampler.mean / 2) / days
    values = {
        "value": mean,
        "mean": mean,
        "sd": sd,
        "median": sampler.quantile(0.5) / days,
        "p90": sampler.quantile(0.9) / days,
        "p95": sampler.quantile(0.95) / days,
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
            quantiles = ((step + 0.5) / _STEPS for step in range(_STEPS))
            yield figure, [_rounded(sampler.quantile(u) / days) for u in quantiles]
        elif isinstance(given, int | float):
            yield figure, given
        else:
            spread = _SPREAD.get(figure, 1.0) if fixed else 1.0
            yield figure, _rounded(values[figure] * spread)


_SPREAD = {"low": 0.5, "high": 1.5, "p90": 1.5, "p95": 1.6, "sd": 0.5}
"""How far figures are set apart when a time that was always the same begins to vary."""


def _rounded(value: float) -> float:
    """Returns a value to three significant digits."""
    return float(f"{value:.3g}")
