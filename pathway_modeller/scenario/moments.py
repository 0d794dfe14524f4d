"""Natural parameters, mean and standard deviation of a distribution, from the figures entered.

Formulas: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions*, volumes 1 and 2 (Wiley, 1994
and 1995; volume 1, section 13.10.1 for the normal cut at 0); beta-PERT as in Vose, *Risk Analysis* (Wiley,
2008), with the usual weight of 4. Times in days.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist, fmean, pstdev

from pathway_modeller.scenario.distribution import Distribution, Kind
from pathway_modeller.scenario.values import DAYS_PER

_SHAPE_LOW = 2e-3
_SHAPE_HIGH = 1e12
_WEIBULL_LOW = 0.05
_WEIBULL_HIGH = 1e4
_GAMMA_WIDEST = 0.0877
_WEIBULL_WIDEST = 0.403
"""The shapes at which the 95th percentile is farthest above the mean."""
_CUT_LOW = -30.0
_CUT_HIGH = 1e6
LONGEST_DRAWN = 9e10
"""Days; more milliseconds than that do not fit the 64 bits in which they are told."""
_FARTHEST = 53 * math.log(2.0)
"""Of the uniforms drawn none is nearer to 1 than 2^-53: -ln of that distance."""
_FARTHEST_NORMAL = 8.21
"""And the standard normal quantile there."""
_FARTHEST_CUT = 39.0
"""The same where all but 10^-197 of the distribution is cut away."""


def parameters(d: Distribution) -> tuple[float, ...]:
    """Returns the natural parameters of a distribution, times in days.

    fixed (value), uniform (low, high), triangular and beta_pert (low, likely, high), exponential (mean),
    erlang and gamma (shape, scale), lognormal (mu, sigma), weibull (shape, scale), normal (mu, sigma of the
    normal distribution that is cut, and the share of it that stays), empirical the recorded values in rising
    order.

    Raises:
        ValueError: no distribution of this kind has these figures, or some time drawn with them could not be
            told (a sentence says which to change).
    """
    try:
        found = _PARAMETERS[d.kind](d)
        longest = _LONGEST[d.kind](*found)
    except (OverflowError, ZeroDivisionError):
        longest = math.inf
    if not longest <= LONGEST_DRAWN:
        raise ValueError(
            "the figures are so far apart that some patients would take longer than 200 million years; bring "
            "the figures nearer together"
        )
    return found


def longest_drawn(d: Distribution) -> float:
    """Returns the longest time that is ever drawn, in days, or a bound of it.

    Raises:
        ValueError: no distribution of this kind has these figures.
    """
    return _LONGEST[d.kind](*parameters(d))


def mean_days(d: Distribution) -> float:
    """Returns the mean of a distribution in days.

    Raises:
        ValueError: no distribution of this kind has these figures.
    """
    if d.mean is not None:
        return d.mean * DAYS_PER[d.unit]
    return _moments(d)[0]


def sd_days(d: Distribution) -> float:
    """Returns the standard deviation of a distribution in days.

    Raises:
        ValueError: no distribution of this kind has these figures.
    """
    if d.sd is not None:
        return d.sd * DAYS_PER[d.unit]
    return _moments(d)[1]


def _moments(d: Distribution) -> tuple[float, float]:
    """Returns mean and standard deviation in days, from the natural parameters."""
    if d.weights is not None:
        return _weighted_moments(parameters(d), shares_of_values(d))
    return _MOMENTS[d.kind](*parameters(d))


def _given(d: Distribution, *names: str) -> tuple[float, ...]:
    """Returns figures of a distribution in days; they are known to be given."""
    unit = DAYS_PER[d.unit]
    return tuple(float(getattr(d, name)) * unit for name in names)


def _percentile(d: Distribution) -> tuple[float, float]:
    """Returns the upper percentile that is given: its probability, and its time in days."""
    name, probability = ("p90", 0.9) if d.p90 is not None else ("p95", 0.95)
    return probability, _given(d, name)[0]


def _fixed(d: Distribution) -> tuple[float, ...]:
    """Returns (value,)."""
    return _given(d, "value")


def _uniform(d: Distribution) -> tuple[float, ...]:
    """Returns (low, high); from mean and sd the half-width is sd times the square root of 3."""
    if d.low is not None:
        return _given(d, "low", "high")
    mean, sd = _given(d, "mean", "sd")
    half = sd * math.sqrt(3.0)
    return max(mean - half, 0.0), mean + half


def _three_points(d: Distribution) -> tuple[float, ...]:
    """Returns (low, likely, high)."""
    return _given(d, "low", "likely", "high")


def _exponential(d: Distribution) -> tuple[float, ...]:
    """Returns (mean,); a quantile q of probability p is -mean ln(1 - p)."""
    if d.mean is not None:
        return _given(d, "mean")
    if d.median is not None:
        return (_given(d, "median")[0] / math.log(2.0),)
    probability, time = _percentile(d)
    return (time / -math.log1p(-probability),)


def _erlang(d: Distribution) -> tuple[float, ...]:
    """Returns (shape, scale), where scale is the mean of one stage."""
    (mean,) = _given(d, "mean")
    shape = float(d.shape or 1)
    return shape, mean / shape


def _gamma(d: Distribution) -> tuple[float, ...]:
    """Returns (shape, scale)."""
    if d.mean is not None and d.sd is None:
        from scipy.special import gammaincinv

        mean, time = _given(d, "mean", "p95")
        shape = math.exp(
            _solve(
                lambda log_shape: math.log(gammaincinv(math.exp(log_shape), 0.95)) - log_shape,
                math.log(time / mean),
                math.log(_GAMMA_WIDEST),
                math.log(_SHAPE_HIGH),
                "percentile",
            )
        )
        return shape, mean / shape
    if d.mean is not None:
        mean, sd = _given(d, "mean", "sd")
        if mean / sd * (mean / sd) > _SHAPE_HIGH:
            raise ValueError("the standard deviation leaves almost no spread; use a fixed time instead")
        return mean / sd * (mean / sd), sd / mean * sd
    from scipy.special import gammaincinv

    (median,) = _given(d, "median")
    probability, time = _percentile(d)

    def log_ratio(log_shape: float) -> float:
        shape = math.exp(log_shape)
        return math.log(gammaincinv(shape, probability)) - math.log(gammaincinv(shape, 0.5))

    shape = math.exp(
        _solve(log_ratio, math.log(time / median), math.log(_SHAPE_LOW), math.log(_SHAPE_HIGH), "percentile")
    )
    return shape, median / float(gammaincinv(shape, 0.5))


def _lognormal(d: Distribution) -> tuple[float, ...]:
    """Returns (mu, sigma) of the logarithm of the time in days.

    With the mean m and the 95th percentile q, sigma^2 / 2 - z sigma + ln(q / m) = 0, where z is the normal
    quantile of 0.95; of its two solutions the one with less spread counts.
    """
    if d.mu is not None and d.sigma is not None:
        return d.mu + math.log(DAYS_PER[d.unit]), d.sigma
    if d.mean is not None and d.median is not None:
        mean, median = _given(d, "mean", "median")
        return math.log(median), math.sqrt(2.0 * math.log(mean / median))
    if d.mean is not None and d.p95 is not None:
        mean, time = _given(d, "mean", "p95")
        z = NormalDist().inv_cdf(0.95)
        under_root = z * z - 2.0 * math.log(time / mean)
        if under_root < 0:
            raise ValueError(_TOO_FAR.format(figure="percentile"))
        sigma = 2.0 * math.log(time / mean) / (z + math.sqrt(under_root))
        return math.log(mean) - sigma * sigma / 2.0, sigma
    if d.mean is not None:
        mean, sd = _given(d, "mean", "sd")
        variance = math.log1p(sd / mean * (sd / mean))
        return math.log(mean) - variance / 2.0, math.sqrt(variance)
    (median,) = _given(d, "median")
    probability, time = _percentile(d)
    return math.log(median), math.log(time / median) / NormalDist().inv_cdf(probability)


def _weibull(d: Distribution) -> tuple[float, ...]:
    """Returns (shape, scale)."""
    if d.mean is not None and d.sd is None:
        mean, time = _given(d, "mean", "p95")
        farther = math.log(-math.log1p(-0.95))
        shape = math.exp(
            _solve(
                lambda log_shape: math.exp(-log_shape) * farther - math.lgamma(1.0 + math.exp(-log_shape)),
                math.log(time / mean),
                math.log(_WEIBULL_WIDEST),
                math.log(_WEIBULL_HIGH),
                "percentile",
            )
        )
        return shape, mean / math.exp(math.lgamma(1.0 + 1.0 / shape))
    if d.mean is not None:
        mean, sd = _given(d, "mean", "sd")
        shape = math.exp(
            _solve(
                _weibull_log_spread,
                math.log1p(sd / mean * (sd / mean)),
                math.log(_WEIBULL_LOW),
                math.log(_WEIBULL_HIGH),
                "standard deviation",
            )
        )
        return shape, mean / math.exp(math.lgamma(1.0 + 1.0 / shape))
    (median,) = _given(d, "median")
    probability, time = _percentile(d)
    shape = math.log(-math.log1p(-probability) / math.log(2.0)) / math.log(time / median)
    return shape, median / math.log(2.0) ** (1.0 / shape)


def _weibull_log_spread(log_shape: float) -> float:
    """Returns ln(1 + cv^2) of a Weibull time, where cv is sd over mean."""
    inverse = math.exp(-log_shape)
    return math.lgamma(1.0 + 2.0 * inverse) - 2.0 * math.lgamma(1.0 + inverse)


def _empirical(d: Distribution) -> tuple[float, ...]:
    """Returns the recorded values in rising order."""
    unit = DAYS_PER[d.unit]
    return tuple(sorted(value * unit for value in d.values or ()))


def shares_of_values(d: Distribution) -> tuple[float, ...]:
    """Returns the share of each recorded value in rising order, as its weight has it; they sum to 1."""
    values = d.values or ()
    weights = d.weights or (1.0,) * len(values)
    whole = math.fsum(weights)
    return tuple(weight / whole for _, weight in sorted(zip(values, weights, strict=True)))


def _weighted_moments(values: tuple[float, ...], shares: tuple[float, ...]) -> tuple[float, float]:
    """Returns mean and standard deviation of recorded values with shares."""
    mean = math.fsum(x * p for x, p in zip(values, shares, strict=True))
    return mean, math.sqrt(math.fsum(p * (x - mean) ** 2 for x, p in zip(values, shares, strict=True)))


def _normal(d: Distribution) -> tuple[float, ...]:
    """Returns (mu, sigma, share above 0) of the normal distribution that, cut at 0, has this mean and sd.

    With a = mu / sigma and h = density(a) / share below a, mean = sigma (a + h) and variance = sigma^2 (1 - h
    (a + h)); their ratio hangs on a alone, and falls with it.
    """
    from scipy.special import ndtr

    mean, sd = _given(d, "mean", "sd")
    a = _solve(_cut_spread, math.log(sd / mean), _CUT_LOW, _CUT_HIGH, "standard deviation")
    sigma = mean / (a + _hazard(a))
    return a * sigma, sigma, float(ndtr(a))


def _hazard(a: float) -> float:
    """Returns the standard normal density at a over the share below a."""
    from scipy.special import erfcx

    return math.sqrt(2.0 / math.pi) / float(erfcx(-a / math.sqrt(2.0)))


def _cut_spread(a: float) -> float:
    """Returns ln(sd / mean) of a normal time cut at 0, whose mu / sigma was a before."""
    h = _hazard(a)
    return 0.5 * math.log(1.0 - h * (a + h)) - math.log(a + h)


_TOO_FAR = "the {figure} is too far out for this shape; bring it nearer or choose another"


def _normal_moments(mu: float, sigma: float, _share: float) -> tuple[float, float]:
    """Returns mean and standard deviation of a normal time cut at 0."""
    a = mu / sigma
    mean = sigma * (a + _hazard(a))
    return mean, mean * math.exp(_cut_spread(a))


def _solve(f: Callable[[float], float], wanted: float, low: float, high: float, figure: str) -> float:
    """Returns where a falling function takes a value.

    Raises:
        ValueError: it does not take it between the bounds.
    """
    from scipy.optimize import brentq

    if f(high) > wanted:
        raise ValueError(f"the {figure} leaves almost no spread; use a fixed time instead")
    if f(low) < wanted:
        raise ValueError(_TOO_FAR.format(figure=figure))
    return float(brentq(lambda x: f(x) - wanted, low, high, xtol=1e-14, rtol=1e-14))


def _triangular_moments(low: float, likely: float, high: float) -> tuple[float, float]:
    """Returns mean and standard deviation of a triangular time."""
    a, b, c = likely - low, high - likely, high - low
    return (low + likely + high) / 3.0, math.sqrt((a * a + b * b + c * c) / 36.0)


def _beta_pert_moments(low: float, likely: float, high: float) -> tuple[float, float]:
    """Returns mean and standard deviation of a beta-PERT time."""
    mean = (low + 4.0 * likely + high) / 6.0
    return mean, math.sqrt((mean - low) * (high - mean) / 7.0)


def _lognormal_moments(mu: float, sigma: float) -> tuple[float, float]:
    """Returns mean and standard deviation of a lognormal time."""
    mean = math.exp(mu + sigma * sigma / 2.0)
    return mean, mean * math.sqrt(math.expm1(sigma * sigma))


def _weibull_moments(shape: float, scale: float) -> tuple[float, float]:
    """Returns mean and standard deviation of a Weibull time."""
    mean = scale * math.exp(math.lgamma(1.0 + 1.0 / shape))
    return mean, mean * math.sqrt(max(math.expm1(_weibull_log_spread(math.log(shape))), 0.0))


_PARAMETERS: Mapping[Kind, Callable[[Distribution], tuple[float, ...]]] = {
    "fixed": _fixed,
    "uniform": _uniform,
    "triangular": _three_points,
    "exponential": _exponential,
    "erlang": _erlang,
    "gamma": _gamma,
    "lognormal": _lognormal,
    "weibull": _weibull,
    "beta_pert": _three_points,
    "normal": _normal,
    "empirical": _empirical,
}


def _longest_gamma(shape: float, scale: float) -> float:
    """Returns a bound of the longest gamma time drawn (Boucheron, Lugosi and Massart 2013, section 2.4)."""
    return scale * (shape + math.sqrt(2.0 * shape * _FARTHEST) + _FARTHEST)


_LONGEST: Mapping[Kind, Callable[..., float]] = {
    "fixed": lambda value: value,
    "uniform": lambda low, high: high,  # noqa: ARG005
    "triangular": lambda low, likely, high: high,  # noqa: ARG005
    "exponential": lambda mean: mean * _FARTHEST,
    "erlang": _longest_gamma,
    "gamma": _longest_gamma,
    "lognormal": lambda mu, sigma: math.exp(mu + sigma * _FARTHEST_NORMAL),
    "weibull": lambda shape, scale: scale * _FARTHEST ** (1.0 / shape),
    "beta_pert": lambda low, likely, high: high,  # noqa: ARG005
    "normal": lambda mu, sigma, share: max(mu, 0.0) + sigma * _FARTHEST_CUT,  # noqa: ARG005
    "empirical": lambda *values: max(values),
}
"""The longest time that is ever drawn, in days, or a bound of it."""

_MOMENTS: Mapping[Kind, Callable[..., tuple[float, float]]] = {
    "fixed": lambda value: (value, 0.0),
    "uniform": lambda low, high: ((low + high) / 2.0, (high - low) / math.sqrt(12.0)),
    "triangular": _triangular_moments,
    "exponential": lambda mean: (mean, mean),
    "erlang": lambda shape, scale: (shape * scale, math.sqrt(shape) * scale),
    "gamma": lambda shape, scale: (shape * scale, math.sqrt(shape) * scale),
    "lognormal": _lognormal_moments,
    "weibull": _weibull_moments,
    "beta_pert": _beta_pert_moments,
    "normal": _normal_moments,
    "empirical": lambda *values: (fmean(values), pstdev(values)),
}
