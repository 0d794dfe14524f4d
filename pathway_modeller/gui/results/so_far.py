"""Results while a run goes on: when they are worked out, and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathway_modeller.experiment.results.results import Provenance

FEWEST = 3
"""Replications of every variant from which there is an answer: two have an interval that says nothing."""

_SOONEST = 1.0
"""Seconds after the start of a run before which its results are not worked out: it may be done by then."""

_GROWTH = 2
"""So many times as many replications make results worth showing again."""

_APART = 2.0
"""Seconds between two answers."""


class Turns:
    """Says when the results of a run are worked out in its midst."""

    def __init__(self, asked: int, clock: Callable[[], float]) -> None:
        """Starts.

        Args:
            asked: replications asked for.
            clock: gives seconds that do not go back.
        """
        self._asked = asked
        self._clock = clock
        self._next = FEWEST
        self._soonest = clock() + _SOONEST

    def is_due(self, counted: int) -> bool:
        """Whether results of so many replications are to be shown; the next ones are due later then."""
        now = self._clock()
        if not self._next <= counted < self._asked or now < self._soonest:
            return False
        self._next, self._soonest = _GROWTH * counted, now + _APART
        return True


def so_far_words(provenance: Provenance, *, running: bool) -> str:
    """Returns what results of fewer replications than planned are called; "" if all are there."""
    if provenance.finished:
        return ""
    number = f"{provenance.replications:,} of {provenance.asked:,}"
    return f"{number}, provisional" if running else f"Stopped at {number}"
