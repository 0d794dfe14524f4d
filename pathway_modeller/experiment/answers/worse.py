"""Whether a standard or a footprint is worse off under an option, replication by replication.

A standard is worse in a replication if a smaller share is within its limit than under the baseline on
common random numbers. A figure that the baseline has and the option lacks counts as worse, since nobody has
shown that it is not; one that the baseline lacks cannot get worse.
A footprint is worse off if its people wait longer or have fewer contacts for each need-weighted head, as
:mod:`pathway_modeller.analysis.accounts.equity` has it. All of it by no less than the smallest difference
that matters: one patient more or less in a queue moves every wait a little, and the two ends of the period
cut through visits, even where nobody goes without.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.equity import Terms
from pathway_modeller.analysis.accounts.like_for_like import mean_of_known
from pathway_modeller.analysis.statistics.intervals import ROUNDING
from pathway_modeller.experiment.answers.chance import Chance, chance
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.differences import SmallestDifferences
from pathway_modeller.scenario.options import BASELINE

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

WITHIN = "standard.within."
"""What the measure of a standard is called, before its id."""


@dataclass(frozen=True)
class Worse:
    """How often something is worse under an option than under the baseline.

    Attributes:
        what: id of a standard or footprint.
        why: ``"standard"``, ``"wait"`` or ``"contacts"``.
        worse: the share of replications.
    """

    what: str
    why: str
    worse: Chance


@dataclass(frozen=True, eq=False)
class Judged:
    """One comparison over replications.

    Attributes:
        what, why: as in :class:`Worse`.
        worse: one flag a replication.
    """

    what: str
    why: str
    worse: Flags

    def chance(self) -> Worse:
        """Returns how often it is worse."""
        return Worse(self.what, self.why, chance(int(self.worse.sum()), len(self.worse)))


def standards_worse(results: Results, option: str, matters: SmallestDifferences) -> tuple[Judged, ...]:
    """Returns for each standard of baseline or option whether it is worse, in order of id.

    Args:
        results: of baseline and option.
        option: its id.
        matters: the smallest differences that matter.
    """
    names = [each for each in _labels(results, "measure") if each.startswith(WITHIN)]
    found = []
    for name in names:
        before, after = (_figures(results, variant, name) for variant in (BASELINE, option))
        least = matters.least("share", float("nan"))
        found.append(Judged(name.removeprefix(WITHIN), "standard", _worse(before, after, least)))
    return tuple(found)


def footprints_worse(results: Results, terms: Terms) -> tuple[Judged, ...]:
    """Returns for each footprint whether it waits longer or has fewer contacts, in order of id.

    Args:
        results: of baseline and option.
        terms: how footprints are compared.
    """
    found = []
    for name in _labels(results, "footprint"):
        waits, seen = terms.care.waits(name), terms.care.contacts(name)
        least = terms.matters.least("days", mean_of_known(waits[0]))
        found.append(Judged(name, "wait", _worse(-waits[0], -waits[1], least)))  # longer is worse
        least = terms.matters.least("contacts", mean_of_known(seen.both[0]))
        found.append(Judged(name, "contacts", _worse(seen.both[0], seen.both[1] + seen.spared, least)))
    return tuple(found)


def none_worse(judged: tuple[Judged, ...], replications: int) -> Flags:
    """Returns for each replication whether nothing is worse."""
    good = np.ones(replications, dtype=np.bool_)
    for each in judged:
        good &= ~each.worse
    return good


def _worse(before: Floats, after: Floats, least: float) -> Flags:
    """Whether a figure of which more is better falls by no less than what matters, or is lost."""
    known, lost = ~np.isnan(before), np.isnan(after)
    fall = np.where(known & ~lost, before - after, 0.0)
    size = np.where(known & ~lost, np.fmax(np.abs(before), np.abs(after)), 0.0)
    worse: Flags = ((fall > ROUNDING * size) & (fall >= least)) | (known & lost)
    return worse


def _labels(results: Results, column: str) -> list[str]:
    """Returns the labels that figures of any variant have in a column, in rising order."""
    found = {str(each) for side in results.measures.values() for each in side.rows.columns[column].labels}
    return sorted(found - {""})


def _figures(results: Results, variant: str, measure: str) -> Floats:
    """Returns a measure of the whole pathway, one a replication; NaN where missing."""
    found = results.measures[variant].of(measure)
    return found[0] if len(found) else np.full(results.provenance.replications, np.nan)
