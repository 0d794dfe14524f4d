"""Text in the space there is: broken into lines, the rest left out with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF


def lines_in(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Breaks a text between words into lines no wider than there is room.

    Args:
        text: what to write.
        font: in which font.
        width: the room across, in canvas points.
        most: how many lines there may be; the last one is shortened if the text does not fit.
    """
    metrics = QFontMetricsF(font)
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
            break
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
    return lines


def fits(text: str, font: QFont, width: float, most: int) -> bool:
    """Tells whether a text can be written whole."""
    return not any("…" in line for line in lines_in(text, font, width, most)) or "…" in text


def elided(text: str, font: QFont, width: float) -> str:
    """Returns a text on one line, shortened if it must be."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
