"""What payers gain and providers lose: bill, cost and margin, which net to what the system pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pathway_modeller.analysis.accounts.payer_provider import (
    Settled,
    SettledLine,
    beyond_chance,
)
from pathway_modeller.analysis.accounts.run_rate import MoneyChange
from pathway_modeller.report.build import cannot_show, chart_of, nothing_to_show, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.matrix import Cells, Matrix, Panel, draw_matrix, fits
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style, chart_settings
from pathway_modeller.report.drawing.swatches import Swatch
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import panels_of
from pathway_modeller.report.words.headlines import joined

_TITLE = "What payers are billed and what margin it leaves providers"
_GAINS = Swatch("#28A197", "", "gains")
_LOSES = Swatch("#801650", "///", "loses")
_LEAST = 0.5
"""Pounds below which nothing changes."""

Found = Mapping[str, Settled]


def payer_provider(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns who gains what others lose: payers by their bill, providers by their margin."""
    none = cannot_show(findings, style, "Who bills whom", _TITLE)
    if none is not None:
        return none
    found = {option: findings.answers.of(option).settled for option in findings.options}
    if all(each.missing for each in found.values()):
        first = next(iter(found.values())).missing[0]
        said = f"Who bills whom cannot be shown: a price is missing. {first}; enter 0 where nothing is paid"
        return nothing_to_show(findings, style, said, _TITLE)
    if not any(line.provider for each in found.values() for line in each.providers):
        said = "Who bills whom cannot be shown: no provider is named; name those of activities and pools"
        return nothing_to_show(findings, style, said, _TITLE)
    shown, cut = panels_of(findings)
    unit = scale_for(findings.price_unit, ()).unit
    heading = Heading(
        headline=_message(findings, found),
        subtitle=f"{_TITLE}, {unit}; gains and losses add up to what the system pays less or more; "
        f"{findings.period}; {findings.basis}{cut}",
        source=findings.source,
    )
    with chart_settings():
        matrix = _matrix(findings, found, shown, narrow=False)
        if not fits(style, matrix):
            matrix = _matrix(findings, found, shown, narrow=True)
        board = draw_matrix(style, heading, matrix)
    return chart_of(heading, board.figure, _table(findings, found), [_said(each) for each in matrix.panels])


def _message(findings: Findings, found: Found) -> str:
    """What the chart says, of the option under which the bill changes most."""
    known = {option: each.total for option, each in found.items() if each.total is not None}
    most = max(known, key=lambda option: abs(known[option].bill.change.mean))
    if abs(known[most].bill.change.mean) < _LEAST:
        return "No bill changes, so that no provider gains or loses income"
    total = known[most]
    bill, margin = total.bill.change.mean, total.margin.change.mean
    if not beyond_chance(total.bill.change):
        return "What payers are billed changes by no more than chance"
    said = f"payers are billed {_text(findings, bill)} {'more' if bill > 0 else 'less'}"
    left = f"providers {'gain' if margin > 0 else 'lose'} {_text(findings, margin)}"
    if abs(margin) < _LEAST:
        left = "providers are left with as much"
    return joined([f"Under {findings.short_name(most)} {said}", left], ", ")


def _text(findings: Findings, pounds: float) -> str:
    """The size of a sum."""
    return scale_for(findings.price_unit, (pounds,)).text(abs(pounds))


def _matrix(findings: Findings, found: Found, shown: tuple[str, ...], *, narrow: bool) -> Matrix:
    """The table that is drawn; a narrow one has now and after on lines of their own."""
    panels = []
    for option in shown:
        each, title = found[option], findings.variant_name(option)
        if each.total is None:
            why = f"Not known: {'; '.join(each.missing[:2])}" if each.missing else "Nobody is billed."
            panels.append(Panel(title, (), why))
            continue
        rows = [
            *(
                _row(findings, (line.name, "is billed"), line.bill, -1, narrow)
                for line in each.payers
                if not _is_nothing(line.bill)
            ),
            *(
                _row(findings, (line.name, "bill less cost"), line.margin, 1, narrow)
                for line in each.providers
                if not (_is_nothing(line.bill) and _is_nothing(line.cost))
            ),
            _row(findings, ("System cost",), each.total.cost, -1, narrow, total=True),
        ]
        panels.append(Panel(title, tuple(rows)))
    columns = ("Now and after",) if narrow else ("Now", "After")
    return Matrix(
        "Payer or provider", (*columns, "Gain or loss"), len(columns), tuple(panels), _GAINS, _LOSES
    )


def _is_nothing(each: MoneyChange) -> bool:
    """Whether a sum is nothing under baseline and option."""
    return abs(each.before.mean) <= _LEAST and abs(each.after.mean) <= _LEAST


def _row(
    findings: Findings,
    label: tuple[str, ...],
    sum_of: MoneyChange,
    sign: int,
    narrow: bool,
    *,
    total: bool = False,
) -> Cells:
    """One payer, provider, or the system; ``sign`` says whether more is a gain."""
    unit, change = findings.price_unit, sum_of.change
    low, high = sorted((sign * change.low, sign * change.high))
    ends = (sign * change.mean, low, high)
    now, after = (scale_for(unit, (each.mean,)).text(each.mean) for each in (sum_of.before, sum_of.after))
    said, _, rest = words_of(scale_for(unit, ends), *ends, signed=True).partition(" (")
    lines = (said, f"({rest}") if rest else (said,)
    figures = (*(((now, after),) if narrow else ((now,), (after,))), lines)
    return Cells((label[0][:1].upper() + label[0][1:], *label[1:]), figures, *ends, total=total)


def _said(panel: Panel) -> str:
    """A panel in words."""
    rows = [
        f"{' '.join(row.label)} {' '.join(' '.join(lines) for lines in row.figures)}" for row in panel.rows
    ]
    return f"{panel.title} (now, after, gain or loss): {', '.join(rows) or panel.why_not}"


def _table(findings: Findings, found: Found) -> pd.DataFrame:
    """Bill, cost and margin of every payer and provider, in pounds over the period."""
    rows: list[tuple[object, ...]] = []
    for option, each in found.items():
        for line in _lines(each):
            for measure, sums in (("bill", line.bill), ("cost", line.cost), ("margin", line.margin)):
                change = sums.change
                rows.append(
                    (
                        f"settled.{measure}",
                        line.name,
                        findings.variant_name(option),
                        findings.price_unit,
                        sums.before.mean,
                        sums.after.mean,
                        change.mean,
                        change.low,
                        change.high,
                        change.n,
                    )
                )
    columns = ["measure", "of", "variant", "unit", "baseline", "option", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "replications"])


def _lines(each: Settled) -> Iterator[SettledLine]:
    """Every line, and all together."""
    yield from each.lines
    if each.total is not None and len(each.lines) > 1:
        yield each.total
