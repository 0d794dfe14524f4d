"""What the wheel of the mouse may change: only what has the keyboard, so that no figure is scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


def only_with_keyboard(*widgets: QWidget) -> None:
    """Leaves the wheel to what stands behind these widgets while they do not have the keyboard.

    Pointing with the wheel no longer gives them the keyboard, either.
    """
    for widget in widgets:
        if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(_Filter(widget))


class _Filter(QObject):
    """Passes the wheel on to what stands behind."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the wheel from a widget without the keyboard."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
