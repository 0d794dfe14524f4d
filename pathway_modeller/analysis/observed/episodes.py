"""Intervals of patients' time, and units held meanwhile, as a trace tells them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

GOING_ON = -1
"""The outcome of an interval that had not ended when the run did."""


@dataclass(frozen=True, eq=False)
class Episodes:
    """Intervals of patients' time, as columns of equal length.

    Attributes:
        patient: identities.
        group: numbers of their patient groups.
        element: index into the legend; -1 for none.
        begin: days from the start date; negative for those who waited already at time 0.
        finish: days; the end of the run for intervals that go on.
        outcome: the event that ended the interval, or ``GOING_ON``.
    """

    patient: Ints
    group: Ints
    element: Ints
    begin: Floats
    finish: Floats
    outcome: Ints

    def __len__(self) -> int:
        return len(self.begin)

    @property
    def days(self) -> Floats:
        """How long each interval took (or has taken so far), in days."""
        return self.finish - self.begin

    def where(self, chosen: Flags) -> Episodes:
        """Returns only the chosen intervals."""
        return Episodes(
            patient=self.patient[chosen],
            group=self.group[chosen],
            element=self.element[chosen],
            begin=self.begin[chosen],
            finish=self.finish[chosen],
            outcome=self.outcome[chosen],
        )

    def ended(self, start: float, end: float, *outcomes: int) -> Episodes:
        """Returns the intervals that ended within [start, end) with one of the outcomes."""
        within = (self.finish >= start) & (self.finish < end) & np.isin(self.outcome, outcomes)
        return self.where(within)

    def going_on(self) -> Episodes:
        """Returns the intervals that had not ended when the run did."""
        return self.where(self.outcome == GOING_ON)


@dataclass(frozen=True, eq=False)
class Holdings:
    """Units of a pool held by a patient, as columns of equal length.

    Attributes:
        patient: identities.
        element: the activity that took the units.
        body: index of the body of capacity in the legend.
        units: how many.
        begin, finish: days; the end of the run for units still held.
        first_row, last_row: places in patient order of the rows that took and gave back the units.
    """

    patient: Ints
    element: Ints
    body: Ints
    units: Ints
    begin: Floats
    finish: Floats
    first_row: Ints
    last_row: Ints
