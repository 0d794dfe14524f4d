"""What the option changes, in words; a row leads to its element or pool."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedLayout, QVBoxLayout, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.changes import Kind
from pathway_modeller.scenario.words.sentences import lower_first, typeset

_ICONS: Mapping[Kind, str] = {"added": "add", "removed": "remove", "changed": "edit"}


class ChangesPanel(QWidget):
    """The differences between the baseline and the option shown."""

    wanted = Signal(object)
    """The change whose place somebody wants to see."""

    found = Signal(tuple)
    """Every change of the option shown; none for the baseline."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Observes a document."""
        super().__init__(parent)
        self._document = document
        self._list = QListWidget()
        self._list.setObjectName("changes")
        self._list.setAccessibleName("What the option changes")
        self._list.setWordWrap(True)
        self._list.setAlternatingRowColors(True)
        self._list.itemClicked.connect(self._open)
        self._list.itemActivated.connect(self._open)
        self._none = Label()
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tags = Label()
        self._tags.setObjectName("tags")
        self._tags.setWordWrap(True)
        self._tags.setMargin(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        column.addWidget(self._tags)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._list)
        document.scenario_changed.connect(self.refresh)
        document.variant_changed.connect(lambda _variant: self.refresh())
        document.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Shows the changes of the moment."""
        from pathway_modeller.scenario.words.changes import option_changes
        from pathway_modeller.scenario.words.tag_coverage import coverage_words, tag_coverage

        document = self._document
        chosen = document.variant != BASELINE
        found = option_changes(document.scenario, document.variant) if chosen else ()
        words = coverage_words(tag_coverage(document.scenario, document.variant)) if chosen else ""
        self._tags.setText(f"Tags: {lower_first(typeset(words))}")
        self._tags.setVisible(bool(words))
        self._list.clear()
        for change in found:
            item = QListWidgetItem(theme.icon(_ICONS[change.kind]), typeset(change.text))
            item.setToolTip(plain_tip(typeset(change.text)))
            item.setData(Qt.ItemDataRole.UserRole, change)
            self._list.addItem(item)
        self._none.setText(
            "The baseline is the pathway as it is. Choose an option above, or press + for a new one."
            if self._document.variant == BASELINE
            else "This option changes nothing yet. Edit the drawing or a figure; it is listed here."
        )
        self._stack.setCurrentIndex(1 if self._list.count() else 0)
        self.found.emit(found)

    def _open(self, item: QListWidgetItem) -> None:
        """Asks for the place of a row's change."""
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))
