"""Patient groups: the combinations of labels that patients can have, each with a number."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

Combination = tuple[int, ...]
"""A code for each dimension, -1 for none."""


@dataclass(frozen=True)
class PatientGroups:
    """The groups of patients that can occur, in the order of their codes; none comes last in each dimension.

    Attributes:
        dimensions: column and labels of each.
        combinations: of each group.
    """

    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    combinations: tuple[Combination, ...]

    @classmethod
    def of(cls, labels: Mapping[str, tuple[str, ...]], occurring: Collection[Combination]) -> PatientGroups:
        """Returns the groups of labels by column; where none is said to occur, all that there could be."""
        every = itertools.product(*((*range(len(each)), -1) for each in labels.values()))
        some = frozenset(occurring)
        return cls(tuple(labels.items()), tuple(each for each in every if not some or each in some))

    def __len__(self) -> int:
        return len(self.combinations)

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The labels by column, in the order of their codes."""
        return dict(self.dimensions)

    @cached_property
    def codes(self) -> dict[str, Ints]:
        """The code of each group, by column; -1 for none."""
        table = np.array(self.combinations, dtype=np.int64).reshape(len(self), len(self.labels))
        return dict(zip(self.labels, table.T, strict=True))

    @cached_property
    def _shape(self) -> tuple[int, ...]:
        """How many codes each dimension has, none included, which here comes first."""
        return tuple(len(each) + 1 for each in self.labels.values())

    @cached_property
    def numbers(self) -> Ints:
        """The number of each combination's group, the last codes next to each other; -1 where none can be."""
        table = np.full(math.prod(self._shape), -1, dtype=np.int64)
        table[self._places(self.codes)] = np.arange(len(self))
        return table

    def _places(self, codes: Mapping[str, npt.NDArray[np.integer]]) -> npt.NDArray[np.intp]:
        """Returns the places of combinations in ``numbers``."""
        return np.asarray(np.ravel_multi_index([codes[each] + 1 for each in self.labels], self._shape))

    def number(self, codes: Mapping[str, npt.NDArray[np.integer]]) -> Ints:
        """Returns the numbers of patients' groups.

        Args:
            codes: of the patients, by column.

        Raises:
            ValueError: there is a combination that cannot occur.
        """
        places = self._places(codes)
        found: Ints = self.numbers[places]
        if (found < 0).any():
            raise self.refusal(int(places[found < 0][0]))
        return found

    def refusal(self, place: int) -> ValueError:
        """Returns the error of the program that there is a patient whose combination cannot occur.

        Args:
            place: of the combination in ``numbers``.
        """
        codes = zip(self.labels.items(), np.unravel_index(place, self._shape), strict=True)
        told = ", ".join(f"{column} {('none', *labels)[code]!r}" for (column, labels), code in codes)
        return ValueError(f"the model says that there can be no patient of {told}, but there is one")
