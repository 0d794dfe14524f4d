"""What keys do on the drawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from pathway_modeller.gui.actions import KeySpec
from pathway_modeller.gui.canvas.editing import EditingView
from pathway_modeller.gui.canvas.lanes import GRID

Action = Callable[[], object]
_FAR = 5
"""Steps of the grid that Shift makes of one."""


def _nudge(across: int, down: int) -> Callable[[EditingView], object]:
    """Returns what moves the selection by so many steps of the grid."""
    return lambda view: view.commands.nudge(across * GRID, down * GRID)


KEYS: tuple[KeySpec[EditingView], ...] = (
    KeySpec(("F2",), "Rename the element selected", lambda view: view.rename()),
    KeySpec(("Return", "Enter"), "Show the details of what is selected", lambda view: view.activate()),
    KeySpec(("Del", "Backspace"), "Delete what is selected", lambda view: view.commands.delete()),
    KeySpec(("Ctrl+D",), "Duplicate what is selected", lambda view: view.commands.duplicate()),
    KeySpec(
        ("C",), "Connect the first of two elements selected to the second", lambda v: v.connect_selected()
    ),
    KeySpec(("Left",), "Move the selection to the left; with Shift further", _nudge(-1, 0)),
    KeySpec(("Right",), "Move the selection to the right; with Shift further", _nudge(1, 0)),
    KeySpec(("Up",), "Move the selection up; with Shift further", _nudge(0, -1)),
    KeySpec(("Down",), "Move the selection down; with Shift further", _nudge(0, 1)),
    KeySpec(("Shift+Left",), "", _nudge(-_FAR, 0)),
    KeySpec(("Shift+Right",), "", _nudge(_FAR, 0)),
    KeySpec(("Shift+Up",), "", _nudge(0, -_FAR)),
    KeySpec(("Shift+Down",), "", _nudge(0, _FAR)),
    KeySpec(("Ctrl++", "Ctrl+="), "Larger", lambda view: view.zoom_in()),
    KeySpec(("Ctrl+-",), "Smaller", lambda view: view.zoom_out()),
    KeySpec(("Ctrl+0", "F"), "Show the whole pathway", lambda view: view.fit()),
    KeySpec(("Esc",), "Give up what is under way with the mouse, else select nothing", lambda v: v.escape()),
)
"""The keys that the drawing hears itself, beside those that every program shares."""

HELD = (
    ("Tab, Shift+Tab", "Go to the next or previous element, and on from the last one"),
    ("Space, held", "Push the paper about with the mouse"),
    ("Ctrl and the wheel", "Zoom"),
    ("Ctrl or Shift and a click", "Select another as well, or no longer"),
)
"""What else the keyboard does on the drawing."""


def action_of(event: QKeyEvent, view: EditingView) -> Action | None:
    """Returns what a key does on a canvas; None if it does nothing there."""
    for sequence, action in _standard(view):
        if event.matches(sequence):
            return action
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    # Some keyboards need Shift for a sign such as +.
    for modifiers in (held, held & ~Qt.KeyboardModifier.ShiftModifier):
        for spec in KEYS:
            if any(_is(each, event.key(), modifiers) for each in spec.keys):
                return partial(spec.do, view)
    return None


def _is(keys: str, key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Tells whether a key with others held is what keys in words stand for."""
    return QKeySequence(keys) == QKeySequence(modifiers.value | key)


def _standard(view: EditingView) -> tuple[tuple[QKeySequence.StandardKey, Action], ...]:
    """Returns what the keys do that every program on the system shares."""
    keys, commands = QKeySequence.StandardKey, view.commands
    return (
        (keys.Copy, commands.copy),
        (keys.Cut, commands.cut),
        (keys.Paste, commands.paste),
        (keys.SelectAll, commands.select_all),
        (keys.Undo, view.document.undo),
        (keys.Redo, view.document.redo),
    )
