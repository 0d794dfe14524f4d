"""What is counted over the whole scenario: price years that can be brought together, and outcomes."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pathway_modeller.scenario.checking.capacity import bodies, most_units
from pathway_modeller.scenario.checking.dangling import dangling
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.elements import RandomArrivals
from pathway_modeller.scenario.measure_ids import MEASURE_IDS, places_of
from pathway_modeller.scenario.money import Outcome
from pathway_modeller.scenario.shifts.cheaper import lowered
from pathway_modeller.scenario.shifts.prices import missing_years, moneys, price_base, shift_moneys
from pathway_modeller.scenario.shifts.unit_costs import unit_cost_per_year
from pathway_modeller.scenario.values import DAYS_PER_YEAR
from pathway_modeller.scenario.words.sentences import listed, lower_first, quoted
from pathway_modeller.scenario.words.structure import Step

_MOST_A_YEAR = 1e13
"""Pounds; several times what a large country produces in a year."""
_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


def find_pounds(scenario: Scenario, pathways: tuple[Pathway, ...]) -> Iterator[Finding]:
    """Yields what is wrong with the price base and the outcomes; places begin at the file's root.

    Args:
        scenario: the scenario.
        pathways: the baseline, and every option's pathway that there is.
    """
    for finding in (*_price_years(scenario, pathways), *_outcomes(scenario, pathways)):
        yield Finding(finding.severity, finding.steps, finding.what, finding.mend, root="file")


def find_cheaper(scenario: Scenario, pathway: Pathway) -> Iterator[Finding]:
    """Yields prices and costs that an option lowers, and fixed cost that it cannot take away.

    Args:
        scenario: the scenario.
        pathway: the option's pathway.
    """
    for each in lowered(scenario.baseline, pathway, scenario.money.index):
        if each.fixed:
            what = f"{each.name} is lower than under the baseline, whose fixed cost goes on being charged"
            yield warning(each.steps, what, "Leave fixed cost as it is: no option takes it away")
        else:
            what = f"{each.name} is lower than under the baseline: a price is changed and no capacity"
            mend = "Leave it as it is, unless the price is known to change; it is no saving of the pathway"
            yield warning(each.steps, what, mend)


def _price_years(scenario: Scenario, pathways: tuple[Pathway, ...]) -> Iterator[Finding]:
    """Yields price years that cannot be brought to one base, so that totals would not be known."""
    shifts = [shift for option in scenario.options.values() for shift in option.shifts.values()]
    base = price_base(scenario.money, pathways, shifts)
    if base.year is None:
        if len(base.years) > 1:
            what = f"pounds are in prices of {listed(base.years)}, and no price base is chosen"
            mend = "Choose the price base, and give the past inflation between these years"
            yield warning(("money", "price_year"), f"{what}, so no total is known", mend)
        return
    amounts = [
        *(money for pathway in pathways for money in moneys(pathway)),
        *(money for shift in shifts for money in shift_moneys(shift)),
    ]
    lacking = sorted(
        {year for money in amounts for year in missing_years(money, base.year, scenario.money.index)}
    )
    if lacking:
        others = [year for year in base.years if year != base.year]
        what = (
            f"pounds of {listed(others)} cannot all be brought to {base.year} prices without the inflation "
            f"of {listed(lacking)}, so not every total is known"
        )
        yield warning(("money", "index"), what, f"Give by how much prices rose in {listed(lacking)}")


def find_sums(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields money of a pathway that comes to more a year than all of health and care could cost."""
    for key, pool in pathway.pools.items():
        cost = unit_cost_per_year(pool, run)
        held = [most_units(pool, body) for body in bodies(pathway, pool)]
        if cost is not None:
            units = sum(each for each in held if each is not None)
            yield from _too_much(("pools", key, "cost"), cost * units)
    for key, tier in pathway.need_tiers.items():
        people = math.fsum(place.people.get(key, 0.0) for place in pathway.footprints.values())
        for name, spent in tier.spending.items():
            yield from _too_much(("need_tiers", key, "spending", name), spent.amount.value * people)
    rates = [
        (entry.arrivals.rate_per_day or 0.0) * pathway.demand_factor(key) * DAYS_PER_YEAR
        for key, entry in pathway.entry_points.items()
        if isinstance(entry.arrivals, RandomArrivals)
    ]
    patients = max(math.fsum(rates), 1.0)
    for key, activity in pathway.activities.items():
        for field in ("price", "variable_cost"):
            amount = getattr(activity, field)
            if amount is not None:
                most = max(each.value for each in every_value(amount))
                yield from _too_much(("activities", key, field), most * patients)


def _too_much(steps: tuple[Step, ...], pounds: float) -> Iterator[Finding]:
    """Yields the finding that some pounds a year are more than can be meant."""
    if pounds > _MOST_A_YEAR:
        what = f"it comes to £{pounds:,.0f} a year, more than all of health and care could cost"
        yield error(steps, what, "Check the pounds, for what they are, and how many there are")


def _outcomes(scenario: Scenario, pathways: tuple[Pathway, ...]) -> Iterator[Finding]:
    """Yields outcomes that name no measure, no element or no need tier that there is."""
    drawn = {key: each for pathway in pathways[::-1] for key, each in pathway.drawn().items()}
    pools = {key: each for pathway in pathways[::-1] for key, each in pathway.pools.items()}
    standards = {key: each for pathway in pathways[::-1] for key, each in pathway.standards.items()}
    tiers = {key: each for pathway in pathways[::-1] for key, each in pathway.need_tiers.items()}
    payers = {key: each for pathway in pathways[::-1] for key, each in pathway.payers.items()}
    for key, outcome in scenario.outcomes.items():
        here: tuple[Step, ...] = ("outcomes", key)
        yield from _measure((*here, "measure"), outcome.measure, {"standard": standards, "payer": payers})
        yield from _figure(here, outcome, {**pools, **drawn}, pathways)
        if outcome.element is not None:
            known = {**standards, **pools, **drawn}
            yield from dangling((*here, "element"), outcome.element, known, "element")
        if outcome.need_tier is not None:
            yield from dangling((*here, "need_tier"), outcome.need_tier, tiers, "need tier")


def _measure(
    steps: tuple[Step, ...], named: str, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Yields the finding that there is no such measure, or not of this standard, payer or month."""
    if MEASURE_IDS.get(named) == ():
        return
    measure = next((each for each in _WITH_OF if named.startswith(f"{each}.")), None)
    parts = named[len(measure) + 1 :].split(".") if measure is not None else []
    if measure is None or len(parts) != len(MEASURE_IDS[measure]):
        near = difflib.get_close_matches(named, MEASURE_IDS, n=1, cutoff=0.6)
        mend = "Give the id of a measure, such as wait.mean"
        if near:
            of = "".join(f".<{word}>" for word in MEASURE_IDS[near[0]])
            mend = f'Did you mean "{near[0]}{of}"?'
        yield error(steps, f"there is no measure {quoted(named)}", mend)
        return
    for of, part in zip(MEASURE_IDS[measure], parts, strict=True):
        if of != "month":
            yield from dangling(steps, part, known[of], "waiting-time standard" if of == "standard" else of)
        elif not _MONTH.match(part):
            yield error(steps, f"{quoted(part)} is no month", "Write the month as 2026-04")


def _figure(
    here: tuple[Step, ...], outcome: Outcome, known: Mapping[str, Any], pathways: tuple[Pathway, ...]
) -> Iterator[Finding]:
    """Yields an element or need tier of which the measure has no figure, so that there would be none."""
    measure = next((each for each in (outcome.measure, *_WITH_OF) if _is_of(outcome.measure, each)), None)
    if measure is None:
        return
    places = places_of(measure)
    word = "" if places.members is None else lower_first(Pathway.model_fields[places.members].title or "")
    mend = "Choose another measure, or " + (f"one of the {word}" if word else "leave the element empty")
    if outcome.element is None and not places.whole:
        what = f"{quoted(measure)} has a figure of each of the {word} only, and none is named"
        yield warning((*here, "element"), what, f"Choose one of the {word}")
    elif outcome.element in known and not any(
        outcome.element in getattr(each, places.members or "", ()) for each in pathways
    ):
        has = f"of {word} only" if word else "of the whole pathway only"
        what = f"{quoted(measure)} has a figure {has}, so there would be none"
        yield warning((*here, "element"), what, mend)
    if outcome.need_tier is not None and not places.tiers:
        what = f"{quoted(measure)} has no figure by need tier, so there would be none"
        yield warning((*here, "need_tier"), what, "Leave it empty, or choose another measure")


def _is_of(named: str, measure: str) -> bool:
    """Tells whether a name is a measure's id, or such an id with what it is of."""
    return measure in MEASURE_IDS and (named == measure or named.startswith(f"{measure}."))


_WITH_OF = sorted((key for key, of in MEASURE_IDS.items() if of), key=len, reverse=True)
"""Ids of measures that are of something, the longest first: one may be the beginning of another."""
