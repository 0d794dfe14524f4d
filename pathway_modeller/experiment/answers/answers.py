"""The answers of an experiment: for each option whether, when and for whom it pays, and when to say no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pathway_modeller.analysis.accounts.affordability import BudgetYear
from pathway_modeller.analysis.accounts.coverage import Coverage
from pathway_modeller.analysis.accounts.equity import Equity, Terms
from pathway_modeller.analysis.accounts.incremental import IncrementalTable
from pathway_modeller.analysis.accounts.need_weights import People
from pathway_modeller.analysis.accounts.outcomes import OutcomeAccount
from pathway_modeller.analysis.accounts.payer_provider import Settled
from pathway_modeller.analysis.accounts.run_rate import Monthly
from pathway_modeller.analysis.accounts.section75 import PayerAccount
from pathway_modeller.experiment.answers.budgets import budget_years
from pathway_modeller.experiment.answers.cash_claim import cash_claim
from pathway_modeller.experiment.answers.claim import Claim, Subject
from pathway_modeller.experiment.answers.fairness import (
    Weighed,
    fairness,
    outcomes,
    people_of,
    terms_of,
    weighed,
)
from pathway_modeller.experiment.answers.footprint_claims import footprint_claims
from pathway_modeller.experiment.answers.judging import Judged, holm
from pathway_modeller.experiment.answers.monthly import VIEWS, View, months
from pathway_modeller.experiment.answers.next_best import next_best
from pathway_modeller.experiment.answers.payer_claims import payer_claims
from pathway_modeller.experiment.answers.primary import (
    Wait,
    care_claim,
    names_of,
    primary,
    wait_claim,
    wait_of,
)
from pathway_modeller.experiment.answers.probabilities import Probabilities, probabilities
from pathway_modeller.experiment.answers.recurrent import (
    Recurrent,
    covered,
    monthly_by,
    recurrent,
    settled_with,
)
from pathway_modeller.experiment.answers.saving import Freed, freed
from pathway_modeller.experiment.answers.sections import (
    Compared,
    Displaced,
    Provided,
    compared,
    displaced,
    payers,
    provided,
)
from pathway_modeller.experiment.answers.unserved import Served, served
from pathway_modeller.experiment.answers.views import ViewAnswers, view_answers
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE


@dataclass(frozen=True)
class OptionAnswers:
    """What an option does, compared with the baseline.

    Attributes:
        option: its id.
        name: what people call it.
        views: the commissioner's bill and the system's cost.
        probabilities: how likely it is that it saves cash and that nobody is worse off.
        payers: who pays now and after, over the horizon; None if the system's cost is not known.
        displaced: where the contacts go that it takes away.
        freed: cash, capacity and avoided growth, kept apart; None if the system's cost is not known.
        claim: whether it may be called a saving.
        wait: whether patients wait longer, or less long.
        care: whether more people go without care, or fewer.
        served: who goes without.
        provided: providers' income against cost, and activities below their minimum volume.
        equity: cost, contacts and waits by footprint for each need-weighted head, those that lose first.
        outcomes: what becomes of the outcomes that the scenario is judged by, and what that costs.
        spending: what the system's cash is called: "the system cost", or "all spending" where spending on
            people outside the pathway is in it.
        recurrent: what changes a year, and what is paid once; None if the system's cost is not known.
        settled: what each payer is billed by each provider, what that costs, and what margin is left.
    """

    option: str
    name: str
    views: Mapping[View, ViewAnswers]
    probabilities: Probabilities
    payers: PayerAccount | None
    displaced: Displaced
    freed: Freed | None
    claim: Claim
    wait: Claim
    care: Claim
    served: Served
    provided: Provided
    equity: Equity
    outcomes: tuple[OutcomeAccount, ...]
    spending: str
    recurrent: Recurrent | None
    settled: Settled

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Everything that is judged: the primary outcomes, then footprints, then payers."""
        return (
            self.claim,
            self.wait,
            self.care,
            *footprint_claims(self.option, self.equity),
            *payer_claims(self.option, self.payers),
        )


@dataclass(frozen=True)
class Answers:
    """The answers of an experiment.

    Attributes:
        horizon: the calendar months of the data collection period.
        options: the answers for each option that was run, in the order asked for.
        covered: what the system's cost covers of the price of contacts, under the baseline; None if a price
            is missing.
        budgets: what payers are billed beside their budgets, by variant and financial year.
        next_best: for each outcome all options in order of cost, each against the next best.
    """

    horizon: tuple[str, ...]
    options: tuple[OptionAnswers, ...]
    next_best: tuple[IncrementalTable, ...] = ()
    covered: Coverage | None = None
    budgets: tuple[BudgetYear, ...] = ()

    def of(self, option: str) -> OptionAnswers:
        """Returns the answers for an option.

        Raises:
            KeyError: it was not run.
        """
        for each in self.options:
            if each.option == option:
                return each
        raise KeyError(option)


def answers(results: Results, scenario: Scenario) -> Answers:
    """Returns the answers of an experiment in which the baseline was run.

    Args:
        results: what was found.
        scenario: what was run.

    Raises:
        KeyError: the baseline was not run.
    """
    if BASELINE not in results.variants:
        raise KeyError(BASELINE)
    before, money = people_of(results, BASELINE), monthly_by(results, BASELINE)
    worked = {option: _worked(compared(results, scenario, option), before) for option in results.options}
    apart = holm(
        {
            (option, subject): shows
            for option, each in worked.items()
            for subject, shows in primary(each.one, each.found, each.wait)
        }
    )
    return Answers(
        horizon=tuple(month.name for month in months(results.provenance)),
        options=tuple(_option(each, apart, money) for each in worked.values()),
        next_best=next_best(results, scenario),
        covered=covered(results, BASELINE, scenario.baseline),
        budgets=budget_years(results, scenario),
    )


@dataclass(frozen=True, eq=False)
class _Worked:
    """What has to be known of every option before any of them is judged."""

    one: Compared
    people: Weighed
    terms: Terms
    found: Freed | None
    wait: Wait


def _worked(one: Compared, before: People) -> _Worked:
    """Works out what an option is judged by; the people of the baseline are given."""
    people = weighed(one, before)
    terms = terms_of(one, people)
    return _Worked(one, people, terms, freed(one), wait_of(one, terms))


_NOT_JUDGED = Judged(False, 1)
"""Stands for a primary outcome that is not known."""


def _option(
    worked: _Worked, apart: Mapping[tuple[str, Subject], Judged], before: Mapping[tuple[str, ...], Monthly]
) -> OptionAnswers:
    """The answers for one option; the money of the baseline is given month by month."""
    one, found, terms = worked.one, worked.found, worked.terms
    results, option = one.results, one.option
    gone, money = displaced(one), (before, monthly_by(results, option))
    cash, wait, care = (apart.get((option, subject), _NOT_JUDGED) for subject in ("cash", "wait", "care"))
    without = served(results, option, names_of(one), one.scenario.matters, care.among)
    return OptionAnswers(
        option=option,
        name=one.scenario.options[option].name,
        views={view: view_answers(results, option, view, one.prices) for view in VIEWS},
        probabilities=probabilities(results, option, terms, None if found is None else found.cash),
        payers=payers(one),
        displaced=gone,
        freed=found,
        claim=cash_claim(one, found, gone, without, cash),
        wait=wait_claim(one, worked.wait, gone, without, wait),
        care=care_claim(one, without, care),
        served=without,
        provided=provided(one),
        equity=fairness(one, worked.people, terms),
        outcomes=outcomes(one),
        spending=one.spending,
        recurrent=recurrent(one, money),
        settled=settled_with(one, money),
    )
