"""The population command: planning mode's people and spending by need tier, years ahead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway_modeller.cli.json_text import json_text
from pathway_modeller.cli.mistakes import Mistake
from pathway_modeller.cli.opening import known_option, opened, runnable
from pathway_modeller.cli.outputs import require_place, unwritable
from pathway_modeller.cli.planned import Planned, planned
from pathway_modeller.cli.population_tables import show_people
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""The version of the object that ``--json`` prints."""


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
    plans = planned(scenario, list(dict.fromkeys(variants)), years)
    if table is not None:
        _write(_table(plans), table)
    if as_json:
        click.echo(_text(scenario, plans, years), nl=False)
        return
    show_people(scenario, plans)
    if table is not None:
        click.echo(f"Written:\n  {table}")


def _write(table: pd.DataFrame, file: Path) -> None:
    """Writes the table.

    Raises:
        Mistake: it cannot be written.
    """
    from pathway_modeller.report.spreadsheet import write_csv

    try:
        write_csv(table, file)
    except OSError as error:
        raise Mistake(unwritable(file, error)) from None


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
    return json_text(document) + "\n"


def _records(plan: Planned, frame: pd.DataFrame) -> list[dict[str, object]]:
    """Returns the rows of a frame with their dates, NaN as None."""
    return [
        {"date": plan.plan.date(int(row["year"])).isoformat()}
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
