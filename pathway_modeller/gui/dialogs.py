"""Dialogs for any page: one sentence, and a page of text."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QTextBrowser, QVBoxLayout, QWidget

from pathway_modeller.scenario.words.sentences import typeset


def tell(parent: QWidget, title: str, sentence: str) -> None:
    """Shows one sentence."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, title, typeset(sentence), QMessageBox.StandardButton.Ok, parent
    )
    box.setObjectName("message")
    box.exec()
    box.deleteLater()


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
        self.resize(760, 560)
