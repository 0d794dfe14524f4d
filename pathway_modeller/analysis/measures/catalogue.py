"""Every measure by id: each is described where it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathway_modeller.analysis.measures.care import CARE
from pathway_modeller.analysis.measures.deprivation import DEPRIVATION
from pathway_modeller.analysis.measures.flows import FLOWS
from pathway_modeller.analysis.measures.measure import Measure, Named
from pathway_modeller.analysis.measures.money import MONEY
from pathway_modeller.analysis.measures.occupancy import CAPACITY
from pathway_modeller.analysis.measures.people import PEOPLE
from pathway_modeller.analysis.measures.standards import STANDARDS
from pathway_modeller.analysis.measures.waits import WAITS

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.id: measure
        for family in (WAITS, STANDARDS, CAPACITY, FLOWS, CARE, PEOPLE, DEPRIVATION, MONEY)
        for measure in family
    }
)
"""Every measure by id, in the order in which a reader meets them."""

SIGNED = tuple(measure.id for measure in MEASURES.values() if measure.signed)
"""The measures that may be below 0; none is followed by what it is of."""


def find(name: str) -> Named:
    """Returns the measure that a value of the column ``measure`` names, and what it is of.

    Raises:
        KeyError: no such measure.
    """
    if name in MEASURES and not MEASURES[name].of:
        return Named(MEASURES[name], {})
    for measure in MEASURES.values():
        if measure.of and name.startswith(f"{measure.id}."):
            parts = name[len(measure.id) + 1 :].split(".")
            if len(parts) == len(measure.of):
                return Named(measure, dict(zip(measure.of, parts, strict=True)))
    raise KeyError(name)
