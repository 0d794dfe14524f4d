"""The buttons at the right of the variants, for other views of the one shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

WIDE = 1500
"""Width of a window from which on the buttons have their words beside the inspector too."""
LESS_WIDE = 900
"""Width from which they have them where there is no inspector."""


class ViewButtons(QWidget):
    """A button for each view, with its icon, its tooltip, and its words where there is room."""

    def __init__(self, actions: Mapping[str, QAction], keys: Sequence[str]) -> None:
        """Makes a button for each of some actions."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._buttons: list[QToolButton] = []
        for key in keys:
            button = QToolButton()
            button.setObjectName(f"button-{key}")
            button.setDefaultAction(actions[key])
            button.setAutoRaise(True)
            self._buttons.append(button)
            row.addWidget(button)

    def fit(self, width: int, *, whole: bool) -> None:
        """Shows words beside the icons where there is room.

        Args:
            width: of the window, in points.
            whole: whether the page shown has the room of the inspector too.
        """
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        needed = LESS_WIDE if whole else WIDE
        style = words if width >= needed else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons:
            button.setToolButtonStyle(style)
