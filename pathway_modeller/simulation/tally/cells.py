"""Cells: an element, a need tier and a footprint together, as one number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import Legend

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """The cells of a legend; "none" is the last element, need tier and footprint.

    Attributes:
        elements, tiers, footprints: how many there are, without "none".
    """

    elements: int
    tiers: int
    footprints: int

    @classmethod
    def of(cls, legend: Legend) -> Cells:
        """Returns the cells of a legend."""
        return cls(len(legend.elements), len(legend.need_tiers), len(legend.footprints))

    @classmethod
    def without_element(cls, legend: Legend) -> Cells:
        """Returns the cells of a legend for what is not divided by element."""
        return cls(0, len(legend.need_tiers), len(legend.footprints))

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many elements, need tiers and footprints there are, "none" included."""
        return self.elements + 1, self.tiers + 1, self.footprints + 1

    def __len__(self) -> int:
        elements, tiers, footprints = self.shape
        return elements * tiers * footprints

    def code(
        self,
        element: npt.NDArray[np.integer],
        tier: npt.NDArray[np.integer],
        footprint: npt.NDArray[np.integer],
    ) -> Ints:
        """Returns the numbers of the cells of some rows; -1 stands for none."""
        elements, tiers, footprints = self.shape
        place = (element.astype(np.int64) % elements) * tiers + tier.astype(np.int64) % tiers
        code: Ints = place * footprints + footprint.astype(np.int64) % footprints
        return code

    def columns(self) -> tuple[Ints, Ints, Ints]:
        """Returns element, need tier and footprint of every cell; -1 for none."""
        parts = np.unravel_index(np.arange(len(self)), self.shape)
        element, tier, footprint = (
            np.where(part == size - 1, -1, part).astype(np.int64)
            for part, size in zip(parts, self.shape, strict=True)
        )
        return element, tier, footprint
