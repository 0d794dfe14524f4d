"""Waiting times by activity: baseline and options, a dot with its interval for each."""

from __future__ import annotations

from pathway_modeller.analysis.catalogue import find
from pathway_modeller.report.build import (
    MOST_ROWS,
    chart_of,
    differences_of,
    key_of,
    largest_first,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.forest import forest
from pathway_modeller.report.scale import Scale, scale_for
from pathway_modeller.report.style import PAGE, Style
from pathway_modeller.report.verdict import headline
from pathway_modeller.scenario.sentences import lower_first


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
        headline=_message(findings, measure, keys[0], scale),
        subtitle=f"{described.title} by activity, {scale.unit}; {counted}; {findings.basis}{cut}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(findings, figures, shown, "element", scale)
    figure = forest(style, heading, rows, f"{described.title} ({scale.unit})", scale)
    table = table_of(findings, figures, "element", measure)
    return chart_of(heading, figure, table, said_of(findings, rows))


def _message(findings: Findings, measure: str, longest: str, scale: Scale) -> str:
    """What the chart says: about the activity with the longest wait."""
    title = find(measure).measure.title
    name = findings.key_name("element", longest)
    if not findings.options:
        figures = findings.figures(measure, "element", element=longest)
        mean = float(figures[figures["key"] == longest]["mean"].max())
        return f"The longest {lower_first(title)} is for {name}: {scale.text(mean)}"
    changes = findings.changes(measure, "element")
    mine = changes[changes["key"] == longest]
    differences = differences_of(findings, mine)
    own = scale_for("days", [each.mean for each in differences], difference=True)
    return headline(f"{title} for {name}", differences, own)
