"""An independent count of the people of a trace, row by row, against the moves that the pathway allows."""

from __future__ import annotations

from collections import Counter

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.population import Move, NeedChange
from pathway_modeller.simulation.trace import Event, NeedCause, Trace
from tests.engines.replay import Row, rows_of

Place = tuple[str, str]
"""A need tier and a footprint."""


class Census:
    """Counts the people of a trace; ``wrong`` then holds a sentence for each thing that should not be.

    Attributes:
        people: at the end, by need tier and footprint.
        came: people who were born or moved in.
        went: people who died, those who died while waiting among them, or moved out.
    """

    def __init__(self, trace: Trace, pathway: Pathway) -> None:
        self.pathway, self.legend = pathway, trace.legend
        self.people: Counter[Place] = Counter()
        for tier, row in zip(trace.legend.need_tiers, trace.legend.people, strict=False):
            for place, number in zip(trace.legend.footprints, row, strict=True):
                self.people[tier, place] = number
        self.lives = bool(trace.legend.people)
        self.wrong: list[str] = []
        self.came = self.went = 0
        self._completed: dict[int, tuple[float, str]] = {}
        for row in rows_of(trace):
            self._take(row)

    def _take(self, row: Row) -> None:
        """Takes in one row."""
        if row.event is Event.PERSON:
            self._person(row)
        elif row.event is Event.NEED_CHANGED:
            self._need(row)
        elif row.event is Event.DIED:
            moved = self._move(row.tier, None, row.place)
            self.went += moved and row.tier is not None
        elif row.event is Event.COMPLETE:
            self._completed[row.patient] = (row.time, row.element or "")
        if any(number < 0 for number in self.people.values()):
            self.wrong.append(f"day {row.time:g}: {self.people}")

    def _person(self, row: Row) -> None:
        """A person moves as one of the moves says, out of a compartment that holds one."""
        move = self.pathway.moves[self.legend.moves[row.code]]
        to = self.legend.need_tiers[row.units] if row.units >= 0 else None
        if (row.tier, to) != _ends(move) or row.patient != -1 or row.element is not None or not self.lives:
            self.wrong.append(f"day {row.time:g}: {row} is not {move}")
        if row.tier is not None and self.people[row.tier, row.place or ""] < 1:
            self.wrong.append(f"day {row.time:g}: nobody is there to move in {row}")
        self.came += row.tier is None
        self.went += to is None
        self._move(row.tier, to, row.place)

    def _need(self, row: Row) -> None:
        """A patient's need changes as the element says, at completion or on leaving."""
        assert row.element is not None
        to = self.legend.need_tiers[row.units]
        if row.code not in (NeedCause.WAITED, NeedCause.HARMED):
            fits = [each for each in self._changes(row.element) if _fits(each, row, to)]
            here = self._completed.get(row.patient) == (row.time, row.element)
            if not fits or not (here or row.element in self.pathway.exit_points):
                self.wrong.append(f"day {row.time:g}: {row} is not what {row.element} does")
        if row.tier == to:
            self.wrong.append(f"day {row.time:g}: {row} changes nothing")
        if self.people[row.tier or "", row.place or ""] >= 1:
            self._move(row.tier, to, row.place)

    def _changes(self, element: str) -> tuple[NeedChange, ...]:
        """Returns how an element changes need."""
        if element in self.pathway.exit_points:
            return self.pathway.exit_points[element].changes_need
        return self.pathway.activities[element].changes_need

    def _move(self, tier: str | None, to: str | None, place: str | None) -> bool:
        """Moves a person; returns whether there was one to move."""
        if place is None or not self.lives:
            return False
        if tier is not None and self.people[tier, place] < 1:
            return False
        if tier is not None:
            self.people[tier, place] -= 1
        if to is not None:
            self.people[to, place] += 1
        return True


def _ends(move: Move) -> tuple[str | None, str | None]:
    """Returns the need tiers that a move leaves and reaches."""
    leaves = None if move.kind in ("birth", "migration in") else move.origin
    return leaves, None if move.kind in ("death", "migration out") else move.target


def _fits(change: NeedChange, row: Row, to: str) -> bool:
    """Returns whether a change of need is what a row says."""
    cause = NeedCause(row.code).name.lower()
    return change.origin in (None, row.tier) and change.target == to and change.cause == cause
