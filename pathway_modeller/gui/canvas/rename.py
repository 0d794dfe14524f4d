"""The line in which an element is renamed on the drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pathway_modeller.gui.actions import is_escape_asked


class NameEditor(QLineEdit):
    """Lies upon an element while its name is typed; Enter or leaving keeps it, Escape does not.

    Signals:
        finished: the element's id, the text, and whether to keep it. Sent once.
    """

    finished = Signal(str, str, bool)

    def __init__(self, parent: QWidget, key: str, name: str, area: QRect) -> None:
        """Opens upon an area of the parent with the present name selected."""
        super().__init__(name, parent)
        self.key, self.before = key, name
        self._done = False
        self.setObjectName("name-editor")
        self.setAccessibleName("Name of the element")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(area)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, keep: bool) -> None:
        """Ends the renaming."""
        if not self._done:
            self._done = True
            self.finished.emit(self.key, self.text(), keep)

    def event(self, event: QEvent) -> bool:
        """Takes Escape before the window does, which has another use for it while a run is under way."""
        if is_escape_asked(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the name, Escape leaves it as it was."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps the name, but not for the context menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish(keep=True)
