"""Who goes without under an option: what a lower bill or a shorter wait of those seen would hide.

People go without who die or come to harm while waiting, who give up, find a queue full or miss their slot
and leave unseen, and who are left waiting at the end. Each of these is told where its 95% interval,
replication by replication and all of them judged together, lies above zero, and the mean is no smaller than
the smallest difference that matters; of deaths and harm every one matters. They stand against a saving where
the whole interval lies beyond that difference; where it reaches across they are told beside it. Whoever is
cared for at the end of the run, in a virtual bed, on a caseload or between two contacts, does not go without.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.analysis.statistics.means import paired
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.differences import SmallestDifferences
from pathway_modeller.scenario.options import BASELINE

LEFT = {
    "left.gave_up": "give up and leave unseen",
    "left.turned_away": "find a queue full and leave unseen",
    "left.not_attended": "miss their slot and leave unseen",
}
"""Ways to leave the pathway unseen, of which the sum is judged; what is said where one alone rises."""
HARM = {
    "deteriorated.death": "die while waiting",
    "deteriorated.emergency": "become emergencies while waiting",
    "deteriorated.need": "move to another need tier while waiting",
}
"""What waiting does to patients, the worst first."""
_TROUBLED = ("gave_up", "turned_away")
_WAITING, _EXITS, _CONTACTS = "still_waiting.patients", "exits", "contacts"

Floats = npt.NDArray[np.float64]
Sides = Mapping[str, Measured]
Kind = Literal["death", "harm", "unseen", "troubled", "clock", "waiting"]


@dataclass(frozen=True)
class Unserved:
    """Patients who are shown to go without under an option, more than under the baseline.

    Attributes:
        kind: how.
        words: a clause such as "220 more patients leave unseen".
        matters: whether as many as that matter: the whole interval does.
    """

    kind: Kind
    words: str
    matters: bool = True


@dataclass(frozen=True)
class Served:
    """What an option does to those who are to be seen.

    Attributes:
        without: who goes without, deaths and harm first.
        fewer: whether fewer contacts are attended, or fewer patients come through, beyond chance.
        change: patients who die, come to harm or leave unseen, option minus baseline.
        baseline: as many of the baseline; NaN where not known.
        least: the smallest difference that matters.
    """

    without: tuple[Unserved, ...]
    fewer: bool
    change: PairedInterval
    baseline: float
    least: float

    @property
    def words(self) -> tuple[str, ...]:
        """The clauses, for a sentence."""
        return tuple(each.words for each in self.without)

    @property
    def gone(self) -> bool:
        """Whether more go without care: those who give up one queue and go on elsewhere do not."""
        return any(each.kind != "troubled" for each in self.without)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The clauses on those who give up a queue, or find it full, and are not shown to leave unseen."""
        return tuple(each.words for each in self.without if each.kind == "troubled")

    @property
    def against(self) -> tuple[str, ...]:
        """The clauses that stand against calling anything a saving."""
        return tuple(each.words for each in self.without if each.matters and self._counts(each))

    @property
    def beside(self) -> tuple[str, ...]:
        """The clauses that are told beside a saving: too few people to stand against it."""
        return tuple(each.words for each in self.without if not each.matters and self._counts(each))

    def _counts(self, each: Unserved) -> bool:
        """Whether it has to do with what is saved: some ways to go without have only where fewer are seen."""
        return each.kind in ("death", "harm", "unseen") or (
            self.fewer and each.kind in ("troubled", "waiting")
        )

    @property
    def deaths(self) -> bool:
        """Whether more die while waiting."""
        return any(each.kind == "death" for each in self.without)


def served(
    results: Results,
    option: str,
    standards: Mapping[str, str],
    matters: SmallestDifferences,
    among: int = 1,
) -> Served:
    """Returns who goes without under an option, more than under the baseline.

    Args:
        results: of the baseline and the option.
        option: id of the option.
        standards: names of waiting-time standards by id.
        matters: the smallest differences that matter; what is smaller is left out.
        among: how many such judgements are made together, of this option and others.
    """
    changes = _Changes(results.measures, option, standards, among)
    contacts = results.measures[BASELINE].of(_CONTACTS)
    least = matters.least("contacts", float(contacts.mean()) if len(contacts) else math.nan)
    found = (*_harmed(changes), *_leaving(changes, standards, least), *_staying(changes, least))
    change, before = changes.alone((*HARM, *LEFT)), changes.before((*HARM, *LEFT))
    fewer = any(changes.alone((each,)).high < 0 for each in (_EXITS, _CONTACTS))
    return Served(found, fewer, change, before, least)


class _Changes:
    """Differences in numbers of patients between an option and the baseline, judged together."""

    def __init__(self, rows: Sides, option: str, standards: Mapping[str, str], among: int) -> None:
        """Counts what is judged: all that differ in any replication."""
        self._rows, self._option = rows, option
        removed = [(f"standard.removed.{each}",) for each in standards]
        whole = (*((each,) for each in HARM), tuple(LEFT), _TROUBLED, *removed, (_WAITING,))
        self._among = among * max(1, sum(self._differs(each) for each in whole))

    def of(self, *measures: str) -> PairedInterval:
        """Returns the paired difference of a sum of measures, judged with the others; NaN for none."""
        return paired(*self._sides(measures), among=self._among)

    def alone(self, measures: tuple[str, ...]) -> PairedInterval:
        """Returns the same by itself."""
        return paired(*self._sides(measures))

    def before(self, measures: tuple[str, ...]) -> float:
        """Returns the baseline's mean of a sum of measures; NaN where there is none."""
        before = self._sides(measures)[1]
        return math.nan if np.isnan(before).all() else float(np.nanmean(before))

    def _differs(self, measures: tuple[str, ...]) -> bool:
        """Whether a sum of measures is known and differs in any replication."""
        after, before = self._sides(measures)
        apart = after - before
        return bool((apart[~np.isnan(apart)] != 0).any())

    def _sides(self, measures: tuple[str, ...]) -> tuple[Floats, Floats]:
        """The sums of option and baseline, one a replication."""
        after, before = (_summed(self._rows[variant], measures) for variant in (self._option, BASELINE))
        both = min(len(after), len(before))
        return after[:both], before[:both]


def _harmed(changes: _Changes) -> Iterator[Unserved]:
    """Those whom waiting harms, deaths first."""
    for measure, what in HARM.items():
        if (more := changes.of(measure)).low > 0:
            kind: Kind = "death" if measure == "deteriorated.death" else "harm"
            yield Unserved(kind, f"{_number(more.mean)} more patients {what}")


def _leaving(changes: _Changes, standards: Mapping[str, str], least: float) -> Iterator[Unserved]:
    """Those who leave unseen, or else those who give up or leave with a clock running."""
    if _is_more(left := changes.of(*LEFT), least):
        ways = [what for measure, what in LEFT.items() if changes.of(measure).low > 0]
        how = ways[0] if len(ways) == 1 else "leave unseen"
        yield Unserved("unseen", f"{_number(left.mean)} more patients {how}", left.low >= least)
        return
    if _is_more(troubled := changes.of(*_TROUBLED), least):
        words = f"{_number(troubled.mean)} more patients give up waiting or find a queue full"
        yield Unserved("troubled", words, troubled.low >= least)
    for identifier, name in standards.items():
        if _is_more(removed := changes.of(f"standard.removed.{identifier}"), least):
            # A single standard needs no name: headlines are read aloud, and are long enough.
            counts = f"“{name}”" if len(standards) > 1 else "the waiting-time standard"
            words = f"{_number(removed.mean)} more patients leave before {counts} counts them as seen"
            yield Unserved("clock", words, removed.low >= least)
            break


def _staying(changes: _Changes, least: float) -> Iterator[Unserved]:
    """Those who are still waiting at the end."""
    if _is_more(waiting := changes.of(_WAITING), least):
        words = f"{_number(waiting.mean)} more patients are left waiting at the end"
        yield Unserved("waiting", words, waiting.low >= least)


def _is_more(change: PairedInterval, least: float) -> bool:
    """Whether more patients are shown, and no fewer than matter."""
    return change.low > 0 and change.mean >= least


def _summed(figures: Measured, measures: tuple[str, ...]) -> Floats:
    """The sum of measures of the whole pathway, one a replication; NaN, or none, where there are none."""
    every = np.concatenate([figures.of(measure) for measure in measures])
    if not len(every):
        return np.empty(0)
    return np.where(np.isnan(every).all(axis=0), np.nan, np.nansum(every, axis=0))


def _number(patients: float) -> str:
    """A number of patients: whole from ten on, one decimal below."""
    return f"{patients:,.0f}" if patients >= 10 else f"{patients:.1f}" if patients >= 0.1 else "a few"
