"""Who goes without under an option: what a lower bill or a shorter wait of those seen would hide.

A difference is told where its whole 95% interval, replication by replication, lies on one side of zero.
Deaths and harm come first; however few they are, they stand against any saving. Those who leave unseen, and
those who are left waiting, give up or find a queue full, stand against one where the whole interval lies
beyond the smallest difference that matters; fewer of them are told beside it. Whoever is cared for at the
end of the run, in a virtual bed, on a caseload or between two contacts, does not go without.
"""

from __future__ import annotations

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
    """

    without: tuple[Unserved, ...]
    fewer: bool

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


def unserved_words(
    results: Results, option: str, standards: Mapping[str, str], matters: SmallestDifferences
) -> tuple[str, ...]:
    """Returns in words which patients are shown to go without under an option, more than in the baseline.

    Args:
        results: of the baseline and the option.
        option: id of the option.
        standards: names of waiting-time standards by id.
        matters: the smallest differences that matter; what is smaller is left out.

    Returns:
        Clauses such as "220 more patients leave unseen"; empty if nothing of the kind is shown.
    """
    found = served(results, option, standards, matters)
    return tuple(each.words for each in found.without if each.matters)


def served(
    results: Results, option: str, standards: Mapping[str, str], matters: SmallestDifferences
) -> Served:
    """Returns who goes without under an option; arguments as of :func:`unserved_words`."""
    rows = results.measures
    contacts = rows[BASELINE].of(_CONTACTS)
    least = matters.least("contacts", float(contacts.mean()) if len(contacts) else float("nan"))
    found = (
        *_harmed(rows, option),
        *_leaving(rows, option, standards, least),
        *_staying(rows, option, least),
    )
    fewer = _difference(rows, option, (_EXITS,)).high < 0 or _difference(rows, option, (_CONTACTS,)).high < 0
    return Served(found, fewer)


def _harmed(rows: Sides, option: str) -> Iterator[Unserved]:
    """Those whom waiting harms, deaths first."""
    for measure, what in HARM.items():
        if (more := _difference(rows, option, (measure,))).low > 0:
            kind: Kind = "death" if measure == "deteriorated.death" else "harm"
            yield Unserved(kind, f"{_number(more.mean)} more patients {what}")


def _leaving(rows: Sides, option: str, standards: Mapping[str, str], least: float) -> Iterator[Unserved]:
    """Those who leave unseen, or else those who give up or leave with a clock running."""
    if (left := _difference(rows, option, tuple(LEFT))).low > 0:
        ways = [what for measure, what in LEFT.items() if _difference(rows, option, (measure,)).low > 0]
        how = ways[0] if len(ways) == 1 else "leave unseen"
        yield Unserved("unseen", f"{_number(left.mean)} more patients {how}", left.low >= least)
        return
    if (troubled := _difference(rows, option, _TROUBLED)).low > 0:
        words = f"{_number(troubled.mean)} more patients give up waiting or find a queue full"
        yield Unserved("troubled", words, troubled.low >= least)
    for identifier, name in standards.items():
        if (removed := _difference(rows, option, (f"standard.removed.{identifier}",))).low > 0:
            # A single standard needs no name: headlines are read aloud, and are long enough.
            counts = f"“{name}”" if len(standards) > 1 else "the waiting-time standard"
            words = f"{_number(removed.mean)} more patients leave before {counts} counts them as seen"
            yield Unserved("clock", words, removed.low >= least)
            break


def _staying(rows: Sides, option: str, least: float) -> Iterator[Unserved]:
    """Those who are still waiting at the end."""
    waiting = _difference(rows, option, (_WAITING,))
    if waiting.low > 0:
        words = f"{_number(waiting.mean)} more patients are left waiting at the end"
        yield Unserved("waiting", words, waiting.low >= least)


def _difference(rows: Sides, option: str, measures: tuple[str, ...]) -> PairedInterval:
    """The paired difference of a sum of measures; NaN where there are none."""
    after, before = (_summed(rows[variant], measures) for variant in (option, BASELINE))
    both = min(len(after), len(before))
    return paired(after[:both], before[:both])


def _summed(figures: Measured, measures: tuple[str, ...]) -> Floats:
    """The sum of measures of the whole pathway, one a replication; NaN, or none, where there are none."""
    every = np.concatenate([figures.of(measure) for measure in measures])
    if not len(every):
        return np.empty(0)
    return np.where(np.isnan(every).all(axis=0), np.nan, np.nansum(every, axis=0))


def _number(patients: float) -> str:
    """A number of patients: whole from ten on, one decimal below."""
    return f"{patients:,.0f}" if patients >= 10 else f"{patients:.1f}" if patients >= 0.1 else "a few"
