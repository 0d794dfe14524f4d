"""Short ways of writing populations, playing them, and counting people in their traces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import EntryPoint, Profile, RandomArrivals
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.population import Move, Prevention
from pathway_modeller.scenario.values import Duration, Rate
from pathway_modeller.simulation.trace import Event, Trace
from tests.engines.drawing import OUT, draw, play

YEAR = 365.25


def days(value: float) -> Duration:
    """Returns a duration in days."""
    return Duration(value=value, unit="days")


def world(people: Mapping[str, float] | Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """Returns the maps of need tiers and footprints; plain numbers are people of one footprint, "here"."""
    places: Mapping[str, Mapping[str, float]] = {
        key: value for key, value in people.items() if isinstance(value, Mapping)
    } or {"here": {key: float(value) for key, value in people.items() if not isinstance(value, Mapping)}}
    tiers = list(dict.fromkeys(tier for living in places.values() for tier in living))
    return {
        "need_tiers": {tier: NeedTier(name=tier, level=number) for number, tier in enumerate(tiers, 1)},
        "footprints": {place: Footprint(name=place, people=living) for place, living in places.items()},
    }


def populated(
    people: Mapping[str, float] | Mapping[str, Mapping[str, float]],
    moves: Mapping[str, Move],
    preventions: Mapping[str, Prevention] | None = None,
) -> Pathway:
    """Returns a pathway of people alone, without patients."""
    return draw({}, [], moves=moves, preventions=preventions or {}, **world(people))


def moving(origin: str, target: str, rate: Any, **more: Any) -> Move:
    """Returns a move from a need tier to another, at a rate a year for each person."""
    return Move(name="Move", kind="move", origin=origin, target=target, per_person=rate, **more)


def dying(origin: str, rate: float, **more: Any) -> Move:
    """Returns deaths, at a rate a year for each person."""
    return Move(name="Death", kind="death", origin=origin, per_person=rate, **more)


def born(target: str, people: float, **more: Any) -> Move:
    """Returns a fixed number of births a year."""
    return Move(name="Birth", kind="birth", target=target, people=people, **more)


def seeking(per_1000: float, profile: Profile | None = None, **more: Any) -> EntryPoint:
    """Returns an entry point with so many patients a day for every 1,000 people."""
    rate = Rate(value=per_1000, unit="per day")
    arrivals = RandomArrivals(kind="random", rate_per_1000=rate, profile=profile, **more)
    return EntryPoint(name="In", arrivals=arrivals)


def with_patients(
    people: Mapping[str, float] | Mapping[str, Mapping[str, float]],
    moves: Mapping[str, Move],
    entry: EntryPoint,
    **maps: Any,
) -> Pathway:
    """Returns a pathway on which patients come and leave at once."""
    return draw({"in": entry, "out": OUT}, ["in > out"], moves=moves, **world(people), **maps)


def at_end(trace: Trace) -> npt.NDArray[np.float64]:
    """Returns people by need tier and footprint at the end, counted from PERSON rows alone."""
    people = np.array(trace.legend.people, dtype=np.float64)
    rows = trace.event == Event.PERSON
    left, reached, place = trace.need_tier[rows], trace.units[rows], trace.footprint[rows]
    np.subtract.at(people, (left[left >= 0], place[left >= 0]), 1.0)
    np.add.at(people, (reached[reached >= 0], place[reached >= 0]), 1.0)
    return people


def ends(pathway: Pathway, length: float, replications: int) -> npt.NDArray[np.float64]:
    """Returns people at the end of many replications, (replications, tiers, footprints)."""
    return np.stack([at_end(play(pathway, length, replication=number)) for number in range(replications)])


def must_have_mean(values: Sequence[float] | npt.NDArray[np.float64], mean: float, variance: float) -> None:
    """The mean of replications is within 4 standard errors, and their variance within a half of, theory."""
    found = np.asarray(values, dtype=np.float64)
    assert abs(found.mean() - mean) <= 4.0 * np.sqrt(variance / len(found)), (found.mean(), mean)
    assert 0.5 * variance < found.var(ddof=1) < 1.5 * variance, (found.var(ddof=1), variance)
