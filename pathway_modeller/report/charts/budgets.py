"""Bill beside budget, by payer and financial year; figures without a verdict."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from pathway_modeller.analysis.accounts.affordability import BudgetYear
from pathway_modeller.report.build import chart_of, nothing_to_show, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.matrix import Cells, Matrix, Panel, draw_matrix, fits
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style, chart_settings
from pathway_modeller.report.drawing.swatches import Swatch
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import MOST_PANELS
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import elided

_TITLE = "What each payer is billed beside its budget, by year from April to March"
_ABOVE = Swatch("#801650", "///", "bill above budget")
_BELOW = Swatch("#28A197", "", "bill below budget")
_PAYER = 36
"""Characters of a payer's name in a headline."""


def has_budgets(findings: Findings) -> bool:
    """Whether a payer has a budget for a year of which days are counted, and its bill is known."""
    return bool(findings.options) and bool(findings.answers.budgets)


def budgets(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns bill and budget of every variant, payer and financial year."""
    found = findings.answers.budgets if findings.options else ()
    if not found:
        said = "There is no bill beside a budget: give payers a budget, and every contact its price"
        return nothing_to_show(findings, style, said, _TITLE)
    panels = {variant: tuple(rows) for variant, rows in groupby(found, lambda each: each.variant)}
    shown = dict(list(panels.items())[: MOST_PANELS + 1])
    cut = f"; {len(shown)} of {len(panels)}, the table has all" if len(shown) < len(panels) else ""
    unit = scale_for(findings.price_unit, ()).unit
    heading = Heading(
        headline=_message(findings, found),
        subtitle=f"{_TITLE}, {unit}; in how many runs the bill lies above is luck from year to year, not the "
        f"probability that it can be paid; {findings.period}; {findings.basis}{cut}",
        source=findings.source,
    )
    with chart_settings():
        matrix = _matrix(findings, shown, narrow=False)
        if not fits(style, matrix):
            matrix = _matrix(findings, shown, narrow=True)
        board = draw_matrix(style, heading, matrix)
    said_of = [f"{findings.variant_name(each.variant)}: {each.sentence}" for each in found]
    return chart_of(heading, board.figure, _table(findings, found), said_of)


def _matrix(findings: Findings, panels: dict[str, tuple[BudgetYear, ...]], *, narrow: bool) -> Matrix:
    """The table that is drawn; a narrow one has budget and bill below one another."""
    columns = ("Budget and bill",) if narrow else ("Budget", "Bill")
    drawn = [
        Panel(findings.variant_name(variant), tuple(_row(findings, each, narrow) for each in rows))
        for variant, rows in panels.items()
    ]
    ends = ("Bill less budget", "Above in")
    return Matrix("Payer and year", (*columns, *ends), len(columns), tuple(drawn), _ABOVE, _BELOW)


def _row(findings: Findings, each: BudgetYear, narrow: bool) -> Cells:
    """One payer and year."""
    unit = findings.price_unit
    budget, bill = (scale_for(unit, (value,)).text(value) for value in (each.budget, each.bill.mean))
    ends = (each.above.mean, each.above.low, each.above.high)
    said, _, rest = words_of(scale_for(unit, ends), *ends, signed=True).partition(" (")
    figures = (
        *(((budget, bill),) if narrow else ((budget,), (bill,))),
        (said, f"({rest}") if rest else (said,),
        (f"{each.runs_above} of {each.runs}", "runs")
        if narrow
        else (f"{each.runs_above} of {each.runs} runs",),
    )
    name = f"{each.name[:1].upper()}{each.name[1:]}, {each.year}"
    return Cells((name, *((each.counted_words,) if each.counted_words else ())), figures, *ends)


def _message(findings: Findings, found: tuple[BudgetYear, ...]) -> str:
    """Bill and budget of an option, where they lie furthest apart in a year counted most; no verdict."""
    options = [each for each in found if each.variant != BASELINE] or list(found)
    most = max(options, key=lambda each: (each.counted / each.days, abs(each.above.mean)))
    bill, budget = (
        scale_for(findings.price_unit, (value,)).text(value) for value in (most.bill.mean, most.budget)
    )
    under = findings.short_name(most.variant)
    return f"{elided(most.name, _PAYER)} in {most.year} under {under}: bill {bill}, budget {budget}"


def _table(findings: Findings, found: tuple[BudgetYear, ...]) -> pd.DataFrame:
    """Every figure of the chart, in pounds."""
    nan, unit = float("nan"), findings.price_unit
    rows: list[tuple[str, str, str, str, str, float, float, float]] = []
    for each in found:
        of = (each.name, each.when, findings.variant_name(each.variant))
        rows += [
            ("budget.part", *of, unit, each.budget, nan, nan),
            ("budget.bill", *of, unit, each.bill.mean, each.bill.low, each.bill.high),
            ("budget.above", *of, unit, each.above.mean, each.above.low, each.above.high),
            ("budget.runs_above", *of, "runs", float(each.runs_above), nan, nan),
        ]
    columns = ["measure", "of", "year", "variant", "unit", "mean", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    table["replications"] = findings.results.provenance.replications
    return table
