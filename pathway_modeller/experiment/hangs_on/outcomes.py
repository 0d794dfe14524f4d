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

from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import prices_missing, spent
from pathway_modeller.experiment.answers.unserved import HARM, LEFT
from pathway_modeller.experiment.hangs_on.value import Outcome, Sentence
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.scenario.document import Scenario

Floats = npt.NDArray[np.float64]
Levels = Mapping[Outcome, Floats]
"""Each outcome of one variant, one figure a replication."""

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
    if scenario.baseline.standards:
        first = next(iter(scenario.baseline.standards.values()))
        found["wait"] = f"Mean wait: {first.name}", "days"
    found["care"] = "People without care", "patients"
    return found


@dataclass(frozen=True)
class Reader:
    """Reads the outcomes of a variant.

    Attributes:
        outcomes: which.
        standard: id of the first waiting-time standard; "" where there is none.
        years: of the data collection period.
    """

    outcomes: tuple[Outcome, ...]
    standard: str
    years: float

    def of_results(self, results: Results, variant: str) -> Levels:
        """Returns the outcomes of a variant of a comparison."""
        measured = results.measures[variant]
        found = self._measured(measured.rows, measured.values)
        if "cash" in self.outcomes:
            found["cash"] = spent(results, variant, "cost").sum(axis=1) / 100 / self.years
        return found

    def of_vectors(self, vectors: Sequence[Vectors]) -> Levels:
        """Returns the outcomes of some replications of a variant."""
        plan = vectors[0].known_plan
        found = self._measured(plan.measures, np.column_stack([each.measures for each in vectors]))
        if "cash" in self.outcomes:
            found["cash"] = np.array([self._cash(each) for each in vectors])
        return found

    def _cash(self, vectors: Vectors) -> float:
        """Returns what the system pays in a replication, pounds a year."""
        plan = vectors.known_plan
        views = plan.lines.labels["view"]
        cost = plan.lines.places(vectors.lines, "view") == views.index(COST)
        return float(vectors.pence[cost].sum()) / 100 / self.years

    def _measured(self, rows: Rows, values: Floats) -> dict[Outcome, Floats]:
        """Returns the outcomes that are measures."""
        found: dict[Outcome, Floats] = {}
        if "wait" in self.outcomes:
            found["wait"] = _of(rows, values, (f"standard.mean.{self.standard}",))
        found["care"] = _of(rows, values, WITHOUT_CARE)
        return found


def _of(rows: Rows, values: Floats, measures: Sequence[str]) -> Floats:
    """Returns the sum of measures of the whole pathway; NaN where none of them is there."""
    whole = {column: "" for column in rows.columns if column not in ("measure", "unit")}
    places = [place for each in measures for place in rows.where(measure=each, **whole)]
    chosen = values[places]
    return np.where(np.isnan(chosen).all(axis=0), np.nan, np.nansum(chosen, axis=0))


def apart(outcome: Outcome, option: Floats, baseline: Floats) -> Floats:
    """Returns an option's difference from the baseline: cash as what is saved, all else as what is more."""
    return baseline - option if outcome == "cash" else option - baseline


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
