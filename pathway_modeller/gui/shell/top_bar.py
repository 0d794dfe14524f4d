"""The row of tools above the pages: what does not fit folds into a menu, and Run always stays in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from pathway_modeller.gui.actions import SEPARATOR
from pathway_modeller.gui.shell import menus

_SPACE = 4
_AIR = 12
"""Points between the tools and Run."""


class TopBar(QToolBar):
    """The switch between pages and the tools at the left, Run at the right."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        """Makes the row from the table of actions."""
        super().__init__("Tools")
        self.setObjectName("tools")
        self.setMovable(False)
        self._tools = FoldingTools(actions, menus.SWITCH, menus.TOOLBAR, self.iconSize())
        self._run_area = QWidget()
        self._run_area.setObjectName("run-area")
        self._run_row = QHBoxLayout(self._run_area)
        self._run_row.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_AIR)
        row.addWidget(self._tools, 1)
        row.addWidget(self._run_area)
        self.addWidget(content)

    def add_run_tools(self, tools: QWidget) -> None:
        """Puts Run, progress and Cancel, or a button beside them, at the right."""
        self._run_row.addWidget(tools)


class FoldingTools(QWidget):
    """Buttons in a row; the last ones fold into a menu where there is no room for them."""

    def __init__(
        self, actions: Mapping[str, QAction], named: Sequence[str], keys: Sequence[str], icons: QSize
    ) -> None:
        """Makes a button for each action.

        Args:
            actions: by their keys.
            named: those that have their words beside their icons where there is room; never folded.
            keys: the others, with separators, in the order in which they are needed.
            icons: the size of icons.
        """
        super().__init__()
        self.setObjectName("folding-tools")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_SPACE)
        self._icons = icons
        self._named = [self._button(actions[key], key) for key in named]
        self._others = [
            _line() if key == SEPARATOR else self._button(actions[key], key) for key in (SEPARATOR, *keys)
        ]
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._more = QToolButton()
        self._more.setObjectName("more-tools")
        self._more.setText("»")
        self._more.setToolTip("More tools, for which there is no room")
        self._more.setAccessibleName("More tools")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu)
        for widget in (*self._named, *self._others, self._more):
            self._row.addWidget(widget)
        self._row.addStretch(1)

    def _button(self, action: QAction, key: str) -> QToolButton:
        """Returns a button that does what an action does."""
        button = QToolButton()
        button.setObjectName(f"tool-{key}")
        button.setDefaultAction(action)
        button.setIconSize(self._icons)
        button.setAutoRaise(True)
        return button

    def minimumSizeHint(self) -> QSize:
        """Needs room for the switch between pages as icons, and for the button with all others."""
        width = sum(_width(each, words=False) for each in self._named) + self._more.sizeHint().width()
        return QSize(width + _SPACE * len(self._named), super().sizeHint().height())

    def sizeHint(self) -> QSize:
        """Asks for room for all of them, with words."""
        width = sum(_width(each, words=True) for each in self._named)
        width += sum(each.sizeHint().width() for each in self._others)
        return QSize(width + _SPACE * (len(self._named) + len(self._others)), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Takes its room anew with letters of another size, and once it is dressed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Show):
            # A row pays no heed to the hint of what ignores its own.
            self.setMinimumWidth(self.minimumSizeHint().width())
            self._fit()
        return done

    def _fit(self) -> None:
        """Shows words where everything fits with them, then icons only, then folds the last ones."""
        room = self.width()
        words = self.sizeHint().width() <= room
        style = Qt.ToolButtonStyle
        for button in self._named:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
        used = sum(_width(each, words=words) + _SPACE for each in self._named)
        whole = used + sum(each.sizeHint().width() + _SPACE for each in self._others) - _SPACE <= room
        if not whole:
            room -= self._more.sizeHint().width() + _SPACE
        for widget in self._others:
            used += widget.sizeHint().width() + _SPACE
            widget.setVisible(whole or used <= room)
        self._more.setVisible(not whole)

    def _fill(self) -> None:
        """Puts those that are folded on the menu."""
        self._menu.clear()
        for widget in self._others:
            if widget.isHidden() and isinstance(widget, QToolButton):
                self._menu.addAction(widget.defaultAction())


def _width(button: QToolButton, *, words: bool) -> int:
    """Returns how wide a button is with or without its words."""
    before = button.toolButtonStyle()
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
    width = button.sizeHint().width()
    button.setToolButtonStyle(before)
    return width


def _line() -> QFrame:
    """Returns a line between groups of tools."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
