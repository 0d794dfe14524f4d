"""Questions about work that may be lost: changed underneath, open twice, left unsaved, earlier versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.dialogs import REPLACE, ask, fit_screen
from pathway_modeller.gui.keeping.recovery import Recoverable
from pathway_modeller.gui.keeping.versions import Version
from pathway_modeller.gui.plain import Label, plain_tip, short

ComingBack = Literal["reload", "mine", "save_as"]
Underneath = Literal["reload", "mine", "save_as", "later"]
Twice = Literal["copy", "open", "cancel"]

_ON_COMING_BACK: Final[Mapping[ComingBack, str]] = {
    "reload": "&Reload",
    "mine": "&Keep mine",
    "save_as": "Save mine &as…",
}
_ON_SAVING: Final[Mapping[Underneath, str]] = {
    "save_as": "Save mine &as…",
    "reload": "&Reload",
    "mine": "&Overwrite",
    "later": "&Cancel",
}
_TWICE: Final[Mapping[Twice, str]] = {
    "copy": "Open a &copy",
    "open": "Open it &twice",
    "cancel": "Do &not open it",
}


def ask_changed_underneath(parent: QWidget, path: Path, *, has_changes: bool) -> ComingBack:
    """Asks what becomes of a file that somebody else has written to; Escape keeps what is shown."""
    also = " You have changes, too, that are not saved." if has_changes else ""
    sentence = f"“{path.name}” has been changed by somebody else since you opened or saved it.{also}"
    question = (
        "Reload it (yours stays among its versions), keep yours (saving replaces theirs), or save yours in "
        "another file?"
    )
    return ask(
        parent, "changed-underneath", "The file has changed", sentence, question, _ON_COMING_BACK, "mine"
    )


def ask_before_overwriting(parent: QWidget, path: Path) -> Underneath:
    """Asks what becomes of a file that somebody else has written to, when it is about to be saved."""
    sentence = f"“{path.name}” has been changed by somebody else since you opened or saved it."
    question = (
        "Save yours in another file, reload theirs, or overwrite theirs? Whatever gives way stays among the "
        "versions of the file."
    )
    return ask(parent, "changed-before-save", "The file has changed", sentence, question, _ON_SAVING, "later")


def ask_open_twice(parent: QWidget, path: Path) -> Twice:
    """Asks whether a file is opened that another window has open."""
    sentence = f"“{path.name}” is open in another window."
    question = "Open a copy of it, or the file itself? Whoever saves second is asked before overwriting."
    return ask(parent, "open-twice", "Open in another window", sentence, question, _TWICE, "cancel")


def ask_save_over_open(parent: QWidget, path: Path) -> bool:
    """Asks whether to save into a file that another window has open."""
    sentence, question = f"“{path.name}” is open in another window.", "Replace it all the same?"
    title = "Open in another window"
    return ask(parent, "save-over-open", title, sentence, question, REPLACE, "no") == "yes"


class _ListDialog(QDialog):
    """A table of which one row is chosen."""

    def __init__(self, parent: QWidget, name: str, title: str, sentence: str, heads: Sequence[str]) -> None:
        """Makes the table, with nothing in it yet."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        words = Label(sentence)
        words.setWordWrap(True)
        self.table = QTableWidget(0, len(heads))
        self.table.setObjectName(f"{name}-list")
        self.table.setAccessibleName(title)
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.buttons = QDialogButtonBox()
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.table)
        column.addWidget(self.buttons)
        fit_screen(self, 760, 320)

    @property
    def row(self) -> int:
        """The row chosen; -1 if there is none."""
        return self.table.currentRow()

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows rows, and chooses the first."""
        self.table.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for place, text in enumerate(texts):
                item = QTableWidgetItem(short(text))
                item.setToolTip(plain_tip(text))
                self.table.setItem(row, place, item)
        self.table.setCurrentCell(0, 0)

    def add_button(self, name: str, words: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        """Adds a button."""
        button = self.buttons.addButton(words, role)
        button.setObjectName(name)
        return button


class RecoveryDialog(_ListDialog):
    """Offers changes that a program which was ended from outside could not save."""

    def __init__(self, parent: QWidget, found: Sequence[Recoverable]) -> None:
        """Lists them, latest first."""
        super().__init__(
            parent,
            "recovery",
            "Unsaved changes were kept",
            "Pathway Modeller ended before these changes were saved. Recover them into this window? "
            "Nothing is written to a file until you save.",
            ("Scenario", "Kept", "Its file now", "File"),
        )
        self.found = list(found)
        self.discarded: list[Recoverable] = []
        roles = QDialogButtonBox.ButtonRole
        self.add_button("recover", "&Recover", roles.AcceptRole).setDefault(True)
        self.add_button("discard", "&Throw away", roles.DestructiveRole).clicked.connect(self._discard)
        self.add_button("later", "&Ask me next time", roles.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.table.doubleClicked.connect(self.accept)
        self._show_found()

    @property
    def chosen(self) -> Recoverable | None:
        """What is to be recovered."""
        return self.found[self.row] if 0 <= self.row < len(self.found) else None

    def _show_found(self) -> None:
        """Shows what there is."""
        self.fill(
            [
                (each.scenario.name, moment(each.kept), _state(each), str(each.file or ""))
                for each in self.found
            ]
        )

    def _discard(self) -> None:
        """Takes what is chosen from the list, to be thrown away."""
        chosen = self.chosen
        if chosen is not None:
            self.discarded.append(chosen)
            self.found.remove(chosen)
            self._show_found()
        if not self.found:
            self.reject()


def _state(left: Recoverable) -> str:
    """Returns what has become of the file that changes belong in."""
    if left.file is None:
        return "never saved in one"
    if not left.holds:
        return "cannot be opened now"
    return "saved by somebody since" if left.is_of_another_state else "as it was"


class VersionsDialog(_ListDialog):
    """The last saves of a file, one of which can be opened as a copy."""

    def __init__(self, parent: QWidget, file: Path, versions: Sequence[Version]) -> None:
        """Lists them, latest first."""
        super().__init__(
            parent,
            "versions",
            f"Versions of {file.name}",
            f"What was saved in “{file.name}” on this computer. A version is opened as a copy, which has no "
            "file yet.",
            ("Saved", "Size"),
        )
        self.versions = versions
        roles = QDialogButtonBox.ButtonRole
        opening = self.add_button("open-version", "&Open as a copy", roles.AcceptRole)
        opening.setDefault(True)
        opening.setEnabled(bool(versions))
        self.add_button("close", "&Close", roles.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.table.doubleClicked.connect(self.accept)
        self.fill([(moment(each.saved.timestamp()), size(each.size)) for each in versions])

    @property
    def chosen(self) -> Version | None:
        """The version to open."""
        return self.versions[self.row] if 0 <= self.row < len(self.versions) else None


def moment(seconds: float) -> str:
    """Returns a moment as people write it, by the clock of this computer."""
    when = dt.datetime.fromtimestamp(seconds)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{when.day} {months[when.month - 1]} {when.year}, {when:%H:%M:%S}"


def size(number: int) -> str:
    """Returns a number of bytes in words."""
    return f"{number / 1024:,.0f} KB" if number >= 1024 else f"{number} bytes"
