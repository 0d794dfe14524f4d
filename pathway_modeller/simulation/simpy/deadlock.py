"""Finding a deadlock: patients who hold units and wait for units that only one another hold.

Everyone else is assumed to give up their units in time. Among those who hold and wait, whoever could then
be started is assumed to give up theirs too. Patients for whom that never comes are in a deadlock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence, Set

from pathway_modeller.simulation.model.dates import UNLIMITED
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.simpy.attendance import is_there
from pathway_modeller.simulation.simpy.patient import Waiting


class DeadlockWatch:
    """Looks for deadlocks among those who wait while they hold units."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._highest = [
            _highest_from(changes, later)
            for changes, later in zip(model.capacity, model.open_later, strict=True)
        ]
        self._places_needed = places_are_needed(model)

    def look(self, holders: Sequence[Waiting], now: float) -> None:
        """Looks for a deadlock.

        Args:
            holders: everyone who waits while holding units.
            now: the time in days.

        Raises:
            SimulationStopped: some of them wait for one another for ever.
        """
        if self._only_on_caseloads(holders):
            return
        lasting = [waiting for waiting in holders if not waiting.restless]
        stuck = locked(lasting, lambda body: self._most_open(body, now)) if lasting else []
        if stuck:
            raise SimulationStopped(self._sentence(stuck, now))

    def _only_on_caseloads(self, holders: Sequence[Waiting]) -> bool:
        """Returns whether nothing is held but caseload places, and nothing but a caseload needs those."""
        return not self._places_needed and not any(is_there(waiting.patient) for waiting in holders)

    def _most_open(self, body: int, now: float) -> float:
        """Returns the most units of a body that are open now or later, after the run included."""
        times, highest = self._highest[body]
        return highest[max(bisect_right(times, now) - 1, 0)]

    def _sentence(self, stuck: list[Waiting], now: float) -> str:
        """Names a deadlock."""
        held = {
            (body, waiting.activity)
            for waiting in stuck
            for held in waiting.patient.held
            for body, _ in held.needs
        }
        return locked_sentence(self._model, len(stuck), held, now)


def locked_sentence(model: Model, patients: int, held: Set[tuple[int, int]], now: float) -> str:
    """Names a deadlock.

    Args:
        model: gives the names.
        patients: how many are in it.
        held: bodies of capacity that they hold, each with an activity for which they wait meanwhile.
        now: when, in days.
    """
    parts = sorted(
        {
            f'hold "{model.pool_names[body]}" while they wait for "{model.names[activity]}"'
            for body, activity in held
        }
    )
    return (
        f"On day {now:.2f} the pathway locks for ever: {patients} patients "
        f"{', and others '.join(parts)}. Give one of these more capacity, or let it release its "
        "capacity on completion."
    )


def places_are_needed(model: Model) -> bool:
    """Returns whether an activity or a stay needs units that are places on a caseload."""
    activities = [activity for activity in model.activities if activity is not None]
    needs = [*(activity.needs for activity in activities), *(stay.needs for stay in model.stays)]
    needed = {body for pools in needs for pool in pools for body in pool.bodies}
    places = {
        body
        for activity in activities
        if activity.caseload is not None
        for body in activity.caseload.place.bodies
    }
    return not needed.isdisjoint(places)


def locked(holders: Sequence[Waiting], most_open: Callable[[int], float]) -> list[Waiting]:
    """Returns the patients in a deadlock; none if there is no deadlock.

    Args:
        holders: those who wait, hold units, and will not give up.
        most_open: the most units of a body of capacity that are open from now on.
    """
    taken: dict[int, int] = {}
    for waiting in holders:
        _count(taken, waiting, 1)
    remaining = list(holders)
    while remaining:
        stuck = [waiting for waiting in remaining if not _could_start(waiting, taken, most_open)]
        if len(stuck) == len(remaining):
            break
        for waiting in remaining:
            if waiting not in stuck:
                _count(taken, waiting, -1)
        remaining = stuck
    return remaining


def _count(taken: dict[int, int], waiting: Waiting, sign: int) -> None:
    """Adds a patient's held units to those taken, or takes them off."""
    for held in waiting.patient.held:
        for body, units in held.needs:
            taken[body] = taken.get(body, 0) + sign * units


def _could_start(waiting: Waiting, taken: dict[int, int], most_open: Callable[[int], float]) -> bool:
    """Returns whether a patient could start once all but the holders have given up their units."""
    for body, units in waiting.needs:
        given = sum(count for other, count in waiting.gives if other == body)
        if most_open(body) - taken.get(body, 0) + given < units:
            return False
    return True


def _highest_from(changes: tuple[tuple[float, int], ...], most: float) -> tuple[list[float], list[float]]:
    """Returns, for each change of capacity, its time and the most units open from then on.

    Args:
        changes: the changes within the run, as (time, open units).
        most: the most units open after the run.
    """
    highest: list[float] = []
    for _, units in reversed(changes):
        most = max(most, math.inf if units == UNLIMITED else units)
        highest.append(most)
    return [time for time, _ in changes], highest[::-1]
