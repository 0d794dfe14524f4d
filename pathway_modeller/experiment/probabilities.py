"""How likely it is that an option saves cash, and that nobody is worse off for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway_modeller.experiment.chance import Chance, chance
from pathway_modeller.experiment.monthly import prices_missing, saved
from pathway_modeller.experiment.results import Results
from pathway_modeller.experiment.worse import Worse, footprints_worse, none_worse, standards_worse
from pathway_modeller.scenario.options import BASELINE


@dataclass(frozen=True)
class Probabilities:
    """Shares of replications, each compared with the baseline's replication of the same luck.

    Attributes:
        missing: prices that nobody entered, for want of which nothing can be said of cash.
        saves_cash: the system pays less over the horizon, by a penny or more; None if prices are missing.
        no_standard_worse: no waiting-time standard is worse (see ``experiment.worse``); with no standards it
            is every replication.
        no_footprint_worse: no footprint is worse off; with no footprints it is every replication.
        saves_and_none_worse: all three together; None if prices are missing.
        standards: for each standard, how often it is worse.
        footprints: for each footprint, how often it waits longer and how often it has fewer contacts.
    """

    missing: tuple[str, ...]
    saves_cash: Chance | None
    no_standard_worse: Chance
    no_footprint_worse: Chance
    saves_and_none_worse: Chance | None
    standards: tuple[Worse, ...]
    footprints: tuple[Worse, ...]


def probabilities(results: Results, option: str, heads: Mapping[str, Mapping[str, float]]) -> Probabilities:
    """Returns how likely it is that an option saves cash and that nobody is worse off.

    Args:
        results: of baseline and option.
        option: its id.
        heads: need-weighted heads by variant and footprint; a footprint without is compared by contacts.
    """
    number = results.provenance.replications
    standards = standards_worse(results, option)
    footprints = footprints_worse(results, option, heads)
    fair, local = none_worse(standards, number), none_worse(footprints, number)
    missing = prices_missing(results, (BASELINE, option), "cost")
    cash = None if missing else saved(results, option, "cost").sum(axis=1) > 0
    return Probabilities(
        missing=missing,
        saves_cash=None if cash is None else chance(int(cash.sum()), number),
        no_standard_worse=chance(int(fair.sum()), number),
        no_footprint_worse=chance(int(local.sum()), number),
        saves_and_none_worse=None if cash is None else chance(int((cash & fair & local).sum()), number),
        standards=tuple(each.chance() for each in standards),
        footprints=tuple(each.chance() for each in footprints),
    )
