"""Reducing a replication while it is played."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.numba_inside.table_types import shown
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.event_effects import NOTHING, what_events_do
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.tally.levels import LevelTally
from pathway_modeller.simulation.tally.people import PeopleTally
from pathway_modeller.simulation.tally.people_events import ASIDE, PAUSE_ENDS, meanings
from pathway_modeller.simulation.tally.rows import count_rows
from pathway_modeller.simulation.tally.tally_request import Wanted
from pathway_modeller.simulation.trace import Event


class Tally:
    """Takes the rows of one replication in the order of happening, and keeps none of them."""

    def __init__(self, wanted: Wanted, memory: Memory | None = None) -> None:
        """Begins with nothing counted.

        Args:
            wanted: what is to be counted.
            memory: lends what large numbers of figures need, to one replication after another.
        """
        self._legend, self._has_pauses = wanted.legend, bool(wanted.pauses.any())
        self._people = PeopleTally(wanted, memory or Memory())
        self._levels = LevelTally(wanted)

    @property
    def counted(self) -> frozenset[Event]:
        """The events that change any figure; rows of others need not be taken."""
        people, levels = meanings(), what_events_do()
        pauses = PAUSE_ENDS if self._has_pauses else ()
        return frozenset(
            event
            for event in Event
            if not people[event] & ASIDE or levels[event] != NOTHING or event in pauses
        )

    def take(self, rows: Any, who: Any) -> None:
        """Counts some rows; nothing of the arrays is kept.

        Args:
            rows: of the type :data:`pathway_modeller.simulation.record.ROW`, in the order of happening.
            who: int64, for each row a small number of its patient, used again for another patient only
                after the last row of the former; -1 for rows of capacity and of the population.
        """
        given, number, done = shown(rows), len(rows), 0
        while (done := count_rows(self._people.where, self._levels.where, given, who, done)) < number:
            if not self._people.make_room(int(who.max()) + 1):
                self._levels.make_room(rows[done])

    def finished(self) -> Tallied:
        """Returns what was found, once the replication has ended; good until it is handed back."""
        levels = self._levels.finished(self._people.where)
        return Tallied(self._legend, self._people.finished(), levels)

    def hand_back(self) -> None:
        """Gives the memory back in which what was found stands, of which nothing is looked at any more."""
        self._people.hand_back()
