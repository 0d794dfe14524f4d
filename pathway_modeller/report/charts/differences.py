"""Differences from the baseline: option minus baseline, replication by replication, against zero."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.build import (
    chart_of,
    key_of,
    nothing_to_show,
    said_of,
    words_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import Point, Reference, Row, forest
from pathway_modeller.report.drawing.scale import MISSING, Scale, scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Figured, Findings, largest_first, records
from pathway_modeller.report.words.headlines import below, cash_headline, changes_of, headline
from pathway_modeller.report.words.reading import read_in_units_of
from pathway_modeller.report.words.waiting import is_new, wait_message

WAIT: Final = "wait.mean"
"""Compared activity by activity: waits for unlike things have no common mean."""

_MOST_WAITS = 4
"""Activities drawn, those with the longest waits; the table holds them all."""

SHOWN = (
    "pathway_time.mean",
    WAIT,
    "still_waiting.patients",
    "inside.end",
    "gave_up",
    "turned_away",
    "left.not_attended",
    "contacts",
    "bill",
    "pool_cost",
    "system_cost",
)
"""Measures of the whole pathway that are compared, besides standards and other spending if there is any."""


def differences(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the main differences from the baseline as percentages of it, with the amounts beside them."""
    subtitle = "Option minus baseline, replication by replication, as a percentage of the baseline"
    if not findings.options:
        return nothing_to_show(
            findings, style, "There is nothing to compare yet; run the baseline with an option", subtitle
        )
    rows, parts = [], []
    measures = _measures(findings)
    drawn = [element for measure, element in measures if measure == WAIT][:_MOST_WAITS]
    for measure, element in measures:
        row, table = _row(findings, measure, element)
        if row is not None and (not element or element in drawn):
            rows.append(row)
        parts.append(table)
    if not any(not math.isnan(point.mean) for row in rows for point in row.points):
        return nothing_to_show(
            findings, style, "No difference can be shown: every figure it needs is missing", subtitle
        )
    heading = Heading(
        headline=findings.message(lambda: _message(findings)),
        subtitle=below(findings, f"{subtitle}; {findings.period}; {findings.basis}", money=True),
        source=findings.source,
        key=key_of(findings, findings.options),
    )
    percent = Scale(100, 1, "", "%", "% of baseline")
    axis = "Difference from the baseline (% of the baseline)"
    figure = forest(style, heading, rows, axis, percent, reference=Reference(0.0, "baseline"))
    table = pd.concat(parts, ignore_index=True)
    return chart_of(heading, figure, table, said_of(findings, rows), read_in_units_of(findings, table))


def _measures(findings: Findings) -> list[tuple[str, str]]:
    """The measures compared, each with its activity ("" for all): standards, then those of ``SHOWN``."""
    names = {name for pathway in findings.pathways.values() for name in pathway.standards}
    found = [(f"standard.within.{name}", "") for name in sorted(names)]
    by_element = largest_first(findings.figures(WAIT, "element"))
    for measure in SHOWN:
        found += [(measure, element) for element in (by_element if measure == WAIT else [""])]
    return [*found, ("other_spending", "")] if findings.has_other_spending else found


def _title(findings: Findings, measure: str, element: str) -> str:
    """What a measure is called here."""
    if element:
        return f"{find(measure).measure.title}: {findings.key_name('element', element)}"
    named = find(measure)
    if "standard" in named.of:
        return f"Share within “{_standard(findings, named.of['standard'])}”"
    return findings.with_causes(measure, named.measure.title)


def _of(findings: Findings, measure: str, element: str) -> str:
    """What a row of the table is of, beside the name of its measure."""
    if element:
        return findings.key_name("element", element)
    named = find(measure)
    if "standard" in named.of:
        return _standard(findings, named.of["standard"])
    told = findings.with_causes(measure, named.measure.title)
    return "Whole pathway" if told == named.measure.title else told


def _standard(findings: Findings, key: str) -> str:
    """The name of a standard; its id where no variant has it."""
    each = (pathway.standards.get(key) for pathway in findings.pathways.values())
    return next((standard.name for standard in each if standard is not None), key)


def _row(findings: Findings, measure: str, element: str) -> tuple[Row | None, pd.DataFrame]:
    """One measure: its row (None if no option has a figure) and its table."""
    changes = findings.changes(measure, element=element)
    found = records(changes)
    own: dict[str, dict[str, float]] = {variant: {} for variant in findings.variants}
    for each in records(findings.figures(measure, element=element)):
        own[each.variant][each.unit] = each.mean
    base = own[findings.variants[0]]
    table = pd.DataFrame(
        {
            "measure": measure,
            "of": _of(findings, measure, element),
            "variant": [findings.variant_name(each.variant) for each in found],
            "unit": changes["unit"].to_numpy(),
            "baseline": [base.get(each.unit, math.nan) for each in found],
            "option": [own[each.variant].get(each.unit, math.nan) for each in found],
            **{
                name: changes[name].to_numpy()
                for name in ("mean", "low", "high", "replications", "variance_reduction")
            },
        }
    )
    points = []
    # Differences of a row stand in one unit, which need not be that of the levels if they are tiny.
    every = [figure for each in found for figure in (each.mean, each.low, each.high)]
    for each in found:
        whole = base.get(each.unit, math.nan)
        change = (each.mean, each.low, each.high)
        new = own[each.variant].get(each.unit, math.nan)
        if element and is_new(findings, element) and not math.isnan(new):
            told = findings.scale(each.unit, (new,), measure).legible((new,)).text(new)
            said = f"{MISSING} (only in the option: {told})"
            points.append(Point(findings.place(each.variant), math.nan, math.nan, math.nan, said))
        if math.isnan(each.mean) or (whole == 0 and _is_nothing(each)):
            continue
        # Times in the unit of the levels, under whichever variant: weeks stay weeks.
        levels = [mine.get(each.unit, math.nan) for mine in own.values()] if each.unit == "days" else change
        scale = findings.scale(each.unit, levels, measure, difference=True).legible(every)
        share = abs(whole) if whole else math.nan
        mean, low, high = (figure / share for figure in change)
        amount = words_of(scale.finer((each.high - each.low) / 4), *change, signed=True)
        said = f"{_levels(each.unit, whole, new)}{amount}"
        points.append(Point(findings.place(each.variant), mean, low, high, said))
    return (Row(_title(findings, measure, element), tuple(points)) if points else None), table


def _levels(unit: str, before: float, after: float) -> str:
    """Shares under baseline and option, since their difference alone says little; "" for others."""
    if unit != "share" or math.isnan(before) or math.isnan(after):
        return ""
    scale = scale_for(unit, ())
    return f"{scale.text(before)} → {scale.text(after)}; "


def _is_nothing(each: Figured) -> bool:
    """Whether a difference is nothing in every replication."""
    return each.mean == each.low == each.high == 0


def _message(findings: Findings) -> str:
    """What the chart says: about cash if it is known, else about the bill or time on the pathway."""
    cash = findings.answers.options
    if any(each.claim.verdict != "unknown" for each in cash):
        return cash_headline(findings)
    for measure, what, over in (
        ("bill", "The commissioner's bill", findings.span),
        ("pathway_time.mean", "Mean time on the pathway", ""),
    ):
        changed = findings.changes(measure)
        found = changes_of(findings, changed)
        units = set(changed["unit"])
        if len(units) == 1 and any(not math.isnan(each.low) for each in found):
            scale = findings.scale(units.pop(), [each.mean for each in found], measure, difference=True)
            return headline(what, found, scale, over=over)
    if largest_first(findings.figures(WAIT, "element")):
        return wait_message(findings, WAIT)
    return "No figure of baseline and option can be compared"
