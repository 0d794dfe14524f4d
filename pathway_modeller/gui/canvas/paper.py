"""The drawing on its paper: titles at the left, zoom, fit, scrolling, and words for what is pointed at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from pathway_modeller.gui.canvas.header import WIDTH, LaneHeader
from pathway_modeller.gui.canvas.lanes import GRID, Lanes
from pathway_modeller.gui.canvas.scene import PathwayScene
from pathway_modeller.gui.plain import plain_tip

ZOOM_STEP = 1.2
SMALLEST, LARGEST = 0.15, 3.0
READABLE = 0.42
"""Below this zoom a pathway that is opened is not shrunk to fit; one scrolls instead."""


class PaperView(QGraphicsView):
    """Shows a scene and lets people look at any part of it. Edits nothing."""

    def __init__(self, scene: PathwayScene, parent: QWidget | None = None) -> None:
        """Shows a scene, fitted until someone zooms or scrolls."""
        super().__init__(parent)
        self._scene = scene
        self._header = LaneHeader(self, lambda: scene.lanes)
        self._fitted = True
        self._seen_size = QSize()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportMargins(WIDTH, 0, 0, 0)
        self.setScene(scene)
        scene.lanes_changed.connect(self._header.update)
        scene.sceneRectChanged.connect(self._header.update)
        scene.document.opened.connect(self._on_opened)

    @property
    def pathway_scene(self) -> PathwayScene:
        """The scene that follows the document."""
        return self._scene

    @property
    def lanes(self) -> Lanes:
        """The lanes as they are drawn."""
        return self._scene.lanes

    def screen_point(self, key: str) -> QPoint:
        """Returns where on the viewport the middle of an element is seen."""
        return self.mapFromScene(self._scene.boxes[key].pos())

    # Commands ----------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Shows the drawing larger."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Shows the drawing smaller."""
        self.zoom(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Shows the whole drawing, not larger than life."""
        self._fit(SMALLEST)

    def reveal(self, key: str) -> None:
        """Scrolls so that an element or transition is seen."""
        item = self._scene.boxes.get(key) or self._scene.arrows.get(key)
        if item is not None:
            self.ensureVisible(item.sceneBoundingRect(), 30, 30)

    def zoom(self, factor: float) -> None:
        """Scales the view within its limits, and keeps it so when the window's size changes."""
        self.leave_place()
        scale = self.transform().m11()
        factor = min(LARGEST, max(SMALLEST, scale * factor)) / scale
        self.scale(factor, factor)
        self._header.update()

    def scroll_by(self, across: int, down: int) -> None:
        """Pushes the paper by so many pixels."""
        self.leave_place()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - down)

    def hold(self, place: QPointF, seen: QPoint) -> None:
        """Scrolls so that a place of the scene is seen at a point of the viewport, on more paper if need be.

        Nothing is done for less than the step of the grid, so that a drawing does not tremble.
        """
        off, scale = self.mapFromScene(place) - seen, self.transform().m11()
        if max(abs(off.x()), abs(off.y())) <= max(1.0, GRID * scale / 2):
            return
        self._fitted = False
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        wanted = shown.translated(off.x() / scale, off.y() / scale)
        self._scene.setSceneRect(self._scene.sceneRect().united(wanted))
        for bar, step in ((self.horizontalScrollBar(), off.x()), (self.verticalScrollBar(), off.y())):
            bar.setValue(bar.value() + step)

    def leave_place(self) -> None:
        """Is called before the drawing is seen elsewhere because someone scrolls or zooms."""
        self._fitted = False

    def middle(self) -> QPointF:
        """Returns the point of the scene in the middle of what is seen."""
        return self.mapToScene(self.viewport().rect().center())

    # Within ------------------------------------------------------------------------------------------

    def _fit(self, smallest: float) -> None:
        """Fits the drawing, no smaller than a limit, with its beginning at the left."""
        self.leave_place()
        rect = self._scene.drawing_rect().adjusted(-10, 0, 10, 0)
        seen = self.maximumViewportSize()
        if seen.width() < 20 or seen.height() < 20:
            return
        scale = min(seen.width() / rect.width(), seen.height() / rect.height(), 1.0)
        scale = max(scale, smallest)
        self.resetTransform()
        self.scale(scale, scale)
        self._scene.setSceneRect(self._room(rect, scale))
        across = min(rect.width(), seen.width() / scale) / 2
        down = min(rect.height(), seen.height() / scale) / 2
        self.centerOn(rect.topLeft() + QPointF(across, down))
        self._fitted = True
        self._header.update()

    def _room(self, rect: QRectF, scale: float) -> QRectF:
        """Returns the paper: the drawing, and at least as much as is seen."""
        seen = self.maximumViewportSize()
        wide, tall = seen.width() - 2, seen.height() - 2
        if rect.width() * scale > wide:
            tall -= self.horizontalScrollBar().sizeHint().height()
        if rect.height() * scale > tall:
            wide -= self.verticalScrollBar().sizeHint().width()
        width = max(rect.width(), wide / scale)
        height = max(rect.height(), tall / scale)
        return QRectF(rect.left(), rect.top(), width, height)

    def _on_opened(self) -> None:
        """Shows a scenario that was opened from its beginning."""
        self._fit(READABLE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms with Ctrl held, else scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        self.leave_place()
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Describes what the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            item = self._scene.item_at(self.mapToScene(event.pos()))
            words = self._scene.describe(item.key) if item is not None else ""
            if item is not None and item.ghost:
                words = "Removed by this option."
            QToolTip.showText(event.globalPos(), plain_tip(words), self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the titles beside the drawing, and the drawing fitted until someone zooms."""
        super().resizeEvent(event)
        self._header.setGeometry(0, 0, WIDTH, self.viewport().height())
        if self._fitted and self.size() != self._seen_size:
            self._fit(READABLE)
        self._seen_size = self.size()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keeps the titles at the height of their lanes."""
        super().scrollContentsBy(dx, dy)
        self._header.update()
