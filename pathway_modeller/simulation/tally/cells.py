"""Cells: an element and a patient group together, as one number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import Legend

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """The cells of a legend; "none" is the last element.

    Attributes:
        elements: how many there are, without "none".
        groups: how many patient groups there are; see
            :class:`pathway_modeller.simulation.patient_groups.PatientGroups`.
    """

    elements: int
    groups: int

    @classmethod
    def of(cls, legend: Legend) -> Cells:
        """Returns the cells of a legend."""
        return cls(len(legend.elements), len(legend.groups))

    def __len__(self) -> int:
        return (self.elements + 1) * self.groups

    def code(self, element: npt.NDArray[np.integer], group: Ints) -> Ints:
        """Returns the numbers of the cells of some rows; element -1 stands for none."""
        code: Ints = element.astype(np.int64) % (self.elements + 1) * self.groups + group
        return code

    def columns(self) -> tuple[Ints, Ints]:
        """Returns the element, -1 for none, and the patient group of every cell."""
        element, group = np.divmod(np.arange(len(self), dtype=np.int64), self.groups)
        return np.where(element == self.elements, -1, element), group
