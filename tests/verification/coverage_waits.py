"""Many experiments on waits and times of patients, of which the truth is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Arrays = tuple[npt.NDArray[Any], ...]

RUNS = (5, 10, 30)
"""Replications of an experiment."""

CHUNK = 200
"""Experiments drawn at once, for the memory they take."""

WARM_UP = 200
"""Patients who come before those that count."""

LEVELS = (0.5, 0.92)
"""Percentiles: the median, and the one of the standard."""


@dataclass(frozen=True)
class Sample:
    """Many experiments on one figure.

    Attributes:
        kind: of figure, a key of ``coverage_candidates.CANDIDATES``.
        name: of the figure and where it is from.
        truth: what intervals should cover.
        arrays: what the kind is found from, each of shape (experiments, replications, ...).
        level: of a percentile, or NaN.
    """

    kind: str
    name: str
    truth: float
    arrays: Arrays
    level: float = np.nan


Source = Callable[[int, int, int], Iterator[Sample]]
"""Draws samples from (experiments, replications behind a truth, seed)."""


def queues(
    rng: np.random.Generator, size: int, load: float, patients: int, quicker: float
) -> tuple[Floats, Floats]:
    """Returns waits at one server, and at one who is a little quicker, on the same random numbers.

    Lindley's recursion: wait = max(0, wait before + service - time to the next arrival), from an empty queue;
    mean service is 1. Shapes (size, patients).
    """
    kept = np.zeros((2, patients, size), dtype=np.float32)
    wait = np.zeros((2, size), dtype=np.float32)
    share = np.array([[1.0], [quicker]], dtype=np.float32)
    for patient in range(WARM_UP + patients):
        if patient >= WARM_UP:
            kept[:, patient - WARM_UP] = wait
        service = rng.standard_exponential(size, dtype=np.float32)
        gap = rng.standard_exponential(size, dtype=np.float32) / np.float32(load)
        wait = np.maximum(wait + share * service - gap, 0)
    return kept[0].T.astype(np.float64), kept[1].T.astype(np.float64)


def queue(load: float, patients: int = 300, quicker: float = 0.98, only_percentiles: bool = False) -> Source:
    """Returns a source of waits: mean, median, 92nd percentile, shares near 84% and 99%, and differences."""

    def draw(experiments: int, behind: int, seed: int) -> Iterator[Sample]:
        slow, quick = queues(np.random.default_rng([seed, 1]), behind, load, patients, quicker)
        within = tuple(np.quantile(slow, (0.84, 0.99)))
        truths = _facts(slow, within), _facts(quick, within)
        del slow, quick
        rng, label = np.random.default_rng([seed, 2]), f"wait, load {load}, {patients} patients"
        for begin in range(0, experiments, CHUNK):
            size = min(CHUNK, experiments - begin)
            both = queues(rng, size * RUNS[-1], load, patients, quicker)
            waits = tuple(each.reshape(size, RUNS[-1], patients) for each in both)
            yield from _of_waits(label, waits, truths, within, only_percentiles)

    return draw


def _facts(waits: Floats, within: tuple[float, ...]) -> Mapping[str, float]:
    """Mean, percentiles and shares of all."""
    shares = {f"{limit}": float((waits <= limit).mean()) for limit in within}
    return {"mean": float(waits.mean()), **{f"{p}": float(np.quantile(waits, p)) for p in LEVELS}, **shares}


def _of_waits(
    label: str,
    waits: tuple[Floats, ...],
    truths: tuple[Mapping[str, float], ...],
    within: tuple[float, ...],
    only_percentiles: bool,
) -> Iterator[Sample]:
    """Yields every figure of some waits, and its difference."""
    (slow, quick), (first, second) = waits, truths
    for level in LEVELS:
        name, key = f"p{level * 100:.0f} of {label}", f"{level}"
        yield Sample("percentile", name, first[key], (slow,), level)
        yield Sample("percentile difference", name, second[key] - first[key], (quick, slow), level)
    if only_percentiles:
        return
    means = slow.mean(axis=2), quick.mean(axis=2)
    yield Sample("mean", f"mean {label}", first["mean"], means[:1])
    yield Sample("mean difference", f"mean {label}", second["mean"] - first["mean"], means[::-1])
    everyone = np.full(slow.shape[:2], float(slow.shape[2]))
    for limit, share in zip(within, (84, 99), strict=True):
        name, key = f"{share}% within a limit, {label}", f"{limit}"
        one, two = ((each <= limit).sum(axis=2).astype(float) for each in (slow, quick))
        yield Sample("share", name, first[key], (one, everyone))
        yield Sample("share difference", name, second[key] - first[key], (two, everyone, one, everyone))


def few_patients(patients: int) -> Source:
    """Returns a source of percentiles of exponential times, few a run; the option draws a tenth anew."""

    def pair(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
        times = rng.exponential(size=shape)
        return times, 0.9 * times + 0.1 * rng.exponential(size=shape)

    def draw(experiments: int, behind: int, seed: int) -> Iterator[Sample]:
        facts = tuple(_facts(each, ()) for each in pair(np.random.default_rng([seed, 3]), (behind * 100,)))
        rng, label = np.random.default_rng([seed, 4]), f"exponential times, {patients} patients"
        for begin in range(0, experiments, CHUNK):
            times = pair(rng, (min(CHUNK, experiments - begin), RUNS[-1], patients))
            yield from _of_waits(label, times, facts, (), True)

    return draw
