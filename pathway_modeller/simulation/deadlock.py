"""Finding a deadlock: patients who hold units and wait for units that only one another hold.

Everyone else is assumed to give up their units in time. Among those who hold and wait, whoever could then
be started is assumed to give up theirs too. Patients for whom that never comes are in a deadlock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pathway_modeller.simulation.patient import Waiting


def locked(holders: Sequence[Waiting], most_open: Callable[[int], float]) -> list[Waiting]:
    """Returns the patients in a deadlock; none if there is no deadlock.

    Args:
        holders: those who wait, hold units, and will not give up.
        most_open: the most units of a body of capacity that are open from now on.
    """
    taken: dict[int, int] = {}
    for waiting in holders:
        for held in waiting.patient.held:
            for body, units in held.needs:
                taken[body] = taken.get(body, 0) + units
    remaining = list(holders)
    while True:
        able = [waiting for waiting in remaining if _could_start(waiting, taken, most_open)]
        if not able:
            return remaining
        for waiting in able:
            for held in waiting.patient.held:
                for body, units in held.needs:
                    taken[body] -= units
        remaining = [waiting for waiting in remaining if waiting not in able]


def _could_start(waiting: Waiting, taken: dict[int, int], most_open: Callable[[int], float]) -> bool:
    """Returns whether a patient could start once all but the holders have given up their units."""
    for body, units in waiting.needs:
        given = sum(count for other, count in waiting.gives if other == body)
        if most_open(body) - taken.get(body, 0) + given < units:
            return False
    return True
