"""Counting patients and people while a replication is played."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.tally.people_facts import PeopleFacts
from pathway_modeller.simulation.tally.wanted import Wanted


class PeopleTally:
    """Counts patients and people row by row."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def take(self, rows: Any, who: Any) -> None:
        """Counts some rows; see :class:`pathway_modeller.simulation.tally.tally.Tally`."""

    def finished(self) -> PeopleFacts:
        """Returns what was found, once the replication has ended."""
        return PeopleFacts()
