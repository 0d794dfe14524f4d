"""The look of each kind of element: told apart without colour, on the canvas as in the palette."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from pathway_modeller.gui import theme
from pathway_modeller.scenario.document import DrawnMap

Side = Literal["left", "right", "top", "bottom"]

CUT = 14.0
"""How much of its corners a wait's octagon loses."""


# Outlines ---------------------------------------------------------------------------------------------


def _diamond(rect: QRectF) -> QPainterPath:
    """Returns the outline of a decision."""
    middle = rect.center()
    corners = (
        QPointF(rect.left(), middle.y()),
        QPointF(middle.x(), rect.top()),
        QPointF(rect.right(), middle.y()),
        QPointF(middle.x(), rect.bottom()),
    )
    return _polygon(corners)


def _octagon(rect: QRectF) -> QPainterPath:
    """Returns a rectangle without its corners, the outline of a wait."""
    cut = min(CUT, rect.height() / 3)
    corners = (
        QPointF(rect.left() + cut, rect.top()),
        QPointF(rect.right() - cut, rect.top()),
        QPointF(rect.right(), rect.top() + cut),
        QPointF(rect.right(), rect.bottom() - cut),
        QPointF(rect.right() - cut, rect.bottom()),
        QPointF(rect.left() + cut, rect.bottom()),
        QPointF(rect.left(), rect.bottom() - cut),
        QPointF(rect.left(), rect.top() + cut),
    )
    return _polygon(corners)


def _polygon(corners: tuple[QPointF, ...]) -> QPainterPath:
    """Returns a closed outline through corners."""
    path = QPainterPath()
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def _rounded(rect: QRectF) -> QPainterPath:
    """Returns a rectangle with slightly rounded corners, the outline of an activity."""
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 12, rect.height() / 12)
    return path


def _pill(rect: QRectF) -> QPainterPath:
    """Returns a rectangle with round ends, the outline of where patients come in and leave."""
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    return path


# How far an outline lies inside its rectangle's side: half the extent towards it, half of that along it, how
# far from its middle, and whether it is an upright side. ------------------------------------------------


def _at_the_side(_half: float, _along: float, _offset: float, _across: bool) -> float:
    """Nowhere."""
    return 0.0


def _slanting(half: float, along: float, offset: float, _across: bool) -> float:
    """More and more towards its ends, evenly."""
    return half * min(1.0, offset / along)


def _bulging(_half: float, along: float, offset: float, across: bool) -> float:
    """As a half circle at the ends of a pill."""
    return along - math.sqrt(max(0.0, along * along - offset * offset)) if across else 0.0


# Signs ------------------------------------------------------------------------------------------------


def _start(painter: QPainter, rect: QRectF, size: float) -> None:
    """Paints a triangle as on a start button."""
    left, middle = rect.left() + size, rect.center().y()
    corners = (
        QPointF(left, middle - size / 2),
        QPointF(left + size, middle),
        QPointF(left, middle + size / 2),
    )
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF(corners))


def _clock(painter: QPainter, rect: QRectF, size: float) -> None:
    """Paints a clock."""
    painter.setBrush(QColor(theme.PAPER))
    hub = QPointF(rect.left() + 1.15 * size, rect.center().y())
    painter.drawEllipse(hub, size / 1.7, size / 1.7)
    painter.drawLine(hub, hub + QPointF(0, -size / 2.4))
    painter.drawLine(hub, hub + QPointF(size / 3.2, 0))


def _stop(painter: QPainter, rect: QRectF, size: float) -> None:
    """Paints a square as on a stop button."""
    painter.setBrush(painter.pen().color())
    painter.drawRect(QRectF(rect.right() - 2 * size, rect.center().y() - size / 2, size, size))


def _nothing(_painter: QPainter, _rect: QRectF, _size: float) -> None:
    """Paints no sign."""


# Looks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """How a kind of element is drawn; lengths in canvas points.

    Attributes:
        size: width and height.
        colour: of its outline.
        fill: of what is within.
        outline: its outline in a rectangle.
        words: where its words stand, left, top, right and bottom within its rectangle.
        lines: lines that its name may take.
        inward: how far the outline lies inside a side of the rectangle.
        sign: paints what tells it from others of its shape.
        is_double: whether its outline is drawn twice.
        is_pointed: whether its outline touches its rectangle in four points only: the corners are free.
        has_figures: whether what a run found stands under it; its name is bold then.
    """

    size: tuple[float, float]
    colour: str
    fill: str
    outline: Callable[[QRectF], QPainterPath]
    words: tuple[float, float, float, float]
    lines: int = 2
    inward: Callable[[float, float, float, bool], float] = _at_the_side
    sign: Callable[[QPainter, QRectF, float], None] = _nothing
    is_double: bool = False
    is_pointed: bool = False
    has_figures: bool = False

    @property
    def box(self) -> QRectF:
        """Its rectangle about its middle."""
        width, height = self.size
        return QRectF(-width / 2, -height / 2, width, height)

    @property
    def text_box(self) -> QRectF:
        """The part of its rectangle in which its words stand."""
        left, top, right, bottom = self.words
        return self.box.adjusted(left, top, -right, -bottom)


LOOKS: Final[Mapping[DrawnMap, Look]] = {
    "entry_points": Look(
        (150.0, 60.0), theme.GOOD, "#E3F3EF", _pill, (30, 4, 14, 4), inward=_bulging, sign=_start
    ),
    "activities": Look((150.0, 80.0), theme.BLUE, "#E7EEF5", _rounded, (8, 5, 8, 5), has_figures=True),
    "waits": Look((150.0, 64.0), theme.PLUM, "#F6EAF1", _octagon, (24, 4, 8, 4), sign=_clock),
    "decisions": Look(
        (174.0, 104.0),
        theme.CHARCOAL,
        "#FFF6EC",
        _diamond,
        (31, 26, 31, 26),
        lines=3,
        inward=_slanting,
        is_pointed=True,
    ),
    "exit_points": Look(
        (150.0, 60.0),
        theme.CHARCOAL,
        "#ECEEF0",
        _pill,
        (14, 4, 30, 4),
        inward=_bulging,
        sign=_stop,
        is_double=True,
    ),
}
"""The look of each kind."""


def edge_point(kind: DrawnMap, middle: QPointF, side: Side, offset: float) -> QPointF:
    """Returns where an arrow touches an element.

    Args:
        kind: the kind of element.
        middle: its middle, in scene points.
        side: the side touched.
        offset: how far from the middle of the side, along it.
    """
    width, height = LOOKS[kind].size
    across = side in {"left", "right"}
    half, along = (width / 2, height / 2) if across else (height / 2, width / 2)
    out = half - LOOKS[kind].inward(half, along, abs(offset), across)
    sign = -1.0 if side in {"left", "top"} else 1.0
    return middle + (QPointF(sign * out, offset) if across else QPointF(offset, sign * out))


def paint_shape(painter: QPainter, kind: DrawnMap, rect: QRectF, pen: QPen | None = None) -> None:
    """Paints an element's shape and its sign: a start, a clock, a stop."""
    look = LOOKS[kind]
    painter.setPen(pen or QPen(QColor(look.colour), 2.0))
    painter.setBrush(QColor(look.fill))
    painter.drawPath(look.outline(rect))
    if look.is_double:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(painter.pen().color(), 1.0))
        painter.drawPath(look.outline(rect.adjusted(4, 4, -4, -4)))
    painter.setPen(QPen(QColor(look.colour), 1.6))
    look.sign(painter, rect, min(12.0, rect.height() / 3.5))


def kind_icon(kind: DrawnMap, size: QSize) -> QIcon:
    """Returns a picture of a kind of element, as it looks on the canvas."""
    ratio = 2.0
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(2, 2, size.width() - 4, size.height() - 4)
    if not LOOKS[kind].is_pointed:
        rect = rect.adjusted(0, 3, 0, -3)
    paint_shape(painter, kind, rect, QPen(QColor(LOOKS[kind].colour), 1.8))
    painter.end()
    return QIcon(pixmap)
