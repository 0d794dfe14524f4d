"""When an option has paid for itself: cumulative net cash, and how often it breaks even in which month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.analysis.statistics.intervals import IntervalColumns
from pathway_modeller.analysis.statistics.means import means
from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.experiment.answers.break_even import FROM_THE_START, NOT_WITHIN, BreakEven, FundingGap
from pathway_modeller.experiment.answers.monthly import saved
from pathway_modeller.report.build import cannot_show, chart_of, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.counts import Case, Count, counts_height, draw_counts
from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.layout import Ruler
from pathway_modeller.report.drawing.months import grouped, month_axis, upright_axis
from pathway_modeller.report.drawing.panels import Board, title_height
from pathway_modeller.report.drawing.scale import Scale, scale_for
from pathway_modeller.report.drawing.style import INK, PAGE, Style, chart_settings, mark
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import panels_of, unchanged_words
from pathway_modeller.report.words.headlines import LONGEST, below, joined
from pathway_modeller.report.words.pays_back import pays_back_words
from pathway_modeller.scenario.words.months import month_words
from pathway_modeller.scenario.words.sentences import listed, lower_first

_TITLE = "Cumulative net cash: what the system pays under the baseline less under the option"
_RIGHT = "Replications by month of breaking even"
_UNCHANGED = "What the system pays does not change"
_MOST_CASES = 6
_SIDE_BY_SIDE = 6.6
"""Inches of width from which the two plots stand side by side."""
_LEFT_PART = 0.56
_LINES = 2.3
"""Least height of the plot of cash, in inches."""


@dataclass(frozen=True, eq=False)
class Path:
    """How the cash of an option runs, in pounds.

    Attributes:
        option: its id.
        place: which mark it has.
        running: cumulative net cash at the end of each month.
        even: when it breaks even.
        gap: how deep it goes before.
    """

    option: str
    place: int
    running: IntervalColumns
    even: BreakEven
    gap: FundingGap


def break_even(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns cumulative net cash by month, and the distribution of the month of breaking even."""
    none = cannot_show(findings, style, "The month of breaking even", _TITLE)
    if none is not None:
        return none
    every = [path for each in findings.answers.options if (path := _path(findings, each)) is not None]
    shown, cut = panels_of(findings)
    paths = [path for path in every if path.option in shown] or every[:1]
    scale = scale_for(findings.price_unit, [x for path in every for x in path.running.mean.tolist()])
    heading = Heading(
        headline=_message(findings, every),
        subtitle=below(
            findings,
            f"{_bill(findings, every)}{_TITLE}, {scale.unit}, real, not discounted; {findings.period}; "
            f"{findings.basis}{cut}",
            money=True,
        ),
        source=findings.source,
        key=tuple((path.place, _key(findings, path)) for path in paths),
    )
    with chart_settings():
        board = _draw(findings, style, heading, paths, scale)
    said = [_said(findings, path) for path in every]
    return chart_of(heading, board.figure, _table(findings, every), said)


def _path(findings: Findings, answer: OptionAnswers) -> Path | None:
    """How the cash of an option runs; None if it is not known."""
    view = answer.views["cost"]
    if view.break_even is None or view.funding_gap is None:
        return None
    running = np.cumsum(saved(findings.results, answer.option, "cost"), axis=1) / 100
    place = findings.place(answer.option)
    return Path(answer.option, place, means(running.T), view.break_even, view.funding_gap)


def _key(findings: Findings, path: Path) -> str:
    """What the key says of an option: its name and its funding gap."""
    return f"{findings.variant_name(path.option)}: {_gap(findings, path)}"


def _gap(findings: Findings, path: Path) -> str:
    """The funding gap in words, with its interval."""
    pounds = path.gap.pounds
    if path.gap.when is None:
        return "never in deficit" if path.even.changes else lower_first(_UNCHANGED)
    scale = scale_for(findings.price_unit, (pounds.mean, pounds.high))
    amount = words_of(scale, pounds.mean, pounds.low, pounds.high)
    if _is_growing(findings, path):
        return f"funding gap still growing, {amount} by {month_words(path.gap.when)}"
    return f"funding gap {amount} in {month_words(path.gap.when)}"


def _message(findings: Findings, paths: Sequence[Path]) -> str:
    """What the chart says: when each option pays back; of an option alone its funding gap, too."""
    told = [
        (each, pays_back_words(each, findings.answers.horizon, findings.span))
        for each in findings.answers.options
    ]
    if len(findings.options) > 1:
        words: dict[str, list[str]] = {}
        for each, said in told:
            words.setdefault(said, []).append(findings.short_name(each.option))
        return joined([_upper_first(f"{said}: {_few(said, names)}") for said, names in words.items()])
    alone = paths[0]
    parts = [f"{findings.short_name(each.option)}: {said}" for each, said in told]
    return joined([*parts, *([_deepest(findings, alone)] if alone.gap.when is not None else [])])


def _few(said: str, names: Sequence[str]) -> str:
    """As many names as there is room for behind what is said of them, and how many follow."""
    for many in range(len(names), 0, -1):
        more = f" and {len(names) - many} more" if many < len(names) else ""
        told = f"{', '.join(names[:many])}{more}"
        if len(said) + 2 + len(told) <= LONGEST:
            return told
    return ", ".join(names)


def _bill(findings: Findings, paths: Sequence[Path]) -> str:
    """By how much the bill changes where what the system pays does not, as the beginning of a subtitle."""
    same = [path.option for path in paths if not path.even.changes]
    bill = unchanged_words(findings, same).partition("; ")[2] if same else ""
    names = listed([findings.short_name(each) for each in same]) if len(findings.options) > 1 else ""
    return f"{_upper_first(bill)}{' under ' if names else ''}{names}. " if bill else ""


def _upper_first(text: str) -> str:
    """Text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def _deepest(findings: Findings, path: Path) -> str:
    """The deepest point and its month; whether the run ended before the gap did."""
    mean = path.gap.pounds.mean
    when = month_words(path.gap.when) if path.gap.when else ""
    amount = scale_for(findings.price_unit, (mean,)).text(mean)
    if _is_growing(findings, path):
        return f"the funding gap still grows: {amount} by {when}"
    return f"the funding gap reaches {amount} in {when}"


def _is_growing(findings: Findings, path: Path) -> bool:
    """Whether the deficit is deepest where the run ends, so that nobody knows how deep it would go."""
    return path.gap.when == findings.answers.horizon[-1]


def _cases(paths: Sequence[Path]) -> list[Case]:
    """The bars: from the start, months in order, and not within the horizon, always the last."""
    found = sorted(
        {(each.month or 0, each.when) for path in paths for each in path.even.counts if each.month}
    )
    names = grouped([when for _, when in found], _MOST_CASES)
    order = [_UNCHANGED, FROM_THE_START, *dict.fromkeys(names[when] for _, when in found), NOT_WITHIN]
    sums = {label: dict.fromkeys(range(len(paths)), 0) for label in order}
    for number, path in enumerate(paths):
        for each in path.even.counts:
            label = names.get(each.when, each.when) if path.even.changes else _UNCHANGED
            sums[label][number] += each.replications
    cases = []
    for label, mine in sums.items():
        some = {
            number: count
            for number, count in mine.items()
            if count or (label == NOT_WITHIN and paths[number].even.changes)
        }
        if not some:
            continue
        counts = tuple(
            Count(paths[number].place, count, paths[number].even.within.replications)
            for number, count in some.items()
        )
        cases.append(Case(_upper_first(label), counts))
    return cases


def _draw(findings: Findings, style: Style, heading: Heading, paths: Sequence[Path], scale: Scale) -> Board:
    """Draws the two plots, side by side or one below the other."""
    cases, ruler = _cases(paths), Ruler()
    left_title = f"Cumulative net cash ({scale.unit}); below 0: a funding gap"
    room = style.width - 0.4
    beside = style.width >= _SIDE_BY_SIDE
    lines = room * _LEFT_PART if beside else room
    bars = room - lines - 0.3 if beside else room
    titles = [title_height(style, ruler, text, wide) for text, wide in ((left_title, lines), (_RIGHT, bars))]
    high = counts_height(style, ruler, cases, bars)
    below = 0.32
    first = titles[0] + _LINES + below
    height = max(first, titles[1] + high + 0.1) if beside else first + 0.1 + titles[1] + high + 0.1
    board = Board(style, heading, height)
    tall = board.height - titles[0] - below if beside else _LINES + board.height - height
    board.title(left_title, 0, 0, lines)
    _cash(findings, board, paths, scale, (titles[0], lines, tall))
    left, top = (lines + 0.3, 0.0) if beside else (0.0, titles[0] + tall + below + 0.1)
    board.title(_RIGHT, left, top, bars)
    draw_counts(board, cases, left, top + titles[1], bars)
    return board


def _cash(
    findings: Findings,
    board: Board,
    paths: Sequence[Path],
    scale: Scale,
    place: tuple[float, float, float],
) -> None:
    """Draws the lines of cash; place is top, width and height of the room for plot and axis."""
    top, width, height = place
    months = findings.answers.horizon
    ends = [x * scale.factor for path in paths for x in (*path.running.low, *path.running.high) if x == x]
    ticks = max(board.ruler.width(tick_text(round(x, 2)), board.style.text) for x in (*ends, -0.25)) + 0.12
    axes = board.plot(ticks, top, width - ticks, height)
    across = np.arange(len(months) + 1)
    for path in paths:
        look = mark(path.place)
        mean, low, high = (
            np.append(0.0, each) * scale.factor
            for each in (path.running.mean, path.running.low, path.running.high)
        )
        axes.fill_between(across, low, high, color=look.colour, alpha=0.22, linewidth=0)
        axes.plot(across, mean, color=look.colour, linestyle=look.dash, linewidth=1.8)
        if path.gap.when is not None:
            gap, at = path.gap.pounds, months.index(path.gap.when) + 1
            ends_of = [-each * scale.factor for each in (gap.low, gap.high)]
            axes.plot((at, at), ends_of, color=INK, linewidth=1.6, clip_on=False, zorder=4)
            axes.plot(
                (at,),
                (-gap.mean * scale.factor,),
                marker=look.marker,
                markersize=8,
                color=look.colour,
                markeredgecolor=INK,
                clip_on=False,
                zorder=5,
            )
    axes.axhline(0, color=INK, linewidth=1.2, zorder=1.5)
    upright_axis(axes, board.style)
    month_axis(axes, months, width - ticks)
    axes.margins(y=0.08)
    if not any(ends):
        axes.set_ylim(-1, 1)


def _said(findings: Findings, path: Path) -> str:
    """What happens under an option, in words."""
    cases = ", ".join(
        f"{each.when if each.month in (0, None) else month_words(each.when)} in {each.replications}"
        for each in path.even.counts
    )
    number = path.even.within.replications
    name = findings.variant_name(path.option)
    return f"{name}: breaks even {cases} of {number} replications, {_gap(findings, path)}"


def _table(findings: Findings, paths: Sequence[Path]) -> pd.DataFrame:
    """Every figure of the chart: cash by month in pounds, counts of replications, funding gaps."""
    rows: list[tuple[str, str, str, str, float, float, float, int]] = []
    nan = float("nan")
    for path in paths:
        name, unit = findings.variant_name(path.option), findings.price_unit
        months = zip(
            findings.answers.horizon, path.running.mean, path.running.low, path.running.high, strict=True
        )
        number = path.even.within.replications
        rows += [("cumulative_net_cash", month, name, unit, *ends, number) for month, *ends in months]
        rows += [
            ("break_even", each.when, name, "replications", float(each.replications), nan, nan, number)
            for each in path.even.counts
        ]
        gap = path.gap.pounds
        rows.append(("funding_gap", path.gap.when or "", name, unit, gap.mean, gap.low, gap.high, gap.n))
    columns = ["measure", "of", "variant", "unit", "mean", "low", "high", "replications"]
    return pd.DataFrame(rows, columns=columns)
