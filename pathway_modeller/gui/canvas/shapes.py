"""The shape of each kind of element: told apart without colour, on the canvas as in the palette."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from pathway_modeller.gui import theme
from pathway_modeller.scenario.document import DrawnMap

Side = Literal["left", "right", "top", "bottom"]

SIZES: Final[Mapping[DrawnMap, tuple[float, float]]] = {
    "entry_points": (150.0, 60.0),
    "activities": (150.0, 80.0),
    "waits": (150.0, 64.0),
    "decisions": (174.0, 104.0),
    "exit_points": (150.0, 60.0),
}
"""Width and height of each kind, in canvas points."""

OUTLINES: Final[Mapping[DrawnMap, str]] = {
    "entry_points": theme.GOOD,
    "activities": theme.BLUE,
    "waits": theme.PLUM,
    "decisions": theme.CHARCOAL,
    "exit_points": theme.CHARCOAL,
}
FILLS: Final[Mapping[DrawnMap, str]] = {
    "entry_points": "#E3F3EF",
    "activities": "#E7EEF5",
    "waits": "#F6EAF1",
    "decisions": "#FFF6EC",
    "exit_points": "#ECEEF0",
}

CUT = 14.0
"""How much of its corners a wait's octagon loses."""


def box(kind: DrawnMap) -> QRectF:
    """Returns the rectangle of a kind of element about its middle."""
    width, height = SIZES[kind]
    return QRectF(-width / 2, -height / 2, width, height)


def outline(kind: DrawnMap, rect: QRectF) -> QPainterPath:
    """Returns the shape of a kind of element in a rectangle."""
    path = QPainterPath()
    if kind == "decisions":
        middle = rect.center()
        points = (
            QPointF(rect.left(), middle.y()),
            QPointF(middle.x(), rect.top()),
            QPointF(rect.right(), middle.y()),
            QPointF(middle.x(), rect.bottom()),
        )
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    elif kind == "waits":
        path.addPolygon(_octagon(rect, min(CUT, rect.height() / 3)))
        path.closeSubpath()
    elif kind == "activities":
        path.addRoundedRect(rect, rect.height() / 12, rect.height() / 12)
    else:
        path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    return path


def _octagon(rect: QRectF, cut: float) -> QPolygonF:
    """Returns a rectangle without its corners."""
    return QPolygonF(
        (
            QPointF(rect.left() + cut, rect.top()),
            QPointF(rect.right() - cut, rect.top()),
            QPointF(rect.right(), rect.top() + cut),
            QPointF(rect.right(), rect.bottom() - cut),
            QPointF(rect.right() - cut, rect.bottom()),
            QPointF(rect.left() + cut, rect.bottom()),
            QPointF(rect.left(), rect.bottom() - cut),
            QPointF(rect.left(), rect.top() + cut),
        )
    )


def text_box(kind: DrawnMap) -> QRectF:
    """Returns the part of an element's box in which its words stand."""
    rect = box(kind)
    if kind == "decisions":
        return QRectF(-56, -26, 112, 52)
    if kind in {"entry_points", "exit_points"}:
        return rect.adjusted(30, 4, -14, -4) if kind == "entry_points" else rect.adjusted(14, 4, -30, -4)
    if kind == "waits":
        return rect.adjusted(24, 4, -8, -4)
    return rect.adjusted(8, 5, -8, -5)


def edge_point(kind: DrawnMap, middle: QPointF, side: Side, offset: float) -> QPointF:
    """Returns where an arrow touches an element.

    Args:
        kind: the kind of element.
        middle: its middle, in scene points.
        side: the side touched.
        offset: how far from the middle of the side, along it.
    """
    width, height = SIZES[kind]
    across = side in {"left", "right"}
    half, along = (width / 2, height / 2) if across else (height / 2, width / 2)
    out = half - _inward(kind, half, along, abs(offset), across=across)
    sign = -1.0 if side in {"left", "top"} else 1.0
    return middle + (QPointF(sign * out, offset) if across else QPointF(offset, sign * out))


def _inward(kind: DrawnMap, half: float, along: float, offset: float, *, across: bool) -> float:
    """Returns how far the outline lies inside the rectangle's side, away from the side's middle."""
    if kind == "decisions":
        return half * min(1.0, offset / along)
    if kind in {"entry_points", "exit_points"} and across:
        return along - math.sqrt(max(0.0, along * along - offset * offset))
    return 0.0


def paint_shape(painter: QPainter, kind: DrawnMap, rect: QRectF, pen: QPen | None = None) -> None:
    """Paints an element's shape and its sign: a start, a clock, a stop."""
    painter.setPen(pen or QPen(QColor(OUTLINES[kind]), 2.0))
    painter.setBrush(QColor(FILLS[kind]))
    painter.drawPath(outline(kind, rect))
    if kind == "exit_points":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = rect.adjusted(4, 4, -4, -4)
        painter.setPen(QPen(painter.pen().color(), 1.0))
        painter.drawPath(outline(kind, inner))
    _paint_sign(painter, kind, rect)


def _paint_sign(painter: QPainter, kind: DrawnMap, rect: QRectF) -> None:
    """Paints the small sign that tells entry points, waits and exit points from each other."""
    colour = QColor(OUTLINES[kind])
    size = min(12.0, rect.height() / 3.5)
    middle = rect.center().y()
    painter.setPen(QPen(colour, 1.6))
    if kind == "entry_points":
        left = rect.left() + size
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygonF(
                (
                    QPointF(left, middle - size / 2),
                    QPointF(left + size, middle),
                    QPointF(left, middle + size / 2),
                )
            )
        )
    elif kind == "exit_points":
        painter.setBrush(colour)
        painter.drawRect(QRectF(rect.right() - 2 * size, middle - size / 2, size, size))
    elif kind == "waits":
        painter.setBrush(QColor(theme.PAPER))
        hub = QPointF(rect.left() + 1.15 * size, middle)
        painter.drawEllipse(hub, size / 1.7, size / 1.7)
        painter.drawLine(hub, hub + QPointF(0, -size / 2.4))
        painter.drawLine(hub, hub + QPointF(size / 3.2, 0))


def kind_icon(kind: DrawnMap, size: QSize) -> QIcon:
    """Returns a picture of a kind of element, as it looks on the canvas."""
    ratio = 2.0
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(2, 2, size.width() - 4, size.height() - 4)
    if kind != "decisions":
        rect = rect.adjusted(0, 3, 0, -3)
    paint_shape(painter, kind, rect, QPen(QColor(OUTLINES[kind]), 1.8))
    painter.end()
    return QIcon(pixmap)
