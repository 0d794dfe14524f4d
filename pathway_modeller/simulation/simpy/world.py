"""What a replication is played with: model, random numbers, clock, and the trace that is written."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY
from pathway_modeller.simulation.model.parts import FOOTPRINT, NEED_TIER, Groups, Model
from pathway_modeller.simulation.record import ROW, in_order
from pathway_modeller.simulation.simpy.clock import Clock
from pathway_modeller.simulation.trace import Event, Legend, Trace

_ROW = struct.Struct("<qqhhibii")
_TICKED = np.dtype([("time", "<i8"), *((name, ROW[name]) for name in Trace.COLUMNS[1:])])
"""A row of a trace, but for its time in milliseconds."""


class Recorder:
    """Collects the rows of a trace in the order in which they happen; -1 stands for none."""

    def __init__(self, clock: Clock, legend: Legend) -> None:
        self._clock, self._legend = clock, legend
        self._rows = bytearray()

    def patient(
        self, who: int, groups: Groups, event: Event, where: int, pool: int = -1, units: int = 0, ago: int = 0
    ) -> None:
        """Adds a row about what happens to a patient now, or happened so many milliseconds ago."""
        time, tier, footprint = self._clock.now - ago, groups[NEED_TIER], groups[FOOTPRINT]
        self._rows += _ROW.pack(time, who, tier, footprint, where, event, pool, units)

    def capacity(self, body: int, units: int) -> None:
        """Adds a row about a change of a body of capacity."""
        self._rows += _ROW.pack(self._clock.now, -1, -1, -1, -1, Event.CAPACITY, body, units)

    def person(self, time: int, move: int, tier: int, to_tier: int, footprint: int) -> None:
        """Adds a row about a person of the population who moved at a time in milliseconds."""
        self._rows += _ROW.pack(time, -1, tier, footprint, -1, Event.PERSON, move, to_tier)

    def trace(self) -> Trace:
        """Returns the trace: by time, then patient, then the order of happening."""
        rows = np.frombuffer(self._rows, dtype=_TICKED).astype(ROW)
        rows["time"] /= TICKS_PER_DAY
        return in_order(rows, self._legend)


@dataclass(frozen=True)
class World:
    """What a replication is played with; ``seed`` and ``replication`` name its random numbers."""

    model: Model
    seed: int
    replication: int
    clock: Clock
    record: Recorder

    def uniform(self, purpose: Purpose, key: int, stream: int, ordinal: int, visit: int = 0) -> float:
        """Returns the uniform of a patient or person, by the keys of element and stream."""
        return uniform(self.seed, self.replication, key, stream, ordinal, purpose, visit)
