"""Whether an option may be said to save.

A saving is claimed only where cash that matters is shown to leave (its interval above 0), every
contact taken is found or declared no longer needed, but for fewer than matter that become unmet need,
what is put off beyond the period would cost less than is saved, and nobody is shown to go without
(:mod:`pathway_modeller.experiment.answers.unserved`). What would refuse it, and is too little, is told beside
it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pathway_modeller.analysis.accounts.savings import NOTHING
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.claim import Claim, Verdict
from pathway_modeller.experiment.answers.judging import Judged
from pathway_modeller.experiment.answers.monthly import spent
from pathway_modeller.experiment.answers.put_off import loses_contacts, put_off_work
from pathway_modeller.experiment.answers.saving import Freed
from pathway_modeller.experiment.answers.sections import Compared, Displaced
from pathway_modeller.experiment.answers.unserved import Served
from pathway_modeller.scenario.differences import SmallestDifferences
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.cheaper import lowered

LEAST = NOTHING / 100
"""Pounds a year below which a difference is none."""

_UNKNOWN = Interval(math.nan, math.nan, math.nan, 0)


def cash_claim(one: Compared, found: Freed | None, gone: Displaced, care: Served, apart: Judged) -> Claim:
    """Returns whether an option may be said to save: only cash that leaves, and only if nobody goes without.

    Args:
        one: the option beside the baseline.
        found: what it frees; None if the system's cash is not known.
        gone: where the contacts go that it takes away.
        care: who goes without.
        apart: whether the difference is shown among the primary outcomes.
    """
    least = least_saving(one.scenario.matters, one.pathway_costs)
    pays = float(spent(one.results, BASELINE, "cost").sum(axis=1).mean()) / 100
    name = "all spending" if one.has_other_spending else "system cash"

    def claim(
        verdict: Verdict, conditions: tuple[str, ...] = (), reservations: tuple[str, ...] = ()
    ) -> Claim:
        return Claim(
            option=one.option,
            subject="cash",
            of="",
            name=name,
            unit="GBP",
            baseline=math.nan if found is None else pays,
            change=_UNKNOWN if found is None else _negative(found.yearly["gross"], one.years),
            least=least * one.years,
            verdict=verdict,
            family="primary outcomes",
            among=apart.among,
            conditions=conditions,
            reservations=reservations,
        )

    if found is None:
        return claim("unknown", reservations=one.cost_missing)
    gross = found.yearly["gross"]
    verdict = _of_cash(found.yearly, least, shown=apart.shown)
    died = care.deaths and one.has_other_spending
    more = ("What is no longer spent on people because they died is no saving.",) if died else ()
    put_off = put_off_work(one, gone)
    refused = put_off is not None and put_off.pounds >= gross.mean
    losses = (*gone.unmet, *gone.missing)
    many = loses_contacts(one, gone)
    against = (
        *(f"{each}." for each in care.against),
        *(losses if many else ()),
        *((put_off.sentence,) if put_off is not None and refused else ()),
    )
    if against and gross.low > 0 and gross.mean >= LEAST:
        return claim("refused", reservations=(*against, *more))
    beside = (
        *more,
        *(f"{each}." for each in care.beside),
        *(() if many else losses),
        *((put_off.sentence,) if put_off is not None and not refused else ()),
    )
    ifs = tuple(each.rstrip(".") for each in (*gone.avoided, *_cheaper(one)))
    if verdict == "better":
        return claim(verdict, ifs, (*against, *beside))
    return claim(verdict, reservations=against)


def least_saving(matters: SmallestDifferences, costs: float) -> float:
    """Returns the smallest saving that matters, pounds a year, where the baseline's pathway costs so much."""
    return max(LEAST, matters.least("GBP", costs))


def _cheaper(one: Compared) -> tuple[str, ...]:
    """Returns the costs that an option lowers by entering less: a saving that hangs on them says so."""
    found = lowered(*one.pathways, one.scenario.money.index)
    return tuple(
        f"{each.name} can be had for less, as entered"
        for each in found
        if not each.fixed and each.steps[-1] != "price"
    )


def _of_cash(yearly: Mapping[str, Interval], least: float, *, shown: bool) -> Verdict:
    """How cash by itself is judged; savings of less than ``least`` pounds a year do not matter."""
    cash, gross, avoided = (yearly[each] for each in ("cash_releasing", "gross", "avoided_growth"))
    if gross.mean == gross.low == gross.high == 0 and cash.mean == 0:
        return "same"
    if math.isnan(cash.low):
        return "unknown"
    if -LEAST < gross.low <= gross.high < LEAST:
        return "same"
    if not shown:
        return "unclear"
    if 0 < gross.low <= gross.mean < least:
        return "small"
    if cash.low > 0 and gross.low > 0 and cash.mean >= least:
        return "better"
    if gross.high < 0:
        return "worse" if -gross.mean >= least else "small"
    return "avoids" if avoided.low > 0 and avoided.mean >= LEAST else "unclear"


def _negative(value: Interval, years: float) -> Interval:
    """An interval of a yearly mean, over all years and with the other sign; no difference has no sign."""
    return Interval(0 - value.mean * years, 0 - value.high * years, 0 - value.low * years, value.n)
