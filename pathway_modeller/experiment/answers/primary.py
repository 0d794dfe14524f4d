"""The primary outcomes of an option: the wait, the system's cash, and people without care.

The wait is the mean time on the clock of the first waiting-time standard; of a scenario without one, the mean
wait for a contact of the baseline, like for like. A shorter wait is refused where more are left behind: where
more clocks still run at the end, patients go without, or contacts are put off or found nowhere. Those are
what a mean over the ones seen leaves out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.accounts.equity import Terms
from pathway_modeller.analysis.accounts.like_for_like import mean_of_known
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.analysis.statistics.means import paired
from pathway_modeller.experiment.answers.claim import Claim, Subject, Verdict, as_interval, judged
from pathway_modeller.experiment.answers.judging import Judged, Shows
from pathway_modeller.experiment.answers.put_off import loses_contacts, put_off_work
from pathway_modeller.experiment.answers.saving import Freed
from pathway_modeller.experiment.answers.sections import Compared, Displaced
from pathway_modeller.experiment.answers.unserved import Served, served
from pathway_modeller.scenario.options import BASELINE

Floats = npt.NDArray[np.float64]

LIKE_FOR_LIKE = "Wait for a contact"
"""What the wait is called where no standard is entered."""


@dataclass(frozen=True, eq=False)
class Wait:
    """The wait that an option is judged by.

    Attributes:
        of: id of the standard; "" where there is none.
        name: what people call it.
        before, after: mean wait in days, one a replication; NaN where nobody waited or came.
        running: numbers of clocks that still run at the end, of option and baseline; None without a standard,
            of which the wait holds those who still wait.
    """

    of: str
    name: str
    before: Floats
    after: Floats
    running: tuple[Floats, Floats] | None


def wait_of(one: Compared, terms: Terms) -> Wait:
    """Returns the wait that an option is judged by."""
    standards = one.scenario.baseline.standards
    if not standards:
        before, after = terms.care.waits("")
        return Wait("", LIKE_FOR_LIKE, before, after, None)
    first = next(iter(standards))
    whose = "those waiting at the last month end" if standards[first].counts == "stock" else "those seen"
    sides = [one.results.measures[variant] for variant in (BASELINE, one.option)]
    number = min(side.values.shape[1] for side in sides)
    before, after = (_whole(side, f"standard.mean.{first}", number) for side in sides)
    running = tuple(_whole(side, f"standard.running.{first}", number) for side in reversed(sides))
    return Wait(first, f"{standards[first].name}, {whose}", before, after, (running[0], running[1]))


def _whole(side: Measured, measure: str, number: int) -> Floats:
    """A measure of the whole pathway, one a replication; NaN where there is none."""
    found = side.of(measure)
    return found[0][:number] if len(found) else np.full(number, np.nan)


def names_of(one: Compared) -> dict[str, str]:
    """Returns the names of all waiting-time standards of baseline and option by id."""
    return {key: standard.name for way in one.pathways for key, standard in sorted(way.standards.items())}


def primary(one: Compared, found: Freed | None, wait: Wait) -> Iterator[tuple[Subject, Shows]]:
    """Yields the primary outcomes of an option, and for each whether it differs among so many."""
    if found is not None:
        gross = np.array(found.gross)
        yield "cash", lambda among: _is_apart(gross, np.zeros_like(gross), among)
    yield "wait", lambda among: _is_apart(wait.after, wait.before, among)
    names = names_of(one)
    yield "care", lambda among: _cares(served(one.results, one.option, names, one.scenario.matters, among))


def _is_apart(after: Floats, before: Floats, among: int) -> bool:
    """Whether a paired difference leaves out zero."""
    change = paired(after, before, among=among)
    return change.low > 0 or change.high < 0


def _cares(found: Served) -> bool:
    """Whether more or fewer go without."""
    return found.gone or found.change.high < 0


def care_claim(one: Compared, care: Served, apart: Judged) -> Claim:
    """Returns whether more people go without care under an option, or fewer."""
    change = as_interval(care.change)
    verdict: Verdict = judged(change, care.least, shown=apart.shown)
    if care.gone:
        verdict = "worse" if apart.shown else "unclear"
    return Claim(
        option=one.option,
        subject="care",
        of="",
        name="people without care",
        unit="patients",
        baseline=care.baseline,
        change=change,
        least=care.least,
        verdict=verdict,
        family="primary outcomes",
        among=apart.among,
        reservations=care.words if verdict == "worse" else (),
    )


def wait_claim(one: Compared, wait: Wait, gone: Displaced, care: Served, apart: Judged) -> Claim:
    """Returns whether patients wait longer under an option, or less long without anybody left behind."""
    change = as_interval(paired(wait.after, wait.before))
    before = mean_of_known(wait.before)
    least = one.scenario.matters.least("days", before)
    claim = Claim(
        option=one.option,
        subject="wait",
        of=wait.of,
        name=wait.name,
        unit="days",
        baseline=before,
        change=change,
        least=least,
        verdict=judged(change, least, shown=apart.shown),
        family="primary outcomes",
        among=apart.among,
    )
    if claim.verdict != "better":
        return claim
    put_off = put_off_work(one, gone)
    left = (
        *_left(one, wait),
        *(f"{each}." for each in care.words),
        *((*gone.unmet, *gone.missing) if loses_contacts(one, gone) else ()),
        *((put_off.sentence,) if put_off is not None else ()),
    )
    if left:
        return replace(claim, verdict="refused", reservations=left)
    return replace(claim, conditions=tuple(each.rstrip(".") for each in gone.avoided))


def _left(one: Compared, wait: Wait) -> Iterator[str]:
    """Yields how many more still wait on the clock at the end, if that matters."""
    if wait.running is None:
        return
    more: PairedInterval = paired(*wait.running)
    contacts = one.results.measures[BASELINE].of("contacts")
    least = one.scenario.matters.least("contacts", float(contacts.mean()) if len(contacts) else math.nan)
    if more.low > 0 and more.mean >= least:
        yield f"{more.mean:,.0f} more patients still wait at the end."
