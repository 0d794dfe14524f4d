"""What describes a measure: its unit, whom it counts, and which direction is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True)
class Measure:
    """A documented measure.

    Attributes:
        id: as in the column ``measure``; a measure with ``of`` is followed there by a dot and what it is of.
        title: what people call it, as on an axis.
        unit: as in the column ``unit``; money has its price year after it.
        who_counts: which patients, contacts or time it counts.
        better: whether less or more of it is better for patients or payers.
        description: what it is, and how it is worked out.
        of: what else names the figure in the column ``measure``: a standard, a month, a payer.
    """

    id: str
    title: str
    unit: str
    who_counts: str
    better: Better
    description: str
    of: tuple[Literal["standard", "month", "payer"], ...] = ()


@dataclass(frozen=True)
class Named:
    """A measure with what it is of: ``standard.month.rtt.2025-04`` is of standard rtt and month 2025-04."""

    measure: Measure
    of: Mapping[str, str]
