"""From one uniform to one time: the inverse distribution functions, in scalar arithmetic.

Each draw uses one uniform through the inverse distribution function, so a longer mean gives the same
patient a longer time. Only ``math`` functions and products are used (no ``**``), so that a compiled engine
can give the same bits from this source. Families without a closed inverse (gamma, Erlang, beta-PERT,
equilibrium residual lives) are tabulated from SciPy's inverse and interpolated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import assert_never

import numpy as np
import numpy.typing as npt

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.moments import mean_days, parameters, sd_days, shares_of_values
from pathway_modeller.scenario.values import DAYS_PER
from pathway_modeller.simulation.chance.normal import normal_quantile

Array = npt.NDArray[np.float64]

_LOGIT_REACH = 36.0
_TABLE_CELLS = 16384


class Family(IntEnum):
    """How a quantile is worked out."""

    FIXED = 0
    UNIFORM = 1
    TRIANGULAR = 2
    EXPONENTIAL = 3
    LOGNORMAL = 4
    WEIBULL = 5
    TABLE = 6
    EMPIRICAL = 7
    NORMAL = 8
    WEIGHTED = 9


def _triangular(low: float, likely: float, high: float, u: float) -> float:
    """Returns the triangular quantile."""
    width = high - low
    if u * width < likely - low:
        return low + math.sqrt(u * width * (likely - low))
    return high - math.sqrt((1.0 - u) * width * (high - likely))


def _tabulated(table: Array, u: float) -> float:
    """Returns a quantile interpolated in a table over the logit of u."""
    place = (math.log(u / (1.0 - u)) + _LOGIT_REACH) * (_TABLE_CELLS / (2.0 * _LOGIT_REACH))
    if place <= 0.0:
        return float(table[0])
    cell = int(place)
    if cell >= _TABLE_CELLS:
        return float(table[_TABLE_CELLS])
    return float(table[cell] + (place - cell) * (table[cell + 1] - table[cell]))


def _normal(mu: float, sigma: float, share: float, u: float) -> float:
    """Returns the quantile of a normal time cut at 0, of which a share was left; from the far end."""
    time = mu - sigma * normal_quantile(share * (1.0 - u))
    return time if time > 0.0 else 0.0


def _weighted(table: Array, u: float) -> float:
    """Returns the first of some rising values at which their shares, summed in the first half, exceed u."""
    values = len(table) >> 1
    low, high = 0, values - 1
    while low < high:
        middle = (low + high) >> 1
        if u < table[middle]:
            high = middle
        else:
            low = middle + 1
    return float(table[values + low])


def quantile(family: int, a: float, b: float, c: float, table: Array, u: float) -> float:
    """Returns the time in days below which a share ``u`` of patients stays.

    Args:
        family: a :class:`Family`.
        a: first natural parameter (see :func:`pathway_modeller.scenario.moments.parameters`).
        b: second natural parameter.
        c: third natural parameter.
        table: quantiles over an even logit grid (TABLE), sorted values (EMPIRICAL), or cumulative shares and
            then the sorted values (WEIGHTED).
        u: strictly between 0 and 1.
    """
    if family == 3:
        return -a * math.log(1.0 - u)
    if family == 0:
        return a
    if family == 4:
        return math.exp(a + b * normal_quantile(u))
    if family == 1:
        return a + (b - a) * u
    if family == 2:
        return _triangular(a, b, c, u)
    if family == 5:
        return b * math.pow(-math.log(1.0 - u), 1.0 / a)
    if family == 6:
        return _tabulated(table, u)
    if family == 7:
        return float(table[int(u * len(table))])
    if family == 8:
        return _normal(a, b, c, u)
    return _weighted(table, u)


@dataclass(frozen=True, eq=False)
class Sampler:
    """A distribution ready to be sampled; times in days.

    Attributes:
        family: how a quantile is worked out.
        a, b, c: natural parameters.
        table: see :func:`quantile`; empty where not needed.
        mean: mean in days.
        sd: standard deviation in days.
    """

    family: Family
    a: float
    b: float
    c: float
    table: Array
    mean: float
    sd: float

    def quantile(self, u: float) -> float:
        """Returns the time in days at a uniform strictly between 0 and 1."""
        return quantile(self.family, self.a, self.b, self.c, self.table, u)


_EMPTY: Array = np.zeros(1)
_CLOSED = {
    "fixed": Family.FIXED,
    "uniform": Family.UNIFORM,
    "triangular": Family.TRIANGULAR,
    "exponential": Family.EXPONENTIAL,
    "lognormal": Family.LOGNORMAL,
    "weibull": Family.WEIBULL,
    "normal": Family.NORMAL,
}


def _logit_grid() -> Array:
    """Returns the uniforms at the nodes of a quantile table."""
    logits = np.linspace(-_LOGIT_REACH, _LOGIT_REACH, _TABLE_CELLS + 1)
    return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float64)


def _survival_grid() -> Array:
    """Returns 1 - u at the nodes, without cancellation."""
    logits = np.linspace(-_LOGIT_REACH, _LOGIT_REACH, _TABLE_CELLS + 1)
    return np.asarray(1.0 / (1.0 + np.exp(logits)), dtype=np.float64)


def _beta_pert_table(low: float, likely: float, high: float) -> Array:
    """Returns the quantile table of a beta-PERT distribution, in days.

    Malcolm et al., Operations Research 7 (1959), with shape parameters 1 + 4(m-a)/(b-a) and 1 + 4(b-m)/(b-a).
    """
    from scipy import special

    lower, upper, width = _logit_grid(), _survival_grid(), high - low
    first, second = 1.0 + 4.0 * (likely - low) / width, 1.0 + 4.0 * (high - likely) / width
    left: Array = np.asarray(special.betaincinv(first, second, lower), dtype=np.float64)
    right: Array = 1.0 - np.asarray(special.betaincinv(second, first, upper), dtype=np.float64)
    return np.asarray(low + width * np.where(lower < 0.5, left, right), dtype=np.float64)


def _gamma_table(shape: float, scale: float) -> Array:
    """Returns the quantile table of a gamma or Erlang distribution, in days."""
    from scipy import special

    lower, upper = _logit_grid(), _survival_grid()
    left: Array = np.asarray(special.gammaincinv(shape, lower), dtype=np.float64)
    right: Array = np.asarray(special.gammainccinv(shape, upper), dtype=np.float64)
    return np.asarray(scale * np.where(lower < 0.5, left, right), dtype=np.float64)


def _weighted_table(values: tuple[float, ...], shares: tuple[float, ...]) -> Array:
    """Returns cumulative shares, then the rising values they belong to, but for those without a share."""
    found = [(value, share) for value, share in zip(values, shares, strict=True) if share > 0.0]
    cumulative = np.cumsum([share for _, share in found])
    return np.concatenate([cumulative, [value for value, _ in found]])


@lru_cache(maxsize=512)
def make_sampler(distribution: Distribution) -> Sampler:
    """Returns the sampler of a distribution.

    Raises:
        ValueError: the figures given fit no distribution of this kind.
    """
    mean, sd = mean_days(distribution), sd_days(distribution)
    given = parameters(distribution)
    match distribution.kind:
        case "empirical" if distribution.weights is not None:
            table = _weighted_table(given, shares_of_values(distribution))
            return Sampler(Family.WEIGHTED, 0.0, 0.0, 0.0, table, mean, sd)
        case "empirical":
            return Sampler(Family.EMPIRICAL, 0.0, 0.0, 0.0, np.array(given, dtype=np.float64), mean, sd)
        case "beta_pert":
            return Sampler(Family.TABLE, 0.0, 0.0, 0.0, _beta_pert_table(*given), mean, sd)
        case "gamma" | "erlang":
            return Sampler(Family.TABLE, 0.0, 0.0, 0.0, _gamma_table(*given), mean, sd)
        case "fixed" | "uniform" | "triangular" | "exponential" | "lognormal" | "weibull" | "normal":
            a, b, c = (*given, 0.0, 0.0, 0.0)[:3]
            return Sampler(_CLOSED[distribution.kind], a, b, c, _EMPTY, mean, sd)
        case _:
            assert_never(distribution.kind)


def exponential_sampler(mean: float) -> Sampler:
    """Returns the sampler of an exponential time with a mean in days."""
    return Sampler(Family.EXPONENTIAL, mean, 0.0, 0.0, _EMPTY, mean, mean)


def residual_sampler(whole: Sampler) -> Sampler:
    """Returns the sampler of the time remaining of a service that has long been running.

    The equilibrium residual life has distribution function (1/m) * integral of the survival function
    (Cox, Renewal Theory, 1962). With the quantile function q it is, at q(u), (1/m) times the integral of q
    up to u plus (1/m) q(u) (1 - u); the table inverts that.
    """
    if whole.mean <= 0.0:
        return whole
    lower, upper = _logit_grid(), _survival_grid()
    quantiles = np.array([whole.quantile(min(max(u, 1e-15), 1 - 1e-15)) for u in lower])
    inner = np.concatenate([[0.0], np.cumsum(np.diff(lower) * (quantiles[1:] + quantiles[:-1]) / 2.0)])
    reached = (inner + quantiles * upper) / whole.mean
    reached = np.maximum.accumulate(np.concatenate([[0.0], reached / max(float(reached[-1]), 1e-300)]))
    times = np.concatenate([[0.0], quantiles])
    table = np.interp(lower, reached, times)
    mean = (whole.sd * whole.sd + whole.mean * whole.mean) / (2.0 * whole.mean)
    return Sampler(Family.TABLE, 0.0, 0.0, 0.0, np.asarray(table, dtype=np.float64), mean, math.nan)


def sentence(distribution: Distribution) -> str:
    """Returns one plain sentence about a distribution, in its own unit."""
    days = DAYS_PER[distribution.unit]
    if distribution.kind == "fixed":
        return f"It always takes {_amount(distribution.value or 0.0)} {distribution.unit}."
    sampler = make_sampler(distribution)
    half, most = sampler.quantile(0.5) / days, sampler.quantile(0.9) / days
    return (
        f"Half take less than {_amount(half)} {distribution.unit}; one in ten takes more than "
        f"{_amount(most)}; the average is {_amount(sampler.mean / days)}."
    )


def _amount(value: float) -> str:
    """Returns a number with three significant digits and no needless zeros."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
