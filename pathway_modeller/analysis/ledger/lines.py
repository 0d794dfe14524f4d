"""The lines of a ledger: their columns, the months they stand in, and how they are gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.categories import as_categories
from pathway_modeller.analysis.columns import LINE
from pathway_modeller.analysis.months import month_starts
from pathway_modeller.analysis.observed.levels import OverTime
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.shifts.prices import PriceBase
from pathway_modeller.scenario.values import Money
from pathway_modeller.simulation.trace import Legend

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]

LABELS = LINE
"""The columns that divide a ledger; "" where a line is not divided."""

_OF_GAPS = ("payer", "setting", "need_tier", "footprint", "element", "pool")
"""The columns by which gaps are told apart."""

LEDGER = (*LABELS, "pence")
"""The columns of a ledger."""

BILL = "bill"
"""The view: what commissioners are billed."""
COST = "cost"
"""The view: what the system pays."""


@dataclass(frozen=True)
class Gap:
    """Lines that are missing, because something has no price or cost that can be used.

    Attributes:
        kind: the kind of the lines.
        payer, setting, need_tier, footprint, element, pool: the labels of the lines; "" if not divided.
        unpriced: whether it has no price or cost; else it has one that cannot be brought to the price base.
    """

    kind: str
    payer: str = ""
    setting: str = ""
    need_tier: str = ""
    footprint: str = ""
    element: str = ""
    pool: str = ""
    unpriced: bool = True


@dataclass(frozen=True)
class Ledger:
    """Every line of money of one replication.

    Attributes:
        lines: the columns ``LEDGER``, labels as categories; pence are whole, of the price base.
        missing: for each view that is not known, the names of what has no price or cost.
        gaps: which lines are missing.
        year: the price base, as 2024/25; None if there is none.
        bodies: pool and footprint ("" for all together) of all capacity that may have lines.
    """

    lines: pd.DataFrame
    missing: Mapping[str, tuple[str, ...]]
    gaps: tuple[Gap, ...] = ()
    year: str | None = None
    bodies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Months:
    """The calendar months of the data collection period.

    Attributes:
        names: as 2025-04.
        edges: days at which each begins, the first not before the period; and the end of the period.
    """

    names: tuple[str, ...]
    edges: Floats

    @staticmethod
    def of(legend: Legend) -> Months:
        """Returns the months that a replication counts."""
        if legend.until <= legend.warm_up:
            return Months((), np.array([legend.until]))
        found = month_starts(legend)
        begins = [max(day, legend.warm_up) for _, day in found]
        return Months(tuple(name for name, _ in found), np.array([*begins, legend.until]))

    @property
    def since_start(self) -> tuple[float, ...]:
        """The start date (0) and the days after it at which a month begins or the period does or ends."""
        return (0.0, *(edge for edge in self.edges.tolist() if edge > 0))

    @property
    def days(self) -> Floats:
        """How many days of each month count, shape (months,)."""
        return np.diff(self.edges)

    def place(self, day: float) -> int | None:
        """Returns the number of the month in which a day lies; None outside the period."""
        if not self.edges[0] <= day < self.edges[-1]:
            return None
        return int(np.searchsorted(self.edges, day, side="right")) - 1

    def integrals(self, level: OverTime) -> Floats:
        """Returns value times days of each month, shape (months,)."""
        return level.means_on(self.edges) * self.days


class Lines:
    """Gathers the lines of a ledger: what each label is as a number, and whole pence."""

    def __init__(self, months: Months, prices: PriceBase) -> None:
        self.months = months
        self.prices = prices
        self._places: dict[str, dict[str, int]] = {column: {"": 0} for column in LABELS}
        self._codes: list[Codes] = [np.empty((len(LABELS), 0), dtype=np.int32)]
        self._pence: list[Ints] = [np.empty(0, dtype=np.int64)]
        self._missing: dict[str, dict[str, None]] = {}
        self._gaps: dict[Gap, None] = {}

    def add(self, view: str, kind: str, month: int, pounds: float, labels: Mapping[str, str]) -> None:
        """Adds a line, rounded to whole pence; a line of nothing is left out."""
        self.add_each(
            view, kind, np.array([pounds]), labels, {"month": (self.months.names, np.array([month]))}
        )

    def add_months(self, view: str, kind: str, pounds: Floats, labels: Mapping[str, str]) -> None:
        """Adds a line for each month."""
        months = self.months.names, np.arange(len(pounds))
        self.add_each(view, kind, pounds, labels, {"month": months})

    def add_each(
        self,
        view: str,
        kind: str,
        pounds: Floats,
        labels: Mapping[str, str],
        each: Mapping[str, tuple[Sequence[str], Ints]],
    ) -> None:
        """Adds lines, each rounded to whole pence; lines of nothing are left out.

        Args:
            view: of all lines.
            kind: of all lines.
            pounds: one figure a line.
            labels: of all lines.
            each: for labels that differ from line to line, all that they may be, and the place of each line's
                among these; -1 for a line that is not divided.
        """
        pence = np.rint(pounds * 100).astype(np.int64)
        some = np.flatnonzero(pence)
        same = {"view": view, "kind": kind, **labels}
        codes = np.empty((len(LABELS), len(some)), dtype=np.int32)
        for column, row in zip(LABELS, codes, strict=True):
            if column in each:
                names, places = each[column]
                row[:] = np.array([self._code(column, name) for name in (*names, "")])[places[some]]
            else:
                row[:] = self._code(column, same.get(column, ""))
        self._codes.append(codes)
        self._pence.append(pence[some])

    def _code(self, column: str, label: str) -> int:
        """Returns the number that stands for a label in a column."""
        places = self._places[column]
        return places.setdefault(label, len(places))

    def pounds(self, kind: str, name: str, money: Money, labels: Mapping[str, str]) -> float | None:
        """Returns pounds in base prices; if they cannot be had, notes which lines are missing."""
        pounds = self.prices.pounds(money)
        if pounds is None:
            self.lacks(kind, f"{name}: {self.prices.why_not(money)}", labels, unpriced=False)
        return pounds

    def lacks(self, kind: str, what: str, labels: Mapping[str, str], *, unpriced: bool = True) -> None:
        """Notes what is missing, so that a view is not known.

        Args:
            kind: of the lines that are missing.
            what: the name of what has no price or cost, and why.
            labels: of the lines that are missing.
            unpriced: see :class:`Gap`.
        """
        self._missing.setdefault(BILL if kind == BILL else COST, {})[what] = None
        divided = {label: labels.get(label, "") for label in _OF_GAPS}
        self._gaps[Gap(kind, **divided, unpriced=unpriced)] = None

    def ledger(self, bodies: Sequence[tuple[str, str]]) -> Ledger:
        """Returns the lines in the order in which they were added, labels as categories, and what is missing.

        Args:
            bodies: see :class:`Ledger`.
        """
        columns = zip(self._places.items(), np.concatenate(self._codes, axis=1), strict=True)
        lines = {column: as_categories(codes, list(places)) for (column, places), codes in columns}
        frame = pd.DataFrame({**lines, "pence": np.concatenate(self._pence)})
        missing = {view: tuple(names) for view, names in self._missing.items()}
        return Ledger(frame, missing, tuple(self._gaps), self.prices.year, tuple(bodies))


def labels_of(thing: Activity | Pool) -> dict[str, str]:
    """Returns payer, provider and setting of an activity or a pool."""
    return {"payer": thing.payer or "", "provider": thing.provider or "", "setting": thing.setting}
