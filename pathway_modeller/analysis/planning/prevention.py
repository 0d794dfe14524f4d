"""Prevention as planning mode sees it: by how much each flow is slowed, and when that changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.planning.moves import NOWHERE, Compartments, Flow
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.traffic import value_for
from pathway_modeller.scenario.population import Prevention
from pathway_modeller.simulation.model.living_model import coverage_steps

Floats = npt.NDArray[np.float64]


def coverage_days(prevention: Prevention, until: float) -> tuple[float, ...]:
    """Returns the days before ``until`` at which the share covered changes."""
    return tuple(day for day, _ in coverage_steps(prevention, until))


def covered(prevention: Prevention, day: float) -> float:
    """Returns the share of its whole coverage that has an effect on a day, from 0 to 1, as in a run."""
    steps = coverage_steps(prevention, math.nextafter(day, math.inf))
    return steps[-1][1] if steps else 0.0


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
