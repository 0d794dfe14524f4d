"""The groups of patients for which measures are worked out: ways to divide the cells of a replication."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.statistics.pooled import Way
from pathway_modeller.scenario.values import Setting
from pathway_modeller.simulation.patient_groups import PatientGroups
from pathway_modeller.simulation.tally.cells import Cells

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


Key = dict[str, str]
"""What a figure is about, by column of labels; not divided by columns that are not named."""

EVERYTHING = Key()
_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Groups:
    """Ways to divide cells, one after another, and the groups of all of them.

    Attributes:
        keys: what each group is about; the groups of one way stand together.
        bounds: where each way's groups begin, and the number of all.
        cells: of which cell each part of a group is.
        codes: of which group, in the order of ways and then of cells.
        size: how many cells there are.
    """

    keys: tuple[Key, ...]
    bounds: tuple[int, ...]
    cells: Ints
    codes: Ints
    size: int

    @classmethod
    def of(cls, ways: Sequence[tuple[Sequence[Key], Ints]]) -> Groups:
        """Returns groups.

        Args:
            ways: for each way its groups, and for each cell the number of its group, -1 for none.
        """
        bounds = np.cumsum([0, *(len(keys) for keys, _ in ways)]).tolist()
        chosen = [np.flatnonzero(codes >= 0) for _, codes in ways]
        codes = [codes[cells] + first for (_, codes), cells, first in zip(ways, chosen, bounds, strict=False)]
        return cls(
            keys=tuple(key for keys, _ in ways for key in keys),
            bounds=tuple(bounds),
            cells=np.concatenate((*chosen, _NONE)),
            codes=np.concatenate((*codes, _NONE)),
            size=max((len(each) for _, each in ways), default=0),
        )

    @classmethod
    def listed(cls, keys: Sequence[Key], *, apart: bool = False) -> Groups:
        """Returns groups of no cells.

        Args:
            keys: what each is about.
            apart: whether all figures of one group stand together, each being a way of its own.
        """
        return cls.of([((key,), _NONE) for key in keys] if apart else [(tuple(keys), _NONE)])

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.keys)

    @cached_property
    def sorted(self) -> tuple[Ints, Ints]:
        """Cells and groups of all parts, group after group."""
        order = np.argsort(self.codes, kind="stable")
        return self.cells[order], self.codes[order]

    @cached_property
    def begins(self) -> Ints:
        """Where each group's cells begin among the sorted ones, and the number of all."""
        found: Ints = np.searchsorted(self.sorted[1], np.arange(len(self) + 1)).astype(np.int64, copy=False)
        return found

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways to divide, one by one."""
        found = []
        for first, last in itertools.pairwise(self.bounds):
            mine = (self.codes >= first) & (self.codes < last)
            codes = np.full(self.size, -1, dtype=np.int64)
            codes[self.cells[mine]] = self.codes[mine] - first
            found.append(Way(codes, last - first))
        return tuple(found)

    def totals(self, values: npt.NDArray[np.generic]) -> Floats:
        """Returns the sum of ``values`` (one a cell) over each group; 0 for a group without any."""
        weights = values[self.cells]
        return np.bincount(self.codes, weights=weights, minlength=len(self)).astype(np.float64, copy=False)


def by_cell(scope: Scope, among: Sequence[str] | None = None) -> Groups:
    """Divides the cells of a replication's facts.

    All together, by element, setting, and each dimension of patients, and elements by each of these. Every
    declared group has its place, also one without patients, so that replications can be compared.

    Args:
        scope: what the replication is about.
        among: the element ids to divide by; by default the activities.
    """
    names = scope.activities if among is None else tuple(among)
    drawn, legend = scope.pathway.drawn(), scope.legend
    lanes = scope.pathway.setting_order()
    settings = tuple(lanes.index(drawn[name].setting) for name in names)
    return _divided(legend.elements, legend.groups, names, settings, lanes)


@lru_cache(maxsize=32)
def _divided(
    elements: tuple[str, ...],
    patients: PatientGroups,
    names: tuple[str, ...],
    settings: tuple[int, ...],
    lanes: tuple[Setting, ...],
) -> Groups:
    """Divides cells; kept, since all measures of all variants are divided in the same few ways.

    Args:
        elements: ids of the cells' elements.
        patients: the cells' patient groups.
        names: the element ids to divide by.
        settings: the place of each one's setting.
        lanes: all settings, in their order.
    """
    element, group = Cells(len(elements), len(patients)).columns()
    position = {name: place for place, name in enumerate(names)}
    place = np.array([*(position.get(name, -1) for name in elements), -1], dtype=np.int64)[element]
    known = place >= 0
    by_setting = np.where(known, np.array(settings)[place] if names else -1, -1)
    ways: list[tuple[tuple[Key, ...], Ints]] = [
        ((EVERYTHING,), np.where(known, 0, -1)),
        (tuple(Key(element=name) for name in names), place),
        (tuple(Key(setting=name) for name in lanes), by_setting),
    ]
    for keys, codes in _dimensions(patients):
        mine = np.where(known, codes[group], -1)
        both = np.where(mine >= 0, place * len(keys) + mine, -1)
        ways.append((keys, mine))
        ways.append((tuple(Key(element=name) | key for name in names for key in keys), both))
    return Groups.of(ways)


def by_activity(scope: Scope) -> Groups:
    """Divides the cells of a replication's facts: all activities together, and each by itself."""
    element, _ = Cells.of(scope.legend).columns()
    position = {name: place for place, name in enumerate(scope.activities)}
    of = np.array([*(position.get(name, -1) for name in scope.legend.elements), -1], dtype=np.int64)[element]
    each = tuple(Key(element=name) for name in scope.activities)
    return Groups.of([((EVERYTHING,), np.where(of >= 0, 0, -1)), (each, of)])


def by_patient_group(scope: Scope) -> Groups:
    """Divides patient groups: all together, and by each dimension."""
    patients = scope.legend.groups
    everybody: tuple[tuple[Key, ...], Ints] = (EVERYTHING,), np.zeros(len(patients), dtype=np.int64)
    return Groups.of([everybody, *_dimensions(patients)])


def _dimensions(patients: PatientGroups) -> Iterator[tuple[tuple[Key, ...], Ints]]:
    """Yields the ways to divide patient groups by one dimension, of those that have labels."""
    for column, labels in patients.dimensions:
        if labels:
            yield tuple(Key({column: label}) for label in labels), patients.codes[column]
