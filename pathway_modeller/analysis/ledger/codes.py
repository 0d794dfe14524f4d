"""Lines of a ledger as numbers: what each line is about is one whole number, the same in every replication.

Every label that a line of a variant may have is known before it is played. Each column's labels stand in
rising order, and the places of a line's labels are the digits of its number, the first column's first. So
numbers rise as the labels do, lines of replications are added up as plain numbers, and what a line is about
is read off again where a person asks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.columns import LINE
from pathway_modeller.analysis.ledger.context import Books
from pathway_modeller.analysis.rows import Codes, Column, Rows
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.population import HeadCost
from pathway_modeller.simulation.trace import Legend

Ints = npt.NDArray[np.int64]

BILL = "bill"
"""The view: what commissioners are billed."""
COST = "cost"
"""The view: what the system pays."""

BILLED = ("bill", "contract", "settlement")
"""The kinds of lines of the bill: contacts by their price, what a contract agrees on, and what is settled."""

KINDS = (*BILLED, "variable", "step", "double running", "stranded", "set-up", "exit", "fixed", "other")
"""The kinds of lines."""


@dataclass(frozen=True, eq=False)
class LineCodes:
    """The numbers of lines.

    Attributes:
        labels: of each column of ``LINE`` all labels in rising order; "", which comes first, is for a line
            that is not divided.
    """

    labels: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, labels: Mapping[str, Iterable[str]]) -> LineCodes:
        """Returns the numbers of lines with some labels; columns that are not named have none.

        Raises:
            ValueError: there are more lines than numbers.
        """
        found = cls({column: tuple(sorted({"", *labels.get(column, ())})) for column in LINE})
        if math.prod(len(each) for each in found.labels.values()) >= 2**63:
            raise ValueError("the labels of ledger lines are too many to be numbered")
        return found

    @cached_property
    def _digits(self) -> dict[str, dict[str, int]]:
        """What each label of a column adds to the number of a line."""
        return {
            column: {label: place * stride for place, label in enumerate(self.labels[column])}
            for column, stride in self._strides.items()
        }

    @cached_property
    def _strides(self) -> dict[str, int]:
        """What the second label of each column would add to the number of a line."""
        strides, stride = {}, 1
        for column in reversed(LINE):
            strides[column], stride = stride, stride * len(self.labels[column])
        return strides

    def code(self, labels: Mapping[str, str]) -> int:
        """Returns the number of lines with these labels, not divided by columns that are not named.

        Raises:
            KeyError: a label is not known.
        """
        return sum(self._digits[column][label] for column, label in labels.items())

    def parts(self, column: str, names: Sequence[str]) -> Ints:
        """Returns what each of some labels adds to the number of a line."""
        digits = self._digits[column]
        return np.array([digits[name] for name in names], dtype=np.int64)

    def places(self, codes: Ints, column: str) -> Ints:
        """Returns the place of each line's label among those of a column."""
        found: Ints = codes // self._strides[column] % len(self.labels[column])
        return found

    @cached_property
    def _combined(self) -> dict[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], Ints]:
        """What :meth:`combined` has returned, since the same is asked of every replication."""
        return {}

    def combined(self, columns: tuple[str, ...], labels: tuple[tuple[str, ...], ...]) -> Ints:
        """Returns the place of combinations of labels among all that the columns can have, in their order."""
        known = self._combined.get((columns, labels))
        if known is None:
            places = [{label: at for at, label in enumerate(self.labels[column])} for column in columns]
            sizes = [len(self.labels[column]) for column in columns]
            rows = [[at[label] for at, label in zip(places, each, strict=True)] for each in labels]
            table = np.array(rows, dtype=np.int64).reshape(len(labels), len(columns))
            known = np.asarray(np.ravel_multi_index(list(table.T), sizes), dtype=np.int64)
            self._combined[columns, labels] = known
        return known

    @cached_property
    def _kinds(self) -> dict[tuple[str, ...], npt.NDArray[np.bool_]]:
        """What :meth:`are_of` has returned."""
        return {}

    def are_of(self, kinds: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Returns for each label of the column ``kind`` whether it is one of some."""
        known = self._kinds.get(kinds)
        if known is None:
            known = self._kinds[kinds] = np.array([label in kinds for label in self.labels["kind"]])
        return known

    def only(self, codes: Ints, columns: Sequence[str]) -> Ints:
        """Returns the numbers of the lines if they were divided by these columns alone."""
        found = np.zeros(len(codes), dtype=np.int64)
        for column in columns:
            found += self.places(codes, column) * self._strides[column]
        return found

    def rows(self, codes: Ints, columns: Sequence[str] = LINE) -> Rows:
        """Returns what lines are about, by some of the columns."""
        return Rows({each: Column(self._codes(codes, each), self.labels[each]) for each in columns})

    def _codes(self, codes: Ints, column: str) -> Codes:
        """Returns the place of each line's label, as columns have it."""
        return self.places(codes, column).astype(np.int32)


def codes_of(legend: Legend, months: Sequence[str], pathway: Pathway, kept: Books) -> LineCodes:
    """Returns the numbers of the lines that a variant may have.

    Args:
        legend: of the model that is played.
        months: the calendar months that count.
        pathway: the pathway that is played out, with its shifts.
        kept: what its ledger is kept against.
    """
    ways = (pathway, kept.baseline, kept.option)
    things: list[Activity | Pool | HeadCost] = [each for way in ways for each in way.activities.values()]
    things += [each for way in ways for each in way.pools.values()]
    things += [cost for way in ways for tier in way.need_tiers.values() for cost in tier.spending.values()]
    providers = {name: each for way in ways for name, each in way.providers.items()}
    payers = {each.payer for each in (*things, *providers.values(), *kept.shifts.values())}
    payers |= {name for way in ways for name in way.payers}
    payers |= {agreed.contract.payer for way in ways for agreed in way.agreed()}
    return LineCodes.of(
        {
            "month": months,
            "view": (BILL, COST),
            "kind": KINDS,
            "payer": {payer or "" for payer in payers},
            "provider": {*providers, *(each.provider or "" for each in things)},
            "setting": {setting for way in ways for setting in way.setting_order()},
            **legend.groups.labels,
            "footprint": {*legend.footprints, *(name for way in ways for name in way.footprints)},
            "element": {name for way in ways for name in way.activities},
            "pool": {name for way in ways for name in way.pools},
            "shift": kept.shifts,
        }
    )


def added_up(codes: Ints, pence: Ints) -> tuple[Ints, Ints]:
    """Returns the distinct numbers of lines in rising order, and the sum of whole pence of each."""
    found, places = distinct(codes)
    return found, sums(places, pence, len(found))


def distinct(codes: Ints) -> tuple[Ints, Ints]:
    """Returns the distinct numbers of lines in rising order, and which of them each line has."""
    found, places = np.unique(codes, return_inverse=True)
    return found, places.ravel()


def sums(places: Ints, pence: Ints, number: int) -> Ints:
    """Returns the sum of whole pence at each of so many places."""
    found = np.zeros(number, dtype=np.int64)
    np.add.at(found, places, pence)
    return found
