"""Outcomes and what they cost: every option against the next best, those that are dominated named."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import assert_never

import pandas as pd

from pathway_modeller.analysis.accounts.incremental import (
    IncrementalTable,
    Strategy,
    each_unit,
    per_unit,
    ratio_words,
)
from pathway_modeller.analysis.accounts.wording import rounded_pounds
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.report.build import cannot_show, chart_of, nothing_to_show, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.matrix import Cells, Matrix, Panel, draw_matrix, fits
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style, chart_settings
from pathway_modeller.report.drawing.swatches import Swatch
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import joined
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import typeset

_TITLE = "Outcomes, and what each unit gained costs against the next best option"
_MORE = Swatch("#801650", "///", "costs more")
_LESS = Swatch("#28A197", "", "costs less")
_WIDE, _NARROW = 25, 16
"""Letters of a line beside a bar."""
_ALL, _FEWEST = 4, 2
"""Columns of figures."""
_MOST = 3
"""Outcomes that are drawn; the table holds them all."""


def outcomes(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns every outcome under every option, with pounds for each unit against the next best."""
    none = cannot_show(findings, style, "What outcomes cost", _TITLE)
    if none is not None:
        return none
    tables = findings.answers.next_best
    if not tables:
        said = "What outcomes cost cannot be shown: none is named; say what the scenario is judged by"
        return nothing_to_show(findings, style, said, _TITLE)
    cut = f"; the first {_MOST} of {len(tables)} outcomes, the table has all" if len(tables) > _MOST else ""
    heading = Heading(
        headline=_message(findings, tables),
        subtitle=f"{_TITLE}, {scale_for(findings.price_unit, ()).unit}; {findings.period}; "
        f"{findings.basis}{cut}",
        source=findings.source,
    )
    with chart_settings():
        # The fewer columns, the more lines each has: the first that leaves room for bars.
        ways = [_matrix(findings, tables[:_MOST], columns) for columns in (_ALL, 3, _FEWEST)]
        matrix = next((each for each in ways if fits(style, each)), ways[-1])
        board = draw_matrix(style, heading, matrix)
    said_of = [typeset(row.sentence) for table in tables for row in table.rows]
    return chart_of(heading, board.figure, _table(findings, tables), said_of)


def _message(findings: Findings, tables: Sequence[IncrementalTable]) -> str:
    """The lowest price of the first outcome of which one can be told, and of what."""
    for table in tables:
        told = [each for each in table.rows if each.place == "next" and each.is_told and each.ratio]
        if told:
            best = min(told, key=lambda each: each.ratio.mean if each.ratio else math.inf)
            said = ratio_words(best.ratio, table.unit) if best.ratio else ""
            return joined([f"{findings.short_name(best.variant)}: {said}", "against the next best"], ", ")
    return "No option gains an outcome at a price that can be told from these replications"


def _matrix(findings: Findings, tables: Sequence[IncrementalTable], columns: int) -> Matrix:
    """The table that is drawn, in so many columns of figures."""
    panels = [
        Panel(
            f"{table.record.name} (better when {table.record.better})",
            tuple(_row(findings, table, each, columns) for each in table.rows),
        )
        for table in tables
    ]
    before = ("Costs", "Outcome") if columns == _ALL else ("Cost and outcome",)
    last = "A unit gained, against the next best"
    after = ("Against doing nothing", last) if columns > _FEWEST else (last,)
    return Matrix("Option", (*before, *after), len(before), tuple(panels), _MORE, _LESS)


def _row(findings: Findings, table: IncrementalTable, each: Strategy, columns: int) -> Cells:
    """One option."""
    unit = findings.price_unit
    cost = scale_for(unit, (each.cost.mean,)).text(each.cost.mean)
    level = findings.scale(table.unit, [row.outcome.mean for row in table.rows], table.record.measure)
    outcome = level.text(each.outcome.mean)
    change = _against_nothing(findings, each.variant)
    more = "–"
    if not math.isnan(change.mean):
        ends = (change.mean, change.low, change.high)
        more = words_of(scale_for(unit, ends), *ends, signed=True)
    said, _, rest = more.partition(" (")
    lines = (said, f"({rest}") if rest else (said,)
    before = ((cost,), (outcome,)) if columns == _ALL else ((cost, outcome),)
    place = _place(table, each, _WIDE if columns > _FEWEST else _NARROW)
    after = (lines, place) if columns > _FEWEST else (place,)
    return Cells((each.name,), (*before, *after), change.mean, change.low, change.high)


def _against_nothing(findings: Findings, variant: str) -> Interval:
    """What an option costs more than doing nothing; NaN for doing nothing itself."""
    nothing = Interval(math.nan, math.nan, math.nan, 0)
    if variant == BASELINE:
        return nothing
    found = findings.answers.of(variant).recurrent
    if found is None:
        return nothing
    change = found.total.change
    return Interval(change.mean, change.low, change.high, change.n)


def _place(table: IncrementalTable, each: Strategy, wide: int) -> tuple[str, ...]:
    """Where an option stands, in lines of so many letters."""
    names = {row.variant: row.name for row in table.rows}
    match each.place:
        case "next":
            against = f"against “{names[each.against]}”"
            if each.ratio is None or not each.is_told:
                return tuple(_lines(f"cannot be told {against}: the gain may be nothing", wide))
            said, _, rest = rounded_pounds(per_unit(each.ratio, table.unit)).partition(" (")
            lines = (said, f"({rest.removeprefix('95% interval ')}") if rest else (said,)
            return (*lines, *_lines(against, wide))
        case "first":
            return ("costs least",)
        case "dominated":
            return tuple(_lines(f"dominated by “{names[each.by[0]]}”", wide))
        case "extendedly dominated":
            both = f"“{names[each.by[0]]}” and “{names[each.by[1]]}”"
            return tuple(_lines(f"extendedly dominated by {both}", wide))
        case "not known":
            return ("not known",)
        case _:
            assert_never(each.place)


def _lines(words: str, wide: int) -> list[str]:
    """Words in lines that leave room for bars."""
    return wrap(words, wide, break_on_hyphens=False)


def _table(findings: Findings, tables: Sequence[IncrementalTable]) -> pd.DataFrame:
    """Every figure of the chart."""
    rows = [row for table in tables for each in table.rows for row in _figures(findings, table, each)]
    columns = ["measure", "outcome", "of", "unit", "mean", "low", "high", "against", "replications"]
    return pd.DataFrame(rows, columns=columns)


def _figures(findings: Findings, table: IncrementalTable, each: Strategy) -> Iterator[tuple[object, ...]]:
    """The figures of one option: cost, outcome, and pounds for each unit."""
    names = {row.variant: row.name for row in table.rows}
    beside = names.get(each.against, each.place)
    name = table.record.name
    figures = [("outcome.cost", findings.price_unit, each.cost), ("outcome.value", table.unit, each.outcome)]
    if each.gain is not None and each.dearer is not None and each.ratio is not None:
        gain, dearer = each.gain, each.dearer
        figures += [
            ("outcome.dearer", findings.price_unit, Interval(dearer.mean, dearer.low, dearer.high, dearer.n)),
            ("outcome.gain", table.unit, Interval(gain.mean, gain.low, gain.high, gain.n)),
            (
                "outcome.per_unit",
                f"{findings.price_unit} for each {each_unit(table.unit)}",
                _told(each, table),
            ),
        ]
    for measure, unit, value in figures:
        yield measure, name, each.name, unit, value.mean, value.low, value.high, beside, value.n


def _told(each: Strategy, table: IncrementalTable) -> Interval:
    """Pounds for each unit; missing where it cannot be told."""
    if each.ratio is None or not each.is_told:
        return Interval(math.nan, math.nan, math.nan, 0)
    return per_unit(each.ratio, table.unit)
