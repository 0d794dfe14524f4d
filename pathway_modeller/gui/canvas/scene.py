"""The scene that follows the document: it receives what was added, removed and changed, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsScene

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas import wording
from pathway_modeller.gui.canvas.arrows import ArrowItem, label_size
from pathway_modeller.gui.canvas.boxes import BoxItem
from pathway_modeller.gui.canvas.lanes import Lanes, lanes_of
from pathway_modeller.gui.canvas.layout import positions_of
from pathway_modeller.gui.canvas.overlay import Mark, Overlay
from pathway_modeller.gui.canvas.wiring import Wiring
from pathway_modeller.gui.document import Document
from pathway_modeller.scenario.document import DRAWN, Pathway
from pathway_modeller.scenario.values import Position
from pathway_modeller.scenario.words.sentences import typeset

EDGE = 8.0
MARGIN = 160.0
"""How near the drawing may come to the edge of the paper, and how far the edge is then set from it."""

GHOST = "ghost of "
"""Before the id of what an option removes, in the keys of the wiring."""


class PathwayScene(QGraphicsScene):
    """Items for the drawn elements and transitions of the variant shown.

    Signals:
        lanes_changed: a lane's top or height is another.
    """

    lanes_changed = Signal()

    def __init__(self, document: Document) -> None:
        """Connects to the document, then takes in its present pathway through the same slots."""
        super().__init__(document)
        self._document = document
        self._boxes: dict[str, BoxItem] = {}
        self._arrows: dict[str, ArrowItem] = {}
        self._ghosts: dict[str, BoxItem | ArrowItem] = {}
        self._marks: dict[str, Mark] = {}
        self._overlay: dict[str, Overlay] = {}
        self._overlay_pathway: Pathway | None = None
        self._wiring = Wiring()
        self._positions: dict[str, Position] = {}
        self._laid_out: object = None
        self._room_is_due = True
        self._lanes = lanes_of(Pathway(), {})
        self._pools = document.pathway.pools
        document.elements_changed.connect(self._on_elements_changed)
        document.scenario_changed.connect(self._on_scenario_changed)
        document.variant_changed.connect(self._on_variant_changed)
        document.selection_changed.connect(self._on_selection_changed)
        document.problems_changed.connect(self._on_problems_changed)
        self._ways_out: Counter[str] = Counter()
        self._origins: dict[str, str] = {}
        pathway = document.pathway
        self._on_elements_changed({*pathway.drawn(), *pathway.transitions}, set(), set())
        self._on_selection_changed(document.selection)
        self._on_problems_changed()

    # What there is -----------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The document that the scene follows."""
        return self._document

    @property
    def lanes(self) -> Lanes:
        """The lanes as they are drawn."""
        return self._lanes

    @property
    def positions(self) -> Mapping[str, Position]:
        """Where each element stands in the file's points, laid out if nobody placed it."""
        return self._positions

    @property
    def boxes(self) -> Mapping[str, BoxItem]:
        """The items of the drawn elements by id."""
        return self._boxes

    @property
    def arrows(self) -> Mapping[str, ArrowItem]:
        """The items of the transitions by id."""
        return self._arrows

    @property
    def ghosts(self) -> Mapping[str, BoxItem | ArrowItem]:
        """The items of what the option shown removes, by id."""
        return self._ghosts

    def box_at(self, point: QPointF) -> BoxItem | None:
        """Returns the element drawn at a point, ghosts left out."""
        for item in self.items(point):
            if isinstance(item, BoxItem) and not item.ghost:
                return item
        return None

    def arrow_at(self, point: QPointF) -> ArrowItem | None:
        """Returns the transition drawn at a point, ghosts left out."""
        for item in self.items(point):
            if isinstance(item, ArrowItem) and not item.ghost:
                return item
        return None

    def describe(self, key: str) -> str:
        """Returns an element or transition in words: what it is, its problems, what a run found there."""
        pathway = self._document.pathway
        if key in pathway.transitions:
            return wording.spoken_arrow(key, pathway, self._ways_out[pathway.transitions[key].origin] - 1)
        if key not in self._boxes:
            return ""
        kind = pathway.map_of(key)
        lines = [wording.spoken(key, kind, getattr(pathway, kind)[key], pathway), self._boxes[key].fault]
        if key in self._overlay:
            lines.append(self._overlay[key].text)
        return "\n".join(line for line in lines if line)

    def item_at(self, point: QPointF) -> BoxItem | ArrowItem | None:
        """Returns what is drawn at a point, ghosts included; boxes before arrows."""
        for item in self.items(point):
            if isinstance(item, BoxItem | ArrowItem):
                return item
        return None

    def drawing_rect(self) -> QRectF:
        """Returns the rectangle that holds the whole drawing, all lanes included."""
        rect = QRectF()
        for item in (*self._boxes.values(), *self._arrows.values(), *self._ghosts.values()):
            rect = rect.united(item.sceneBoundingRect())
        top, bottom = min(-6.0, rect.top()), max(self._lanes.bottom, rect.bottom())
        return QRectF(rect.left(), top, max(rect.width(), 400.0), bottom - top)

    # What a run and an option say --------------------------------------------------------------------

    def set_overlay(self, overlay: Mapping[str, Overlay]) -> None:
        """Shows what a run found at elements; an edit that may change results clears it."""
        before = set(self._overlay)
        self._overlay = dict(overlay)
        self._overlay_pathway = self._document.pathway if overlay else None
        for key in before | set(self._overlay):
            if key in self._boxes:
                self._boxes[key].show_overlay(self._overlay.get(key))

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Marks what the option shown changes; what it removes is drawn as the baseline's ghost."""
        if marks == self._marks and not self._ghosts and "removed" not in marks.values():
            return
        before = set(self._marks)
        self._marks = dict(marks)
        for key in before | set(self._marks):
            self._show_mark(key)
        self._renew_ghosts()
        self._settle()

    def _show_mark(self, key: str) -> None:
        """Marks an element or transition as it should be.

        While another variant is taken up there may still be the item of an arrow that it lacks.
        """
        if key in self._boxes:
            self._boxes[key].show_mark(self._marks.get(key))
        if key in self._arrows:
            self._arrows[key].show_mark(self._marks.get(key))
            # What only the variant shown before had is still here, and goes in a moment.
            if key in self._document.pathway.transitions:
                self._put_arrow(key)

    def _renew_ghosts(self) -> None:
        """Draws the ghosts of what the option removes, from the baseline."""
        for key, item in self._ghosts.items():
            self.removeItem(item)
            self._wiring.drop_arrow(GHOST + key)
        for key in self._ghosts:
            self._wiring.drop_box(GHOST + key)
        self._ghosts = {}
        removed = {key for key, mark in self._marks.items() if mark == "removed"}
        baseline = self._document.baseline
        places = positions_of(baseline) if removed else {}
        for key, element in baseline.drawn().items():
            if key in removed and key not in self._boxes:
                kind = baseline.map_of(key)
                ghost = BoxItem(key, kind, ghost=True)
                ghost.show_element(element.name, wording.needs_words(key, element, baseline))
                ghost.setPos(self._lanes.to_scene(element.setting, places[key]))
                self._room_is_due = True
                self._ghosts[key] = ghost
                self.addItem(ghost)
                self._wiring.put_box(GHOST + key, kind, ghost.pos().toTuple())
        self._renew_ghost_arrows(removed, baseline)

    def _renew_ghost_arrows(self, removed: set[str], baseline: Pathway) -> None:
        """Draws the ghosts of the transitions that the option removes."""
        for key, arrow in baseline.transitions.items():
            if key not in removed or key in self._arrows:
                continue
            ends = [
                GHOST + end if end in self._ghosts else end
                for end in (arrow.origin, arrow.target)
                if end in self._ghosts or end in self._boxes
            ]
            if len(ends) == 2:
                ghost = ArrowItem(key, ghost=True)
                self._ghosts[key] = ghost
                self.addItem(ghost)
                self._wiring.put_arrow(GHOST + key, ends[0], ends[1], label_size(ghost.words))

    # Following the document --------------------------------------------------------------------------

    def _on_elements_changed(
        self, added: Iterable[str], removed: Iterable[str], changed: Iterable[str]
    ) -> None:
        """Takes in what was added, removed and changed; all else stays as it is."""
        pathway = self._document.pathway
        keys = {*added, *removed, *changed}
        drawn = pathway.drawn()
        self._ways_out = Counter(arrow.origin for arrow in pathway.transitions.values())
        origins = {self._origins[key] for key in keys if key in self._origins}
        for key in keys:
            if key not in pathway.transitions and key in self._arrows:
                self._drop_arrow(key)
        for key in keys:
            if key in self._boxes and (key not in drawn or self._boxes[key].kind != pathway.map_of(key)):
                self.removeItem(self._boxes.pop(key))
                self._wiring.drop_box(key)
        self._place_all(pathway)
        for key in keys & set(drawn):
            self._put_box(key)
        for key, arrow in pathway.transitions.items():
            if key in keys or arrow.origin in origins or arrow.origin in keys or arrow.target in keys:
                self._put_arrow(key)
        if self._ghosts or "removed" in self._marks.values():
            self._renew_ghosts()
        self._settle()

    def _place_all(self, pathway: Pathway) -> None:
        """Works out where everything stands; moves the items that stand elsewhere now."""
        shape = _shape(pathway)
        if shape != self._laid_out:
            self._laid_out, self._positions = shape, positions_of(pathway)
        lanes = lanes_of(pathway, self._positions)
        if lanes != self._lanes:
            self._lanes = lanes
            self._room_is_due = True
            self.lanes_changed.emit()
            self.update()
        for key, element in pathway.drawn().items():
            kind = pathway.map_of(key)
            if key not in self._boxes:
                self._boxes[key] = BoxItem(key, kind)
                self.addItem(self._boxes[key])
            point = self._lanes.to_scene(element.setting, self._positions[key])
            if self._boxes[key].pos() != point:
                self._boxes[key].setPos(point)
                self._room_is_due = True
            self._wiring.put_box(key, kind, (point.x(), point.y()))

    def _put_box(self, key: str) -> None:
        """Shows an element's words, mark and overlay on its item."""
        pathway = self._document.pathway
        kind = pathway.map_of(key)
        element = getattr(pathway, kind)[key]
        item = self._boxes[key]
        item.show_element(element.name, wording.needs_words(key, element, pathway))
        item.show_mark(self._marks.get(key))
        item.show_overlay(self._overlay.get(key))
        item.show_chosen(key in self._document.selection)

    def _put_arrow(self, key: str) -> None:
        """Shows a transition's label on its item, and tells the wiring of it."""
        pathway = self._document.pathway
        arrow = pathway.transitions[key]
        if arrow.origin not in self._boxes or arrow.target not in self._boxes:
            self._drop_arrow(key)
            return
        if key not in self._arrows:
            self._arrows[key] = ArrowItem(key)
            self.addItem(self._arrows[key])
        item = self._arrows[key]
        self._origins[key] = arrow.origin
        beside = self._ways_out[arrow.origin] - 1
        item.show_words(wording.arrow_label(arrow, pathway, beside, brief=True))
        item.show_mark(self._marks.get(key))
        item.show_chosen(key in self._document.selection)
        size = label_size(item.words) if item.words.strip() else (0.0, 0.0)
        self._wiring.put_arrow(key, arrow.origin, arrow.target, size)

    def _drop_arrow(self, key: str) -> None:
        """Takes a transition's item away, if it has one."""
        item = self._arrows.pop(key, None)
        if item is not None:
            self.removeItem(item)
        self._origins.pop(key, None)
        self._wiring.drop_arrow(key)

    def _settle(self, only: Iterable[str] | None = None) -> None:
        """Draws the arrows whose way must be worked out anew, and makes room for the drawing."""
        ways = self._wiring.settle(only)
        for key, (points, label) in ways.items():
            item = (
                self._ghosts.get(key.removeprefix(GHOST)) if key.startswith(GHOST) else self._arrows.get(key)
            )
            if isinstance(item, ArrowItem):
                item.show_way(points, label)
        self._room_is_due |= bool(ways)
        if only is None and self._room_is_due:
            self._room_is_due = False
            self._make_room()

    def _make_room(self) -> None:
        """Makes the paper larger where the drawing reaches its edge; never smaller, so that nothing jumps."""
        rect = self.drawing_rect()
        if not self.sceneRect().contains(rect.adjusted(-EDGE, 0, EDGE, 0)):
            self.setSceneRect(self.sceneRect().united(rect.adjusted(-MARGIN, 0, MARGIN, 0)))

    def _on_scenario_changed(self) -> None:
        """Shows pools' names anew where they differ, and clears a run's figures that may no longer hold."""
        pathway = self._document.pathway
        if pathway.pools is not self._pools:
            self._pools = pathway.pools
            for key in pathway.activities:
                self._put_box(key)
        if lanes_of(pathway, self._positions) != self._lanes:
            self._place_all(pathway)
            self._settle()
        if self._overlay_pathway is not None and not same_but_for_places(self._overlay_pathway, pathway):
            self.set_overlay({})

    def _on_variant_changed(self, _variant: str) -> None:
        """Clears what belonged to the variant shown before."""
        self.set_overlay({})
        self.set_marks({})
        self._on_problems_changed()

    def _on_selection_changed(self, chosen: tuple[str, ...]) -> None:
        """Shows what is selected."""
        for key, box in self._boxes.items():
            box.show_chosen(key in chosen)
        for key, arrow in self._arrows.items():
            arrow.show_chosen(key in chosen)

    def _on_problems_changed(self) -> None:
        """Marks the elements of which a problem of this variant stops a run."""
        faults: dict[str, list[str]] = {}
        for problem in self._document.problems:
            if problem.severity == "error" and problem.variant == self._document.variant and problem.element:
                faults.setdefault(problem.element, []).append(
                    typeset(f"To do: {problem.what}. {problem.mend}.")
                )
        for key, box in self._boxes.items():
            box.show_fault("\n".join(faults.get(key, [])))

    # Gestures ----------------------------------------------------------------------------------------

    def preview(self, points: Mapping[str, QPointF]) -> None:
        """Draws elements elsewhere while they are dragged; the document knows nothing of it yet."""
        attached: set[str] = set()
        for key, point in points.items():
            self._boxes[key].setPos(point)
            self._wiring.put_box(key, self._boxes[key].kind, (point.x(), point.y()))
            attached |= self._wiring.attached(key)
        self._settle(attached)

    def restore(self) -> None:
        """Draws everything where the document has it."""
        self._place_all(self._document.pathway)
        self._settle()

    # Lanes -------------------------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        """Paints the lanes across all that is seen."""
        area = QRectF(rect) if isinstance(rect, QRectF) else self.sceneRect()
        painter.fillRect(area, QColor(theme.PAPER))
        for number, setting in enumerate(self._lanes.order):
            top, height = self._lanes.tops[setting], self._lanes.heights[setting]
            if number % 2 == 0:
                first = area.top() if number == 0 else top
                bottom = area.bottom() if setting == self._lanes.order[-1] else top + height
                painter.fillRect(QRectF(area.left(), first, area.width(), bottom - first), QColor(theme.PALE))
            if number:
                painter.setPen(QPen(QColor(theme.LINE), 1.0, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))


def _shape(pathway: Pathway) -> tuple[object, ...]:
    """Returns all that decides where elements stand: two pathways of one shape are laid out alike."""
    drawn = {key: (element.setting, element.position) for key, element in pathway.drawn().items()}
    arrows = {key: (arrow.origin, arrow.target) for key, arrow in pathway.transitions.items()}
    return drawn, arrows, frozenset(pathway.entry_points)


def same_but_for_places(before: Pathway, after: Pathway) -> bool:
    """Tells whether two pathways differ at most in where elements are drawn and what they are called."""
    if before is after:
        return True
    still = Position(x=0, y=0)
    for name in Pathway.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old is new:
            continue
        if name not in DRAWN:
            if old != new:
                return False
            continue
        blank = {"position": still, "name": "", "description": ""}
        if old.keys() != new.keys() or any(
            old[key] is not new[key]
            and old[key].model_copy(update=blank) != new[key].model_copy(update=blank)
            for key in old
        ):
            return False
    return True
