"""Level bars of how often something happened, one group of bars for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathway_modeller.report.drawing.layout import Ruler, line_height
from pathway_modeller.report.drawing.panels import Board
from pathway_modeller.report.drawing.style import INK, QUIET, Style, mark

_GAP = 0.1
_THICK = 0.15
_LABELS = 0.46
"""Share of the width for the names of the cases."""


@dataclass(frozen=True)
class Count:
    """How often a case happened under a variant.

    Attributes:
        place: which mark the variant has.
        number: how often.
        of: out of how many.
    """

    place: int
    number: int
    of: int

    @property
    def text(self) -> str:
        """The count in words."""
        return f"{self.number} of {self.of}"


@dataclass(frozen=True)
class Case:
    """A case and its counts."""

    label: str
    counts: tuple[Count, ...]


def counts_height(style: Style, ruler: Ruler, cases: Sequence[Case], width: float) -> float:
    """Returns how high the bars are together, in inches."""
    return sum(_high(style, ruler, case, width) for case in cases)


def draw_counts(board: Board, cases: Sequence[Case], left: float, top: float, width: float) -> None:
    """Draws bars with their counts, in a room that begins at a place.

    Args:
        board: where to.
        cases: from the top downwards.
        left: left end of the room in inches.
        top: its upper end.
        width: of the room in inches.
    """
    style, small = board.style, board.style.text * 0.9
    numbers = max(board.ruler.width(each.text, small) for case in cases for each in case.counts)
    names = max(
        board.ruler.width(line, small)
        for case in cases
        for line in board.ruler.wrap(case.label, small, width * _LABELS)
    )
    start = left + names + 0.1
    room = max(width - names - numbers - 0.25, 0.2)
    begins = top
    for case in cases:
        high = _high(style, board.ruler, case, width)
        lines = board.ruler.wrap(case.label, small, width * _LABELS)
        board.write("\n".join(lines), start - 0.08, top + high / 2, size=small, level="right")
        step = (high - _GAP) / len(case.counts)
        for place, count in enumerate(case.counts):
            middle = top + _GAP / 2 + (place + 0.5) * step
            look = mark(count.place)
            long = room * count.number / max(count.of, 1)
            board.page.barh(
                middle,
                long,
                _THICK,
                left=start,
                color=look.colour,
                hatch=look.hatch,
                edgecolor="white" if look.hatch else look.colour,
                linewidth=0,
            )
            board.write(count.text, start + long + 0.06, middle, size=small, colour=INK)
        top += high
    board.page.plot((start, start), (begins, top), color=QUIET, linewidth=1.0)


def _high(style: Style, ruler: Ruler, case: Case, width: float) -> float:
    """Returns how high a case is, in inches."""
    lines = len(ruler.wrap(case.label, style.text * 0.9, width * _LABELS))
    step = max(_THICK + 0.03, line_height(style.text * 0.9))
    return max(lines * line_height(style.text * 0.9), len(case.counts) * step) + _GAP
