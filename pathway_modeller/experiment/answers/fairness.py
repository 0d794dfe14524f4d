"""Who gains and who loses by place and need, and what the outcomes cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.accounts.equity import Equity, Side, Terms, equity
from pathway_modeller.analysis.accounts.like_for_like import Beside, likes
from pathway_modeller.analysis.accounts.need_weights import NeedWeights, People, mean_people, need_weights
from pathway_modeller.analysis.accounts.outcomes import Figures, OutcomeAccount, outcome_accounts
from pathway_modeller.experiment.answers.monthly import prices_missing, spent
from pathway_modeller.experiment.answers.sections import Compared
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.years import anniversary_day


@dataclass(frozen=True, eq=False)
class Weighed:
    """People of baseline and option, and how much each need tier counts.

    Attributes:
        people: for each variant the mean people over the period, by need tier and footprint.
        weights: how much one person of a tier counts; the same for both.
    """

    people: Mapping[str, People]
    weights: NeedWeights


def weighed(one: Compared, before: People) -> Weighed:
    """Returns the people of baseline and option, weighed by need; those of the baseline are given."""
    people = {BASELINE: before, one.option: people_of(one.results, one.option)}
    lines = one.ledger(BASELINE)
    if prices_missing(one.results, (BASELINE,), "cost"):
        # What is spent on a tier is not known, so that nothing may be weighed by it.
        lines = lines.iloc[:0]
    tiers = {**one.pathways[1].need_tiers, **one.pathways[0].need_tiers}
    return Weighed(people, need_weights(tiers, people[BASELINE], lines, one.years))


def people_of(results: Results, variant: str) -> People:
    """Returns the mean people of a variant over the data collection period."""
    table = results.plain_rows("population", variant)
    given = results.provenance
    begins = year_at(given, given.warm_up_days)
    ends = year_at(given, given.warm_up_days + given.collection_days)
    return mean_people(table, begins, ends) if len(table) else {}


def year_at(provenance: Provenance, day: float) -> float:
    """Returns a day of a run in years from the start date, anniversaries being whole numbers."""
    start = provenance.start_date
    year = (start + dt.timedelta(days=int(day // 1))).year - start.year
    year = year if anniversary_day(start, year) <= day else year - 1
    begins, ends = anniversary_day(start, year), anniversary_day(start, year + 1)
    return year + (day - begins) / (ends - begins)


def terms_of(one: Compared, people: Weighed) -> Terms:
    """Returns how the footprints of baseline and option are compared."""
    declared = one.scenario.options[one.option].declared()
    return Terms(
        weights=people.weights,
        care=Beside(
            one.results.measures[BASELINE],
            one.results.measures[one.option],
            likes(one.pathways[0].activities, declared),
            one.results.provenance.collection_days,
        ),
        matters=one.scenario.matters,
        years=one.years,
    )


def fairness(one: Compared, people: Weighed, terms: Terms) -> Equity:
    """Returns cost, contacts and waits by footprint, those that lose first."""
    unknown = bool(one.cost_missing)
    sides = [
        Side(
            lines=None if unknown else one.ledger(variant),
            people=people.people[variant],
        )
        for variant in (BASELINE, one.option)
    ]
    footprints = {**one.pathways[1].footprints, **one.pathways[0].footprints}
    return equity(footprints, terms, sides[0], sides[1])


def outcomes(one: Compared) -> tuple[OutcomeAccount, ...]:
    """Returns what the option does to the scenario's outcomes, and what that costs."""
    sides = [_values(one, variant) for variant in (BASELINE, one.option)]
    return outcome_accounts(one.scenario.outcomes, sides[0], sides[1], one.over)


def _values(one: Compared, variant: str) -> Figures:
    """The figures of every replication of a variant, and its cost."""
    cost = None
    if not one.cost_missing:
        cost = spent(one.results, variant, "cost").sum(axis=1).astype(np.float64)
    return Figures(one.results.measures[variant], cost)
