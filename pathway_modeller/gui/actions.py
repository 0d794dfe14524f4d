"""How everything that a menu, a button or a key does is made: from a table of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import plain_tip

T = TypeVar("T")

SEPARATOR = "-"
"""Stands among the keys of a menu's or toolbar's entries for a line between them."""


@dataclass(frozen=True)
class ActionSpec(Generic[T]):
    """One thing that can be done to something.

    Attributes:
        key: by which menus, toolbars and tests name it.
        text: in the menu, with its mnemonic.
        do: does it.
        shortcut: keys, a standard key or a text.
        icon: name of an icon of ``resources/icons``.
        tip: what it does, for tooltip and status bar.
        checkable: whether it stays pressed.
        reach: which widget must have the keyboard for its keys to count.
        short: on the toolbar, where there is less room than in the menu.
        also: other keys that do the same.
    """

    key: str
    text: str
    do: Callable[[T], object]
    shortcut: QKeySequence.StandardKey | str | None = None
    icon: str | None = None
    tip: str = ""
    checkable: bool = False
    reach: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut
    short: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeySpec(Generic[T]):
    """Keys that a widget hears itself, while it has the keyboard.

    Attributes:
        keys: each of them, as in ``Ctrl+D``.
        words: what they do, for the list of keys; "" where another entry says it, too.
        do: does it.
    """

    keys: tuple[str, ...]
    words: str
    do: Callable[[T], object]


def make_actions(parent: QWidget, specs: Sequence[ActionSpec[T]], to: T) -> dict[str, QAction]:
    """Makes actions.

    Args:
        parent: whose they are.
        specs: the table that describes them.
        to: what they are done to.

    Returns:
        The actions by their keys, in order.
    """
    return {spec.key: _made(parent, spec, to) for spec in specs}


def _made(parent: QWidget, spec: ActionSpec[T], to: T) -> QAction:
    """Makes one action."""
    action = QAction(spec.text, parent)
    action.setObjectName(spec.key)
    if spec.icon is not None:
        action.setIcon(theme.icon(spec.icon))
    if spec.shortcut is not None:
        action.setShortcuts([QKeySequence(spec.shortcut), *map(QKeySequence, spec.also)])
    action.setShortcutContext(spec.reach)
    if spec.short:
        action.setIconText(spec.short)
    action.setCheckable(spec.checkable)
    action.setStatusTip(spec.tip)
    action.setToolTip(plain_tip(_tip(spec, action)))
    action.triggered.connect(lambda _checked=False: spec.do(to))
    return action


def _tip(spec: ActionSpec[T], action: QAction) -> str:
    """Returns what a button says on pointing at it: what it does, and its keys."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    words = spec.tip or spec.text.replace("&", "")
    return f"{words} ({keys})" if keys else words


def is_escape_asked(event: QEvent) -> bool:
    """Tells whether Qt asks a widget if it has a use for Escape itself; the window stops a run with it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
    )


def fill(bar: QMenu | QToolBar, entries: Sequence[str], actions: Mapping[str, QAction]) -> None:
    """Puts actions on a menu or toolbar, by their keys, with separators."""
    for entry in entries:
        if entry == SEPARATOR:
            bar.addSeparator()
        else:
            bar.addAction(actions[entry])
