"""Whole units spread over footprints: by largest remainder of people, and in which turn they come."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pathway_modeller.scenario.document import Pathway


def people_of(pathway: Pathway) -> dict[str, float]:
    """Returns the people of each footprint on the start date, all need tiers together."""
    return {name: math.fsum(place.people.values()) for name, place in sorted(pathway.footprints.items())}


def spread(count: int, people: Mapping[str, float], room: Mapping[str, float]) -> dict[str, int]:
    """Returns how many of some whole units each footprint gets: largest remainders, within its room.

    Each gets the whole part of its share of the people (evenly where none has people), and what is left goes
    to the largest remainders, equal ones in order of id (Hamilton's method). Where a footprint has no room
    for its part, it gets what it has room for and the others share the rest.

    Args:
        count: how many units, not more than there is room for.
        people: people of each footprint.
        room: how many units each can take at most; infinity for no limit.
    """
    given: dict[str, int] = dict.fromkeys(people, 0)
    open_to = [name for name in sorted(people) if room[name] > 0]
    left = count
    while open_to and left > 0:
        quotas = _quotas(left, {name: people[name] for name in open_to})
        full = [name for name in open_to if quotas[name] > room[name]]
        if not full:
            return given | _rounded(left, quotas, room)
        for name in full:
            given[name] = int(room[name])
            left -= given[name]
        open_to = [name for name in open_to if name not in full]
    return given


def in_turn(given: Mapping[str, int]) -> tuple[str, ...]:
    """Returns the footprint of each unit in the order in which they come.

    At every turn comes the footprint furthest behind its part, so that it never has to give a unit back when
    one more comes to all of them.
    """
    total = sum(given.values())
    got = dict.fromkeys(sorted(given), 0)
    turns = []
    for turn in range(1, total + 1):
        behind = max(
            (name for name in got if got[name] < given[name]),
            key=lambda name: given[name] * turn - got[name] * total,
        )
        got[behind] += 1
        turns.append(behind)
    return tuple(turns)


def _quotas(count: int, people: Mapping[str, float]) -> dict[str, float]:
    """Returns each footprint's part of the units, not yet whole."""
    total = math.fsum(people.values())
    if total <= 0:
        return dict.fromkeys(people, count / len(people))
    return {name: count * number / total for name, number in people.items()}


def _rounded(count: int, quotas: Mapping[str, float], room: Mapping[str, float]) -> dict[str, int]:
    """Returns whole parts, the rest going to the largest remainders that have room."""
    whole = {name: math.floor(quota + 1e-9) for name, quota in quotas.items()}
    order = sorted(quotas, key=lambda name: (whole[name] - quotas[name], name))
    left = count - sum(whole.values())
    while left > 0:
        for name in order:
            if left > 0 and whole[name] < room[name]:
                whole[name] += 1
                left -= 1
    return whole
