"""The SimPy engine: one replication of a model, played by the rules of ``rules.md``.

This is the reference. Patients are processes (``life``), which wait for capacity (``capacity``); the trace
that they leave is its only output.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import count

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY, ticks_of
from pathway_modeller.simulation.model.bookings import booked_arrivals
from pathway_modeller.simulation.model.errors import Cancelled
from pathway_modeller.simulation.model.parts import Draw, Model, Stream, TodayPart
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.simpy.capacity import Process, Queues
from pathway_modeller.simulation.simpy.clock import Clock
from pathway_modeller.simulation.simpy.life import Life
from pathway_modeller.simulation.simpy.patient import Patient
from pathway_modeller.simulation.simpy.people import Following, Population
from pathway_modeller.simulation.simpy.world import Recorder, World
from pathway_modeller.simulation.trace import Trace

_CHECK_EVERY = 1024
"""Events after which it is asked whether to stop."""


def simulate(
    model: Model,
    seed: int,
    replication: int,
    cancelled: Callable[[], bool] | None = None,
    reached: Callable[[float], None] | None = None,
) -> Trace:
    """Returns the trace of one replication.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        cancelled: asked now and then; the run stops when it returns True.
        reached: told now and then which share of the run's time is over.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    return Replication(model, seed, replication).run(cancelled, reached)


class Replication:
    """One replication: all that there is in it, and how its patients come."""

    def __init__(self, model: Model, seed: int, replication: int) -> None:
        clock = Clock()
        self.world = World(model, seed, replication, clock, Recorder(clock, model.legend))
        self.queues = Queues(self.world)
        self.population = Population(self.world, model.population) if model.population is not None else None
        for part in model.today:
            self._begin_today(part)
        for stream in model.streams:
            if stream.follows < 0:
                clock.process(self._arrivals(stream))
            elif self.population is not None:
                people = self.population.people[stream.follows]
                following = Following(self.world, stream, people, self._arrive)
                self.population.following[stream.follows].append(following.changed)

    def run(
        self, cancelled: Callable[[], bool] | None, reached: Callable[[float], None] | None = None
    ) -> Trace:
        """Plays everything that happens before the end of the run."""
        clock, until = self.world.clock, self.world.model.until
        end = ticks_of(until)
        if end / TICKS_PER_DAY < until:
            end += 1  # a run may end between two milliseconds
        steps = 0
        while clock.peek() < end:
            clock.step()
            steps += 1
            if steps % _CHECK_EVERY == 0:
                if cancelled is not None and cancelled():
                    raise Cancelled
                if reached is not None:
                    reached(clock.days / until)
        return self.world.record.trace()

    def _begin_today(self, part: TodayPart) -> None:
        """Has those who are there at time 0 wait or be seen."""
        element, activity = part.activity, self.world.model.activities[part.activity]
        assert activity is not None, "today's lists are of activities"  # noqa: S101
        for ordinal in range(part.patients):
            life = self._life(part.key, ordinal, part.groups, element)
            if part.waited is not None:
                self.world.clock.process(life.from_queue(element, activity, part.waited))
            elif part.remaining is not None:
                self.world.clock.process(life.from_service(element, activity, part.remaining))

    def _arrivals(self, stream: Stream) -> Process:
        """Has the patients of a stream come, one after another."""
        for time, ordinal in arrivals(self.world, stream):
            yield self.world.clock.at(time, Rank.ARRIVAL, (stream.key << 32) | ordinal)
            self._arrive(stream, ordinal)

    def _arrive(self, stream: Stream, ordinal: int) -> None:
        """Has a patient come to the pathway now."""
        life = self._life(stream.key, ordinal, stream.groups, stream.element)
        self.world.clock.process(life.from_entry(stream.element))

    def _life(self, stream: int, ordinal: int, draw: Draw, element: int) -> Life:
        """Returns the life of a patient, which begins now."""
        patient = Patient(self.world, stream, ordinal, draw, element)
        return Life(self.world, patient, self.queues, self.population)


def arrivals(world: World, stream: Stream) -> Iterator[tuple[float, int]]:
    """Yields time in days and ordinal of a stream's patients until its end, in order.

    Those who come at random come where the integrated intensity reaches one target after another; nobody
    comes at a rate of 0.
    """
    if stream.bookings:
        yield from booked_arrivals(stream, world.model, world.seed, world.replication)
        return
    if stream.gap is None and stream.rate <= 0.0:
        return
    key = world.model.keys[stream.element]
    reached = stream.clock.integral(stream.begins)
    for ordinal in count():
        u = world.uniform(Purpose.ARRIVAL, key, stream.key, ordinal)
        reached += -math.log(1.0 - u) / stream.rate if stream.gap is None else stream.gap.quantile(u)
        time = stream.clock.time(reached)
        if time >= stream.ends:
            return
        yield time, ordinal
