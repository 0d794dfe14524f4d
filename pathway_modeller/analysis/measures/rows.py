"""The rows of a measure frame, and the groups of patients for which a measure is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.scenario.values import SETTINGS
from pathway_modeller.simulation.tally.cells import Cells

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

KEY_COLUMNS = ("measure", "element", "pool", "need_tier", "footprint", "setting", "unit")
"""The columns that name a figure; each combination stands once in a measure frame."""

COLUMNS = (*KEY_COLUMNS, "value")


@dataclass(frozen=True)
class Key:
    """What a figure is about; an empty text means: not divided by this."""

    element: str = ""
    pool: str = ""
    need_tier: str = ""
    footprint: str = ""
    setting: str = ""


EVERYTHING = Key()


@dataclass(frozen=True, eq=False)
class Grouping:
    """A way to divide rows.

    Attributes:
        keys: what each group is about.
        codes: for each row the number of its group, -1 for none.
    """

    keys: tuple[Key, ...]
    codes: Ints


class Rows:
    """Gathers figures into a measure frame."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str, str, str, str, str, str, float]] = []

    def add(self, measure: str, unit: str, key: Key, value: float) -> None:
        """Adds one figure; NaN says that it is missing."""
        self._rows.append(
            (measure, key.element, key.pool, key.need_tier, key.footprint, key.setting, unit, float(value))
        )

    def add_groups(self, measure: str, unit: str, grouping: Grouping, values: npt.ArrayLike) -> None:
        """Adds one figure for each group, in the grouping's order."""
        for key, value in zip(grouping.keys, np.asarray(values, dtype=np.float64), strict=True):
            self.add(measure, unit, key, float(value))

    def frame(self) -> pd.DataFrame:
        """Returns the figures with the columns ``COLUMNS``, in the order in which they were added."""
        return pd.DataFrame(self._rows, columns=list(COLUMNS))


def by_cell(facts: Facts, among: Sequence[str] | None = None) -> tuple[Grouping, ...]:
    """Divides the cells of a replication's facts.

    All together, by element, setting, need tier and footprint, and elements by these two. Every declared
    group has its place, also one without rows, so that replications can be compared.

    Args:
        facts: the replication.
        among: the element ids to divide by; by default the activities.
    """
    names = facts.activities if among is None else tuple(among)
    drawn, legend = facts.pathway.drawn(), facts.legend
    settings = tuple(SETTINGS.index(drawn[name].setting) for name in names)
    return _groupings(legend.elements, legend.need_tiers, legend.footprints, names, settings)


@lru_cache(maxsize=32)
def _groupings(
    elements: tuple[str, ...],
    need_tiers: tuple[str, ...],
    footprints: tuple[str, ...],
    names: tuple[str, ...],
    settings: tuple[int, ...],
) -> tuple[Grouping, ...]:
    """Divides cells; kept, since all measures of all replications are divided in the same few ways.

    Args:
        elements: ids of the cells' elements.
        need_tiers: the same of their need tiers.
        footprints: the same of their footprints.
        names: the element ids to divide by.
        settings: the place of each one's setting.
    """
    element, need_tier, footprint = Cells(len(elements), len(need_tiers), len(footprints)).columns()
    place = _places(elements, names)[element]
    known = place >= 0
    by_setting = np.where(known, np.array(settings)[place] if names else -1, -1)
    tier, area = np.where(known, need_tier, -1), np.where(known, footprint, -1)
    parts = [
        Grouping((EVERYTHING,), np.where(known, 0, -1)),
        Grouping(tuple(Key(element=name) for name in names), place),
        Grouping(tuple(Key(setting=name) for name in SETTINGS), by_setting),
    ]
    for field, labels, codes in (("need_tier", need_tiers, tier), ("footprint", footprints, area)):
        if labels:
            parts.append(Grouping(tuple(_key(**{field: label}) for label in labels), codes))
            both = np.where(codes >= 0, place * len(labels) + codes, -1)
            keys = tuple(_key(element=name, **{field: label}) for name in names for label in labels)
            parts.append(Grouping(keys, both))
    return tuple(parts)


def _key(**fields: str) -> Key:
    """A key from named fields."""
    return Key(**fields)


def _places(elements: Iterable[str], names: Sequence[str]) -> Ints:
    """For each element of the legend its place among the names, -1 for none; one -1 more for index -1."""
    position = {name: place for place, name in enumerate(names)}
    return np.array([*(position.get(name, -1) for name in elements), -1], dtype=np.int64)


def by_patient_group(facts: Facts) -> tuple[Grouping, ...]:
    """Divides cells without element: all together, by need tier, by footprint."""
    legend = facts.legend
    _, tier, footprint = Cells.without_element(legend).columns()
    parts = [Grouping((EVERYTHING,), np.zeros(len(tier), dtype=np.int64))]
    if legend.need_tiers:
        parts.append(Grouping(tuple(Key(need_tier=name) for name in legend.need_tiers), tier))
    if legend.footprints:
        parts.append(Grouping(tuple(Key(footprint=name) for name in legend.footprints), footprint))
    return tuple(parts)


def totals(grouping: Grouping, values: npt.NDArray[np.generic]) -> Floats:
    """Returns the sum of ``values`` (one a row or cell) over each group; 0 for a group without any."""
    chosen = grouping.codes >= 0
    weights = values[chosen]
    return np.bincount(grouping.codes[chosen], weights=weights, minlength=len(grouping.keys)).astype(
        np.float64
    )
