"""Attended contacts by setting."""

from __future__ import annotations

from pathway_modeller.report.build import (
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
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.report.words.headlines import changes_of, headline
from pathway_modeller.scenario.values import SETTINGS


def activity_by_setting(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns attended contacts by setting; settings without any in every variant are left out."""
    figures = findings.figures("contacts", "setting")
    if figures["mean"].isna().all():
        said = "No contacts can be shown: no activity was counted; draw one, and run again"
        return nothing_to_show(findings, style, said, f"Attended contacts by setting; {findings.period}")
    most = figures.groupby("key")["mean"].max()
    shown = [setting for setting in SETTINGS if most.get(setting, 0) > 0] or list(SETTINGS)
    scale = scale_for("", figures["mean"])
    heading = Heading(
        headline=findings.message(lambda: _message(findings)),
        subtitle=f"Attended contacts by setting, number; {findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(findings, figures, shown, "setting", scale)
    figure = forest(style, heading, rows, "Attended contacts (number in the period)", scale, kind="bar")
    return chart_of(
        heading, figure, table_of(findings, figures, "setting", "contacts"), said_of(findings, rows)
    )


def _message(findings: Findings) -> str:
    """What the chart says: whether hospital contacts differ, else where most contacts are."""
    figures = findings.figures("contacts", "setting")
    hospital = figures[figures["key"] == "hospital"]
    if findings.options and hospital["mean"].max() > 0:
        changes = findings.changes("contacts", "setting")
        changed = changes_of(findings, changes[changes["key"] == "hospital"])
        scale = scale_for("", [each.mean for each in changed])
        return headline("Contacts in hospital", changed, scale, over=findings.span)
    if findings.options:
        changed = changes_of(findings, findings.changes("contacts"))
        scale = scale_for("", [each.mean for each in changed])
        return headline("Contacts", changed, scale, over=findings.span)
    if not figures["mean"].max() > 0:
        return "There were no contacts in the period"
    top = max(records(figures), key=lambda each: each.mean)
    number = scale_for("", (top.mean,)).text(top.mean)
    name = findings.key_name("setting", top.key)
    return f"Most contacts are in this setting: {name}, with {number} in the period"
