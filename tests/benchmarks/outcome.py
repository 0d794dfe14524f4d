"""What an implementation found: every wait at every station, and whether it is right.

Standard errors come from the means of equal stretches of time (batch means), after the first part of the run.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

BATCHES = 40
WARM_UP = 21
"""The first part of so many of the run is left out, so that 42 weeks (times a number) give whole weeks."""
MOST_ERRORS = 4.0
"""So many standard errors a figure may lie from what it should be."""


class Wrong(Exception):  # noqa: N818 - says what the implementation is
    """An implementation does not do the work that is measured."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """Waits by group (a station; a class at an activity).

    Attributes:
        days: length of the run.
        starts: times at which services began, by group.
        waits: how long each of them had waited, days.
    """

    days: float
    starts: Mapping[str, Floats]
    waits: Mapping[str, Floats]

    @property
    def services(self) -> int:
        """How many services began."""
        return sum(len(each) for each in self.starts.values())

    def estimates(self) -> dict[str, tuple[float, float]]:
        """Returns mean wait and starts a day of each group, each with its standard error."""
        found = {}
        edges = np.linspace(self.days / WARM_UP, self.days, BATCHES + 1)
        for group, starts in self.starts.items():
            order = np.argsort(starts, kind="stable")
            cuts = np.searchsorted(starts[order], edges)
            waits = self.waits[group][order]
            pieces = [waits[low:high] for low, high in itertools.pairwise(cuts)]
            means = np.array([piece.mean() if len(piece) else 0.0 for piece in pieces])
            rates = np.array([len(piece) for piece in pieces]) / (edges[1] - edges[0])
            found[f"wait {group}"] = (float(waits[cuts[0] : cuts[-1]].mean()), _error(means))
            found[f"throughput {group}"] = (float(rates.mean()), _error(rates))
        return found


def _error(batches: Floats) -> float:
    """Returns the standard error of a mean of batches."""
    return float(batches.std(ddof=1) / np.sqrt(len(batches)))


def against_theory(found: Outcome, exact: Mapping[str, float]) -> float:
    """Returns the largest distance from theory in standard errors.

    Raises:
        Wrong: it is more than :data:`MOST_ERRORS`.
    """
    estimates = found.estimates()
    return _judged({each: _distance(estimates[each], (value, 0.0)) for each, value in exact.items()})


def against_another(found: Outcome, other: Outcome) -> float:
    """Returns the largest distance from another implementation in standard errors of the difference.

    Raises:
        Wrong: it is more than :data:`MOST_ERRORS`.
    """
    one, two = found.estimates(), other.estimates()
    return _judged({each: _distance(one[each], two[each]) for each in two})


def the_same(found: Outcome, other: Outcome) -> bool:
    """Tells whether two implementations found the same waits, to the last bit."""
    return all(
        np.array_equal(np.sort(found.waits[group]), np.sort(other.waits[group])) for group in other.waits
    )


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Returns how far apart two estimates are, in standard errors."""
    return abs(one[0] - two[0]) / max(float(np.hypot(one[1], two[1])), 1e-12)


def _judged(distances: Mapping[str, float]) -> float:
    """Returns the largest distance."""
    worst = max(distances, key=lambda each: distances[each])
    if not distances[worst] <= MOST_ERRORS:
        raise Wrong(f"{worst} lies {distances[worst]:.1f} standard errors from what it should be")
    return distances[worst]


def outcome_of(
    days: float, groups: Sequence[str], starts: Sequence[object], waits: Sequence[object]
) -> Outcome:
    """Returns the outcome of lists that stand in the order of the groups."""
    return Outcome(
        days,
        {group: np.asarray(each, dtype=np.float64) for group, each in zip(groups, starts, strict=True)},
        {group: np.asarray(each, dtype=np.float64) for group, each in zip(groups, waits, strict=True)},
    )
