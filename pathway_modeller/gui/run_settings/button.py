"""The button beside Run that opens the run settings, and says what was chosen there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QToolButton, QWidget

from pathway_modeller.experiment.runs.run_target import RunPlace, place_words
from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import plain_tip

_WIDEST = 320
"""Points; longer words are shortened, and whole in the tooltip."""

_GAP = 4
"""Points beside the words."""

_AIR = QSize(4, 4)


class PlaceButton(QToolButton):
    """A control that opens the run settings; what was chosen stands beside it where it is not the usual.

    Where there is less room the address of a cluster is left out; it is in the tooltip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins with the usual place."""
        super().__init__(parent)
        self.setObjectName("run-settings")
        self.setIcon(theme.icon("settings"))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST)
        self._whole = self._short = ""
        self.show_place(RunPlace())

    def show_place(self, place: RunPlace) -> None:
        """Says where the next run goes."""
        words = place_words(place)
        self._whole = words
        self._short = _short_words(place)
        where = f"The next run: {words}. " if words else ""
        self.setToolTip(plain_tip(f"{where}Run settings: which engine, and where it runs (Ctrl+R)"))
        self.setAccessibleName(f"Run settings: {words}" if words else "Run settings")
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Asks for room for all the words, whichever are shown."""
        return self._hint(self._whole)

    def minimumSizeHint(self) -> QSize:
        """Needs room for the short words."""
        return self._hint(self._short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows the words for which there is room."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Asks for its room anew once it is dressed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        return done

    def _hint(self, words: str) -> QSize:
        """Returns the room that some words need beside the icon."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        room = QSize(option.iconSize)
        if words:
            room += QSize(self.fontMetrics().horizontalAdvance(words) + 2 * _GAP, 0)
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ToolButton, option, room, self) + _AIR

    def _fit(self) -> None:
        """Shows all the words, or the short ones."""
        words = self._whole if self.width() >= self._hint(self._whole).width() else self._short
        if words != self.text():
            self.setText(words)
            styles = Qt.ToolButtonStyle
            self.setToolButtonStyle(styles.ToolButtonTextBesideIcon if words else styles.ToolButtonIconOnly)


def _short_words(place: RunPlace) -> str:
    """Returns what was chosen in a few words: without address, and without workers if there is a cluster."""
    if place.cluster is None:
        return place_words(place)
    engine = place_words(RunPlace(engine=place.engine))
    if engine:
        return f"{engine}, cluster"
    return "on cluster" if place.is_away else "local cluster"
