"""The figures of a variant, in the order in which every replication gives them as a plain vector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.columns import LABELS
from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.care import caseloads, deterioration, missed_share
from pathway_modeller.analysis.measures.deprivation import deprivation
from pathway_modeller.analysis.measures.flows import activity, inside, throughput, time_on_pathway
from pathway_modeller.analysis.measures.groups import Key
from pathway_modeller.analysis.measures.measure import Block, Listed
from pathway_modeller.analysis.measures.money import money
from pathway_modeller.analysis.measures.occupancy import delays, pools, queues
from pathway_modeller.analysis.measures.people import people
from pathway_modeller.analysis.measures.standards import standards
from pathway_modeller.analysis.measures.waits import blocked, still_waiting, waits
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.analysis.statistics.pooled import Way
from pathway_modeller.simulation.tally.people_facts import Values

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FAMILIES = (
    waits,
    still_waiting,
    blocked,
    standards,
    queues,
    pools,
    delays,
    activity,
    missed_share,
    deterioration,
    caseloads,
    throughput,
    inside,
    time_on_pathway,
    people,
    deprivation,
)
"""All measures that are worked out from facts alone, in the order of figures."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """Percentiles of one list of times over all replications.

    Attributes:
        ways: to divide its cells.
        levels: shares of times that are shorter.
        places: of the percentiles among the figures of the plan, shape (levels, groups).
        of_clocks: whether some of the times were not seen to end.
    """

    ways: tuple[Way, ...]
    levels: tuple[float, ...]
    places: Ints
    of_clocks: bool = False


@dataclass(frozen=True, eq=False)
class Kinds:
    """Which figures of a plan are no means, and so have intervals of their own.

    Attributes:
        counts: the places of whole numbers of events.
        shares: the places of shares of patients, in the order of :meth:`MeasurePlan.patients`.
        pooled: the percentiles, in the order of :meth:`MeasurePlan.lists`.
    """

    counts: Ints
    shares: Ints
    pooled: tuple[Pooled, ...]


NO_KINDS = Kinds(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), ())
"""Where every figure is a mean."""


@dataclass(frozen=True, eq=False)
class MeasurePlan:
    """What measures a variant has, and for what.

    Attributes:
        ledger: what of its ledger is the same in every replication.
    """

    ledger: LedgerPlan

    @cached_property
    def blocks(self) -> tuple[Block | Listed, ...]:
        """The measures, in the order of figures."""
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block | Listed]:
        """Yields the measures that have any figure."""
        for family in _FAMILIES:
            yield from (each for each in family(self.ledger.scope) if len(each))
        yield from (each for each in money(self.ledger) if len(each))

    @cached_property
    def rows(self) -> Rows:
        """What each figure is about: the columns ``LABELS``."""
        rows = [_row(*each) for block in self.blocks for each in block.rows()]
        return Rows.of(LABELS, rows)

    @cached_property
    def _firsts(self) -> list[int]:
        """Where each block's figures begin in what all blocks return, and where the last one's end."""
        firsts: list[int] = np.cumsum([0, *(len(block) for block in self.blocks)]).tolist()
        return firsts

    @cached_property
    def _order(self) -> npt.NDArray[np.int64]:
        """The place of each figure in what all blocks return one after another."""
        parts = [block.order() + first for block, first in zip(self.blocks, self._firsts, strict=False)]
        return np.concatenate(parts)

    @cached_property
    def _blocks_at(self) -> tuple[tuple[Block, Ints], ...]:
        """The blocks, and the places of their figures in the plan, shape (measures, groups)."""
        place = np.argsort(self._order)
        return tuple(
            (each, place[first : first + len(each)].reshape(len(each.measures), len(each.groups)))
            for each, first in zip(self.blocks, self._firsts, strict=False)
            if isinstance(each, Block)
        )

    @cached_property
    def kinds(self) -> Kinds:
        """Which figures are no means."""
        counts, shares, pooled = list[Ints](), list[Ints](), list[Pooled]()
        for each, places in self._blocks_at:
            of = np.array([measure.interval for measure in each.kinds])
            counts.append(places[of == "count"].ravel())
            if each.patients is not None:
                shares.append(places[of == "share"].ravel())
            if each.levels:
                clocks = of == "clocks"
                levels = places[(of == "percentile") | clocks]
                pooled.append(Pooled(each.groups.ways, each.levels, levels, bool(clocks.any())))
        none = np.zeros(0, dtype=np.int64)
        return Kinds(np.concatenate([none, *counts]), np.concatenate([none, *shares]), tuple(pooled))

    def lists(self, facts: Facts) -> tuple[Values, ...]:
        """Returns the times of each patient that percentiles are worked out from."""
        return tuple(
            each.lists(facts) for each, _ in self._blocks_at if each.lists is not None and each.levels
        )

    def patients(self, facts: Facts, found: Ledger) -> Floats:
        """Returns of how many patients each share is; the arguments are those of :meth:`values`."""
        parts = [
            np.asarray(each.patients(facts, found), dtype=np.float64).ravel()
            for each, _ in self._blocks_at
            if each.patients is not None
        ]
        return np.concatenate([np.zeros(0), *parts])

    def values(self, facts: Facts, found: Ledger) -> Floats:
        """Returns every figure of one replication, NaN where missing.

        Args:
            facts: of the replication.
            found: its ledger.

        Raises:
            ValueError: a measure gives too few figures, or too many.
        """
        parts = [np.asarray(block.work(facts, found), dtype=np.float64).ravel() for block in self.blocks]
        figures = np.concatenate(parts)
        if len(figures) != len(self._order):
            raise ValueError(self._wrong(parts))
        ordered: Floats = figures[self._order]
        return ordered

    def _wrong(self, parts: Sequence[Floats]) -> str:
        """Returns which measure gives too few figures, or too many."""
        for block, part in zip(self.blocks, parts, strict=True):
            if len(part) != len(block):
                name, *_ = next(block.rows())
                return f"{len(part)} figures instead of {len(block)} for {name} and those beside it"
        raise AssertionError("every measure gives as many figures as it has groups")


def _row(measure: str, unit: str, key: Key) -> tuple[str, ...]:
    """Returns the labels of a figure."""
    return tuple((dict.fromkeys(LABELS, "") | key | {"measure": measure, "unit": unit}).values())
