"""What is counted over the whole scenario: price years that can be brought together, and outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pathway_modeller.scenario.checking.dangling import dangling
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.shifts.cheaper import lowered
from pathway_modeller.scenario.shifts.prices import missing_years, moneys, price_base, shift_moneys
from pathway_modeller.scenario.words.sentences import listed, quoted
from pathway_modeller.scenario.words.structure import Step

_MEASURE = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_-]+)*$")


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


def _outcomes(scenario: Scenario, pathways: tuple[Pathway, ...]) -> Iterator[Finding]:
    """Yields outcomes that name no measure, no element or no need tier that there is."""
    drawn = {key: each for pathway in pathways[::-1] for key, each in pathway.drawn().items()}
    pools = {key: each for pathway in pathways[::-1] for key, each in pathway.pools.items()}
    standards = {key: each for pathway in pathways[::-1] for key, each in pathway.standards.items()}
    tiers = {key: each for pathway in pathways[::-1] for key, each in pathway.need_tiers.items()}
    for key, outcome in scenario.outcomes.items():
        here: tuple[Step, ...] = ("outcomes", key)
        if not _MEASURE.match(outcome.measure):
            what = f"{quoted(outcome.measure)} cannot be a measure"
            yield error((*here, "measure"), what, "Give the id of a measure, such as wait.mean")
        if outcome.element is not None:
            known = {**standards, **pools, **drawn}
            yield from dangling((*here, "element"), outcome.element, known, "element")
        if outcome.need_tier is not None:
            yield from dangling((*here, "need_tier"), outcome.need_tier, tiers, "need tier")
