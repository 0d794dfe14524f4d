"""Who pays now, who pays after, and whether side payments can leave nobody worse off."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.analysis.accounts.section75 import (
    NOBODY,
    PayerAccount,
    Position,
    side_sentences,
)
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.report.build import cannot_show, chart_of, nothing_to_show, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.matrix import Cells, Matrix, Panel, draw_matrix, fits
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style, chart_settings
from pathway_modeller.report.drawing.swatches import Swatch
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import (
    missing_words,
    panels_of,
    pounds_by,
    unchanged_words,
)
from pathway_modeller.report.words.headlines import below, joined
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import elided, typeset

_TITLE = "What each payer pays of the system's cost"
_SAME = "what the system pays does not change"
_PAYER = 36
"""Characters of a payer's name in a headline."""
_MORE = Swatch("#801650", "///", "pays more")
_LESS = Swatch("#28A197", "", "pays less")


@dataclass(frozen=True)
class Paid:
    """Who pays what under an option.

    Attributes:
        account: over the horizon, from means over replications.
        changes: pounds that each payer pays more, over replications.
    """

    account: PayerAccount
    changes: Mapping[str, Interval]


def payers(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the payer matrix: now, after, change, and change after side payments, for each option."""
    none = cannot_show(findings, style, "Who pays", _TITLE)
    if none is not None:
        return none
    found = {option: paid(findings, option) for option in findings.options}
    if not any(
        position.payer != NOBODY for each in found.values() if each for position in each.account.positions
    ):
        said = "Who pays cannot be shown: no payer is named; add payers, and name who pays for each pool"
        return nothing_to_show(findings, style, said, _TITLE)
    shown, cut = panels_of(findings)
    notes = dict.fromkeys(note for each in found.values() if each for note in each.account.notes)
    unit = scale_for(findings.price_unit, ()).unit
    told = f"{_TITLE}, {unit}; {findings.period}; {findings.basis}{cut}"
    heading = Heading(
        headline=_message(findings, found),
        subtitle="; ".join(
            (
                below(findings, ". ".join((*_side(findings, found), told)), money=True),
                *(typeset(note) for note in notes),
            )
        ),
        source=findings.source,
    )
    with chart_settings():
        matrix = _matrix(findings, found, shown, narrow=False)
        if not fits(style, matrix):
            matrix = _matrix(findings, found, shown, narrow=True)
        board = draw_matrix(style, heading, matrix)
    said_of = [_said(panel) for panel in matrix.panels]
    return chart_of(heading, board.figure, _table(findings, found), said_of)


def paid(findings: Findings, option: str) -> Paid | None:
    """Returns who pays what; None if the cost of the option is not known."""
    account = findings.answers.of(option).payers
    if account is None:
        return None
    return Paid(account, {each.payer: _more(each) for each in account.positions})


def _more(position: Position) -> Interval:
    """Pounds that a payer pays more, over replications."""
    found = position.chance
    if found is None:
        return Interval(-position.gain / 100, math.nan, math.nan, 1)
    scale = -1 / 100
    return Interval(found.mean * scale, found.high * scale, found.low * scale, found.n)


def _matrix(
    findings: Findings, found: Mapping[str, Paid | None], shown: tuple[str, ...], *, narrow: bool
) -> Matrix:
    """The table that is drawn; a narrow one has now and after, and the interval, on lines of their own."""
    panels = []
    for option in shown:
        each, title = found[option], findings.variant_name(option)
        if each is None:
            panels.append(Panel(title, (), missing_words(findings.results, option)))
            continue
        if not any(position.gain for position in each.account.positions):
            total = each.account.total_now / 100
            words = scale_for(findings.price_unit, (total,)).text(total)
            panels.append(Panel(title, (), f"{_unchanged(findings, option)} Payers pay {words} together."))
            continue
        rows = [_row(findings, each, position, narrow) for position in each.account.positions]
        panels.append(Panel(title, (*rows, _sum(findings, option, each, narrow))))
    columns = ("Now and after",) if narrow else ("Now", "After")
    ends = ("Change", "After side payments")
    return Matrix("Payer", (*columns, *ends), len(columns), tuple(panels), _MORE, _LESS)


def _unchanged(findings: Findings, option: str) -> str:
    """That nobody pays more or less, and what becomes of the bill."""
    said = unchanged_words(findings, [option])
    return f"{said[:1].upper()}{said[1:]}."


def _row(findings: Findings, each: Paid, position: Position, narrow: bool) -> Cells:
    """One payer."""
    change = each.changes[position.payer]
    settled = -position.gain_after_side_payments / 100
    nature = ", ".join(part for part in (position.kind, position.arrangement) if part)
    label = (position.name[:1].upper() + position.name[1:], *((nature,) if nature else ()))
    pays = (position.now / 100, position.after / 100)
    mean = -position.gain / 100
    ends = (mean, change.low, change.high)
    return Cells(label, _figures(findings, pays, ends, settled, narrow), *ends)


def _sum(findings: Findings, option: str, each: Paid, narrow: bool) -> Cells:
    """All payers together."""
    account = each.account
    pays = (account.total_now / 100, account.total_after / 100)
    net = _net(findings, option)
    ends = (pays[1] - pays[0], net.low, net.high)
    return Cells(("All payers",), _figures(findings, pays, ends, ends[0], narrow), *ends, total=True)


def _net(findings: Findings, option: str) -> Interval:
    """Pounds that all payers pay more, over replications."""
    now, after = (pounds_by(findings.results, each, "view") for each in (BASELINE, option))
    nothing = np.zeros(findings.results.provenance.replications)
    return interval(after.get("cost", nothing) - now.get("cost", nothing))


def _figures(
    findings: Findings,
    pays: tuple[float, float],
    change: tuple[float, float, float],
    settled: float,
    narrow: bool,
) -> tuple[tuple[str, ...], ...]:
    """The cells of a row in words; each figure in the unit in which it reads best."""
    unit = findings.price_unit
    now, after = (scale_for(unit, (value,)).text(value) for value in pays)
    words = words_of(scale_for(unit, change), *change, signed=True)
    said, _, rest = words.partition(" (")
    lines = (said, f"({rest}") if rest else (said,)
    last = scale_for(unit, (settled,)).text(settled, signed=True)
    return (*(((now, after),) if narrow else ((now,), (after,))), lines, (last,))


def _message(findings: Findings, found: Mapping[str, Paid | None]) -> str:
    """What the chart says: who pays more and who less, the largest changes first."""
    known = [(option, each.account) for option, each in found.items() if each is not None]
    told = sorted(
        (
            (position.gain, position.name, option)
            for option, account in known
            for position in account.positions
            if position.certain
        ),
        key=lambda each: -abs(each[0]),
    )
    under = "any option" if len(found) > 1 else findings.short_name(next(iter(found)))
    if not told:
        same = all(not position.gain for _, account in known for position in account.positions)
        if same and known:
            return f"What payers pay does not change under {under}"
        return f"No payer is shown to pay more or less under {under}"
    parts = []
    for gain, name, option in told:
        pounds = -gain / 100
        amount = scale_for(findings.price_unit, (pounds,)).text(pounds, signed=True)
        parts.append(f"{elided(name, _PAYER)} {amount} under {findings.short_name(option)}")
    return joined([f"Who pays over {findings.span}: {parts[0]}", *parts[1:]], ", ")


def _side(findings: Findings, found: Mapping[str, Paid | None]) -> Iterator[str]:
    """Yields what side payments can and cannot do; with a single payer nobody can share."""
    for option, each in found.items():
        if each is None or sum(position.payer != NOBODY for position in each.account.positions) < 2:
            continue
        name = f"{findings.short_name(option)}: " if len(found) > 1 else ""
        for sentence in side_sentences(each.account):
            yield f"{name}{typeset(sentence).rstrip('.')}"


def _said(panel: Panel) -> str:
    """A panel in words."""
    rows = [f"{row.label[0]} {' '.join(' '.join(lines) for lines in row.figures)}" for row in panel.rows]
    return f"{panel.title} (now, after, change, after side payments): {', '.join(rows) or panel.why_not}"


def _table(findings: Findings, found: Mapping[str, Paid | None]) -> pd.DataFrame:
    """Every figure of the chart, in pounds over the period."""
    rows: list[tuple[str, str, str, str, float, float, float]] = []
    nan = math.nan
    for option, each in found.items():
        name = findings.variant_name(option)
        for position in each.account.positions if each else ():
            nature = (position.name, f"{position.kind}, {position.arrangement}".strip(", "), name)
            change = each.changes[position.payer] if each else Interval(nan, nan, nan, 0)
            rows += [
                ("payer.now", *nature, position.now / 100, nan, nan),
                ("payer.after", *nature, position.after / 100, nan, nan),
                ("payer.change", *nature, -position.gain / 100, change.low, change.high),
                (
                    "payer.change_after_side_payments",
                    *nature,
                    -position.gain_after_side_payments / 100,
                    nan,
                    nan,
                ),
            ]
    columns = ["measure", "of", "arrangement", "variant", "mean", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(4, "unit", findings.price_unit)
    table["replications"] = findings.results.provenance.replications
    return table
