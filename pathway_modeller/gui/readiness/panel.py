"""The list of what is missing before a run: each row leads to its place, and is mended where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.inspector.overview import ElidedButton
from pathway_modeller.gui.plain import Label
from pathway_modeller.gui.readiness.watch import ReadinessWatch
from pathway_modeller.scenario.readiness.missing import Answer, Ask, Mend, Missing
from pathway_modeller.scenario.typed.money import POUNDS
from pathway_modeller.scenario.typed.notation import Notation, Unreadable
from pathway_modeller.scenario.typed.numbers import NUMBER
from pathway_modeller.scenario.words.sentences import lower_first, typeset

_FIELD = 190
"""Width of a field in points."""


class ReadinessPanel(QScrollArea):
    """What is missing, a row for each thing, in the order of the line.

    Signals:
        wanted: the :class:`Missing` whose place somebody wants to see.
        counted: how many things are missing.
        refreshed: it shows what is missing now.
    """

    wanted = Signal(object)
    counted = Signal(int)
    refreshed = Signal()

    def __init__(self, document: Document, watch: ReadinessWatch, parent: QWidget | None = None) -> None:
        """Observes what is found."""
        super().__init__(parent)
        self.setObjectName("readiness-list")
        self.setAccessibleName("What is missing before a run")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._document = document
        self._watch = watch
        self.rows: tuple[MissingRow, ...] = ()
        watch.changed.connect(self.refresh)
        document.typed.register(self, self)
        self.refresh()

    def half_typed(self) -> Iterator[Typed]:
        """Returns the answers being typed, if any are."""
        for row in self.rows:
            for field, mend in row.answers():
                where = f"Before a run, {mend.asked}"
                yield Typed(where, partial(self._take_in, row, field, mend), "file")

    def _take_in(self, row: MissingRow, field: Line, mend: Mend) -> str:
        """Mends something with what is typed; returns why it cannot be."""
        try:
            self._apply(mend, _read(mend, field.text()))
        except ValueError as mistake:
            row.show_mistake(str(mistake))
            return str(mistake)
        field.clear()
        return ""

    def refresh(self) -> None:
        """Shows what is missing now; what is being typed in a row that stays is kept."""
        missing = [each for ready in self._watch.found for each in ready.missing]
        if self.rows and [_words(row.missing) for row in self.rows] == [_words(each) for each in missing]:
            for row, each in zip(self.rows, missing, strict=True):
                row.renew(each)
            self.refreshed.emit()
            return
        typed = {row.missing.what: row.typed() for row in self.rows}
        held = QApplication.focusWidget()
        kept = next((row for row in self.rows if held is not None and row.isAncestorOf(held)), None)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        rows = []
        for each in missing:
            row = MissingRow(each)
            row.wanted.connect(self.wanted)
            row.mended.connect(self._mend)
            row.show_typed(typed.get(each.what, {}))
            column.addWidget(row)
            rows.append(row)
        if not missing:
            said = "Nothing is missing." if self._watch.found else ""
            column.addWidget(Label(said), alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self.rows = tuple(rows)
        place = self.verticalScrollBar().value()
        self.setWidget(inside)
        self.verticalScrollBar().setValue(place)
        same = next((row for row in rows if kept is not None and row.missing.what == kept.missing.what), None)
        if same is not None:
            same.take_keyboard()
        self.counted.emit(len(missing))
        self.refreshed.emit()

    def show_part(self, part: str) -> None:
        """Brings the first row of a kind of answer into view, and gives it the keyboard."""
        first = next((row for row in self.rows if row.missing.part == part), None)
        if first is not None:
            first.take_keyboard()
            # Its place is known once the rows have been laid out.
            QTimer.singleShot(0, first, lambda: self.ensureWidgetVisible(first, 0, 0))

    def _mend(self, row: MissingRow, mend: Mend, answer: Answer) -> None:
        """Mends something, as one step to undo; says why where the answer does not fit."""
        try:
            self._apply(mend, answer)
        except ValueError as mistake:
            row.show_mistake(str(mistake))
        else:
            row.forget(mend)

    def _apply(self, mend: Mend, answer: Answer) -> None:
        """Mends something, as one step to undo.

        Raises:
            ValueError: the answer does not fit; the message is a sentence.
        """
        try:
            self._document.edit_scenario(lower_first(mend.label), lambda each: mend.apply(each, answer))
        except KeyError:  # it has been deleted since it was looked at
            raise ValueError("What this would mend is no longer there.") from None


_NOTATIONS: Mapping[Ask, Notation[float] | None] = {
    "nothing": None,
    "pounds": POUNDS,
    "number": NUMBER,
    "text": None,
}
"""How the answer to a mend is read; ``None`` where the text is the answer."""


class MissingRow(QWidget):
    """One thing that is missing.

    Signals:
        wanted: somebody wants to see its place; the :class:`Missing`.
        mended: somebody mends it; the row, the :class:`Mend`, and the answer.
    """

    wanted = Signal(object)
    mended = Signal(object, object, object)

    def __init__(self, missing: Missing) -> None:
        """Shows what is missing, and what mends it."""
        super().__init__()
        self.missing = missing
        self._mends = {mend.label: mend for mend in missing.mends}
        self._fields: dict[str, Line] = {}
        words = Label(typeset(f"{missing.part.capitalize()}: {missing.sentence}"))
        words.setWordWrap(True)
        words.setMinimumWidth(160)
        self._mistake = Label()
        self._mistake.setObjectName("mistake")
        self._mistake.setProperty("fault", True)
        self._mistake.hide()
        self._show = QPushButton("Show")
        self._show.setObjectName("show")
        self._show.setAccessibleName(f"Show: {missing.what}")
        self._show.clicked.connect(lambda: self.wanted.emit(self.missing))
        head = QHBoxLayout()
        head.addWidget(words, 1)
        head.addWidget(self._show, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(3)
        column.addLayout(head)
        for mend in missing.mends:
            column.addLayout(self._line(mend))
        column.addWidget(self._mistake)

    def renew(self, missing: Missing) -> None:
        """Mends the same of a scenario that has been changed since."""
        self.missing = missing
        self._mends = {mend.label: mend for mend in missing.mends}

    def _line(self, mend: Mend) -> QHBoxLayout:
        """Returns the button of a mend, after the field for what it asks."""
        line = QHBoxLayout()
        if mend.asks == "nothing":
            link = ElidedButton(typeset(mend.label))
            link.setObjectName("mend")
            link.clicked.connect(lambda: self.mended.emit(self, self._mends[mend.label], None))
            line.addWidget(link, 1)
            return line
        field = Line()
        field.setObjectName("answer")
        field.setPlaceholderText(mend.asked)
        field.setAccessibleName(f"{mend.asked}: {self.missing.what}")
        field.setFixedWidth(_FIELD)
        notation = _NOTATIONS[mend.asks]
        field.understands = notation.understood if notation is not None else None
        button = QPushButton(mend.label)
        button.setObjectName("mend")
        button.setAccessibleName(f"{mend.label}: {self.missing.what}")
        answer = self._answering(mend.label, field)
        field.returnPressed.connect(answer)
        button.clicked.connect(answer)
        self._fields[mend.label] = field
        line.addWidget(field)
        line.addWidget(button)
        line.addStretch(1)
        return line

    def _answering(self, label: str, field: Line) -> Callable[[], None]:
        """Returns what takes in the answer to a mend's question."""

        def answer() -> None:
            mend = self._mends[label]
            try:
                given = _read(mend, field.text())
            except ValueError as mistake:
                self.show_mistake(str(mistake))
                field.setFocus()
                return
            self.mended.emit(self, mend, given)

        return answer

    def answers(self) -> list[tuple[Line, Mend]]:
        """Returns the fields in which something is typed, with what it mends."""
        return [(field, self._mends[label]) for label, field in self._fields.items() if field.text()]

    def typed(self) -> dict[str, str]:
        """Returns what is typed, by mend."""
        return {mend.label: field.text() for field, mend in self.answers()}

    def show_typed(self, typed: dict[str, str]) -> None:
        """Shows what was typed before."""
        for label, text in typed.items():
            if label in self._fields:
                self._fields[label].setText(text)

    def forget(self, mend: Mend) -> None:
        """Has what was typed for a mend no longer, since it is in the scenario."""
        if mend.label in self._fields:
            self._fields[mend.label].clear()

    def show_mistake(self, sentence: str) -> None:
        """Says why an answer does not fit."""
        self._mistake.setText(typeset(sentence))
        self._mistake.show()

    def take_keyboard(self) -> None:
        """Gives the keyboard to the first field or button."""
        fields: list[QWidget] = list(self._fields.values())
        (fields or self.findChildren(QPushButton))[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _words(missing: Missing) -> tuple[str, ...]:
    """Returns all that a row says of something missing."""
    return (missing.part, missing.sentence, *(f"{mend.label} {mend.asked}" for mend in missing.mends))


def _read(mend: Mend, text: str) -> Answer:
    """Returns an answer as it was typed.

    Raises:
        ValueError: it does not fit; the message is a sentence.
    """
    notation = _NOTATIONS[mend.asks]
    if notation is None:
        return text
    try:
        return notation.read(text)
    except Unreadable as why:
        raise ValueError(f"{why}.") from None
