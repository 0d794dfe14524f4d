"""What is known of levels over time: queues, units in use and open, the number inside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class LevelFacts:
    """Levels over time."""
