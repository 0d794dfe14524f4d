"""What stands on a drawing with nothing in it yet: how to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document

WORDS = (
    "<p style='font-size: 13pt; font-weight: 600;'>Nothing is drawn yet</p>"
    "<p>Drag an entry point from the left onto the lane of its setting, then what happens to patients there, "
    "and an exit point. Draw arrows from the edge of one box to the next.</p>"
    "<p>Or look at a finished one first: File, Open example.</p>"
)
_WIDTH = 470


class Beginning(QLabel):
    """Lies over the middle of a drawing while it is empty; lets the mouse through."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        """Observes a document, over the widget that shows its drawing."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(WORDS)
        self._document = document
        self._over = parent
        self.setObjectName("beginning")
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            f"#beginning {{ color: {theme.INK}; background: {theme.PAPER}; border: 1px solid {theme.LINE};"
            " border-radius: 8px; padding: 6px 18px; }"
        )
        parent.installEventFilter(self)
        for changed in (document.opened, document.elements_changed, document.variant_changed):
            changed.connect(self._follow)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps to the middle of another size."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self, *_changed: object) -> None:
        """Shows itself as long as nothing is drawn."""
        self.setVisible(not self._document.pathway.drawn())
        self._place()

    def _place(self) -> None:
        """Takes its place in the middle."""
        room = self._over.size()
        width = min(_WIDTH, room.width() - 40)
        height = self.heightForWidth(width)
        self.setGeometry((room.width() - width) // 2, max(0, (room.height() - height) // 2), width, height)
