"""How likely it is that an option saves cash, and that nobody is worse off for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.accounts.equity import Terms
from pathway_modeller.analysis.accounts.savings import NOTHING
from pathway_modeller.experiment.answers.chance import Chance, chance
from pathway_modeller.experiment.answers.monthly import prices_missing
from pathway_modeller.experiment.answers.worse import Worse, footprints_worse, none_worse, standards_worse
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.options import BASELINE


@dataclass(frozen=True)
class Probabilities:
    """Shares of replications, each compared with the baseline's on common random numbers.

    Attributes:
        missing: prices that nobody entered, for want of which nothing can be said of cash.
        saves_cash: cash leaves, by a pound a year or more (avoided growth is none); None if prices are
            missing.
        no_standard_worse: no waiting-time standard is worse (see ``experiment.worse``); None if none is set.
        no_footprint_worse: no footprint is worse off; None if there is none.
        saves_and_none_worse: cash leaves, and no standard and no footprint is worse, those that there are;
            None if prices are missing, or there is neither.
        standards: for each standard, how often it is worse.
        footprints: for each footprint, how often it waits longer and how often it has fewer contacts.
    """

    missing: tuple[str, ...]
    saves_cash: Chance | None
    no_standard_worse: Chance | None
    no_footprint_worse: Chance | None
    saves_and_none_worse: Chance | None
    standards: tuple[Worse, ...]
    footprints: tuple[Worse, ...]


def probabilities(
    results: Results,
    option: str,
    terms: Terms,
    pounds: Sequence[float] | None,
) -> Probabilities:
    """Returns how likely it is that an option saves cash and that nobody is worse off.

    Args:
        results: of baseline and option.
        option: its id.
        terms: how footprints are compared, and the smallest differences that matter.
        pounds: cash that leaves, in pounds a year, one a replication; None if prices are missing.
    """
    number = results.provenance.replications
    standards = standards_worse(results, option, terms.matters)
    footprints = footprints_worse(results, terms)
    fair, local = none_worse(standards, number), none_worse(footprints, number)
    missing = prices_missing(results, (BASELINE, option), "cost")
    cash = None if pounds is None else np.array(pounds) * 100 >= NOTHING
    all_three = None if cash is None or not (standards or footprints) else cash & fair & local
    return Probabilities(
        missing=missing,
        saves_cash=None if cash is None else chance(int(cash.sum()), number),
        no_standard_worse=chance(int(fair.sum()), number) if standards else None,
        no_footprint_worse=chance(int(local.sum()), number) if footprints else None,
        saves_and_none_worse=None if all_three is None else chance(int(all_three.sum()), number),
        standards=tuple(each.chance() for each in standards),
        footprints=tuple(each.chance() for each in footprints),
    )
