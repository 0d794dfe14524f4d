"""Which clocks of a standard people on today's lists carry, told by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.graph import Way, ways
from pathway_modeller.scenario.people import Standard

Carried = Literal["running", "stopped"]
"""The clock of a standard that those who stand somewhere carry, if any."""


def carried(pathway: Pathway, standard: Standard) -> dict[str, Carried]:
    """Returns the clock that those waiting today at each activity carry; none where it has not started.

    What the list says itself (``Today.clocks``) holds. Else it runs where they can have come from a start of
    the standard without its stop; it was stopped where they can have come from a stop, and neither that
    way nor from outside without passing a start.
    """
    places = Stages.of(pathway, standard)
    found: dict[str, Carried] = {}
    for activity in pathway.activities:
        today = pathway.today.get(activity)
        said = today.clocks if today is not None else None
        if said == "stopped" and activity in places.after | places.between:
            found[activity] = "stopped"
        elif activity in places.between:
            found[activity] = "running"
        elif activity in places.after and activity not in places.before:
            found[activity] = "stopped"
    return found


@dataclass(frozen=True)
class Stages:
    """Where patients can be before, while and after a standard's clock runs; an element may be in several.

    Attributes:
        before: reached from outside without passing a start.
        between: starts, and what is reached from them without an attended stop.
        after: reached from an attended stop.
    """

    before: frozenset[str]
    between: frozenset[str]
    after: frozenset[str]

    @classmethod
    def of(cls, pathway: Pathway, standard: Standard) -> Stages:
        """Returns the stages of a standard's clock."""
        out: dict[str, list[Way]] = {}
        for way in ways(pathway):
            out.setdefault(way.origin, []).append(way)
        starts, stops = frozenset(standard.starts_at), frozenset(standard.stops_at)
        onward = {
            origin: [way.target for way in each if origin not in stops or way.kind not in _ATTENDED]
            for origin, each in out.items()
        }
        behind = [way.target for each in stops for way in out.get(each, ()) if way.kind in _ATTENDED]
        every = {origin: [way.target for way in each] for origin, each in out.items()}
        up_to = {
            origin: [target for target in targets if target not in starts]
            for origin, targets in every.items()
        }
        first = [each for each in pathway.entry_points if each not in starts]
        return cls(_reached(first, up_to), _reached(starts, onward), _reached(behind, every))


_ATTENDED = ("arrow", "advice")
"""Ways on which only those are who have been seen."""


def _reached(first: Iterable[str], onward: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Returns what is reached from some elements, themselves included."""
    found, ahead = set(first), list(first)
    while ahead:
        new = [each for each in onward.get(ahead.pop(), ()) if each not in found]
        found.update(new)
        ahead += new
    return frozenset(found)
