"""Attended contacts by setting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.statistics.means import paired
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
from pathway_modeller.report.words.headlines import Change, changes_of, headline
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import Setting


def activity_by_setting(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns attended contacts by setting; settings without any in every variant are left out."""
    figures = findings.figures("contacts", "setting")
    if figures["mean"].isna().all():
        said = "No contacts can be shown: no activity was counted; draw one, and run again"
        return nothing_to_show(findings, style, said, f"Attended contacts by setting; {findings.period}")
    most = figures.groupby("key")["mean"].max()
    shown = [each for each in findings.settings if most.get(each, 0) > 0] or list(findings.settings)
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
    hospital = figures[figures["key"].isin(findings.hospital_settings)]
    if findings.options and hospital["mean"].max() > 0:
        changed = _in_hospital(findings)
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


def _in_hospital(findings: Findings) -> list[Change]:
    """Returns how hospital contacts differ under each option: of all settings that are hospital care."""
    settings = sorted(findings.hospital_settings)
    if len(settings) == 1:
        changes = findings.changes("contacts", "setting")
        return changes_of(findings, changes[changes["key"] == settings[0]])
    found = []
    for option in findings.options:
        sides = [_seen(findings, variant, settings) for variant in (option, BASELINE)]
        number = min(map(len, sides))
        change = paired(*(side[:number] for side in sides))
        found.append(Change(findings.short_name(option), change.mean, change.low, change.high))
    return found


def _seen(findings: Findings, variant: str, settings: Sequence[Setting]) -> npt.NDArray[np.float64]:
    """Returns the attended contacts of some settings together, one number a replication."""
    measured = findings.results.measures[variant]
    found: npt.NDArray[np.float64] = np.concatenate(
        [measured.of("contacts", setting=each) for each in settings]
    ).sum(axis=0)
    return found
