"""Gestures: one object for each thing a person does with the mouse, from start to end or cancel.

The view hands mouse events to the gesture that is under way; there is at most one. A gesture shows what would
happen and edits the document once, at its end.
"""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas.boxes import BoxItem
from pathway_modeller.gui.canvas.editing import EditingView
from pathway_modeller.gui.canvas.shapes import LOOKS
from pathway_modeller.scenario.document import DrawnMap
from pathway_modeller.scenario.edits.every_edit import refusal

DRAG_FROM = 4.0
"""How far the mouse must move, in scene points, before a press is a drag."""


class Gesture:
    """Something under way with the mouse. Subclasses say what moving, ending and cancelling mean."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, view: EditingView, start: QPointF) -> None:
        """Begins at a point of the scene."""
        self.view = view
        self.scene = view.pathway_scene
        self.start = start

    def move(self, point: QPointF) -> None:
        """Shows what would happen if it ended at this point of the scene."""

    def end(self, point: QPointF) -> None:
        """Does it."""

    def cancel(self) -> None:
        """Takes back whatever was shown."""

    def loses(self, removed: Set[str], changed: Set[str]) -> bool:  # noqa: ARG002 - for those that hold one
        """Tells whether an edit takes away what it holds: then it cannot go on."""
        return False


class MoveElements(Gesture):
    """Dragging the selected elements, along the grid and into other lanes."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: EditingView, start: QPointF, anchor: str, keep_only_anchor: bool) -> None:
        """Begins with the element under the mouse.

        Args:
            view: where it happens.
            start: where the mouse was pressed.
            anchor: the element pressed upon, which keeps to the grid; the others keep their distance.
            keep_only_anchor: whether a press without a drag selects the anchor alone.
        """
        super().__init__(view, start)
        self._anchor = anchor
        self._keep_only_anchor = keep_only_anchor
        chosen = [key for key in view.document.selection if key in self.scene.boxes]
        self._from = {key: QPointF(self.scene.boxes[key].pos()) for key in chosen}
        self._moved = False

    def move(self, point: QPointF) -> None:
        """Draws the elements under way."""
        delta = point - self.start
        if not self._moved and max(abs(delta.x()), abs(delta.y())) < DRAG_FROM:
            return
        self._moved = True
        origin = self._from[self._anchor]
        shift = self.scene.lanes.snapped(origin + delta) - origin
        self.scene.preview({key: place + shift for key, place in self._from.items()})

    def end(self, point: QPointF) -> None:
        """Leaves the elements where they are; a press without a drag only selects."""
        if not self._moved:
            if self._keep_only_anchor:
                self.view.document.select((self._anchor,))
            return
        self.move(point)
        self.view.place({key: self.scene.boxes[key].pos() for key in self._from}, self._anchor)

    def cancel(self) -> None:
        """Puts the elements back."""
        self.scene.restore()

    def loses(self, removed: Set[str], changed: Set[str]) -> bool:
        """It holds the elements dragged, from where they stood."""
        return not self._from.keys().isdisjoint(removed | changed)


class DrawArrow(Gesture):
    """Drawing an arrow from an element's handle to another element."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: EditingView, start: QPointF, origin: BoxItem) -> None:
        """Begins at a handle of an element."""
        super().__init__(view, start)
        self._origin = origin
        self._target: BoxItem | None = None
        self._rubber = QGraphicsPathItem()
        self._rubber.setPen(QPen(QColor(theme.BLUE), 2.5, Qt.PenStyle.DashLine))
        self._rubber.setZValue(10)
        self.scene.addItem(self._rubber)

    def move(self, point: QPointF) -> None:
        """Draws the arrow to the mouse, and shows on the element there whether it may be connected."""
        path = QPainterPath(self.start)
        path.lineTo(point)
        self._rubber.setPath(path)
        self._look_at(self.scene.box_at(point))

    def _look_at(self, target: BoxItem | None) -> None:
        """Lights up the element under the mouse instead of the one before."""
        if target is self._target:
            return
        if self._target is not None:
            self._target.show_state("")
        self._target = target
        if target is None or target is self._origin:
            return
        reason = refusal(self.view.document.pathway, self._origin.key, target.key)
        target.show_state("refuses" if reason else "accepts")
        self.view.message.emit(reason or f"Release to connect “{self._origin.name}” to “{target.name}”.")

    def end(self, point: QPointF) -> None:
        """Connects, or says why not."""
        self.move(point)
        target = self._target
        self.cancel()
        if target is None:
            self.view.message.emit("Release the arrow on the element that it should lead to.")
        elif target is not self._origin or (point - self.start).manhattanLength() > 3 * DRAG_FROM:
            self.view.connect_elements(self._origin.key, target.key)

    def cancel(self) -> None:
        """Takes the rubber arrow away."""
        self._look_at(None)
        if self._rubber.scene() is not None:
            self.scene.removeItem(self._rubber)

    def loses(self, removed: Set[str], changed: Set[str]) -> bool:
        """It holds the element that the arrow leaves, at its handle, and the one it points at."""
        ends = {self._origin.key} | ({self._target.key} if self._target is not None else set())
        return not ends.isdisjoint(removed | changed)


class RubberBand(Gesture):
    """Selecting by a rectangle."""

    def __init__(self, view: EditingView, start: QPointF, add: bool) -> None:
        """Begins on the empty canvas; with ``add`` what is selected stays so."""
        super().__init__(view, start)
        self._before = view.document.selection if add else ()
        self._band = QGraphicsRectItem()
        pen = QPen(QColor(theme.BLUE), 1.0, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._band.setPen(pen)
        fill = QColor(theme.BLUE)
        fill.setAlpha(25)
        self._band.setBrush(fill)
        self._band.setZValue(10)
        self.scene.addItem(self._band)

    def move(self, point: QPointF) -> None:
        """Draws the rectangle."""
        self._band.setRect(QRectF(self.start, point).normalized())

    def end(self, point: QPointF) -> None:
        """Selects what lies wholly within, in reading order; a click on nothing selects nothing."""
        self.move(point)
        area = self._band.rect()
        boxes = {
            key: box
            for key, box in self.scene.boxes.items()
            if area.contains(box.rect().translated(box.pos()))
        }
        inside = sorted(boxes, key=lambda key: (boxes[key].y(), boxes[key].x()))
        inside += [key for key, arrow in self.scene.arrows.items() if area.contains(arrow.boundingRect())]
        self.cancel()
        self.view.document.select((*self._before, *inside))

    def cancel(self) -> None:
        """Takes the rectangle away."""
        if self._band.scene() is not None:
            self.scene.removeItem(self._band)


class Pan(Gesture):
    """Pushing the paper about."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: EditingView, start: QPointF) -> None:
        """Begins wherever the mouse is."""
        super().__init__(view, start)
        self._last = view.mapFromScene(start)

    def move(self, point: QPointF) -> None:
        """Scrolls by as much as the mouse moved on the screen."""
        here = self.view.mapFromScene(point)
        delta = here - self._last
        self._last = here
        self.view.scroll_by(delta.x(), delta.y())


class PlaceElement(Gesture):
    """Placing an element from the palette: it follows the mouse until the click."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: EditingView, start: QPointF, kind: DrawnMap) -> None:
        """Begins when a kind of element is chosen, or dragged over the canvas."""
        super().__init__(view, start)
        self.kind: DrawnMap = kind
        look = LOOKS[kind]
        self._outline = QGraphicsPathItem(look.outline(look.box))
        self._outline.setPen(QPen(QColor(look.colour), 2.0, Qt.PenStyle.DashLine))
        fill = QColor(look.fill)
        fill.setAlpha(160)
        self._outline.setBrush(fill)
        self._outline.setZValue(10)
        self._outline.setVisible(False)
        self.scene.addItem(self._outline)

    def move(self, point: QPointF) -> None:
        """Shows where the element would stand."""
        self._outline.setVisible(True)
        self._outline.setPos(self.scene.lanes.snapped(point))

    def end(self, point: QPointF) -> None:
        """Adds the element, and asks for its name in place."""
        self.cancel()
        self.view.add_element(self.kind, self.scene.lanes.snapped(point))

    def cancel(self) -> None:
        """Takes the outline away."""
        if self._outline.scene() is not None:
            self.scene.removeItem(self._outline)
