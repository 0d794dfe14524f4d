"""What pointing at something on the results page says: its message, and what its measures count."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pathway_modeller.gui.plain import plain_tip

_MOST = 3
"""Measures that are explained on pointing; all of them are in the dialog."""


def tip(message: str, explained: Sequence[tuple[str, str]]) -> str:
    """Returns a tool tip that breaks its lines; all words are shown as they stand.

    Args:
        message: said first; "" for nothing.
        explained: measures by title, each with what it counts.
    """
    if not explained:
        return plain_tip(message)
    parts = [f"<b>{escape(name)}.</b> {escape(said)}" for name, said in explained[:_MOST]]
    left = len(explained) - _MOST
    if left > 0:
        parts.append(f"{left} more: see “What is counted”.")
    said = [f"<p>{each}</p>" for each in (escape(message), *parts) if each]
    return f"<qt>{''.join(said)}</qt>"
