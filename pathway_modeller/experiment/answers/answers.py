"""The answers of an experiment: for each option whether, when and for whom it pays, and when to say no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway_modeller.analysis.accounts.equity import Equity
from pathway_modeller.analysis.accounts.need_weights import People
from pathway_modeller.analysis.accounts.outcomes import OutcomeAccount
from pathway_modeller.analysis.accounts.section75 import PayerAccount
from pathway_modeller.experiment.answers.fairness import fairness, outcomes, people_of, terms_of, weighed
from pathway_modeller.experiment.answers.monthly import VIEWS, View, months
from pathway_modeller.experiment.answers.probabilities import Probabilities, probabilities
from pathway_modeller.experiment.answers.saving import Freed, SavingClaim, freed, saving_claim, seen
from pathway_modeller.experiment.answers.sections import (
    Displaced,
    Provided,
    compared,
    displaced,
    payers,
    provided,
)
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
        provided: providers' income against cost, and activities below their minimum volume.
        equity: cost, contacts and waits by footprint for each need-weighted head, those that lose first.
        outcomes: what becomes of the outcomes that the scenario is judged by, and what that costs.
        spending: what the system's cash is called: "the system cost", or "all spending" where spending on
            people outside the pathway is in it.
    """

    option: str
    name: str
    views: Mapping[View, ViewAnswers]
    probabilities: Probabilities
    payers: PayerAccount | None
    displaced: Displaced
    freed: Freed | None
    claim: SavingClaim
    provided: Provided
    equity: Equity
    outcomes: tuple[OutcomeAccount, ...]
    spending: str


@dataclass(frozen=True)
class Answers:
    """The answers of an experiment.

    Attributes:
        horizon: the calendar months of the data collection period.
        options: the answers for each option that was run, in the order asked for.
    """

    horizon: tuple[str, ...]
    options: tuple[OptionAnswers, ...]

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
    before = people_of(results, BASELINE)
    return Answers(
        horizon=tuple(month.name for month in months(results.provenance)),
        options=tuple(_option(results, scenario, option, before) for option in results.options),
    )


def _option(results: Results, scenario: Scenario, option: str, before: People) -> OptionAnswers:
    """The answers for one option; the people of the baseline are given."""
    one = compared(results, scenario, option)
    found, gone, people = freed(one), displaced(one), weighed(one, before)
    terms = terms_of(one, people)
    return OptionAnswers(
        option=option,
        name=scenario.options[option].name,
        views={view: view_answers(results, option, view, one.prices) for view in VIEWS},
        probabilities=probabilities(results, option, terms, None if found is None else found.cash),
        payers=payers(one),
        displaced=gone,
        freed=found,
        claim=saving_claim(one, found, gone, seen(one)),
        provided=provided(one),
        equity=fairness(one, people, terms),
        outcomes=outcomes(one),
        spending=one.spending,
    )
