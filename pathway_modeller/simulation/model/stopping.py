"""What stops a run: the sentences that say why, and what is known of deadlocks beforehand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from pathway_modeller.scenario.words.sentences import listed, quoted
from pathway_modeller.simulation.model.dates import UNLIMITED
from pathway_modeller.simulation.model.parts import Model

MOST_MOVES = 1000
"""Moves of a patient without time passing from which on the instant is taken to last for ever."""


def no_way_on_sentence(name: str, now: float) -> str:
    """Returns what is wrong where a patient leaves an element and no arrow takes them."""
    return (
        f'On day {now:.2f} a patient leaves "{name}" and no condition of its arrows '
        "holds; add an arrow without a condition."
    )


def endless_sentence(name: str, now: float) -> str:
    """Returns what is wrong where a patient moves for ever without time passing."""
    return (
        f"On day {now:.2f} a patient goes round and round through "
        f'"{name}" without any time passing; give one element of that '
        "loop a time above zero."
    )


def locked_sentence(model: Model, locked: Iterable[tuple[Iterable[int], int]], now: float) -> str:
    """Names a deadlock.

    Args:
        model: gives the names.
        locked: of each patient in it, the bodies of capacity held, and the activity waited for meanwhile.
        now: when, in days.
    """
    alike = Counter(
        (tuple(sorted({model.pool_names[body] for body in held})), model.names[activity])
        for held, activity in locked
    )
    parts = [
        f"{patients} {'patients hold' if patients > 1 else 'patient holds'} "
        f"{listed([quoted(name) for name in held])} and {'wait' if patients > 1 else 'waits'} for "
        f"{quoted(activity)}"
        for (held, activity), patients in sorted(alike.items())
    ]
    return (
        f"On day {now:.2f} the pathway locks for ever: {'; '.join(parts)}. Give one of these more capacity, "
        "or let it release its capacity on completion."
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


def highest_from(changes: tuple[tuple[float, int], ...], most: float) -> tuple[list[float], list[float]]:
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
