"""How long a warm-up period should be: the MSER-5 rule.

K. Preston White Jr, "An effective truncation heuristic for bias reduction in simulation output", Simulation
1997; 69: 323-334: of all beginnings that could be cut off, cut the one that leaves the smallest standard
error of the mean of the rest, taken over means of five observations each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BATCH = 5
"""Observations in each batch mean."""


@dataclass(frozen=True)
class WarmUpSuggestion:
    """A suggested warm-up period.

    Attributes:
        days: the suggestion, in days from the start; NaN where none can be given.
        settled: False where the rule would cut half of the run or more (then the run is too short to see
            the pathway settle, or it never does), or where there are fewer than two batches.
    """

    days: float
    settled: bool


def suggest_warm_up(times: npt.ArrayLike, values: npt.ArrayLike) -> WarmUpSuggestion:
    """Returns the warm-up period that MSER-5 suggests.

    Args:
        times: when each step begins, in days, evenly spaced, shape (steps,).
        values: the number of patients on the pathway in each step, averaged over replications.

    Raises:
        ValueError: times and values have different lengths.
    """
    begins = np.asarray(times, dtype=np.float64)
    numbers = np.asarray(values, dtype=np.float64)
    if begins.shape != numbers.shape:
        raise ValueError(f"{len(begins)} times do not fit {len(numbers)} values")
    batches = len(numbers) // BATCH
    if batches < 2:
        return WarmUpSuggestion(float("nan"), False)
    means = numbers[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    cut = int(np.argmin(_squared_errors(means)))
    if 2 * cut >= batches:
        return WarmUpSuggestion(float("nan"), False)
    return WarmUpSuggestion(float(begins[cut * BATCH]), True)


def _squared_errors(means: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The squared standard error left after cutting 0, 1, 2, ... batches; at least two stay.

    Sums run from the end over deviations from the last batch, so that nothing large is subtracted.
    """
    left = np.arange(len(means), 0, -1, dtype=np.float64)
    deviations = means - means[-1]
    total = np.cumsum(deviations[::-1])[::-1]
    squares = np.cumsum((deviations * deviations)[::-1])[::-1]
    errors: npt.NDArray[np.float64] = np.maximum(squares - total * total / left, 0.0) / (left * left)
    return errors[:-1]
