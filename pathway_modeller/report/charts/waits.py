"""Waiting times by activity: baseline and options, a dot with its interval for each."""

from __future__ import annotations

from collections.abc import Callable

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.build import (
    MOST_ROWS,
    Build,
    ChartKind,
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.offering import has_figures
from pathway_modeller.report.drawing.forest import forest
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings, largest_first
from pathway_modeller.report.words.headlines import below
from pathway_modeller.report.words.reading import read_in
from pathway_modeller.report.words.waiting import (
    Wait,
    blocked_message,
    longest_message,
    new_waits,
    wait_message,
)


def waits_of(measure: Wait) -> Build:
    """Returns what draws a measure of the waits of those who were started."""
    return times_by_activity(
        measure,
        "patients started",
        "No waiting time can be shown: nobody was started",
        lambda findings: wait_message(findings, measure),
    )


def times_by_activity(
    measure: str, counted: str, nothing: str, message: Callable[[Findings], str] | None = None
) -> Build:
    """Returns what draws a measure of days by activity, the longest first.

    Args:
        measure: its id.
        counted: whose times they are, such as "patients started".
        nothing: the headline where there are none.
        message: makes the headline otherwise; by default the difference at the activity with the longest.
    """

    def build(findings: Findings, style: Style = PAGE) -> Chart:
        title, figures = find(measure).measure.title, findings.figures(measure, "element")
        keys = largest_first(figures)
        whose = f"{counted} {findings.period}"
        if not keys:
            return nothing_to_show(findings, style, nothing, f"{title}; {whose}")
        shown = keys[:MOST_ROWS]
        scale = findings.scale("days", figures["mean"], measure)
        cut = f"; {len(shown)} of {len(keys)} activities, the longest waits" if len(shown) < len(keys) else ""
        heading = Heading(
            headline=findings.message(
                lambda: message(findings) if message else longest_message(findings, measure)
            ),
            subtitle=below(
                findings,
                ". ".join(
                    (
                        *new_waits(findings, measure),
                        f"{title} by activity, {scale.unit}; {whose}; {findings.basis}{cut}",
                    )
                ),
            ),
            source=findings.source,
            key=key_of(findings, findings.variants),
        )
        rows = rows_of(findings, figures, shown, "element", scale)
        figure = forest(style, heading, rows, f"{title} ({scale.unit})", scale)
        table = table_of(findings, figures, "element", measure)
        return chart_of(heading, figure, table, said_of(findings, rows), read_in(table, scale))

    return build


mean_waits = waits_of("wait.mean")


def has_blocked(findings: Findings) -> bool:
    """Whether anybody can be blocked in another place: else no such figure is worked out."""
    sides = findings.results.measures.values()
    return any("blocked.mean" in side.rows.columns["measure"].labels for side in sides)


WAITS = (
    ChartKind("mean-waits", "Mean waiting times", mean_waits, is_offered=has_figures("wait.mean")),
    ChartKind(
        "median-waits", "Median waiting times", waits_of("wait.median"), is_offered=has_figures("wait.median")
    ),
    ChartKind(
        "long-waits", "Long waits (92nd percentile)", waits_of("wait.p92"), is_offered=has_figures("wait.p92")
    ),
    ChartKind(
        "blocked-times",
        "Time blocked in another place",
        times_by_activity(
            "blocked.mean",
            "patients who held a bed or other units until it took them (in no waiting time)",
            "Nobody is blocked in another place",
            blocked_message,
        ),
        is_offered=has_blocked,
    ),
)
"""The charts of waits, in the order in which a reader wants them."""
