"""Waiting-time standards: the share within the limit against its target."""

from __future__ import annotations

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
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
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import below, changes_of, headline
from pathway_modeller.scenario.people import Standard
from pathway_modeller.scenario.words.sentences import duration_words, percentage


def standards(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the share within each waiting-time standard, with its target."""
    known = _standards(findings)
    subtitle = f"Share within each waiting-time standard; {findings.period}"
    if not known:
        return nothing_to_show(
            findings,
            style,
            "No waiting-time standard is entered; add one to see who is seen in time",
            subtitle,
        )
    scale = scale_for("share", ())
    rows = []
    for name, standard in known.items():
        for measure, label in ((_WITHIN, _label(standard)), _BESIDE[standard.counts]):
            figures = findings.figures(f"{measure}.{name}").assign(key=f"{standard.name}: {label}")
            rows += rows_of(findings, figures, [f"{standard.name}: {label}"], "", scale)
    targets = {standard.target for standard in known.values()}
    target = targets.pop() if len(targets) == 1 else None
    heading = Heading(
        headline=findings.message(lambda: _message(findings, known)),
        subtitle=below(findings, f"{subtitle}; {_counts(known)}; {findings.basis}"),
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    reference = None if target is None else Reference(target, f"target {percentage(target)}")
    figure = forest(style, heading, rows, "Share within the standard (%)", scale, reference=reference)
    tables = [
        table_of(findings, findings.figures(f"{measure}.{name}").assign(key=standard.name), "", measure)
        for measure in _TABLE
        for name, standard in known.items()
    ]
    table = pd.concat([each for each in tables if len(each)], ignore_index=True)
    return chart_of(heading, figure, table, said_of(findings, rows))


_WITHIN = "standard.within"
_BESIDE = {
    "flow": ("standard.within_running", "still waiting at month ends"),
    "stock": ("standard.within_stopped", "seen"),
}
"""What stands beside what a standard is judged by: its measure, and its label."""
_TABLE = (
    _WITHIN,
    "standard.within_stopped",
    "standard.within_running",
    "standard.within_last",
    "standard.incomplete.median",
    "standard.incomplete.p92",
    "standard.incomplete.over_52",
    "standard.incomplete.over_65",
    "standard.km_median",
    "standard.removed",
)
"""The measures of the table."""


def _standards(findings: Findings) -> dict[str, Standard]:
    """Every standard of the variants that were run."""
    found: dict[str, Standard] = {}
    for pathway in findings.pathways.values():
        for name, standard in pathway.standards.items():
            found.setdefault(name, standard)
    return dict(sorted(found.items()))


def _label(standard: Standard) -> str:
    """What a standard is judged by, with its limit and target."""
    judged = {"flow": "seen", "stock": "still waiting at month ends"}[standard.counts]
    return f"{judged} (target {percentage(standard.target)} within {duration_words(standard.limit)})"


def _counts(known: dict[str, Standard]) -> str:
    """By whom the standards are judged."""
    words = {
        "flow": "judged by patients seen, and those over the limit who still wait at the end",
        "stock": "judged by patients waiting at month ends",
    }
    return "; ".join(words[kind] for kind in dict.fromkeys(standard.counts for standard in known.values()))


def _message(findings: Findings, known: dict[str, Standard]) -> str:
    """What the chart says: about the first standard."""
    name, standard = next(iter(known.items()))
    measure = f"standard.within.{name}"
    title = find(measure).measure.title.replace("the standard", f"“{standard.name}”")
    if findings.options:
        changed = changes_of(findings, findings.changes(measure), findings.figures(measure))
        scale = scale_for("share", [each.mean for each in changed], difference=True)
        return headline(title, changed, scale)
    mean = float(findings.figures(measure)["mean"].iloc[0])
    if mean != mean:
        return f"“{standard.name}” cannot be shown: nobody was counted in the period"
    verb = "is met" if mean >= standard.target else "is not met"
    share = scale_for("share", ()).text(mean)
    return f"“{standard.name}” {verb}: {share} are within {duration_words(standard.limit)}"
