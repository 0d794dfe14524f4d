"""What the answers about an option hang on: an outcome at the low and the high of every range, a tornado."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pathway_modeller.experiment.hangs_on.value import HangsOn, OptionHangsOn, Outcome, Swing
from pathway_modeller.experiment.hangs_on.words import played_words, turn_words
from pathway_modeller.report.build import MOST_ROWS, chart_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.layout import Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.scale import Scale
from pathway_modeller.report.drawing.style import GRID, HATCHES, INK, PAGE, Style, chart_settings
from pathway_modeller.report.drawing.swatches import Swatch
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.scenario.words.ranges import value_words
from pathway_modeller.scenario.words.sentences import elided

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TITLE = "What the answer hangs on: each assumption at the ends of its range"
_NAME = 24
"""Characters that are kept of the name of an assumption in a headline, whose value says more."""
_LOW = Swatch("#28A197", "", "at the low of its range")
_HIGH = Swatch("#801650", HATCHES[1], "at the high of its range")
_LABELS, _NUMBERS = 2.5, 1.7
"""Inches for the names on the left, and the figures on the right."""
_AXIS = 0.5
_APART = 0.12


def is_known(findings: Findings) -> bool:
    """Whether it is known what the answers hang on."""
    return findings.hangs_on is not None


def tornado(
    findings: Findings, style: Style = PAGE, *, option: str = "", outcome: Outcome | None = None
) -> Chart:
    """Returns an outcome of an option at both ends of each range, the range that moves it farthest first.

    Args:
        findings: what was simulated.
        style: sizes.
        option: whose; by default the first of which a sentence turns, or else the one that moves farthest.
        outcome: which; by default the one that the first sentence is about, or else the first that moves.
    """
    found = findings.hangs_on
    if found is None or not found.ranges:
        why = (
            "What the answers hang on was not worked out"
            if found is None
            else "No assumption says how its range could be played; say so in the inspector"
        )
        return nothing_to_show(findings, style, why, _TITLE)
    shown = tuple(each for each in found.options if each.option in findings.options)
    mine = next((each for each in shown if each.option == option), None) or max(shown, key=_interest)
    chosen = outcome or next((key for key, swings in mine.swings.items() if swings and swings[0].size), None)
    if chosen is None:
        said = f"Nothing that was varied moves “{findings.short_name(mine.option)}”"
        return nothing_to_show(findings, style, said, _TITLE)
    return _chart(findings, style, found, mine.option, chosen)


def _interest(option: OptionHangsOn) -> tuple[bool, bool, float]:
    """How much there is to show of an option: a saving that turns, another sentence, or how far it moves."""
    saves = any(each.sentence == "saves" for each in option.turns)
    farthest = (swings[0].size for swings in option.swings.values() if swings)
    return saves, bool(option.turns), next(farthest, 0.0)


def _chart(findings: Findings, style: Style, found: HangsOn, option: str, outcome: Outcome) -> Chart:
    """The chart of one option and outcome; its table has all of them."""
    every = found.of(option).swings[outcome]
    swings = [each for each in every if each.size][:MOST_ROWS]
    name, unit = found.outcomes[outcome]
    scale = findings.scale(
        unit, [value for each in swings for value in (each.low, each.central, each.high)], "wait.mean"
    )
    short = findings.short_name(option)
    left_out = len(every) - len(swings)
    rest = f"; {left_out} more move it less or not at all" if left_out else ""
    heading = Heading(
        headline=findings.message(lambda: _headline(found, option, short)),
        subtitle=f"{name} ({scale.unit}), “{findings.variant_name(option)}” against the baseline; "
        f"{findings.period}. {played_words(found)} The line is the central value{rest}",
        source=findings.source,
    )
    with chart_settings():
        figure = _draw(style, heading, found, swings, scale, f"{name} ({scale.unit})")
    said = [f"{found.ranges[each.assumption].name}: {_ends(found, each, scale)}" for each in swings]
    return chart_of(heading, figure, _table(findings, found), said)


def _headline(found: HangsOn, option: str, short: str) -> str:
    """What turns, or that nothing does."""
    mine = found.of(option)
    if mine.turns:
        turn = mine.turns[0]
        name = found.ranges[turn.assumption].name
        said = f": {short} {turn_words(turn, found)}"
        return elided(f"{elided(name, max(LONGEST - len(said), _NAME))}{said}", LONGEST)
    return elided(f"No range that was tried turns what is said of {short}", LONGEST)


def _ends(found: HangsOn, swing: Swing, scale: Scale) -> str:
    """An outcome at both ends of a range, in words."""
    range_ = found.ranges[swing.assumption]
    return "; ".join(
        f"{value_words(value, range_.unit)}: {scale.text(outcome, signed=True)}"
        for value, outcome in ((range_.low, swing.low), (range_.high, swing.high))
    )


def _draw(
    style: Style, heading: Heading, found: HangsOn, swings: list[Swing], scale: Scale, axis: str
) -> Figure:
    """Draws a row for each range: its name, its bars, and the outcome at its ends."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ruler, size = Ruler(), style.text * 0.85
    names = [ruler.wrap(found.ranges[each.assumption].name, size, _LABELS - 0.15) for each in swings]
    ends = [_numbers(found, each, scale) for each in swings]
    rows = [max(len(name), 2) * line_height(size) + _APART for name in names]
    board = Board(style, heading, sum(rows) + _AXIS, swatches=(_LOW, _HIGH))
    stretch = (board.height - _AXIS) / sum(rows)
    axes = board.plot(_LABELS, 0.0, board.width - _LABELS - _NUMBERS, board.height - _AXIS)
    central = swings[0].central * scale.factor
    top = 0.0
    for swing, name, end, row in zip(swings, names, ends, rows, strict=True):
        middle = top + row * stretch / 2
        thick = min(row * stretch * 0.62, 0.36)
        for look, value in ((_LOW, swing.low), (_HIGH, swing.high)):
            axes.barh(
                middle,
                value * scale.factor - central,
                thick,
                left=central,
                color=look.colour,
                hatch=look.hatch,
                edgecolor="white" if look.hatch else look.colour,
                linewidth=0,
            )
        board.write("\n".join(name), 0.0, middle, size=size)
        board.write("\n".join(end), board.width - _NUMBERS + 0.12, middle, size=size)
        top += row * stretch
    axes.axvline(central, color=INK, linewidth=1.4)
    axes.set_ylim(top, 0)
    axes.set_yticks([])
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.margins(x=0.05)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value)))
    axes.set_xlabel(axis, size=size, color=INK)
    return board.figure


def _numbers(found: HangsOn, swing: Swing, scale: Scale) -> list[str]:
    """The outcome at both ends, a line each."""
    range_ = found.ranges[swing.assumption]
    return [
        f"{value_words(value, range_.unit.partition(' ')[0])}: {scale.text(outcome, signed=True)}"
        for value, outcome in ((range_.low, swing.low), (range_.high, swing.high))
    ]


def _table(findings: Findings, found: HangsOn) -> pd.DataFrame:
    """Every option, outcome and range."""
    rows = []
    for each in found.options:
        for outcome, swings in each.swings.items():
            name, unit = found.outcomes[outcome]
            for swing in swings:
                range_ = found.ranges[swing.assumption]
                turns = [turn for turn in each.turns if turn.assumption == swing.assumption]
                rows.append(
                    {
                        "measure": name,
                        "of": range_.name,
                        "variant": findings.variant_name(each.option),
                        "unit": unit,
                        "at_low": swing.low,
                        "at_central": swing.central,
                        "at_high": swing.high,
                        "range_low": range_.low,
                        "range_central": range_.central,
                        "range_high": range_.high,
                        "unit_of_range": range_.unit,
                        "turns": "; ".join(turn_words(turn, found) for turn in turns),
                        "replications": found.replications,
                    }
                )
    return pd.DataFrame(rows)
