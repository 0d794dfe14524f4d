"""Harm while waiting, caseloads against their places, and needs met by advice alone."""

from __future__ import annotations

import math

from pathway_modeller.report.chart import Chart
from pathway_modeller.report.charts.by_place import figures_by_place
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings

_ELEMENT = "element"


def has_harm(findings: Findings) -> bool:
    """Whether waiting may do harm to patients anywhere."""
    return any(
        each.harm_during("queue") for way in findings.pathways.values() for each in way.activities.values()
    )


def harm_while_waiting(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns whom waiting did harm, by activity waited for and by what it was."""
    kinds = ("emergency", "need", "death")
    return figures_by_place(
        findings,
        style,
        ("deteriorated", *(f"deteriorated.{kind}" for kind in kinds)),
        title="Harm while waiting: waits that ended in an emergency, another need tier or death",
        axis="Deteriorated while waiting",
        what="Deteriorated while waiting",
        more=(("left.deteriorated", _ELEMENT),),
    )


def has_caseload(findings: Findings) -> bool:
    """Whether any activity keeps patients on a caseload."""
    return any(
        each.caseload is not None for way in findings.pathways.values() for each in way.activities.values()
    )


def caseloads(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns how many are on each caseload, beside its places."""
    return figures_by_place(
        findings,
        style,
        ("caseload.mean", "caseload.end"),
        title="Caseloads: patients on each, between contacts or waiting for one, beside its places",
        axis="On the caseload",
        what="Mean number on caseloads",
        more=(("caseload.came_on", _ELEMENT), ("caseload.reviews", _ELEMENT)),
        beside=lambda variant, element: _places(findings, variant, element),
    )


def _places(findings: Findings, variant: str, element: str) -> str:
    """The places of a caseload, a mean over the period since they may be opened and closed, in words."""
    pathway = findings.pathways[variant]
    activity = pathway.activities.get(element)
    if activity is None or activity.caseload is None:
        return ""
    opened = findings.figures("pool.open", pool=activity.caseload.pool)
    mean = float(opened[opened["variant"] == variant]["mean"].max())
    return ", no limit" if math.isnan(mean) else f" of {mean:,.1f} places".replace(".0 ", " ")


def has_advice(findings: Findings) -> bool:
    """Whether there is a single point of contact, which may meet a need by advice."""
    return any(
        each.single_point is not None
        for way in findings.pathways.values()
        for each in way.activities.values()
    )


def advice_only(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns whose need was met by advice at a single point of contact."""
    return figures_by_place(
        findings,
        style,
        ("advised", "left.advised"),
        title="Advice only: needs met at once at a single point of contact",
        axis="Needed advice only",
        what="Needed advice only",
    )
