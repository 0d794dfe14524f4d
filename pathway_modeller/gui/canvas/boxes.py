"""A drawn element: its shape, its name, what it needs, and what a run or an option says about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas import shapes, text
from pathway_modeller.gui.canvas.overlay import Mark, Overlay
from pathway_modeller.scenario.document import DrawnMap

NAME_PIXELS: Final = 17.0
SMALL_PIXELS: Final = 14.0
LINE_HEIGHT: Final = 18.0
STRIP: Final = 26.0
"""Height of the strip under a box in which a run shows queue and utilisation."""

BAR: Final = 6.0
"""Height of the bar of capacity in use along the strip's lower edge."""

HANDLE: Final = 6.0
"""Radius of the handles from which arrows are drawn."""

MARK_WORDS: Final[Mapping[Mark, str]] = {"added": "+ new", "changed": "changed", "removed": "removed"}
MARK_COLOURS: Final = {"added": theme.GOOD, "changed": "#B34700", "removed": theme.ERROR}


class BoxItem(QGraphicsItem):
    """One element on the scene. It shows what it is told and edits nothing."""

    def __init__(self, key: str, kind: DrawnMap, *, ghost: bool = False) -> None:
        """Makes the item of an element, or the ghost of one that an option removes."""
        super().__init__()
        self.key = key
        self.kind: DrawnMap = kind
        self.look = shapes.LOOKS[kind]
        self.ghost = ghost
        self._name = ""
        self._detail = ""
        self._overlay: Overlay | None = None
        self._mark: Mark | None = "removed" if ghost else None
        self._fault = ""
        self._state = ""
        self._chosen = False
        self.setZValue(1 if ghost else 2)
        self.setCacheMode(QGraphicsItem.CacheMode.NoCache)

    # What it is told ---------------------------------------------------------------------------------

    def show_element(self, name: str, detail: str) -> None:
        """Shows a name and a second line."""
        self._name, self._detail = name, detail
        self.update()

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Shows or clears what a run found here."""
        if overlay != self._overlay:
            self.prepareGeometryChange()
            self._overlay = overlay
            self.update()

    def show_mark(self, mark: Mark | None) -> None:
        """Marks or unmarks what an option changes."""
        if mark != self._mark:
            self._mark = mark
            self.update()

    def show_fault(self, sentence: str) -> None:
        """Shows that there is a problem here; an empty sentence clears it."""
        if sentence != self._fault:
            self._fault = sentence
            self.update()

    def show_chosen(self, chosen: bool) -> None:
        """Shows whether it is selected."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.setZValue(3 if chosen else 2)
            self.update()

    def show_state(self, state: str) -> None:
        """Shows what a gesture means for it: ``"handles"``, ``"accepts"``, ``"refuses"`` or nothing."""
        if state != self._state:
            self._state = state
            self.update()

    # Geometry ----------------------------------------------------------------------------------------

    @property
    def fault(self) -> str:
        """The problems here, a line each."""
        return self._fault

    @property
    def name(self) -> str:
        """The name shown."""
        return self._name

    @property
    def overlay(self) -> Overlay | None:
        """What a run found here, if it is shown."""
        return self._overlay

    @property
    def mark(self) -> Mark | None:
        """How an option's change is marked."""
        return self._mark

    def rect(self) -> QRectF:
        """The box about the item's own middle."""
        return self.look.box

    def boundingRect(self) -> QRectF:
        """Everything that is ever painted, in the item's own points."""
        return self.rect().adjusted(-14, -16, 14, STRIP + 8)

    def shape(self) -> QPainterPath:
        """The part that can be clicked."""
        return self.look.outline(self.rect())

    def covers(self, area: QRectF) -> bool:
        """Tells whether an area of the scene lies upon the element's shape."""
        return self.shape().intersects(area.translated(-self.pos()))

    def handles(self) -> dict[shapes.Side, QPointF]:
        """Where arrows can be drawn from, in scene points."""
        sides: tuple[shapes.Side, ...] = ("right", "bottom", "left", "top")
        return {side: shapes.edge_point(self.kind, self.pos(), side, 0.0) for side in sides}

    # Painting ----------------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paints the element."""
        del option, widget
        painter.setOpacity(0.55 if self.ghost else 1.0)
        self._paint_ring(painter)
        shapes.paint_shape(painter, self.kind, self.rect(), self._outline_pen())
        self._paint_words(painter)
        if self._overlay is not None:
            self._paint_overlay(painter, self._overlay)
        if self._mark is not None:
            self._paint_tag(painter, MARK_WORDS[self._mark], MARK_COLOURS[self._mark])
        if self._fault:
            self._paint_fault(painter)
        if self._state == "handles":
            self._paint_handles(painter)

    def _outline_pen(self) -> QPen:
        """The pen of the shape: dashed for a ghost, thicker where something is meant."""
        if self.ghost:
            return QPen(QColor(theme.MUTED), 2.0, Qt.PenStyle.DashLine)
        colour = {"accepts": theme.GOOD, "refuses": theme.ERROR}.get(self._state)
        if colour is not None:
            style = Qt.PenStyle.DashLine if self._state == "refuses" else Qt.PenStyle.SolidLine
            return QPen(QColor(colour), 4.0, style)
        return QPen(QColor(self.look.colour), 2.0)

    def _paint_ring(self, painter: QPainter) -> None:
        """Paints a ring around a selected element."""
        if not self._chosen:
            return
        painter.setPen(QPen(QColor(theme.BLUE), 3.0))
        painter.setBrush(QColor(theme.PAPER))
        grown = self.rect().adjusted(-6, -6, 6, 6)
        if self.look.is_pointed:
            grown = self.rect().adjusted(-12, -8, 12, 8)
        painter.drawPath(self.look.outline(grown))

    def _paint_words(self, painter: QPainter) -> None:
        """Paints the name, and the second line under it."""
        area = self.look.text_box
        small = theme.scene_font(SMALL_PIXELS)
        bold = self.look.has_figures
        font = theme.scene_font(NAME_PIXELS, bold=bold)
        most = self.look.lines
        if not text.fits(self._name, font, area.width(), most):
            font = theme.scene_font(SMALL_PIXELS, bold=bold)
            room = area.height() - (LINE_HEIGHT if self._detail else 0.0)
            most = min(3, int(room // (LINE_HEIGHT - 3)))
        lines = text.lines_in(self._name, font, area.width(), most)
        height = LINE_HEIGHT if font.pixelSize() > SMALL_PIXELS else LINE_HEIGHT - 3
        total = height * len(lines) + (LINE_HEIGHT if self._detail else 0.0)
        top = area.center().y() - total / 2
        painter.setPen(QColor(theme.INK))
        painter.setFont(font)
        for line in lines:
            painter.drawText(
                QRectF(area.left(), top, area.width(), height), Qt.AlignmentFlag.AlignCenter, line
            )
            top += height
        if self._detail:
            painter.setFont(small)
            painter.setPen(QColor(theme.MUTED))
            row = QRectF(area.left(), top + 1, area.width(), LINE_HEIGHT)
            painter.drawText(
                row, Qt.AlignmentFlag.AlignCenter, text.elided(self._detail, small, area.width())
            )

    def _paint_overlay(self, painter: QPainter, overlay: Overlay) -> None:
        """Paints queue and capacity in use on a strip under the box, with a bar along its lower edge."""
        rect = self.rect()
        strip = QRectF(rect.left() - 8, rect.bottom() + 4, rect.width() + 16, STRIP)
        painter.setPen(QPen(QColor(theme.LINE), 1.0))
        painter.setBrush(QColor(theme.PAPER))
        painter.drawRoundedRect(strip, 4, 4)
        font = theme.scene_font(SMALL_PIXELS - 1, bold=True)
        painter.setFont(font)
        words = strip.adjusted(5, 0, -5, -BAR)
        if overlay.utilisation is not None:
            figure = f"{overlay.utilisation * 100:.0f}%"
            room = QFontMetricsF(font).horizontalAdvance("100%") + 4
            words.setRight(strip.right() - room - 4)
            bar = QRectF(strip.left() + 4, strip.bottom() - BAR - 2, strip.width() - 8, BAR)
            self._paint_bar(painter, bar, overlay.utilisation)
            painter.setPen(QColor(theme.INK))
            figures = QRectF(strip.right() - room - 3, strip.top(), room, STRIP - BAR)
            painter.drawText(figures, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        painter.setPen(QColor(theme.INK))
        queue = text.elided(overlay.queue, font, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, queue)

    @staticmethod
    def _paint_bar(painter: QPainter, bar: QRectF, utilisation: float) -> None:
        """Paints how much of the capacity is in use; nearly all of it is warned of, by hatching too."""
        painter.setPen(QPen(QColor(theme.MUTED), 1.0))
        painter.setBrush(QColor(theme.PALE))
        painter.drawRect(bar)
        full = QRectF(bar)
        full.setWidth(bar.width() * min(1.0, max(0.0, utilisation)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ORANGE if utilisation >= 0.9 else theme.TEAL))
        painter.drawRect(full)
        if utilisation >= 0.9:
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            painter.drawRect(full)

    def _paint_tag(self, painter: QPainter, words: str, colour: str) -> None:
        """Paints a word on the upper edge: what an option does with the element."""
        font = theme.scene_font(11.0, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(words) + 12
        tag = QRectF(self.rect().left() + 10, self.rect().top() - 10, width, 17)
        if self.look.is_pointed:
            tag.moveCenter(QPointF(0, self.rect().top()))
        painter.setOpacity(1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(QColor(theme.PAPER))
        painter.setFont(font)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_fault(self, painter: QPainter) -> None:
        """Paints an exclamation mark at the upper right corner."""
        corner = self.rect().topRight() + QPointF(-8, 2)
        if self.look.is_pointed:
            corner = QPointF(self.rect().right() * 0.52, self.rect().top() * 0.52)
        painter.setPen(QPen(QColor(theme.PAPER), 2.0))
        painter.setBrush(QColor(theme.ERROR))
        painter.drawEllipse(corner, 9, 9)
        painter.setFont(theme.scene_font(13.0, bold=True))
        painter.setPen(QColor(theme.PAPER))
        dot = QRectF(corner.x() - 9, corner.y() - 9, 18, 18)
        painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, "!")

    def _paint_handles(self, painter: QPainter) -> None:
        """Paints the handles from which arrows are drawn."""
        painter.setPen(QPen(QColor(theme.BLUE), 2.0))
        painter.setBrush(QColor(theme.PAPER))
        for point in self.handles().values():
            painter.drawEllipse(self.mapFromScene(point), HANDLE, HANDLE)
