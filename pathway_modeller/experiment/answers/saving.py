"""What an option frees, with intervals, and whether it may be called a saving at all.

A saving is claimed only where cash that matters is shown to leave (its interval above 0), every
contact taken is found or declared no longer needed, none of them beyond the tolerance becomes unmet need,
what is put off beyond the period would cost less than is saved, and nobody is shown to go without
(:mod:`pathway_modeller.experiment.answers.unserved`). Otherwise it is said who goes without, and only then
how much less is paid because of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pathway_modeller.analysis.accounts.savings import NOTHING, Savings, avoided_growth, savings, split
from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import months, spent
from pathway_modeller.experiment.answers.sections import Compared, Displaced
from pathway_modeller.experiment.answers.unserved import Served, served
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.cheaper import lowered

OF_CASH = ("gross", "cash_releasing", "avoided_growth", "capacity_releasing")
"""What is worked out from the cash of every replication."""

LEAST = NOTHING / 100
"""Pounds a year below which a difference is none."""

_NAMED = 4
"""Names in a sentence, at most."""


@dataclass(frozen=True, eq=False)
class Freed:
    """What an option frees against the baseline.

    Attributes:
        split: by month, in pence: means over replications.
        yearly: pounds a year of each of ``OF_CASH``, with the 95% interval over replications.
        cash: pounds a year of cash that leaves, one a replication.
    """

    split: Savings
    yearly: Mapping[str, Interval]
    cash: tuple[float, ...]


@dataclass(frozen=True)
class SavingClaim:
    """Whether an option may be said to save.

    Attributes:
        claimed: whether cash is shown to leave, and every contact taken is accounted for.
        sentence: the claim, or why there is none; for a headline.
        reasons: what stands against it: prices missing, contacts found nowhere.
        is_small: whether less is paid, and by less than what matters.
    """

    claimed: bool
    sentence: str
    reasons: tuple[str, ...] = ()
    is_small: bool = False


def freed(one: Compared) -> Freed | None:
    """Returns what an option frees; None if the system's cash is not known."""
    if one.cost_missing:
        return None
    days = {month.name: month.days for month in months(one.results.provenance)}
    before, after = (spent(one.results, each, "cost").astype(float) for each in (BASELINE, one.option))
    rule = avoided_growth(before, after, days)
    mean = savings(*one.both_ledgers(), days, one.years, less_used(one.results, one.option), rule)
    stranded = spent(one.results, one.option, "cost", "stranded").astype(float)
    each = split(before, after, stranded, days, rule)
    yearly = {name: each[name].sum(axis=1) / one.years / 100 for name in OF_CASH}
    return Freed(
        split=mean,
        yearly={name: interval(figures) for name, figures in yearly.items()},
        cash=tuple(yearly["cash_releasing"].tolist()),
    )


def less_used(results: Results, option: str) -> dict[str, float]:
    """Returns by how much the utilisation of pools falls under an option; those that rise are left out."""
    falls = {}
    changes = results.differences(option)
    chosen = changes[(changes["measure"] == "pool.utilisation") & (changes["footprint"] == "")]
    for pool, mean in chosen[["pool", "mean"]].itertuples(index=False, name=None):
        if mean < 0:
            falls[str(pool)] = -float(mean)
    return falls


def seen(one: Compared) -> Served:
    """Returns who goes without under an option, beyond chance."""
    standards = {
        key: standard.name for way in one.pathways for key, standard in sorted(way.standards.items())
    }
    return served(one.results, one.option, standards, one.scenario.matters)


def saving_claim(one: Compared, found: Freed | None, gone: Displaced, care: Served) -> SavingClaim:
    """Returns whether an option may be said to save: only cash that leaves, and only if nobody goes without.

    Args:
        one: the option beside the baseline.
        found: what it frees; None if the system's cash is not known.
        gone: where the contacts go that it takes away.
        care: who goes without.
    """
    if found is None:
        names = one.cost_missing
        rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        what = "All spending" if one.has_other_spending else "System cash"
        said = f"{what} is not known, so no saving can be claimed: {'; '.join(names[:_NAMED])}{rest}."
        return SavingClaim(False, said, names)
    pays = float(spent(one.results, BASELINE, "cost").sum(axis=1).mean()) / one.years / 100
    claim = _of_cash(found.yearly, max(LEAST, one.scenario.matters.least("GBP", pays)))
    died = care.deaths and one.has_other_spending
    more = ("What is no longer spent on people because they died is no saving.",) if died else ()
    put_off = _put_off(one, gone)
    refused = put_off is not None and put_off.pounds >= found.yearly["gross"].mean
    against = (
        *(f"{each}." for each in care.against),
        *gone.unmet,
        *gone.missing,
        *((put_off.sentence,) if put_off is not None and refused else ()),
    )
    if against and found.yearly["gross"].low > 0 and found.yearly["gross"].mean >= LEAST:
        because = ", because fewer are seen" if care.fewer else ""
        gross = found.yearly["gross"]
        said = f"No saving can be claimed: {'; '.join(each.rstrip('.') for each in against[:_NAMED])}"
        return SavingClaim(
            False,
            f"{said}; costs {_yearly(gross)} a year less ({_interval(gross)}){because}.",
            (*against, *more),
        )
    beside = tuple(f"{each}." for each in care.beside)
    ifs = (*gone.avoided, *_cheaper(one))
    more = (*more, *beside, *((put_off.sentence,) if put_off is not None and not refused else ()))
    if claim.claimed and ifs:
        said = " and ".join(each.rstrip(".") for each in ifs[:_NAMED])
        return replace(claim, sentence=f"{claim.sentence.rstrip('.')}, if {said}.", reasons=more)
    return replace(claim, reasons=(*against, *more) if claim.claimed else against)


@dataclass(frozen=True)
class PutOff:
    """Work that an option puts off beyond the period.

    Attributes:
        pounds: a year, at the baseline's mean cost of a contact.
        sentence: the same in words.
    """

    pounds: float
    sentence: str


def _put_off(one: Compared, gone: Displaced) -> PutOff | None:
    """Returns the work that is put off beyond the period; None if it is less than what matters."""
    contacts = one.results.measures[BASELINE].of("contacts")
    seen = float(contacts.mean()) if len(contacts) else 0.0
    if gone.deferred <= one.scenario.matters.least("contacts", seen) or not seen:
        return None
    each = float(spent(one.results, BASELINE, "cost").sum(axis=1).mean()) / 100 / seen
    yearly = gone.deferred * each / one.years
    said = f"{gone.deferred:,.0f} contacts are put off beyond the period, which at the baseline's mean cost"
    return PutOff(yearly, f"{said} of a contact are {pounds(yearly * 100)} a year.")


def _cheaper(one: Compared) -> tuple[str, ...]:
    """Returns the costs that an option lowers by entering less: a saving that hangs on them says so."""
    found = lowered(*one.pathways, one.scenario.money.index)
    return tuple(
        f"{each.name} can be had for less, as entered"
        for each in found
        if not each.fixed and each.steps[-1] != "price"
    )


def _of_cash(yearly: Mapping[str, Interval], least: float) -> SavingClaim:
    """The claim that cash allows; savings of less than ``least`` pounds a year do not matter."""
    cash, gross, avoided = (yearly[each] for each in ("cash_releasing", "gross", "avoided_growth"))
    if gross.mean == gross.low == gross.high == 0 and cash.mean == 0:
        return SavingClaim(False, "No saving: the system pays as much as under the baseline.")
    if math.isnan(cash.low):
        return SavingClaim(False, "No saving can be shown: one replication has no interval.")
    if -LEAST < gross.low <= gross.high < LEAST:
        return SavingClaim(False, "No saving: the difference is less than £1 a year.")
    if 0 < gross.low <= gross.mean < least:
        size = f"{_yearly(gross)} a year less ({_interval(gross)})"
        return SavingClaim(False, f"No saving that matters: the system pays {size}.", is_small=True)
    if cash.low > 0 and gross.low > 0 and cash.mean >= least:
        return SavingClaim(True, f"Saves {_yearly(cash)} a year in cash ({_interval(cash)}).")
    if gross.high < 0:
        more = Interval(-gross.mean, -gross.high, -gross.low, gross.n)
        return SavingClaim(
            False, f"No saving: the system pays {_yearly(more)} a year more ({_interval(more)})."
        )
    if avoided.low > 0 and avoided.mean >= LEAST:
        none = "No cash leaves" if max(abs(cash.low), abs(cash.high)) < LEAST else _not_shown(cash)
        return SavingClaim(
            False, f"{none}: growth of {_yearly(avoided)} a year is avoided ({_interval(avoided)})."
        )
    return SavingClaim(False, f"{_not_shown(cash)}.")


def _not_shown(cash: Interval) -> str:
    """Says that cash may leave or not."""
    return f"No saving can be shown in cash of {_yearly(cash)} a year ({_interval(cash)})"


def _yearly(value: Interval) -> str:
    """Pounds of an interval's mean."""
    return pounds(value.mean * 100)


def _interval(value: Interval) -> str:
    """An interval in words."""
    if value.low == value.high:
        return "the same in every replication"
    return f"95% interval {pounds(value.low * 100)} to {pounds(value.high * 100)}"
