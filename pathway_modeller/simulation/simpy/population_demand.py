"""Demand that follows the people: patients come where intensity, integrated as people move, reaches targets.

A stream with a rate per 1,000 people has the intensity people x rate x profile x trend. When the people of
its compartment change, it keeps the intensity it has gone through, so that the same patients come earlier or
later; the change makes no other patients of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.parts import Model, Stream
from pathway_modeller.simulation.simpy.clock import Clock, Rank

Arrive = Callable[[Stream, int], None]
"""Has the patient of a stream and ordinal come to the pathway now."""

_NEVER = (math.inf, 0)


class Following:
    """The streams of a model that follow its people.

    Args:
        model: the compiled pathway.
        people: people by compartment, kept up to date by the population.
        seed: names the random numbers.
        replication: number of the replication.
        clock: tells the time.
        arrive: called when a patient comes.
    """

    def __init__(
        self,
        model: Model,
        people: Sequence[float],
        seed: int,
        replication: int,
        clock: Clock,
        arrive: Arrive,
    ) -> None:
        self._streams = [stream for stream in model.streams if stream.follows >= 0]
        self._keys = [model.keys[stream.element] for stream in self._streams]
        self._people, self._clock, self._arrive = people, clock, arrive
        self._seed, self._replication = seed, replication
        self._of: list[list[int]] = [[] for _ in people]
        for number, stream in enumerate(self._streams):
            self._of[stream.follows].append(number)
        self._speeds = [people[stream.follows] for stream in self._streams]
        self._since = [stream.clock.integral(stream.begins) for stream in self._streams]
        self._reached = [0.0] * len(self._streams)
        self._ordinals = [0] * len(self._streams)
        self._targets = [self._gap(number) for number in range(len(self._streams))]
        self._times = [self._when(number, 0.0) for number in range(len(self._streams))]
        self._due = _NEVER

    def begin(self) -> None:
        """Schedules the first patient."""
        self._schedule()

    def changed(self, place: int, now: float) -> None:
        """Takes in that the people of a compartment changed."""
        for number in self._of[place]:
            stream = self._streams[number]
            since = max(stream.clock.integral(now), self._since[number])
            self._reached[number] += self._speeds[number] * (since - self._since[number])
            self._since[number], self._speeds[number] = since, self._people[place]
            self._times[number] = self._when(number, now)
        if self._of[place]:
            self._schedule()

    def _gap(self, number: int) -> float:
        """Returns the people's time from one patient of a stream to the next."""
        stream = self._streams[number]
        ordinal = self._ordinals[number]
        u = uniform(
            self._seed, self._replication, self._keys[number], stream.key, ordinal, Purpose.ARRIVAL, 0
        )
        return -math.log(1.0 - u) / stream.rate

    def _when(self, number: int, now: float) -> float:
        """Returns when the next patient of a stream comes: a whole millisecond, infinity if never."""
        stream, speed = self._streams[number], self._speeds[number]
        if speed <= 0.0:
            return math.inf
        until_then = (self._targets[number] - self._reached[number]) / speed
        time = max(stream.clock.time(self._since[number] + until_then), now)
        return math.inf if time >= stream.ends else max(on_tick(time), now)

    def _first(self) -> tuple[float, int]:
        """Returns time and stream of the patient who comes next; of several, the first in identity."""
        time = min(self._times, default=math.inf)
        if time == math.inf:
            return _NEVER
        if self._times.count(time) == 1:
            return time, self._times.index(time)
        equal = (number for number, at in enumerate(self._times) if at == time)
        return time, min(equal, key=self._identity)

    def _identity(self, number: int) -> int:
        """Returns the identity of a stream's next patient."""
        return (self._streams[number].key << 32) | self._ordinals[number]

    def _schedule(self) -> None:
        """Has the next patient come in time, unless something is to happen earlier."""
        time, number = self._first()
        if time == math.inf:
            return
        due = (time, self._identity(number))
        if due < self._due:
            self._due = due
            self._clock.at(time, Rank.ARRIVAL, due[1], lambda _: self._come(due))

    def _come(self, due: tuple[float, int]) -> None:
        """Has the patient come who is due; people may have changed meanwhile, and with them who that is."""
        if due != self._due:
            return
        self._due = _NEVER
        time, number = self._first()
        if (time, self._identity(number)) != due:
            self._schedule()
            return
        ordinal = self._ordinals[number]
        self._ordinals[number] += 1
        self._targets[number] += self._gap(number)
        self._times[number] = self._when(number, time)
        self._schedule()
        self._arrive(self._streams[number], ordinal)
