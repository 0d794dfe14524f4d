"""A small map in the corner of a drawing that is larger than its window: what there is, and what is seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsView, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas.scene import PathwayScene
from pathway_modeller.gui.canvas.shapes import LOOKS

LARGEST = QSize(190, 96)
"""Points that the map has at most."""
_SHARE = 0.25
"""Of the width of the drawing area that the map may take."""
_EDGE = 8
_AIR = 4.0
_LEAST_ROOM = QSize(420, 260)
"""In a smaller drawing area the map would hide more than it shows."""
_SLACK = 12.0
"""Scene points of the drawing that may be out of view before that is worth a map."""


class OverviewMap(QWidget):
    """Shows the whole drawing and a frame round what is seen; a press or a drag brings a place into view."""

    def __init__(self, view: QGraphicsView, scene: PathwayScene) -> None:
        """Begins hidden, over a view of a scene."""
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._drawing = QRectF()
        self._picture = QPixmap()
        self._is_old = True
        self.setObjectName("map")
        self.setAccessibleName("Map of the drawing; the frame is round what is seen")
        self.setToolTip("The whole drawing. Press or drag to see another part of it.")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        scene.document.elements_changed.connect(self.renew)
        self.hide()

    def renew(self, *_changed: object) -> None:
        """Takes in that the drawing is another."""
        self._is_old = True
        self.follow()

    def follow(self) -> None:
        """Shows what is seen now; hides where everything is."""
        if self._is_old:
            self._drawing = self._scene.drawing_rect()
            self._is_old = False
            self._picture = QPixmap()
        room = self._view.viewport().size()
        wide = room.width() >= _LEAST_ROOM.width() and room.height() >= _LEAST_ROOM.height()
        drawn = bool(self._scene.boxes)
        whole = self._seen().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(self._drawing)
        self.setVisible(wide and drawn and not whole)
        if self.isHidden():
            return
        size = self._drawing.size()
        across = min(float(LARGEST.width()), room.width() * _SHARE)
        scale = min(across / size.width(), LARGEST.height() / size.height())
        width, height = round(size.width() * scale), round(size.height() * scale)
        corner = self._view.viewport().geometry().bottomRight()
        self.setGeometry(corner.x() - width - _EDGE, corner.y() - height - _EDGE, width, height)
        self.raise_()
        self.update()

    def _seen(self) -> QRectF:
        """Returns the part of the scene that is seen."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    @property
    def _scale(self) -> float:
        """Points of the map for a point of the scene."""
        return (self.width() - 2 * _AIR) / max(self._drawing.width(), 1.0)

    def _place(self, rect: QRectF) -> QRectF:
        """Returns where a rectangle of the scene is on the map."""
        scale, origin = self._scale, self._drawing.topLeft()
        corner = (rect.topLeft() - origin) * scale + QPointF(_AIR, _AIR)
        return QRectF(corner.x(), corner.y(), rect.width() * scale, rect.height() * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the drawing, and the frame."""
        del event
        ratio = self.devicePixelRatioF()
        if self._picture.size() != self.size() * ratio:
            self._picture = self._drawn(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        frame = self._place(self._seen()).intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(QPen(QColor(theme.BLUE), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    def _drawn(self, ratio: float) -> QPixmap:
        """Returns a picture of the drawing."""
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(theme.PAPER))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.MUTED), 1.0))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        for arrow in self._scene.arrows.values():
            ends = self._place(QRectF(arrow.way.pointAtPercent(0), arrow.way.pointAtPercent(1)))
            painter.drawLine(ends.topLeft(), ends.bottomRight())
        for box in self._scene.boxes.values():
            painter.setPen(QPen(QColor(LOOKS[box.kind].colour), 1.0))
            painter.setBrush(QColor(LOOKS[box.kind].fill))
            painter.drawRect(self._place(box.rect().translated(box.pos())))
        painter.end()
        return picture

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Brings the place under the mouse into view."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lets what is seen follow the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        """Centres the view where the mouse is."""
        event.accept()
        point = (event.position() - QPointF(_AIR, _AIR)) / self._scale + self._drawing.topLeft()
        self._view.centerOn(point)
