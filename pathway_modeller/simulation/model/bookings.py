"""Booked arrivals, which are known before a replication is played."""

from __future__ import annotations

from pathway_modeller.simulation.chance.random_numbers import Purpose, uniform
from pathway_modeller.simulation.model.parts import Model, Stream


def booked_arrivals(stream: Stream, model: Model, seed: int, replication: int) -> list[tuple[float, int]]:
    """Returns (time in days, ordinal) of those who come to their bookings, late ones included, in order."""
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
