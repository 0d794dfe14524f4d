"""Waits by footprint; a footprint that loses is flagged and stands first."""

from __future__ import annotations

import pandas as pd

from pathway_modeller.report.build import (
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
    words_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import Point, Reference, Row, forest
from pathway_modeller.report.drawing.scale import Scale, scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings, largest_first, records
from pathway_modeller.report.words.reading import read_in
from pathway_modeller.report.words.verdict import to_judge
from pathway_modeller.scenario.words.sentences import listed

_LONGEST = 90


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
    scale = scale_for("days", changes["mean"], difference=True)
    losers = _losers(changes)
    rows = [_row(findings, changes, key, scale) for key in _worst_first(changes, losers)]
    if not rows:
        said = f"Nothing can be shown by footprint: nobody was started at {name} under both variants"
        return nothing_to_show(findings, style, said, "Mean waiting time by footprint")
    heading = Heading(
        headline=_message(findings, name, changes, losers),
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


def _losers(changes: pd.DataFrame) -> dict[str, list[str]]:
    """Footprints whose wait is shown to be longer, with the options under which it is."""
    found: dict[str, list[str]] = {}
    for each in records(changes):
        if to_judge(each).direction == "higher":
            found.setdefault(each.key, []).append(each.variant)
    return found


def _worst_first(changes: pd.DataFrame, losers: dict[str, list[str]]) -> list[str]:
    """Footprints that lose first, then the others, each from the largest difference to the smallest."""
    ranked = largest_first(changes)
    return sorted(ranked, key=lambda key: key not in losers)


def _row(findings: Findings, changes: pd.DataFrame, key: str, scale: Scale) -> Row:
    """One footprint, with a flag on each option under which it loses."""
    points = []
    for each in records(changes[changes["key"] == key]):
        text = words_of(scale, each.mean, each.low, each.high, signed=True)
        found = to_judge(each)
        if found.direction == "higher":
            text = f"▲ waits longer: {text}"
        elif found.direction == "same":
            text = f"{text}: {'less than matters' if found.is_shown else 'no difference shown'}"
        points.append(Point(findings.place(each.variant), each.mean, each.low, each.high, text))
    return Row(findings.key_name("footprint", key), tuple(points))


def _message(findings: Findings, name: str, changes: pd.DataFrame, losers: dict[str, list[str]]) -> str:
    """What the chart says: who loses first, then who gains."""
    every = list(dict.fromkeys(changes["key"]))
    lower = [each.key for each in records(changes) if to_judge(each).direction == "lower"]
    gainers = [key for key in dict.fromkeys(lower) if key not in losers]
    wait = f"the mean wait for {name}"
    if losers:
        names = listed([findings.key_name("footprint", key) for key in losers])
        if len(names) > _LONGEST or len(losers) == len(every):
            names = "All footprints" if len(losers) == len(every) else f"{len(losers)} footprints"
        verb = "waits" if len(losers) == 1 and names != "All footprints" else "wait"
        options = list(dict.fromkeys(option for mine in losers.values() for option in mine))
        under = listed([f"“{findings.variant_name(option)}”" for option in options], "or")
        if len(under) > _LONGEST:
            under = f"{len(options)} of {len(findings.options)} options"
        return f"{names} {verb} longer for {name} under {under}"
    if gainers:
        where = f"{len(gainers)} of {len(every)} footprints"
        return f"No footprint is shown to wait longer; {wait} is shorter in {where}"
    if changes["low"].isna().all():
        return f"Nothing can be said of footprints in {wait}: {findings.too_few}"
    return f"No difference can be shown in any footprint in {wait}"


def _absolute(findings: Findings, style: Style, element: str, name: str) -> Chart:
    """Waits by footprint where there is nothing to compare with."""
    figures = findings.figures("wait.mean", "footprint", element=element)
    keys = largest_first(figures)
    if not keys:
        return nothing_to_show(
            findings, style, "Nothing can be shown by footprint: nobody was started", "Mean waiting time"
        )
    scale = scale_for("days", figures["mean"])
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
