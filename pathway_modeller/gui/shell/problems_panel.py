"""The list of problems: what is wrong, where, and what would mend it; a row leads to its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedLayout, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.plain import Label
from pathway_modeller.scenario.problems import Problem, Severity
from pathway_modeller.scenario.words.sentences import typeset

_WORDS: Mapping[Severity, tuple[str, str]] = {
    "error": ("problem", "Stops a run"),
    "warning": ("warning", "Warning"),
}


def count_words(problems: Sequence[Problem]) -> str:
    """Returns how many problems there are: "2 problems stop a run, 1 warning"."""
    stops = sum(problem.severity == "error" for problem in problems)
    minds = len(problems) - stops
    parts = []
    if stops:
        parts.append(f"{stops} problem{'s' if stops > 1 else ''} stop{'' if stops > 1 else 's'} a run")
    if minds:
        parts.append(f"{minds} warning{'s' if minds > 1 else ''}")
    return ", ".join(parts) or "No problems"


class ProblemsPanel(QWidget):
    """Problems as rows; a click, or Enter, leads to the place."""

    wanted = Signal(object)
    """The :class:`Problem` whose place somebody wants to see."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        """Observes a document."""
        super().__init__(parent)
        self._document = document
        self._list = QListWidget()
        self._list.setObjectName("problems")
        self._list.setAccessibleName("Problems")
        self._list.setWordWrap(True)
        self._list.setAlternatingRowColors(True)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._open)
        self._list.itemActivated.connect(self._open)
        self._none = Label()
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._list)
        document.problems_changed.connect(self.refresh)
        document.checking_changed.connect(self._show_none)
        self.refresh()

    def refresh(self) -> None:
        """Shows the problems of the moment."""
        problems = sorted(self._document.problems, key=lambda problem: problem.severity != "error")
        self._list.clear()
        for problem in problems:
            self._list.addItem(self._item(problem))
        self._stack.setCurrentIndex(1 if problems else 0)
        self._show_none()

    def _show_none(self) -> None:
        """Says that there are no problems, once that is known."""
        said = "No problems: this scenario can be run." if self._document.is_checked else ""
        self._none.setText("Checking the scenario…" if self._document.is_checking else said)

    def _item(self, problem: Problem) -> QListWidgetItem:
        """Returns the row of a problem: kind, place, what is wrong, what would mend it."""
        icon, word = _WORDS[problem.severity]
        what, mend = (text.rstrip(".") for text in (problem.what, problem.mend))
        text = f"{word}: {problem.where}: {what}. {mend}."
        item = QListWidgetItem(theme.icon(icon), typeset(text))
        item.setData(Qt.ItemDataRole.UserRole, problem)
        return item

    def _open(self, item: QListWidgetItem) -> None:
        """Asks for the place of a row's problem."""
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))
