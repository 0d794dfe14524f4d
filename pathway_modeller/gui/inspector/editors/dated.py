"""The editor of a value that may change at a date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.nested import NestedEditor
from pathway_modeller.gui.inspector.editors.optional import QUIET
from pathway_modeller.gui.inspector.kinds import Dated, Json, Nested

_CHANGE, _SAME = "Change at a date…", "One value throughout"


class DatedEditor(Editor):
    """One value, with a button that lets it change at a date; then both values, the day and the ramp."""

    def __init__(self, kind: Dated, scope: Scope) -> None:
        super().__init__()
        self._kind, self._scope = kind, scope
        self._inner: Editor = scope.make(kind.inner, scope)
        self._changes = False
        self._inner.setObjectName("plain")
        self._inner.committed.connect(self.committed)
        self._button = QPushButton(_CHANGE)
        self._button.setObjectName("dated")
        self._button.setStyleSheet(QUIET)
        self._button.clicked.connect(self._pressed)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._inner)
        self._column.addLayout(foot)
        self.setFocusProxy(self._inner)

    def set_title(self, title: str, description: str = "") -> None:
        """Names the editor of the value, and the button below it."""
        super().set_title(title, description)
        self._inner.set_title(title, description)
        self._name_button()

    def value(self) -> Json:
        """Returns the value, or how it changes."""
        return self._inner.value()

    def show_value(self, value: Json) -> None:
        """Shows one value, or how it changes."""
        self._turn(isinstance(value, dict) and "starts" in value)
        self._inner.show_value(value)

    def start_value(self) -> Json:
        """Returns the value with which a field that was left out begins."""
        return self._inner.start_value()

    def renew(self) -> None:
        """Renews what may be chosen."""
        self._inner.renew()

    def _turn(self, changes: bool) -> None:
        """Shows the editor of one value, or that of a change."""
        if changes == self._changes:
            return
        old, self._changes = self._inner, changes
        self._inner = (
            NestedEditor(Nested(self._kind.record), self._scope)
            if changes
            else self._scope.make(self._kind.inner, self._scope)
        )
        self._inner.setObjectName("change" if changes else "plain")
        self._inner.set_title(self.accessibleName(), self.toolTip())
        self._inner.committed.connect(self.committed)
        self._column.replaceWidget(old, self._inner)
        self.setFocusProxy(self._inner)
        old.hide()
        old.deleteLater()
        self._name_button()

    def _name_button(self) -> None:
        """Says on the button what it does, and of which field."""
        self._button.setText(_SAME if self._changes else _CHANGE)
        self._button.setAccessibleName(f"{self._button.text().rstrip('…')}: {self.accessibleName().lower()}")

    def _pressed(self) -> None:
        """Turns to a change from the value there is, whose day is to be typed; or to the value after one."""
        value = self._inner.value()
        if self._changes:
            after = value.get("to") if isinstance(value, dict) else None
            self._turn(changes=False)
            self._inner.show_value(after)
            self.committed.emit()
        else:
            self._turn(changes=True)
            self._inner.show_value({"from": value, "to": value})
        self._inner.setFocus(Qt.FocusReason.OtherFocusReason)
