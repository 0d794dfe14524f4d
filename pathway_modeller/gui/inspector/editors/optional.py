"""The editor of a value of several lines that may be left out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.kinds import Json, Maybe
from pathway_modeller.gui.plain import Label

QUIET = "QPushButton { border: none; background: transparent; padding: 2px; text-decoration: underline; }"
"""How a button looks that few need."""


class MaybeEditor(Editor):
    """Says "Not set" with a button that opens the inner editor, and one that takes the value away."""

    def __init__(
        self,
        kind: Maybe,
        scope: Scope,
        *,
        absent: str = "Not set",
        start: Callable[[], Json] | None = None,
    ) -> None:
        super().__init__()
        self._kind = kind
        self._scope = scope
        self._start = start
        self._inner: Editor | None = None
        self._absent = Label(absent)
        self._button = QPushButton("Set…")
        self._button.setObjectName("set")
        self._button.clicked.connect(self._pressed)
        head = QHBoxLayout()
        head.addWidget(self._absent)
        head.addStretch(1)
        head.addWidget(self._button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self.setFocusProxy(self._button)

    def value(self) -> Json:
        """Returns the inner value, or ``None``."""
        return self._inner.value() if self._inner is not None else None

    def show_value(self, value: Json) -> None:
        """Shows a value, or its absence."""
        if value is None:
            self._close()
            return
        self._open().show_value(value)

    def _open(self) -> Editor:
        """Returns the inner editor, made when it is first needed."""
        if self._inner is None:
            self._inner = self._scope.make(self._kind.inner, self._scope)
            self._inner.setObjectName("inner")
            self._inner.set_title(self.accessibleName(), self.toolTip())
            self._inner.committed.connect(self.committed)
            self._column.insertWidget(0, self._inner)
            self._absent.hide()
            self._button.setText("Remove")
            self._button.setStyleSheet(QUIET)
            self._button.setAccessibleName(f"Remove {self.accessibleName().lower()}")
        return self._inner

    def _close(self) -> None:
        """Takes the inner editor away."""
        if self._inner is not None:
            self._column.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
            self._inner = None
        self.setFocusProxy(self._button)
        self._absent.show()
        self._button.setText("Set…")
        self._button.setStyleSheet("")
        self._button.setAccessibleName(f"Set {self.accessibleName().lower()}")

    def begin(self) -> None:
        """Opens an empty value to be filled in; the keyboard goes to it with ``setFocus``."""
        self.setFocusProxy(self._open())

    def _pressed(self) -> None:
        """Opens an empty value to be filled in, or removes the one there is."""
        if self._inner is not None:
            self._close()
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.committed.emit()
            return
        inner = self._open()
        value = self._start() if self._start is not None else inner.start_value()
        if value is not None:
            inner.show_value(value)
            self.committed.emit()
        inner.setFocus(Qt.FocusReason.TabFocusReason)
