"""What is copied on the drawing, on the system's clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from pathway_modeller.scenario.edits.every_edit import is_fragment

FRAGMENT_TYPE = "application/x-pathway-modeller-fragment"
ELEMENT_TYPE = "application/x-pathway-modeller-element"
"""The kind of data that is dragged from the palette: the name of a drawn map."""


def put_fragment(text: str) -> None:
    """Puts a copied part of a pathway on the clipboard, as text too."""
    data = QMimeData()
    data.setData(FRAGMENT_TYPE, text.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def fragment() -> str:
    """Returns the part of a pathway on the clipboard; empty if it holds something else."""
    data = QGuiApplication.clipboard().mimeData()
    if data.hasFormat(FRAGMENT_TYPE):
        return bytes(data.data(FRAGMENT_TYPE).data()).decode(errors="replace")
    text = data.text() if data.hasText() else ""
    return text if is_fragment(text) else ""
