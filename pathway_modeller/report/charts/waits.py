"""Waiting times by activity: baseline and options, a dot with its interval for each."""

from __future__ import annotations

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.build import (
    MOST_ROWS,
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import forest
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings, largest_first
from pathway_modeller.report.words.reading import read_in
from pathway_modeller.report.words.waiting import wait_message


def mean_waits(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns mean waiting times by activity."""
    return waits(findings, "wait.mean", style)


def median_waits(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns median waiting times by activity."""
    return waits(findings, "wait.median", style)


def long_waits(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns 92nd percentiles of waiting times by activity."""
    return waits(findings, "wait.p92", style)


def waits(findings: Findings, measure: str, style: Style = PAGE) -> Chart:
    """Returns a measure of waiting by activity, the longest first.

    Args:
        findings: what was simulated.
        measure: ``"wait.mean"``, ``"wait.median"`` or ``"wait.p92"``.
        style: sizes.
    """
    described = find(measure).measure
    figures = findings.figures(measure, "element")
    keys = largest_first(figures)
    counted = f"patients started {findings.period}"
    if not keys:
        return nothing_to_show(
            findings,
            style,
            "No waiting time can be shown: nobody was started",
            f"{described.title}; {counted}",
        )
    shown = keys[:MOST_ROWS]
    scale = scale_for("days", figures["mean"])
    cut = f"; {len(shown)} of {len(keys)} activities, the longest waits" if len(shown) < len(keys) else ""
    heading = Heading(
        headline=wait_message(findings, measure),
        subtitle=f"{described.title} by activity, {scale.unit}; {counted}; {findings.basis}{cut}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(findings, figures, shown, "element", scale)
    figure = forest(style, heading, rows, f"{described.title} ({scale.unit})", scale)
    table = table_of(findings, figures, "element", measure)
    return chart_of(heading, figure, table, said_of(findings, rows), read_in(table, scale))
