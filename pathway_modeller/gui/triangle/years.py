"""The triangles of every year, worked out beforehand, so that a slider turns pages that are there already."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.words.sentences import date_words
from pathway_modeller.scenario.years import anniversary

if TYPE_CHECKING:
    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.report.charts.triangle import Sheet

PLANNED_YEARS = 20
"""How many years planning mode looks ahead."""


@dataclass(frozen=True, eq=False)
class Years:
    """The triangles by year.

    Attributes:
        years: which years there are, in order; 0 is the start date, or the first year of a run.
        labels: each in words.
        sheets: what is drawn of each.
        most: the largest figure of each column over all years, so that bars can be compared between years.
        notes: what to know about them, in sentences.
        same: whether the option beside the baseline changes no figure in any year.
        problem: why there are none; "" where there are.
    """

    years: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    most: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    same: bool = False
    problem: str = ""


def planned_years(scenario: Scenario, variants: Sequence[str], age_band: str | None = None) -> Years:
    """Returns what planning mode expects at each anniversary of the start date, without patients.

    Args:
        scenario: what is planned.
        variants: the baseline, and an option to lay beside it.
        age_band: only the need tiers of this age band; by default all.
    """
    from pathway_modeller.analysis.planning.planning import plan
    from pathway_modeller.report.charts.triangle import planned_picture, sheet

    try:
        pathways = {variant: played(scenario, variant) for variant in variants}
        plans = {variant: plan(each, scenario.run, PLANNED_YEARS) for variant, each in pathways.items()}
    except (ShiftError, ValueError) as error:
        said = str(error)
        return Years(problem=f"{said[:1].upper()}{said[1:].rstrip('.')}.")
    years = tuple(range(PLANNED_YEARS + 1))
    sheets = tuple(
        sheet(planned_picture(scenario, pathways, plans, year, age_band=age_band)) for year in years
    )
    notes = tuple(dict.fromkeys(note for each in plans.values() for note in each.left_out))
    start = scenario.run.start_date
    return Years(
        years, tuple(_day_words(start, year) for year in years), sheets, _most(sheets), notes, _same(sheets)
    )


def simulated_years(
    results: Results, scenario: Scenario, variants: Sequence[str], age_band: str | None = None
) -> Years:
    """Returns what was simulated in each year of the run.

    Args:
        results: what was found.
        scenario: what was run.
        variants: which of those that were run.
        age_band: only the need tiers of this age band; by default all.
    """
    from pathway_modeller.experiment.answers.triangle import told_years
    from pathway_modeller.gui.results.choices import only_option
    from pathway_modeller.report.charts.triangle import sheet, simulated_picture, triangle_years
    from pathway_modeller.report.findings import Findings

    findings = Findings(results, scenario)
    if len(variants) > 1:
        findings = only_option(findings, variants[1])
    years = triangle_years(findings)
    pictures = [simulated_picture(findings, year=year, age_band=age_band) for year in years]
    if not years or any(each is None for each in pictures):
        return Years(
            problem="Nobody was counted in the last run: enter need tiers and people, and run again."
        )
    sheets = tuple(sheet(each) for each in pictures if each is not None)
    told = {each.year: each.words for each in told_years(results.provenance)}
    labels = tuple(f"{told[year][:1].upper()}{told[year][1:]}" for year in years)
    return Years(years, labels, sheets, _most(sheets), (), _same(sheets))


def _same(sheets: Sequence[Sheet]) -> bool:
    """Tells whether two variants have the same figures in every row of every year."""
    rows = [row for each in sheets for row in each.rows]
    return any(len(row.bars) > 1 for row in rows) and all(
        bars.amounts == row.bars[0].amounts for row in rows for bars in row.bars[1:]
    )


def _most(sheets: Sequence[Sheet]) -> tuple[float, ...]:
    """Returns the largest figure of each column."""
    columns = len(sheets[0].columns)
    return tuple(
        max(
            (
                amount.value
                for each in sheets
                for row in each.rows
                for bars in row.bars
                if (amount := bars.amounts[column]) is not None and not math.isnan(amount.value)
            ),
            default=0.0,
        )
        for column in range(columns)
    )


def _day_words(start: dt.date, year: int) -> str:
    """Returns an anniversary in words."""
    day = date_words(anniversary(start, year))
    if not year:
        return f"Start: {day}"
    return f"After {year} {'year' if year == 1 else 'years'}: {day}"
