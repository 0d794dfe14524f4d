"""The population command: planning mode's people and spending by need tier, years ahead."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway_modeller.analysis.planning.planning import Plan, plan
from pathway_modeller.analysis.planning.spending import priced
from pathway_modeller.cli.document import variant_name
from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.opening import known_option, opened, runnable
from pathway_modeller.cli.outputs import require_place
from pathway_modeller.cli.population_tables import show_people
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base
from pathway_modeller.scenario.values import Money

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""The version of the object that ``--json`` prints."""


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


def show_population(
    file: Path, years: int, options: Sequence[str], *, as_json: bool, table: Path | None
) -> None:
    """Prints the expected population of a file's baseline and options, and what is spent on it.

    Raises:
        Mistake: something must be mended first.
    """
    scenario = opened(file)
    variants = [BASELINE, *(known_option(scenario, each) for each in options or scenario.options)]
    if table is not None:
        require_place(table, file)
    runnable(scenario)
    plans = _plans(scenario, list(dict.fromkeys(variants)), years)
    if table is not None:
        _table(plans).to_csv(table, index=False, lineterminator="\n", encoding="utf-8")
    if as_json:
        click.echo(_text(scenario, plans, years), nl=False)
        return
    show_people(scenario, plans, sys.stdout.isatty())
    if table is not None:
        click.echo(f"Written:\n  {table}")


def _plans(scenario: Scenario, variants: Sequence[str], years: int) -> list[Planned]:
    """Returns the plan of each variant.

    Raises:
        Mistake: there is nobody to plan for.
    """
    pathways = {variant: apply_option(scenario, variant) for variant in variants}
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


def _text(scenario: Scenario, plans: Sequence[Planned], years: int) -> str:
    """Returns the plans as one JSON object; missing figures are null."""
    document = {
        "format": FORMAT,
        "mode": "planning",
        "scenario": scenario.name,
        "start_date": scenario.run.start_date.isoformat(),
        "years": years,
        "variants": [
            {
                "variant": each.variant,
                "name": each.name,
                "notes": list(each.said),
                "people": _records(each, each.plan.frame),
                "spending": _records(each, each.spending),
            }
            for each in plans
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _records(planned: Planned, frame: pd.DataFrame) -> list[dict[str, object]]:
    """Returns the rows of a frame with their dates, NaN as None."""
    return [
        {"date": planned.plan.date(int(row["year"])).isoformat()}
        | {
            str(key): None if isinstance(value, float) and math.isnan(value) else value
            for key, value in row.items()
        }
        for row in frame.to_dict(orient="records")
    ]


def _table(plans: Sequence[Planned]) -> pd.DataFrame:
    """Returns people and pounds of every variant, year, need tier and footprint."""
    import pandas as pd

    keys = ["year", "need_tier", "footprint"]
    parts = []
    for each in plans:
        pounds = each.spending.groupby(keys)["pounds"].agg(lambda values: values.sum(skipna=False))
        frame = each.plan.frame.join(pounds, on=keys)
        prices = each.spending["price_year"]
        parts.append(
            frame.assign(
                variant=each.variant,
                date=[each.plan.date(year).isoformat() for year in frame["year"].tolist()],
                price_year=prices.iloc[0] if len(prices) else "",
            )
        )
    whole = pd.concat(parts, ignore_index=True)
    return whole[["variant", "year", "date", "need_tier", "footprint", "people", "pounds", "price_year"]]
