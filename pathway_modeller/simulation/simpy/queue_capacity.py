"""Room to wait: how many wait where, and who finds no place."""

from __future__ import annotations

import math

from pathway_modeller.simulation.model.parts import FOOTPRINT, ActivityPart, Model
from pathway_modeller.simulation.simpy.patient import Waiting

Room = tuple[int, int]
"""An activity, and the footprint whose room it is (-1 where all share it)."""


class Rooms:
    """Counts who waits in each room; patients who wait in a place they hold elsewhere take none."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._taken: dict[Room, int] = {}
        self._newcomers: dict[Room, list[Waiting]] = {}
        self._instant = -math.inf

    def enter(self, waiting: Waiting, activity: ActivityPart, newcomer: bool) -> None:
        """Counts a patient in; only newcomers can be turned away."""
        if activity.room is None or waiting.exempt:
            return
        room = _room(waiting, activity)
        self._taken[room] = self._taken.get(room, 0) + 1
        if newcomer:
            if waiting.joined != self._instant:
                self._instant, self._newcomers = waiting.joined, {}
            self._newcomers.setdefault(room, []).append(waiting)

    def leave(self, waiting: Waiting, activity: ActivityPart) -> None:
        """Counts a patient out."""
        if activity.room is not None and not waiting.exempt:
            self._taken[_room(waiting, activity)] -= 1

    def without_place(self, now: float) -> list[Waiting]:
        """Returns the newcomers of this instant who find no place, the last in queue order first."""
        found: list[Waiting] = []
        rooms = self._newcomers if now == self._instant else {}
        for room in sorted(rooms):
            activity = self._model.activities[room[0]]
            places = activity.room if activity is not None and activity.room is not None else 0
            excess = max(self._taken[room] - places, 0)
            left = [each for each in rooms[room] if not each.left]
            found += sorted(left, key=lambda each: each.place, reverse=True)[:excess]
        return found


def _room(waiting: Waiting, activity: ActivityPart) -> Room:
    """Returns the room in which a patient waits."""
    return waiting.activity, waiting.patient.groups[FOOTPRINT] if activity.room_per_footprint else -1
