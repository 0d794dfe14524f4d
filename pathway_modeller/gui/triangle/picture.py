"""Painting triangles fast enough for a slider: people at the left, both money columns at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.report.drawing.scale import MISSING

if TYPE_CHECKING:
    from pathway_modeller.report.charts.triangle import Sheet
    from pathway_modeller.report.drawing.back_to_back import Amount, TwinRow

_MARGIN = 16.0
_GAP = 14.0
_NAMES = 170.0
_KEY = 30.0
_TITLES = 40.0
_LINE = 21.0
_ROW_GAP = 12.0
_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.Dense4Pattern,
)
_KEEP = 0.38
"""Share of a column kept for its longest bar; shares in brackets give way first."""


class TrianglePicture(QWidget):
    """Shows one year's triangles, always with both money columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins without."""
        super().__init__(parent)
        self.setObjectName("triangle")
        self.setAccessibleName("Triangle of need: people and money by need tier")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._sheet: Sheet | None = None
        self._most: tuple[float, ...] = ()

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self._sheet

    def show_sheet(self, sheet: Sheet | None, most: Sequence[float] = ()) -> None:
        """Shows a year.

        Args:
            sheet: the year; None for nothing.
            most: the largest figure of each column, over all years.
        """
        self._sheet, self._most = sheet, tuple(most)
        self.setAccessibleDescription(". ".join(sheet.said) if sheet is not None else "")
        self.setMinimumSize(self.minimumSizeHint())
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for every row."""
        rows = self._sheet.rows if self._sheet is not None else ()
        bars = sum(max(len(row.bars), 1) * _LINE + _ROW_GAP for row in rows)
        return QSize(760, math.ceil(_KEY + _TITLES + bars + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the key, the titles and the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(theme.PAPER))
        sheet = self._sheet
        if sheet is None:
            return
        self._paint_key(painter, sheet.heading.key)
        room = (self.width() - 2 * _MARGIN - _NAMES - 2 * _GAP) / 3
        lefts = [_MARGIN, _MARGIN + room + _NAMES, _MARGIN + 2 * room + _NAMES + 2 * _GAP]
        tall = self.height() - _KEY - _TITLES - 8
        units = sum(len(row.bars) * _LINE + _ROW_GAP for row in sheet.rows)
        stretch = min(tall / units, 1.9) if units else 1.0
        areas = []
        top = _KEY + _TITLES
        for row in sheet.rows:
            height = (len(row.bars) * _LINE + _ROW_GAP) * stretch
            areas.append((top, height))
            top += height
        self._paint_names(painter, sheet.rows, areas, _MARGIN + room)
        for column, title in enumerate(sheet.columns):
            self._paint_column(painter, column, title, lefts[column], room, sheet.rows, areas)

    def _paint_key(self, painter: QPainter, key: Sequence[tuple[int, str]]) -> None:
        """Paints which mark stands for which variant, above the plot."""
        left, metrics = _MARGIN, QFontMetricsF(painter.font())
        for place, name in key:
            _bar(painter, QRectF(left, 9, 22, 12), place)
            painter.setPen(QColor(theme.INK))
            painter.drawText(QPointF(left + 28, 20), name)
            left += 28 + metrics.horizontalAdvance(name) + 24

    def _paint_names(
        self, painter: QPainter, rows: Sequence[TwinRow], areas: Sequence[tuple[float, float]], left: float
    ) -> None:
        """Writes the names of the rows between people and money, with a line above each."""
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        for row, (top, height) in zip(rows, areas, strict=True):
            painter.setPen(QPen(QColor(theme.PANEL), 1.0))
            painter.drawLine(QLineF(_MARGIN, top, self.width() - _MARGIN, top))
            painter.setPen(QColor(theme.INK))
            painter.drawText(QRectF(left + 8, top, _NAMES - 16, height), flags, row.label)

    def _paint_column(
        self,
        painter: QPainter,
        column: int,
        title: str,
        left: float,
        room: float,
        rows: Sequence[TwinRow],
        areas: Sequence[tuple[float, float]],
    ) -> None:
        """Paints one column: its title, its bars from the names outwards, and their numbers."""
        mirrored = column == 0
        start = left + room if mirrored else left
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
        font = painter.font()
        bold = painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(theme.INK))
        painter.drawText(QRectF(left, _KEY, room, _TITLES - 6), flags, title)
        painter.setFont(font)
        amounts = [bars.amounts[column] for row in rows for bars in row.bars]
        texts, longest = _fitted(QFontMetricsF(font), [each for each in amounts if each is not None], room)
        most = self._most[column] if column < len(self._most) and self._most[column] > 0 else 1.0
        painter.setPen(QPen(QColor(theme.MUTED), 1.0))
        painter.drawLine(QLineF(start, areas[0][0], start, areas[-1][0] + areas[-1][1]))
        for row, (top, height) in zip(rows, areas, strict=True):
            gap = _ROW_GAP / 2
            step = (height - 2 * gap) / max(len(row.bars), 1)
            for place, bars in enumerate(row.bars):
                amount = bars.amounts[column]
                if amount is not None:
                    box = QRectF(start, top + gap + place * step, longest, step)
                    self._paint_amount(
                        painter, box, bars.place, amount.value / most, texts[id(amount)], mirrored
                    )

    def _paint_amount(
        self, painter: QPainter, box: QRectF, place: int, share: float, text: str, mirrored: bool
    ) -> None:
        """Paints a bar and its number."""
        length = 0.0 if math.isnan(share) else max(min(share, 1.0), 0.0) * box.width()
        thick = min(box.height() * 0.78, 26.0)
        top = box.center().y() - thick / 2
        left = box.left() - length if mirrored else box.left()
        if length > 0:
            _bar(painter, QRectF(left, top, max(length, 1.0), thick), place)
        painter.setPen(QColor(theme.INK))
        end = left - 6 if mirrored else left + length + 6
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        room = (
            QRectF(end - 400, box.top(), 400, box.height())
            if mirrored
            else QRectF(end, box.top(), 400, box.height())
        )
        painter.drawText(
            room, int(side | Qt.AlignmentFlag.AlignVCenter), MISSING if math.isnan(share) else text
        )


def _fitted(metrics: QFontMetricsF, amounts: Sequence[Amount], room: float) -> tuple[dict[int, str], float]:
    """Returns the words of each number, and the room left for the longest bar."""
    texts: dict[int, str] = {}
    left = room
    for whole in (True, False):
        texts = {
            id(each): f"{each.text} ({each.share})" if whole and each.share else each.text for each in amounts
        }
        widest = max((metrics.horizontalAdvance(text) for text in texts.values()), default=0.0)
        left = room - widest - 12
        if left >= _KEEP * room:
            break
    return texts, max(left, 10.0)


def _bar(painter: QPainter, box: QRectF, place: int) -> None:
    """Fills a bar in a variant's colour and pattern."""
    colour = theme.variant_colour(place)
    painter.fillRect(box, QColor(theme.PAPER))
    painter.fillRect(box, QBrush(colour, _PATTERNS[place % len(_PATTERNS)]))
    painter.setPen(QPen(colour, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
