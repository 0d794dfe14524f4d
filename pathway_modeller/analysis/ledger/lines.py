"""The lines of a ledger: the months they stand in, and how they are gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.columns import LINE
from pathway_modeller.analysis.ledger.codes import BILL, BILLED, COST, LineCodes
from pathway_modeller.analysis.months import month_starts
from pathway_modeller.analysis.observed.levels import OverTime
from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.shifts.prices import PriceBase
from pathway_modeller.scenario.values import Money
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.trace import Legend

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_OF_GAPS = ("payer", "setting", "need_tier", "footprint", "element", "pool")
"""The columns by which gaps are told apart."""

LEDGER = (*LINE, "pence")
"""The columns of a ledger."""
_MOST_PENCE = 2**53
"""Of a line; a larger number of pence is no longer whole, and sums of them may not fit."""


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


@dataclass(frozen=True, eq=False)
class Ledger:
    """Every line of money of one replication.

    Attributes:
        numbers: what lines may be about.
        codes: what each line is about, as its number.
        pence: of each line, whole, of the price base.
        missing: for each view that is not known, the names of what has no price or cost.
        gaps: which lines are missing.
        year: the price base, as 2024/25; None if there is none.
    """

    numbers: LineCodes
    codes: Ints
    pence: Ints
    missing: Mapping[str, tuple[str, ...]]
    gaps: tuple[Gap, ...] = ()
    year: str | None = None

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The lines as a table: the columns ``LEDGER``, labels as categories."""
        import pandas as pd

        return pd.DataFrame({**self.numbers.rows(self.codes).categories(), "pence": self.pence})


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

    @cached_property
    def since_start(self) -> tuple[float, ...]:
        """The start date (0) and the days after it at which a month begins or the period does or ends."""
        return (0.0, *(edge for edge in self.edges.tolist() if edge > 0))

    @cached_property
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


class Notes:
    """Notes what has no price or cost, so that lines are missing.

    Attributes:
        prices: what pounds are counted in.
    """

    def __init__(self, prices: PriceBase) -> None:
        """Starts with nothing missing."""
        self.prices = prices
        self._missing: dict[str, dict[str, None]] = {}
        self._gaps: dict[Gap, None] = {}

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
        self._missing.setdefault(BILL if kind in BILLED else COST, {})[what] = None
        divided = {label: labels.get(label, "") for label in _OF_GAPS}
        self._gaps[Gap(kind, **divided, unpriced=unpriced)] = None

    def also(self, others: Notes) -> None:
        """Takes over what others have noted."""
        for view, names in others._missing.items():
            self._missing.setdefault(view, {}).update(names)
        self._gaps.update(others._gaps)

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """For each view that is not known, the names of what has no price or cost."""
        return {view: tuple(names) for view, names in self._missing.items()}

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Which lines are missing."""
        return tuple(self._gaps)


class Lines(Notes):
    """Gathers the lines of a ledger: what each is about as a number, and whole pence.

    Attributes:
        months: in which they may stand.
        by_month: what each month adds to the number of a line.
    """

    def __init__(self, numbers: LineCodes, months: Months, prices: PriceBase) -> None:
        """Starts without lines."""
        super().__init__(prices)
        self.months = months
        self._numbers = numbers
        self._codes: list[Ints] = [np.empty(0, dtype=np.int64)]
        self._pence: list[Ints] = [np.empty(0, dtype=np.int64)]
        self.by_month = numbers.parts("month", months.names)

    def add(self, view: str, kind: str, month: int, pounds: float, labels: Mapping[str, str]) -> None:
        """Adds a line, rounded to whole pence; a line of nothing is left out."""
        where = {"view": view, "kind": kind, **labels}
        self.add_coded(self._numbers.code(where) + self.by_month[[month]], np.array([pounds]))

    def add_months(self, view: str, kind: str, pounds: Floats, labels: Mapping[str, str]) -> None:
        """Adds a line for each month."""
        self.add_coded(self._numbers.code({"view": view, "kind": kind, **labels}) + self.by_month, pounds)

    def add_each_of(
        self, view: str, kind: str, pounds: Floats, labels: Mapping[str, str], by: tuple[str, Sequence[str]]
    ) -> None:
        """Adds a line for each month and each label of a column.

        Args:
            view: of all lines.
            kind: of all lines.
            pounds: shape (months, labels).
            labels: of all lines.
            by: the column, and its labels.
        """
        base = self._numbers.code({"view": view, "kind": kind, **labels})
        codes = base + self.by_month[:, np.newaxis] + self._numbers.parts(*by)
        self.add_coded(codes.ravel(), pounds.ravel())

    def add_coded(self, codes: Ints, pounds: Floats) -> None:
        """Adds lines whose numbers are known, each rounded to whole pence; lines of nothing are left out."""
        pence = np.rint(pounds * 100).astype(np.int64)
        some = np.flatnonzero(pence)
        self._codes.append(codes[some])
        self._pence.append(pence[some])

    def take_over(self, others: Lines) -> None:
        """Takes over lines that were gathered before, with what they note."""
        self._codes += others._codes
        self._pence += others._pence
        self.also(others)

    def ledger(self) -> Ledger:
        """Returns the lines in the order in which they were added, and what is missing.

        Raises:
            SimulationStopped: a sum is too large to be told to the penny.
        """
        codes, pence = np.concatenate(self._codes), np.concatenate(self._pence)
        if pence.size and not -_MOST_PENCE < pence.min() <= pence.max() < _MOST_PENCE:
            raise SimulationStopped(
                "A sum of money is too large to be told to the penny; lower the prices and costs."
            )
        return Ledger(self._numbers, codes, pence, self.missing, self.gaps, self.prices.year)


def labels_of(thing: Activity | Pool) -> dict[str, str]:
    """Returns payer, provider and setting of an activity or a pool."""
    return {"payer": thing.payer or "", "provider": thing.provider or "", "setting": thing.setting}
