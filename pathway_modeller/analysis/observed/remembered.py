"""What is worked out of a body's open units, kept as long as these are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pathway_modeller.analysis.observed.levels import Body, Level
from pathway_modeller.analysis.observed.steps import Steps

T = TypeVar("T")


class Remembered(Generic[T]):
    """Works something out of open units, once for all replications that have the very same.

    Replications may ask from several threads at once; then it is worked out twice, and is the same.
    """

    def __init__(self, work: Callable[[Body[Level]], T]) -> None:
        """Starts with nothing.

        Args:
            work: may look at the open units of a body, and at nothing else that may differ.
        """
        self._work = work
        self._known: dict[tuple[str, str], tuple[Steps, T]] = {}

    def of(self, body: Body[Level]) -> T:
        """Returns what comes of a body's open units."""
        key = body.pool, body.footprint
        known = self._known.get(key)
        if known is None or known[0] is not body.open_units:
            known = self._known[key] = body.open_units, self._work(body)
        return known[1]
