"""The board: pools as boxes, shifts as arrows; a shift is drawn from one box to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from pathway_modeller.gui.plain import plain_tip
from pathway_modeller.gui.shifts import geometry as places
from pathway_modeller.gui.shifts import paint
from pathway_modeller.gui.shifts.cards import OUTSIDE, Card
from pathway_modeller.gui.shifts.words import arrow_words
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.money import Shift

KEYS = (
    ("Left, Right, Up, Down", "Go from box to box, and on to the arrows"),
    ("S", "Begin a shift at the box chosen"),
    ("Del, Backspace", "Delete the shift chosen"),
    ("Esc", "Give up the arrow being drawn, else choose nothing"),
)
"""What keys do on the board."""


class Board(QWidget):
    """Shows boxes and arrows, and lets people choose and draw.

    Signals:
        pool_chosen: a box was chosen; its pool's id, "" for what lies outside.
        shift_chosen: an arrow was chosen; its id.
        drawn: an arrow was drawn; the ids of the pools it goes from and to, "" for outside.
        start_wanted: by keys, a shift is to begin at the box chosen.
        remove_wanted: by keys, the arrow chosen is to go.
        let_go: nothing is chosen any more.
        given_up: by keys, whatever is being made is to be left.
    """

    pool_chosen = Signal(str)
    shift_chosen = Signal(str)
    drawn = Signal(str, str)
    start_wanted = Signal(str)
    remove_wanted = Signal(str)
    let_go = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins empty."""
        super().__init__(parent)
        self.setObjectName("shift-board")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(480, 200)
        self.setAccessibleName("Capacity pools from hospital to home, and shifts between them")
        self._cards: tuple[Card, ...] = ()
        self._shifts: Mapping[str, Shift] = {}
        self._words: Mapping[str, str] = {}
        self._layout = places.lay_out((), 1, 1)
        self._arrows: tuple[places.Arrow, ...] = ()
        self._pool: str | None = None
        self._shift: str | None = None
        self._over: str | None = None
        self._pressed: str | None = None
        self._begun: QPointF | None = None
        self._rubber: QPointF | None = None

    # What is shown -----------------------------------------------------------------------------------

    def show_all(self, cards: Sequence[Card], shifts: Mapping[str, Shift], pathway: Pathway) -> None:
        """Shows pools and shifts of an option."""
        self._cards, self._shifts = tuple(cards), shifts
        self._words = {key: arrow_words(shift, pathway) for key, shift in shifts.items()}
        if self._pool is not None and all(card.key != self._pool for card in cards):
            self._pool = None
        if self._shift not in shifts:
            self._shift = None
        self._give_up()
        self._lay_out()
        self._describe()

    def choose(self, *, pool: str | None = None, shift: str | None = None) -> None:
        """Marks a box or an arrow as chosen, or neither."""
        self._pool, self._shift = pool, shift
        self._describe()
        self.update()

    @property
    def chosen_pool(self) -> str | None:
        """The box chosen."""
        return self._pool

    @property
    def chosen_shift(self) -> str | None:
        """The arrow chosen."""
        return self._shift

    @property
    def is_drawing(self) -> bool:
        """Whether an arrow is being drawn."""
        return self._rubber is not None

    def box_point(self, pool: str) -> QPoint:
        """Returns the middle of a box, on the board."""
        return self._layout.boxes[pool].center().toPoint()

    def arrow_point(self, shift: str) -> QPoint:
        """Returns the middle of an arrow, on the board."""
        return next(each.label for each in self._arrows if each.key == shift).toPoint()

    def arrow_width(self, shift: str) -> float:
        """Returns the width of an arrow in points."""
        return next(each.width for each in self._arrows if each.key == shift)

    def card(self, pool: str) -> Card:
        """Returns what the box of a pool says."""
        return next(card for card in self._cards if card.key == pool)

    def _lay_out(self) -> None:
        """Puts everything in its place, in the room there is."""
        holder = self.parentWidget()
        room = self.size() if holder is None else holder.size()
        self._layout = places.lay_out(self._cards, room.width(), room.height())
        self._arrows = places.arrows(self._shifts, self._layout.boxes)
        self.resize(round(self._layout.width), round(self._layout.height))
        self.update()

    def fit(self) -> None:
        """Uses the room of the viewport."""
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As large as the boxes need."""
        return QSize(round(self._layout.width), round(self._layout.height))

    def _describe(self) -> None:
        """Says in words what is on the board, what is chosen first."""
        parts = []
        if self._pool is not None:
            parts.append(f"Chosen: {self.card(self._pool).spoken}")
        elif self._shift is not None:
            parts.append(f"Chosen: {self._words[self._shift]}")
        parts += [card.spoken for card in self._cards if card.key]
        parts += list(self._words.values())
        self.setAccessibleDescription("; ".join(parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints columns, arrows, boxes, and the arrow being drawn."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paper(painter, self.rect(), self._layout)
        for arrow in self._arrows:
            paint.arrow(painter, arrow, chosen=arrow.key == self._shift)
        for card in self._cards:
            chosen = card.key in (self._pool, self._pressed if self._rubber is not None else None)
            aimed = self._rubber is not None and card.key == self._over and card.key != self._pressed
            held = self.hasFocus() and card.key == self._pool
            paint.card(painter, card, self._layout.boxes[card.key], chosen=chosen, aimed=aimed, held=held)
        for arrow in self._arrows:
            paint.label(painter, arrow, self._shifts[arrow.key], chosen=arrow.key == self._shift)
        if self._rubber is not None and self._pressed is not None:
            paint.rubber(painter, self._rubber_path(self._pressed, self._rubber))

    def _rubber_path(self, pressed: str, place: QPointF) -> QPainterPath:
        """Returns the curve of the arrow being drawn: to the box under the mouse, else to the mouse."""
        box = self._layout.boxes[pressed]
        if self._over is not None and self._over != pressed:
            return places.between(box, self._layout.boxes[self._over])
        return places.rubber(box, place)

    # Mouse -------------------------------------------------------------------------------------------

    def _box_at(self, place: QPointF) -> str | None:
        """Returns the pool whose box is at a place."""
        return next((key for key, box in self._layout.boxes.items() if box.contains(place)), None)

    def _arrow_at(self, place: QPointF) -> str | None:
        """Returns the shift whose arrow or label is at a place, the uppermost first."""
        for arrow in reversed(self._arrows):
            if arrow.contains(place) or paint.label_box(arrow, self._shifts[arrow.key]).contains(place):
                return arrow.key
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses what is pressed; from a box an arrow may follow."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        box, arrow = self._box_at(place), self._arrow_at(place)
        if box is not None:
            self._pressed, self._begun = box, place
        elif arrow is not None:
            self.choose(shift=arrow)
            self.shift_chosen.emit(arrow)
        else:
            self.choose()
            self.let_go.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws on, or shows what would be meant."""
        place = event.position()
        self._over = self._box_at(place)
        if self._pressed is not None and self._begun is not None:
            far = (place - self._begun).manhattanLength() >= QApplication.startDragDistance()
            if self._rubber is not None or far:
                self._rubber = place
                self.setCursor(Qt.CursorShape.CrossCursor)
                self.update()
            return
        meant = self._over is not None or self._arrow_at(place) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if meant else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends an arrow in the box under the mouse, or chooses the box that was pressed."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        pressed, drawing = self._pressed, self._rubber is not None
        target = self._box_at(event.position())
        self._give_up()
        if drawing and target is not None and target != pressed:
            self.drawn.emit(pressed, target)
        elif not drawing or target == pressed:
            self.choose(pool=pressed)
            self.pool_chosen.emit(pressed)

    def _give_up(self) -> None:
        """Forgets the arrow being drawn."""
        self._pressed = self._begun = self._rubber = None
        self.unsetCursor()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tells the whole of what is pointed at; takes Escape while an arrow is being drawn."""
        if event.type() == QEvent.Type.ToolTip:
            place = self.mapFromGlobal(self.cursor().pos())
            arrow = self._arrow_at(QPointF(place))
            QToolTip.showText(self.cursor().pos(), plain_tip(self._words.get(arrow or "", "")), self)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_S)
            if event.key() in mine and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    # Keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from box to box and on to the arrows; S begins a shift; Delete removes one."""
        key = event.key()
        forward = key in (Qt.Key.Key_Right, Qt.Key.Key_Down)
        if forward or key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._go(1 if forward else -1)
        elif key == Qt.Key.Key_S and self._pool is not None:
            self.start_wanted.emit(self._pool)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._shift is not None:
            self.remove_wanted.emit(self._shift)
        elif key == Qt.Key.Key_Escape and self._pressed is not None:
            self._give_up()
        elif key == Qt.Key.Key_Escape:
            self.choose()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """Chooses the next box or arrow in order."""
        order = [("pool", card.key) for card in self._cards] + [
            ("shift", arrow.key) for arrow in self._arrows
        ]
        if not order:
            return
        now = ("shift", self._shift) if self._shift is not None else ("pool", self._pool)
        place = next((at for at, each in enumerate(order) if each == now), -1 if step > 0 else 0)
        kind, key = order[(place + step) % len(order)]
        if kind == "pool":
            self.choose(pool=key)
            self.pool_chosen.emit(key)
        else:
            self.choose(shift=key)
            self.shift_chosen.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Chooses the first box if nothing is chosen, for those who come by keys."""
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and self._pool is None and self._shift is None:
            self._go(1)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Gives up an arrow that is being drawn."""
        self._give_up()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Gives up an arrow that is being drawn when another page is shown."""
        self._give_up()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the picture whole."""
        super().resizeEvent(event)
        self.update()


__all__ = ["OUTSIDE", "Board"]
