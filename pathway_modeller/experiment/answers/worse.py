"""Whether a standard or a footprint is worse off under an option, replication by replication.

A standard is worse in a replication if a smaller share is within its limit than under the baseline on
common random numbers. A figure that the baseline has and the option lacks counts as worse, since nobody has
shown that it is not; one that the baseline lacks cannot get worse.
A footprint is worse off if its people wait longer on average (over all activities) by more than 1% and more
than an hour, or have fewer contacts for each need-weighted head by more than 1%: one patient more or less in
a queue moves every wait a little, and the two ends of the period cut through visits, even where nobody goes
without. Differences that are rounding alone are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.intervals import ROUNDING
from pathway_modeller.experiment.answers.chance import Chance, chance
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.options import BASELINE

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

FEWER = 0.01
"""The share of a footprint's contacts that it may have fewer by before it counts as worse off."""

LONGER = 0.01
"""The share of a footprint's mean wait that it may be longer by before it counts as worse off."""

AN_HOUR = 1 / 24
"""Days that it may be longer by, if that is more."""

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


def standards_worse(results: Results, option: str) -> tuple[Judged, ...]:
    """Returns for each standard of baseline or option whether it is worse, in order of id."""
    names = [each for each in _labels(results, "measure") if each.startswith(WITHIN)]
    found = []
    for name in names:
        before, after = (_figures(results, variant, name) for variant in (BASELINE, option))
        found.append(Judged(name.removeprefix(WITHIN), "standard", _worse(before, after)))
    return tuple(found)


def footprints_worse(
    results: Results, option: str, heads: Mapping[str, Mapping[str, float]]
) -> tuple[Judged, ...]:
    """Returns for each footprint whether it waits longer or has fewer contacts, in order of id.

    Args:
        results: of baseline and option.
        option: its id.
        heads: for each variant and footprint the number of need-weighted heads; a footprint for which one
            of the two is not known is compared by contacts alone.
    """
    found = []
    for name in _labels(results, "footprint"):
        waits = [_figures(results, variant, "wait.mean", name) for variant in (BASELINE, option)]
        # Longer is worse.
        found.append(Judged(name, "wait", _worse(-waits[0], -waits[1], LONGER, AN_HOUR)))
        seen = [_figures(results, variant, "contacts", name) for variant in (BASELINE, option)]
        people = [heads.get(variant, {}).get(name, 0.0) for variant in (BASELINE, option)]
        if all(people):
            seen = [contacts / number for contacts, number in zip(seen, people, strict=True)]
        found.append(Judged(name, "contacts", _worse(seen[0], seen[1], FEWER)))
    return tuple(found)


def none_worse(judged: tuple[Judged, ...], replications: int) -> Flags:
    """Returns for each replication whether nothing is worse."""
    good = np.ones(replications, dtype=np.bool_)
    for each in judged:
        good &= ~each.worse
    return good


def _worse(before: Floats, after: Floats, tolerance: float = ROUNDING, least: float = 0.0) -> Flags:
    """Whether a figure of which more is better falls by more than both tolerances, or is lost."""
    known, lost = ~np.isnan(before), np.isnan(after)
    fall = np.where(known & ~lost, before - after, 0.0)
    size = np.where(known & ~lost, np.fmax(np.abs(before), np.abs(after)), 0.0)
    worse: Flags = ((fall > tolerance * size) & (fall > least)) | (known & lost)
    return worse


def _labels(results: Results, column: str) -> list[str]:
    """Returns the labels that figures of any variant have in a column, in rising order."""
    found = {str(each) for side in results.measures.values() for each in side.rows.columns[column].labels}
    return sorted(found - {""})


def _figures(results: Results, variant: str, measure: str, footprint: str = "") -> Floats:
    """Returns a measure of the whole pathway or of a footprint, one a replication; NaN where missing."""
    found = results.measures[variant].of(measure, footprint=footprint)
    return found[0] if len(found) else np.full(results.provenance.replications, np.nan)
