"""When patients come: the times and ordinals of one stream, in order of time."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.model.parts import Model, Stream

Arrival = Iterator[tuple[float, int]]
"""Times in days and ordinals from 0."""


def arrivals(stream: Stream, model: Model, seed: int, replication: int) -> Arrival:
    """Returns the arrivals of a stream before its end, in order of (time, ordinal)."""
    if stream.bookings:
        return iter(booked_arrivals(stream, model, seed, replication))
    return _random(stream, model, seed, replication)


def _random(stream: Stream, model: Model, seed: int, replication: int) -> Arrival:
    """Yields where the integrated intensity reaches one target after another; nobody comes at a rate of 0."""
    if stream.gap is None and stream.rate <= 0.0:
        return
    key = model.keys[stream.element]
    reached = stream.clock.integral(stream.begins)
    ordinal = 0
    while True:
        u = uniform(seed, replication, key, stream.key, ordinal, Purpose.ARRIVAL, 0)
        reached += -math.log(1.0 - u) / stream.rate if stream.gap is None else stream.gap.quantile(u)
        time = stream.clock.time(reached)
        if time >= stream.ends:
            return
        yield time, ordinal
        ordinal += 1


def booked_arrivals(stream: Stream, model: Model, seed: int, replication: int) -> list[tuple[float, int]]:
    """Returns the times at which booked patients come, late ones included."""
    key = model.keys[stream.element]
    found, ordinal = [], 0
    for time, patients in stream.bookings:
        for _ in range(patients):
            late = 0.0
            if stream.lateness is not None:
                u = uniform(seed, replication, key, stream.key, ordinal, Purpose.LATENESS, 0)
                late = stream.lateness.quantile(u)
            if time + late < stream.ends:
                found.append((time + late, ordinal))
            ordinal += 1
    return sorted(found)
