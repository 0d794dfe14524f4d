"""Writing a trace: rows in the order in which they happen, then columns in canonical order."""

from __future__ import annotations

import struct

import numpy as np

from pathway_modeller.simulation.patient import Patient
from pathway_modeller.simulation.trace import Event, Legend, Trace

_ROW = struct.Struct("<dqhhibii")
_TYPES = np.dtype(
    [
        ("time", "<f8"),
        ("patient", "<i8"),
        ("need_tier", "<i2"),
        ("footprint", "<i2"),
        ("element", "<i4"),
        ("event", "<i1"),
        ("pool", "<i4"),
        ("units", "<i4"),
    ]
)


class Recorder:
    """Collects the rows of a trace."""

    def __init__(self, legend: Legend) -> None:
        self._legend = legend
        self._rows = bytearray()

    def patient(
        self, time: float, patient: Patient, event: Event, element: int, pool: int = -1, units: int = 0
    ) -> None:
        """Adds a row about a patient."""
        groups = patient.groups
        self._rows += _ROW.pack(time, patient.identity, groups[0], groups[1], element, event, pool, units)

    def capacity(self, time: float, pool: int, units: int) -> None:
        """Adds a row about a change of a body of capacity."""
        self._rows += _ROW.pack(time, -1, -1, -1, -1, Event.CAPACITY, pool, units)

    def person(self, time: float, move: int, tier: int, to_tier: int, footprint: int) -> None:
        """Adds a row about a person of the population; -1 for no need tier."""
        self._rows += _ROW.pack(time, -1, tier, footprint, -1, Event.PERSON, move, to_tier)

    def trace(self) -> Trace:
        """Returns the trace: by time, then patient, then the order of happening."""
        rows = np.frombuffer(self._rows, dtype=_TYPES)
        rows = rows[np.lexsort((rows["patient"], rows["time"]))]
        return Trace(
            **{name: np.ascontiguousarray(rows[name]) for name in Trace.COLUMNS}, legend=self._legend
        )
