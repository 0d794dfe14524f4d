"""A sentence that appears over the drawing for a moment: why something was refused."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import Label

SHOWN = 5000
"""Milliseconds for which a notice stays."""


class Notice(Label):
    """Lies over the lower edge of its parent while there is something to say; lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        """Makes it, with nothing to say."""
        super().__init__(parent=parent)
        self._over = parent
        self.setObjectName("notice")
        self.setAccessibleName("Notice")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            f"background: {theme.INK}; color: {theme.PAPER}; border-radius: 6px; padding: 8px 14px;"
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str) -> None:
        """Shows a sentence for some seconds."""
        self.setText(sentence)
        room = self._over.size()
        width = min(560, room.width() - 40)
        height = max(self.heightForWidth(width), 34)
        self.setGeometry((room.width() - width) // 2, room.height() - height - 16, width, height)
        self.show()
        self._timer.start(SHOWN)
