"""Adding entries to the menu Run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from pathway_modeller.gui.window import MainWindow

_BEFORE = "export_all"
"""What comes after a run stands below the added entries."""


def add_to_run_menu(
    window: MainWindow, name: str, text: str, keys: str, tip: str, handler: Callable[[], object]
) -> QAction:
    """Adds an entry to the menu Run, above handing over.

    Raises:
        LookupError: the window has no such menu; runs are attached first.
    """
    menu = window.menuBar().findChild(QMenu, "menu-run") or window.findChild(QMenu, "menu-run")
    if menu is None:
        raise LookupError("the window has no menu Run")
    action = QAction(text, window)
    action.setObjectName(name)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setStatusTip(tip)
    action.triggered.connect(lambda _checked=False: handler())
    last = next((each for each in menu.actions() if each.objectName() == _BEFORE), None)
    if last is None:
        menu.addAction(action)
    else:
        menu.insertAction(last, action)
    return action
