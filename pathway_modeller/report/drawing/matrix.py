"""A table with a bar in each row: words and figures in columns, and how much changes as a bar."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.layout import MARGIN, Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.style import GRID, INK, QUIET, SHADE, Style
from pathway_modeller.report.drawing.swatches import Swatch

_GAP = 0.16
"""Inches between columns, and between panels."""
_ROW_GAP = 0.1
_LABELS = 0.27
_BAR = 0.16
_LEAST_BARS = 0.7
"""Inches that the longest bar may be at least."""
_MOST_BARS = 4.5
"""On a wider sheet the rest of the room is shared out between the columns."""


@dataclass(frozen=True)
class Cells:
    """One row.

    Attributes:
        label: what it is of; the lines after the first are quieter.
        figures: for each column its lines; the bar stands before the column ``bar_at`` of the matrix.
        change, low, high: the bar with its interval; NaN for none.
        total: whether it is the sum of the rows above it.
    """

    label: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    change: float
    low: float
    high: float
    total: bool = False


@dataclass(frozen=True)
class Panel:
    """Rows under one title, or in ``why_not`` why there are none."""

    title: str
    rows: tuple[Cells, ...]
    why_not: str = ""


@dataclass(frozen=True)
class Matrix:
    """A table in panels.

    Attributes:
        first: title of the labels.
        columns: titles of the other columns.
        bar_at: number of the column before which the bars stand.
        panels: from the top downwards.
        more, less: how bars to the right and to the left of zero are drawn.
    """

    first: str
    columns: tuple[str, ...]
    bar_at: int
    panels: tuple[Panel, ...]
    more: Swatch
    less: Swatch


@dataclass(frozen=True)
class _Plan:
    """Where columns stand, in inches: labels, right ends of columns of figures, and the bars."""

    labels: float
    ends: tuple[float, ...]
    bars: tuple[float, float]
    small: float


def fits(style: Style, matrix: Matrix) -> bool:
    """Whether a matrix leaves room for its bars."""
    return _plan(style, Ruler(), matrix).bars[1] >= _LEAST_BARS


def draw_matrix(style: Style, heading: Heading, matrix: Matrix) -> Board:
    """Returns a figure of the matrix; call it within the charts' settings."""
    ruler = Ruler()
    plan = _plan(style, ruler, matrix)
    head = max(len(lines) for lines in _titles(style, ruler, matrix)) * line_height(plan.small) + 0.08
    heights = [[_high(style, ruler, row) for row in panel.rows] for panel in matrix.panels]
    tops = [_title_high(style, ruler, panel) for panel in matrix.panels]
    total = head + sum(tops) + sum(map(sum, heights)) + _GAP * (len(tops) - 1)
    board = Board(style, heading, total + 0.1, swatches=(matrix.more, matrix.less))
    _head(board, matrix, plan, head)
    top = head
    for panel, title, rows in zip(matrix.panels, tops, heights, strict=True):
        _panel_title(board, panel, top)
        top += title
        for row, high in zip(panel.rows, rows, strict=True):
            _row(board, matrix, plan, row, (top, high))
            top += high
        top += _GAP
    return board


def _plan(style: Style, ruler: Ruler, matrix: Matrix) -> _Plan:
    """Gives columns the room that their figures need and the rest to the bars."""
    small = style.text * 0.9
    rows = [row for panel in matrix.panels for row in panel.rows]
    room = style.width - 2 * MARGIN
    widths = []
    for number, title in enumerate(matrix.columns):
        bold = max(ruler.width(word, small, bold=True) for word in title.split())
        cells = [ruler.width(line, small, bold=row.total) for row in rows for line in row.figures[number]]
        widths.append(max([bold, *cells]))
    labels = [
        ruler.width(line, style.text, bold=row.total) for row in rows for line in _label(style, ruler, row)[0]
    ]
    wide = min(max(labels, default=1.0), room * _LABELS)
    left = room - wide - sum(widths) - _GAP * (len(widths) + 1)
    bars = min(left, _MOST_BARS)
    gap = _GAP + max(0.0, left - bars) / (len(widths) + 1)
    ends, at = [], wide
    begins = 0.0
    for number, width in enumerate(widths):
        if number == matrix.bar_at:
            begins = at + gap
            at += bars + gap
        at += width + gap
        ends.append(at)
    return _Plan(wide, tuple(ends), (begins, bars), small)


def _label(style: Style, ruler: Ruler, row: Cells) -> tuple[list[str], list[str]]:
    """Returns the lines of a label: its first part, and the quieter rest."""
    room = (style.width - 2 * MARGIN) * _LABELS
    first, *rest = row.label
    quiet = [line for text in rest for line in ruler.wrap(text, style.small, room)]
    return ruler.wrap(first, style.text, room, bold=row.total), quiet


def _high(style: Style, ruler: Ruler, row: Cells) -> float:
    """Returns how high a row is, in inches."""
    loud, quiet = _label(style, ruler, row)
    words = len(loud) * line_height(style.text) + len(quiet) * line_height(style.small)
    figures = max(len(lines) for lines in row.figures) * line_height(style.text * 0.9)
    return max(words, figures, _BAR) + _ROW_GAP


def _titles(style: Style, ruler: Ruler, matrix: Matrix) -> list[list[str]]:
    """Returns the titles of the columns in lines."""
    plan, found = _plan(style, ruler, matrix), []
    for number, title in enumerate(matrix.columns):
        before = plan.ends[number - 1] if number else plan.labels
        room = plan.ends[number] - before - _GAP / 2
        if number == matrix.bar_at:
            room = max(plan.ends[number] - plan.bars[0], 0.5)
        found.append(ruler.wrap(title, plan.small, room, bold=True))
    return found


def _head(board: Board, matrix: Matrix, plan: _Plan, high: float) -> None:
    """Writes the titles of the columns."""
    bottom = high - 0.09
    board.write(matrix.first, 0, bottom, size=plan.small, bold=True, upright="baseline")
    for end, lines in zip(plan.ends, _titles(board.style, board.ruler, matrix), strict=True):
        board.write(
            "\n".join(lines), end, bottom, size=plan.small, bold=True, level="right", upright="baseline"
        )
    board.page.plot((0, board.width), (high - 0.02, high - 0.02), color=QUIET, linewidth=1.0)


def _title_high(style: Style, ruler: Ruler, panel: Panel) -> float:
    """Returns how high the words above the rows of a panel are."""
    room = style.width - 2 * MARGIN
    lines = len(ruler.wrap(panel.title, style.text, room, bold=True)) if panel.title else 0
    lines += len(ruler.wrap(panel.why_not, style.text, room)) if panel.why_not else 0
    return lines * line_height(style.text) + 0.06


def _panel_title(board: Board, panel: Panel, top: float) -> None:
    """Writes the title of a panel, and why it is empty."""
    size = board.style.text
    lines = board.ruler.wrap(panel.title, size, board.width, bold=True) if panel.title else []
    board.write("\n".join(lines), 0, top + 0.04, size=size, bold=True, upright="top")
    if panel.why_not:
        why = "\n".join(board.ruler.wrap(panel.why_not, size, board.width))
        board.write(why, 0, top + 0.04 + len(lines) * line_height(size), size=size, upright="top")


def _row(board: Board, matrix: Matrix, plan: _Plan, row: Cells, place: tuple[float, float]) -> None:
    """Draws one row; place is its top and height in inches."""
    top, high = place
    middle = top + high / 2
    if row.total:
        board.page.axhspan(top, top + high, color=SHADE, linewidth=0, zorder=0)
    else:
        board.page.plot((0, board.width), (top + high, top + high), color=GRID, linewidth=0.6)
    loud, quiet = _label(board.style, board.ruler, row)
    tall = len(loud) * line_height(board.style.text)
    begins = middle - (tall + len(quiet) * line_height(board.style.small)) / 2
    board.write("\n".join(loud), 0, begins, size=board.style.text, bold=row.total, upright="top")
    board.write("\n".join(quiet), 0, begins + tall, size=board.style.small, upright="top", colour=QUIET)
    for end, lines in zip(plan.ends, row.figures, strict=True):
        board.write("\n".join(lines), end, middle, size=plan.small, bold=row.total, level="right")
    _bar(board, matrix, plan, row, middle)


def _bar(board: Board, matrix: Matrix, plan: _Plan, row: Cells, middle: float) -> None:
    """Draws the bar of a row and its interval."""
    every = [
        each
        for panel in matrix.panels
        for one in panel.rows
        for each in (one.change, one.low, one.high)
        if not math.isnan(each)
    ]
    least, most = min([0.0, *every]), max([0.0, *every])
    left, room = plan.bars
    inches = room / (most - least) if most > least else 0.0
    zero = left - least * inches
    board.page.plot((zero, zero), (middle - 0.16, middle + 0.16), color=INK, linewidth=1.0)
    if math.isnan(row.change):
        return
    look = matrix.more if row.change > 0 else matrix.less
    board.page.barh(
        middle,
        row.change * inches,
        _BAR,
        left=zero,
        color=look.colour,
        hatch=look.hatch,
        edgecolor="white" if look.hatch else look.colour,
        linewidth=0,
    )
    if math.isnan(row.low) or row.low == row.high:
        return
    ends = (zero + row.low * inches, zero + row.high * inches)
    for colour, width in (("white", 3.4), (INK, 1.6)):
        board.page.plot(ends, (middle, middle), color=colour, linewidth=width, solid_capstyle="butt")
        for end in ends:
            board.page.plot((end, end), (middle - 0.045, middle + 0.045), color=colour, linewidth=width)
