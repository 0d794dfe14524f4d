"""What the first page holds: its questions, the charts that answer them, and the answers.

Apart from what makes them, which comes with pandas: the window is there before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.claim import Verdict

CELL = 80
"""Characters of an answer, at most: some four lines of a column. All of it is in :attr:`Cell.full`."""

FRONT_TITLE = "First page"
"""What people call it in a list, and the name of its file."""

Column = Literal["cash", "back", "wait", "payers", "losers", "hangs on"]

COLUMNS: Mapping[Column, str] = {
    "cash": "Saves cash?",
    "back": "Pays back?",
    "wait": "Who waits?",
    "payers": "Who pays?",
    "losers": "Who loses?",
    "hangs on": "Hangs on?",
}
"""The questions that a page answers, in order."""

WIDTHS: Mapping[Column, float] = {
    "cash": 0.9,
    "back": 0.75,
    "wait": 1.05,
    "payers": 1.2,
    "losers": 0.9,
    "hangs on": 1.45,
}
"""How the columns share the room, the names of options having ``NAMES``."""
NAMES = 1.2

CHART: Mapping[Column, str] = {
    "cash": "bridge",
    "back": "break-even",
    "wait": "mean-waits",
    "payers": "payers",
    "losers": "equity",
    "hangs on": "tornado",
}
"""The chart that a cell of each column opens."""

Tone = Literal["good", "bad", "plain"]


def tone_of(verdict: Verdict) -> Tone:
    """Returns whether a verdict is good news."""
    match verdict:
        case "better":
            return "good"
        case "worse":
            return "bad"
        case "refused" | "avoids" | "small" | "unclear" | "same" | "unknown":
            return "plain"
        case _:
            assert_never(verdict)


@dataclass(frozen=True)
class Cell:
    """An answer.

    Attributes:
        words: in as few words as it takes.
        full: the same in full, with intervals, conditions and reservations.
        tone: whether it is good news; never without words that say so.
    """

    words: str
    full: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Row:
    """What an option does.

    Attributes:
        variant: its id, or the baseline's.
        name: what people call it.
        cells: one a column.
    """

    variant: str
    name: str
    cells: Mapping[Column, Cell]


@dataclass(frozen=True)
class FirstPage:
    """The page.

    Attributes:
        title: of the scenario.
        headline: what it all comes to, in at most 110 characters.
        basis: period, replications, and how many inputs are illustrative.
        rows: the baseline, then each option.
        beside: what has to be told beside a cell: which wait it is, what a saving or a shorter wait rests on,
            why there is none, who would lose if an assumption were otherwise.
        source: where the figures come from.
    """

    title: str
    headline: str
    basis: str
    rows: tuple[Row, ...]
    beside: tuple[str, ...]
    source: str
