"""A drawn transition: a line with rounded bends, a head, and a label."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas import text
from pathway_modeller.gui.canvas.boxes import MARK_COLOURS
from pathway_modeller.gui.canvas.overlay import Mark
from pathway_modeller.gui.canvas.routing import Point

LABEL_PIXELS: Final = 13.0
LABEL_WIDTH: Final = 150.0
HEAD: Final = 11.0
RADIUS: Final = 9.0
WIDTH, ADDED, CHOSEN = 1.8, 2.4, 3.2
GHOSTLY: Final = 0.6
SIGNS: Final[Mapping[Mark, str]] = {"added": "+ ", "changed": "± ", "removed": "− "}


def label_size(words: str) -> tuple[float, float]:
    """Returns the width and height that a label takes."""
    font = theme.scene_font(LABEL_PIXELS)
    return min(LABEL_WIDTH, QFontMetricsF(font).horizontalAdvance(words)) + 10, LABEL_PIXELS + 6


class ArrowItem(QGraphicsItem):
    """One transition on the scene. It shows what it is told and edits nothing."""

    def __init__(self, key: str, *, ghost: bool = False) -> None:
        """Makes the item of a transition, or the ghost of one that an option removes."""
        super().__init__()
        self.key = key
        self.ghost = ghost
        self._words = ""
        self._mark: Mark | None = "removed" if ghost else None
        self._chosen = False
        self._line = QPainterPath()
        self._head = QPolygonF()
        self._label = QRectF()
        self.setZValue(0)

    @property
    def words(self) -> str:
        """The label, with the sign of an option's change."""
        return (SIGNS[self._mark] if self._mark else "") + self._words

    @property
    def way(self) -> QPainterPath:
        """The line as it is drawn, in scene points."""
        return self._line

    @property
    def label_rect(self) -> QRectF:
        """Where the label stands, in scene points; empty if there is none."""
        return self._label

    @property
    def mark(self) -> Mark | None:
        """How an option's change is marked."""
        return self._mark

    def show_words(self, words: str) -> None:
        """Shows a label."""
        self._words = words
        self.update()

    def show_mark(self, mark: Mark | None) -> None:
        """Marks or unmarks what an option changes."""
        self._mark = mark
        self.update()

    def show_chosen(self, chosen: bool) -> None:
        """Shows whether it is selected."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.setZValue(0.5 if chosen else 0)
            self.update()

    def show_way(self, points: Sequence[Point], label: Point | None) -> None:
        """Shows the way it runs, and where its label stands."""
        self.prepareGeometryChange()
        self._line, self._head = _drawn(points)
        self._label = QRectF()
        if label is not None:
            width, height = label_size(self.words)
            self._label = QRectF(label[0] - width / 2, label[1] - height / 2, width, height)
        self.update()

    def boundingRect(self) -> QRectF:
        """Everything that is painted, in scene points."""
        area = self._line.boundingRect().united(self._head.boundingRect())
        return area.united(self._label).adjusted(-6, -6, 6, 6)

    def shape(self) -> QPainterPath:
        """The part that can be clicked: near the line, and the label."""
        stroker = QPainterPathStroker()
        stroker.setWidth(14)
        path = stroker.createStroke(self._line)
        path.addPolygon(self._head)
        path.addRect(self._label)
        path.setFillRule(Qt.FillRule.WindingFill)
        return path

    def _colour(self) -> QColor:
        """The colour of line and head."""
        if self._chosen:
            return QColor(theme.BLUE)
        return QColor(MARK_COLOURS[self._mark] if self._mark else theme.MUTED)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paints line, head and label."""
        del option, widget
        painter.setOpacity(GHOSTLY if self.ghost else 1.0)
        colour = self._colour()
        width = CHOSEN if self._chosen else ADDED if self._mark == "added" else WIDTH
        pen = QPen(colour, width)
        if self.ghost or self._mark == "changed":
            pen.setStyle(Qt.PenStyle.DashLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(self._head)
        if not self._label.isEmpty():
            self._paint_label(painter, colour)

    def _paint_label(self, painter: QPainter, colour: QColor) -> None:
        """Paints the label upon the line."""
        font = theme.scene_font(LABEL_PIXELS)
        painter.setPen(QPen(colour, 1.0) if self._chosen or self._mark else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 235))
        painter.drawRoundedRect(self._label, 4, 4)
        painter.setPen(QColor(theme.INK))
        painter.setFont(font)
        words = text.elided(self.words, font, self._label.width() - 6)
        painter.drawText(self._label, Qt.AlignmentFlag.AlignCenter, words)


def _drawn(points: Sequence[Point]) -> tuple[QPainterPath, QPolygonF]:
    """Returns the line with rounded bends, up to its head, and the head."""
    corners = [QPointF(*point) for point in points]
    tip = corners[-1]
    along = _unit(corners[-2], tip)
    base = tip - along * HEAD
    side = QPointF(-along.y(), along.x()) * (HEAD * 0.45)
    head = QPolygonF((tip, base + side, base - side))
    corners[-1] = base
    line = QPainterPath(corners[0])
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        line.lineTo(corner - _unit(before, corner) * radius)
        line.quadTo(corner, corner + _unit(corner, after) * radius)
    line.lineTo(base)
    return line, head


def _distance(start: QPointF, end: QPointF) -> float:
    """Returns how far two points are apart."""
    return math.hypot(end.x() - start.x(), end.y() - start.y())


def _unit(start: QPointF, end: QPointF) -> QPointF:
    """Returns the direction from one point to another; to the right if they are the same."""
    length = _distance(start, end)
    return (end - start) / length if length > 0 else QPointF(1.0, 0.0)
