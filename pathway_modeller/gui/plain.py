"""People's words shown as they are: what Qt would read as mnemonic, placeholder or markup is shown instead.

Qt underlines the letter after ``&`` on buttons, tabs and in menus, puts a mark in the place of ``[*]`` in a
window's title, and reads what looks like a tag in labels, tool tips and message boxes. Nobody who names a
pathway "A&E" means any of that.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from pathway_modeller.scenario.words.sentences import elided

LONGEST = 80
"""Letters of a name in a menu, on a button or in a title."""
_LONGEST_FILE = 160
"""Bytes of a file's name."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""
_LONGEST_WORD = 30
"""Letters of the longest word that is never broken."""
_TOO_LONG = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_PIECES = re.compile(r".{1,12}")
_BREAK = "\u200b"
_AFTER_SIGN = re.compile(r"(?<=[+−])(?=[£\d])")
_JOINED = "\u2060"
_NARROW = 300
"""Points across that a label may insist on."""
WIDEST_TIP = 120
"""Letters of a tool tip in one line; a longer one is broken."""


def literal(words: str) -> str:
    """Returns the text of a button, a tab, a menu's entry or a group box that shows words as they are."""
    return words.replace("&", "&&")


def as_typed(text: str) -> str:
    """Returns the words of which :func:`literal` made the text of a button or tab."""
    return text.replace("&&", "&")


def literal_title(words: str) -> str:
    """Returns the part of a window's title that shows words as they are."""
    return words.replace("[*]", "[*][*]")


def short(words: str) -> str:
    """Returns words cut to what a menu, a button or a title has room for; whole they are in a tool tip."""
    return elided(words, LONGEST)


def elided_to(words: str, metrics: QFontMetrics, room: int) -> str:
    """Returns the text of a button that shows as much of words, as they are, as there is room for.

    Args:
        words: the whole.
        metrics: of the font in which they are shown.
        room: points across.
    """
    return literal(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))


def plain_tip(words: str) -> str:
    """Returns a tool tip that shows words as they are, and breaks its lines if it is long."""
    if max(map(len, words.split("\n"))) <= WIDEST_TIP and not GuiQt.mightBeRichText(words):
        return words
    return f"<qt>{escape(words).replace(chr(10), '<br>')}</qt>"


def file_name(*parts: str, otherwise: str = "chart") -> str:
    """Returns a file's name, without suffix, that every system takes.

    Args:
        parts: what it says, most general first.
        otherwise: where nothing is left of that.
    """
    words = " - ".join(part for part in parts if part)
    # Letters, numbers, and the marks that belong to letters in scripts such as Devanagari.
    plain = "".join(c if unicodedata.category(c)[0] in "LMN" or c in " -_" else " " for c in words)
    # No system takes more than 255 bytes, the ending among them.
    kept = " ".join(plain.split()).encode()[:_LONGEST_FILE].decode(errors="ignore").strip()
    return f"{kept}_" if _RESERVED.fullmatch(kept) else kept or otherwise


def breakable(words: str) -> str:
    """Returns words in which what is too long for a line may be broken, by marks that nobody sees."""
    if len(words) <= _LONGEST_WORD:
        return words
    return _TOO_LONG.sub(lambda found: _BREAK.join(_PIECES.findall(found.group())), words)


def with_signs_kept(words: str) -> str:
    """Returns words in which no line ends between a sign and its figure, by marks that nobody sees."""
    return _AFTER_SIGN.sub(_JOINED, words)


class Label(QLabel):
    """A label that shows its words as they are, and breaks even a word that is longer than a line."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        """Shows words; no tag and no ``&`` in them means anything."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Shows words."""
        super().setText(words if self.textFormat() == Qt.TextFormat.RichText else breakable(words))

    def minimumSizeHint(self) -> QSize:
        """Needs no more width than a line of a narrow form has; the tool tip of the form says the rest."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROW), hint.height())


def message_box(
    parent: QWidget | None, icon: QMessageBox.Icon, title: str, words: str, more: str = ""
) -> QMessageBox:
    """Returns a message box that shows words as they are.

    Args:
        parent: over which it is shown.
        icon: beside the words.
        title: of the box.
        words: what it says.
        more: said below.
    """
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(words)
    # Qt shows these as rich text where they look so, whatever format the box has.
    box.setInformativeText(escape(more) if GuiQt.mightBeRichText(more) else more)
    return box
