"""Dialogs for any page: one sentence, and a page of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, TypeVar

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.plain import message_box
from pathway_modeller.scenario.words.sentences import typeset

Answer = TypeVar("Answer", bound=str)

_FRAME = 40
"""Points that the frame of a dialog and the edge of the screen take."""

REPLACE: Final[Mapping[Literal["no", "yes"], str]] = {"no": "&Do not replace it", "yes": "&Replace it"}


def tell(parent: QWidget, title: str, sentence: str) -> None:
    """Shows one sentence."""
    box = message_box(parent, QMessageBox.Icon.Warning, title, typeset(sentence))
    box.setObjectName("message")
    box.exec()
    box.deleteLater()


def ask(
    parent: QWidget,
    name: str,
    title: str,
    sentence: str,
    question: str,
    answers: Mapping[Answer, str],
    escape: Answer,
) -> Answer:
    """Asks a question with an answer on each button.

    Args:
        parent: over what.
        name: of the dialog, for tests and tools.
        title: of its window.
        sentence: what is the case.
        question: what is asked.
        answers: each answer with the words of its button; the first is the one that Enter gives.
        escape: the one that Escape gives.
    """
    box = message_box(parent, QMessageBox.Icon.Question, title, typeset(sentence), typeset(question))
    box.setObjectName(name)
    buttons: dict[Answer, QPushButton] = {}
    for answer, words in answers.items():
        role = QMessageBox.ButtonRole.RejectRole if answer == escape else QMessageBox.ButtonRole.AcceptRole
        buttons[answer] = box.addButton(words, role)
        buttons[answer].setObjectName(answer)
    box.setDefaultButton(next(iter(buttons.values())))
    box.setEscapeButton(buttons[escape])
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return next((answer for answer, button in buttons.items() if button is chosen), escape)


def may_replace(parent: QWidget, path: Path, chosen: Path) -> bool:
    """Tells whether a file may be written: it is not there, or somebody agrees to its being replaced.

    Args:
        parent: over what the question is asked.
        path: the file that will be written.
        chosen: the name that was given in a file dialog, which has asked about that itself.
    """
    if path == chosen or not path.exists():
        return True
    sentence = f"“{path.name}” is there already."
    return ask(parent, "replace", "Replace the file?", sentence, "Replace it?", REPLACE, "no") == "yes"


def fit_screen(dialog: QWidget, width: int, height: int) -> None:
    """Gives a dialog a size, or as much of it as the screen has room for beside its frame."""
    room = dialog.screen().availableSize()
    dialog.resize(min(width, room.width() - _FRAME), min(height, room.height() - _FRAME))


class TextDialog(QDialog):
    """A page of text with headings, to be read."""

    def __init__(self, parent: QWidget, title: str, markdown: str) -> None:
        """Shows a Markdown text."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("text")
        browser = QTextBrowser()
        browser.setMarkdown(markdown)
        browser.setOpenExternalLinks(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(browser)
        column.addWidget(buttons)
        fit_screen(self, 760, 560)
