"""What every key does, as a page of text: from the same tables by which the keys are heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtGui import QKeySequence

from pathway_modeller.gui.actions import ActionSpec
from pathway_modeller.gui.shell import menus

Line = tuple[str, str]
"""Keys, and what they do."""

_TYPING = (
    ("Enter", "Take in what is typed"),
    ("Esc", "Leave it as it was"),
    ("Tab, Shift+Tab", "Take it in and go to the next or previous field"),
    ("Ctrl+Z", "Take back what is typed; the last change of the scenario, if nothing is"),
)

_ELEMENTS = (("Enter", "Place the kind chosen in the middle of the drawing"),)


def keys_text() -> str:
    """Returns every key of the window with what it does, by where it counts."""
    # Pages that are made when they are first wanted.
    from pathway_modeller.gui.canvas.keys import HELD, KEYS
    from pathway_modeller.gui.shifts import board
    from pathway_modeller.gui.tables import view

    drawing = [(", ".join(spec.keys), spec.words) for spec in KEYS if spec.words]
    shared = _of_actions(spec for spec in menus.ACTIONS if spec.reach == menus.IN_DRAWING)
    told = {words for _, words in drawing}
    parts = (
        (
            "Anywhere in the window",
            [
                *_of_actions(spec for spec in menus.ACTIONS if spec.reach != menus.IN_DRAWING),
                *_of_actions(menus.RUN_ACTIONS),
                ("Alt and a letter underlined", "Open a menu, or go to a field"),
            ],
        ),
        ("On the drawing", [*(line for line in shared if line[1] not in told), *drawing, *HELD]),
        ("In the list of elements", list(_ELEMENTS)),
        ("In a table", [*_of_actions(view.ACTIONS), *view.KEYS]),
        ("On the board of investment shifts", list(board.KEYS)),
        ("While something is typed", list(_TYPING)),
    )
    return "\n\n".join(["# Keys", *(_part(title, lines) for title, lines in parts)])


def _of_actions(specs: Iterable[ActionSpec[Any]]) -> list[Line]:
    """Returns the keys of actions, with what they do."""
    return [(", ".join(_keys(spec)), spec.tip or _plain(spec.text)) for spec in specs if _keys(spec)]


def _keys(spec: ActionSpec[Any]) -> list[str]:
    """Returns the keys of an action, as this system writes them."""
    if spec.shortcut is None:
        return []
    every = [QKeySequence(spec.shortcut), *map(QKeySequence, spec.also)]
    return [each.toString(QKeySequence.SequenceFormat.NativeText) for each in every]


def _plain(text: str) -> str:
    """Returns a title without its mnemonic."""
    return text.replace("&", "")


def _part(title: str, lines: Sequence[Line]) -> str:
    """Returns keys as a table."""
    rows = [f"| {keys.replace('|', '&#124;')} | {words} |" for keys, words in lines]
    return "\n".join([f"## {title}", "", "| Keys | What they do |", "|---|---|", *rows])
