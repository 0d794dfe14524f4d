"""Following levels while a replication is played."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.tally.level_facts import LevelFacts
from pathway_modeller.simulation.tally.wanted import Wanted


class LevelTally:
    """Follows levels row by row."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def take(self, rows: Any, who: Any) -> None:
        """Counts some rows; see :class:`pathway_modeller.simulation.tally.tally.Tally`."""

    def finished(self) -> LevelFacts:
        """Returns what was found, once the replication has ended."""
        return LevelFacts()
