"""Planning mode for each variant: its expected people, priced, and what is not known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.analysis.planning.planning import Plan, plan
from pathway_modeller.analysis.planning.spending import priced
from pathway_modeller.cli.document import variant_name
from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.scenario.begins import in_force
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base
from pathway_modeller.scenario.values import Money

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Planned:
    """The plan of one variant, priced.

    Attributes:
        variant: ``baseline`` or an option id.
        name: what people call it.
        pathway: its pathway.
        plan: its expected population.
        spending: in base prices, NaN where that is not possible.
        said: sentences about what is left out or missing.
    """

    variant: str
    name: str
    pathway: Pathway
    plan: Plan
    spending: pd.DataFrame
    said: tuple[str, ...]

    def by_tier(self) -> pd.DataFrame:
        """Returns people and pounds of each year and need tier, footprints together; NaN where missing."""
        keys = ["year", "need_tier"]
        found = self.plan.frame.groupby(keys, sort=True)[["people"]].sum()
        # min_count and skipna: a tier without any spending, or with a price that is missing, has no figure.
        found["pounds"] = self.spending.groupby(keys)["pounds"].agg(lambda each: each.sum(skipna=False))
        return found.reset_index()


def planned(scenario: Scenario, variants: Sequence[str], years: int) -> list[Planned]:
    """Returns the plan of each variant.

    Raises:
        Mistake: there is nobody to plan for.
    """
    pathways = {variant: in_force(scenario, variant) for variant in variants}
    base = price_base(scenario.money, pathways.values())
    found = []
    for variant, pathway in pathways.items():
        name = variant_name(scenario, variant)
        if not pathway.need_tiers or not pathway.footprints:
            lacking = "need tiers" if not pathway.need_tiers else "footprints"
            raise Mistake(f"“{name}” has no {lacking}, so there is nobody to count; enter them.")
        made = plan(pathway, scenario.run, years)
        said = (*made.left_out, *_lacking(pathway, base))
        found.append(Planned(variant, name, pathway, made, priced(made.spending, base), said))
    return found


def _lacking(pathway: Pathway, base: PriceBase) -> Iterator[str]:
    """Yields sentences about what would be needed to know more."""
    if not pathway.moves:
        yield "No moves are entered, so that nobody comes, goes or changes need tier by them."
    bare = [tier.name for _, tier in sorted(pathway.need_tiers.items()) if not tier.spending]
    if bare:
        yield f"No spending per head is entered for {', '.join(f'“{name}”' for name in bare)}."
    costs = [cost.amount for tier in pathway.need_tiers.values() for cost in tier.spending.values()]
    for year in sorted({money.price_year for money in costs}):
        why = base.why_not(Money(value=1.0, price_year=year))
        if why:
            yield f"Spending cannot be added up: {why}."
