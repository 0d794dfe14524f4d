"""The canvas: the drawing with its lanes, and how mouse and keys edit it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from pathway_modeller.gui.actions import ActionSpec, is_escape_asked, make_actions
from pathway_modeller.gui.canvas.boxes import BoxItem
from pathway_modeller.gui.canvas.clipboard import ELEMENT_TYPE
from pathway_modeller.gui.canvas.editing import EditingView
from pathway_modeller.gui.canvas.interactions import (
    DrawArrow,
    Gesture,
    MoveElements,
    Pan,
    PlaceElement,
    RubberBand,
)
from pathway_modeller.gui.canvas.keys import action_of
from pathway_modeller.gui.document import Document
from pathway_modeller.scenario.document import DRAWN, DRAWN_KINDS, DrawnMap

REACH = 11.0
"""How near to a handle, in scene points, the mouse takes hold of it."""


class PathwayView(EditingView):
    """Shows a document's pathway, and edits it as mouse and keys say.

    Signals:
        placing_ended: the element chosen in the palette was placed, or was not after all.
    """

    placing_ended = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Makes the canvas of a document."""
        self._gesture: Gesture | None = None
        super().__init__(document, parent)
        self._hovered: BoxItem | None = None
        self._space = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Drawing of the pathway")
        document.selection_changed.connect(self._on_selection_changed)
        document.elements_changed.connect(self._on_elements_changed)
        document.variant_changed.connect(lambda _variant: self._cancel_gesture())
        document.opened.connect(self._cancel_gesture)

    # What there is -----------------------------------------------------------------------------------

    @property
    def gesture(self) -> Gesture | None:
        """What is under way with the mouse."""
        return self._gesture

    # Commands ----------------------------------------------------------------------------------------

    def begin_placing(self, kind: DrawnMap) -> None:
        """Lets an element follow the mouse until the next click places it."""
        # Escape, and leaving the window, are heard where the keyboard is.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begin(PlaceElement(self, self.middle(), kind))
        self.message.emit("Click on a lane to place it; Escape to leave it.")

    def place_in_middle(self, kind: DrawnMap) -> None:
        """Adds an element at a free place near the middle of what is seen."""
        self._cancel_gesture()
        self.add_element(kind, self._commands.free_place(kind, self.middle()))

    # Gestures ----------------------------------------------------------------------------------------

    def _begin(self, gesture: Gesture) -> None:
        """Takes up a gesture; there is only one at a time."""
        self._cancel_gesture()
        self._hover(None)
        self._gesture = gesture
        self.viewport().setCursor(gesture.cursor)

    def _take_gesture(self) -> Gesture | None:
        """Returns the gesture under way, which is then over."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self.viewport().unsetCursor()
            if isinstance(gesture, PlaceElement):
                self.placing_ended.emit()
        return gesture

    def _cancel_gesture(self) -> bool:
        """Cancels what is under way, and tells whether anything was."""
        gesture = self._take_gesture()
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def _gesture_at(self, point: QPointF, event: QMouseEvent) -> Gesture | None:
        """Returns the gesture that a press begins here; selects what is pressed upon."""
        add = bool(
            event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        )
        if event.button() == Qt.MouseButton.MiddleButton or self._space:
            return Pan(self, point)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        held = self._handle_at(point)
        if held is not None and not add:
            return DrawArrow(self, held[1], held[0])
        item = self._scene.box_at(point) or self._scene.arrow_at(point)
        if item is None:
            return RubberBand(self, point, add)
        chosen = self._document.selection
        if add:
            rest = tuple(key for key in chosen if key != item.key)
            self._document.select(rest if item.key in chosen else (*chosen, item.key))
        elif item.key not in chosen:
            self._document.select((item.key,))
        if isinstance(item, BoxItem) and item.key in self._document.selection:
            return MoveElements(self, point, item.key, keep_only_anchor=not add)
        if not isinstance(item, BoxItem) and not add:
            self._document.select((item.key,))
        return None

    def _handle_at(self, point: QPointF) -> tuple[BoxItem, QPointF] | None:
        """Returns the box whose handle the mouse can take hold of, and the handle."""
        candidates = [self._hovered] if self._hovered is not None else []
        candidates += [self._scene.boxes[key] for key in self._document.selection if key in self._scene.boxes]
        for box in candidates:
            if DRAWN_KINDS[box.kind].comes_last or box.scene() is None:
                continue
            for handle in box.handles().values():
                if (handle - point).manhattanLength() <= REACH:
                    return box, handle
        return None

    def _hover(self, box: BoxItem | None) -> None:
        """Shows the handles of the box under the mouse only."""
        if box is self._hovered:
            return
        if self._hovered is not None:
            self._hovered.show_state("")
        self._hovered = box
        if box is not None and not DRAWN_KINDS[box.kind].comes_last:
            box.show_state("handles")

    def _near(self, point: QPointF) -> BoxItem | None:
        """Returns the box at a point, or that whose handles are so near that they should stay."""
        box = self._scene.box_at(point)
        if box is not None:
            return box
        if self._hovered is not None and self._hovered.scene() is not None:
            area = self._hovered.rect().translated(self._hovered.pos())
            if area.adjusted(-REACH, -REACH, REACH, REACH).contains(point):
                return self._hovered
        return None

    # Mouse -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a gesture, unless one waits for its click."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        if self._gesture is not None:
            if event.button() == Qt.MouseButton.RightButton:
                self._cancel_gesture()
            return
        point = self.mapToScene(event.position().toPoint())
        self._hover(self._near(point))
        gesture = self._gesture_at(point, event)
        if gesture is not None:
            self._begin(gesture)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carries the gesture on; without one, shows handles."""
        event.accept()
        point = self.mapToScene(event.position().toPoint())
        if self._gesture is not None:
            self._gesture.move(point)
        else:
            self._hover(self._near(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the gesture."""
        event.accept()
        gesture = self._take_gesture()
        if gesture is not None:
            point = self.mapToScene(event.position().toPoint())
            gesture.end(point)
            self._hover(self._near(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens an element's name, or a transition's details."""
        event.accept()
        point = self.mapToScene(event.position().toPoint())
        box = self._scene.box_at(point)
        arrow = None if box is not None else self._scene.arrow_at(point)
        if box is not None:
            self._document.select((box.key,))
            self.rename(box.key)
        elif arrow is not None:
            self.activated.emit(arrow.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers what can be done to what is under the mouse."""
        item = self._scene.box_at(self.mapToScene(event.pos())) or self._scene.arrow_at(
            self.mapToScene(event.pos())
        )
        if item is not None and item.key not in self._document.selection:
            self._document.select((item.key,))
        menu = QMenu(self)
        menu.addActions(list(make_actions(menu, POINTED_AT, to=self).values()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    # Drag from the palette ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Lets an element dragged from the palette follow the mouse."""
        kind = bytes(event.mimeData().data(ELEMENT_TYPE).data()).decode()
        for known in DRAWN:
            if kind == known:
                self._begin(PlaceElement(self, self.mapToScene(event.position().toPoint()), known))
                event.acceptProposedAction()
                return
        event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows where it would stand."""
        if self._gesture is not None:
            self._gesture.move(self.mapToScene(event.position().toPoint()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forgets it."""
        self._cancel_gesture()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Places it."""
        gesture = self._take_gesture()
        if gesture is not None:
            event.acceptProposedAction()
            gesture.end(self.mapToScene(event.position().toPoint()))

    # Keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Does what a key stands for."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and self._gesture is None:
                self._space = True
                self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
            return
        action = action_of(event, self)
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ends pushing the paper about when the space bar is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            if self._gesture is None:
                self.viewport().unsetCursor()
            return
        super().keyReleaseEvent(event)

    def escape(self) -> None:
        """Cancels what is under way, else selects nothing."""
        if not self._cancel_gesture():
            super().escape()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Moves with Tab from element to element, and on from the last one."""
        if self._commands.step_selection(forward):
            self.reveal(self._document.selection[0])
            return True
        return super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """Ends what is under way when the window is left; takes Escape while something is."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self._let_go()
        if self._gesture is not None and is_escape_asked(event):
            event.accept()
            return True
        return bool(super().event(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ends what is under way when the keyboard goes elsewhere, but not for a menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ends what is under way when another page is shown."""
        super().hideEvent(event)
        self._let_go()

    # Within ------------------------------------------------------------------------------------------

    def _let_go(self) -> None:
        """Ends what is under way, and forgets that the space bar is held: nobody hears it being let go."""
        self._cancel_gesture()
        self._space = False
        self.viewport().unsetCursor()

    def _on_elements_changed(self, _added: object, removed: frozenset[str], changed: frozenset[str]) -> None:
        """Ends a gesture that has lost what it holds."""
        if self._gesture is not None and self._gesture.loses(removed, changed):
            self._cancel_gesture()
        if self._hovered is not None and self._hovered.key in removed:
            self._hover(None)

    def _on_selection_changed(self, chosen: tuple[str, ...]) -> None:
        """Shows what was selected elsewhere, and says it to those who hear the screen read."""
        self.setAccessibleDescription(" ".join(self._scene.describe(key) for key in chosen[:3]))
        if chosen and self._gesture is None and not self.hasFocus():
            self.reveal(chosen[0])


_SHOWN = Qt.ShortcutContext.WidgetShortcut
"""The keys in this menu are those of the drawing, which hears them itself."""
POINTED_AT: tuple[ActionSpec[EditingView], ...] = (
    ActionSpec("rename", "Rename", lambda view: view.rename(), "F2", reach=_SHOWN),
    ActionSpec("duplicate", "Duplicate", lambda view: view.commands.duplicate(), "Ctrl+D", reach=_SHOWN),
    ActionSpec("cut", "Cut", lambda view: view.commands.cut(), "Ctrl+X", reach=_SHOWN),
    ActionSpec("copy", "Copy", lambda view: view.commands.copy(), "Ctrl+C", reach=_SHOWN),
    ActionSpec("paste", "Paste", lambda view: view.commands.paste(), "Ctrl+V", reach=_SHOWN),
    ActionSpec("delete", "Delete", lambda view: view.commands.delete(), "Del", reach=_SHOWN),
    ActionSpec("select-all", "Select all", lambda view: view.commands.select_all(), "Ctrl+A", reach=_SHOWN),
    ActionSpec("fit", "Show whole drawing", lambda view: view.fit(), "Ctrl+0", reach=_SHOWN),
)
"""What can be done to what the mouse points at."""
