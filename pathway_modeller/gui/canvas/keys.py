"""What keys do on the drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from pathway_modeller.gui.canvas.editing import EditingView
from pathway_modeller.gui.canvas.lanes import GRID

Action = Callable[[], object]


def action_of(event: QKeyEvent, view: EditingView) -> Action | None:
    """Returns what a key does on a canvas; None if it does nothing there."""
    for sequence, action in _standard(view):
        if event.matches(sequence):
            return action
    held = event.modifiers()
    if held & Qt.KeyboardModifier.ControlModifier:
        return _with_control(view).get(event.key())
    far = GRID * (5 if held & Qt.KeyboardModifier.ShiftModifier else 1)
    return _plain(view, far).get(event.key())


def _standard(view: EditingView) -> tuple[tuple[QKeySequence.StandardKey, Action], ...]:
    """Returns what the keys do that every program on the system shares."""
    keys, commands = QKeySequence.StandardKey, view.commands
    return (
        (keys.Copy, commands.copy),
        (keys.Cut, commands.cut),
        (keys.Paste, commands.paste),
        (keys.SelectAll, commands.select_all),
        (keys.ZoomIn, view.zoom_in),
        (keys.ZoomOut, view.zoom_out),
        (keys.Undo, view.document.undo),
        (keys.Redo, view.document.redo),
    )


def _with_control(view: EditingView) -> Mapping[int, Action]:
    """Returns what keys do with Ctrl held."""
    return {
        Qt.Key.Key_D: view.commands.duplicate,
        Qt.Key.Key_0: view.fit,
        Qt.Key.Key_Plus: view.zoom_in,
        Qt.Key.Key_Equal: view.zoom_in,
        Qt.Key.Key_Minus: view.zoom_out,
    }


def _plain(view: EditingView, far: float) -> Mapping[int, Action]:
    """Returns what keys do by themselves; arrow keys move the selection as far as given."""
    nudge = view.commands.nudge
    return {
        Qt.Key.Key_Delete: view.commands.delete,
        Qt.Key.Key_Backspace: view.commands.delete,
        Qt.Key.Key_F2: view.rename,
        Qt.Key.Key_Return: view.activate,
        Qt.Key.Key_Enter: view.activate,
        Qt.Key.Key_Escape: view.escape,
        Qt.Key.Key_F: view.fit,
        Qt.Key.Key_C: view.connect_selected,
        Qt.Key.Key_Left: lambda: nudge(-far, 0.0),
        Qt.Key.Key_Right: lambda: nudge(far, 0.0),
        Qt.Key.Key_Up: lambda: nudge(0.0, -far),
        Qt.Key.Key_Down: lambda: nudge(0.0, far),
    }
