"""What is said of what an answer hangs on, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["cash", "wait", "care"]
Sentence = Literal["saves", "costs", "shorter", "longer", "without", "loses"]


@dataclass(frozen=True)
class Range:
    """The range of an assumption that was varied.

    Attributes:
        assumption: its id.
        name: what it is about.
        unit: of its values.
        low, central, high: its values.
        recounted: whether nothing but money or targets hangs on it, so that it was counted anew, not played.
    """

    assumption: str
    name: str
    unit: str
    low: float
    central: float
    high: float
    recounted: bool


@dataclass(frozen=True)
class Swing:
    """How an outcome of an option moves with an assumption.

    Attributes:
        assumption: its id.
        low, central, high: the outcome's difference from the baseline at these values of the range.
    """

    assumption: str
    low: float
    central: float
    high: float

    @property
    def size(self) -> float:
        """How far the outcome moves from end to end."""
        return max(self.low, self.central, self.high) - min(self.low, self.central, self.high)


@dataclass(frozen=True)
class Turn:
    """A sentence of an option that holds on one side of a value only.

    Attributes:
        assumption: whose value.
        sentence: which.
        holds: whether it holds beyond the value; else it holds at the central value, and no longer beyond.
        at: the value from which on that is so, seen from the central value; None if all that is known is
            that it is so at the end of the range.
        end: the end of the range on that side.
        confirmed: whether a run at this very value said so.
    """

    assumption: str
    sentence: Sentence
    holds: bool
    at: float | None
    end: float
    confirmed: bool


@dataclass(frozen=True)
class OptionHangsOn:
    """What the answers about one option hang on.

    Attributes:
        option: its id.
        swings: for each outcome every assumption that was varied, the one that moves it farthest first.
        turns: what turns a sentence, those of cash first.
    """

    option: str
    swings: Mapping[Outcome, tuple[Swing, ...]]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Unvaried:
    """An assumption that was not varied.

    Attributes:
        assumption: its id.
        name: what it is about.
        because: why, as a clause.
    """

    assumption: str
    name: str
    because: str


@dataclass(frozen=True)
class HangsOn:
    """What the answers of a comparison hang on.

    Attributes:
        options: in the order of the comparison.
        ranges: the assumptions that were varied, by id.
        not_varied: the others.
        outcomes: the name and unit of each outcome that the scenario has.
        replications: how many were played at each end, the first of the comparison.
        compared: how many the comparison has.
    """

    options: tuple[OptionHangsOn, ...]
    ranges: Mapping[str, Range]
    not_varied: tuple[Unvaried, ...]
    outcomes: Mapping[Outcome, tuple[str, str]]
    replications: int
    compared: int

    def of(self, option: str) -> OptionHangsOn:
        """Returns what the answers about an option hang on.

        Raises:
            KeyError: it was not compared.
        """
        for each in self.options:
            if each.option == option:
                return each
        raise KeyError(option)
