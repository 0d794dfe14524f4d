"""The drawing with what a person can have done to it, whatever asks for it: a gesture, a key or a menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from pathway_modeller.gui.canvas.beginning import Beginning
from pathway_modeller.gui.canvas.commands import CanvasCommands
from pathway_modeller.gui.canvas.notice import Notice
from pathway_modeller.gui.canvas.overlay import Mark, Overlay
from pathway_modeller.gui.canvas.paper import PaperView
from pathway_modeller.gui.canvas.rename import NameEditor
from pathway_modeller.gui.canvas.scene import PathwayScene
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.scenario.document import DrawnMap


class EditingView(PaperView):
    """Shows a document's pathway and edits it; elements are named in place.

    Signals:
        message: a short sentence for the status bar.
        activated: the id of an element or transition whose details should be shown.
    """

    message = Signal(str)
    activated = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Makes the drawing of a document."""
        self._editor: NameEditor | None = None
        super().__init__(PathwayScene(document), parent)
        self._document = document
        self._commands = CanvasCommands(self._scene)
        self._commands.message.connect(self.message)
        Beginning(document, self.viewport())
        self._notice = Notice(self.viewport())
        self._commands.refused.connect(self._notice.say)
        self._unnamed = ""
        self._why = ""
        document.typed.register(self, self)
        document.elements_changed.connect(self._on_elements_gone)
        document.opened.connect(lambda: self._close_editor(keep=False))

    # What there is -----------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The document shown."""
        return self._document

    @property
    def commands(self) -> CanvasCommands:
        """What can be done to the selection."""
        return self._commands

    @property
    def name_editor(self) -> NameEditor | None:
        """The line in which an element is being renamed."""
        return self._editor

    def set_overlay(self, overlay: Mapping[str, Overlay]) -> None:
        """Shows what a run found at elements; the next edit that may change results clears it."""
        self._scene.set_overlay(overlay)

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Marks what the option shown adds, changes and removes; the next variant shown clears it."""
        self._scene.set_marks(marks)

    # Commands ----------------------------------------------------------------------------------------

    def add_element(self, kind: DrawnMap, point: QPointF) -> None:
        """Adds an element at a point of the scene, and asks for its name in place."""
        seen = self.mapFromScene(point)
        key = self._commands.add(kind, point)
        # Lanes grow with what stands in them; what was dropped stays under the pointer.
        self.hold(self._scene.boxes[key].pos(), seen)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_name(key)
        self._unnamed = key

    def place(self, points: Mapping[str, QPointF], held: str) -> None:
        """Moves elements to points of the scene; the one that is held stays where it is seen."""
        seen = self.mapFromScene(points[held])
        self._commands.place(points)
        self.hold(self._scene.boxes[held].pos(), seen)

    def connect_elements(self, origin: str, target: str) -> None:
        """Draws an arrow, or says why not."""
        self._commands.connect_elements(origin, target)

    def connect_selected(self) -> None:
        """Draws an arrow from the first of two selected elements to the second."""
        chosen = [key for key in self._document.selection if key in self._scene.boxes]
        if len(chosen) == 2:
            self.connect_elements(chosen[0], chosen[1])
        else:
            self.message.emit("Select two elements, first the one that the arrow leaves, to connect them.")

    def rename(self, key: str | None = None) -> None:
        """Opens an element's name for typing: the one given, else the one selected."""
        chosen = [name for name in self._document.selection if name in self._scene.boxes]
        key = key or (chosen[0] if len(chosen) == 1 else None)
        if key is None or key not in self._scene.boxes:
            self.message.emit("Select one element to rename it.")
            return
        self._close_editor(keep=True)
        self.reveal(key)
        self._ask_name(key)

    def _ask_name(self, key: str) -> None:
        """Opens the name of an element for typing where it is seen; as a whole, even at the edge."""
        box = self._scene.boxes[key]
        area = self.mapFromScene(box.rect().translated(box.pos())).boundingRect()
        height = max(26, self.fontMetrics().height() + 10)
        wide = max(area.width(), 160)
        room = self.viewport().rect()
        left = min(max(area.center().x() - wide // 2, 0), max(room.width() - wide, 0))
        top = min(max(area.center().y() - height // 2, 0), max(room.height() - height, 0))
        area.setRect(left, top, wide, height)
        self._editor = NameEditor(self.viewport(), key, box.name, area)
        self._editor.finished.connect(self._on_name_finished)

    def activate(self) -> None:
        """Asks for the details of what is selected."""
        if self._document.selection:
            self.activated.emit(self._document.selection[0])

    def escape(self) -> None:
        """Selects nothing."""
        self._document.select(())

    # What is typed -----------------------------------------------------------------------------------

    def half_typed(self) -> Iterator[Typed]:
        """Returns the name being typed, if one is."""
        editor = self._editor
        if editor is not None:
            yield Typed(f"Name of “{editor.before}”", self._take_name)

    def _take_name(self) -> str:
        """Takes in the name being typed; returns why it cannot be."""
        self._close_editor(keep=True)
        return self._why

    # Within ------------------------------------------------------------------------------------------

    def _on_name_finished(self, key: str, name: str, keep: bool) -> None:
        """Renames when the typing is over."""
        editor, self._editor, self._why = self._editor, None, ""
        if editor is None:
            return
        if editor.hasFocus():
            # Before it hides: else Qt looks for the next widget, which here is the next element.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()
        fresh, self._unnamed = key == self._unnamed, ""
        if keep and key in self._scene.boxes:
            self._why = (self._commands.name_new if fresh else self._commands.rename)(key, name)

    def _on_elements_gone(self, _added: object, removed: frozenset[str], _changed: object) -> None:
        """Gives up the renaming of an element that is no longer there."""
        if self._editor is not None and self._editor.key in removed:
            self._close_editor(keep=False)

    def leave_place(self) -> None:
        """Ends a renaming before the element is seen elsewhere."""
        super().leave_place()
        self._close_editor(keep=True)

    def _close_editor(self, keep: bool) -> None:
        """Ends a renaming that is under way."""
        if self._editor is not None:
            self._editor.finish(keep)
