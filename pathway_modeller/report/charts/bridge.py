"""The ledger as a bridge: from what the system pays if nothing is done to what it pays under an option."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.analysis.statistics.means import paired
from pathway_modeller.report.build import cannot_show, chart_of, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.drawing.waterfall import Bridge, Step, bridges_figure
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import (
    Floats,
    missing_words,
    panels_of,
    pounds_by,
)
from pathway_modeller.report.words.headlines import below, cash_headline
from pathway_modeller.scenario.options import BASELINE

KINDS = {
    "variable": "Variable cost of contacts",
    "step": "Capacity that is open",
    "double running": "Double running",
    "stranded": "Stranded: closed, still paid",
    "fixed": "Providers' fixed cost",
    "set-up": "Set-up",
    "exit": "Exit",
    "other": "Other spending on people",
}
"""What the kinds of cost are called, in the order of a bridge."""

_TITLE = "What the system pays, option less baseline, by kind of cost"
_LEAST = 0.5
"""Pounds below which a change is none."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What an option changes, in pounds over the period.

    Attributes:
        before, after: means over replications.
        kinds: for each kind of cost the paired difference.
        net: the paired difference of the totals.
    """

    before: float
    after: float
    kinds: dict[str, PairedInterval]
    net: PairedInterval


def bridge(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the changes in what the system pays by kind of cost, and the net change, for each option."""
    none = cannot_show(findings, style, "The bridge from baseline to option", _TITLE)
    if none is not None:
        return none
    found = {option: changes_of(findings, option) for option in findings.options}
    shown, cut = panels_of(findings)
    scale = scale_for(findings.price_unit, [each for one in found.values() if one for each in _sizes(one)])
    heading = Heading(
        headline=cash_headline(findings),
        subtitle=below(
            findings, f"{_TITLE}, {scale.unit}; {findings.period}; {findings.basis}{cut}", money=True
        ),
        source=findings.source,
    )
    panels = [_panel(findings, option, found[option]) for option in shown]
    figure = bridges_figure(style, heading, panels, f"Change over the period ({scale.unit})", scale)
    said = [_said(panel) for panel in panels]
    return chart_of(heading, figure, _table(findings, found), said)


def changes_of(findings: Findings, option: str) -> Changes | None:
    """Returns what an option changes, replication by replication; None if its cost is not known."""
    if missing_words(findings.results, option):
        return None
    before, after = (pounds_by(findings.results, each, "kind") for each in (BASELINE, option))
    nothing = np.zeros(findings.results.provenance.replications)
    names = [*KINDS, *sorted({*before, *after} - set(KINDS))]
    kinds = {
        name: paired(after.get(name, nothing), before.get(name, nothing))
        for name in names
        if name in before or name in after
    }
    whole: list[Floats] = [np.sum([nothing, *each.values()], axis=0) for each in (before, after)]
    return Changes(float(whole[0].mean()), float(whole[1].mean()), kinds, paired(whole[1], whole[0]))


def _sizes(changes: Changes) -> Iterator[float]:
    """The figures that set the scale: all changes, and where they lead."""
    yield changes.net.mean
    yield from (each.mean for each in changes.kinds.values())


def _panel(findings: Findings, option: str, changes: Changes | None) -> Bridge:
    """The bridge of one option."""
    title = findings.variant_name(option)
    if changes is None:
        return Bridge(title, (), missing_words(findings.results, option))
    unit = findings.price_unit
    total = scale_for(unit, (changes.before, changes.after))
    if not any(_is_change(each) for each in changes.kinds.values()):
        return Bridge(
            title, (), f"Costs as much as the baseline, {total.text(changes.before)}, kind by kind."
        )
    steps = [Step("Do nothing", total.text(changes.before), "level")]
    for name, change in changes.kinds.items():
        if _is_change(change):
            steps.append(_step(KINDS.get(name, name), "change", change, unit))
    label = f"Net change, to {total.text(changes.after)}"
    return Bridge(title, (*steps, _step(label, "net", changes.net, unit), *_apart(findings, option)))


def _apart(findings: Findings, option: str) -> Iterator[Step]:
    """What of the net change recurs, a year where the period has one, and what is paid once."""
    found = findings.answers.of(option).recurrent
    if found is None or not (found.year.is_year or _is_change(found.total.once)):
        return
    for label, change in (
        (f"Recurrent, {found.year.words}", found.total.recurrent),
        (f"Paid once, over {findings.span}", found.total.once),
    ):
        ends = (change.mean, change.low, change.high)
        yield Step(label, words_of(scale_for(findings.price_unit, ends), *ends, signed=True), "level")


def _is_change(change: PairedInterval) -> bool:
    """Whether a kind of cost changes by more than pence, in the mean or in some replication."""
    return abs(change.mean) > _LEAST or abs(change.high - change.low) > _LEAST


def _step(label: str, role: str, change: PairedInterval, unit: str) -> Step:
    """One change with its words; each in the unit in which it reads best."""
    scale = scale_for(unit, (change.mean, change.low, change.high))
    text = words_of(scale, change.mean, change.low, change.high, signed=True)
    return Step(label, text, "net" if role == "net" else "change", change.mean, change.low, change.high)


def _said(panel: Bridge) -> str:
    """A bridge in words."""
    steps = ", ".join(f"{step.label} {step.text}" for step in panel.steps)
    return f"{panel.title}: {steps or panel.why_not}"


def _table(findings: Findings, found: dict[str, Changes | None]) -> pd.DataFrame:
    """Every figure of the chart, in pounds over the period."""
    rows: list[tuple[str, str, float, float, float, float]] = []
    for option, changes in found.items():
        name = findings.variant_name(option)
        if changes is None:
            rows.append((name, "Not known", *(math.nan,) * 3, 0))
            continue
        rows.append((name, "Do nothing", changes.before, *(math.nan,) * 2, changes.net.n))
        for kind, each in {**changes.kinds, "net": changes.net}.items():
            called = "Net change" if each is changes.net else KINDS.get(kind, kind)
            rows.append((name, called, each.mean, each.low, each.high, each.n))
        rows.append((name, "With the option", changes.after, *(math.nan,) * 2, changes.net.n))
    table = pd.DataFrame(rows, columns=["variant", "of", "mean", "low", "high", "replications"])
    table.insert(0, "measure", "system_cost.change")
    table.insert(3, "unit", findings.price_unit)
    return pd.concat([table, _table_apart(findings, found)], ignore_index=True)


def _table_apart(findings: Findings, found: dict[str, Changes | None]) -> pd.DataFrame:
    """What recurs and what is paid once."""
    rows: list[tuple[object, ...]] = []
    for option in found:
        each = findings.answers.of(option).recurrent
        if each is None:
            continue
        unit = f"{findings.price_unit} a year" if each.year.is_year else findings.price_unit
        span = each.year.words.removeprefix("a year") or f"{each.year.first} to {each.year.last}"
        for measure, of, in_what, change in (
            ("system_cost.recurrent", span.strip(), unit, each.total.recurrent),
            ("system_cost.once", f"over {findings.span}", findings.price_unit, each.total.once),
        ):
            figures = (in_what, change.mean, change.low, change.high, change.n)
            rows.append((measure, findings.variant_name(option), of, *figures))
    columns = ["measure", "variant", "of", "unit", "mean", "low", "high", "replications"]
    return pd.DataFrame(rows, columns=columns)
