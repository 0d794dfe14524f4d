"""The drawing on its paper: titles at the left, zoom, fit, scrolling, and words for what is pointed at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from pathway_modeller.gui.canvas.arrows import LABEL_PIXELS
from pathway_modeller.gui.canvas.header import WIDTH, LaneHeader
from pathway_modeller.gui.canvas.lanes import GRID, Lanes
from pathway_modeller.gui.canvas.overview_map import OverviewMap
from pathway_modeller.gui.canvas.scene import PathwayScene
from pathway_modeller.gui.plain import plain_tip

ZOOM_STEP = 1.2
SMALLEST, LARGEST = 0.15, 3.0
LEAST_PIXELS = 9.0
READABLE = LEAST_PIXELS / LABEL_PIXELS
"""A pathway that is opened is not shrunk below this zoom, at which its smallest words can just be read."""

_BESIDE = 40.0
"""Scene points kept beside the entry points."""


class PaperView(QGraphicsView):
    """Shows a scene and lets people look at any part of it. Edits nothing."""

    def __init__(self, scene: PathwayScene, parent: QWidget | None = None) -> None:
        """Shows a scene, fitted until someone zooms or scrolls."""
        super().__init__(parent)
        self._scene = scene
        self._header = LaneHeader(self, lambda: scene.lanes)
        self._refit: Callable[[], object] | None = self._begin_seen
        self._seen_size = QSize()
        self._map = OverviewMap(self, scene)
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
        self._fit()
        self._refit = self._fit

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
        self._map.follow()

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
        self._refit = None
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        wanted = shown.translated(off.x() / scale, off.y() / scale)
        self._scene.setSceneRect(self._scene.sceneRect().united(wanted))
        for bar, step in ((self.horizontalScrollBar(), off.x()), (self.verticalScrollBar(), off.y())):
            bar.setValue(bar.value() + step)

    def leave_place(self) -> None:
        """Is called before the drawing is seen elsewhere because someone scrolls or zooms."""
        self._refit = None

    def middle(self) -> QPointF:
        """Returns the point of the scene in the middle of what is seen."""
        return self.mapToScene(self.viewport().rect().center())

    # Within ------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Fits the whole drawing, with its beginning at the left."""
        rect, across, down = self._extent()
        self._show_scaled(rect, max(min(across, down, 1.0), SMALLEST), rect.topLeft())

    def _begin_seen(self) -> None:
        """Shows the drawing from its beginning, as much of it as can be read.

        If all of it can be, all of it; else its whole width; else what is beside its entry points.
        """
        rect, across, down = self._extent()
        scale = min(across, down, 1.0)
        if scale < READABLE:
            scale = max(min(across, 1.0), READABLE)
        corner = rect.topLeft()
        entries = [
            box.sceneBoundingRect() for box in self._scene.boxes.values() if box.kind == "entry_points"
        ]
        if entries and across < scale:
            corner.setX(max(rect.left(), min(each.left() for each in entries) - _BESIDE))
        if entries and down < scale:
            middle = sum(each.center().y() for each in entries) / len(entries)
            tall = self.maximumViewportSize().height() / scale
            corner.setY(min(max(middle - tall / 2, rect.top()), rect.bottom() - tall))
        self._show_scaled(rect, scale, corner)

    def _extent(self) -> tuple[QRectF, float, float]:
        """Returns where the drawing is, and the scales at which its width and its height are just in view."""
        rect = self._scene.drawing_rect().adjusted(-10, 0, 10, 0)
        seen = self.maximumViewportSize()
        return rect, seen.width() / rect.width(), seen.height() / rect.height()

    def _show_scaled(self, rect: QRectF, scale: float, corner: QPointF) -> None:
        """Shows the drawing at a scale, with a point of it at the upper left."""
        self.leave_place()
        seen = self.maximumViewportSize()
        if seen.width() < 20 or seen.height() < 20:
            return
        self.resetTransform()
        self.scale(scale, scale)
        self._scene.setSceneRect(self._room(rect, scale))
        across = min(rect.right() - corner.x(), seen.width() / scale) / 2
        down = min(rect.bottom() - corner.y(), seen.height() / scale) / 2
        self.centerOn(corner + QPointF(across, down))
        self._header.update()
        self._map.renew()

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
        self._begin_seen()
        self._refit = self._begin_seen

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
        if self._refit is not None and self.size() != self._seen_size:
            refit = self._refit
            refit()
            self._refit = refit
        self._seen_size = self.size()
        self._map.follow()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keeps the titles at the height of their lanes."""
        super().scrollContentsBy(dx, dy)
        self._header.update()
        self._map.follow()
