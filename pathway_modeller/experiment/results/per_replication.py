"""The figures of every replication, kept apart; what they are about is kept only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS
from pathway_modeller.experiment.results.results import CASH, LABELS
from pathway_modeller.experiment.results.row_numbers import Ints, RowNumbers
from pathway_modeller.experiment.results.summed import added_up, figures_of

Figures = Mapping[str, npt.NDArray[np.float64] | npt.NDArray[np.int64]]

_WHOLE = ACCOUNT[1:]
"""What the account over the whole period is about: the account without its months."""


class KeptTable:
    """Rows of every replication, in the order in which replications came."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Starts with no replication.

        Args:
            keys: the columns that say what a row is about.
        """
        self.rows = RowNumbers(keys)
        self._numbers: list[npt.NDArray[np.int32]] = []
        self._figures: list[Figures] = []

    def add(self, numbers: Ints, figures: Figures) -> None:
        """Takes in the next replication.

        Args:
            numbers: which row each figure belongs to.
            figures: the figures by column.
        """
        kept = numbers.astype(np.int32)
        if self._numbers and np.array_equal(kept, self._numbers[-1]):
            kept = self._numbers[-1]
        self._numbers.append(kept)
        self._figures.append(figures)

    def table(self) -> pd.DataFrame:
        """Returns the replication, the keys as categories, and the figures."""
        if not self._figures:
            return pd.DataFrame()
        replications = np.repeat(np.arange(len(self._numbers)), [len(each) for each in self._numbers])
        figures = {name: np.concatenate([each[name] for each in self._figures]) for name in self._figures[0]}
        labels = self.rows.labels(np.concatenate(self._numbers).astype(np.int64))
        return pd.DataFrame({"replication": replications} | labels | figures)


class KeptMeasures(KeptTable):
    """The measures of every replication."""

    def __init__(self) -> None:
        """Starts with no replication."""
        super().__init__(LABELS)

    def add_measures(self, measures: pd.DataFrame) -> None:
        """Takes in the next replication's measures."""
        self.add(self.rows.of(measures), {"value": measures["value"].to_numpy(dtype=np.float64)})


class KeptCash(KeptTable):
    """The cash of every replication, summed up from its ledger."""

    def __init__(self) -> None:
        """Starts with no replication."""
        super().__init__(CASH)

    def add_lines(self, lines: pd.DataFrame) -> None:
        """Takes in the next replication's ledger lines."""
        numbers = self.rows.of(lines)
        sums = added_up(numbers, figures_of(lines, ("pence",)), len(self.rows))
        present = pd.unique(numbers)
        self.add(present, {"pence": sums[0, present]})


class KeptAccount(KeptTable):
    """The account of contacts of every replication, over the whole period, by element and need tier.

    What happened is added up over the months; those waiting or present at the start are of the first month,
    and those at the end of the last.
    """

    def __init__(self) -> None:
        """Starts with no replication."""
        super().__init__(_WHOLE)

    def add_account(self, account: pd.DataFrame) -> None:
        """Takes in the next replication's account, month by month in order."""
        numbers, counts = self.rows.of(account), figures_of(account, COUNTS)
        whole = added_up(numbers, counts, len(self.rows))
        for place, name in enumerate(COUNTS):
            if name.endswith("_start"):
                whole[place, numbers[::-1]] = counts[place, ::-1]
            elif name.endswith("_end"):
                whole[place, numbers] = counts[place]
        present = pd.unique(numbers)
        self.add(present, dict(zip(COUNTS, whole[:, present], strict=True)))
