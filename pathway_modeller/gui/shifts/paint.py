"""Painting the board: columns, boxes, arrows and their labels."""

from __future__ import annotations

import math
import zlib

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from pathway_modeller.gui import theme
from pathway_modeller.gui.shifts.cards import Card
from pathway_modeller.gui.shifts.figures import pounds_short
from pathway_modeller.gui.shifts.geometry import Arrow, Layout
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.values import Setting

COLOURS: dict[Setting, str] = {
    "hospital": theme.BLUE,
    "social care": theme.PLUM,
    "community": theme.TEAL,
    "primary care": theme.ORANGE,
    "home": theme.CHARCOAL,
}
_OWN_COLOURS = (theme.VARIANT_COLOURS[-1], theme.MUTED, theme.GOOD)
"""Of settings that a scenario lists itself; they repeat, since the column says which one it is."""
_TEXT = 13.0
_LABEL_HEIGHT = 22.0
_WIDEST_LABEL = 120.0


def colour_of(setting: Setting) -> str:
    """Returns the colour of a setting; that of an own one hangs on its id alone."""
    return COLOURS.get(setting) or _OWN_COLOURS[zlib.crc32(setting.encode()) % len(_OWN_COLOURS)]


def paper(painter: QPainter, rect: QRect, layout: Layout) -> None:
    """Paints the ground and the title of each column."""
    painter.fillRect(rect, QColor(theme.PAPER))
    painter.setFont(theme.scene_font(_TEXT, bold=True))
    for title, box in layout.columns:
        painter.setPen(QColor(theme.INK))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), title)


def card(painter: QPainter, card: Card, box: QRectF, *, chosen: bool, aimed: bool, held: bool) -> None:
    """Paints the box of a pool.

    Args:
        painter: of the board.
        card: what it says.
        box: where it is.
        chosen: whether it is the one chosen.
        aimed: whether an arrow being drawn would end here.
        held: whether it has the keyboard.
    """
    edge = theme.BLUE if chosen or aimed else theme.MUTED
    style = Qt.PenStyle.SolidLine if card.key else Qt.PenStyle.DashLine
    painter.setPen(QPen(QColor(edge), 2.5 if chosen or aimed else 1.0, style))
    painter.setBrush(QColor(theme.TINT if chosen or aimed else theme.PAPER if card.key else theme.PALE))
    painter.drawRoundedRect(box, 5, 5)
    if held:
        painter.setPen(QPen(QColor(theme.INK), 1.0, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 7, 7)
    inner = box.adjusted(12, 5, -8, -4)
    if not card.key:
        _outside(painter, card, inner)
        return
    if card.setting is not None:
        painter.fillRect(
            QRectF(box.left() + 1, box.top() + 4, 5, box.height() - 8), QColor(colour_of(card.setting))
        )
    top = _line(painter, inner, inner.top(), card.name, theme.scene_font(_TEXT, bold=True), theme.INK)
    for number, words in enumerate(card.lines):
        fault = card.unit_cost is None and number == 1
        colour = theme.WARNING if fault else theme.INK if number == 0 else theme.MUTED
        top = _line(painter, inner, top, words, theme.scene_font(_TEXT - 1), colour)


def _outside(painter: QPainter, card: Card, inner: QRectF) -> None:
    """Paints the box for money that is in no pool: name and both uses on two lines."""
    top = _line(painter, inner, inner.top() - 1, card.name, theme.scene_font(_TEXT - 1, bold=True), theme.INK)
    words = "From here: money found elsewhere. To here: money taken out."
    _line(painter, inner, top, words, theme.scene_font(_TEXT - 2), theme.MUTED)


def _line(painter: QPainter, inner: QRectF, top: float, text: str, font: QFont, colour: str) -> float:
    """Writes a line, shortened if need be; returns where the next begins."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(QPointF(inner.left(), top + metrics.ascent()), shown)
    return top + metrics.height() + 1.0


def arrow(painter: QPainter, arrow: Arrow, *, chosen: bool) -> None:
    """Paints an arrow, as wide as its amount."""
    colour = QColor(theme.BLUE if chosen else theme.TEAL)
    _arrow(painter, arrow.path, arrow.width, colour, Qt.PenStyle.SolidLine)


def rubber(painter: QPainter, path: QPainterPath) -> None:
    """Paints the arrow that is being drawn."""
    _arrow(painter, path, 3.0, QColor(theme.BLUE), Qt.PenStyle.DashLine)


def _arrow(painter: QPainter, path: QPainterPath, width: float, colour: QColor, style: Qt.PenStyle) -> None:
    """Paints a curve with a head at its end."""
    size = max(11.0, width * 1.5)
    length = max(path.length(), 1.0)
    stop = path.percentAtLength(max(length - size * 0.8, 0.0))
    painter.save()
    clipped = QPainterPath(path.pointAtPercent(0.0))
    for step in range(1, 41):
        clipped.lineTo(path.pointAtPercent(stop * step / 40))
    painter.setPen(QPen(colour, width, style, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(clipped)
    tip, back = path.pointAtPercent(1.0), path.pointAtPercent(stop)
    angle = math.atan2(tip.y() - back.y(), tip.x() - back.x())
    sides = [
        tip - QPointF(math.cos(angle + turn) * size, math.sin(angle + turn) * size) for turn in (-0.55, 0.55)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, *sides]))
    painter.restore()


def label(painter: QPainter, arrow: Arrow, shift: Shift, *, chosen: bool) -> None:
    """Paints the pounds of an arrow, and its name, on its middle."""
    box = label_box(arrow, shift)
    painter.setPen(QPen(QColor(theme.BLUE if chosen else theme.TEAL), 1.8 if chosen else 1.0))
    painter.setBrush(QColor(theme.TINT if chosen else theme.PAPER))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(theme.INK))
    font = theme.scene_font(_TEXT - 1, bold=True)
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(label_words(shift), Qt.TextElideMode.ElideMiddle, box.width() - 6)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)


def label_words(shift: Shift) -> str:
    """Returns what stands on an arrow: its pounds, in few figures."""
    return f"{pounds_short(shift.amount.value)} a year"


def label_box(arrow: Arrow, shift: Shift) -> QRectF:
    """Returns where the label of an arrow is."""
    wide = QFontMetricsF(theme.scene_font(_TEXT - 1, bold=True)).horizontalAdvance(label_words(shift)) + 8
    wide = min(wide, _WIDEST_LABEL)
    return QRectF(arrow.label.x() - wide / 2, arrow.label.y() - _LABEL_HEIGHT / 2, wide, _LABEL_HEIGHT)
