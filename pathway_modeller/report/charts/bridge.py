"""The ledger as a bridge: from what the system pays if nothing is done to what it pays under an option."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.analysis.statistics.means import paired
from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.experiment.answers.saving import LEAST
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
    quoted_names,
)
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import typeset

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
        headline=_message(findings),
        subtitle=f"{_TITLE}, {scale.unit}; {findings.period}; {findings.basis}{cut}",
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
    return Bridge(title, (*steps, _step(label, "net", changes.net, unit)))


def _is_change(change: PairedInterval) -> bool:
    """Whether a kind of cost changes by more than pence, in the mean or in some replication."""
    return abs(change.mean) > _LEAST or abs(change.high - change.low) > _LEAST


def _step(label: str, role: str, change: PairedInterval, unit: str) -> Step:
    """One change with its words; each in the unit in which it reads best."""
    scale = scale_for(unit, (change.mean, change.low, change.high))
    text = words_of(scale, change.mean, change.low, change.high, signed=True)
    return Step(label, text, "net" if role == "net" else "change", change.mean, change.low, change.high)


def _message(findings: Findings) -> str:
    """What the chart says: only cash that leaves is called a saving."""
    every = findings.answers.options
    if len(every) == 1:
        said = typeset(every[0].claim.sentence).rstrip(".")
        return f"{said}: “{every[0].name}”" if every[0].freed is None else f"{said} under “{every[0].name}”"
    groups: dict[str, list[OptionAnswers]] = {}
    for each in every:
        groups.setdefault(_verdict(each), []).append(each)
    parts = ["No saving under any option" if groups.keys() <= {"more", "same"} else "No saving is shown"]
    if saves := groups.get("saves"):
        cash = [each.freed.yearly["cash_releasing"].mean for each in saves if each.freed]
        parts = [f"Cash is saved under {_under(findings, saves)}: {_range(findings, cash)} a year"]
    if more := groups.get("more"):
        pounds = _range(findings, [-each.freed.yearly["gross"].mean for each in more if each.freed])
        parts.append(f"the system pays {pounds} a year more under {_under(findings, more)}")
    parts += [
        f"{words} under {_under(findings, groups[verdict])}"
        for verdict, words in _SAID.items()
        if verdict in groups
    ]
    return "; ".join(parts)


_SAID = {
    "same": "it pays as much as under the baseline",
    "growth": "growth is avoided and no cash leaves",
    "lost": "people go without, or contacts are put off or unaccounted for, so that none can be claimed,",
    "small": "it pays less, by less than what matters,",
    "open": "it may pay less or more",
    "alone": "nothing can be said from one replication",
    "unknown": "prices are missing",
}
"""What a headline says of options that neither save nor cost more."""


def _verdict(answer: OptionAnswers) -> str:
    """In which group of a headline an option stands."""
    if answer.freed is None:
        return "unknown"
    gross = answer.freed.yearly["gross"]
    if math.isnan(gross.low):
        return "same" if gross.mean == 0 else "alone"
    if answer.claim.claimed:
        return "saves"
    if gross.high < 0:
        return "more"
    if -LEAST < gross.low <= gross.high < LEAST:
        return "same"
    if answer.claim.is_small:
        return "small"
    if gross.low > 0 and answer.claim.reasons:
        return "lost"
    return "growth" if answer.freed.yearly["avoided_growth"].low > 0 else "open"


def _under(findings: Findings, options: list[OptionAnswers]) -> str:
    """Which options, by name or by number."""
    if len(options) == len(findings.options):
        return "every option"
    named = quoted_names(findings, [each.option for each in options])
    return named if len(named) <= 60 else f"{len(options)} of {len(findings.options)} options"


def _range(findings: Findings, pounds: list[float]) -> str:
    """Pounds, or from which to which."""
    texts = [scale_for(findings.price_unit, (each,)).text(each) for each in (min(pounds), max(pounds))]
    return texts[0] if texts[0] == texts[1] else f"{texts[0]} to {texts[1]}"


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
    return table
