"""What can be done to the selection on the drawing; each command is one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from pathway_modeller.gui.canvas import clipboard, shapes
from pathway_modeller.gui.canvas.scene import PathwayScene
from pathway_modeller.scenario.document import DRAWN_KINDS, DrawnElement, DrawnMap, Pathway
from pathway_modeller.scenario.edits import every_edit as edits
from pathway_modeller.scenario.edits.lanes import is_unplaced
from pathway_modeller.scenario.values import Position, Setting

PASTE_STEP = (40.0, 20.0)
"""How far a pasted element stands from the one already there, in canvas points."""


class CanvasCommands(QObject):
    """Edits of the document in the drawing's terms.

    Before its first edit, elements that nobody had placed are given the places at which they are drawn, in
    the same step, so that nothing jumps.

    Signals:
        message: a sentence for the status bar.
        refused: a sentence that says why something was not done; it is sent as a message too.
    """

    message = Signal(str)
    refused = Signal(str)

    def __init__(self, scene: PathwayScene) -> None:
        """Works on what a scene shows."""
        super().__init__(scene)
        self._scene = scene
        self._document = scene.document
        self._added = 0

    def _edit(self, label: str, change: Callable[[Pathway], Pathway], merge: str = "") -> bool:
        """Edits the pathway, all elements placed."""
        return self._document.edit(label, lambda pathway: change(self._placed(pathway)), merge)

    def _placed(self, pathway: Pathway) -> Pathway:
        """Returns the pathway in which unplaced elements have the places at which they are drawn."""
        places = {
            key: (element.setting, self._scene.positions[key])
            for key, element in pathway.drawn().items()
            if is_unplaced(element.position) and key in self._scene.positions
        }
        return edits.place_elements(pathway, places)

    def _names(self, keys: tuple[str, ...]) -> str:
        """Returns what a label calls these: the name of one, the number of several."""
        boxes = [self._scene.boxes[key].name for key in keys if key in self._scene.boxes]
        if len(boxes) == 1:
            return boxes[0]
        if boxes:
            return f"{len(boxes)} elements"
        return "arrow" if len(keys) == 1 else f"{len(keys)} arrows"

    def _refuse(self, sentence: str) -> None:
        """Says why something was not done."""
        self.refused.emit(sentence)
        self.message.emit(sentence)

    # Adding and connecting ---------------------------------------------------------------------------

    def add(self, kind: DrawnMap, point: QPointF) -> str:
        """Adds an element with its middle at a point of the scene, selects it and returns its id.

        It has a name such as "Activity 2" until :meth:`name_new` gives it another in the same step.
        """
        setting, position = self._scene.lanes.from_scene(point)
        made: list[str] = []

        def change(pathway: Pathway) -> Pathway:
            changed, key = edits.add_element(pathway, kind, setting=setting, position=position)
            made.append(key)
            return changed

        self._added += 1
        self._edit(f"add {DRAWN_KINDS[kind].name.lower()}", change, merge=f"add {self._added}")
        self._document.select(made)
        return made[-1]

    def name_new(self, key: str, name: str) -> str:
        """Gives the element added last its first name, from which its id is made; one step with adding it.

        An empty name leaves it with the one it has, so that nothing is refused.
        """
        kind = self._document.pathway.map_of(key)
        element: DrawnElement = getattr(self._document.pathway, kind)[key]
        if not name.strip() or name == element.name:
            return ""
        made: list[str] = []

        def change(pathway: Pathway) -> Pathway:
            changed, new = edits.add_element(
                edits.remove_elements(pathway, [key]),
                kind,
                name=name,
                setting=element.setting,
                position=element.position,
            )
            made.append(new)
            return changed

        label = f"add {' '.join(name.split())}"
        self._edit(label, change, merge=f"add {self._added}")
        self._document.select(made)
        return ""

    def free_place(self, kind: DrawnMap, point: QPointF) -> QPointF:
        """Returns the nearest place to the right of a point at which a new element covers no other."""
        taken = [box.rect().translated(box.pos()) for box in self._scene.boxes.values()]
        place = self._scene.lanes.snapped(point)
        while any(_grown(shapes.LOOKS[kind].box.translated(place)).intersects(other) for other in taken):
            place = QPointF(place.x() + 40.0, place.y())
        return place

    def connect_elements(self, origin: str, target: str) -> bool:
        """Draws an arrow and selects it, or says why not."""
        made: list[str] = []

        def change(pathway: Pathway) -> Pathway:
            changed, key = edits.connect(pathway, origin, target)
            made.append(key)
            return changed

        names = [self._scene.boxes[key].name for key in (origin, target)]
        try:
            self._edit(f"connect {names[0]} to {names[1]}", change)
        except edits.ConnectionRefused as refused:
            self._refuse(str(refused))
            return False
        self._document.select(made)
        self.message.emit(f"“{names[0]}” now leads to “{names[1]}”.")
        return True

    # Moving and renaming -----------------------------------------------------------------------------

    def place(self, points: Mapping[str, QPointF], merge: str = "") -> None:
        """Moves elements to points of the scene; one dropped in another lane changes its setting."""
        places: dict[str, tuple[Setting, Position]] = {
            key: self._scene.lanes.from_scene(point) for key, point in points.items()
        }
        keys = tuple(points)
        if not self._edit(f"move {self._names(keys)}", lambda p: edits.place_elements(p, places), merge):
            self._scene.restore()

    def nudge(self, across: float, down: float) -> None:
        """Moves the selected elements by so much; a row of nudges is one step to undo."""
        keys = tuple(key for key in self._document.selection if key in self._scene.boxes)
        shift = QPointF(across, down)
        points = {key: self._scene.boxes[key].pos() + shift for key in keys}
        if points:
            self.place(points, merge=f"nudge {' '.join(keys)}")

    def rename(self, key: str, name: str) -> str:
        """Gives an element another name; an empty one is refused with a sentence, which is returned."""
        try:
            self._edit(f"rename {self._names((key,))}", lambda p: edits.rename_element(p, key, name))
        except ValueError as refused:
            self._refuse(str(refused))
            return str(refused)
        return ""

    # Selection and clipboard -------------------------------------------------------------------------

    def delete(self) -> None:
        """Removes what is selected, with the arrows that led to it."""
        chosen = self._document.selection
        if chosen:
            label = f"delete {self._names(chosen)}"
            self._edit(label, lambda pathway: edits.remove_elements(pathway, chosen))

    def copy(self) -> bool:
        """Copies the selected elements, and tells whether there were any."""
        text = edits.copy_fragment(self._placed(self._document.pathway), self._document.selection)
        if not text:
            self.message.emit("Select one or more elements to copy.")
            return False
        clipboard.put_fragment(text)
        return True

    def cut(self) -> None:
        """Copies the selected elements and removes them."""
        if self.copy():
            chosen = self._document.selection
            label = f"cut {self._names(chosen)}"
            self._edit(label, lambda pathway: edits.remove_elements(pathway, chosen))

    def paste(self) -> None:
        """Adds what was copied, beside anything that is already there, and selects it."""
        text = clipboard.fragment()
        if text:
            self._insert("paste", text)
        else:
            self._refuse("There is nothing to paste; copy elements on the drawing first.")

    def duplicate(self) -> None:
        """Adds a copy of the selected elements, and leaves the clipboard alone."""
        text = edits.copy_fragment(self._placed(self._document.pathway), self._document.selection)
        if text:
            self._insert("duplicate", text)

    def _insert(self, verb: str, text: str) -> None:
        """Adds copied elements and selects them."""
        made: list[str] = []

        def change(pathway: Pathway) -> Pathway:
            changed, keys = _pasted_clear(pathway, text)
            made.extend(keys)
            return changed

        try:
            self._edit(f"{verb} elements", change)
        except ValueError as refused:
            self._refuse(str(refused))
            return
        self._document.select(made)

    def select_all(self) -> None:
        """Selects everything drawn."""
        self._document.select((*self._scene.boxes, *self._scene.arrows))

    def step_selection(self, forward: bool) -> bool:
        """Selects the next or previous element, from left to right; tells whether there was one."""
        boxes = self._scene.boxes
        order = sorted(boxes, key=lambda key: (boxes[key].x(), boxes[key].y(), key))
        at = [order.index(key) for key in self._document.selection if key in boxes]
        after, before = (max(at) + 1, min(at) - 1) if at else (0, len(order) - 1)
        step = after if forward else before
        if not 0 <= step < len(order):
            return False
        self._document.select((order[step],))
        return True


def _grown(rect: QRectF) -> QRectF:
    """Returns a rectangle with a little room around it."""
    return rect.adjusted(-10, -10, 10, 10)


def _pasted_clear(pathway: Pathway, text: str) -> tuple[Pathway, tuple[str, ...]]:
    """Pastes where no pasted element stands right upon another."""
    taken = {(element.position.x, element.position.y) for element in pathway.drawn().values()}
    step = 0
    while True:
        offset = (PASTE_STEP[0] * step, PASTE_STEP[1] * step)
        changed, keys = edits.paste_fragment(pathway, text, offset)
        drawn = changed.drawn()
        if not any((drawn[key].position.x, drawn[key].position.y) in taken for key in keys):
            return changed, keys
        step += 1
