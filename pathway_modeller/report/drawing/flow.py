"""A flow of money between two boxes, its arrow as wide as the amount is beside what the boxes cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.report.drawing.layout import MARGIN, Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.style import COLOURS, INK, QUIET, SHADE, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BOX = 0.31
"""Share of the width that a box takes."""
_INSET = 0.1
_LEAST, _MOST = 0.05, 0.5
"""Inches that an arrow is wide."""
_HEAD = 0.2
"""Inches that the head of an arrow is long."""


@dataclass(frozen=True)
class Box:
    """What money is taken from or put into.

    Attributes:
        title: what it is.
        lines: what happens to it.
        real: whether it is a pool; else money that comes from or goes elsewhere.
    """

    title: str
    lines: tuple[str, ...]
    real: bool = True


@dataclass(frozen=True)
class Flow:
    """Money that moves.

    Attributes:
        origin, target: from where and to where.
        amount: how much, in words.
        share: the amount as a share of the dearer of both pools, which is as wide as the box is high.
        notes: when and at what cost, below the arrow.
    """

    origin: Box
    target: Box
    amount: str
    share: float
    notes: tuple[str, ...]


def flow_height(style: Style, ruler: Ruler, flow: Flow) -> float:
    """Returns how high a flow is, in inches."""
    return max(_arrow_high(style, ruler, flow), *(_box_high(style, ruler, box) for box in _boxes(flow)))


def draw_flow(board: Board, flow: Flow, top: float) -> None:
    """Draws two boxes, the arrow from one to the other, and the words, from a height downwards."""
    style, ruler = board.style, board.ruler
    high = flow_height(style, ruler, flow)
    wide = board.width * _BOX
    for box, left in zip(_boxes(flow), (0.0, board.width - wide), strict=True):
        _box(board, box, (left, top, wide, high))
    start, end = wide + 0.06, board.width - wide - 0.06
    above = _lines(style, ruler, (flow.amount,), style.text, bold=True)
    below = _lines(style, ruler, flow.notes, style.small)
    thick = _thick(flow)
    at = top + (high - _arrow_high(style, ruler, flow)) / 2
    middle = at + len(above) * line_height(style.text) + 0.06 + thick / 2
    centre = (start + end) / 2
    board.write("\n".join(above), centre, at, size=style.text, bold=True, level="center", upright="top")
    _arrow(board.page, start, end, middle, thick)
    under = middle + max(thick, 0.2) / 2 + 0.08
    board.write(
        "\n".join(below), centre, under, size=style.small, level="center", upright="top", colour=QUIET
    )


def _boxes(flow: Flow) -> tuple[Box, Box]:
    """Both boxes, from left to right."""
    return flow.origin, flow.target


def _thick(flow: Flow) -> float:
    """How wide the arrow is, in inches."""
    return min(max(flow.share * _MOST, _LEAST), _MOST)


def _lines(
    style: Style, ruler: Ruler, texts: tuple[str, ...], size: float, *, bold: bool = False
) -> list[str]:
    """Words between the boxes in lines."""
    room = (style.width - 2 * MARGIN) * (1 - 2 * _BOX) - 0.2
    return [line for text in texts for line in ruler.wrap(text, size, room, bold=bold)]


def _arrow_high(style: Style, ruler: Ruler, flow: Flow) -> float:
    """How high the arrow is with its words, in inches."""
    above = len(_lines(style, ruler, (flow.amount,), style.text, bold=True)) * line_height(style.text)
    below = len(_lines(style, ruler, flow.notes, style.small)) * line_height(style.small)
    return above + 0.06 + _thick(flow) / 2 + max(_thick(flow), 0.2) / 2 + 0.08 + below


def _box_lines(style: Style, ruler: Ruler, box: Box) -> tuple[list[str], list[str]]:
    """The title and the lines of a box, wrapped."""
    room = (style.width - 2 * MARGIN) * _BOX - 2 * _INSET
    small = style.text * 0.9
    return (
        ruler.wrap(box.title, style.text, room, bold=True),
        [line for text in box.lines for line in ruler.wrap(text, small, room)],
    )


def _box_high(style: Style, ruler: Ruler, box: Box) -> float:
    """How high a box is, in inches."""
    title, lines = _box_lines(style, ruler, box)
    return len(title) * line_height(style.text) + len(lines) * line_height(style.text * 0.9) + 2 * _INSET


def _box(board: Board, box: Box, place: tuple[float, float, float, float]) -> None:
    """Draws one box; place is left, top, width and height."""
    from matplotlib.patches import Rectangle

    left, top, wide, high = place
    frame = Rectangle((left, top), wide, high, facecolor=SHADE if box.real else "white", edgecolor=INK)
    frame.set_linewidth(1.0)
    frame.set_linestyle("-" if box.real else "--")
    frame.set_clip_on(False)
    board.page.add_patch(frame)
    title, lines = _box_lines(board.style, board.ruler, box)
    tall = len(title) * line_height(board.style.text)
    whole = tall + len(lines) * line_height(board.style.text * 0.9)
    begins, small = top + (high - whole) / 2, board.style.text * 0.9
    board.write("\n".join(title), left + _INSET, begins, size=board.style.text, bold=True, upright="top")
    board.write("\n".join(lines), left + _INSET, begins + tall, size=small, upright="top")


def _arrow(page: Axes, start: float, end: float, middle: float, thick: float) -> None:
    """Draws an arrow of a width."""
    from matplotlib.patches import Polygon

    half, wing, neck = thick / 2, thick / 2 + 0.09, end - _HEAD
    corners = [
        (start, middle - half),
        (neck, middle - half),
        (neck, middle - wing),
        (end, middle),
        (neck, middle + wing),
        (neck, middle + half),
        (start, middle + half),
    ]
    page.add_patch(Polygon(corners, closed=True, facecolor=COLOURS[0], edgecolor=COLOURS[0]))
