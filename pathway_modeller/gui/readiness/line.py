"""The line under Run: what the scenario is ready for, a button for each kind of answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.gui.readiness.watch import ReadinessWatch
from pathway_modeller.scenario.readiness.missing import PARTS, Part
from pathway_modeller.scenario.readiness.readiness import Readiness
from pathway_modeller.scenario.words.sentences import plural, typeset

_AIR = 10
"""Points above and below the words together."""
_WHOLE = 720
"""Width from which the line begins with words."""


class ReadinessLine(QWidget):
    """What the scenario is ready for.

    Signals:
        wanted: the kind of answer of which somebody wants to see what is missing.
    """

    wanted = Signal(str)

    def __init__(self, watch: ReadinessWatch, parent: QWidget | None = None) -> None:
        """Observes what is found."""
        super().__init__(parent)
        self.setObjectName("readiness")
        self._watch = watch
        self._words = Label("Ready for")
        self._buttons = {part: self._button(part) for part in PARTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addStretch(1)
        row.addWidget(self._words)
        for button in self._buttons.values():
            row.addWidget(button)
        watch.changed.connect(self._show)
        self._show()

    def event(self, event: QEvent) -> bool:
        """Is as high before anything is known, so that nothing moves when it is."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.setFixedHeight(self.fontMetrics().height() + _AIR)
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out its first words where there is no room for them."""
        super().resizeEvent(event)
        self._show()

    def _button(self, part: Part) -> QToolButton:
        """Returns the button of one kind of answer."""
        button = QToolButton()
        button.setObjectName(f"ready-{part}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(14, 14))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wanted.emit(part))
        return button

    def _show(self) -> None:
        """Shows what is known; nothing while nothing is, or problems stop a run anyhow."""
        found = {each.part: each for each in self._watch.found}
        self._words.setVisible(bool(found) and self.width() >= _WHOLE)
        for part, button in self._buttons.items():
            button.setVisible(part in found)
            if part in found:
                _label(button, found[part])


def _label(button: QToolButton, ready: Readiness) -> None:
    """Says on a button whether anything is missing; by icon, number and words, never by colour alone."""
    count = len(ready.missing)
    button.setIcon(theme.icon("good" if ready.is_ready else "warning"))
    button.setText(ready.part if ready.is_ready else f"{ready.part} ({count})")
    state = "ready" if ready.is_ready else f"{plural(count, 'thing')} missing"
    button.setAccessibleName(f"{ready.part.capitalize()}: {state}")
    said = [typeset(each.sentence) for each in ready.missing] or ["Nothing is missing."]
    button.setToolTip(plain_tip("\n".join(said)))
