"""Service times that react to pressure: rising steps, a pool that can be full, and their source."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pathway_modeller.scenario.checking.capacity import bodies, most_units
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.elements import Activity, Pressure
from pathway_modeller.scenario.moments import LONGEST_DRAWN, longest_drawn
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import pointer
from pathway_modeller.scenario.words.sentences import element_name, member_name, percentage
from pathway_modeller.scenario.words.structure import Step


def find_pressure(pathway: Pathway) -> Iterator[Finding]:
    """Yields reactions to pressure that cannot be meant so, or can never come about."""
    for identifier, activity in pathway.activities.items():
        if activity.pressure is not None:
            here: tuple[Step, ...] = ("activities", identifier, "pressure")
            yield from _steps(activity.pressure, here)
            yield from _too_long(activity, activity.pressure, here)
            yield from _idle(pathway, activity.pressure, here)


def _steps(pressure: Pressure, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields steps that are not in rising order."""
    for position, (before, after) in enumerate(itertools.pairwise(pressure.steps), 1):
        if after.full <= before.full:
            what = f"{percentage(after.full)} is not fuller than the {percentage(before.full)} before it"
            mend = "Put the steps in rising order, each once"
            yield error((*here, "steps", position, "full"), what, mend)


def _too_long(activity: Activity, pressure: Pressure, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields factors with which some time drawn could not be told."""
    most = max(step.factor for step in pressure.steps)
    for time in every_value(activity.service_time) if activity.service_time is not None else ():
        try:
            longest = longest_drawn(time)
        except ValueError:  # named with the time itself
            continue
        if longest <= LONGEST_DRAWN < longest * most:
            what = "with these factors some patients would take longer than 200 million years"
            yield error(
                here, what, "Lower the factors, or bring the figures of the service time nearer together"
            )
            return


def _idle(pathway: Pathway, pressure: Pressure, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields a reaction that changes no time, or to a pool that is never full."""
    if all(step.factor == 1 for step in pressure.steps):
        what = "it has no effect, since every factor is 1"
        yield warning((*here, "steps"), what, "Give the factors, or take it out")
    pool = pathway.pools.get(pressure.pool)
    if pool is not None and all(most_units(pool, body) is None for body in bodies(pathway, pool)):
        name = member_name(pathway, "pools", pressure.pool)
        what = f"it has no effect, since {name} has no limit and is never full"
        yield warning((*here, "pool"), what, "Give the pool its units, or take this out")


def find_sources_of_pressure(
    scenario: Scenario, pathways: Sequence[tuple[str, Pathway]]
) -> Iterator[Finding]:
    """Yields reactions to pressure of which no assumption says where the factors come from.

    Args:
        scenario: the scenario.
        pathways: the baseline and each option, by name.
    """
    places = [place for each in scenario.assumptions.values() for place in each.places]
    known = dict(pathways).get(BASELINE)
    for variant, pathway in pathways:
        for identifier, activity in pathway.activities.items():
            inherited = known is not None and known.activities.get(identifier)
            if activity.pressure is None or (
                variant != BASELINE and inherited and inherited.pressure == activity.pressure
            ):
                continue
            before: tuple[Step, ...] = ("baseline",) if variant == BASELINE else ("options", variant, "patch")
            steps = (*before, "activities", identifier, "pressure")
            if not any(_speaks_of(place, pointer(*steps)) for place in places):
                what = (
                    f"nobody says where the factors of {element_name(pathway, identifier)} come from, and "
                    "they are not a forecast of behaviour"
                )
                yield Finding("warning", steps, what, "Give their source", "file")


def _speaks_of(named: str, place: str) -> bool:
    """Tells whether a place that an assumption names is another, a part of it, or what it is a part of."""
    return named == place or named.startswith(f"{place}/") or place.startswith(f"{named}/")
