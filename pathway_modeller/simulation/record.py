"""Writing a trace: rows in the order in which they happen, then columns in canonical order."""

from __future__ import annotations

from array import array

import numpy as np

from pathway_modeller.simulation.patient import Patient
from pathway_modeller.simulation.trace import Event, Legend, Trace


class Recorder:
    """Collects the rows of a trace."""

    def __init__(self, legend: Legend) -> None:
        self._legend = legend
        self._time = array("d")
        self._patient = array("q")
        self._need_tier = array("h")
        self._footprint = array("h")
        self._element = array("i")
        self._event = array("b")
        self._pool = array("i")
        self._units = array("i")

    def patient(
        self, time: float, patient: Patient, event: Event, element: int, pool: int = -1, units: int = 0
    ) -> None:
        """Adds a row about a patient."""
        self._time.append(time)
        self._patient.append(patient.identity)
        self._need_tier.append(patient.groups[0])
        self._footprint.append(patient.groups[1])
        self._element.append(element)
        self._event.append(event)
        self._pool.append(pool)
        self._units.append(units)

    def capacity(self, time: float, pool: int, units: int) -> None:
        """Adds a row about a change of a body of capacity."""
        self._time.append(time)
        self._patient.append(-1)
        self._need_tier.append(-1)
        self._footprint.append(-1)
        self._element.append(-1)
        self._event.append(Event.CAPACITY)
        self._pool.append(pool)
        self._units.append(units)

    def trace(self) -> Trace:
        """Returns the trace: by time, then patient, then the order of happening."""
        time = np.frombuffer(self._time, dtype=np.float64)
        patient = np.frombuffer(self._patient, dtype=np.int64)
        order = np.lexsort((patient, time))
        return Trace(
            time=time[order],
            patient=patient[order],
            need_tier=np.frombuffer(self._need_tier, dtype=np.int16)[order],
            footprint=np.frombuffer(self._footprint, dtype=np.int16)[order],
            element=np.frombuffer(self._element, dtype=np.int32)[order],
            event=np.frombuffer(self._event, dtype=np.int8)[order],
            pool=np.frombuffer(self._pool, dtype=np.int32)[order],
            units=np.frombuffer(self._units, dtype=np.int32)[order],
            legend=self._legend,
        )
