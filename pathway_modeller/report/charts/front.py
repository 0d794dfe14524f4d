"""The first page as a picture and a table, to be handed over as every chart is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from pathway_modeller.report.build import chart_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.layout import Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.style import GRID, INK, PAGE, QUIET, Style, chart_settings
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.questions import COLUMNS, NAMES, WIDTHS, FirstPage, Row, Tone

_WIDTH = 11.0
"""Inches, at least: a page laid across has room for all questions side by side."""
_GAP = 0.14
"""Inches between columns."""
_SIZE = 0.9
"""Letters, as a part of those of a chart."""
_AROUND = 0.09
"""Inches above and below the words of a row."""
_COLOURS: Mapping[Tone, str] = {"good": "#00703C", "bad": "#B10E1E", "plain": INK}


def front(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the first page of some findings; an option must be compared."""
    return page_chart(first_page(findings, findings.hangs_on_words), style)


def page_chart(page: FirstPage, style: Style = PAGE) -> Chart:
    """Returns the first page as it is read in the window, with its conditions and reservations below."""
    style = replace(style, width=max(style.width, _WIDTH))
    heading = Heading(page.headline, f"{page.title}. {page.basis}", page.source)
    with chart_settings():
        board = _draw(style, heading, page)
    said = [
        f"{row.name}: {', '.join(f'{COLUMNS[each]} {row.cells[each].words}' for each in COLUMNS)}"
        for row in page.rows
    ]
    return chart_of(heading, board.figure, _table(page), [*said, *page.beside])


def _draw(style: Style, heading: Heading, page: FirstPage) -> Board:
    """The page: a row an option, then what has to be told beside the answers."""
    ruler, size = Ruler(), style.text * _SIZE
    room = Board(style, heading, 0.1).width
    each = (room - _GAP * len(COLUMNS)) / (NAMES + sum(WIDTHS.values()))
    widths = (each * NAMES, *(each * WIDTHS[column] for column in COLUMNS))
    rows = [_lines(ruler, size, widths, row) for row in page.rows]
    head = line_height(size) + _AROUND
    highs = [max(map(len, cells)) * line_height(size) + 2 * _AROUND for cells in rows]
    told = [line for text in page.beside for line in ruler.wrap(text, size, room)]
    board = Board(style, heading, head + sum(highs) + len(told) * line_height(size) + 0.2)
    left = 0.0
    for width, title in zip(widths, ("", *COLUMNS.values()), strict=True):
        _write(board, [title], left, 0, bold=True, colour=QUIET)
        left += width + _GAP
    top = head
    for row, cells, high in zip(page.rows, rows, highs, strict=True):
        board.page.plot((0, board.width), (top, top), color=GRID, linewidth=0.8)
        colours = (INK, *(_COLOURS[row.cells[column].tone] for column in COLUMNS))
        left = 0.0
        for place, (width, lines) in enumerate(zip(widths, cells, strict=True)):
            _write(board, lines, left, top + _AROUND, bold=not place, colour=colours[place])
            left += width + _GAP
        top += high
    board.page.plot((0, board.width), (top, top), color=GRID, linewidth=0.8)
    _write(board, told, 0, top + _AROUND)
    return board


def _write(
    board: Board, lines: list[str], left: float, top: float, *, bold: bool = False, colour: str = INK
) -> None:
    """Writes lines one by one, so that those of a row stand at one height."""
    size = board.style.text * _SIZE
    for place, line in enumerate(lines):
        foot = top + (place + 0.78) * line_height(size)
        board.write(line, left, foot, size=size, bold=bold, upright="baseline", colour=colour)


def _lines(ruler: Ruler, size: float, widths: tuple[float, ...], row: Row) -> list[list[str]]:
    """The words of a row in lines that fit their columns."""
    cells = (row.name, *(row.cells[column].words for column in COLUMNS))
    return [
        ruler.wrap(words, size, width, bold=not place)
        for place, (words, width) in enumerate(zip(cells, widths, strict=True))
    ]


def _table(page: FirstPage) -> pd.DataFrame:
    """One row an answer: in few words, and in full."""
    return pd.DataFrame(
        [
            {
                "option": row.name,
                "question": COLUMNS[column],
                "answer": row.cells[column].words,
                "in_full": row.cells[column].full,
            }
            for row in page.rows
            for column in COLUMNS
        ]
    )
