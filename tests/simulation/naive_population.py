"""The population's rules played naively: every channel by itself, every time worked out anew.

Nothing is shared with the engine but the compiled parts and the addressed uniforms. Only moves happen here:
no patients and no prevention.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.living_parts import ChannelPart, LanePart, PopulationPart
from pathway_modeller.simulation.model.parts import Model

Happening = tuple[float, int, int, int, int]
"""Time, move, need tier left, need tier reached, footprint."""


def naive(model: Model, seed: int, replication: int) -> Iterator[Happening]:
    """Yields what happens to people, in order."""
    part = model.population
    assert part is not None
    people = list(part.people)
    channels = [
        _Channel(part.channels[number], lane, seed, replication)
        for number, lane in sorted((number, lane) for lane in part.lanes for number in lane.channels)
    ]
    now = 0.0
    while True:
        times = [channel.next(people, now) for channel in channels]
        now = min(times, default=math.inf)
        if now >= model.until:
            return
        channel = channels[times.index(now)]
        for each in channels:
            each.advance(people, now)
        channel.happens()
        what = channel.part
        if what.origin >= 0:
            people[what.origin] -= 1.0
        if what.target >= 0:
            people[what.target] += 1.0
        yield now, what.move, what.tier, what.to_tier, what.footprint


class _Channel:
    """A Poisson process on its own internal clock."""

    def __init__(self, part: ChannelPart, lane: LanePart, seed: int, replication: int) -> None:
        self.part, self.lane = part, lane
        self.seed, self.replication = seed, replication
        self.ordinal, self.reached, self.target, self.since = 0, 0.0, 0.0, 0.0
        self.happens()

    def happens(self) -> None:
        """Draws the next target."""
        part = self.part
        u = uniform(self.seed, self.replication, part.key, part.stream, self.ordinal, Purpose.PERSON, 0)
        self.ordinal += 1
        self.target += -math.log(1.0 - u)

    def intensity(self, people: list[float]) -> float:
        """Returns the intensity a day, without the trend."""
        if self.part.origin >= 0 and people[self.part.origin] < 1.0:
            return 0.0
        driven = sum(weight * people[place] for place, weight in self.lane.weights)
        return self.part.rate * (driven if self.lane.weights else 1.0)

    def advance(self, people: list[float], now: float) -> None:
        """Goes through the intensity up to now."""
        since = self.lane.clock.integral(now)
        self.reached += self.intensity(people) * (since - self.since)
        self.since = since

    def next(self, people: list[float], now: float) -> float:
        """Returns when the next event is due."""
        intensity = self.intensity(people)
        if intensity <= 0.0:
            return math.inf
        time = self.lane.clock.time(self.since + (self.target - self.reached) / intensity)
        return max(on_tick(time), now) if time < 1e9 else math.inf


def part_of(model: Model) -> PopulationPart:
    """Returns the population of a model that lives."""
    assert model.population is not None
    return model.population
