"""Figures of one unit at each activity or pool that has them: what was counted there, without a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.build import (
    MOST_ROWS,
    chart_of,
    key_of,
    nothing_to_show,
    said_of,
    table_of,
    words_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.levels import level_message
from pathway_modeller.report.drawing.forest import Point, Reference, Row, forest
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import Style
from pathway_modeller.report.findings import Figured, Findings, records

Beside = Callable[[str, str], str]
"""Returns what stands behind the figure of (variant, place): " of 20 places"; "" for nothing."""


def figures_by_place(
    findings: Findings,
    style: Style,
    measures: Sequence[str],
    *,
    title: str,
    axis: str,
    what: str,
    more: Sequence[tuple[str, str]] = (),
    beside: Beside | None = None,
    reference: Reference | None = None,
) -> Chart:
    """Returns measures of one unit by activity, a row for each that has a figure above nothing.

    Args:
        findings: what was simulated.
        style: sizes.
        measures: their ids; the first, of the whole pathway, is what the headline tells.
        title: what the chart is of, and whom it counts; without an end.
        axis: what the horizontal axis measures, without its unit.
        what: what the headline is of.
        more: measures of other units for the table alone, each with the column that divides it.
        beside: what stands behind each figure.
        reference: a line across all rows.
    """
    found = {measure: findings.figures(measure, "element") for measure in measures}
    every = pd.concat(list(found.values()), ignore_index=True)
    if every["mean"].isna().all():
        return nothing_to_show(findings, style, f"{what}: no figure is known", f"{title}; {findings.period}")
    scale = scale_for(str(every["unit"].iloc[0]), every["mean"])
    rows = _rows(findings, found, beside)
    shown = rows[:MOST_ROWS]
    left = f"; {len(shown)} of {len(rows)} rows, the table has all" if len(shown) < len(rows) else ""
    whole = records(findings.figures(measures[0]))
    heading = Heading(
        headline=findings.message(lambda: level_message(findings, what, whole, measure=measures[0])),
        subtitle=f"{title}, {scale.unit}; {findings.period}; {findings.basis}{left}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    figure = forest(style, heading, shown, f"{axis} ({scale.unit})", scale, reference=reference)
    parts = [
        table_of(findings, findings.figures(measure, by), by, measure)
        for measure, by in (*((measure, "element") for measure in measures), *more)
    ]
    table = pd.concat([each for each in parts if len(each)], ignore_index=True)
    return chart_of(heading, figure, table, said_of(findings, rows))


def _rows(findings: Findings, found: dict[str, pd.DataFrame], beside: Beside | None) -> list[Row]:
    """A row for each measure and place that has a figure above nothing; if none has, all of the first."""
    every = [
        (measure, place, [each for each in mine if each.key == place])
        for measure, figures in found.items()
        for mine in [records(figures)]
        for place in dict.fromkeys(each.key for each in mine)
    ]
    some = [each for each in every if any(one.mean > 0 for one in each[2])]
    first = next(iter(found))
    chosen = some or [each for each in every if each[0] == first]
    several = len({measure for measure, *_ in chosen}) > 1
    rows = []
    for measure, place, mine in chosen:
        name = findings.key_name("element", place)
        label = f"{find(measure).measure.title}: {name}" if several else name
        rows.append(Row(label, tuple(_point(findings, each, beside) for each in mine)))
    return rows


def _point(findings: Findings, each: Figured, beside: Beside | None) -> Point:
    """A figure as it is drawn and written."""
    scale = scale_for(each.unit, (each.mean,)).finer((each.high - each.low) / 4)
    said = words_of(scale, each.mean, each.low, each.high)
    behind = beside(each.variant, each.key) if beside is not None else ""
    return Point(findings.place(each.variant), each.mean, each.low, each.high, f"{said}{behind}")
