"""The outcomes that an answer is held to: their figures, and which sentences may be said of them.

What is known at a value of a range is the comparison's own figure, moved by the mean change over the few
replications that were played there, on the same random numbers. Its interval is as wide as the comparison's:
what as many replications there would be expected to find, not what the few can show.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.like_for_like import Beside, likes
from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import prices_missing, spent
from pathway_modeller.experiment.answers.primary import LIKE_FOR_LIKE
from pathway_modeller.experiment.answers.unserved import HARM, LEFT
from pathway_modeller.experiment.hangs_on.value import Outcome, Sentence
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.values import DAYS_PER_YEAR

Floats = npt.NDArray[np.float64]
WITHOUT_CARE = (*LEFT, *HARM)
"""What counts people who go without: they leave unseen, or come to harm."""

SENTENCES: Mapping[Sentence, Outcome] = {
    "saves": "cash",
    "costs": "cash",
    "shorter": "wait",
    "longer": "wait",
    "without": "care",
}
"""The sentences, those that come first on a page first, and the outcome that each is about."""


def outcomes_of(scenario: Scenario, results: Results) -> dict[Outcome, tuple[str, str]]:
    """Returns the name and unit of each outcome that a scenario has."""
    found: dict[Outcome, tuple[str, str]] = {}
    if not prices_missing(results, results.variants, "cost") and (results.cash["view"] == COST).any():
        found["cash"] = "System cash saved a year", "GBP"
    first = next(iter(scenario.baseline.standards.values()), None)
    found["wait"] = (LIKE_FOR_LIKE if first is None else f"Mean wait: {first.name}"), "days"
    found["care"] = "People without care", "patients"
    return found


@dataclass(frozen=True, eq=False)
class Side:
    """What is known of one variant.

    Attributes:
        measured: its measures.
        cash: what the system pays, pounds a year, one a replication.
    """

    measured: Measured
    cash: Floats


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads outcomes.

    Attributes:
        outcomes: which.
        scenario: says what is compared with what.
        days: length of the data collection period.
    """

    outcomes: tuple[Outcome, ...]
    scenario: Scenario
    days: float

    def of_results(self, results: Results, variant: str) -> Side:
        """Returns a variant of a comparison."""
        pounds = spent(results, variant, "cost").sum(axis=1) / 100
        return Side(results.measures[variant], pounds / self._years)

    def of_vectors(self, vectors: Sequence[Vectors]) -> Side:
        """Returns some replications of a variant."""
        values = np.column_stack([each.measures for each in vectors])
        cash = np.array([_paid(each) for each in vectors]) / self._years
        return Side(Measured(vectors[0].known_plan.measures, values), cash)

    @property
    def _years(self) -> float:
        """The length of the data collection period in years."""
        return self.days / DAYS_PER_YEAR

    def levels(self, option: str, before: Side, after: Side) -> dict[Outcome, tuple[Floats, Floats]]:
        """Returns each outcome under the baseline and an option, one figure a replication."""
        return {each: self._level(each, option, before, after) for each in self.outcomes}

    def _level(self, outcome: Outcome, option: str, before: Side, after: Side) -> tuple[Floats, Floats]:
        """Returns one outcome under the baseline and an option."""
        match outcome:
            case "cash":
                return before.cash, after.cash
            case "care":
                return _summed(before.measured, WITHOUT_CARE), _summed(after.measured, WITHOUT_CARE)
            case "wait":
                if self.scenario.baseline.standards:
                    mean = (f"standard.mean.{next(iter(self.scenario.baseline.standards))}",)
                    return _summed(before.measured, mean), _summed(after.measured, mean)
                declared = self.scenario.options[option].displacements
                like = likes(self.scenario.baseline.activities, declared)
                return Beside(before.measured, after.measured, like, self.days).waits("")
            case _:
                assert_never(outcome)


def _paid(vectors: Vectors) -> float:
    """Returns what the system pays in a replication, in pounds."""
    numbers = vectors.known_plan.lines
    cost = numbers.places(vectors.lines, "view") == numbers.labels["view"].index(COST)
    return float(vectors.pence[cost].sum()) / 100


def _summed(measured: Measured, measures: Sequence[str]) -> Floats:
    """Returns the sum of measures of the whole pathway; NaN where none of them is there."""
    rows = measured.rows
    whole = {column: "" for column in rows.columns if column not in ("measure", "unit")}
    places = [place for each in measures for place in rows.where(measure=each, **whole)]
    chosen = measured.values[places]
    return np.where(np.isnan(chosen).all(axis=0), np.nan, np.nansum(chosen, axis=0))


def apart(outcome: Outcome, sides: tuple[Floats, Floats]) -> Floats:
    """Returns the difference of option and baseline: cash as what is saved, all else as what is more."""
    before, after = sides
    return before - after if outcome == "cash" else after - before


def moved(whole: Floats, part: Floats) -> Interval:
    """Returns a difference at a value of a range.

    Args:
        whole: the difference as compared, one a replication.
        part: the same at the value, of the first replications.
    """
    if len(part) == len(whole):
        return interval(part)
    known, change = interval(whole), interval(part - whole[: len(part)]).mean
    return Interval(known.mean + change, known.low + change, known.high + change, known.n)


def margins(sentence: Sentence, figure: Interval, least: float) -> tuple[float, ...]:
    """Returns what must all be above 0 for a sentence to be said of a figure.

    Args:
        sentence: which.
        figure: the outcome that it is about.
        least: the smallest difference that matters.
    """
    if math.isnan(figure.low):
        return (-1.0,)
    match sentence:
        case "saves" | "longer" | "without":
            return figure.mean - least, figure.low
        case "costs" | "shorter":
            return -figure.mean - least, -figure.high
        case _:
            assert_never(sentence)
