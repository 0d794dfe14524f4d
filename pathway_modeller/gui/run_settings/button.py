"""The button beside Run that opens the run settings, and says what was chosen there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from pathway_modeller.experiment.places import RunPlace, place_words
from pathway_modeller.gui import theme

_WIDEST = 260
"""Points; a longer address is shortened, and whole in the tooltip."""


class PlaceButton(QToolButton):
    """A cogwheel; what was chosen stands beside it where it is not the usual."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins with the usual place."""
        super().__init__(parent)
        self.setObjectName("run-settings")
        self.setIcon(theme.icon("settings"))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST)
        self.show_place(RunPlace())

    def show_place(self, place: RunPlace) -> None:
        """Says where the next run goes."""
        words = place_words(place)
        self.setText(words)
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(styles.ToolButtonTextBesideIcon if words else styles.ToolButtonIconOnly)
        where = f"The next run: {words}. " if words else ""
        self.setToolTip(f"{where}Run settings: which engine, and where it runs (Ctrl+R)")
        self.setAccessibleName(f"Run settings: {words}" if words else "Run settings")
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Lets a narrow window shorten the words, down to the cogwheel."""
        whole = super().sizeHint()
        return QSize(min(whole.width(), self.iconSize().width() + 16), whole.height())
