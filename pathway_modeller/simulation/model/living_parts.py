"""The parts of a living population, as an engine reads them: indices, floats and tuples, frozen.

A *compartment* holds the people of one need tier in one footprint; its index is need tier x number of
footprints + footprint. A *channel* is one move in one footprint. Channels that run on the same people's time
share a *lane*, so that a change in the number of people gives one lane a new next time, not each channel.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathway_modeller.simulation.model.demand import Clock
from pathway_modeller.simulation.model.table import Table

NOBODY = -1
"""Stands for no compartment, and for no need tier: outside the population."""


@dataclass(frozen=True)
class NeedChangePart:
    """A change of a patient's need tier.

    Attributes:
        origin: need tier it changes, -1 for any.
        target: need tier after.
        share: the share of patients changed.
        cause: a :class:`~pathway_modeller.simulation.trace.NeedCause`.
    """

    origin: int
    target: int
    share: Table[float]
    cause: int


@dataclass(frozen=True)
class ChannelPart:
    """One move in one footprint.

    Attributes:
        move: index of the move in the legend.
        key: random-number key of the move.
        stream: random-number key of the need tier and footprint.
        rate: events a day for each unit of the lane's speed.
        tier: need tier left, -1 for none.
        to_tier: need tier reached, -1 for none.
        footprint: index.
        origin: compartment left, or ``NOBODY``.
        target: compartment reached, or ``NOBODY``.
    """

    move: int
    key: int
    stream: int
    rate: float
    tier: int
    to_tier: int
    footprint: int
    origin: int
    target: int


@dataclass(frozen=True)
class LanePart:
    """Channels whose intensity is the same speed times their rates.

    The speed is 1 (a fixed number of people a year) or a weighted sum of people, slowed by prevention; 0
    while fewer than one person is in the compartment left.

    Attributes:
        clock: the trend.
        weights: (compartment, weight) pairs; empty for a speed of 1.
        origin: compartment left, or ``NOBODY``.
        slowed: (prevention, reduction) pairs.
        protected: compartment whose people prevention protects.
        channels: indices, in rising order.
    """

    clock: Clock
    weights: tuple[tuple[int, float], ...]
    origin: int
    slowed: tuple[tuple[int, float], ...]
    protected: int
    channels: tuple[int, ...]


@dataclass(frozen=True)
class PreventionPart:
    """Something that slows moves.

    Attributes:
        key: random-number key.
        by_contact: whether contacts of an activity protect people one by one; else a share is covered.
        uptake: share of contacts that are taken up.
        begins, ends: contacts count from and before these days.
        lag: days from a contact to its effect.
        life: mean days for which the effect lasts; infinity if it stays.
        reach: share of each compartment's people that a whole coverage protects.
        steps: (day, part of the whole coverage from then on) of a coverage.
    """

    key: int
    by_contact: bool
    uptake: Table[float]
    begins: float
    ends: float
    lag: float
    life: float
    reach: tuple[float, ...]
    steps: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PopulationPart:
    """A living population.

    Attributes:
        people: people of each compartment at time 0.
        footprints: how many there are.
        channels: in order of move id, then footprint.
        lanes: the channels by the people's time they run on.
        lanes_of: for each compartment, the lanes whose speed its people or those protected in it change.
        preventions: in order of id.
        slows: for each prevention, the lanes it slows.
        reached_at: for each element, the preventions that its contacts bring.
    """

    people: tuple[float, ...]
    footprints: int
    channels: tuple[ChannelPart, ...]
    lanes: tuple[LanePart, ...]
    lanes_of: tuple[tuple[int, ...], ...]
    preventions: tuple[PreventionPart, ...]
    slows: tuple[tuple[int, ...], ...]
    reached_at: tuple[tuple[int, ...], ...]
