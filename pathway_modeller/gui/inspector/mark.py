"""The mark on the box that holds a mistake, with the sentence beside it where the field is long."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from pathway_modeller.gui.inspector.editors.base import Editor
from pathway_modeller.gui.inspector.editors.inputs import Line
from pathway_modeller.gui.inspector.editors.nested import NestedEditor
from pathway_modeller.gui.inspector.mistakes import Mistaken
from pathway_modeller.gui.plain import Label

RED = "#B10E1E"
_FAR = 160
"""Points between a box and the end of its field from which the sentence stands at the box."""


class Mark:
    """A red border around the box that is wrong, until it is removed.

    Attributes:
        box: the line that is wrong; ``None`` if it is not known which.
        sentence: the sentence at the box; ``None`` where the end of the field is near enough.
    """

    def __init__(self, editor: Editor, mistaken: Mistaken, words: str) -> None:
        self.sentence: QLabel | None = None
        self.box = _box_of(editor, mistaken)
        if self.box is None:
            return
        self.box.setStyleSheet(f"QLineEdit {{ border: 2px solid {RED}; }}")
        if editor.height() - self.box.mapTo(editor, QPoint(0, self.box.height())).y() > _FAR:
            self._place(editor, self.box, words)

    def remove(self) -> None:
        """Takes border and sentence away; either may have gone with its row."""
        if self.box is not None and isValid(self.box):
            self.box.setStyleSheet("")
        if self.sentence is not None and isValid(self.sentence):
            self.sentence.hide()
            self.sentence.deleteLater()
        self.sentence = None

    def _place(self, editor: Editor, box: QWidget, words: str) -> None:
        """Puts the sentence below the box, in the nearest layout that takes another line."""
        inner: QWidget = box
        while inner is not editor and (outer := inner.parentWidget()) is not None:
            place = outer.room_below(inner) if isinstance(outer, NestedEditor) else outer.layout()
            if isinstance(place, QVBoxLayout):
                self.sentence = Label(words)
                self.sentence.setObjectName("mistake_here")
                self.sentence.setWordWrap(True)
                self.sentence.setTextFormat(Qt.TextFormat.PlainText)
                self.sentence.setStyleSheet(f"color: {RED};")
                place.insertWidget(place.indexOf(inner) + 1, self.sentence)
                return
            inner = outer


def _box_of(editor: Editor, mistaken: Mistaken) -> Line | None:
    """Returns the line that the first fault is about: the first empty one where something is needed."""
    found: QWidget = editor
    for step in mistaken.at[1:]:
        deeper: QWidget | None = found.findChild(QWidget, str(step))
        found = deeper if deeper is not None else found
    lines = [found] if isinstance(found, Line) else found.findChildren(Line)
    lines = [line for line in lines if line.isVisible()]
    if mistaken.unfinished:
        return next((line for line in lines if not line.text()), None)
    return lines[0] if lines and (found is not editor or len(lines) == 1) else None
