"""Levels over time, worked out from a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.simulation.tally.level_facts import LevelFacts

if TYPE_CHECKING:
    from pathway_modeller.analysis.observed import Observed


def levels_from(observed: Observed) -> LevelFacts:
    """Returns the levels of a replication whose trace was kept."""
    return LevelFacts()
