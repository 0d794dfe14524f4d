"""Figures whose intervals are known to cover less than they should, or to be wider than another way's."""

from __future__ import annotations

from collections.abc import Mapping

Key = tuple[str, str, int]
"""Kind of figure, its name, and the replications."""

_NEAR_ALL = "99% within a limit, wait, load {}, 300 patients"

BELOW: Mapping[Key, float] = {
    # Who waits too long does so in one run of ten or twenty: a few runs do not show it, nor can any way tell.
    ("share", _NEAR_ALL.format(0.67), 5): 0.767,
    ("share", _NEAR_ALL.format(0.67), 10): 0.869,
    ("share difference", _NEAR_ALL.format(0.67), 10): 0.835,
    ("share", _NEAR_ALL.format(0.91), 5): 0.217,
    ("share", _NEAR_ALL.format(0.91), 10): 0.385,
    ("share", _NEAR_ALL.format(0.91), 30): 0.716,
    ("share difference", _NEAR_ALL.format(0.91), 5): 0.239,
    ("share difference", _NEAR_ALL.format(0.91), 10): 0.412,
    ("share difference", _NEAR_ALL.format(0.91), 30): 0.767,
    # Twelve patients beyond a percentile of 150: the difference jumps from one to the next.
    ("percentile difference", "p92 of exponential times, 5 patients", 30): 0.891,
}
"""What they reach of 95%."""

_UNENDING = "a ratio to what may be near zero reaches far"
_ALONE = "patients alone are not known to be"
_OWN = "t over the runs' own medians is narrower, and covers 82% at load 0.91"

WIDE: Mapping[Key, str] = {
    ("ratio", "gammas that go together", 5): _UNENDING,
    ("ratio", "exponential over gamma", 5): _UNENDING,
    ("share", "84%, 12 patients, correlation 0.0", 5): _ALONE,
    ("share", "99%, 12 patients, correlation 0.0", 10): _ALONE,
    ("count", "0.1 a run, variance 3 x mean", 30): "the Poisson interval covers here, but not with 1 a run",
    **{
        ("percentile difference", f"p50 of {name}", runs): _OWN
        for name in ("exponential times, 20 patients", "wait, load 0.67, 10 patients")
        for runs in (5, 10, 30)
    },
}
"""Why the chosen way is more than 1.5 times as wide as the narrowest that covers the same figure."""
