"""Prevention as planning mode sees it: by how much each flow is slowed, and when that changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.planning_moves import NOWHERE, Compartments, Flow
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.population import Prevention
from pathway_modeller.scenario.traffic import value_for
from pathway_modeller.scenario.values import DAYS_PER

Floats = npt.NDArray[np.float64]

MONTH = DAYS_PER["months"]
"""Days between two steps of a coverage that grows or fades."""


def coverage_days(prevention: Prevention, until: float) -> tuple[float, ...]:
    """Returns the days before ``until`` at which the share covered changes."""
    starts = prevention.starts_after.days + prevention.lag.days
    found = [starts + MONTH * step for step in range(math.ceil(prevention.ramp.days / MONTH) or 1)]
    if prevention.ends_after is not None:
        ends = prevention.ends_after.days + prevention.lag.days
        found = [day for day in found if day < ends]
        steps = 1 if prevention.half_life is None else max(math.ceil((until - ends) / MONTH), 0)
        found += [ends + MONTH * step for step in range(steps)]
    return tuple(day for day in found if day < until)


def covered(prevention: Prevention, day: float) -> float:
    """Returns the share of its whole coverage that has an effect on a day, from 0 to 1.

    It grows by equal parts at the end of each month of the ramp begun, and from the end on halves in each
    half-life, month by month; without a half-life it stops.
    """
    starts = prevention.starts_after.days + prevention.lag.days
    if prevention.ends_after is None:
        return _grown(prevention, day - starts)
    ends = prevention.ends_after.days + prevention.lag.days
    if day < ends:
        return _grown(prevention, day - starts)
    if prevention.half_life is None:
        return 0.0
    months = math.floor((day - ends) / MONTH) + 1
    return _grown(prevention, ends - starts) * 0.5 ** (months * MONTH / prevention.half_life.days)


def _grown(prevention: Prevention, since: float) -> float:
    """Returns the share reached so many days after the beginning."""
    if since < 0:
        return 0.0
    steps = math.ceil(prevention.ramp.days / MONTH) or 1
    return min((math.floor(since / MONTH) + 1) / steps, 1.0)


@dataclass(frozen=True)
class Slowing:
    """How one prevention slows one flow.

    Attributes:
        prevention: its id.
        flow: index of the flow.
        reduction: share by which those protected are slower.
        reach: share of the compartment's people that a whole coverage protects; for prevention by an
            activity, the share of contacts that are taken up.
        place: compartment whose people are protected.
    """

    prevention: str
    flow: int
    reduction: float
    reach: float
    place: int


def slowings(
    pathway: Pathway, compartments: Compartments, flows: tuple[Flow, ...], *, by_activity: bool
) -> tuple[Slowing, ...]:
    """Returns how preventions by an activity, or by coverage, slow flows."""
    found = []
    for identifier, prevention in sorted(pathway.preventions.items()):
        if (prevention.activity is not None) != by_activity:
            continue
        for number, flow in enumerate(flows):
            reduction = prevention.slows.get(flow.move, 0.0)
            place = flow.source if flow.source != NOWHERE else flow.target
            if reduction > 0 and place != NOWHERE:
                uptake = value_for(prevention.uptake, compartments.groups(place))
                reach = uptake * (1.0 if by_activity else prevention.coverage or 0.0)
                found.append(Slowing(identifier, number, reduction, reach, place))
    return tuple(found)


def coverage_factors(
    pathway: Pathway, slowed: tuple[Slowing, ...], flows: tuple[Flow, ...], day: float
) -> Floats:
    """Returns the factor by which coverage slows each flow on a day, shape (flows,)."""
    factors = np.ones(len(flows))
    shares = {each: covered(pathway.preventions[each], day) for each in {one.prevention for one in slowed}}
    for one in slowed:
        factors[one.flow] *= 1.0 - one.reduction * one.reach * shares[one.prevention]
    return factors
