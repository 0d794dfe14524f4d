"""The population's yearly flows as planning mode sees them: expected people a day between compartments."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.traffic import value_for
from pathway_modeller.scenario.population import Move, Trend
from pathway_modeller.scenario.values import DAYS_PER_YEAR

Floats = npt.NDArray[np.float64]

NOWHERE = -1
"""Stands for a compartment outside the population, and for a flow that nobody's number drives."""


@dataclass(frozen=True)
class Compartments:
    """The compartments that people are counted in: need tier and footprint, tier by tier.

    Attributes:
        need_tiers: ids, in rising order.
        footprints: ids, in rising order.
    """

    need_tiers: tuple[str, ...]
    footprints: tuple[str, ...]

    @classmethod
    def of(cls, pathway: Pathway) -> Compartments:
        """Returns the compartments of a pathway."""
        return cls(tuple(sorted(pathway.need_tiers)), tuple(sorted(pathway.footprints)))

    def __len__(self) -> int:
        return len(self.need_tiers) * len(self.footprints)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The (need tier, footprint) of each compartment."""
        return tuple((tier, footprint) for tier in self.need_tiers for footprint in self.footprints)

    def place(self, need_tier: str | None, footprint: str) -> int:
        """Returns the index of a compartment, ``NOWHERE`` for no tier."""
        if need_tier is None:
            return NOWHERE
        tier = self.need_tiers.index(need_tier)
        return tier * len(self.footprints) + self.footprints.index(footprint)

    def groups(self, place: int) -> dict[str, str]:
        """Returns the groups of the people of a compartment."""
        tier, footprint = self.pairs[place]
        return {"need_tier": tier, "footprint": footprint}

    def people(self, pathway: Pathway) -> Floats:
        """Returns the people of each compartment on the start date."""
        held = [pathway.footprints[footprint].people.get(tier, 0.0) for tier, footprint in self.pairs]
        return np.array(held, dtype=np.float64)


@dataclass(frozen=True)
class Flow:
    """One flow of people, before prevention.

    Attributes:
        move: id of the move it belongs to.
        source: compartment that loses people, or ``NOWHERE``.
        target: compartment that gains them, or ``NOWHERE``.
        driver: compartment whose people it is proportional to, or ``NOWHERE`` for a fixed number.
        per_day: people a day, for each person of the driver if there is one.
        trend: how it changes from year to year.
    """

    move: str
    source: int
    target: int
    driver: int
    per_day: float
    trend: Trend | None

    def rate(self, year: int) -> float:
        """Returns ``per_day`` in a year, 0 for the first."""
        return self.per_day * (1.0 if self.trend is None else self.trend.factor(year))


def flows(pathway: Pathway, compartments: Compartments) -> tuple[Flow, ...]:
    """Returns every flow that the moves of a pathway make."""
    return tuple(
        flow
        for identifier, move in sorted(pathway.moves.items())
        for footprint in compartments.footprints
        for flow in _flows(identifier, move, pathway, compartments, footprint)
        if flow.per_day > 0
    )


def _flows(
    identifier: str, move: Move, pathway: Pathway, compartments: Compartments, footprint: str
) -> Iterator[Flow]:
    """Yields the flows of a move in a footprint: one, or for births per person one for each tier there."""
    source = compartments.place(move.origin, footprint)
    target = compartments.place(move.target, footprint)
    if move.people is not None:
        share = footprint_shares(pathway, move).get(footprint, 0.0)
        yield Flow(identifier, source, target, NOWHERE, move.people * share / DAYS_PER_YEAR, move.trend)
    elif move.per_person is not None:
        everyone = [compartments.place(tier, footprint) for tier in compartments.need_tiers]
        for driver in everyone if source == NOWHERE else (source,):
            rate = value_for(move.per_person, compartments.groups(driver)) / DAYS_PER_YEAR
            yield Flow(identifier, source, target, driver, rate, move.trend)


def footprint_shares(pathway: Pathway, move: Move) -> dict[str, float]:
    """Returns the share of each footprint in a move's people a year.

    Where none are given they follow the people of the tier on the start date; where the tier has none then,
    all people.
    """
    if move.footprints:
        return dict(move.footprints)
    tier = move.origin if move.origin is not None else move.target
    for tiers in ((tier,), tuple(pathway.need_tiers)):
        living = {
            identifier: math.fsum(place.people.get(each, 0.0) for each in tiers if each is not None)
            for identifier, place in pathway.footprints.items()
        }
        total = math.fsum(living.values())
        if total > 0:
            return {identifier: count / total for identifier, count in living.items()}
    return {identifier: 1.0 / len(pathway.footprints) for identifier in pathway.footprints}
