"""What is known of a replication once it has been played, without its trace."""

from __future__ import annotations

from dataclasses import dataclass

from pathway_modeller.simulation.tally.level_facts import LevelFacts
from pathway_modeller.simulation.tally.people_facts import PeopleFacts
from pathway_modeller.simulation.trace import Legend


@dataclass(frozen=True, eq=False)
class Tallied:
    """A replication reduced while it was played.

    Attributes:
        legend: what the indices stand for.
        people: what became of patients and people.
        levels: queues, units and the number inside over time.
    """

    legend: Legend
    people: PeopleFacts
    levels: LevelFacts
