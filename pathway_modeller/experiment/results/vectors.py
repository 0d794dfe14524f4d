"""What a replication leaves behind: plain vectors, in the order of a plan that all of its variant share.

The plan says what each number is about. It does not travel with the vectors: whoever takes them in has made
the same plan from the same scenario, which a digest shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.codes import LineCodes
from pathway_modeller.analysis.measures.plan import NO_KINDS, Kinds
from pathway_modeller.analysis.rows import Rows

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Plan:
    """What the numbers of a variant's vectors are about.

    Attributes:
        measures: the columns of :data:`pathway_modeller.analysis.measures.plan.LABELS`.
        series: time (days), kind, element, pool, footprint.
        distributions: kind, element, pool, footprint.
        lines: the numbers of ledger lines.
        people: year, need_tier, footprint.
        account: month, element, need_tier.
        kinds: which of the measures are no means; it follows from them.
    """

    measures: Rows
    series: Rows
    distributions: Rows
    lines: LineCodes
    people: Rows
    account: Rows
    kinds: Kinds = NO_KINDS

    @cached_property
    def digest(self) -> str:
        """What two plans share if and only if vectors of one may be read by the other."""
        parts = (self.measures, self.series, self.distributions, self.people, self.account)
        text = repr(([each.digest for each in parts], sorted(self.lines.labels.items())))
        return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


@dataclass(frozen=True, eq=False)
class Vectors:
    """What is kept of one replication.

    Attributes:
        plan: what the numbers are about; once they have travelled, its digest.
        measures: one figure a measure and group; NaN where missing.
        series: means over steps.
        levels: of each distribution the share of time spent at each level, from 0 on.
        people: by year, need tier and footprint.
        account: counts of :data:`pathway_modeller.analysis.columns.COUNTS`, shape (counts, lines).
        lines: the numbers of ledger lines, rising.
        pence: of each line, whole.
        missing: for each view of money that is not known, the prices that nobody entered.
        patients: of how many patients each share among the measures is.
        lists: what percentiles are of: for each the times of patients, days, cell after cell, and where each
            cell's begin.
    """

    plan: Plan | str
    measures: Floats
    series: Floats
    levels: tuple[Floats, ...]
    people: Floats
    account: Ints
    lines: Ints
    pence: Ints
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patients: Floats = field(default_factory=lambda: np.zeros(0))
    lists: tuple[tuple[Floats, Ints], ...] = ()

    @property
    def known_plan(self) -> Plan:
        """The plan.

        Raises:
            ValueError: they have travelled, and nobody has given them their plan again.
        """
        if isinstance(self.plan, str):
            raise ValueError("vectors that have travelled must be given their plan before they are taken in")
        return self.plan

    def __getstate__(self) -> dict[str, Any]:
        """Travels with the digest in place of the plan."""
        digest = self.plan if isinstance(self.plan, str) else self.plan.digest
        return {**self.__dict__, "plan": digest}

    def of(self, plan: Plan) -> Vectors:
        """Returns vectors that have travelled, to be read by the plan of whoever takes them in.

        Raises:
            ValueError: they were made by another plan.
        """
        if self.plan is plan:
            return self
        if (self.plan if isinstance(self.plan, str) else self.plan.digest) != plan.digest:
            raise ValueError("the figures of a replication are not in the order of this program's plan")
        return replace(self, plan=plan)
