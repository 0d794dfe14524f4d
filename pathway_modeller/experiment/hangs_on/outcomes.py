"""The outcomes that an answer is held to: their figures, and which sentences may be said of them.

What is known at a value of a range is the comparison's own figure, moved by the mean change over the few
replications that were played there, on the same random numbers. Its interval is as wide as the comparison's:
what as many replications there would be expected to find, not what the few can show.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.like_for_like import Beside, likes, mean_of_known
from pathway_modeller.analysis.accounts.savings import avoided_growth, split
from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval, paired
from pathway_modeller.experiment.answers.claim import as_interval
from pathway_modeller.experiment.answers.monthly import prices_missing, spent
from pathway_modeller.experiment.answers.primary import LIKE_FOR_LIKE
from pathway_modeller.experiment.answers.unserved import HARM, LEFT
from pathway_modeller.experiment.hangs_on.value import Outcome, Sentence
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.values import DAYS_PER_YEAR
from pathway_modeller.scenario.words.spans import span_words

Floats = npt.NDArray[np.float64]
LEAST_YEAR = 365.0
"""Days from which on money is told a year."""
WITHOUT_CARE = (*LEFT, *HARM)
"""What counts people who go without: they leave unseen, or come to harm."""

SENTENCES: Mapping[Sentence, Outcome | None] = {
    "saves": "cash",
    "costs": "cash",
    "shorter": "wait",
    "longer": "wait",
    "without": "care",
    "loses": None,
}
"""The sentences, those that come first on a page first, and the primary outcome that each is about."""


@dataclass(frozen=True, eq=False)
class Loss:
    """By how much a footprint is worse off in one way.

    Attributes:
        more: days that its people wait longer, or contacts that they have fewer, one figure a replication.
        least: the smallest difference that matters.
    """

    more: Floats
    least: float


Losses = Mapping[tuple[str, str], Loss]
"""For each footprint, by its id, and each way of being worse off ("waits longer", "fewer contacts")."""


def outcomes_of(scenario: Scenario, results: Results) -> dict[Outcome, tuple[str, str]]:
    """Returns the name and unit of each outcome that a scenario has."""
    found: dict[Outcome, tuple[str, str]] = {}
    if not prices_missing(results, results.variants, "cost") and (results.cash["view"] == COST).any():
        found["cash"] = f"System cash saved{_of_what(results)}", "GBP"
    first = next(iter(scenario.baseline.standards.values()), None)
    found["wait"] = (LIKE_FOR_LIKE if first is None else f"Mean wait: {first.name}"), "days"
    found["care"] = "People without care", "patients"
    return found


def _of_what(results: Results) -> str:
    """Of what the cash is told: the mean of the years of the period, or all of one that is shorter."""
    given = results.provenance
    begins = given.start_date + dt.timedelta(days=int(given.warm_up_days))
    span = span_words(begins, given.collection_days)
    return f" a year, mean of {span}" if given.collection_days >= LEAST_YEAR else f" over {span}"


@dataclass(frozen=True, eq=False)
class Side:
    """What is known of one variant.

    Attributes:
        measured: its measures.
        cash: what the system pays, in pence, shape (replications, months).
    """

    measured: Measured
    cash: Floats


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads outcomes.

    Attributes:
        outcomes: which.
        scenario: says what is compared with what.
        horizon: the months of the data collection period, and how many days of each are counted.
        years: its length by the calendar.
    """

    outcomes: tuple[Outcome, ...]
    scenario: Scenario
    horizon: Mapping[str, float]
    years: float

    def of_results(self, results: Results, variant: str) -> Side:
        """Returns a variant of a comparison."""
        return Side(results.measures[variant], spent(results, variant, "cost").astype(np.float64))

    def of_vectors(self, vectors: Sequence[Vectors]) -> Side:
        """Returns some replications of a variant."""
        values = np.column_stack([each.measures for each in vectors])
        cash = np.array([self._paid(each) for each in vectors])
        return Side(Measured(vectors[0].known_plan.measures, values), cash)

    @property
    def _days(self) -> float:
        """The length of the data collection period."""
        return math.fsum(self.horizon.values())

    @property
    def told(self) -> float:
        """By what pounds a year are multiplied to be told: by the calendar, or of a shorter period."""
        whole = self._days / DAYS_PER_YEAR
        return whole / self.years if self._days >= LEAST_YEAR else whole

    def _paid(self, vectors: Vectors) -> Floats:
        """Returns what the system pays in a replication, in pence by month."""
        numbers, names = vectors.known_plan.lines, list(self.horizon)
        cost = numbers.places(vectors.lines, "view") == numbers.labels["view"].index(COST)
        months = numbers.places(vectors.lines[cost], "month")
        place = np.array([names.index(each) if each else 0 for each in numbers.labels["month"]])
        found = np.zeros(len(names))
        np.add.at(found, place[months], vectors.pence[cost])
        return found

    def leaves(self, before: Side, after: Side) -> Floats:
        """Returns the cash that leaves, pounds a year: what is saved less the growth that is avoided."""
        rule = avoided_growth(before.cash, after.cash, self.horizon)
        found = split(before.cash, after.cash, np.zeros_like(after.cash), self.horizon, rule)
        return self._yearly(found["cash_releasing"])

    def _yearly(self, pence: Floats) -> Floats:
        """Returns pence by month as pounds a year."""
        pounds: Floats = pence.sum(axis=1) / 100 / (self._days / DAYS_PER_YEAR)
        return pounds

    def levels(self, option: str, before: Side, after: Side) -> dict[Outcome, tuple[Floats, Floats]]:
        """Returns each outcome under the baseline and an option, one figure a replication."""
        return {each: self._level(each, option, before, after) for each in self.outcomes}

    def _level(self, outcome: Outcome, option: str, before: Side, after: Side) -> tuple[Floats, Floats]:
        """Returns one outcome under the baseline and an option."""
        match outcome:
            case "cash":
                return self._yearly(before.cash), self._yearly(after.cash)
            case "care":
                return _summed(before.measured, WITHOUT_CARE), _summed(after.measured, WITHOUT_CARE)
            case "wait":
                if self.scenario.baseline.standards:
                    mean = (f"standard.mean.{next(iter(self.scenario.baseline.standards))}",)
                    return _summed(before.measured, mean), _summed(after.measured, mean)
                return self._beside(option, before, after).waits("")
            case _:
                assert_never(outcome)

    def losses(self, option: str, before: Side, after: Side) -> Losses:
        """Returns by how much each footprint waits longer, and has fewer contacts that are needed."""
        beside, matters = self._beside(option, before, after), self.scenario.matters
        found = dict[tuple[str, str], Loss]()
        for footprint in sorted(self.scenario.baseline.footprints):
            waits, seen = beside.waits(footprint), beside.contacts(footprint)
            least = matters.least("days", mean_of_known(waits[0]))
            found[footprint, "waits longer"] = Loss(waits[1] - waits[0], least)
            least = matters.least("contacts", mean_of_known(seen.both[0]))
            found[footprint, "fewer contacts"] = Loss(seen.both[0] - seen.both[1] - seen.spared, least)
        return found

    def _beside(self, option: str, before: Side, after: Side) -> Beside:
        """Returns waits and contacts of baseline and option, like for like."""
        declared = self.scenario.options[option].declared()
        like = likes(self.scenario.baseline.activities, declared)
        return Beside(before.measured, after.measured, like, self._days)


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


def moved(whole: Floats, part: Floats, among: int = 1) -> Interval:
    """Returns a difference at a value of a range, judged together with others as the comparison's own.

    Args:
        whole: the difference as compared, one a replication.
        part: the same at the value, of the first replications.
        among: how many differences are judged together.
    """
    if len(part) == len(whole):
        return together(part, among)
    known, change = together(whole, among), interval(part - whole[: len(part)]).mean
    return Interval(known.mean + change, known.low + change, known.high + change, known.n)


def together(values: Floats, among: int) -> Interval:
    """Returns the mean of a difference, with its interval where so many are judged together."""
    return as_interval(paired(values, np.zeros_like(values), among=among))


def margins(sentence: Sentence, figure: Interval, least: float) -> tuple[float, ...]:
    """Returns what must all be above 0 for a sentence to be said of a figure.

    Args:
        sentence: which.
        figure: the outcome that it is about.
        least: the smallest difference that matters.
    """
    if math.isnan(figure.low):
        return (-1.0, -1.0)
    match sentence:
        case "saves" | "longer" | "without" | "loses":
            return figure.mean - least, figure.low
        case "costs" | "shorter":
            return -figure.mean - least, -figure.high
        case _:
            assert_never(sentence)
