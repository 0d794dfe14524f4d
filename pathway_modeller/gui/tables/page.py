"""A table with what it is about above it, and what went wrong below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import Typed
from pathway_modeller.gui.plain import Label
from pathway_modeller.gui.tables.model import SheetModel
from pathway_modeller.gui.tables.sheet import Empty, Sheet, Step
from pathway_modeller.gui.tables.view import SheetView

_ANY_HEIGHT = 2**24 - 1
"""Qt's own word for a height without a limit."""


class TablePage(QWidget):
    """One sheet: hint, empty state with its next steps, table, sentence.

    Signals:
        people_wanted, option_wanted: a next step that lies outside the table.
        open_wanted: a record that somebody wants to see in the inspector.
    """

    people_wanted = Signal()
    option_wanted = Signal()
    open_wanted = Signal(object)

    def __init__(
        self,
        document: Document,
        make: Callable[[Document], Sheet],
        *,
        titled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Makes the page.

        Args:
            document: what is shown and edited.
            make: makes its sheet.
            titled: whether the title is shown too, where there are several tables.
            parent: holds the page.
        """
        super().__init__(parent)
        self.model = SheetModel(document, make, self)
        self.view = SheetView(self.model)
        self._titled = titled
        self._hint = Label()
        self._hint.setTextFormat(Qt.TextFormat.RichText)
        self._hint.setWordWrap(True)
        self._hint.setProperty("hint", True)
        self._remove = QPushButton("Delete row")
        self._remove.setObjectName("remove-row")
        self._remove.setToolTip("Delete the rows of the selection (Ctrl+-)")
        self._remove.clicked.connect(self._removed)
        self._nothing = QWidget()
        self._nothing.setObjectName("empty")
        self._nothing_words = Label()
        self._nothing_words.setObjectName("empty-words")
        self._nothing_words.setWordWrap(True)
        self._nothing_words.setStyleSheet("font-weight: 600;")
        self._steps = QHBoxLayout()
        self._shown: Empty | None = None
        self._sentence = Label()
        self._sentence.setObjectName("said")
        self._sentence.setWordWrap(True)
        self._sentence.hide()
        self._lay_out()
        self.model.said.connect(self._say)
        self.model.renewed.connect(self._show)
        self.view.open_wanted.connect(self.open_wanted)
        self.view.selectionModel().selectionChanged.connect(lambda _now, _before: self._show_remove())
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self.model.explain(now))
        self.setFocusProxy(self.view)
        document.typed.register(self, self)
        self._show()

    def _lay_out(self) -> None:
        """Puts the parts one below the other."""
        head = QHBoxLayout()
        head.addWidget(self._hint, 1)
        head.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout(self._nothing)
        inner.setContentsMargins(0, 4, 0, 4)
        inner.addWidget(self._nothing_words)
        inner.addLayout(self._steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        # Below, so that no row moves under the pointer when it comes or goes.
        column.addWidget(self._sentence)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    # What is typed -----------------------------------------------------------------------------------

    def half_typed(self) -> Iterator[Typed]:
        """Returns the cell being typed into, then those whose text does not fit."""
        title = self.model.sheet.title
        if self.view.is_writing:
            yield Typed(title, self.view.take_in)
        for where, why in self.model.not_taken():
            yield Typed(f"{title}, {where}" if where else title, partial(str, why), "variant")

    # What is shown -----------------------------------------------------------------------------------

    def _show(self) -> None:
        """Shows the hint and, while there is nothing, the next step."""
        sheet = self.model.sheet
        title = f"<b>{escape(sheet.title)}.</b> " if self._titled else ""
        self._hint.setText(title + escape(sheet.hint))
        empty = sheet.empty
        self.view.setVisible(empty is None or not empty.hides)
        self._rest.setVisible(self.view.isHidden())
        self._hint.setVisible(not self.view.isHidden())
        self._keep_room(empty is None and self._nothing.isVisible() and self.view.isVisible())
        self._nothing.setVisible(empty is not None)
        if empty != self._shown:
            self._shown = empty
            self._show_steps(empty)
        self._show_remove()

    def _keep_room(self, keep: bool) -> None:
        """Leaves the room of the next steps free once they are taken, until the table is left.

        Else every row would move up under the pointer with the first figure.
        """
        policy = self._nothing.sizePolicy()
        if keep and not policy.retainSizeWhenHidden():
            self._nothing.setFixedHeight(self._nothing.height())
        policy.setRetainSizeWhenHidden(keep or (policy.retainSizeWhenHidden() and self.isVisible()))
        self._nothing.setSizePolicy(policy)

    def _give_room_back(self) -> None:
        """Uses the room of the next steps for rows again."""
        policy = self._nothing.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self._nothing.setSizePolicy(policy)
        self._nothing.setMinimumHeight(0)
        self._nothing.setMaximumHeight(_ANY_HEIGHT)

    def _show_steps(self, empty: Empty | None) -> None:
        """Shows the buttons of the next steps."""
        while (item := self._steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._nothing_words.setText(empty.sentence if empty is not None else "")
        for step, words in empty.steps if empty is not None else ():
            button = QPushButton(words)
            button.setObjectName(f"step-{step}")
            button.clicked.connect(lambda _=False, wanted=step: self._take(wanted))
            self._steps.addWidget(button)
        self._steps.addStretch(1)

    def _show_remove(self) -> None:
        """Offers to delete rows where the selection holds some that can be."""
        sheet = self.model.sheet
        chosen = {index.row() for index in self.view.selectionModel().selectedIndexes()}
        self._remove.setVisible(sheet.adds_rows and not self.view.isHidden())
        self._remove.setEnabled(any(sheet.can_remove(row) for row in chosen if row < len(sheet.rows)))

    def _say(self, sentence: str, is_fault: bool) -> None:
        """Shows a sentence on what was typed or pasted last."""
        self._sentence.setText(f"⚠ {sentence}" if is_fault and sentence else sentence)
        self._sentence.setProperty("fault", is_fault)
        self._sentence.style().unpolish(self._sentence)
        self._sentence.style().polish(self._sentence)
        self._sentence.setVisible(bool(sentence))

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with the scenario."""
        self.model.watch(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Looks away."""
        self.model.watch(False)
        self._give_room_back()
        super().hideEvent(event)

    # Doing -------------------------------------------------------------------------------------------

    def _take(self, step: Step) -> None:
        """Takes a next step."""
        match step:
            case "paste":
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self.view.setCurrentIndex(self.model.index(0, 0))
                self.view.paste()
            case "add":
                self.view.start_new_row()
            case "people":
                self.people_wanted.emit()
            case "option":
                self.option_wanted.emit()
            case _:
                assert_never(step)

    def _removed(self) -> None:
        """Deletes the rows of the selection; the keyboard stays in the table."""
        self.view.remove_rows()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
