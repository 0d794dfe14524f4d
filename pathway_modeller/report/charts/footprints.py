"""Waits for one activity by footprint, as figures; whether one loses is judged over all its waits."""

from __future__ import annotations

import pandas as pd

from pathway_modeller.report.build import (
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import Reference, forest
from pathway_modeller.report.drawing.scale import Scale
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings, largest_first, records
from pathway_modeller.report.words.headlines import joined
from pathway_modeller.report.words.reading import read_in


def waits_by_footprint(findings: Findings, style: Style = PAGE, element: str = "") -> Chart:
    """Returns mean waits for an activity by footprint: differences from the baseline if there is an option.

    Args:
        findings: what was simulated.
        style: sizes.
        element: the activity; by default the one with the longest mean wait of those in the baseline.
    """
    chosen = element or _longest(findings)
    if not chosen:
        return nothing_to_show(
            findings,
            style,
            "Nothing can be shown by footprint: there are none, or nobody was started",
            "Mean waiting time by footprint",
        )
    name = findings.key_name("element", chosen)
    if not findings.options:
        return _absolute(findings, style, chosen, name)
    changes = findings.changes("wait.mean", "footprint", element=chosen)
    scale = findings.scale("days", changes["mean"], "wait.mean")
    rows = rows_of(findings, changes, largest_first(changes), "footprint", scale, signed=True)
    if not rows:
        said = f"Nothing can be shown by footprint: nobody was started at {name} under both variants"
        return nothing_to_show(findings, style, said, "Mean waiting time by footprint")
    heading = Heading(
        headline=_message(findings, name, changes, scale),
        subtitle=f"Difference in mean wait for {name} from the baseline by footprint, {scale.unit}; a longer "
        f"wait is worse; {findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.options),
    )
    axis = f"Difference in mean waiting time ({scale.unit})"
    figure = forest(style, heading, rows, axis, scale, reference=Reference(0.0, "baseline"))
    table = table_of(findings, changes, "footprint", "wait.mean")
    return chart_of(heading, figure, table, said_of(findings, rows), read_in(table, scale))


def _longest(findings: Findings) -> str:
    """The activity with the longest mean wait that the first variant has, if there are footprints."""
    if not any(pathway.footprints for pathway in findings.pathways.values()):
        return ""
    figures = findings.figures("wait.mean", "element")
    first = figures[figures["variant"] == findings.variants[0]]
    ranked = largest_first(first)
    return ranked[0] if ranked else ""


def _message(findings: Findings, name: str, changes: pd.DataFrame, scale: Scale) -> str:
    """What the chart says: from which to which difference, for each option."""
    parts = []
    for option in findings.options:
        found = [each.mean for each in records(changes) if each.variant == option and each.mean == each.mean]
        if found:
            ends = dict.fromkeys(scale.number(each, signed=True) for each in (min(found), max(found)))
            said = f"{' to '.join(ends)}{scale.after}" if any(found) else "no change"
            parts.append(f"{said} under {findings.short_name(option)}")
    return joined([f"Mean wait for {name}, by footprint: {parts[0]}", *parts[1:]], ", ")


def _absolute(findings: Findings, style: Style, element: str, name: str) -> Chart:
    """Waits by footprint where there is nothing to compare with."""
    figures = findings.figures("wait.mean", "footprint", element=element)
    keys = largest_first(figures)
    if not keys:
        return nothing_to_show(
            findings, style, "Nothing can be shown by footprint: nobody was started", "Mean waiting time"
        )
    scale = findings.scale("days", figures["mean"], "wait.mean")
    longest = findings.key_name("footprint", keys[0])
    most = scale.text(float(figures["mean"].max()))
    heading = Heading(
        headline=f"The mean wait for {name} is longest in {longest}: {most}",
        subtitle=f"Mean wait for {name} by footprint, {scale.unit}; {findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(findings, figures, keys, "footprint", scale)
    figure = forest(style, heading, rows, f"Mean waiting time ({scale.unit})", scale)
    table = table_of(findings, figures, "footprint", "wait.mean")
    return chart_of(heading, figure, table, said_of(findings, rows), read_in(table, scale))
