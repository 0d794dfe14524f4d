"""What a measure is: the words for it, the groups it is worked out for, and how that is done."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import Groups, Key
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.simulation.tally.people_facts import Values

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Better = Literal["lower", "higher", "neither"]
Kind = Literal["mean", "count", "share", "percentile", "clocks"]
Work = Callable[[Facts, Ledger], npt.ArrayLike]
"""Works out measures from the facts of one replication and its ledger: a row a measure, a column a group."""
Lists = Callable[[Facts], Values]
"""Finds the figures of each patient of one replication."""


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
        interval: what kind of figure it is: a mean, a whole number of events, a share of patients, a
            percentile, or one of times of which some were not seen to end; each has its own interval.
        percentile: the share of patients of all replications that are below it, where it is a percentile.
        signed: whether it may be below 0, so that its interval may too, whatever the replications gave.
    """

    id: str
    title: str
    unit: str
    who_counts: str
    better: Better
    description: str
    of: tuple[Literal["standard", "month", "payer"], ...] = ()
    interval: Kind = "mean"
    percentile: float | None = None
    signed: bool = False

    @property
    def definition(self) -> str:
        """Whom it counts, what it is and how it is worked out, in sentences."""
        return f"{self.who_counts} {self.description}"

    def name(self, *of: str) -> str:
        """Returns the name of a figure in the column ``measure``."""
        return ".".join((self.id, *of))


@dataclass(frozen=True)
class Named:
    """A measure with what it is of: ``standard.month.rtt.2025-04`` is of standard rtt and month 2025-04."""

    measure: Measure
    of: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Block:
    """Measures that are worked out together, for the same groups.

    Attributes:
        measures: name and unit of each.
        groups: for which they are worked out.
        work: how.
        by_measure: whether all figures of one measure stand together, and not all of one way to divide.
        lists: the figures of each patient, of which percentiles are worked out over all replications.
        patients: works out of how many patients the measures that are shares are, as ``work`` does.
    """

    measures: tuple[tuple[str, str], ...]
    groups: Groups
    work: Work
    by_measure: bool = False
    lists: Lists | None = None
    patients: Work | None = None
    kinds: tuple[Measure, ...] = ()

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self.measures) * len(self.groups)

    @property
    def levels(self) -> tuple[float, ...]:
        """The shares below the percentiles among the measures."""
        return tuple(each.percentile for each in self.kinds if each.percentile is not None)

    def rows(self) -> Iterator[tuple[str, str, Key]]:
        """Yields measure, unit and what it is about of each figure."""
        for measure, group in zip(*np.divmod(self.order(), max(len(self.groups), 1)), strict=True):
            yield *self.measures[measure], self.groups.keys[group]

    def order(self) -> npt.NDArray[np.int64]:
        """Returns the places of the figures, as they stand, in what ``work`` returns row after row."""
        places = np.arange(len(self)).reshape(len(self.measures), len(self.groups))
        bounds = (0, len(self.groups)) if self.by_measure else self.groups.bounds
        parts = [places[:, a:b].ravel() for a, b in itertools.pairwise(bounds)]
        return np.concatenate(parts).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Listed:
    """Figures that are listed one by one.

    Attributes:
        figures: measure, unit and what it is about, of each.
        work: works them out, in this order.
    """

    figures: tuple[tuple[str, str, Key], ...]
    work: Work

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self.figures)

    def rows(self) -> Iterator[tuple[str, str, Key]]:
        """Yields measure, unit and what it is about of each figure."""
        yield from self.figures

    def order(self) -> npt.NDArray[np.int64]:
        """Returns the places of the figures in what ``work`` returns: the same."""
        return np.arange(len(self))


def block(
    measures: Sequence[Measure],
    groups: Groups,
    work: Work,
    of: Sequence[str] = (),
    *,
    by_measure: bool = False,
    lists: Lists | None = None,
    patients: Work | None = None,
) -> Block:
    """Returns measures that are worked out together.

    Args:
        measures: which, in the order in which ``work`` returns them.
        groups: for which they are worked out.
        work: how.
        of: what else names all of them.
        by_measure: see :class:`Block`.
        lists: likewise.
        patients: likewise.
    """
    names = tuple((each.name(*of), each.unit) for each in measures)
    return Block(names, groups, work, by_measure, lists, patients, tuple(measures))


def among(measures: Sequence[Measure], *ids: str) -> tuple[Measure, ...]:
    """Returns the measures with these ids, in this order.

    Raises:
        KeyError: there is none with such an id.
    """
    known = {measure.id: measure for measure in measures}
    return tuple(known[each] for each in ids)
